// SPDX-License-Identifier: MIT
#include "app/commands/next.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/next_report.hpp"
#include "attune/text.hpp"

#include "app/commands/series.hpp"
#include "app/messages.hpp"
#include "app/terminal/ask_line.hpp"

namespace attune {
namespace {

constexpr std::size_t most_note_bytes = 4'000;

Result<Profile> newest_profile(History& history, const Selection& selection) {
  std::optional<Record> newest;
  KeptDefinitions definitions(history);
  const Result<void> visited =
      visit_check_ins(history, definitions, selection, [&](const CheckIn& check_in) {
        if (!newest || is_earlier(*newest, check_in.record)) newest = check_in.record;
      });
  if (!visited) return visited.error();
  if (!newest) return no_check_ins(&history, selection);
  return profile_of(history, *newest, ScoredBy::newest, Tries::all);
}

Error no_next_steps(const Questionnaire& questionnaire) {
  return {ErrorKind::usage,
          fmt::format("'{}' suggests no next steps", escape(questionnaire.id)),
          "next",
          {"closeness does"}};
}

Error unknown_step(const Questionnaire& questionnaire, const std::string& name) {
  std::vector<std::string> ids;
  for (const NextStep& step : questionnaire.next_steps) ids.push_back(step.id);
  Error error = unknown_name(ErrorKind::usage, "--tried", name, ids);
  error.advice.emplace_back("attune next shows the names of the steps; nothing was marked");
  return error;
}

// What a person wrote on how it went, fit to be kept: one line that can be shown.
Result<std::string> checked_note(std::string line) {
  const std::size_t end = line.find('\n');
  if (end != std::string::npos && end + 1 < line.size()) {
    return Error{ErrorKind::bad_data, "is more than one line", "--note", {"nothing was marked"}};
  }
  if (end != std::string::npos) line.resize(end);
  if (line.size() > most_note_bytes || escape(line) != line) {
    return Error{ErrorKind::bad_data,
                 "is too long, or holds characters that can't be shown",
                 "--note",
                 {"nothing was marked"}};
  }
  return line;
}

// Nothing when the person interrupted.
Result<std::optional<std::string>> how_it_went(AskHow ask, Streams& streams) {
  if (ask == AskHow::no) return std::optional<std::string>("");
  if (can_ask(streams)) {
    auto line = ask_line(streams, "How did it go, in one line (Enter alone for none)? ");
    if (!line) return std::optional<std::string>();
    Result<std::string> checked = checked_note(*std::move(line));
    if (!checked) return checked.error();
    return std::optional<std::string>(*std::move(checked));
  }
  Result<std::string> text = read_all(streams.in, most_note_bytes + 1);
  if (!text) return text.error();
  Result<std::string> checked = checked_note(*std::move(text));
  if (!checked) return checked.error();
  return std::optional<std::string>(*std::move(checked));
}

ExitStatus mark_tried(const NextOptions& options, const Profile& profile, const Clock& clock,
                      History& history, Streams& streams) {
  const auto& steps = profile.questionnaire.next_steps;
  const auto step = std::find_if(steps.begin(), steps.end(),
                                 [&](const NextStep& each) { return each.id == *options.tried; });
  if (step == steps.end()) {
    return report(streams, unknown_step(profile.questionnaire, *options.tried));
  }
  const Result<std::optional<std::string>> note = how_it_went(options.ask_how, streams);
  if (!note) return report(streams, note.error());
  if (!*note) {
    talk_output(streams).write("Nothing was marked.\n");
    return ExitStatus::interrupted;
  }
  const Result<void> added = attempt([&] {
    return history.add_tried({profile.questionnaire.id, step->id, clock.now(), **note});
  });
  if (!added) return report(streams, added.error());
  const auto times =
      1 + std::count_if(profile.tried.begin(), profile.tried.end(),
                        [&](const TriedStep& each) { return each.step == step->id; });
  streams.out.write(fmt::format("Marked as tried{}: {}\n",
                                times == 1 ? "" : fmt::format(", {} times now", times),
                                escape(step->title)));
  return ExitStatus::done;
}

}  // namespace

ExitStatus show_next(const NextOptions& options, const TextStyle& style, const Clock& clock,
                     std::optional<History>& history, Streams& streams) {
  if (!history) return report(streams, no_check_ins(nullptr, options.selection));
  const Result<Profile> profile = newest_profile(*history, options.selection);
  if (!profile) return report(streams, profile.error());
  if (profile->questionnaire.next_steps.empty()) {
    return report(streams, no_next_steps(profile->questionnaire));
  }
  if (options.tried) return mark_tried(options, *profile, clock, *history, streams);
  streams.out.write(options.format == Format::json ? next_json(*profile)
                                                   : render_text(next_document(*profile), style));
  return ExitStatus::done;
}

}  // namespace attune
