// SPDX-License-Identifier: MIT
// `attune history list`, `show`, `drafts` and `discard`.
#include "app/commands/history.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/lists.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/commands/check_ins.hpp"
#include "app/commands/profiles.hpp"
#include "app/options.hpp"

namespace attune::app {
namespace {

constexpr OptionSpec history_list_options[] = {
    about_option,
    since_option,
    until_option,
    {"--format", "FORMAT", "Print text (default), json or csv.", Value::required},
};
constexpr Example history_list_examples[] = {
    {"attune history list", "Every record, oldest first, with its scores."},
    {"attune history list closeness --about partner --since 2026-01-01",
     "This year's check-ins about your partner."},
    {"attune history list --format json | jq -r '.[].id'", "The ids alone, for a script."},
};

constexpr OptionSpec history_show_options[] = {
    {"--format", "FORMAT", "Print text (default), json, csv, markdown or html.", Value::required},
    width_option,
    output_option,
    force_option,
    {"--explain", "", "Show what each answer contributes to the scores."},
    scores_only_option,
    {"--as-taken", "", "Score with the definition it was taken with, even if it was rescored."},
};
constexpr Example history_show_examples[] = {
    {"attune history show last", "Your newest profile again."},
    {"attune history show last --format json | jq .scores", "Its scores for a script."},
};

constexpr OptionSpec drafts_options[] = {text_or_json_option};
constexpr Example drafts_examples[] = {
    {"attune history drafts", "What is unfinished, and the command that goes on with it."},
    {"attune history drafts --format json | jq length", "How many drafts there are."},
};

constexpr Example discard_examples[] = {
    {"attune history drafts", "Find the number of the draft."},
    {"attune history discard 1", "Discard draft 1; attune history undo brings it back."},
};

void add_scores(report::ListedRecord& listed, const CheckIn& check_in) {
  const Questionnaire& questionnaire = *check_in.questionnaire;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    listed.scores.push_back({scale.id, scale.name, scale.parent.has_value(), check_in.scores[i]});
  }
  const Scores derived = scoring::derive(questionnaire, check_in.form, check_in.scores);
  for (std::size_t i = 0; i < derived.size(); ++i) {
    const Derived& definition = questionnaire.derived[i];
    listed.derived.push_back({definition.id, definition.name, false, derived[i]});
  }
  const auto reading = interpretation::region_of(questionnaire, check_in.scores);
  if (!reading) return;
  const Region& region = questionnaire.regions[reading->region];
  listed.region = region.id;
  if (interpretation::is_clear(*reading)) listed.region_name = region.name;
}

report::ListedRecord listed_record(const CheckIn& check_in) {
  const Record& record = check_in.record;
  report::ListedRecord listed;
  listed.id = record.id;
  listed.questionnaire = record.questionnaire;
  listed.version = record.version;
  listed.form = record.form;
  listed.about = record.about;
  listed.taken_at = record.taken_at;
  if (check_in.questionnaire == nullptr) {
    listed.problem = "this version can't use its questionnaire";
  } else {
    add_scores(listed, check_in);
  }
  return listed;
}

std::vector<report::ListedRecord> listed_records(store::History& history,
                                                 const Selection& selection) {
  std::map<TakenOrder, report::ListedRecord> by_time;
  KeptDefinitions definitions(history);
  visit_check_ins(history, definitions, selection, [&](const CheckIn& check_in) {
    by_time.emplace(order_of(check_in.record), listed_record(check_in));
  });
  std::vector<report::ListedRecord> records;
  records.reserve(by_time.size());
  for (auto& [order, listed] : by_time) records.push_back(std::move(listed));
  return records;
}

// A questionnaire that neither the history nor the catalogue has is an error.
void check_is_known(const std::string& name, const store::Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const store::CatalogueEntry& entry : catalogue.entries()) {
    if (entry.id == name) return;
    ids.push_back(entry.id);
  }
  Error error = unknown_name(ErrorKind::not_found, "history list", name, ids);
  error.message = fmt::format("there are no records of '{}'", escape(name));
  if (error.advice.empty()) error.advice.emplace_back("attune list shows the questionnaires");
  throw error;
}

ExitStatus run_history_list(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, first_operand(arguments));
  const Format format = format_of(arguments, text_or_data);
  std::optional<store::History> history = open_to_read(world);
  std::vector<report::ListedRecord> records;
  if (history) records = listed_records(*history, selection);
  if (records.empty() && selection.filter.questionnaire) {
    check_is_known(*selection.filter.questionnaire, store::Catalogue(world.paths.definitions));
  }
  Output& out = world.streams.out;
  switch (format) {
    case Format::json:
      out.write(report::record_list_json(records));
      break;
    case Format::csv:
      out.write(report::record_list_csv(records));
      break;
    default:
      out.write(report::render_text(report::record_list_document(records),
                                    text_style_of(arguments, world)));
  }
  return ExitStatus::done;
}

ExitStatus run_history_show(const Arguments& arguments, World& world) {
  const Format format = format_of(arguments, every_format);
  const Extent extent = extent_of(arguments, format);
  report::TextStyle style = text_style_of(arguments, world);
  const auto scored_by = arguments.has("--as-taken") ? ScoredBy::as_taken : ScoredBy::newest;
  std::optional<store::History> history = open_to_read(world);
  if (!history) throw no_records();
  const std::optional<std::string> output = output_of(arguments);
  std::optional<OutputFile> file = create_output(output, overwrite_of(arguments));
  if (file) style.colour = report::Colour::off;
  const definition::Config config = read_config(world.paths);
  const Record record = find_record(*history, arguments.operands().front());
  const report::Profile profile = profile_of(*history, record, scored_by, Tries::before);
  if (extent == Extent::scores_only) {
    const report::SharedScores shared = scores_to_share(profile, scored_by);
    return write_result(world.streams, file, report::shared_scores_json(shared));
  }
  const auto explain = arguments.has("--explain") ? report::Explain::yes : report::Explain::no;
  return write_result(world.streams, file,
                      render_profile(profile, format, {explain, config.contact}, style));
}

std::string resume_command(const store::Draft& draft) {
  std::string command = "attune take";
  if (draft.key.questionnaire != "closeness") command += " " + draft.key.questionnaire;
  if (draft.key.form != "full") command += " --form " + draft.key.form;
  if (draft.key.about) command += " --about " + *draft.key.about;
  return command;
}

ExitStatus run_history_drafts(const Arguments& arguments, World& world) {
  const Format format = format_of(arguments, text_or_json);
  std::optional<store::History> history = open_to_read(world);
  std::vector<store::Draft> drafts;
  if (history) drafts = history->drafts();
  std::vector<report::ListedDraft> listed;
  for (const store::Draft& draft : drafts) {
    listed.push_back({draft.id, draft.key.questionnaire, draft.key.form, draft.key.about,
                      draft.started_at, draft.answers.size(), draft.order.size(),
                      resume_command(draft)});
  }
  world.streams.out.write(format == Format::json
                              ? report::draft_list_json(listed)
                              : report::render_text(report::draft_list_document(listed),
                                                    text_style_of(arguments, world)));
  return ExitStatus::done;
}

ExitStatus run_history_discard(const Arguments& arguments, World& world) {
  const std::string& number = arguments.operands().front();
  store::History history = existing(open_to_change(world));
  const std::vector<store::Draft> drafts = history.drafts();
  const auto id = parse_whole(number);
  const auto draft = std::find_if(drafts.begin(), drafts.end(),
                                  [&](const store::Draft& each) { return id && each.id == *id; });
  if (draft == drafts.end()) {
    throw Error{ErrorKind::not_found,
                fmt::format("there is no draft '{}'", escape(number)),
                "history",
                {"attune history drafts shows their numbers"}};
  }
  history.discard_draft(draft->id, world.clock.now());
  world.streams.err.write(
      fmt::format("Discarded: draft {} of {}, {}. attune history undo brings it back.\n", draft->id,
                  escape(draft->key.questionnaire), counted(draft->answers.size(), "answer")));
  return ExitStatus::done;
}

Record newest_record(store::History& history) {
  std::optional<Record> newest;
  history.visit_records({}, [&](const Record& record) {
    if (!newest || is_earlier(*newest, record)) newest = record;
  });
  if (!newest) throw no_records();
  return *std::move(newest);
}

Error unknown_record(store::History& history, const std::string& id) {
  std::vector<std::string> ids;
  history.visit_records({}, [&](const Record& record) { ids.push_back(record.id); });
  if (ids.empty()) return no_records();
  Error error = unknown_name(ErrorKind::not_found, "history", id, ids);
  error.message = fmt::format("there is no record '{}'", escape(id));
  error.advice.emplace_back("attune history list shows the ids; last means the newest");
  return error;
}

}  // namespace

Error no_records() {
  return {ErrorKind::not_found,
          "there are no records yet",
          "history",
          {"attune take makes the first one"}};
}

store::History existing(std::optional<store::History> history) {
  if (history) return *std::move(history);
  throw Error{ErrorKind::not_found,
              "there is no history yet",
              "history",
              {"attune take makes the first record"}};
}

Record find_record(store::History& history, const std::string& id) {
  if (id == "last") return newest_record(history);
  std::optional<Record> record = history.find_record(id);
  if (!record) throw unknown_record(history, id);
  return *std::move(record);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

const Command history_list_row{
    "history list",
    "every record, with its scores",
    "Lists your records, oldest first: all of them, or those of one questionnaire.",
    {"NAME", 0, 1},
    history_list_options,
    history_list_examples,
    run_history_list};

const Command history_show_row{
    "history show",
    "one record's profile again",
    R"(Prints the profile of a record again, from the answers and the questionnaire's text that were
       kept with it. ID is what history list shows, or last.)",
    {"ID", 1, 1},
    history_show_options,
    history_show_examples,
    run_history_show};

const Command history_drafts_row{
    "history drafts",
    "what is unfinished",
    R"(Lists the questionnaires that you began and did not finish, with the command that goes on
       with each.)",
    {"", 0, 0},
    drafts_options,
    drafts_examples,
    run_history_drafts};

const Command history_discard_row{
    "history discard",
    "discard a draft; undo brings it back",
    "Discards an unfinished questionnaire by its number in history drafts.",
    {"NUMBER", 1, 1},
    {},
    discard_examples,
    run_history_discard};

}  // namespace attune::app
