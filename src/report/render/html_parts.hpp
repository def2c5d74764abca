// SPDX-License-Identifier: MIT
#pragma once

/// What a page of HTML is made of: its style, texts as markup, and pictures as SVG.

#include <string>
#include <string_view>

#include "attune/document.hpp"

namespace attune::report {

/// The style sheet of every page, from page.css.
[[nodiscard]] std::string_view page_style();

/// `text` as character data or as the value of a quoted attribute: what can't be printed becomes a
/// visible escape, < > & " ' become references, newlines spaces. Every foreign text that reaches a
/// page goes through here or through the function of html.cpp that keeps its lines.
[[nodiscard]] std::string markup_text(std::string_view text);

/// A whole figure: the picture, spoken as its sentence, what heads it, and its legend.
/// Precondition: a plane has a point and a series a mark.
[[nodiscard]] std::string html_figure(const Ruler& ruler);
[[nodiscard]] std::string html_figure(const Plane& plane);
[[nodiscard]] std::string html_figure(const Series& series);

/// The picture beside a row of a table, for the eye alone but for a ruler, spoken as its sentence.
[[nodiscard]] std::string html_in_row(const Picture& picture);

}  // namespace attune::report
