// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "attune/document.hpp"

#include "app/format.hpp"

namespace attune {

/// A document in a format for people: text, markdown, html or svg; text where the format is one for
/// programs, which take values instead.
[[nodiscard]] std::string render_document(const Document& document, Format format,
                                          const TextStyle& text_style,
                                          const HtmlStyle& html_style = {});

}  // namespace attune
