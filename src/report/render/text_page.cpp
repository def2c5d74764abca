// SPDX-License-Identifier: MIT
#include "report/render/text_page.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "attune/text.hpp"

namespace attune::report {
namespace {

constexpr std::size_t longest_prose = 78;

// Bold, dim and one accent: readable on light and dark grounds, and nothing else to learn.
std::string_view sgr_of(Ink ink) {
  switch (ink) {
    case Ink::strong:
      return "\x1B[1m";
    case Ink::quiet:
      return "\x1B[2m";
    case Ink::accent:
      return "\x1B[1;36m";
    case Ink::plain:
      break;
  }
  return {};
}

std::string with_words(std::string text) {
  constexpr std::string_view sign = "±";
  for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at)) {
    text.replace(at, sign.size(), "plus or minus");
  }
  return text;
}

}  // namespace

TextPage::TextPage(const TextStyle& style)
    : style_(style), width_(std::clamp<std::size_t>(style.width_columns, 20, 200)) {}

std::size_t TextPage::measure() const { return std::min(width_, longest_prose); }

std::string TextPage::clean_lines(std::string_view text) const {
  std::string out = escape_lines(text);
  if (!style_.pictures) out = with_words(std::move(out));
  return is_utf8() ? out : to_ascii(out);
}

std::string TextPage::clean(std::string_view text) const {
  std::string out = clean_lines(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string TextPage::shortened(std::string_view clean_text, std::size_t columns) const {
  if (display_width(clean_text) <= columns) return std::string(clean_text);
  const std::string_view mark = is_utf8() ? "…" : "...";
  const std::size_t mark_columns = is_utf8() ? 1 : 3;
  if (columns <= mark_columns) return std::string(fit(clean_text, columns));
  std::string_view kept = fit(clean_text, columns - mark_columns);
  while (!kept.empty() && kept.back() == ' ') kept.remove_suffix(1);
  return std::string(kept) + std::string(mark);
}

void TextPage::put(std::string_view clean_text, Ink ink) {
  const std::size_t end = clean_text.find_last_not_of(' ');
  if (end == std::string_view::npos) {
    put_spaces(clean_text.size());
    return;
  }
  const std::size_t start = clean_text.find_first_not_of(' ');
  out_.append(spaces_ + start, ' ');
  const std::string_view sgr = style_.colour == Colour::on ? sgr_of(ink) : std::string_view{};
  out_ += sgr;
  out_ += clean_text.substr(start, end + 1 - start);
  if (!sgr.empty()) out_ += "\x1B[0m";
  spaces_ = clean_text.size() - end - 1;
  at_line_start_ = false;
}

void TextPage::end_line() {
  const bool is_wanted = !at_line_start_ || (!out_.empty() && !out_.ends_with("\n\n"));
  spaces_ = 0;
  at_line_start_ = true;
  if (is_wanted) out_ += '\n';
}

void TextPage::gap() {
  if (!at_line_start_) end_line();
  end_line();
}

void TextPage::legend(const std::vector<std::string>& signs) {
  const std::string line = fmt::format("{}", fmt::join(signs, "   "));
  if (margin() + display_width(line) > measure()) {
    for (const std::string& sign : signs) paragraph(sign, margin(), Ink::quiet);
    return;
  }
  put_spaces(margin());
  put(line, Ink::quiet);
  end_line();
}

void TextPage::paragraph(std::string_view clean_text, std::size_t indent, Ink ink) {
  const std::size_t columns = measure() > indent ? measure() - indent : 1;
  for (const std::string& line : wrap(clean_text, columns)) {
    put_spaces(indent);
    put(line, ink);
    end_line();
  }
}

void TextPage::labelled(std::string_view label, Ink label_ink, std::string_view clean_text,
                        std::size_t indent) {
  if (!has_pictures()) {
    paragraph(std::string(label) + std::string(clean_text), indent);
    return;
  }
  const std::size_t hanging = indent + display_width(label);
  const std::size_t columns = measure() > hanging ? measure() - hanging : 1;
  put_spaces(indent);
  put(label, label_ink);
  bool is_first = true;
  for (const std::string& line : wrap(clean_text, columns)) {
    if (!is_first) put_spaces(hanging);
    put(line);
    end_line();
    is_first = false;
  }
}

std::string TextPage::take() {
  if (!at_line_start_) end_line();
  while (out_.ends_with("\n\n")) out_.pop_back();
  if (out_.empty()) out_ = "\n";
  return std::move(out_);
}

}  // namespace attune::report
