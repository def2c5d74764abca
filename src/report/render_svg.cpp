// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <variant>
#include <vector>

#include "attune/document.hpp"
#include "attune/text.hpp"

#include "report/axis.hpp"
#include "report/drawing.hpp"
#include "report/markup.hpp"
#include "report/picture_tables.hpp"
#include "report/sentences.hpp"

namespace attune {
namespace {

using detail::draw;
using detail::Drawing;
using detail::markup_text;

// In units of the sheet.
constexpr double sheet_width = 640;
constexpr double edge = 32;
constexpr double type_size = 14;
constexpr double line_height = 20;
constexpr std::size_t columns_of_words = 76;
constexpr std::size_t columns_of_title = 38;  // larger and strong

/// The sheet as far as it is drawn: `y` is where the next thing begins.
struct Sheet {
  std::string body;
  std::string description;
  double y = edge;
};

void put_line(Sheet& sheet, std::string_view kind, double x, std::string_view anchor,
              const std::string& text) {
  sheet.body += fmt::format(R"(<text class="{}" x="{:.0f}" y="{:.0f}" text-anchor="{}">{}</text>)",
                            kind, x, sheet.y + 14, anchor, markup_text(text));
}

void put_words(Sheet& sheet, std::string_view kind, const std::string& text,
               std::size_t columns = columns_of_words) {
  if (text.empty()) return;
  for (const std::string& line : wrap(escape(text), columns)) {
    put_line(sheet, kind, edge, "start", line);
    sheet.y += line_height;
  }
}

void put_drawing(Sheet& sheet, const Drawing& drawing) {
  const auto& margins = drawing.margins;
  const double left = edge + margins.left * type_size;
  sheet.y += margins.top * type_size;
  sheet.body += fmt::format(
      R"(<svg x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" overflow="visible">{}</svg>)",
      left, sheet.y, sheet_width - edge - margins.right * type_size - left,
      drawing.height_em * type_size, drawing.body);
  sheet.y += (drawing.height_em + margins.bottom) * type_size + 6;
}

void put_legend(Sheet& sheet, const Drawing& drawing) {
  for (const detail::LegendSign& sign : drawing.legend) {
    sheet.body += fmt::format(
        R"(<svg x="{:.0f}" y="{:.0f}" width="30" height="14" overflow="visible">{}</svg>)", edge,
        sheet.y + 2, draw(sign.kind));
    put_line(sheet, "quiet-word", edge + 42, "start",
             std::string(fit(escape(sign.text), columns_of_words - 6)));
    sheet.y += line_height;
  }
  put_words(sheet, "quiet-word", drawing.note);
}

// The words at both ends, each in its half.
void put_ends(Sheet& sheet, const std::string& low, const std::string& high) {
  const std::vector<std::string> left = wrap(escape(low), columns_of_words / 2 - 3);
  const std::vector<std::string> right = wrap(escape(high), columns_of_words / 2 - 3);
  if (low.empty() && high.empty()) return;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    if (i < left.size()) put_line(sheet, "quiet-word", edge, "start", left[i]);
    if (i < right.size()) put_line(sheet, "quiet-word", sheet_width - edge, "end", right[i]);
    sheet.y += line_height;
  }
}

void describe(Sheet& sheet, const std::string& sentence) {
  if (!sheet.description.empty()) sheet.description += ' ';
  sheet.description += sentence;
}

// Name, value and remark on one line where they fit, else one below the other.
void put_head(Sheet& sheet, const Ruler& ruler) {
  const std::string_view kind = ruler.indent > 0 ? "word" : "strong";
  const std::string name = escape(ruler.name);
  const std::string value = escape(ruler.value);
  const std::string remark = escape(ruler.remark);
  if (display_width(name) + display_width(value) + display_width(remark) + 4 > columns_of_words) {
    put_words(sheet, kind, ruler.name);
    put_words(sheet, "value", ruler.value);
    put_words(sheet, "quiet-word", ruler.remark);
    return;
  }
  sheet.body += fmt::format(
      R"(<text x="{:.0f}" y="{:.0f}"><tspan class="{}">{}</tspan>)"
      R"(<tspan class="value" dx="8">{}</tspan><tspan class="quiet-word" dx="8">{}</tspan></text>)",
      edge, sheet.y + 14, kind, markup_text(name), markup_text(value), markup_text(remark));
  sheet.y += line_height;
}

void put(Sheet& sheet, const Ruler& ruler) {
  describe(sheet, detail::sentence(ruler));
  if (ruler.indent == 0) sheet.y += line_height / 2;
  put_head(sheet, ruler);
  put_drawing(sheet, draw(ruler));
  if (ruler.indent == 0) put_ends(sheet, ruler.low_label, ruler.high_label);
  sheet.y += ruler.indent == 0 ? line_height : 6;
}

void put(Sheet& sheet, const Plane& plane) {
  if (plane.points.empty()) return;
  describe(sheet, detail::sentence(plane));
  sheet.y += line_height / 2;
  const Drawing drawing = draw(plane);
  put_drawing(sheet, drawing);
  put_legend(sheet, drawing);
  sheet.y += line_height;
}

std::string end_words(double value, const std::string& label) {
  return label.empty() ? "" : fmt::format("{}: {}", detail::tick_label(value), label);
}

void put(Sheet& sheet, const Series& series) {
  if (series.marks.empty()) return;
  describe(sheet, detail::sentence(series));
  put_words(sheet, "strong", series.name);
  put_words(sheet, "quiet-word", end_words(series.max, series.high_label));
  const Drawing drawing = draw(series);
  put_drawing(sheet, drawing);
  put_words(sheet, "quiet-word", end_words(series.min, series.low_label));
  put_legend(sheet, drawing);
  sheet.y += line_height;
}

template <typename Other>
void put(Sheet& /*sheet*/, const Other& /*words or numbers*/) {}

// What is said of the whole in two or three words: about whom, of which days.
void put_facts(Sheet& sheet, const Document& document) {
  for (const Block& block : document) {
    const auto* facts = std::get_if<Facts>(&block);
    if (facts == nullptr) continue;
    for (const auto& [label, text] : facts->rows) {
      put_words(sheet, "quiet-word", fmt::format("{}: {}", label, text));
    }
    return;
  }
}

}  // namespace

std::string render_svg(const Document& document) {
  Sheet sheet;
  const std::string title = detail::title_of(document);
  put_words(sheet, "title", title, columns_of_title);
  put_facts(sheet, document);
  sheet.y += line_height;
  for (const Block& block : document) {
    std::visit([&](const auto& any) { put(sheet, any); }, block);
  }
  if (sheet.description.empty()) {
    sheet.description = "There is no picture for this.";
    put_words(sheet, "word", sheet.description);
  }
  const double height = sheet.y + edge / 2;
  std::string out = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {0:.0f}" width="640" )"
      R"(height="{0:.0f}" role="img" aria-labelledby="title description" font-size="14" )"
      R"(font-family="DejaVu Sans, Verdana, Helvetica, Arial, sans-serif">)",
      height);
  out += fmt::format("\n<title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n",
                     markup_text(title), markup_text(sheet.description));
  out +=
      "<style>" + detail::with_colours(detail::picture_style, detail::ColourNames::light) +
      detail::with_colours(
          ".title{fill:$ink;font-weight:600;font-size:1.15em}.value{fill:$accent;font-weight:600}",
          detail::ColourNames::light) +
      "</style>\n";
  out += detail::with_colours(R"(<rect width="100%" height="100%" fill="$paper"/>)",
                              detail::ColourNames::light);
  return out + sheet.body + "\n</svg>\n";
}

}  // namespace attune
