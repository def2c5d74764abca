// SPDX-License-Identifier: MIT
// `attune history delete`, `undo`, `rescore` and `purge`.
#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/commands/history.hpp"
#include "app/options.hpp"
#include "app/terminal/console.hpp"

namespace attune::app {
namespace {

constexpr Example delete_examples[] = {
    {"attune history delete last", "Delete the newest record; its id works as well."},
    {"attune history undo", "Bring it back."},
};

constexpr Example undo_examples[] = {
    {"attune history undo", "Take back the last change and read what it was."},
    {"attune history undo && attune history undo", "Take back the last two."},
};

constexpr Example rescore_examples[] = {
    {"attune history rescore closeness", "Score earlier records with the installed version."},
    {"attune history undo", "Let the earlier scores hold again."},
};

constexpr OptionSpec purge_options[] = {
    {"--all", "", "Remove every record and draft, not only the deleted ones."},
    {"--yes", "", "Do not ask."},
};
constexpr Example purge_examples[] = {
    {"attune history purge", "Remove for good what was deleted before; it asks first."},
    {"attune history purge --all --yes", "Empty the history, in a script."},
};

// "k7p2m4x9ab (closeness, 2026-11-24)"
std::string described(const Record& record) {
  return fmt::format("{} ({}, {})", record.id, escape(record.questionnaire),
                     render_local_date(record.taken_at));
}

// The same, or the id alone where the record can't be read.
std::string described(store::History& history, const std::string& id) {
  try {
    const std::optional<Record> record = history.find_record(id);
    if (record) return described(*record);
  } catch (const Error&) {  // what was done is reported all the same
  }
  return id;
}

// What was taken back, in a sentence. The history is as it is after that.
std::string undone_words(store::History& history, const store::HistoryEvent& event) {
  const std::string& subject = event.subjects.front();
  const std::size_t count = event.subjects.size();
  switch (event.kind) {
    case store::HistoryEventKind::deleted:
      return fmt::format("Undone: the deletion of {}. It is back.", described(history, subject));
    case store::HistoryEventKind::imported:
      return fmt::format("Undone: the import of {}. They are out of sight.",
                         counted(count, "record"));
    case store::HistoryEventKind::discarded:
      return fmt::format("Undone: the discarding of draft {}. It is back.", subject);
    case store::HistoryEventKind::tried:
      return fmt::format("Undone: the mark that you tried '{}'.", escape(subject));
    case store::HistoryEventKind::rescored:
      return fmt::format("Undone: the rescoring of {}. The earlier scores hold again.",
                         counted(count, "record"));
    case store::HistoryEventKind::undone:
      break;
  }
  return "Undone.";
}

ExitStatus run_history_delete(const Arguments& arguments, World& world) {
  store::History history = existing(open_to_change(world));
  const Record record = find_record(history, arguments.operands().front());
  // One that another process has deleted meanwhile is gone all the same.
  static_cast<void>(history.delete_record(record.id, world.clock.now()));
  world.streams.err.write(
      fmt::format("Deleted: {}. attune history undo brings it back.\n", described(record)));
  return ExitStatus::done;
}

ExitStatus run_history_undo(const Arguments&, World& world) {
  store::History history = existing(open_to_change(world));
  const std::optional<store::HistoryEvent> undone = history.undo(world.clock.now());
  if (!undone) {
    world.streams.err.write("There is nothing to undo.\n");
    return ExitStatus::no;
  }
  world.streams.out.write(undone_words(history, *undone) + "\n");
  return ExitStatus::done;
}

bool has_answers_of(const Record& record, const Questionnaire& questionnaire) {
  if (!find_form(questionnaire, record.form)) return false;
  return std::all_of(record.answers.begin(), record.answers.end(),
                     [&](const RecordedAnswer& answer) {
                       return find_item(questionnaire, answer.item).has_value();
                     });
}

ExitStatus run_history_rescore(const Arguments& arguments, World& world) {
  store::History history = existing(open_to_change(world));
  const store::LoadedDefinition loaded =
      store::Catalogue(world.paths.definitions).load(arguments.operands().front(), {});
  const Questionnaire& questionnaire = loaded.questionnaire;
  std::vector<std::string> ids;
  std::size_t unfit = 0;
  const auto see = [&](const Record& record) {
    if (record.scored_with == loaded.sha256) return;
    if (has_answers_of(record, questionnaire)) {
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
      ids.empty() ? "" : " The earlier scores: attune history show ID --as-taken."));
  if (unfit == 0) return ExitStatus::done;
  world.streams.err.write(
      fmt::format("{} record{} left as before: this version lacks the form or items answered.\n",
                  unfit, unfit == 1 ? " is" : "s are"));
  return ExitStatus::no;
}

// Whether the person says yes. Where nobody can be asked, an error says how to go on.
ExitStatus ask_to_purge(store::PurgeScope scope, Streams& streams) {
  if (!can_ask(streams)) {
    throw Error{ErrorKind::usage,
                "there is no terminal to ask on",
                "history purge",
                {"--yes purges without asking; nothing was changed"}};
  }
  const auto line = ask_line(
      streams, scope == store::PurgeScope::everything
                   ? "This removes every record and draft for good. Type yes to go on: "
                   : "This removes for good what was deleted and discarded. Type yes to go on: ");
  if (line == "yes") return ExitStatus::done;
  talk_output(streams).write("Nothing was changed.\n");
  return line ? ExitStatus::no : ExitStatus::interrupted;
}

ExitStatus run_history_purge(const Arguments& arguments, World& world) {
  const auto scope =
      arguments.has("--all") ? store::PurgeScope::everything : store::PurgeScope::deleted;
  store::History history = existing(open_to_change(world));
  if (!arguments.has("--yes")) {
    const ExitStatus consent = ask_to_purge(scope, world.streams);
    if (consent != ExitStatus::done) return consent;
  }
  const store::Purged purged = history.purge(scope);
  world.streams.out.write(fmt::format("Purged: {} and {}.\n", counted(purged.records, "record"),
                                      counted(purged.drafts, "draft")));
  world.streams.err.write(
      "Out of reach: backups and exports you made, copies of a backup program, and\n"
      "what the disk itself may keep of overwritten files.\n");
  return ExitStatus::done;
}

}  // namespace

const Command history_delete_row{
    "history delete",
    "delete a record; undo brings it back",
    R"(Deletes a record from every list and trend. attune history undo brings it back, until
       attune history purge removes it for good.)",
    {"ID", 1, 1},
    {},
    delete_examples,
    run_history_delete};

const Command history_undo_row{
    "history undo",
    "take back the last change",
    R"(Takes back the last deletion, import, discarded draft, step marked as tried, or rescoring,
       and says which it was. Again and again it goes back to the last purge. Completed
       questionnaires are not changes: history delete removes one.)",
    {"", 0, 0},
    {},
    undo_examples,
    run_history_undo};

const Command history_rescore_row{
    "history rescore",
    "score earlier records with the newest version",
    R"(Scores all records of a questionnaire with its installed version, so that they can be
       compared. Answers stay as they are, and the earlier scores can still be shown.)",
    {"NAME", 1, 1},
    {},
    rescore_examples,
    run_history_rescore};

const Command history_purge_row{
    "history purge",
    "remove deleted records for good",
    R"(Overwrites what was deleted and discarded before, or with --all everything. There is no way
       back. It can't reach backups, exports, or what the disk keeps below the file.)",
    {"", 0, 0},
    purge_options,
    purge_examples,
    run_history_purge};

}  // namespace attune::app
