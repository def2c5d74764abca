// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "attune/config.hpp"
#include "attune/history.hpp"
#include "attune/session.hpp"

#include "app/commands/sitting.hpp"
#include "app/commands/take.hpp"
#include "app/output_file.hpp"

namespace attune {

/// The state of one run of `take`, from the checked options to the printed profile.
struct Taking {
  const TakeOptions& options;
  World& world;
  Config config;
  Sitting sitting;
  std::optional<History> history;
  std::optional<OutputFile> output;
};

/// Says what the questionnaire is, or what is being resumed.
void introduce(Taking& taking, Resumed resumed, const Session& session);

/// Asks every question. Each confirmed answer is in the draft before the next one is shown.
[[nodiscard]] SittingEnd administer(Taking& taking, Session& session);

/// One line for the record, empty when the person left it so. Nothing at all when they interrupted.
[[nodiscard]] std::optional<std::string> ask_note(Taking& taking);

/// Says what is kept when a sitting ends before its end, and how it goes on. Gives the exit status.
ExitStatus leave(Taking& taking, const Session& session, SittingEnd ending);

}  // namespace attune
