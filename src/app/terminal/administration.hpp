// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/session.hpp"

#include "app/clock.hpp"
#include "app/terminal/console.hpp"

namespace attune {

/// How an administration ended. In each case what was confirmed has been kept.
enum class SittingEnd { finished, quit, interrupted, hung_up };

/// Keeps one confirmed answer; returns only when it is safe. The error is shown and the question
/// stays.
using KeepAnswer =
    std::function<Result<void>(std::size_t item, const Answer& answer, double seconds)>;

/// Whether answers may be shown on the screen.
enum class Privacy { open, closed };

/// What the front ends need besides the session: wording, clock, and where answers go.
struct Administration {
  const Questionnaire& questionnaire;
  Session& session;
  std::optional<std::size_t> about;
  const Clock& clock;
  KeepAnswer keep;
  Privacy privacy = Privacy::open;
  Charset charset = Charset::utf8;
};

/// Asks with single keys: a digit answers at once. Redraws in place.
[[nodiscard]] SittingEnd ask_by_keys(Administration& administration, Console& console);

/// Asks with plain lines, number and Enter, nothing redrawn: for screen readers and simple
/// terminals.
[[nodiscard]] SittingEnd ask_by_lines(Administration& administration, Console& console);

}  // namespace attune
