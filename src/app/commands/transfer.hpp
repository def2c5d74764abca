// SPDX-License-Identifier: MIT
#pragma once

/// `attune history export` and `import`.

#include <functional>
#include <optional>
#include <string>

#include "attune/transfer.hpp"

#include "app/commands/history.hpp"

namespace attune {

/// The value of `--redact`. Error: usage.
[[nodiscard]] Result<Redact> redact_of(const Arguments& arguments);

struct ExportOptions {
  std::optional<std::string> questionnaire;
  Redact redact = Redact::nothing;
  std::optional<std::string> output;
  Overwrite overwrite = Overwrite::no;
};
ExitStatus export_history(const ExportOptions& options, MaybeHistory& history, Streams& streams);

/// Reads and checks all of `file` ("-": standard input) before `open` is called.
ExitStatus import_history(const std::string& file, const Clock& clock,
                          const std::function<Result<History>()>& open, Streams& streams);

}  // namespace attune
