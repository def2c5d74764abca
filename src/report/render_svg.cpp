// SPDX-License-Identifier: MIT
#include "attune/document.hpp"

namespace attune {

std::string render_svg(const Document& document) { return render_markdown(document); }

}  // namespace attune
