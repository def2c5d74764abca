// SPDX-License-Identifier: MIT
#pragma once

/// The members that the lines of a file have had so far, in the order they came.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batch/columns.hpp"
#include "batch/words.hpp"

namespace attune::detail {

/// One member of a line: its name, and what it is for.
struct Member {
  std::string name;
  Column column;  ///< `item` is a slot
};

/// What a member looks like in a line: the bytes from the end of the value before to the start of
/// its own, and whether a digit is expected then.
struct Look {
  std::uint64_t head = 0;  ///< the first eight bytes, zeros behind a shorter text
  std::uint64_t head_mask = ~std::uint64_t{0};
  std::uint64_t tail = 0;    ///< the last eight bytes of a longer text
  std::size_t size = 0;      ///< 0: not known yet; no legal line matches
  std::size_t last_row = 0;  ///< in which the member was seen last; 0: not yet
  std::uint16_t slot = 0;
  char lowest = '0';  ///< the digits that are answers: lowest, …, lowest + width
  std::uint8_t width = 0;
  bool takes_digit = false;
  std::string text;

  void set_text(std::string_view before);

  /// Whether the bytes at `at` are this text. Precondition: eight bytes can be read, and `end` is
  /// behind the last that counts.
  [[nodiscard]] bool matches(const char* at, const char* end) const {
    if (((load_word(at) ^ head) & head_mask) != 0) return false;
    return size <= word_bytes || matches_rest(at, end);
  }

 private:
  [[nodiscard]] bool matches_rest(const char* at, const char* end) const;
};

class Shape {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// The place of a member; none when no line has had it yet.
  [[nodiscard]] std::size_t find(std::string_view name) const;

  std::size_t add(Member member, Look look);

  [[nodiscard]] std::size_t size() const { return members_.size(); }
  [[nodiscard]] Member& member(std::size_t place) { return members_[place]; }
  [[nodiscard]] Look& look(std::size_t place) { return looks_[place]; }

  /// All of them, by place.
  [[nodiscard]] std::span<Look> looks() { return looks_; }

 private:
  std::vector<Member> members_;
  std::vector<Look> looks_;  // parallel to members_, apart for what is read for every line
  std::map<std::string, std::size_t, std::less<>> places_;
};

}  // namespace attune::detail
