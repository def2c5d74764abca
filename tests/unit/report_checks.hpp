// SPDX-License-Identifier: MIT
#pragma once

/// What the tests of the renderers share: lines, colours taken off, texts that are hard to print.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attune/document.hpp"
#include "attune/text.hpp"

namespace attune::test {

inline std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// `text` without the colours we write: ESC [ digits and ';' m. Any other ESC stays.
inline std::string without_colour(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (text.starts_with("\x1B[")) {
      const std::size_t end = text.find_first_not_of("0123456789;", 2);
      if (end != std::string_view::npos && text[end] == 'm') {
        text.remove_prefix(end + 1);
        continue;
      }
    }
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

inline std::size_t widest_line(const std::string& text) {
  std::size_t columns = 0;
  for (const std::string& line : lines_of(without_colour(text))) {
    columns = columns < display_width(line) ? display_width(line) : columns;
  }
  return columns;
}

inline bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

/// Texts that are wide, long, combined or empty.
inline const std::vector<std::string>& awkward_texts() {
  static const std::vector<std::string> texts = {
      "",
      " ",
      "plain words",
      "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenbandanstecknadel",
      "中文字符很宽所以一行只能放一半的字数这样才对齐",
      "中文 字符 很宽 所以 一行 只能 放 一半",
      "u\u0308be\u0301r a\u0300\u0301\u0302 n\u0303",
      "\u0301starts with a mark",
      "\U0001F468\u200D\U0001F469\u200D\U0001F467 family \U0001F600",
      "two\nlines of which the second is longer than the first",
      "3.4 ± 0.6 – and a dash",
  };
  return texts;
}

/// Texts that would reach the terminal as more than text.
inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts = {
      "\x1B[31mred",         "\x1B]0;title\x07",       std::string("nul\0byte", 8),
      "back\x08space",       "carriage\rreturn",       "tab\there",
      "\x7F delete",
      "\u009B31m C1",         // CSI as one code point
      "\xC2\x9D osc",         // OSC as one code point
      "\u202Eright to left",  // bidirectional override
      "\u2066isolate\u2069", "\uFEFF byte order mark", "\U000E0041 tag",
      "\xFF\xFE broken",     "\xE2\x82 cut off",
  };
  return texts;
}

/// One block of every kind, each of whose texts is `text`.
inline report::Document document_of(const std::string& text) {
  report::Ruler ruler{text, 1, 7, 3.4, 2.8, 4.0, text, text, text, text, {}};
  report::Plane plane;
  plane.x.name = plane.y.name = plane.description = text;
  plane.points = {{3.4, 5, 2.8, 4.0, 4.5, 5.5, text}, {5, 2, 4.5, 5.5, 1.5, 2.5, text}};
  plane.x.cuts = plane.y.cuts = {4};
  plane.areas = {{text, 1, 4, 1, 4}, {text, 4, 7, 1, 4}, {text, 1, 4, 4, 7}, {text, 4, 7, 4, 7}};
  report::Series series{text, 1, 7, text, text, {}, report::SeriesBand{3, 5}};
  for (const std::int64_t day : {0, 30, 31, 200}) {
    series.marks.push_back({{day * 86'400'000'000, 60}, 3.4, 2.8, 4.0});
  }
  return {report::Heading{1, text},
          report::Paragraph{text},
          report::Paragraph{text, report::Tone::quiet},
          report::Facts{{{text, text}, {"About", text}, {text, "value"}}},
          report::Bullets{{text, text}},
          report::Heading{2, text},
          report::Table{{text, "Score", text},
                        {report::Align::left, report::Align::right, report::Align::left},
                        {{text, "3.4", text}, {"a", text, "c"}}},
          report::Table{{text, "Count"},
                        {report::Align::left, report::Align::right},
                        {{text, "3"}, {"a", "1"}, {text, text}},
                        text,
                        {report::Bar{0.7}, series},
                        text},
          ruler,
          report::Table{{"Facet"}, {report::Align::left}, {{text}}, text, {ruler}, text},
          report::Heading{3, text},
          plane,
          series,
          report::Step{text, text, text, text, text, text}};
}

/// One block in plain ASCII characters.
inline std::string ascii(const report::Block& block, std::size_t width) {
  return report::render_text({block}, {.width_columns = width, .charset = report::Charset::ascii});
}

/// The column of an axis number in the line of numbers.
inline std::size_t column_of_number(const std::string& numbers, int number) {
  return numbers.find(std::to_string(number));
}

}  // namespace attune::test
