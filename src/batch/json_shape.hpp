// SPDX-License-Identifier: MIT
#pragma once

/// The members that the lines of a file have had so far, in the order they came.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "batch/columns.hpp"

namespace attune::detail {

/// One member of a line: its name, what it is for, and the bytes in front of its value.
struct Member {
  std::string name;
  Column column;             ///< `item` is a slot
  bool takes_digit = false;  ///< whether one digit is an answer
  std::size_t last_row = 0;  ///< in which it was seen last; 0: not yet
  std::string before;        ///< from the end of the value before to the start of this one
  std::uint64_t head = 0;    ///< its first eight bytes, zeros behind a shorter one
  std::uint64_t head_mask = 0;
  std::uint64_t tail = 0;  ///< its last eight bytes, where it has more

  void set_before(std::string_view text);

  /// Whether `text` starts with `before`. An empty `before` never matches.
  [[nodiscard]] bool matches(std::string_view text) const;
};

class Shape {
 public:
  /// The place of a member, or nothing when no line has had it yet.
  [[nodiscard]] std::size_t find(std::string_view name) const;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::size_t add(Member member);

  [[nodiscard]] std::size_t size() const { return members_.size(); }
  [[nodiscard]] Member& operator[](std::size_t place) { return members_[place]; }
  [[nodiscard]] const Member& operator[](std::size_t place) const { return members_[place]; }

 private:
  std::vector<Member> members_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

}  // namespace attune::detail
