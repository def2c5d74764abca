// SPDX-License-Identifier: MIT
#pragma once

/// Bytes that must not outlive their use: a passphrase, a key. Not for anything that is shown.
///
///     Secret passphrase(line);   // a copy; `line` itself is its owner's to wipe
///     wipe(line);

#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attune {

/// Overwrites the bytes of `text`, its spare room included, and empties it.
inline void wipe(std::string& text) {
  text.resize(text.capacity());
  explicit_bzero(text.data(), text.size());
  text.clear();
}

/// Bytes that are overwritten before their memory is given back. Moved, never copied; the memory
/// may still have been swapped out meanwhile.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes) : bytes_(bytes.begin(), bytes.end()) {}
  Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { other.bytes_.clear(); }
  Secret& operator=(Secret&& other) noexcept {
    Secret taken(std::move(other));
    std::swap(bytes_, taken.bytes_);
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() {
    if (!bytes_.empty()) explicit_bzero(bytes_.data(), bytes_.size());
  }

  /// Never a null pointer, not even of nothing: libsodium takes none.
  [[nodiscard]] std::string_view view() const {
    return bytes_.empty() ? std::string_view("") : std::string_view(bytes_.data(), bytes_.size());
  }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }

 private:
  std::vector<char> bytes_;  // not a string, whose short values stay behind when it is moved
};

}  // namespace attune
