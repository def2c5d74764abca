// SPDX-License-Identifier: MIT
#include "app/commands/due.hpp"

#include "attune/history.hpp"

#include "app/commands/about.hpp"
#include "app/messages.hpp"
#include "app/period.hpp"

namespace attune {
namespace {

// Four weeks, where the definition names no period.
constexpr int usual_days = 28;

// Short, and with the space that parts it from the rest of a prompt.
constexpr std::string_view prompt_word = "check-in ";

LoadError load_error(Error error) { return {std::move(error), {}, {}}; }

// The latest time of a record, or nothing; `history` may be missing as well.
Result<std::optional<Instant>> latest(std::optional<History>& history, const std::string& name,
                                      const std::vector<std::string>& abouts) {
  if (!history) return std::optional<Instant>();
  return attempt([&] { return history->latest_taken(name, abouts); });
}

// Whom records are about that count: where the questionnaire's first is asked for, those that name
// no one mean the same.
Result<std::vector<std::string>> counted_abouts(const Questionnaire& questionnaire,
                                                const std::optional<std::string>& about) {
  if (!about) return std::vector<std::string>();
  const Result<std::size_t> index = known_about(questionnaire, *about);
  if (!index) return index.error();
  if (*index == 0) return std::vector<std::string>{*about, ""};
  return std::vector<std::string>{*about};
}

// Whether it is due. The definition is read only for what it alone knows: the period, whom an about
// means, or whether there is such a questionnaire where no record shows it.
Result<bool, LoadError> find_due(const DueOptions& options, const std::filesystem::path& data,
                                 const AskPassphrase& ask, const Catalogue& catalogue,
                                 Instant now) {
  // A prompt must not keep anyone waiting.
  const auto patience =
      options.answer == DueAnswer::prompt ? std::chrono::milliseconds(100) : default_patience;
  Result<std::optional<History>> history =
      attempt([&] { return History::open_read_only(data, ask, patience); });
  if (!history) return load_error(history.error());
  if (options.every_days && !options.about) {
    const Result<std::optional<Instant>> last = latest(*history, options.name, {});
    if (!last) return load_error(last.error());
    if (*last) return is_due(*last, now, *options.every_days);
  }
  const auto definition = try_load(catalogue, options.name, {});
  if (!definition) return definition.error();
  const Questionnaire& questionnaire = definition->questionnaire;
  const Result<std::vector<std::string>> abouts = counted_abouts(questionnaire, options.about);
  if (!abouts) return load_error(abouts.error());
  const Result<std::optional<Instant>> last = latest(*history, questionnaire.id, *abouts);
  if (!last) return load_error(last.error());
  const int period = options.every_days.value_or(questionnaire.recheck_days.value_or(usual_days));
  return is_due(*last, now, period);
}

// A locked history is no fault.
bool is_locked(const std::filesystem::path& data) {
  const Result<bool> locked = attempt([&] { return is_history_locked(data); });
  return locked && *locked;
}

}  // namespace

Result<DueOptions> due_options(const Arguments& arguments) {
  DueOptions options;
  if (!arguments.operands().empty()) options.name = arguments.operands().front();
  options.about = arguments.value("--about");
  if (const auto every = arguments.value("--every")) {
    const Result<int> days = parse_period(*every);
    if (!days) return days.error();
    options.every_days = *days;
  }
  if (arguments.has("--quiet") && arguments.has("--prompt")) {
    return Error{ErrorKind::usage,
                 "prints a word, and --quiet prints nothing",
                 "--prompt",
                 {"leave one of them out"}};
  }
  if (arguments.has("--quiet")) options.answer = DueAnswer::nothing;
  if (arguments.has("--prompt")) options.answer = DueAnswer::prompt;
  return options;
}

bool is_due(const std::optional<Instant>& last, Instant now, int period_days) {
  if (!last) return true;
  return days_since_epoch(local_date(now)) - days_since_epoch(local_date(*last)) >= period_days;
}

ExitStatus due(const DueOptions& options, const std::filesystem::path& data,
               const AskPassphrase& ask, const Catalogue& catalogue, const Clock& clock,
               Streams& streams) {
  const bool in_prompt = options.answer == DueAnswer::prompt;
  const Result<bool, LoadError> due = find_due(options, data, ask, catalogue, clock.now());
  if (!due) {
    const bool untold = in_prompt || (options.answer == DueAnswer::nothing && is_locked(data));
    return untold ? exit_status(due.error().error.kind) : report(streams, due.error());
  }
  if (options.answer == DueAnswer::sentence) {
    streams.out.write(*due ? "A check-in is due.\n" : "No check-in is due.\n");
  }
  if (in_prompt && *due) streams.out.write(prompt_word);
  return *due ? ExitStatus::done : ExitStatus::no;
}

}  // namespace attune
