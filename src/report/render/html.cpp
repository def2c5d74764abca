// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/text.hpp"
#include "attune/trend.hpp"

#include "report/render/html_parts.hpp"
#include "report/render/sentences.hpp"

namespace attune::report {
namespace {

std::string with_references(std::string_view safe) {
  constexpr std::string_view special = "<>&\"'";
  constexpr std::array<std::string_view, 5> references{"&lt;", "&gt;", "&amp;", "&quot;", "&#39;"};
  std::string out;
  out.reserve(safe.size() + 16);
  for (const char c : safe) {
    const std::size_t at = special.find(c);
    at == std::string_view::npos ? out.append(1, c) : out.append(references[at]);
  }
  return out;
}

// A verdict on a change weighs as much as it says, at the end of a cell and after a colon.
std::string with_verdicts(std::string markup) {
  constexpr std::string_view weights[] = {"quiet", "maybe", "changed"};
  for (const auto verdict :
       {trend::Verdict::no_change, trend::Verdict::maybe, trend::Verdict::changed}) {
    const std::string words(in_words(verdict));
    const std::string weighed = fmt::format(R"(<span class="verdict {}">{}</span>)",
                                            weights[static_cast<std::size_t>(verdict)], words);
    markup = replace_all(std::move(markup), ": " + words, ": " + weighed);
    if (markup != words && !markup.ends_with(", " + words)) continue;
    markup.replace(markup.size() - words.size(), words.size(), weighed);
  }
  return markup;
}

// The same as `markup_text` with a line break for every newline. Dates stay in one piece, as
// browsers break lines after their hyphens, and so do a score and its margin.
std::string markup_lines(std::string_view text) {
  const std::string safe = with_references(escape_lines(text));
  std::string out;
  for (std::size_t at = 0; at < safe.size();) {
    const std::string_view date = std::string_view(safe).substr(at, 10);
    if (is_ascii_digit(date.front()) && parse_date(date)) {
      out += fmt::format(R"(<span class="date">{}</span>)", date);
      at += date.size();
    } else {
      date.front() == '\n' ? out.append("<br>") : out.append(1, date.front());
      ++at;
    }
  }
  return with_verdicts(replace_all(std::move(out), " ± ", "\u00A0±\u00A0"));
}

// Above so many columns a table becomes a few lines per row where the page is narrow; the roles of
// tables are written out, so that they stay tables for screen readers even then.
constexpr std::size_t most_narrow_columns = 3;
constexpr std::size_t most_rows_together = 12;  // in print, on one page with what heads them

std::string head_cell(std::string_view text, std::string_view kind) {
  return fmt::format(R"(<th scope="col" role="columnheader"{}>{}</th>)", kind, markup_text(text));
}

std::string_view column_class(const Table& table, std::size_t column) {
  const bool is_number = column < table.align.size() && table.align[column] == Align::right;
  return is_number ? R"( class="number")" : "";
}

std::string html_row(const Table& table, std::size_t index) {
  const auto& cells = table.rows[index];
  const auto cell = [&](std::size_t column) {
    return column < cells.size() ? markup_lines(cells[column]) : "";
  };
  std::string out =
      fmt::format(R"(<tr role="row"><th scope="row" role="rowheader">{}</th>)", cell(0));
  for (std::size_t column = 1; column < table.header.size(); ++column) {
    out += fmt::format(R"(<td role="cell"{} data-label="{}">{}</td>)", column_class(table, column),
                       markup_text(table.header[column]), cell(column));
  }
  if (index < table.pictures.size()) {
    out += fmt::format(R"(<td role="cell" data-label="{}">{}</td>)",
                       markup_text(table.picture_header), html_in_row(table.pictures[index]));
  }
  return out + "</tr>";
}

std::string html_table(const Table& table) {
  if (table.header.empty()) return {};
  const std::size_t columns = table.header.size() + (table.pictures.empty() ? 0 : 1);
  std::string head;
  for (std::size_t column = 0; column < table.header.size(); ++column) {
    head += head_cell(table.header[column], column_class(table, column));
  }
  if (!table.pictures.empty()) head += head_cell(table.picture_header, "");
  std::string rows;
  for (std::size_t row = 0; row < table.rows.size(); ++row) rows += html_row(table, row);
  return fmt::format(R"(<table role="table" class="{}{}"><thead role="rowgroup"><tr role="row">{})"
                     R"(</tr></thead><tbody role="rowgroup">{}</tbody></table>)",
                     columns > most_narrow_columns ? "wide " : "",
                     table.rows.size() <= most_rows_together ? "short" : "long", head, rows);
}

// The page as far as it is written.
struct Writing {
  std::string body;
  std::size_t parts = 0;           // headings of level 2
  std::size_t first_part_end = 0;  // in the body
  std::string links;               // to the parts after the first
};

void write_html(Writing& writing, const Heading& heading) {
  const int level = std::clamp(heading.level, 1, 3);
  const std::string text = markup_text(heading.text);
  if (level != 2) {
    writing.body += fmt::format("<h{0}>{1}</h{0}>\n", level, text);
    return;
  }
  const std::size_t part = ++writing.parts;
  if (part == 2) writing.first_part_end = writing.body.size();
  if (part > 1) writing.links += fmt::format("<li><a href=\"#part-{}\">{}</a></li>", part, text);
  writing.body += fmt::format("<h2 id=\"part-{}\">{}</h2>\n", part, text);
}

void write_html(Writing& writing, const Paragraph& paragraph) {
  std::string names;
  if (paragraph.tone == Tone::quiet) names = "quiet";
  if (paragraph.tone == Tone::caution) names = "caution";
  if (paragraph.text.ends_with(':')) names += names.empty() ? "announcing" : " announcing";
  if (!names.empty()) names = fmt::format(R"( class="{}")", names);
  writing.body += fmt::format("<p{}>{}</p>\n", names, markup_lines(paragraph.text));
}

void write_html(Writing& writing, const Facts& facts) {
  writing.body += "<dl>";
  for (const auto& [label, text] : facts.rows) {
    writing.body += fmt::format("<dt>{}</dt><dd>{}</dd>", markup_text(label), markup_lines(text));
  }
  writing.body += "</dl>\n";
}

void write_html(Writing& writing, const Bullets& bullets) {
  writing.body += "<ul>";
  for (const std::string& item : bullets.items) {
    writing.body += fmt::format("<li>{}</li>", markup_lines(item));
  }
  writing.body += "</ul>\n";
}

void write_html(Writing& writing, const Table& table) {
  writing.body += html_table(table) + '\n';
  if (!table.picture_note.empty()) {
    write_html(writing, Paragraph{table.picture_note, Tone::quiet});
  }
}

void write_html(Writing& writing, const Ruler& ruler) { writing.body += html_figure(ruler) + '\n'; }

void write_html(Writing& writing, const Plane& plane) {
  if (plane.points.empty()) return;
  writing.body += html_figure(plane) + '\n';
}

void write_html(Writing& writing, const Series& series) {
  if (series.marks.empty()) return;
  writing.body += fmt::format(
      "{}\n<details class=\"numbers\"><summary>The same in numbers</summary>{}</details>\n",
      html_figure(series), html_table(table_of_series(series)));
}

void write_html(Writing& writing, const Step& step) {
  std::string& out = writing.body;
  const auto add = [&](std::string_view before, const std::string& markup, std::string_view after) {
    if (!markup.empty()) out.append(before).append(markup).append(after);
  };
  out += R"(<section class="step"><h3>)" + markup_text(step.title);
  add(" <span class=\"size\">(", markup_text(step.size), ")</span>");
  out += "</h3>";
  add("<p>", markup_lines(step.why), "</p>");
  add("<p><b>Try:</b> ", markup_lines(step.try_this), "</p>");
  add(R"(<p class="quiet">Name: )", markup_text(step.id), "</p>");
  add(R"(<p class="quiet">)", markup_text(step.remark), "</p>");
  out += "<div class=\"room\">When you tried it, and how it went:<i></i><i></i></div></section>\n";
}

// What a page is called: its first heading, or the program's name where it has none.
std::string title_of(const Document& document) {
  for (const Block& block : document) {
    if (const auto* heading = std::get_if<Heading>(&block)) return heading->text;
  }
  return "attune";
}

}  // namespace

std::string markup_text(std::string_view text) {
  std::string one_line(text);
  std::ranges::replace(one_line, '\n', ' ');
  return with_references(escape(one_line));
}

std::string render_html(const Document& document, std::string_view language) {
  Writing writing;
  for (const Block& block : document) {
    std::visit([&](const auto& any) { write_html(writing, any); }, block);
  }
  // The first part is the answer; links to the others follow it, where there are more than two.
  if (writing.parts > 3) {
    writing.body.insert(
        writing.first_part_end,
        fmt::format("<nav aria-label=\"Contents\"><ul>{}</ul></nav>\n", writing.links));
  }
  return fmt::format(
      R"(<!DOCTYPE html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{}</title>
<style>{}</style>
</head>
<body>
<main>
{}</main>
</body>
</html>
)",
      markup_text(language), markup_text(title_of(document)), page_style(), writing.body);
}

}  // namespace attune::report
