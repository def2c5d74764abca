// SPDX-License-Identifier: MIT
// `attune compare` and `relationships`: two people, or all of your relationships, side by side.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

#include "attune/catalogue.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"
#include "attune/trend.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"

namespace attune::app {
namespace {

// One of the two, read. `is_kept`: from the history.
struct ComparedSide {
  std::string operand;
  bool is_kept = false;
  report::SharedScores scores;

  [[nodiscard]] std::string place() const { return operand == "-" ? "standard input" : operand; }
};
using Sides = std::array<ComparedSide, 2>;
using Names = std::array<std::string, 2>;

// Longer names break tables and the labels of points.
constexpr std::size_t most_name_columns = 40;

// The names that the option gives; a comma tells them apart.
std::optional<Names> names_option(const Arguments& arguments) {
  const auto value = arguments.value("--names");
  if (!value) return {};
  const std::vector<std::string_view> parts = split(*value, ',');
  if (parts.size() != 2) {
    throw usage_error("--names", fmt::format("'{}' is not two names", escape(*value)),
                      "write them with a comma between: --names Ana,Ben");
  }
  Names names{std::string(trim(parts[0])), std::string(trim(parts[1]))};
  for (const std::string& name : names) {
    if (name.empty())
      throw usage_error("--names", "a name is empty", "write two names: --names Ana,Ben");
    if (escape(name) != name || display_width(name) > most_name_columns) {
      throw usage_error(
          "--names",
          fmt::format("'{}' is too long, or holds characters that can't be shown", escape(name)),
          fmt::format("a name has up to {} characters", most_name_columns));
    }
  }
  if (names[0] == names[1]) {
    throw usage_error("--names", "the two names are the same", "choose two that tell them apart");
  }
  return names;
}

// Whether an operand is a record: "last", or what is neither standard input, nor named like a file,
// nor one that exists.
bool is_record(const std::string& operand) {
  if (steps_back(operand)) return true;
  if (operand == "-" || operand.find('/') != std::string::npos || operand.ends_with(".json")) {
    return false;
  }
  std::error_code ignored;
  return !std::filesystem::exists(operand, ignored);
}

ComparedSide read_record(const std::string& operand, std::optional<ScoredHistory>& history) {
  const bool is_last = steps_back(operand).has_value();
  const std::string nothing = fmt::format("there is no record and no file '{}'", escape(operand));
  if (!history) {
    throw is_last ? no_records()
                  : Error(ErrorKind::not_found, nothing, "compare",
                          {"attune history list shows the ids of records, last is the newest"});
  }
  Record record;
  try {
    record = find_record(*history, operand, [&](const Record& each) {
      const Questionnaire* own = history->questionnaire(each.scored_with);
      if (own == nullptr || !find_form(*own, each.form)) return false;
      return std::ranges::any_of(
          profile_of(*history, each, Tries::before).scores,
          [](const ScaleScore& score) { return score.estimate.has_value(); });
    });
  } catch (Error& error) {
    if (error.kind == ErrorKind::not_found && !is_last) error.message = nothing;
    throw;
  }
  const report::Profile profile = profile_of(*history, record, Tries::before);
  if (profile.questionnaire.scales.empty()) {
    throw usage_error(
        operand, fmt::format("'{}' has no scores to compare", escape(profile.questionnaire.id)),
        "closeness and growth have scores");
  }
  return {operand, true, report::shared_scores(profile)};
}

ComparedSide read_file(const std::string& operand, const Streams& streams) {
  ComparedSide side{operand, false, {}};
  try {
    const std::string text = operand == "-"
                                 ? read_all(streams.in, report::max_shared_bytes)
                                 : store::read_regular_file(operand, report::max_shared_bytes);
    side.scores = report::parse_shared_scores(text);
  } catch (Error& error) {
    error.place = side.place();
    throw;
  }
  return side;
}

// A file is named like whoever gave it away, as a rule; a record is the reader's own.
void give_names(report::Comparison& comparison, const std::optional<Names>& given,
                const Sides& sides) {
  Names names{"A", "B"};
  for (std::size_t i = 0; i < sides.size() && !given; ++i) {
    const std::string stem = std::filesystem::path(sides[i].operand).stem().native();
    if (sides[i].operand != "-") names[i] = fit(escape(stem), most_name_columns);
    if (!sides[i].is_kept) continue;
    names[i] = "You";
    (i == 0 ? comparison.first : comparison.second).address = report::Address::you;
  }
  if (given) names = *given;
  if (names[0] == names[1]) names = {"A", "B"};
  comparison.first.name = names[0];
  comparison.second.name = names[1];
}

report::ComparedPerson person_of(const ComparedSide& side, const Questionnaire& questionnaire) {
  report::ComparedPerson person;
  person.sitting = side.scores;
  try {
    person.scores = report::scores_for(questionnaire, side.scores);
  } catch (Error& error) {
    error.place = side.place();
    throw;
  }
  return person;
}

// Everything that the command line can say wrongly is refused before anything is read.
ExitStatus run_compare(const Arguments& arguments, World& world) {
  const auto& operands = arguments.operands();
  if (operands[0] == "-" && operands[1] == "-") {
    throw usage_error("compare", "only one of the two can come from standard input",
                      "name a file or a record for the other");
  }
  const std::optional<Names> names = names_option(arguments);
  Destination destination = destination_of(arguments, world, format_of(arguments, page_format));
  std::optional<ScoredHistory> history;
  if (is_record(operands[0]) || is_record(operands[1])) history = open_to_read(world);
  report::Comparison comparison;
  comparison.contact = read_contact(world.paths);
  Sides sides;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    sides[i] = is_record(operands[i]) ? read_record(operands[i], history)
                                      : read_file(operands[i], world.streams);
  }
  if (sides[0].is_kept && sides[1].is_kept && !names) {
    throw usage_error("compare", "both are records of yours, and this page is about two people",
                      "--names Ana,Ben names them; trend and relationships compare your own");
  }
  if (sides[0].scores.questionnaire != sides[1].scores.questionnaire) {
    throw Error(
        ErrorKind::bad_data,
        fmt::format("'{}' and '{}' are two questionnaires", escape(sides[0].scores.questionnaire),
                    escape(sides[1].scores.questionnaire)),
        "compare", {"their scales measure different things; take two sittings of one"});
  }
  store::LoadedDefinition reference = world.catalogue.load(sides[0].scores.questionnaire, {});
  comparison.first = person_of(sides[0], reference.questionnaire);
  comparison.second = person_of(sides[1], reference.questionnaire);
  comparison.questionnaire = std::move(reference.questionnaire);
  comparison.sha256 = std::move(reference.sha256);
  give_names(comparison, names, sides);
  return write_result(world.streams, destination,
                      {.json = [&] { return report::comparison_json(comparison); },
                       .document = [&] { return report::comparison_document(comparison); },
                       .language = comparison.questionnaire.language});
}

// The newest check-in about one person.
struct Newest {
  Record record;
  const Questionnaire* questionnaire = nullptr;
  std::size_t form = 0;
  Scores scores;
};
using NewestByAbout = std::map<std::string, Newest>;

NewestByAbout newest_check_ins(ScoredHistory& history, const Selection& selection) {
  NewestByAbout newest;
  history.visit_check_ins(selection, [&](const CheckIn& check_in) {
    if (check_in.questionnaire == nullptr) return;
    const auto about = about_of(check_in.record, *check_in.questionnaire);
    Newest& own = newest[about.value_or("")];
    if (own.questionnaire != nullptr && order_of(check_in.record) < order_of(own.record)) return;
    own = {check_in.record, check_in.questionnaire, check_in.form, check_in.scores};
  });
  if (newest.empty()) throw no_check_ins(&history, selection);
  return newest;
}

// The score of `scale` of the reference definition, where it was found by the same key.
ScaleScore comparable_score(const Newest& newest, const Newest& reference, std::size_t scale) {
  const std::string& id = reference.questionnaire->scales[scale].id;
  const auto own = find_scale(*newest.questionnaire, id);
  const bool is_alike =
      own && trend::scoring_key(*newest.questionnaire, newest.form, *own) ==
                 trend::scoring_key(*reference.questionnaire, reference.form, scale);
  if (is_alike) return newest.scores[*own];
  ScaleScore score{.items = reference.scores[scale].items};
  score.reason = "scored by another version's key";
  return score;
}

// In the order of the questionnaire's abouts; those it does not know come last.
report::Relationships relationships_of(const NewestByAbout& newest) {
  const Newest& reference = std::ranges::max_element(newest, {}, [](const auto& each) {
                              return order_of(each.second.record);
                            })->second;
  report::Relationships compared{*reference.questionnaire, {}};
  for (const auto& [about, own] : newest) {
    person_named(compared.questionnaire, about);
    report::Relationship& row = compared.rows.emplace_back(
        report::Relationship{about, own.record.id, own.record.taken_at, {}});
    for (std::size_t i = 0; i < compared.questionnaire.scales.size(); ++i) {
      row.scores.push_back(comparable_score(own, reference, i));
    }
  }
  std::ranges::stable_sort(compared.rows, {}, [&questionnaire = compared.questionnaire](auto& row) {
    return find_about(questionnaire, row.about).value_or(questionnaire.abouts.size());
  });
  return compared;
}

ExitStatus run_relationships(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, "closeness");
  Destination destination = destination_of(arguments, world, format_of(arguments, page_format));
  std::optional<ScoredHistory> history = open_to_read(world);
  if (!history) throw no_check_ins(nullptr, selection);
  const report::Relationships compared = relationships_of(newest_check_ins(*history, selection));
  const Questionnaire& questionnaire = compared.questionnaire;
  if (questionnaire.abouts.empty() || questionnaire.scales.empty()) {
    throw usage_error("relationships",
                      fmt::format("'{}' is not scored for each person", escape(questionnaire.id)),
                      "closeness and growth are");
  }
  return write_result(world.streams, destination,
                      {.json = [&] { return report::relationships_json(compared); },
                       .document = [&] { return report::relationships_document(compared); },
                       .language = questionnaire.language});
}

}  // namespace

const Command compare_row{
    "compare",
    "two people side by side",
    "Puts two sittings of one questionnaire side by side: on one plane, in a table of differences, "
    "and in words on how the two tend to affect each other, with a small step for each and one for "
    "both. A and B are each the id of a record, last, a file, or - for standard input. "
    "The other person makes their file with attune take or history show, with --format json "
    "--scores-only: it holds the main scores and no answers.",
    {"A B", 2, 2},
    {{"--names", "NAMES", "What to call the two, in order: Ana,Ben."}, page_format_option},
    {{"attune compare last ben.json", "Your newest profile beside the scores that Ben sent you."},
     {"attune compare ana.json ben.json --names Ana,Ben --format markdown -o both.md",
      "A page about two people, to read together."},
     {"attune compare last ben.json --format json | jq .differences",
      "How far apart the two are, for a script."}},
    run_compare};

const Command relationships_row{
    "relationships",
    "yours, side by side",
    "Shows the newest check-in about each person side by side: scores with their margins, all of "
    "them on one map with its areas, and whether they differ by more than the margin of error.",
    {"NAME", 0, 1},
    {since_option, until_option, page_format_option},
    {{"attune relationships", "The newest check-in about each person, side by side."},
     {"attune relationships --format json | jq .scales", "How far apart they are, for a script."}},
    run_relationships};

}  // namespace attune::app
