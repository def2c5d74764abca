// SPDX-License-Identifier: MIT
#include "app/commands/taking.hpp"

#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/terminal/ask_line.hpp"
#include "app/terminal/layout.hpp"
#include "app/terminal/prompt.hpp"
#include "app/terminal/terminal_console.hpp"

namespace attune {

ExitStatus leave(Taking& taking, const Session& session, SittingEnd ending) {
  const ExitStatus status = ending == SittingEnd::quit ? ExitStatus::done : ExitStatus::interrupted;
  if (ending == SittingEnd::hung_up) return status;
  Output& talk = talk_output(taking.world.streams);
  if (taking.history && taking.sitting.draft.id != 0) {
    const auto draft =
        attempt([&] { return taking.history->find_draft(taking.sitting.draft.key); });
    if (draft && (!*draft || (**draft).id != taking.sitting.draft.id)) {
      talk.write("This sitting was finished, discarded or begun anew in another terminal.\n");
      return status;
    }
  }
  if (session.confirmed() == 0) {
    talk.write("Nothing was answered yet, and nothing is kept.\n");
  } else if (!taking.history) {
    talk.write("Nothing is kept, as --no-save asks.\n");
  } else {
    // The command stays in one piece, to be copied; on a narrow terminal it gets its own line.
    const std::string kept =
        fmt::format("{} of {} answers are kept. Go on with:", session.confirmed(), session.count());
    const std::string command = resume_command(taking.sitting, taking.options);
    const std::size_t columns = text_columns(terminal_size(talk.descriptor()));
    const bool fits = display_width(kept) + 1 + display_width(command) <= columns;
    talk.write(fmt::format("{}{}{}\n", kept, fits ? " " : "\n  ", command));
  }
  return status;
}

void introduce(Taking& taking, Resumed resumed, const Session& session) {
  const Questionnaire& questionnaire = taking.sitting.definition.questionnaire;
  Output& talk = talk_output(taking.world.streams);
  const Charset charset = charset_of(taking.world.environment);
  const std::size_t columns = text_columns(terminal_size(talk.descriptor()));
  const auto say = [&](std::string_view text) {
    for (const std::string& line : wrap(shown(text, charset), columns)) talk.write(line + "\n");
  };
  if (resumed == Resumed::nothing) {
    say(questionnaire.title);
    talk.write("\n");
    say(questionnaire.instructions);
    say(taking.history ? "Each answer is kept at once: q or Ctrl-C stops, the same command goes on."
                       : "Nothing is kept, as --no-save asks. q or Ctrl-C stops.");
    talk.write("\n");
    return;
  }
  std::string line = fmt::format("You go on with {} of {} answers from {}.", session.confirmed(),
                                 session.count(), render_local_date(taking.sitting.started_at));
  if (resumed == Resumed::draft_of_earlier_text) {
    line += fmt::format(
        " The questionnaire has changed since; you keep the text you began with (version {}).",
        questionnaire.version);
  }
  say(line + " --fresh starts anew.");
  talk.write("\n");
}

SittingEnd administer(Taking& taking, Session& session) {
  const TakeOptions& options = taking.options;
  Streams& streams = taking.world.streams;
  const bool plain = options.plain || wants_plain_lines(taking.world.environment);
  const Questionnaire& questionnaire = taking.sitting.definition.questionnaire;
  const auto keep = [&](std::size_t item, const Answer& answer, double seconds) -> Result<void> {
    if (!taking.history) return {};
    return attempt([&] {
      return taking.history->save_answer(taking.sitting.draft,
                                         {questionnaire.items[item].id, answer, seconds},
                                         taking.sitting.definition.text);
    });
  };
  Administration administration{questionnaire,
                                session,
                                taking.sitting.about,
                                taking.world.clock,
                                keep,
                                options.privacy,
                                charset_of(taking.world.environment)};
  const bool hidden = options.privacy == Privacy::closed;
  const InputMode mode = !plain   ? InputMode::keys
                         : hidden ? InputMode::hidden_lines
                                  : InputMode::lines;
  TerminalConsole console(streams.in, talk_output(streams), mode);
  return plain ? ask_by_lines(administration, console) : ask_by_keys(administration, console);
}

std::optional<std::string> ask_note(Taking& taking) {
  constexpr std::string_view prompt = "A note for yourself, one line (Enter alone for none): ";
  Streams& streams = taking.world.streams;
  if (taking.options.privacy != Privacy::closed) return ask_line(streams, prompt);
  const std::optional<Secret> note = ask_secret(streams, prompt);
  return note ? std::optional<std::string>(note->view()) : std::nullopt;
}

}  // namespace attune
