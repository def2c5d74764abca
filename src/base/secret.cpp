// SPDX-License-Identifier: MIT
#include "attune/secret.hpp"

#include <cstring>
#include <utility>

namespace attune {

void wipe(std::string& text) {
  text.resize(text.capacity());
  explicit_bzero(text.data(), text.size());
  text.clear();
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe_bytes();
  bytes_ = std::exchange(other.bytes_, {});
  return *this;
}

void Secret::wipe_bytes() {
  if (!bytes_.empty()) explicit_bzero(bytes_.data(), bytes_.size());
}

}  // namespace attune
