// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <optional>

#include "rows/columns.hpp"

namespace attune::rows {
namespace {

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
