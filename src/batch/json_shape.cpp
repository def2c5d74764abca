// SPDX-License-Identifier: MIT
#include "batch/json_shape.hpp"

#include <algorithm>

namespace attune::detail {

void Look::set_text(std::string_view before) {
  if (!words_are_in_order) return;
  text = before;
  size = text.size();
  head = head_mask = tail = 0;
  const std::size_t bytes = std::min(text.size(), word_bytes);
  std::memcpy(&head, text.data(), bytes);
  std::memset(&head_mask, 0xFF, bytes);
  if (text.size() > word_bytes) tail = load_word(text.data() + text.size() - word_bytes);
}

bool Look::matches_rest(const char* at, const char* end) const {
  if (static_cast<std::size_t>(end - at) < size) return false;
  if (load_word(at + size - word_bytes) != tail) return false;
  return size <= 2 * word_bytes || std::memcmp(at, text.data(), size) == 0;
}

std::size_t Shape::find(std::string_view name) const {
  const auto found = places_.find(name);
  return found == places_.end() ? none : found->second;
}

std::size_t Shape::add(Member member, Look look) {
  places_.emplace(member.name, members_.size());
  members_.push_back(std::move(member));
  looks_.push_back(std::move(look));
  return members_.size() - 1;
}

}  // namespace attune::detail
