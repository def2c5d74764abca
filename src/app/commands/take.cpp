// SPDX-License-Identifier: MIT
#include "app/commands/take.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/commands/check_ins.hpp"
#include "app/commands/profile_output.hpp"
#include "app/commands/taking.hpp"
#include "app/commands/wording_lines.hpp"
#include "app/messages.hpp"
#include "app/scripted_answers.hpp"
#include "app/terminal/ask_line.hpp"

namespace attune {
namespace {

constexpr std::size_t most_answer_bytes = std::size_t{1024} * 1024;

Error no_terminal() {
  return {ErrorKind::usage,
          "there is no terminal to ask the questions on",
          "take",
          {"give the answers with --answers, or run it in a terminal"}};
}

// A published key comes without its statements; there is nothing to ask then. Answers from a script
// need no statements.
std::optional<Error> check_wording(const Questionnaire& questionnaire) {
  const bool worded = std::all_of(questionnaire.items.begin(), questionnaire.items.end(),
                                  [](const Item& item) { return !item.text.empty(); });
  if (worded) return {};
  return Error{
      ErrorKind::not_found,
      "its statements are not shipped, because they are not ours to pass on",
      questionnaire.id,
      {fmt::format("attune wording {} FILE adds them from {} plain lines, one for each statement",
                   questionnaire.id, lines_of_wording(questionnaire)),
       "--answers takes the answers without them"}};
}

std::optional<Error> check_date(const TakeOptions& options, const Clock& clock) {
  if (!options.date) return {};
  if (days_since_epoch(*options.date) <= days_since_epoch(local_date(clock.now()))) return {};
  return Error{ErrorKind::usage, "is in the future", "--date", {"leave it out to use today"}};
}

// The text of `--answers`, from wherever it points.
struct AnswersText {
  std::string text;
  AnswersFrom from = AnswersFrom::file;
};

Result<AnswersText> read_answers(const std::string& value, const Streams& streams) {
  if (value == "-") {
    Result<std::string> text = read_all(streams.in, most_answer_bytes);
    if (text) return AnswersText{*std::move(text), AnswersFrom::file};
    text.error().place = "standard input";
    return std::move(text).error();
  }
  if (is_answers_text(value)) return AnswersText{value, AnswersFrom::command_line};
  Result<std::string> text = attempt([&] { return read_regular_file(value, most_answer_bytes); });
  if (text) return AnswersText{*std::move(text), AnswersFrom::file};
  Error error = std::move(text).error();
  error.advice.emplace_back("answers are written as 4,2,s,7 or as id=4,id=2");
  return error;
}

ExitStatus report_all(Streams& streams, const std::vector<Error>& problems) {
  for (const Error& problem : problems) {
    streams.err.write("attune: --answers: ");
    if (!problem.place.empty()) streams.err.write(escape(problem.place) + ": ");
    streams.err.write(escape(problem.message) + "\n");
    for (const std::string& line : problem.advice) {
      if (!line.empty()) streams.err.write("  " + escape(line) + "\n");
    }
  }
  streams.err.write("  nothing was recorded\n");
  streams.err.flush();
  return ExitStatus::bad_data;
}

std::string render(const Taking& taking, const Profile& profile) {
  if (taking.options.extent == Extent::scores_only) {
    return shared_scores_json(shared_scores(profile));
  }
  TextStyle style = text_style(taking.world.environment, taking.world.streams);
  style.width_columns = taking.options.width_columns.value_or(style.width_columns);
  if (taking.output || taking.options.plain) style.colour = Colour::off;
  if (taking.options.plain) style.pictures = false;
  return render_profile(profile, taking.options.format,
                        {taking.options.explain, taking.config.contact}, style);
}

ExitStatus show_profile(Taking& taking, const Record& record, const Responses& responses) {
  std::vector<TriedStep> tried;
  if (taking.history) {
    Result<std::vector<TriedStep>> found =
        attempt([&] { return taking.history->tried_steps(record.questionnaire); });
    if (!found) return report(taking.world.streams, found.error());
    tried = *std::move(found);
  }
  const Profile profile = make_profile(taking.sitting.definition.questionnaire, taking.sitting.form,
                                       record, responses, std::move(tried));
  if (taking.output) {
    const Result<void> written = taking.output->commit(render(taking, profile));
    if (!written) return report(taking.world.streams, written.error());
  } else if (taking.options.privacy == Privacy::open) {
    taking.world.streams.out.write(render(taking, profile));
  }
  return ExitStatus::done;
}

Instant taken_at(const Taking& taking) {
  const Clock& clock = taking.world.clock;
  return taking.options.date ? clock.noon_of(*taking.options.date) : clock.now();
}

Record new_record(Taking& taking, const Responses& responses) {
  const bool kept = taking.options.saving == Saving::on;
  return make_record(taking.sitting, responses, taken_at(taking),
                     kept ? record_id(taking.world.random) : std::string());
}

Result<std::optional<History>> open_history(const TakeOptions& options, const World& world) {
  if (options.saving == Saving::off) return std::optional<History>();
  Result<History> history =
      attempt([&] { return History::open_or_create(world.paths.data, world.ask_passphrase); });
  if (!history) {
    history.error().advice.emplace_back("--no-save answers without keeping anything");
    return std::move(history).error();
  }
  const Result<void> writable = attempt([&] { return history->check_writable(); });
  if (!writable) return writable.error();
  return std::optional<History>(*std::move(history));
}

ExitStatus take_scripted(Taking& taking) {
  Streams& streams = taking.world.streams;
  const Result<AnswersText> answers = read_answers(*taking.options.answers, streams);
  if (!answers) return report(streams, answers.error());
  const Result<Responses, std::vector<Error>> responses = scripted_answers(
      taking.sitting.definition.questionnaire, taking.sitting.form, answers->text, answers->from);
  if (!responses) return report_all(streams, responses.error());
  Result<std::optional<History>> history = open_history(taking.options, taking.world);
  if (!history) return report(streams, history.error());
  taking.history = *std::move(history);
  const Record record = new_record(taking, *responses);
  if (taking.history) {
    const auto kept =
        attempt([&] { return taking.history->add_record(record, taking.sitting.definition.text); });
    if (!kept) return report(streams, kept.error());
  }
  return show_profile(taking, record, *responses);
}

ExitStatus finish(Taking& taking, const Session& session) {
  const Responses responses = session.responses();
  Record record = new_record(taking, responses);
  if (taking.options.note) {
    auto note = ask_note(taking);
    if (!note) return leave(taking, session, SittingEnd::interrupted);
    record.note = *std::move(note);
  }
  if (taking.history) {
    const auto kept =
        attempt([&] { return taking.history->finish_draft(taking.sitting.draft, record); });
    if (!kept) {
      report(taking.world.streams, kept.error());
      leave(taking, session, SittingEnd::interrupted);
      return exit_status(kept.error().kind);
    }
  }
  const ExitStatus status = show_profile(taking, record, responses);
  if (taking.history) {
    taking.world.streams.out.flush();
    talk_output(taking.world.streams)
        .write(fmt::format("Kept in your history as {}.\n", record.id));
  }
  return status;
}

ExitStatus take_on_terminal(Taking& taking) {
  Result<std::optional<History>> history = open_history(taking.options, taking.world);
  if (!history) return report(taking.world.streams, history.error());
  taking.history = *std::move(history);
  Resumed resumed = Resumed::nothing;
  if (taking.history && !taking.options.fresh) {
    const Result<Resumed> found = resume_draft(taking.sitting, *taking.history);
    if (!found) return report(taking.world.streams, found.error());
    resumed = *found;
  }
  const Questionnaire& questionnaire = taking.sitting.definition.questionnaire;
  Session session(questionnaire, taking.sitting.order);
  session.resume(responses_of(taking.sitting.draft.answers, questionnaire));
  introduce(taking, resumed, session);
  const SittingEnd ending = administer(taking, session);
  if (ending != SittingEnd::finished) return leave(taking, session, ending);
  return finish(taking, session);
}

}  // namespace

ExitStatus take(const TakeOptions& options, World& world) {
  Streams& streams = world.streams;
  if (auto error = check_date(options, world.clock)) return report(streams, *error);
  const Result<Config, LoadError> config = read_config(world.paths);
  if (!config) return report(streams, config.error());
  const Catalogue catalogue(world.paths.definitions);
  Result<LoadedDefinition, LoadError> definition =
      try_load(catalogue, options.name, options.language);
  if (!definition) return report(streams, definition.error());
  if (!options.answers) {
    if (auto error = check_wording(definition->questionnaire)) return report(streams, *error);
  }
  Result<Sitting> sitting = prepare(*std::move(definition), options, world.clock, world.random);
  if (!sitting) return report(streams, sitting.error());
  if (!options.answers && !can_ask(streams)) return report(streams, no_terminal());
  Taking taking{options, world, *config, *std::move(sitting), {}, {}};
  Result<std::optional<OutputFile>> output = create_output(options.output, options.overwrite);
  if (!output) return report(streams, output.error());
  if (*output) taking.output.emplace(**std::move(output));
  return options.answers ? take_scripted(taking) : take_on_terminal(taking);
}

}  // namespace attune
