// SPDX-License-Identifier: MIT
#include "report/render/csv.hpp"

namespace attune::report {

std::string csv_cell(std::string_view text, Formulas formulas) {
  constexpr std::string_view formula_starts = "=+-@\t\r";
  const bool is_formula =
      !text.empty() && formula_starts.find(text.front()) != std::string_view::npos;
  std::string content(is_formula && formulas == Formulas::defused ? "'" : "");
  content += text;
  const bool has_special = content.find_first_of(",\"\r\n") != std::string::npos;
  const bool has_space = !content.empty() && (content.front() == ' ' || content.back() == ' ');
  if (!has_special && !has_space) return content;
  std::string quoted = "\"";
  for (const char c : content) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    line += cells[i];
  }
  return line + '\n';
}

}  // namespace attune::report
