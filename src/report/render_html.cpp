// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <variant>
#include <vector>

#include "attune/document.hpp"

#include "report/axis.hpp"
#include "report/html_parts.hpp"
#include "report/markup.hpp"
#include "report/page_style.hpp"
#include "report/picture_tables.hpp"
#include "report/sentences.hpp"

namespace attune {
namespace {

using detail::draw;
using detail::Drawing;
using detail::markup_lines;
using detail::markup_text;

/// The page as far as it is written. The numbers of rulers follow at the end of their section.
struct Writing {
  const HtmlStyle& style;
  std::string body;
  std::vector<const Ruler*> rulers;
};

std::string tone_class(const Paragraph& paragraph) {
  std::string names;
  if (paragraph.tone == Tone::quiet) names = "quiet";
  if (paragraph.tone == Tone::caution) names = "caution";
  if (paragraph.text.ends_with(':')) names += names.empty() ? "announcing" : " announcing";
  return names.empty() ? names : fmt::format(R"( class="{}")", names);
}

std::string legend_of(const Drawing& drawing) {
  std::string out;
  for (const detail::LegendSign& sign : drawing.legend) {
    out += fmt::format(R"(<li><svg aria-hidden="true">{}</svg><span>{}</span></li>)",
                       draw(sign.kind), markup_text(sign.text));
  }
  if (!out.empty()) out = R"(<ul class="legend">)" + out + "</ul>";
  if (!drawing.note.empty()) {
    out += fmt::format(R"(<p class="end">{}</p>)", markup_text(drawing.note));
  }
  return out;
}

enum class Numbers { folded, open };

std::string numbers_of(const Table& table, Numbers numbers) {
  return fmt::format(
      R"(<details class="numbers"{}><summary>The same in numbers</summary>{}</details>)",
      numbers == Numbers::open ? " open" : "", detail::html_table(table));
}

void end_section(Writing& writing) {
  if (writing.rulers.empty()) return;
  Table table = detail::table_of(writing.rulers);
  table.header.front() = "Scale";
  writing.body += numbers_of(table, Numbers::folded) + '\n';
  writing.rulers.clear();
}

void put(Writing& writing, const Heading& heading) {
  const int level = std::clamp(heading.level, 1, 3);
  if (level < 3) end_section(writing);
  writing.body += fmt::format("<h{0}>{1}</h{0}>\n", level, markup_text(heading.text));
}

void put(Writing& writing, const Paragraph& paragraph) {
  writing.body += fmt::format("<p{}>{}</p>\n", tone_class(paragraph), markup_lines(paragraph.text));
}

void put(Writing& writing, const Facts& facts) {
  writing.body += "<dl>";
  for (const auto& [label, text] : facts.rows) {
    writing.body += fmt::format("<dt>{}</dt><dd>{}</dd>", markup_text(label), markup_lines(text));
  }
  writing.body += "</dl>\n";
}

void put(Writing& writing, const Bullets& bullets) {
  writing.body += "<ul>";
  for (const std::string& item : bullets.items) {
    writing.body += fmt::format("<li>{}</li>", markup_lines(item));
  }
  writing.body += "</ul>\n";
}

void put(Writing& writing, const Table& table) { writing.body += detail::html_table(table) + '\n'; }

void put(Writing& writing, const Ruler& ruler) {
  writing.rulers.push_back(&ruler);
  writing.body +=
      fmt::format(R"(<figure class="ruler"><figcaption><b>{}</b><span class="value">{}</span>)"
                  R"(<span class="quiet">{}</span></figcaption>{})",
                  markup_text(ruler.name), markup_text(ruler.value), markup_text(ruler.remark),
                  detail::html_drawing(draw(ruler), detail::sentence(ruler)));
  if (!ruler.low_label.empty() || !ruler.high_label.empty()) {
    writing.body += fmt::format(R"(<div class="ends"><span>{}</span><span>{}</span></div>)",
                                markup_text(ruler.low_label), markup_text(ruler.high_label));
  }
  writing.body += "</figure>\n";
}

void put(Writing& writing, const Plane& plane) {
  if (plane.points.empty()) return;
  const Drawing drawing = draw(plane);
  writing.body +=
      fmt::format("<figure class=\"plane\">{}{}</figure>\n{}\n",
                  detail::html_drawing(drawing, detail::sentence(plane)), legend_of(drawing),
                  numbers_of(detail::table_of(plane), Numbers::folded));
}

std::string end_of(double value, const std::string& label) {
  if (label.empty()) return label;
  return fmt::format(R"(<p class="end">{}: {}</p>)", detail::tick_label(value), markup_text(label));
}

void put(Writing& writing, const Series& series) {
  if (series.marks.empty()) return;
  const Drawing drawing = draw(series);
  const bool is_complete = writing.style.series_rows == SeriesRows::all;
  writing.body += fmt::format(
      "<figure class=\"series\"><figcaption><b>{}</b></figcaption>{}{}{}{}</figure>\n{}\n",
      markup_text(series.name), end_of(series.max, series.high_label),
      detail::html_drawing(drawing, detail::sentence(series)), end_of(series.min, series.low_label),
      legend_of(drawing),
      numbers_of(detail::table_of(series, writing.style.series_rows),
                 is_complete ? Numbers::open : Numbers::folded));
}

void put(Writing& writing, const Step& step) {
  std::string& out = writing.body;
  out += fmt::format(R"(<section class="step"><h3>{})", markup_text(step.title));
  if (!step.size.empty())
    out += fmt::format(R"( <span class="size">({})</span>)", markup_text(step.size));
  out += "</h3>";
  if (!step.why.empty()) out += fmt::format("<p>{}</p>", markup_lines(step.why));
  if (!step.try_this.empty())
    out += fmt::format("<p><b>Try:</b> {}</p>", markup_lines(step.try_this));
  if (!step.id.empty())
    out += fmt::format(R"(<p class="quiet">Name: {}</p>)", markup_text(step.id));
  if (!step.remark.empty())
    out += fmt::format(R"(<p class="quiet">{}</p>)", markup_text(step.remark));
  out += "<div class=\"room\">When you tried it, and how it went:<i></i><i></i></div></section>\n";
}

void put_small_rulers(Writing& writing, const std::vector<const Ruler*>& rulers) {
  writing.body += detail::html_ruler_table(rulers) + '\n';
  writing.rulers.insert(writing.rulers.end(), rulers.begin(), rulers.end());
}

}  // namespace

std::string render_html(const Document& document, const HtmlStyle& style) {
  Writing writing{style, {}, {}};
  for (std::size_t at = 0; at < document.size();) {
    const std::vector<const Ruler*> group = detail::small_rulers_at(document, at);
    if (!group.empty()) {
      put_small_rulers(writing, group);
      at += group.size();
      continue;
    }
    std::visit([&](const auto& any) { put(writing, any); }, document[at]);
    ++at;
  }
  end_section(writing);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</"
      "html>\n",
      markup_text(style.language), markup_text(detail::title_of(document)), detail::page_style(),
      writing.body);
}

}  // namespace attune
