// SPDX-License-Identifier: MIT
#include "app/commands/take.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr OptionSpec take_option_specs[] = {
    {"-f,--form", "FORM", "Ask a named part of the questionnaire: short.", Value::required},
    {"-a,--about", "WHOM", "Answer about one person: partner, mother, friend, ...",
     Value::required},
    {"--answers", "LIST|FILE|-",
     "Take the answers as 4,2,s,7 in the order of the questionnaire (s skips), as id=4,id=2, from "
     "a file, or from "
     "standard input; ask nothing.",
     Value::required},
    {"--format", "FORMAT", "Print the profile as text (default), json, csv, markdown, html or svg.",
     Value::required},
    width_option,
    {"-o,--output", "FILE", "Write the profile to FILE instead of standard output.",
     Value::required},
    {"--force", "", "Replace FILE when it exists."},
    {"--explain", "", "Show what each answer contributes to the scores."},
    scores_only_option,
    {"--plain", "", "Ask with plain lines and Enter, made for screen readers."},
    {"--private", "", "Echo no answers and show no scores."},
    {"--no-save", "", "Keep nothing: the history is not even opened."},
    {"--fresh", "", "Begin anew even if an unfinished draft exists; the draft is kept."},
    {"--date", "DATE", "Record it as taken on DATE (2026-11-01).", Value::required},
    {"--note", "", "Ask for a one-line note at the end."},
    {"--shuffle", "SEED", "Ask in random order; the same SEED gives the same order.",
     Value::optional},
    {"--language", "LANG", "Use the texts of another language, where there are any: de.",
     Value::required},
};

constexpr Example take_examples[] = {
    {"attune take", "Answer closeness, 36 statements in about six minutes, and read your profile."},
    {"attune take --form short --about partner",
     "Answer 12 statements about your partner, as a check-in."},
    {"attune take --form short --answers answers.txt --format json | jq .scores",
     "Score answers from a file and pick the numbers; in it, s skips a statement."},
    {"attune take moment", "Note in under a minute what an urge to withdraw or to cling was like."},
};

ExitStatus run_take(const Arguments& arguments, World& world) {
  Result<TakeOptions> options = take_options(arguments);
  if (!options) return report(world.streams, options.error());
  const Result<std::optional<std::size_t>> width = width_of(arguments);
  if (!width) return report(world.streams, width.error());
  options->width_columns = *width;
  return take(*options, world);
}

}  // namespace

const Command take_row{
    "take",
    "answer a questionnaire and read your profile",
    "Asks the items of a questionnaire (closeness unless another is named) one at a time, scores "
    "the answers, prints a "
    "profile with next steps and keeps the record in your history. Each answer is kept at once: "
    "after q, Ctrl-C or a "
    "power cut the same command goes on where you were. Nothing leaves this machine.",
    {"NAME|FILE", 0, 1},
    take_option_specs,
    take_examples,
    run_take};

}  // namespace attune
