// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/document.hpp"
#include "attune/text.hpp"

#include "report/page.hpp"
#include "report/picture_tables.hpp"
#include "report/plane.hpp"
#include "report/ruler.hpp"
#include "report/sentences.hpp"
#include "report/series.hpp"
#include "report/table.hpp"

namespace attune {
namespace {

using detail::Ink;
using detail::Page;

Ink ink_of(Tone tone) { return tone == Tone::quiet ? Ink::quiet : Ink::plain; }

// Below a heading everything stands a little to the right, so that headings are found without
// colour; a narrow page and a screen reader get no margin.
std::size_t margin_below_headings(const Page& page) {
  return page.has_pictures() && page.width() >= 40 ? 2 : 0;
}

std::string_view underline_of(const Page& page, int level) {
  if (level == 1) return page.is_utf8() ? "━" : "=";
  return page.is_utf8() ? "─" : "-";
}

void put(Page& page, const Heading& heading) {
  page.set_margin(margin_below_headings(page));
  const std::string text = page.clean(heading.text);
  page.paragraph(text, heading.level >= 3 ? page.margin() : 0, Ink::strong);
  if (heading.level > 2 || !page.has_pictures()) return;
  std::string rule;
  const std::size_t columns = std::min(display_width(text), page.measure());
  for (std::size_t i = 0; i < columns; ++i) rule += underline_of(page, heading.level);
  page.put(rule, Ink::quiet);
  page.end_line();
}

void put(Page& page, const Paragraph& paragraph) {
  page.paragraph(page.clean_lines(paragraph.text), page.margin(), ink_of(paragraph.tone));
}

void put_facts_below_labels(Page& page, const Facts& facts) {
  for (const auto& [label, text] : facts.rows) {
    page.paragraph(page.clean(label), page.margin(), Ink::quiet);
    page.paragraph(page.clean_lines(text), page.margin() + 2);
  }
}

void put(Page& page, const Facts& facts) {
  if (!page.has_pictures()) {
    for (const auto& [label, text] : facts.rows) {
      page.paragraph(page.clean(fmt::format("{}: {}", label, text)), page.margin());
    }
    return;
  }
  std::size_t widest = 0;
  for (const auto& row : facts.rows)
    widest = std::max(widest, display_width(page.clean(row.first)));
  if (page.margin() + widest + 2 > page.measure() * 2 / 5) {
    put_facts_below_labels(page, facts);
    return;
  }
  for (const auto& [label, text] : facts.rows) {
    page.labelled(pad_right(page.clean(label), widest + 2), Ink::quiet, page.clean_lines(text),
                  page.margin());
  }
}

void put(Page& page, const Bullets& bullets) {
  for (const std::string& item : bullets.items) {
    page.labelled(page.has_pictures() ? "- " : "", Ink::quiet, page.clean_lines(item),
                  page.margin());
  }
}

void put_labelled(Page& page, std::string_view label, Ink label_ink, const std::string& clean_text,
                  std::size_t indent) {
  if (page.has_pictures()) {
    page.labelled(label, label_ink, clean_text, indent);
  } else {
    page.paragraph(std::string(label) + clean_text, indent);
  }
}

void put(Page& page, const Step& step) {
  std::string title = page.clean(step.title);
  if (!step.size.empty()) title += " (" + page.clean(step.size) + ')';
  const std::size_t indent = page.margin() + (page.has_pictures() && page.width() >= 40 ? 2 : 0);
  page.paragraph(title, page.margin(), Ink::strong);
  if (!step.why.empty()) page.paragraph(page.clean_lines(step.why), indent);
  if (!step.try_this.empty()) {
    put_labelled(page, "Try: ", Ink::accent, page.clean_lines(step.try_this), indent);
  }
  if (!step.id.empty()) put_labelled(page, "Name: ", Ink::quiet, page.clean(step.id), indent);
  if (!step.remark.empty()) page.paragraph(page.clean(step.remark), indent);
}

void put(Page& page, const Ruler& ruler) { detail::render_ruler(page, ruler); }
void put(Page& page, const Plane& plane) { detail::render_plane(page, plane); }
void put(Page& page, const Series& series) { detail::render_series(page, series); }
void put(Page& page, const Table& table) { detail::render_table(page, table); }

// Headings stand close to what they head, and so do words that announce what follows. A third level
// has no line below it, so that the head of a table would pass for its second line.
bool stands_close(const Document& document, std::size_t at) {
  if (at == 0) return true;
  if (const auto* heading = std::get_if<Heading>(&document[at - 1])) {
    return heading->level == 2 ||
           (heading->level > 2 && !std::holds_alternative<Table>(document[at]));
  }
  const auto* paragraph = std::get_if<Paragraph>(&document[at - 1]);
  return paragraph != nullptr && paragraph->text.ends_with(':');
}

}  // namespace

std::string render_text(const Document& document, const TextStyle& style) {
  Page page(style);
  for (std::size_t at = 0; at < document.size();) {
    if (!stands_close(document, at)) page.gap();
    const std::vector<const Ruler*> group = detail::small_rulers_at(document, at);
    if (!group.empty()) {
      detail::render_ruler_group(page, group);
      at += group.size();
      continue;
    }
    std::visit([&](const auto& block) { put(page, block); }, document[at]);
    ++at;
  }
  return page.take();
}

}  // namespace attune
