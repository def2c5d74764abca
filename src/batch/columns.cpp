// SPDX-License-Identifier: MIT
#include "batch/columns.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "attune/text.hpp"

#include "batch/cells.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t listed_names = 12;

// "'a', 'b' and 30 more".
std::string list_names(const std::vector<std::string>& names) {
  std::string out;
  const std::size_t shown = std::min(names.size(), listed_names);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += ", ";
    out += quoted_for_message(names[i]);
  }
  if (names.size() > shown) out += fmt::format(" and {} more", names.size() - shown);
  return out;
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// The name that differs only in upper and lower case comes before those that differ more.
std::vector<std::string> near_names(const std::string& name,
                                    const std::vector<std::string>& found) {
  for (const std::string& each : found) {
    if (lower_case(each) == lower_case(name)) return {each};
  }
  return nearest(name, found);
}

// What separates the columns of a first row that seems to be a single one; empty where nothing
// does.
std::string_view other_separator(const std::vector<std::string>& found) {
  if (found.size() != 1) return {};
  if (found.front().find(';') != std::string::npos) return "semicolons";
  return found.front().find('\t') != std::string::npos ? "tabs" : "";
}

// Matching names are taken over one by one, so each is looked for only once.
void take_over(const std::vector<std::string>& names, const std::vector<std::string>& wanted,
               std::uint16_t Column::*place, std::vector<Column>& columns,
               std::vector<std::string>& missing, std::vector<std::string>& repeated) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto first = std::find(names.begin(), names.end(), wanted[i]);
    if (first == names.end()) {
      missing.push_back(wanted[i]);
    } else if (std::find(first + 1, names.end(), wanted[i]) != names.end()) {
      repeated.push_back(wanted[i]);
    } else {
      Column& column = columns[static_cast<std::size_t>(first - names.begin())];
      column.*place = static_cast<std::uint16_t>(i);
    }
  }
}

}  // namespace

WantedColumns wanted_columns(const Questionnaire& questionnaire,
                             const std::vector<std::size_t>& items, const RowOptions& options) {
  WantedColumns wanted;
  wanted.kept = options.keep;
  if (options.columns) {
    wanted.items = *options.columns;
    return wanted;
  }
  for (const std::size_t item : items) wanted.items.push_back(questionnaire.items[item].id);
  return wanted;
}

std::vector<AnswerRange> answer_ranges(const Questionnaire& questionnaire,
                                       const std::vector<std::size_t>& items,
                                       const std::optional<AnswerRange>& range) {
  std::vector<AnswerRange> ranges;
  for (const std::size_t item : items) {
    const ResponseScale& own =
        questionnaire.response_scales[questionnaire.items[item].response_scale];
    ranges.push_back(range.value_or(AnswerRange{own.min, own.max}));
  }
  return ranges;
}

Error column_error(const std::vector<std::string>& missing,
                   const std::vector<std::string>& repeated, const std::vector<std::string>& found,
                   std::size_t missing_items) {
  Error error{ErrorKind::bad_data, "", "", {}};
  if (!missing.empty()) {
    error.message =
        fmt::format("no {} {}", missing.size() == 1 ? "column" : "columns", list_names(missing));
  } else {
    error.message = fmt::format("more than one column {}", list_names(repeated));
  }
  error.advice.push_back("found: " + (found.empty() ? "nothing" : list_names(found)));
  if (!missing.empty()) {
    const std::vector<std::string> near = near_names(missing.front(), found);
    if (!near.empty()) {
      error.advice.push_back(
          fmt::format("nearest to {}: {}", quoted_for_message(missing.front()), list_names(near)));
    }
    if (!repeated.empty()) {
      error.advice.push_back("more than once: " + list_names(repeated));
    }
    if (const std::string_view separator = other_separator(found); !separator.empty()) {
      error.advice.push_back(
          fmt::format("its columns seem to be separated by {}; commas are read, and tabs with "
                      "--from tsv",
                      separator));
    } else if (missing_items > 0) {
      error.advice.push_back("--columns names them in the order of the items: --columns Q1-Q36");
    }
  }
  return error;
}

Result<std::vector<Column>> match_columns(const std::vector<std::string>& names,
                                          const WantedColumns& wanted) {
  std::vector<Column> columns(names.size());
  std::vector<std::string> missing;
  std::vector<std::string> repeated;
  take_over(names, wanted.items, &Column::item, columns, missing, repeated);
  const std::size_t missing_items = missing.size();
  take_over(names, wanted.kept, &Column::kept, columns, missing, repeated);
  if (missing.empty() && repeated.empty()) return columns;
  return column_error(missing, repeated, names, missing_items);
}

}  // namespace attune::detail
