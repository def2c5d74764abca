// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "app/commands/history.hpp"
#include "app/messages.hpp"
#include "app/terminal/ask_line.hpp"

namespace attune {
namespace {

Error nothing_kept() {
  return {ErrorKind::not_found,
          "there is no history yet",
          "history",
          {"attune take makes the first record"}};
}

std::string_view many(std::size_t count) { return count == 1 ? "" : "s"; }

// "k7p2m4x9ab (closeness, 2026-11-24)", as far as the record can still be read.
std::string name_of(History& history, const std::string& id) {
  const Result<std::optional<Record>> record = attempt([&] { return history.find_record(id); });
  if (!record || !*record) return id;
  return fmt::format("{} ({}, {})", id, escape((**record).questionnaire),
                     render_local_date((**record).taken_at));
}

// What was taken back, in a sentence. The history is as it is after that.
std::string undone_words(History& history, const HistoryEvent& event) {
  const std::string& subject = event.subjects.front();
  const std::size_t count = event.subjects.size();
  switch (event.kind) {
    case HistoryEventKind::deleted:
      return fmt::format("Undone: the deletion of {}. It is back.", name_of(history, subject));
    case HistoryEventKind::imported:
      return fmt::format("Undone: the import of {} record{}. They are out of sight.", count,
                         many(count));
    case HistoryEventKind::discarded:
      return fmt::format("Undone: the discarding of draft {}. It is back.", subject);
    case HistoryEventKind::tried:
      return fmt::format("Undone: the mark that you tried '{}'.", escape(subject));
    case HistoryEventKind::rescored:
      return fmt::format("Undone: the rescoring of {} record{}. The earlier scores hold again.",
                         count, many(count));
    case HistoryEventKind::undone:
      break;
  }
  return "Undone.";
}

bool has_answers_of(const Record& record, const Questionnaire& questionnaire) {
  if (!find_form(questionnaire, record.form)) return false;
  return std::all_of(record.answers.begin(), record.answers.end(),
                     [&](const RecordedAnswer& answer) {
                       return find_item(questionnaire, answer.item).has_value();
                     });
}

// Into a pipe, to be compressed or encrypted on the way.
ExitStatus send_backup(History& history, Streams& streams) {
  if (streams.out_is_terminal) {
    return report(streams, Error{ErrorKind::usage,
                                 "a backup is nothing to read on a terminal",
                                 "history backup",
                                 {"name a file, or send it into a pipe"}});
  }
  const Result<std::string> image = attempt([&] { return history.image(); });
  if (!image) return report(streams, image.error());
  streams.out.write(*image);
  return ExitStatus::done;
}

}  // namespace

ExitStatus delete_record(const std::string& id, const Clock& clock, MaybeHistory& history,
                         Streams& streams) {
  if (!history) return report(streams, nothing_kept());
  const Result<Record> record = find_record(*history, id);
  if (!record) return report(streams, record.error());
  const std::string name = name_of(*history, record->id);
  const Result<bool> deleted =
      attempt([&] { return history->delete_record(record->id, clock.now()); });
  if (!deleted) return report(streams, deleted.error());
  streams.err.write(fmt::format("Deleted: {}. attune history undo brings it back.\n", name));
  return ExitStatus::done;
}

ExitStatus undo_change(const Clock& clock, MaybeHistory& history, Streams& streams) {
  if (!history) return report(streams, nothing_kept());
  const Result<std::optional<HistoryEvent>> undone =
      attempt([&] { return history->undo(clock.now()); });
  if (!undone) return report(streams, undone.error());
  if (!*undone) {
    streams.err.write("There is nothing to undo.\n");
    return ExitStatus::no;
  }
  streams.out.write(undone_words(*history, **undone) + "\n");
  return ExitStatus::done;
}

ExitStatus discard_draft(const std::string& number, const Clock& clock, MaybeHistory& history,
                         Streams& streams) {
  if (!history) return report(streams, nothing_kept());
  const Result<std::vector<Draft>> drafts = attempt([&] { return history->drafts(); });
  if (!drafts) return report(streams, drafts.error());
  const auto id = parse_whole(number);
  const auto draft = std::find_if(drafts->begin(), drafts->end(),
                                  [&](const Draft& each) { return id && each.id == *id; });
  if (draft == drafts->end()) {
    return report(streams, Error{ErrorKind::not_found,
                                 fmt::format("there is no draft '{}'", escape(number)),
                                 "history",
                                 {"attune history drafts shows their numbers"}});
  }
  const Result<void> discarded =
      attempt([&] { return history->discard_draft(draft->id, clock.now()); });
  if (!discarded) return report(streams, discarded.error());
  streams.err.write(fmt::format(
      "Discarded: draft {} of {}, {} answer{}. attune history undo brings it back.\n", draft->id,
      escape(draft->key.questionnaire), draft->answers.size(), many(draft->answers.size())));
  return ExitStatus::done;
}

ExitStatus rescore_records(const std::string& name, const Catalogue& catalogue, const Clock& clock,
                           MaybeHistory& history, Streams& streams) {
  if (!history) return report(streams, nothing_kept());
  const auto loaded = try_load(catalogue, name, {});
  if (!loaded) return report(streams, loaded.error());
  const Questionnaire& questionnaire = loaded->questionnaire;
  std::vector<std::string> ids;
  std::size_t unfit = 0;
  const Result<void> visited = attempt([&] {
    return history->visit_records({.questionnaire = questionnaire.id}, [&](const Record& record) {
      if (record.scored_with == loaded->sha256) return;
      if (has_answers_of(record, questionnaire)) {
        ids.push_back(record.id);
      } else {
        ++unfit;
      }
    });
  });
  if (!visited) return report(streams, visited.error());
  const Result<void> rescored = attempt([&] {
    return history->rescore(
        ids, {loaded->sha256, questionnaire.id, questionnaire.version, loaded->text}, clock.now());
  });
  if (!rescored) return report(streams, rescored.error());
  streams.out.write(fmt::format(
      "{} record{} of {} {} now scored with version {}.{}\n", ids.size(), many(ids.size()),
      escape(questionnaire.id), ids.size() == 1 ? "is" : "are", escape(questionnaire.version),
      ids.empty() ? "" : " The earlier scores: attune history show ID --as-taken."));
  if (unfit == 0) return ExitStatus::done;
  streams.err.write(
      fmt::format("{} record{} left as before: this version lacks the form or items answered.\n",
                  unfit, unfit == 1 ? " is" : "s are"));
  return ExitStatus::no;
}

ExitStatus back_up_history(const std::string& file, Overwrite overwrite, MaybeHistory& history,
                           Streams& streams) {
  if (!history) return report(streams, nothing_kept());
  if (file == "-") return send_backup(*history, streams);
  Result<OutputFile> output = OutputFile::create(file, overwrite);
  if (!output) return report(streams, output.error());
  const Result<std::string> image = attempt([&] { return history->image(); });
  if (!image) return report(streams, image.error());
  const Result<void> written = output->commit(*image);
  if (!written) return report(streams, written.error());
  streams.err.write(fmt::format("Written: {}, readable by you alone.\n", escape(file)));
  return ExitStatus::done;
}

ExitStatus purge_history(PurgeScope scope, Consent consent, MaybeHistory& history,
                         Streams& streams) {
  if (!history) return report(streams, nothing_kept());
  const bool everything = scope == PurgeScope::everything;
  if (consent == Consent::ask) {
    if (!can_ask(streams)) {
      return report(streams, Error{ErrorKind::usage,
                                   "there is no terminal to ask on",
                                   "history purge",
                                   {"--yes purges without asking; nothing was changed"}});
    }
    const auto line = ask_line(
        streams, everything
                     ? "This removes every record and draft for good. Type yes to go on: "
                     : "This removes for good what was deleted and discarded. Type yes to go on: ");
    if (!line || *line != "yes") {
      talk_output(streams).write("Nothing was changed.\n");
      return line ? ExitStatus::no : ExitStatus::interrupted;
    }
  }
  const Result<Purged> purged = attempt([&] { return history->purge(scope); });
  if (!purged) return report(streams, purged.error());
  streams.out.write(fmt::format("Purged: {} record{} and {} draft{}.\n", purged->records,
                                many(purged->records), purged->drafts, many(purged->drafts)));
  streams.err.write(
      "Out of reach: backups and exports you made, copies of a backup program, and\n"
      "what the disk itself may keep of overwritten files.\n");
  return ExitStatus::done;
}

}  // namespace attune
