// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/report.hpp"
#include "attune/text.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"
#include "app/terminal/console.hpp"

namespace attune::app {
namespace {

constexpr std::size_t most_note_bytes = 4'000;

report::Profile newest_profile(ScoredHistory& history, const Selection& selection) {
  std::optional<Record> newest;
  history.visit_check_ins(selection, [&](const CheckIn& check_in) {
    if (!newest || order_of(*newest) < order_of(check_in.record)) newest = check_in.record;
  });
  if (!newest) throw no_check_ins(&history, selection);
  return profile_of(history, *newest, Tries::all);
}

const NextStep& step_named(const Questionnaire& questionnaire, const std::string& name) {
  const auto& steps = questionnaire.next_steps;
  if (const auto step = find_by_id(steps, name)) return steps[*step];
  Error error = unknown_name(ErrorKind::usage, "--tried", name, ids_of(steps));
  error.advice.emplace_back("attune next shows the names of the steps; nothing was marked");
  throw error;
}

// What a person wrote on how it went, fit to be kept: one line that can be shown.
std::string checked_note(std::string line) {
  const auto refuse = [](std::string what) {
    throw Error(ErrorKind::bad_data, std::move(what), "--note", {"nothing was marked"});
  };
  const std::size_t end = line.find('\n');
  if (end != std::string::npos && end + 1 < line.size()) refuse("is more than one line");
  if (end != std::string::npos) line.resize(end);
  if (line.size() > most_note_bytes || escape(line) != line) {
    refuse("is too long, or holds characters that can't be shown");
  }
  return line;
}

// One line from the terminal or a pipe; nothing when the person interrupted.
std::optional<std::string> how_it_went(Streams& streams) {
  if (!can_ask(streams)) return checked_note(read_all(streams.in, most_note_bytes + 1));
  auto line = ask_line(streams, "How did it go, in one line (Enter alone for none)? ");
  return line ? std::optional(checked_note(*std::move(line))) : std::nullopt;
}

// Any step of the questionnaire can be marked, whether or not the profile suggests it.
ExitStatus mark_tried(const report::Profile& profile, const std::string& name,
                      const Arguments& arguments, World& world, store::History& history) {
  const NextStep& step = step_named(profile.questionnaire, name);
  const auto note = arguments.has("--note") ? how_it_went(world.streams) : std::string();
  if (!note) {
    say(talk_output(world.streams), "Nothing was marked.\n");
    return ExitStatus::interrupted;
  }
  history.add_tried({profile.questionnaire.id, step.id, world.clock.now(), *note,
                     about_of(profile.record, profile.questionnaire)});
  const auto times = 1 + std::ranges::count_if(profile.tried, [&](const TriedStep& each) {
                       return each.step == step.id;
                     });
  const std::string again = times == 1 ? "" : fmt::format(", {} times now", times);
  world.streams.out.write(fmt::format("Marked as tried{}: {}\n", again, escape(step.title)));
  return ExitStatus::done;
}

ExitStatus run_next(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, "closeness");
  Destination destination = destination_of(arguments, world, format_of(arguments, text_or_json));
  const auto tried = arguments.value("--tried");
  if (arguments.has("--note") && !tried) {
    throw usage_error("--note", "says how a step went", "name the step with --tried STEP");
  }
  std::optional<ScoredHistory> history = tried ? open_to_change(world) : open_to_read(world);
  if (!history) throw no_check_ins(nullptr, selection);
  const report::Profile profile = newest_profile(*history, selection);
  if (profile.questionnaire.next_steps.empty()) {
    throw usage_error("next",
                      fmt::format("'{}' suggests no next steps", escape(profile.questionnaire.id)),
                      "closeness does");
  }
  if (tried) return mark_tried(profile, *tried, arguments, world, *history);
  return write_result(world.streams, destination,
                      {.json = [&] { return report::next_json(profile); },
                       .document = [&] { return report::next_document(profile); }});
}

}  // namespace

const Command next_row{
    "next",
    "your next steps",
    "Shows the next steps of your newest profile, with the name of each and what you have tried. "
    "--tried marks one; it is shown beside later profiles, and a step tried three times "
    "gives way to another.",
    {"NAME", 0, 1},
    {{"-a,--about", "WHOM", "The newest profile about one person: partner, ..."},
     {"--tried", "STEP", "Mark a step as tried, by the name that attune next shows."},
     {"--note", "", "With --tried: ask for one line on how it went, or read it from a pipe."},
     text_or_json_option},
    {{"attune next", "The steps that your newest profile suggests, each with its name."},
     {"attune next --tried fear-name-it --note", "Mark one as tried and say how it went."},
     {"attune next --format json | jq -r '.next_steps[].id'", "The names alone, for a script."}},
    run_next};

}  // namespace attune::app
