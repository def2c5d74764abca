// SPDX-License-Identifier: MIT
#include "attune/document.hpp"

namespace attune {

std::string render_html(const Document& document, const HtmlStyle& /*style*/) {
  return render_markdown(document);
}

}  // namespace attune
