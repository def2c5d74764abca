// SPDX-License-Identifier: MIT
#include "attune/moments.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/commands/check_ins.hpp"
#include "app/options.hpp"

namespace attune::app {
namespace {

constexpr OptionSpec moments_options[] = {
    about_option,        since_option,
    until_option,        {"--notes", "", "Show the last lines that you wrote, too."},
    every_format_option, width_option,
};

constexpr Example moments_examples[] = {
    {"attune moments", "What sets the urges off, what you felt and did, and when."},
    {"attune moments support --since 2026-01-01",
     "This year's sessions, attended and not, and how useful they were."},
    {"attune moments --format json | jq '.rates'", "How often an urge was met differently."},
};

struct FoundJournal {
  Questionnaire questionnaire;
  std::vector<trend::Entry> entries;
};

// The entries by the definition of the newest; with no entry yet, none by the definition that the
// catalogue has, which says how to begin.
FoundJournal find_journal(const Selection& selection, const World& world) {
  std::optional<store::History> history = open_to_read(world);
  if (history) {
    const std::vector<Record> records = history->records(selection.filter);
    const auto newest = std::max_element(records.begin(), records.end(), is_earlier);
    KeptDefinitions definitions(*history);
    const Questionnaire* questionnaire =
        newest == records.end() ? nullptr : definitions.find(newest->scored_with);
    if (questionnaire != nullptr) {
      return {*questionnaire, entries_of(records, *questionnaire, selection.about)};
    }
  }
  const store::Catalogue catalogue(world.paths.definitions);
  return {catalogue.load(*selection.filter.questionnaire, {}).questionnaire, {}};
}

std::string render_moments(const FoundJournal& journal, const report::MomentsOptions& options,
                           Format format, const report::TextStyle& style) {
  const auto& [questionnaire, entries] = journal;
  switch (format) {
    case Format::json:
      return report::moments_json(questionnaire, entries, options);
    case Format::csv:
      return report::moments_csv(questionnaire, entries);
    default:
      return render_document(report::moments_document(questionnaire, entries, options), format,
                             style, {questionnaire.language});
  }
}

ExitStatus run_moments(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, first_operand(arguments).value_or("moment"));
  const Format format = format_of(arguments, every_format);
  const report::TextStyle style = text_style_of(arguments, world);
  const FoundJournal journal = find_journal(selection, world);
  const Questionnaire& questionnaire = journal.questionnaire;
  if (!questionnaire.scales.empty()) {
    throw Error{ErrorKind::usage,
                fmt::format("'{}' is scored, not counted", escape(questionnaire.id)),
                "moments",
                {fmt::format("attune trend {} shows it over time", escape(questionnaire.id))}};
  }
  report::MomentsOptions options{
      arguments.has("--notes") ? report::Notes::show : report::Notes::hide, {}};
  if (selection.about) options.about = known_about(questionnaire, *selection.about);
  world.streams.out.write(render_moments(journal, options, format, style));
  return ExitStatus::done;
}

}  // namespace

const Command moments_row{
    "moments",
    "what your journal adds up to",
    "Counts the entries of a journal or log (moment unless another is named): what sets the urges "
    "off, feelings, body signals, what was done, by weekday and time of day, and how often an urge "
    "was met differently. Your own lines are shown only with --notes.",
    {"NAME", 0, 1},
    moments_options,
    moments_examples,
    run_moments};

}  // namespace attune::app
