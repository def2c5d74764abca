// SPDX-License-Identifier: MIT
#pragma once

/// Cells of comma-separated values as RFC 4180 quotes them.

#include <string>
#include <string_view>
#include <vector>

namespace attune::report {

/// Whether a text cell that a spreadsheet would run as a formula (it starts with = + - @, a tab or
/// a carriage return) gets a leading apostrophe. Numbers must not pass through this.
enum class Formulas { defused, as_they_are };

/// `text` as one cell: quoted when it holds a comma, a quote, a line break, or spaces at an end.
[[nodiscard]] std::string csv_cell(std::string_view text, Formulas formulas = Formulas::defused);

/// Finished cells joined to a line that ends with LF.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

}  // namespace attune::report
