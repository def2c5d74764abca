// SPDX-License-Identifier: MIT
#include "app/commands/history.hpp"
#include "app/commands/transfer.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
namespace {

constexpr Example delete_examples[] = {
    {"attune history delete last", "Delete the newest record; its id works as well."},
    {"attune history undo", "Bring it back."},
};

constexpr Example undo_examples[] = {
    {"attune history undo", "Take back the last change and read what it was."},
    {"attune history undo && attune history undo", "Take back the last two."},
};

constexpr Example discard_examples[] = {
    {"attune history drafts", "Find the number of the draft."},
    {"attune history discard 1", "Discard draft 1; attune history undo brings it back."},
};

constexpr Example import_examples[] = {
    {"attune history import history.jsonl", "Add what is not there yet; what is there is left."},
    {"attune history export | attune history import -", "Nothing is new, so nothing changes."},
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

// Opens the history for a change and makes it.
template <class Change>
ExitStatus with_history(World& world, Change change) {
  Result<MaybeHistory> history = open_to_change(world);
  if (!history) return report(world.streams, history.error());
  return change(*history);
}

ExitStatus run_delete(const Arguments& arguments, World& world) {
  return with_history(world, [&](MaybeHistory& history) {
    return delete_record(arguments.operands().front(), world.clock, history, world.streams);
  });
}

ExitStatus run_undo(const Arguments&, World& world) {
  return with_history(world, [&](MaybeHistory& history) {
    return undo_change(world.clock, history, world.streams);
  });
}

ExitStatus run_discard(const Arguments& arguments, World& world) {
  return with_history(world, [&](MaybeHistory& history) {
    return discard_draft(arguments.operands().front(), world.clock, history, world.streams);
  });
}

ExitStatus run_import(const Arguments& arguments, World& world) {
  const std::string& file = arguments.operands().front();
  const auto opened = [&] {
    return attempt([&] { return History::open_or_create(world.paths.data, world.ask_passphrase); });
  };
  return import_history(file, world.clock, opened, world.streams);
}

ExitStatus run_rescore(const Arguments& arguments, World& world) {
  return with_history(world, [&](MaybeHistory& history) {
    return rescore_records(arguments.operands().front(), Catalogue(world.paths.definitions),
                           world.clock, history, world.streams);
  });
}

ExitStatus run_purge(const Arguments& arguments, World& world) {
  const auto scope = arguments.has("--all") ? PurgeScope::everything : PurgeScope::deleted;
  const auto consent = arguments.has("--yes") ? Consent::given : Consent::ask;
  return with_history(world, [&](MaybeHistory& history) {
    return purge_history(scope, consent, history, world.streams);
  });
}

}  // namespace

const Command history_delete_row{
    "history delete",
    "delete a record; undo brings it back",
    "Deletes a record from every list and trend. attune history undo brings it back, until attune "
    "history purge removes it for good.",
    {"ID", 1, 1},
    {},
    delete_examples,
    run_delete};

const Command history_undo_row{
    "history undo",
    "take back the last change",
    "Takes back the last deletion, import, discarded draft, step marked as tried, or rescoring, "
    "and "
    "says which it was. Again and again it goes back to the last purge. Completed questionnaires "
    "are not changes: history delete removes one.",
    {"", 0, 0},
    {},
    undo_examples,
    run_undo};

const Command history_discard_row{
    "history discard",
    "discard a draft; undo brings it back",
    "Discards an unfinished questionnaire by its number in history drafts.",
    {"NUMBER", 1, 1},
    {},
    discard_examples,
    run_discard};

const Command history_import_row{
    "history import",
    "add exported records",
    "Adds the records of an export that your history does not have; - reads standard input. The "
    "whole file is checked first: if one line is wrong, nothing is imported.",
    {"FILE", 1, 1},
    {},
    import_examples,
    run_import};

const Command history_rescore_row{
    "history rescore",
    "score earlier records with the newest version",
    "Scores all records of a questionnaire with its installed version, so that they can be "
    "compared. "
    "Answers stay as they are, and the earlier scores can still be shown.",
    {"NAME", 1, 1},
    {},
    rescore_examples,
    run_rescore};

const Command history_purge_row{
    "history purge",
    "remove deleted records for good",
    "Overwrites what was deleted and discarded before, or with --all everything. There is no way "
    "back. It can't reach backups, exports, or what the disk keeps below the file.",
    {"", 0, 0},
    purge_options,
    purge_examples,
    run_purge};

}  // namespace attune
