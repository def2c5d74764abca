// SPDX-License-Identifier: MIT
#include "app/commands/locking.hpp"
#include "app/messages.hpp"
#include "app/rows/rows.hpp"

namespace attune {
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

template <class Change>
ExitStatus with_new_passphrase(const Arguments& arguments, World& world, Change change) {
  const auto source = passphrase_source(arguments, long_name(new_passphrase_option));
  if (!source) return report(world.streams, source.error());
  return change(*source);
}

ExitStatus run_lock(const Arguments& arguments, World& world) {
  return with_new_passphrase(arguments, world, [&](const auto& source) {
    return lock(source, world.paths.data, world.streams);
  });
}

ExitStatus run_unlock(const Arguments&, World& world) {
  return unlock(world.ask_passphrase, world.paths.data, world.streams);
}

ExitStatus run_passphrase(const Arguments& arguments, World& world) {
  return with_new_passphrase(arguments, world, [&](const auto& source) {
    return change_passphrase(world.ask_passphrase, source, world.paths.data, world.streams);
  });
}

}  // namespace

const Command history_lock_row{
    "history lock",
    "encrypt the history with a passphrase",
    "Encrypts your history with a passphrase that attune asks for from then on. A recovery code is "
    "printed first: it opens the history should you forget the passphrase, and nothing else does. "
    "Backups and exports made before stay readable.",
    {"", 0, 0},
    new_passphrase_options,
    lock_examples,
    run_lock,
    OpensHistory::no};

const Command history_unlock_row{
    "history unlock",
    "take the encryption off again",
    "Asks for the passphrase or the recovery code, and keeps your history in plain again.",
    {"", 0, 0},
    {},
    unlock_examples,
    run_unlock};

const Command history_passphrase_row{
    "history passphrase",
    "change the passphrase of a locked history",
    "Asks for the passphrase or the recovery code, then for a new passphrase, and encrypts the "
    "history anew. There is a new recovery code as well. Copies of the file made before still open "
    "by the old ones.",
    {"", 0, 0},
    new_passphrase_options,
    passphrase_examples,
    run_passphrase};

}  // namespace attune
