// SPDX-License-Identifier: MIT
#pragma once

/// Text and numbers as HTML and SVG take them. Every foreign text that reaches a page goes through
/// here.

#include <string>
#include <string_view>

namespace attune::detail {

/// `text` as character data or as the value of a quoted attribute: what can't be printed becomes a
/// visible escape, < > & " ' become references, newlines spaces.
[[nodiscard]] std::string markup_text(std::string_view text);

/// The same for HTML, with a line break for every newline; dates stay in one piece.
[[nodiscard]] std::string markup_lines(std::string_view text);

/// "33.33%": a share of 1, at most two decimals; outside of 0..1 (and no number) the nearest end.
[[nodiscard]] std::string percent_of(double share);

/// "1.5em"
[[nodiscard]] std::string em(double value);

/// The style sheet of pictures, with `$name` for the colours of the palette.
extern const std::string_view picture_style;

/// How the colours of a style sheet are written: as variables of the page, or as they are.
enum class ColourNames { variables, light };

/// `style` with its `$name`s written out.
[[nodiscard]] std::string with_colours(std::string_view style, ColourNames names);

}  // namespace attune::detail
