// SPDX-License-Identifier: MIT
#include "rows/columns.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune::rows {
namespace {

constexpr std::int64_t longest_span = 500;
constexpr std::size_t listed_names = 12;
constexpr std::size_t shown_cell_columns = 24;

Error bad_column_list(std::string message) {
  return Error(ErrorKind::usage, std::move(message), "", {"for example: Q1-Q36, or a,b,c"});
}

// "Q12" as "Q" and 12; no number where it doesn't end with digits.
struct NumberedName {
  std::string_view stem;
  std::optional<std::int64_t> number;
  std::size_t width = 0;  // digits that a name has at least: 2 for "Q01"
};

NumberedName take_name_apart(std::string_view name) {
  const std::size_t last = name.find_last_not_of("0123456789");
  const std::size_t digits = last == std::string_view::npos ? 0 : last + 1;
  const std::string_view number = name.substr(digits);
  return {name.substr(0, digits), parse_whole(number), number.starts_with('0') ? number.size() : 0};
}

// Adds the names of a span; false where `part` is a name with a hyphen in it.
bool add_name_span(std::string_view part, std::vector<std::string>& names) {
  for (std::size_t hyphen = part.find('-'); hyphen != std::string_view::npos;
       hyphen = part.find('-', hyphen + 1)) {
    const NumberedName from = take_name_apart(part.substr(0, hyphen));
    const NumberedName to = take_name_apart(part.substr(hyphen + 1));
    if (!from.number || !to.number || from.stem != to.stem) continue;
    if (*to.number < *from.number) {
      throw bad_column_list(fmt::format("'{}' does not ascend", escape(part)));
    }
    if (*to.number - *from.number >= longest_span) {
      throw bad_column_list(
          fmt::format("'{}' names more than {} columns", escape(part), longest_span));
    }
    for (std::int64_t i = *from.number; i <= *to.number; ++i) {
      names.push_back(fmt::format("{}{:0{}}", from.stem, i, from.width));
    }
    return true;
  }
  return false;
}

// "'a', 'b' and 30 more".
std::string listed_for_message(const std::vector<std::string>& names) {
  std::string out;
  const std::size_t shown = std::min(names.size(), listed_names);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += ", ";
    out += quoted_for_message(names[i]);
  }
  if (names.size() > shown) out += fmt::format(" and {} more", names.size() - shown);
  return out;
}

// The name that differs only in upper and lower case comes before those that differ more.
std::vector<std::string> near_column_names(const std::string& name,
                                           const std::vector<std::string>& found) {
  for (const std::string& each : found) {
    if (lower_case(each) == lower_case(name)) return {each};
  }
  return nearest(name, found);
}

// What the parser of a line calls. False ends the line.
struct LineCutter {
  const std::unordered_map<std::string, std::size_t>& places;
  std::vector<CutCell>& cells;
  std::string& texts;
  std::vector<std::string>* names;
  std::optional<std::size_t> column = std::nullopt;  // of the value that comes next, where wanted
  std::size_t depth = 0;

  bool take(std::string_view text, CellForm form, std::string_view fault = {}) {
    if (depth == 0) return false;
    if (depth > 1 || !column) return true;
    texts += text;
    const std::string_view kept(texts.data() + texts.size() - text.size(), text.size());
    cells.push_back({*column, {kept, form}, fault});
    return true;
  }
  bool end_nested() {
    --depth;
    return true;
  }

  bool null() { return take({}, CellForm::none); }
  bool boolean(bool value) { return take(value ? "true" : "false", CellForm::literal); }
  bool number_integer(std::int64_t value) { return take(std::to_string(value), CellForm::literal); }
  bool number_unsigned(std::uint64_t value) {
    return take(std::to_string(value), CellForm::literal);
  }
  bool number_float(double /*value*/, const std::string& text) {
    return take(text, CellForm::literal);
  }
  bool string(const std::string& text) { return take(text, CellForm::string); }
  bool binary(const nlohmann::json::binary_t& /*bytes*/) { return false; }
  bool start_object(std::size_t /*size*/) {
    if (depth > 0) return start_array(0);
    depth = 1;
    return true;
  }
  bool start_array(std::size_t /*size*/) {
    if (!take({}, CellForm::none, "is not a single value")) return false;
    ++depth;
    return true;
  }
  bool key(const std::string& name) {
    if (depth > 1) return true;
    if (names != nullptr) names->push_back(name);
    const auto found = places.find(name);
    column = found == places.end() ? std::nullopt : std::optional(found->second);
    return true;
  }
  bool end_object() { return end_nested(); }
  bool end_array() { return end_nested(); }
  static bool parse_error(std::size_t /*place*/, const std::string& /*token*/,
                          const nlohmann::json::exception& /*error*/) {
    return false;
  }
};

}  // namespace

std::vector<std::size_t> scored_items(const Questionnaire& questionnaire, std::size_t form) {
  std::vector<std::size_t> items;
  for (const std::size_t item : questionnaire.forms[form].items) {
    if (questionnaire.items[item].scale) items.push_back(item);
  }
  return items;
}

std::vector<std::string> parse_column_list(std::string_view text) {
  std::vector<std::string> names;
  for (const std::string_view part : split(text, ',')) {
    if (part.empty()) throw bad_column_list("a name in the list is empty");
    if (!add_name_span(part, names)) names.emplace_back(part);
  }
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second) {
      throw bad_column_list(fmt::format("'{}' is named twice", escape(name)));
    }
  }
  return names;
}

std::string quoted_for_message(std::string_view text) {
  const std::string safe = escape(text.substr(0, 4 * shown_cell_columns));
  const std::string_view shown = fit(safe, shown_cell_columns);
  const bool is_cut = shown.size() < safe.size() || text.size() > 4 * shown_cell_columns;
  return fmt::format("'{}{}'", shown, is_cut ? "..." : "");
}

Error column_error(const std::vector<std::string>& missing,
                   const std::vector<std::string>& repeated, const std::vector<std::string>& found,
                   std::size_t missing_items) {
  Error error(ErrorKind::bad_data, "");
  error.advice = {"found: " + (found.empty() ? "nothing" : listed_for_message(found))};
  if (missing.empty()) {
    error.message = fmt::format("more than one column {}", listed_for_message(repeated));
    return error;
  }
  error.message = fmt::format("no {} {}", missing.size() == 1 ? "column" : "columns",
                              listed_for_message(missing));
  const std::vector<std::string> near = near_column_names(missing.front(), found);
  if (!near.empty()) {
    error.advice.push_back(fmt::format("nearest to {}: {}", quoted_for_message(missing.front()),
                                       listed_for_message(near)));
  }
  if (!repeated.empty()) {
    error.advice.push_back("more than once: " + listed_for_message(repeated));
  }
  const std::size_t other =
      found.size() == 1 ? found.front().find_first_of(";\t") : std::string::npos;
  if (other != std::string::npos) {
    error.advice.push_back(fmt::format(
        "its columns seem to be separated by {}; commas are read, and tabs with --from tsv",
        found.front()[other] == ';' ? "semicolons" : "tabs"));
  } else if (missing_items > 0) {
    error.advice.push_back("--columns names them in the order of the items: --columns Q1-Q36");
  }
  return error;
}

std::string text_of(const Cell& cell) {
  if (cell.form != CellForm::quoted) return std::string(cell.text);
  std::string out;
  for (std::size_t i = 1; i + 1 < cell.text.size(); ++i) {
    out += cell.text[i];
    if (cell.text[i] == '"') ++i;
  }
  return out;
}

bool cut_json_line(std::string_view line,
                   const std::unordered_map<std::string, std::size_t>& places,
                   std::vector<CutCell>& cells, std::string& texts,
                   std::vector<std::string>* names) {
  // No text is longer than what stands for it in the line, so that those taken stay in their place.
  texts.clear();
  texts.reserve(line.size());
  LineCutter cutter{places, cells, texts, names};
  // The parser takes a zero byte for the end of its input.
  return line.find('\0') == std::string_view::npos &&
         nlohmann::json::sax_parse(line.begin(), line.end(), &cutter);
}

}  // namespace attune::rows
