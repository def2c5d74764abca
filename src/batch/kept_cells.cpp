// SPDX-License-Identifier: MIT
#include "batch/kept_cells.hpp"

#include "batch/csv_cell.hpp"
#include "batch/json_value.hpp"
#include "report/json_text.hpp"

namespace attune::detail {
namespace {

// The text that a cell stands for.
std::string text_of(const KeptCell& cell) {
  switch (cell.form) {
    case CellForm::quoted:
      return csv_text(cell.text);
    case CellForm::json:
      if (cell.text.starts_with('"')) return json_text(cell.text);
      if (cell.text == "null") return {};
      break;
    case CellForm::plain:
      break;
  }
  return std::string(cell.text);
}

}  // namespace

char separator_of(RowFormat format) { return format == RowFormat::tsv ? '\t' : ','; }

void append_cell(std::string& out, std::string_view text, char separator) {
  const char special[] = {separator, '"', '\n', '\r'};
  if (text.find_first_of({special, sizeof special}) == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_kept(std::string& out, const KeptCell& cell, RowFormat from, RowFormat to) {
  if (from == to) {
    out += cell.text;
    if (cell.text.empty() && to == RowFormat::jsonl) out += "null";
  } else if (to == RowFormat::jsonl && cell.text.empty()) {
    out += "null";
  } else {
    append_text(out, text_of(cell), to);
  }
}

void append_text(std::string& out, std::string_view text, RowFormat to) {
  if (to == RowFormat::jsonl) {
    append_json(out, text);
  } else {
    append_cell(out, text, separator_of(to));
  }
}

}  // namespace attune::detail
