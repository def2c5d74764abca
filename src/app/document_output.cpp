// SPDX-License-Identifier: MIT
#include "app/document_output.hpp"

namespace attune {

std::string render_document(const Document& document, Format format, const TextStyle& text_style,
                            const HtmlStyle& html_style) {
  switch (format) {
    case Format::markdown:
      return render_markdown(document);
    case Format::html:
      return render_html(document, html_style);
    case Format::svg:
      return render_svg(document);
    case Format::text:
    case Format::json:
    case Format::csv:
      break;
  }
  return render_text(document, text_style);
}

}  // namespace attune
