// SPDX-License-Identifier: MIT
#include "batch/cells.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t shown_columns = 24;

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

MissingCodes::MissingCodes(const std::vector<std::string>& codes) {
  for (const std::string& code : codes) {
    // Answers are compared without the spaces around them.
    const std::string_view text = without_blanks(code);
    texts_.emplace_back(text);
    if (const auto number = parse_decimal(text)) numbers_.push_back(*number);
  }
}

bool MissingCodes::matches(std::string_view text) const {
  if (text.empty()) return true;
  if (std::find(texts_.begin(), texts_.end(), text) != texts_.end()) return true;
  if (numbers_.empty()) return false;
  const auto number = parse_decimal(text);
  return number && std::find(numbers_.begin(), numbers_.end(), *number) != numbers_.end();
}

bool MissingCodes::any_within(AnswerRange range) const {
  return std::any_of(numbers_.begin(), numbers_.end(),
                     [&](double number) { return number >= range.min && number <= range.max; });
}

std::optional<std::int16_t> slot_value(std::string_view text, AnswerRange range,
                                       const MissingCodes& missing) {
  text = without_blanks(text);
  if (missing.matches(text)) return std::int16_t{0};
  const auto number = parse_decimal(text);
  if (!number || *number != std::floor(*number)) return std::nullopt;
  if (*number < range.min || *number > range.max) return std::nullopt;
  return static_cast<std::int16_t>(*number + 1);
}

std::string illegal_answer(std::string_view text, AnswerRange range) {
  return fmt::format("{} is not a whole number from {} to {}", quoted_for_message(text), range.min,
                     range.max);
}

std::string quoted_for_message(std::string_view text) {
  const std::string safe = escape(text.substr(0, 4 * shown_columns));
  const std::string_view shown = fit(safe, shown_columns);
  return fmt::format("'{}{}'", shown,
                     shown.size() < safe.size() || text.size() > 4 * shown_columns ? "..." : "");
}

}  // namespace attune::detail
