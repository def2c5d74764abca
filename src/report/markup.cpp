// SPDX-License-Identifier: MIT
#include "report/markup.hpp"

#include <algorithm>
#include <cmath>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "report/palette.hpp"

namespace attune::detail {
namespace {

std::string_view reference_of(char c) {
  switch (c) {
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '&':
      return "&amp;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

std::string with_references(std::string_view safe) {
  std::string out;
  out.reserve(safe.size() + 16);
  for (const char c : safe) {
    const std::string_view reference = reference_of(c);
    if (reference.empty()) {
      out += c;
    } else {
      out += reference;
    }
  }
  return out;
}

constexpr std::size_t date_length = 10;

// "2026-11-24": browsers break lines after its hyphens.
bool is_date(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00";
  if (text.size() < date_length) return false;
  for (std::size_t i = 0; i < date_length; ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !is_digit : text[i] != '-') return false;
  }
  return true;
}

}  // namespace

const std::string_view picture_style =
    ".frame{fill:none;stroke:$line}"
    ".axis{stroke:$line;stroke-width:1.5}"
    ".grid{stroke:$grid}"
    ".cut{stroke:$line;stroke-dasharray:3 4}"
    ".tick,.area{fill:$quiet}"
    ".tick{font-size:.9em}"
    ".strong{fill:$ink;font-weight:600}"
    ".word{fill:$ink}"
    ".quiet-word{fill:$quiet}"
    ".box{fill:$accent;fill-opacity:.16;stroke:$accent;stroke-opacity:.7}"
    ".other-box{fill:$other;fill-opacity:.12;stroke:$other;stroke-dasharray:5 3}"
    ".point{fill:$accent;stroke:$paper;stroke-width:2}"
    ".other-point{fill:$other;stroke:$paper;stroke-width:2}"
    ".trace{fill:$accent}"
    ".way{stroke:$accent;stroke-width:1.5}"
    ".error{stroke:$accent;stroke-width:2.5;stroke-opacity:.65}"
    ".range{stroke:$accent;stroke-width:6;stroke-opacity:.6}"
    ".band{fill:$accent;fill-opacity:.11}"
    ".section{fill:$tint}";

std::string markup_text(std::string_view text) {
  std::string one_line(text);
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  return with_references(escape(one_line));
}

std::string markup_lines(std::string_view text) {
  const std::string safe = with_references(escape_lines(text));
  std::string out;
  for (std::size_t at = 0; at < safe.size();) {
    const std::string_view rest = std::string_view(safe).substr(at);
    if (is_date(rest)) {
      out.append(R"(<span class="date">)").append(rest.substr(0, date_length)).append("</span>");
      at += date_length;
    } else {
      rest.front() == '\n' ? out.append("<br>") : out.append(1, rest.front());
      ++at;
    }
  }
  return out;
}

std::string percent_of(double share) {
  const double within = share > 0 ? std::min(share, 1.0) : 0.0;  // NaN becomes 0
  return render_decimal(within * 100, 2) + '%';
}

std::string em(double value) { return render_decimal(value, 2) + "em"; }

std::string with_colours(std::string_view style, ColourNames names) {
  std::string out;
  while (true) {
    const std::size_t dollar = style.find('$');
    out += style.substr(0, dollar);
    if (dollar == std::string_view::npos) return out;
    style.remove_prefix(dollar + 1);
    const auto colours = std::find_if(palette.begin(), palette.end(), [&](const Colours& each) {
      return style.starts_with(each.name);
    });
    if (colours == palette.end()) continue;
    if (names == ColourNames::light) {
      out += colours->light;
    } else {
      out.append("var(--").append(colours->name).append(")");
    }
    style.remove_prefix(colours->name.size());
  }
}

}  // namespace attune::detail
