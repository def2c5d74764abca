# SPDX-License-Identifier: MIT
# What `attune --version --verbose` says, as a source; written again only where it has changed. The commit is looked
# up when the program is built, not when it is configured: it would be yesterday's.
execute_process(COMMAND git describe --always --dirty --abbrev=40 --exclude=* WORKING_DIRECTORY ${SOURCE}
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE ignored)
if(NOT commit)
  set(commit unknown)
endif()
string(REPLACE "-dirty" ", with changes" commit "${commit}")
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "app/version.hpp"

namespace attune::app {

const std::string_view version_details = R"(attune @VERSION@
Commit: @commit@
Compiler: @COMPILER@
Libraries: @LIBRARIES@
)";

}  // namespace attune::app
]])
