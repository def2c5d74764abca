// SPDX-License-Identifier: MIT
// `attune history export`, `import`, `backup`, `lock`, `unlock` and `passphrase`: the history as a
// file, to move, to keep and to close.
#include <fmt/format.h>
#include <functional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"
#include "attune/transfer.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"
#include "app/passphrase.hpp"
#include "app/terminal/console.hpp"

namespace attune::app {
namespace {

// The text of a definition that the history keeps; empty where it has none.
store::DefinitionTexts texts_of(store::History& history) {
  return [&history](const std::string& sha256) {
    return history.definition_text(sha256).value_or("");
  };
}

ExitStatus run_history_export(const Arguments& arguments, World& world) {
  std::optional<ScoredHistory> history = open_to_read(world);
  std::optional<OutputFile> file = create_output(arguments, world);
  std::string text;
  if (history) {
    const auto name = first_operand(arguments);
    text = store::render_export(history->records({.questionnaire = name}),
                                history->tried_steps(name), texts_of(*history));
  }
  if (text.empty()) {
    const Selection selection = selection_of(arguments, {});
    say(world.streams.err,
        nothing_listed(history ? &*history : nullptr, selection, world.clock.now()) + "\n");
  }
  return write_result(world.streams, file, text);
}

store::Imported add_to_history(const store::Import& import, const std::string& file,
                               const World& world) {
  store::History history = store::History::open_or_create(world.paths.data, world.ask_passphrase);
  try {
    store::check_records(import, texts_of(history), world.clock.now());
    return history.add_import(import, world.clock.now());
  } catch (Error& error) {  // knows only the record's id
    for (std::size_t i = 0; i < import.records.size(); ++i) {
      if (import.records[i].id != error.place) continue;
      error.place = fmt::format("{}:{}: {}", file, import.lines[i], error.place);
      break;
    }
    throw;
  }
}

// The whole file is read and checked before the history is opened.
ExitStatus run_history_import(const Arguments& arguments, World& world) {
  const std::string& operand = arguments.operands().front();
  const std::string file = operand == "-" ? "standard input" : operand;
  const std::string text = operand == "-"
                               ? read_all(world.streams.in, store::max_export_bytes, file)
                               : store::read_regular_file(operand, store::max_export_bytes);
  const store::Import import = store::read_export(text, file);
  const store::Imported imported = add_to_history(import, file, world);
  const std::size_t known = import.records.size() - imported.records;
  std::string words = "Imported: " + counted(imported.records, "record");
  if (imported.tried > 0) words += fmt::format(" and {} tried", counted(imported.tried, "step"));
  if (known > 0) {
    words += fmt::format("; {} {} there already", known, known == 1 ? "was" : "were");
  }
  world.streams.out.write(words + ".\n");
  return ExitStatus::done;
}

ExitStatus run_history_backup(const Arguments& arguments, World& world) {
  const std::string& operand = arguments.operands().front();
  ScoredHistory history = existing(open_to_read(world));
  if (operand == "-") {
    // Into a pipe, to be compressed or encrypted on the way.
    if (world.streams.out_is_terminal) {
      throw usage_error("history backup", "a backup can't be read on a terminal",
                        "name a file, or send it into a pipe");
    }
    world.streams.out.write(history.image());
    return ExitStatus::done;
  }
  OutputFile::create(operand, overwrite_of(arguments), world.paths.data).commit(history.image());
  say(world.streams.err, fmt::format("Written: {}.\n", escape(operand)));
  return ExitStatus::done;
}

// Whether the person has the code on paper, by its last group. Nothing: interrupted.
std::optional<bool> has_code(std::string_view code, Streams& streams) {
  const std::string end = lower_case(code.substr(code.size() - 5));
  for (int attempt = 0; attempt < 3; ++attempt) {
    const std::optional<std::string> typed =
        ask_line(streams, "\nWhen you have it on paper, type its last five characters: ");
    if (!typed) return {};
    if (lower_case(*typed) == end) return true;
    say(talk_output(streams), "That is not its end.\n");
  }
  return false;
}

// Writes the code to standard output, and asks for it where a person may be. `done`: go on.
ExitStatus hand_over(std::string_view code, bool by_person, Streams& streams) {
  Output& talk = talk_output(streams);
  if (by_person) {
    talk.write("\n");
    say(talk,
        "This recovery code opens your history if you forget the passphrase. Write it down, and "
        "keep it where the computer is not. Whoever has it can read your history; without it and "
        "without the passphrase nobody can, not even you.\n\n");
    talk.flush();
  }
  streams.out.write(fmt::format("{}\n", code));
  if (streams.out_was_closed || !streams.out.flush() || streams.out.is_closed()) {
    say(talk, "Nothing was changed: a code that is not kept would be of no use.\n");
    return ExitStatus::io;  // why it failed is reported at the end, as always
  }
  if (!by_person || !streams.out_is_terminal) return ExitStatus::done;
  const std::optional<bool> kept = has_code(code, streams);
  if (kept == true) return ExitStatus::done;
  say(talk, "Nothing was changed.\n");
  return kept ? ExitStatus::no : ExitStatus::interrupted;
}

// Puts a new lock on with `put_on`, once its recovery code is handed over, and says so.
ExitStatus lock_with(const PassphraseSource& source, Streams& streams,
                     const std::function<void(store::Lock&)>& put_on, std::string_view words) {
  store::Lock lock = store::make_lock(new_passphrase(source, streams));
  const ExitStatus handed = hand_over(lock.recovery_code.view(), !source, streams);
  if (handed != ExitStatus::done) return handed;
  try {
    put_on(lock);
  } catch (Error& error) {
    error.advice.emplace_back("the recovery code above opens nothing: cross it out");
    throw;
  }
  say(streams.err, std::string(words) + "\n");
  return ExitStatus::done;
}

ExitStatus run_history_lock(const Arguments& arguments, World& world) {
  const auto source = passphrase_source(arguments, long_name(new_passphrase_option));
  if (store::is_history_locked(world.paths.data)) {
    throw usage_error({}, "the history is locked already",
                      "attune history passphrase changes its passphrase");
  }
  return lock_with(
      source, world.streams,
      [&](store::Lock& lock) { store::lock_history(world.paths.data, lock); },
      "Locked. From now on attune asks for the passphrase whenever it opens your history. "
      "Backups and exports you made before are as readable as they were.");
}

ExitStatus run_history_unlock(const Arguments&, World& world) {
  store::remove_lock(*store::open_locked_file(world.paths.data, world.ask_passphrase));
  say(world.streams.err, "Unlocked. Your history is kept in plain again, readable by you alone.\n");
  return ExitStatus::done;
}

ExitStatus run_history_passphrase(const Arguments& arguments, World& world) {
  const auto source = passphrase_source(arguments, long_name(new_passphrase_option));
  const auto former = store::open_locked_file(world.paths.data, world.ask_passphrase);
  return lock_with(
      source, world.streams, [&](store::Lock& lock) { store::replace_lock(*former, lock); },
      "Changed. The old passphrase and the old recovery code open older copies of the file only, "
      "such as backups.");
}

}  // namespace

const Command history_export_row{
    "history export",
    "records as JSON Lines",
    R"(Writes all records, or those of one questionnaire, as JSON Lines with raw answers, order,
       times and the text of each definition: everything that history import needs.
       attune-history(5) documents the lines.)",
    {"NAME", 0, 1},
    {output_option, force_option},
    {{"attune history export -o history.jsonl", "All records, one per line, to keep or to move."},
     {"attune history export closeness | jq -c .answers",
      "The answers to one questionnaire alone, without your notes."}},
    run_history_export};

const Command history_import_row{
    "history import",
    "add exported records",
    R"(Adds the records of an export that your history does not have; - reads standard input. The
       whole file is checked first: if one line is wrong, nothing is imported.)",
    {"FILE", 1, 1},
    {},
    {{"attune history import history.jsonl",
      "Add what is not there yet; what is there stays as it is."},
     {"attune history export | attune history import -", "Nothing is new, so nothing changes."}},
    run_history_import};

const Command history_backup_row{
    "history backup",
    "copy the whole history to a file",
    R"(Writes a copy of the history, drafts and deleted records included, that only you can read. To
       return to it, put it in place of history.db. With - as FILE, it goes to a pipe.)",
    {"FILE", 1, 1},
    {force_option},
    {{"attune history backup history-backup.db", "A copy that opens as a history."},
     {"attune history backup --force history-backup.db", "Replace the last one."}},
    run_history_backup};

const Command history_lock_row{
    "history lock",
    "encrypt the history with a passphrase",
    R"(Encrypts your history with a passphrase that attune asks for from then on. A recovery code is
       printed first: it opens the history if you forget the passphrase, and nothing else does.
       Backups and exports made before stay readable.)",
    {"", 0, 0},
    {new_passphrase_option},
    {{"attune history lock", "Choose a passphrase, write the recovery code down, and lock."},
     {"attune history lock --new-passphrase-from file:secret.txt > code.txt",
      "The same in a script; code.txt is then the one place that has the recovery code."}},
    run_history_lock,
    OpensHistory::no};

const Command history_unlock_row{
    "history unlock",
    "take the encryption off again",
    "Asks for the passphrase or the recovery code, and keeps your history in plain again.",
    {"", 0, 0},
    {},
    {{"attune history unlock", "Keep the history in plain again, after asking for the passphrase."},
     {"attune history unlock --passphrase-from file:secret.txt", "The same in a script."}},
    run_history_unlock};

const Command history_passphrase_row{
    "history passphrase",
    "change the passphrase of a locked history",
    R"(Asks for the passphrase or the recovery code, then for a new passphrase, and encrypts the
       history anew. There is a new recovery code as well. Copies of the file made earlier still
       open with the old ones.)",
    {"", 0, 0},
    {new_passphrase_option},
    {{"attune history passphrase", "Give the old passphrase, or the recovery code, and a new one."},
     {"attune history passphrase --passphrase-from file:secret.txt",
      "Read the old one from a file, and ask for the new one."}},
    run_history_passphrase};

}  // namespace attune::app
