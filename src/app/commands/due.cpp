// SPDX-License-Identifier: MIT
// `attune due`: the exit status tells scripts and prompts whether a check-in is due. It reads only,
// and prints nothing about the person.
#include <fmt/format.h>
#include <string>
#include <vector>

#include "app/check_ins.hpp"
#include "app/commands.hpp"
#include "app/passphrase.hpp"

namespace attune::app {
namespace {

constexpr int usual_days = 28;
constexpr std::chrono::milliseconds patience_of_prompts{100};

// Whom records are about that count: where the questionnaire's first is asked for, those that name
// no one mean the same.
std::vector<std::string> counted_abouts(Questionnaire& questionnaire,
                                        const std::optional<std::string>& about) {
  if (!about) return {};
  const std::size_t index = known_about(questionnaire, *about);
  if (index == 0) return {*about, ""};
  return {*about};
}

// The definition is read only for what it alone knows: the period, whom an about means, or whether
// there is such a questionnaire where no record shows it.
Date find_due(const Arguments& arguments, const std::optional<int>& every_days,
              const World& world) {
  const std::string name = first_operand(arguments).value_or("closeness");
  const std::optional<std::string> about = asked_about(arguments);
  // A prompt must not keep anyone waiting, and has no one to answer, nor has a timer.
  const auto patience = arguments.has("--prompt") ? patience_of_prompts : store::default_patience;
  const store::AskPassphrase ask =
      arguments.has(long_name(passphrase_option)) ? world.ask_passphrase : store::no_passphrase;
  auto history = store::History::open_read_only(world.paths.data, ask, patience);
  const Instant now = world.clock.now();
  if (every_days && !about) {
    const auto last = history ? history->latest_taken(name, {}) : std::nullopt;
    if (last) return due_from(last, now, *every_days);
  }
  Questionnaire questionnaire = world.catalogue.load(name, {}).questionnaire;
  const std::vector<std::string> abouts = counted_abouts(questionnaire, about);
  const auto last = history ? history->latest_taken(questionnaire.id, abouts) : std::nullopt;
  return due_from(last, now, every_days.value_or(questionnaire.recheck_days.value_or(usual_days)));
}

// For a prompt, what can't be read is only shown by the status. Where nothing is to be printed, a
// locked history is no fault either.
bool keeps_silent(const Arguments& arguments, const World& world) {
  if (arguments.has("--prompt")) return true;
  if (!arguments.has("--quiet")) return false;
  try {
    return store::is_history_locked(world.paths.data);
  } catch (const Error&) {
    return false;
  }
}

ExitStatus run_due(const Arguments& arguments, World& world) {
  const bool in_prompt = arguments.has("--prompt");
  std::optional<int> every_days;
  if (const auto every = arguments.value("--every")) every_days = parse_period(*every);
  if (in_prompt && arguments.has("--quiet")) {
    throw usage_error("--prompt", "prints a word, but --quiet prints nothing",
                      "leave one of them out");
  }
  Date from;
  try {
    from = find_due(arguments, every_days, world);
  } catch (const Error& error) {
    if (!keeps_silent(arguments, world)) throw;
    return exit_status(error.kind);
  }
  const Date today = local_date(world.clock.now());
  const bool due = days_since_epoch(from) <= days_since_epoch(today);
  if (in_prompt) {
    world.streams.out.write(due ? "check-in " : "");  // parted from the rest of the prompt
  } else if (!arguments.has("--quiet")) {
    world.streams.out.write(
        due ? "A check-in is due.\n"
            : fmt::format("No check-in is due before {}.\n", render_date(from)));
  }
  return due ? ExitStatus::done : ExitStatus::no;
}

}  // namespace

std::string how_to_go_on(const World& world) {
  const std::string usual = "closeness";
  try {
    auto history =
        store::History::open_read_only(world.paths.data, store::no_passphrase, patience_of_prompts);
    if (!history) return std::string(how_to_begin);
    const Instant now = world.clock.now();
    if (const auto drafts = history->drafts(); !drafts.empty())
      return draft_words(drafts.back(), now);
    const auto last = history->latest_taken(usual, {});
    if (!last) return std::string(how_to_begin);
    const Questionnaire questionnaire = world.catalogue.load(usual, {}).questionnaire;
    const Date from = due_from(last, now, questionnaire.recheck_days.value_or(usual_days));
    const bool due = days_since_epoch(from) <= days_since_epoch(local_date(now));
    return due ? "A check-in is due: attune take" : "Your next steps: attune next";
  } catch (const Error&) {  // the command that is run next says what is wrong
  }
  return std::string(how_to_begin);
}

const Command due_row{
    "due",
    "is a check-in due?",
    R"(Says whether it is time for the next check-in with a questionnaire (closeness unless another
       is named): exit status 0 says yes, 1 no, and anything higher is an error. Days are calendar
       days. What is printed names neither the questionnaire nor a score. It never asks for the
       passphrase of a locked history: without --passphrase-from the status is 77.)",
    {"NAME|FILE", 0, 1},
    {every_option,
     {"-a,--about", "WHOM", "Count only check-ins about one person: partner, mother, ..."},
     {"-q,--quiet", "", "Print nothing; the exit status answers."},
     {"--prompt", "", "Print \"check-in \" when one is due, and nothing otherwise."}},
    {{"attune due", "Has it been four weeks since the last check-in with closeness?"},
     {"attune due growth --every 2w", "Has it been two weeks since the last one with growth?"},
     {"attune due -q && echo 'Time to look again.'",
      "Ask in a script, or whenever a shell starts."}},
    run_due};

}  // namespace attune::app
