// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <set>

#include "attune/decimal.hpp"
#include "attune/rows.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

constexpr std::int64_t longest_span = 500;

Error bad_list(std::string message) {
  return {ErrorKind::usage, std::move(message), "", {"for example: Q1-Q36, or a,b,c"}};
}

// "Q12" as "Q" and 12; no number where it doesn't end with digits.
struct NumberedName {
  std::string_view stem;
  std::optional<std::int64_t> number;
  std::size_t width = 0;  // digits that a name has at least: 2 for "Q01"
};

NumberedName take_apart(std::string_view name) {
  const std::size_t last = name.find_last_not_of("0123456789");
  const std::size_t digits = last == std::string_view::npos ? 0 : last + 1;
  const std::string_view number = name.substr(digits);
  return {name.substr(0, digits), parse_whole(number), number.starts_with('0') ? number.size() : 0};
}

// The two ends of a span; nothing where `part` is a name with a hyphen in it.
struct Span {
  NumberedName from;
  NumberedName to;
};

std::optional<Span> span_of(std::string_view part) {
  for (std::size_t hyphen = part.find('-'); hyphen != std::string_view::npos;
       hyphen = part.find('-', hyphen + 1)) {
    const Span span{take_apart(part.substr(0, hyphen)), take_apart(part.substr(hyphen + 1))};
    if (span.from.number && span.to.number && span.from.stem == span.to.stem) return span;
  }
  return std::nullopt;
}

std::optional<Error> add_span(const Span& span, std::string_view part,
                              std::vector<std::string>& names) {
  if (*span.to.number < *span.from.number) {
    return bad_list(fmt::format("'{}' does not ascend", escape(part)));
  }
  if (*span.to.number - *span.from.number >= longest_span) {
    return bad_list(fmt::format("'{}' names more than {} columns", escape(part), longest_span));
  }
  for (std::int64_t i = *span.from.number; i <= *span.to.number; ++i) {
    names.push_back(fmt::format("{}{:0{}}", span.from.stem, i, span.from.width));
  }
  return std::nullopt;
}

std::optional<Error> check_names(const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second)
      return bad_list(fmt::format("'{}' is named twice", escape(name)));
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::size_t> scored_items(const Questionnaire& questionnaire, std::size_t form) {
  std::vector<std::size_t> items;
  for (const std::size_t item : questionnaire.forms[form].items) {
    if (questionnaire.items[item].scale) items.push_back(item);
  }
  return items;
}

Result<std::vector<std::string>> parse_column_list(std::string_view text) {
  std::vector<std::string> names;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view part = text.substr(0, comma);
    if (part.empty()) return bad_list("a name in the list is empty");
    if (const auto span = span_of(part)) {
      if (auto error = add_span(*span, part, names)) return *std::move(error);
    } else {
      names.emplace_back(part);
    }
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  if (auto error = check_names(names)) return *std::move(error);
  return names;
}

}  // namespace attune
