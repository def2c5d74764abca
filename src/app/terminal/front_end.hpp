// SPDX-License-Identifier: MIT
#pragma once

/// The two ways to ask a person, by single keys and by plain lines: loops around one Session.

#include <functional>
#include <optional>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/session.hpp"

#include "app/terminal/console.hpp"
#include "app/world.hpp"

namespace attune::app {

/// How a sitting ended. In each case what was confirmed has been kept.
enum class SittingEnd { finished, quit, interrupted, hung_up };

/// Keeps one confirmed answer; returns only when it is safe. What it throws is shown, and the
/// question stays.
using KeepAnswer = std::function<void(std::size_t item, const Answer& answer, double seconds)>;

/// Whether answers may be shown on the screen.
enum class Privacy { open, closed };

/// What the front ends need besides the session: wording, clock, and where answers go.
struct Administration {
  const Questionnaire& questionnaire;
  session::Session& session;
  std::optional<std::size_t> about;
  const Clock& clock;
  KeepAnswer keep;
  Privacy privacy = Privacy::open;
  report::Charset charset = report::Charset::utf8;
};

/// Asks with single keys: a digit answers at once. Redraws in place.
[[nodiscard]] SittingEnd ask_by_keys(Administration& administration, Console& console);

/// Asks with plain lines, number and Enter, nothing redrawn: for screen readers and simple
/// terminals.
[[nodiscard]] SittingEnd ask_by_lines(Administration& administration, Console& console);

}  // namespace attune::app
