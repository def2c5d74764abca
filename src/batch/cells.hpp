// SPDX-License-Identifier: MIT
#pragma once

/// One answer of a row, from its text.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/rows.hpp"

namespace attune::detail {

/// Which texts stand for no answer.
class MissingCodes {
 public:
  explicit MissingCodes(const std::vector<std::string>& codes);

  /// The empty text, a code as it is written, or the number that a code is: 0 is "0.0", too.
  [[nodiscard]] bool matches(std::string_view text) const;

  /// Whether a code is a legal answer of `range`: then no digit may be taken for one unseen.
  [[nodiscard]] bool any_within(AnswerRange range) const;

 private:
  std::vector<std::string> texts_;
  std::vector<double> numbers_;
};

/// `text` as a slot holds it: raw answer + 1, 0 for a missing one, nothing where it is illegal.
/// Spaces around it mean nothing; a whole number may be written with decimals that are zero.
[[nodiscard]] std::optional<std::int16_t> slot_value(std::string_view text, AnswerRange range,
                                                     const MissingCodes& missing);

/// "'9' is not a whole number from 1 to 7", the text shortened and made safe to print.
[[nodiscard]] std::string illegal_answer(std::string_view text, AnswerRange range);

/// `text` in single quotes, at most 24 columns of it, made safe to print.
[[nodiscard]] std::string quoted_for_message(std::string_view text);

}  // namespace attune::detail
