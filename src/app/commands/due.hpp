// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/date.hpp"
#include "attune/history_lock.hpp"
#include "attune/result.hpp"

#include "app/arguments.hpp"
#include "app/clock.hpp"
#include "app/exit_status.hpp"
#include "app/streams.hpp"

namespace attune {

/// How the answer is given besides the exit status: a sentence, nothing, or one word for a shell's
/// prompt.
enum class DueAnswer { sentence, nothing, prompt };

struct DueOptions {
  std::string name = "closeness";
  std::optional<std::string> about;  ///< records about anyone count when absent
  std::optional<int> every_days;     ///< that of the definition when absent
  DueAnswer answer = DueAnswer::sentence;
};

/// What the command line says. Errors: usage.
[[nodiscard]] Result<DueOptions> due_options(const Arguments& arguments);

/// Whether `period_days` local calendar days have gone by since the day of `last`, each day counted
/// at its own offset. A last time in the future counts as today; none at all is due.
[[nodiscard]] bool is_due(const std::optional<Instant>& last, Instant now, int period_days);

/// `attune due`: exit status done when a check-in is due, no when none is. It reads only, and
/// prints nothing about the person. For a prompt, what can't be read is not told, only shown by the
/// status; nor is it told where nothing is to be printed that the history is locked.
ExitStatus due(const DueOptions& options, const std::filesystem::path& data,
               const AskPassphrase& ask, const Catalogue& catalogue, const Clock& clock,
               Streams& streams);

}  // namespace attune
