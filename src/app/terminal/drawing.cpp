// SPDX-License-Identifier: MIT
#include "app/terminal/drawing.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/text.hpp"

namespace attune {

void Drawing::show(const std::vector<std::string>& lines) {
  erase();
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) text += '\n';
    text += lines[i];
  }
  console_.write(text);
  lines_ = lines;
}

// The terminal may have become narrower since: each line then takes as many rows as it fills now.
void Drawing::erase() {
  if (lines_.empty()) return;
  const std::size_t columns = std::max<std::size_t>(console_.size().columns, 1);
  std::size_t rows = 0;
  for (const std::string& line : lines_) {
    rows += std::max<std::size_t>((display_width(line) + columns - 1) / columns, 1);
  }
  console_.write(rows > 1 ? fmt::format("\r\x1B[{}A\x1B[J", rows - 1) : "\r\x1B[J");
  lines_.clear();
}

void Drawing::keep() {
  if (!lines_.empty()) console_.write("\n");
  lines_.clear();
}

}  // namespace attune
