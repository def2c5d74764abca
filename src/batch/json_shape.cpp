// SPDX-License-Identifier: MIT
#include "batch/json_shape.hpp"

#include <cstring>

namespace attune::detail {
namespace {

constexpr std::size_t word_bytes = sizeof(std::uint64_t);

std::uint64_t load(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, word_bytes);
  return word;
}

}  // namespace

void Member::set_before(std::string_view text) {
  before = text;
  head = head_mask = tail = 0;
  const std::size_t bytes = before.size() < word_bytes ? before.size() : word_bytes;
  std::memcpy(&head, before.data(), bytes);
  std::memset(&head_mask, 0xFF, bytes);
  if (before.size() > word_bytes) tail = load(before.data() + before.size() - word_bytes);
}

bool Member::matches(std::string_view text) const {
  const std::size_t size = before.size();
  if (text.size() < size || text.size() < word_bytes || size == 0) {
    return size > 0 && text.starts_with(before);
  }
  if ((load(text.data()) & head_mask) != head) return false;
  if (size <= word_bytes) return true;
  if (load(text.data() + size - word_bytes) != tail) return false;
  if (size <= 2 * word_bytes) return true;
  return std::memcmp(text.data(), before.data(), size) == 0;
}

std::size_t Shape::find(std::string_view name) const {
  const auto found = places_.find(name);
  return found == places_.end() ? none : found->second;
}

std::size_t Shape::add(Member member) {
  places_.emplace(member.name, members_.size());
  members_.push_back(std::move(member));
  return members_.size() - 1;
}

}  // namespace attune::detail
