// SPDX-License-Identifier: MIT
#include "attune/moments.hpp"

#include <fmt/format.h>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"

namespace attune::app {
namespace {

// The entries by the definition of the newest; with no entry yet, none by the definition that the
// catalogue has, which says how to begin.
report::Journal find_journal(const Selection& selection, const World& world) {
  if (std::optional<ScoredHistory> history = open_to_read(world)) {
    if (auto journal = read_journal(*history, selection)) return *std::move(journal);
  }
  const store::Catalogue catalogue(world.paths.definitions);
  return {catalogue.load(*selection.filter.questionnaire, {}).questionnaire, {}};
}

ExitStatus run_moments(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, "moment");
  Destination destination = destination_of(arguments, world, format_of(arguments, every_format));
  const report::Journal journal = find_journal(selection, world);
  const Questionnaire& questionnaire = journal.questionnaire;
  if (!questionnaire.scales.empty()) {
    throw usage_error("moments",
                      fmt::format("'{}' is scored, not counted", escape(questionnaire.id)),
                      fmt::format("attune trend {} shows it over time", escape(questionnaire.id)));
  }
  report::MomentsOptions options{
      arguments.has("--notes") ? report::Notes::show : report::Notes::hide, {}};
  if (selection.about) options.about = known_about(questionnaire, *selection.about);
  return write_result(
      world.streams, destination,
      {[&] { return report::moments_json(questionnaire, journal.entries, options); },
       [&] { return report::moments_csv(questionnaire, journal.entries); },
       [&] { return report::moments_document(questionnaire, journal.entries, options); },
       {questionnaire.language}});
}

}  // namespace

const Command moments_row{
    "moments",
    "what your journal adds up to",
    "Counts the entries of a journal or log (moment unless another is named): what sets the urges "
    "off, feelings, body signals, what was done, by weekday and time of day, and how often an urge "
    "was met differently. Your own lines are shown only with --notes.",
    {"NAME", 0, 1},
    {about_option,
     since_option,
     until_option,
     {"--notes", "", "Show the last lines that you wrote, too."},
     every_format_option,
     width_option},
    {{"attune moments", "What sets the urges off, what you felt and did, and when."},
     {"attune moments support --since 2026-01-01",
      "This year's sessions, attended and not, and how useful they were."},
     {"attune moments --format json | jq '.rates'", "How often an urge was met differently."}},
    run_moments};

}  // namespace attune::app
