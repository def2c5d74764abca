// SPDX-License-Identifier: MIT
// `attune history list`, `show`, `delete`, `undo`, `drafts`, `discard`, `rescore` and `purge`: what
// is in the history.
#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/decimal.hpp"
#include "attune/lists.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"
#include "app/terminal/console.hpp"

namespace attune::app {
namespace {

// A questionnaire that neither the history nor the catalogue has is an error.
void check_is_known(const std::string& name, const store::Catalogue& catalogue) {
  const std::vector<store::CatalogueEntry> entries = catalogue.entries();
  if (find_by_id(entries, name)) return;
  Error error = unknown_name(ErrorKind::not_found, "history list", name, ids_of(entries),
                             "there are no records of");
  if (error.advice.empty()) error.advice.emplace_back("attune list shows the questionnaires");
  throw error;
}

ExitStatus run_history_list(const Arguments& arguments, World& world) {
  const Selection selection = selection_of(arguments, {});
  Destination destination = destination_of(arguments, world, format_of(arguments, text_or_data));
  std::vector<report::ListedRecord> records;
  std::optional<ScoredHistory> history = open_to_read(world);
  if (history) {
    history->visit_check_ins(selection, [&](const CheckIn& each) {
      const Questionnaire* own = each.questionnaire;
      records.push_back({each.record, own, each.scores,
                         own ? scoring::derive(*own, each.form, each.scores) : Scores()});
    });
  }
  std::ranges::sort(records, std::greater(),
                    [](const auto& each) { return order_of(each.record); });
  if (const auto count = whole_of(arguments, "--limit", 1, 1'000'000, "a number of records")) {
    records.resize(std::min(records.size(), *count));
  }
  if (records.empty() && selection.filter.questionnaire) {
    check_is_known(*selection.filter.questionnaire, world.catalogue);
  }
  return write_result(world.streams, destination,
                      {[&] { return report::record_list_json(records); },
                       [&] { return report::record_list_csv(records); },
                       [&] {
                         if (!records.empty()) return report::record_list_document(records);
                         return report::Document{report::Paragraph{nothing_listed(
                             history ? &*history : nullptr, selection, world.clock.now())}};
                       }});
}

ExitStatus run_history_show(const Arguments& arguments, World& world) {
  const Format format = format_of(arguments, every_format);
  check_scores_only(arguments, format);
  Destination destination = destination_of(arguments, world, format);
  std::optional<ScoredHistory> history = open_to_read(world);
  if (!history) throw no_records();
  const std::string contact = read_contact(world.paths);
  const Record record = find_record(*history, arguments.operands().front());
  const report::Profile profile = profile_of(*history, record, Tries::before);
  return write_profile(arguments, world.streams, destination, profile, contact, &*history);
}

ExitStatus run_history_drafts(const Arguments& arguments, World& world) {
  Destination destination = destination_of(arguments, world, format_of(arguments, text_or_json));
  std::optional<ScoredHistory> history = open_to_read(world);
  std::vector<report::ListedDraft> listed;
  for (const store::Draft& draft : history ? history->drafts() : std::vector<store::Draft>{}) {
    listed.push_back({draft.id, draft.key.questionnaire, draft.key.form, draft.key.about,
                      draft.started_at, answered(draft), draft.order.size(),
                      resume_command(draft.key.questionnaire, draft.key)});
  }
  return write_result(world.streams, destination,
                      {.json = [&] { return report::draft_list_json(listed); },
                       .document = [&] { return report::draft_list_document(listed); }});
}

ExitStatus run_history_discard(const Arguments& arguments, World& world) {
  const std::string& number = arguments.operands().front();
  ScoredHistory history = existing(open_to_change(world));
  const std::vector<store::Draft> drafts = history.drafts();
  const auto id = parse_whole(number);
  const auto draft =
      std::ranges::find_if(drafts, [&](const store::Draft& each) { return id && each.id == *id; });
  if (draft == drafts.end()) {
    throw Error(ErrorKind::not_found, fmt::format("there is no draft '{}'", escape(number)),
                "history", {"attune history drafts shows their numbers"});
  }
  history.discard_draft(draft->id, world.clock.now());
  say(world.streams.err,
      fmt::format("Discarded: draft {} of {}, {}. attune history undo brings it back.\n", draft->id,
                  escape(draft->key.questionnaire), counted(draft->answers.size(), "answer")));
  return ExitStatus::done;
}

// "k7p2m4x9ab (closeness, about friend:Ben, 2026-11-24)"
std::string described(const Record& record) {
  return fmt::format("{} ({}{}, {})", record.id, escape(record.questionnaire),
                     record.about ? ", about " + escape(*record.about) : "",
                     render_local_date(record.taken_at));
}

// What undoing takes back, and what holds then.
struct Undoing {
  std::string what;
  std::string then;
};

Undoing undoing_of(store::History& history, const store::HistoryEvent& event) {
  std::string subject = event.subjects.front();
  const std::string records = counted(event.subjects.size(), "record");
  switch (event.kind) {
    case store::HistoryEventKind::deleted:
      try {
        if (const auto record = history.find_record(subject)) subject = described(*record);
      } catch (const Error&) {  // one that can't be read is named by its id alone
      }
      return {"the deletion of " + subject, "It is back."};
    case store::HistoryEventKind::imported:
      return {"the import of " + records, "They are out of sight."};
    case store::HistoryEventKind::discarded:
      return {fmt::format("the discarding of draft {}", subject), "It is back."};
    case store::HistoryEventKind::tried:
      return {fmt::format("the mark of {} that you tried '{}', and its note if it has one",
                          render_local_date(event.at), escape(subject)),
              fmt::format("attune next --tried {} marks it again.", escape(subject))};
    case store::HistoryEventKind::rescored:
      return {"the rescoring of " + records, "The earlier scores hold again."};
    case store::HistoryEventKind::undone:  // never undone itself
      break;
  }
  return {};
}

ExitStatus run_history_delete(const Arguments& arguments, World& world) {
  ScoredHistory history = existing(open_to_change(world));
  const Record record = find_record(history, arguments.operands().front());
  // One that another process has deleted meanwhile is gone all the same.
  static_cast<void>(history.delete_record(record.id, world.clock.now()));
  say(world.streams.err,
      fmt::format("Deleted: {}. attune history undo brings it back; attune history purge removes "
                  "what is deleted for good.\n",
                  described(record)));
  return ExitStatus::done;
}

// Asks for a yes to what the command does: `done`, or how it ends without one.
ExitStatus consent_to(std::string_view what, Streams& streams) {
  const auto line = ask_line(streams, fmt::format("This {}. Type yes to continue: ", what));
  if (line == "yes") return ExitStatus::done;
  say(talk_output(streams), "Nothing was changed.\n");
  return line ? ExitStatus::no : ExitStatus::interrupted;
}

ExitStatus run_history_undo(const Arguments& arguments, World& world) {
  std::optional<ScoredHistory> history = open_to_change(world);
  std::optional<store::HistoryEvent> event;
  if (history) event = history->undoable();
  // It may be older than the person thinks, and an undoing is not undone itself.
  if (event && !arguments.has("--yes") && can_ask(world.streams)) {
    const std::string what = "takes back " + undoing_of(*history, *event).what;
    if (const auto answer = consent_to(what, world.streams); answer != ExitStatus::done) {
      return answer;
    }
  }
  const auto undone = event ? history->undo(world.clock.now()) : std::nullopt;
  if (!undone) {
    say(world.streams.err, "There is nothing to undo.\n");
    return ExitStatus::no;
  }
  const Undoing undoing = undoing_of(*history, *undone);
  world.streams.out.write(fmt::format("Undone: {}. {}\n", undoing.what, undoing.then));
  const std::vector<Record> records = history->records({});
  const auto newest = std::ranges::max_element(records, {}, &Record::sequence);
  if (newest != records.end() && newest->taken_at.microseconds > undone->at.microseconds) {
    say(world.streams.err,
        "Completed questionnaires stay: attune history delete last removes the newest.\n");
  }
  return ExitStatus::done;
}

ExitStatus run_history_rescore(const Arguments& arguments, World& world) {
  ScoredHistory history = existing(open_to_change(world));
  const store::LoadedDefinition loaded = world.catalogue.load(arguments.operands().front(), {});
  const Questionnaire& questionnaire = loaded.questionnaire;
  std::vector<std::string> ids;
  std::size_t unfit = 0;
  const auto see = [&](const Record& record) {
    if (record.scored_with == loaded.sha256) return;
    if (misfit_of(record, questionnaire).empty()) {
      ids.push_back(record.id);
    } else {
      ++unfit;
    }
  };
  history.visit_records({.questionnaire = questionnaire.id}, see);
  history.rescore(ids, {loaded.sha256, questionnaire.id, questionnaire.version, loaded.text},
                  world.clock.now());
  world.streams.out.write(fmt::format(
      "{} of {} {} now scored with version {}.{}\n", counted(ids.size(), "record"),
      escape(questionnaire.id), ids.size() == 1 ? "is" : "are", escape(questionnaire.version),
      ids.empty() ? "" : " attune history undo brings the earlier scores back."));
  if (unfit == 0) return ExitStatus::done;
  say(world.streams.err,
      fmt::format("{} record{} left as before: this version lacks the form or items answered.\n",
                  unfit, unfit == 1 ? " is" : "s are"));
  return ExitStatus::no;
}

// Whether the person says yes. Where nobody can be asked, an error says how to go on.
ExitStatus ask_to_purge(store::PurgeScope scope, Streams& streams) {
  if (!can_ask(streams)) {
    throw usage_error("history purge", "there is no terminal to ask on",
                      "--yes purges without asking; nothing was changed");
  }
  return consent_to(scope == store::PurgeScope::everything
                        ? "removes every record and draft for good"
                        : "removes for good what was deleted and discarded",
                    streams);
}

ExitStatus run_history_purge(const Arguments& arguments, World& world) {
  const auto scope =
      arguments.has("--all") ? store::PurgeScope::everything : store::PurgeScope::deleted;
  ScoredHistory history = existing(open_to_change(world));
  if (!arguments.has("--yes")) {
    const ExitStatus consent = ask_to_purge(scope, world.streams);
    if (consent != ExitStatus::done) return consent;
  }
  const store::Purged purged = history.purge(scope);
  world.streams.out.write(fmt::format("Purged: {} and {}.\n", counted(purged.records, "record"),
                                      counted(purged.drafts, "draft")));
  say(world.streams.err,
      "Out of reach: backups and exports you made, copies of a backup program, and "
      "what the disk itself may keep of overwritten files.\n");
  return ExitStatus::done;
}

}  // namespace

const Command history_list_row{
    "history list",
    "every record, with its scores",
    "Lists your records, newest first: all of them, or those of one questionnaire.",
    {"NAME", 0, 1},
    {about_option,
     since_option,
     until_option,
     {"-n,--limit", "COUNT", "List only the COUNT newest records."},
     {"--format", "FORMAT", "Print text (default), json or csv."}},
    {{"attune history list", "Every record, newest first, with its scores."},
     {"attune history list closeness --about partner --since 2026-01-01",
      "This year's check-ins about your partner."},
     {"attune history list --format json | jq -r '.[].id'", "The ids alone, for a script."}},
    run_history_list};

const Command history_show_row{
    "history show",
    "one record's profile again",
    R"(Prints the profile of a record again, from the answers and the questionnaire's text that were
       kept with it. ID is what history list shows, its beginning, last, or last~1 for the one before.)",
    {"ID", 1, 1},
    {every_format_option,
     {"--explain", "", "Show what each answer contributes to the scores."},
     scores_only_option},
    {{"attune history show last", "Your newest profile again."},
     {"attune history show last --format json | jq .scores", "Its scores for a script."}},
    run_history_show};

const Command history_delete_row{
    "history delete",
    "delete a record; undo brings it back",
    R"(Deletes a record from every list and trend. attune history undo brings it back, until
       attune history purge removes it for good.)",
    {"ID", 1, 1},
    {},
    {{"attune history delete last", "Delete the newest record; its id works as well."},
     {"attune history undo", "Bring it back."}},
    run_history_delete};

const Command history_undo_row{
    "history undo",
    "take back the last change",
    R"(Takes back the last deletion, import, discarded draft, step marked as tried, or rescoring,
       and says which it was. Repeat it to go further back, as far as the last purge. Completed
       questionnaires are not changes: history delete removes one. On a terminal it asks first.)",
    {"", 0, 0},
    {{"--yes", "", "Do not ask."}},
    {{"attune history undo", "See what the last change was, and take it back."},
     {"attune history undo --yes && attune history undo --yes", "Take back the last two."}},
    run_history_undo};

const Command history_drafts_row{
    "history drafts",
    "what is unfinished",
    R"(Lists the questionnaires that you began and did not finish, with the command that
       continues each.)",
    {"", 0, 0},
    {text_or_json_option},
    {{"attune history drafts", "What is unfinished, and the command that continues it."},
     {"attune history drafts --format json | jq length", "How many drafts there are."}},
    run_history_drafts};

const Command history_discard_row{
    "history discard",
    "discard a draft; undo brings it back",
    "Discards an unfinished questionnaire by its number in history drafts.",
    {"NUMBER", 1, 1},
    {},
    {{"attune history drafts", "Find the number of the draft."},
     {"attune history discard 1", "Discard draft 1; attune history undo brings it back."}},
    run_history_discard};

const Command history_rescore_row{
    "history rescore",
    "score earlier records with the newest version",
    R"(Scores all records of a questionnaire with its installed version, so that they can be
       compared. Answers stay as they are, and undo brings the earlier scores back.)",
    {"NAME", 1, 1},
    {},
    {{"attune history rescore closeness", "Score earlier records with the installed version."},
     {"attune history undo", "Go back to the earlier scores."}},
    run_history_rescore};

const Command history_purge_row{
    "history purge",
    "remove deleted records for good",
    R"(Overwrites what was deleted or discarded, or, with --all, everything. It can't be
       undone. It does not reach backups, exports, or copies that the disk itself may keep.)",
    {"", 0, 0},
    {{"--all", "", "Remove every record and draft, not only the deleted ones."},
     {"--yes", "", "Do not ask."}},
    {{"attune history purge", "Remove for good what was deleted; it asks first."},
     {"attune history purge --all --yes", "Empty the history, in a script."}},
    run_history_purge};

}  // namespace attune::app
