// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace attune::app {

/// The version, the commit, and the compiler and libraries that the program was built with, a line
/// each; the build writes it (share/version.cmake).
extern const std::string_view version_details;

}  // namespace attune::app
