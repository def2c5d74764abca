// SPDX-License-Identifier: MIT
#pragma once

/// How a page of HTML looks: on screens from 320 pixels on, in the dark, and on paper.

#include <string>

namespace attune::detail {

/// The style sheet of every page, colours included.
[[nodiscard]] std::string page_style();

}  // namespace attune::detail
