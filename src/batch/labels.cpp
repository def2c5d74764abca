// SPDX-License-Identifier: MIT
#include "batch/labels.hpp"

#include "batch/kept_cells.hpp"
#include "report/json_text.hpp"

namespace attune::detail {

Label LabelMaker::next(std::string_view name) {
  std::string before;
  if (style_ == Style::json) {
    before = is_first_ ? "{" : ",";
    append_json(before, name);
    before += ':';
  } else {
    const char separator = style_ == Style::tsv ? '\t' : ',';
    if (!is_first_) names_ += separator;
    append_cell(names_, name, separator);
    if (!is_first_) before += separator;
  }
  is_first_ = false;
  return Label(std::move(before));
}

}  // namespace attune::detail
