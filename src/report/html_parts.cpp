// SPDX-License-Identifier: MIT
#include "report/html_parts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <vector>

#include "report/markup.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

constexpr std::size_t most_narrow_columns = 3;
constexpr std::size_t most_rows_together = 12;  // in print, on one page with what heads them

std::string head_cell(std::string_view text, std::string_view kind) {
  return fmt::format(R"(<th scope="col" role="columnheader"{}>{}</th>)", kind, markup_text(text));
}

std::string_view kind_of(const Table& table, std::size_t column) {
  const bool is_number = column < table.align.size() && table.align[column] == Align::right;
  return is_number ? R"( class="number")" : "";
}

std::string small_picture(const Picture& picture) {
  return fmt::format(R"(<svg class="small" aria-hidden="true">{}</svg>)", draw(picture));
}

std::string row_of(const Table& table, std::size_t index) {
  const auto& cells = table.rows[index];
  std::string out = R"(<tr role="row">)";
  for (std::size_t column = 0; column < table.header.size(); ++column) {
    const std::string text = column < cells.size() ? markup_lines(cells[column]) : "";
    if (column == 0) {
      out += fmt::format(R"(<th scope="row" role="rowheader">{}</th>)", text);
    } else {
      out += fmt::format(R"(<td role="cell"{} data-label="{}">{}</td>)", kind_of(table, column),
                         markup_text(table.header[column]), text);
    }
  }
  if (index < table.pictures.size()) {
    out += fmt::format(R"(<td role="cell" data-label="{}">{}</td>)",
                       markup_text(table.picture_header), small_picture(table.pictures[index]));
  }
  return out + "</tr>";
}

}  // namespace

std::string html_drawing(const Drawing& drawing, const std::string& sentence) {
  const auto& margins = drawing.margins;
  return fmt::format(
      R"(<svg class="drawing" role="img" aria-label="{}" style="height:{};margin:{} {} {} {};)"
      R"-(width:calc(100% - {})">{}</svg>)-",
      markup_text(sentence), em(drawing.height_em), em(margins.top), em(margins.right),
      em(margins.bottom), em(margins.left), em(margins.left + margins.right), drawing.body);
}

std::string html_table(const Table& table) {
  if (table.header.empty()) return {};
  const std::size_t columns = table.header.size() + (table.pictures.empty() ? 0 : 1);
  std::string out =
      fmt::format(R"(<table role="table" class="{}{}"><thead role="rowgroup"><tr role="row">)",
                  columns > most_narrow_columns ? "wide " : "",
                  table.rows.size() <= most_rows_together ? "short" : "long");
  for (std::size_t column = 0; column < table.header.size(); ++column) {
    out += head_cell(table.header[column], kind_of(table, column));
  }
  if (!table.pictures.empty()) out += head_cell(table.picture_header, "");
  out += R"(</tr></thead><tbody role="rowgroup">)";
  for (std::size_t row = 0; row < table.rows.size(); ++row) out += row_of(table, row);
  return out + "</tbody></table>";
}

std::string html_ruler_table(std::span<const Ruler* const> rulers) {
  const bool has_meaning = std::any_of(rulers.begin(), rulers.end(),
                                       [](const Ruler* ruler) { return !ruler->remark.empty(); });
  std::string out =
      R"(<table role="table" class="facets short"><thead role="rowgroup"><tr role="row">)";
  out += head_cell(rulers.front()->kind, "") + head_cell("Picture", R"( class="picture")") +
         head_cell("Score", R"( class="number")");
  if (has_meaning) out += head_cell("Meaning", "");
  out += R"(</tr></thead><tbody role="rowgroup">)";
  for (const Ruler* ruler : rulers) {
    out += fmt::format(
        R"(<tr role="row"><th scope="row" role="rowheader">{}</th>)"
        R"(<td role="cell" class="picture">{}</td><td role="cell" class="number">{}</td>)",
        markup_text(ruler->name), html_drawing(draw(*ruler), sentence(*ruler)),
        markup_text(ruler->value));
    if (has_meaning) {
      out += fmt::format(R"(<td role="cell" class="meaning">{}</td>)", markup_text(ruler->remark));
    }
    out += "</tr>";
  }
  return out + "</tbody></table>";
}

}  // namespace attune::detail
