// SPDX-License-Identifier: MIT
// `attune history lock`, `unlock` and `passphrase`.
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <string>

#include "attune/history.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/passphrase.hpp"
#include "app/terminal/console.hpp"
#include "app/terminal/prompt.hpp"

namespace attune::app {
namespace {

constexpr OptionSpec new_passphrase_options[] = {new_passphrase_option};

constexpr Example lock_examples[] = {
    {"attune history lock", "Choose a passphrase, write the recovery code down, and lock."},
    {"attune history lock --new-passphrase-from file:secret.txt > code.txt",
     "The same in a script; code.txt is then the one place that has the recovery code."},
};

constexpr Example unlock_examples[] = {
    {"attune history unlock", "Keep the history in plain again, after asking for the passphrase."},
    {"attune history unlock --passphrase-from file:secret.txt", "The same in a script."},
};

constexpr Example passphrase_examples[] = {
    {"attune history passphrase", "Give the old passphrase, or the recovery code, and a new one."},
    {"attune history passphrase --passphrase-from file:secret.txt",
     "Read the old one from a file, and ask for the new one."},
};

constexpr std::size_t code_group_length = 5;
constexpr int most_code_attempts = 3;

// Wrapped to the terminal, wherever it stands.
void say_wrapped(Output& output, std::string_view text) {
  for (const std::string& line : wrap(text, text_columns(terminal_size(output.descriptor())))) {
    output.write(line + "\n");
  }
}

// Whether the person has the code on paper, by its last group. Nothing: interrupted.
std::optional<bool> has_code(std::string_view code, Streams& streams) {
  const std::string_view end = code.substr(code.size() - code_group_length);
  for (int attempt = 0; attempt < most_code_attempts; ++attempt) {
    std::optional<std::string> typed =
        ask_line(streams, "\nWhen you have it on paper, type its last five characters: ");
    if (!typed) return {};
    std::transform(typed->begin(), typed->end(), typed->begin(),
                   [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    if (*typed == end) return true;
    talk_output(streams).write("That is not its end.\n");
  }
  return false;
}

// Writes the code to standard output, and asks for it where a person may be. `done`: go on.
ExitStatus hand_over(const store::Lock& lock, bool by_person, Streams& streams) {
  Output& talk = talk_output(streams);
  const std::string_view code = lock.recovery_code.view();
  if (by_person) {
    talk.write("\n");
    say_wrapped(
        talk,
        "This recovery code opens your history if you forget the passphrase. Write it down, and "
        "keep it where the computer is not. Whoever has it can read your history; without it and "
        "without the passphrase nobody can, not even you.");
    talk.write("\n");
    talk.flush();
  }
  streams.out.write(fmt::format("{}\n", code));
  if (!streams.out.flush()) {
    say_wrapped(talk, "Nothing was changed: a code that is not kept would be of no use.");
    return ExitStatus::io;  // why it failed is reported at the end, as always
  }
  if (!by_person || !streams.out_is_terminal) return ExitStatus::done;
  const std::optional<bool> kept = has_code(code, streams);
  if (kept == true) return ExitStatus::done;
  talk.write("Nothing was changed.\n");
  return kept ? ExitStatus::no : ExitStatus::interrupted;
}

ExitStatus run_history_lock(const Arguments& arguments, World& world) {
  const auto source = passphrase_source(arguments, long_name(new_passphrase_option));
  if (store::is_history_locked(world.paths.data)) {
    throw Error{ErrorKind::usage,
                "the history is locked already",
                {},
                {"attune history passphrase changes its passphrase"}};
  }
  store::Lock lock = store::make_lock(new_passphrase(source, world.streams));
  const ExitStatus handed = hand_over(lock, !source, world.streams);
  if (handed != ExitStatus::done) return handed;
  store::lock_history(world.paths.data, lock);
  say_wrapped(world.streams.err,
              "Locked. From now on attune asks for the passphrase whenever it opens your history. "
              "Backups and exports you made before are as readable as they were.");
  return ExitStatus::done;
}

ExitStatus run_history_unlock(const Arguments&, World& world) {
  store::remove_lock(*store::open_locked_file(world.paths.data, world.ask_passphrase));
  say_wrapped(world.streams.err,
              "Unlocked. Your history is kept in plain again, readable by you alone.");
  return ExitStatus::done;
}

ExitStatus run_history_passphrase(const Arguments& arguments, World& world) {
  const auto source = passphrase_source(arguments, long_name(new_passphrase_option));
  const auto former = store::open_locked_file(world.paths.data, world.ask_passphrase);
  store::Lock lock = store::make_lock(new_passphrase(source, world.streams));
  const ExitStatus handed = hand_over(lock, !source, world.streams);
  if (handed != ExitStatus::done) return handed;
  store::replace_lock(*former, lock);
  say_wrapped(world.streams.err,
              "Changed. The old passphrase and the old recovery code open older copies of the file "
              "only, such as backups.");
  return ExitStatus::done;
}

}  // namespace

const Command history_lock_row{
    "history lock",
    "encrypt the history with a passphrase",
    R"(Encrypts your history with a passphrase that attune asks for from then on. A recovery code is
       printed first: it opens the history should you forget the passphrase, and nothing else does.
       Backups and exports made before stay readable.)",
    {"", 0, 0},
    new_passphrase_options,
    lock_examples,
    run_history_lock,
    OpensHistory::no};

const Command history_unlock_row{
    "history unlock",
    "take the encryption off again",
    "Asks for the passphrase or the recovery code, and keeps your history in plain again.",
    {"", 0, 0},
    {},
    unlock_examples,
    run_history_unlock};

const Command history_passphrase_row{
    "history passphrase",
    "change the passphrase of a locked history",
    R"(Asks for the passphrase or the recovery code, then for a new passphrase, and encrypts the
       history anew. There is a new recovery code as well. Copies of the file made before still open
       by the old ones.)",
    {"", 0, 0},
    new_passphrase_options,
    passphrase_examples,
    run_history_passphrase};

}  // namespace attune::app
