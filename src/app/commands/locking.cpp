// SPDX-License-Identifier: MIT
#include "app/commands/locking.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>

#include "attune/text.hpp"

#include "app/messages.hpp"
#include "app/terminal/ask_line.hpp"
#include "app/terminal/layout.hpp"

namespace attune {
namespace {

constexpr std::size_t group_length = 5;
constexpr int most_attempts = 3;

// Wrapped to the terminal, wherever it stands.
void say(Output& output, std::string_view text) {
  for (const std::string& line : wrap(text, text_columns(terminal_size(output.descriptor())))) {
    output.write(line + "\n");
  }
}

// Whether the person has the code on paper, by its last group. Nothing: interrupted.
std::optional<bool> has_code(std::string_view code, Streams& streams) {
  const std::string_view end = code.substr(code.size() - group_length);
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    std::optional<std::string> typed =
        ask_line(streams, "\nWhen you have it on paper, type its last five characters: ");
    if (!typed) return {};
    std::transform(typed->begin(), typed->end(), typed->begin(), [](char letter) {
      return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    if (*typed == end) return true;
    talk_output(streams).write("That is not its end.\n");
  }
  return false;
}

// Writes the code to standard output, and asks for it where a person may be. `done`: go on.
ExitStatus hand_over(const NewLock& lock, bool by_person, Streams& streams) {
  Output& talk = talk_output(streams);
  const std::string_view code = lock.recovery_code().view();
  if (by_person) {
    talk.write("\n");
    say(talk,
        "This recovery code opens your history if you forget the passphrase. Write it down, and "
        "keep it where the computer is not. Whoever has it can read your history; without it and "
        "without the passphrase nobody can, not even you.");
    talk.write("\n");
    talk.flush();
  }
  streams.out.write(fmt::format("{}\n", code));
  if (!streams.out.flush()) {
    say(talk, "Nothing was changed: a code that is not kept would be of no use.");
    return ExitStatus::io;  // why it failed is told at the end, as always
  }
  if (!by_person || !streams.out_is_terminal) return ExitStatus::done;
  const std::optional<bool> kept = has_code(code, streams);
  if (kept && *kept) return ExitStatus::done;
  talk.write("Nothing was changed.\n");
  return kept ? ExitStatus::no : ExitStatus::interrupted;
}

Result<NewLock> make_lock(const std::optional<PassphraseSource>& source, Streams& streams) {
  const Result<Secret> passphrase = new_passphrase(source, streams);
  if (!passphrase) return passphrase.error();
  return attempt([&] { return NewLock::make(*passphrase); });
}

}  // namespace

ExitStatus lock(const std::optional<PassphraseSource>& source,
                const std::filesystem::path& directory, Streams& streams) {
  const Result<bool> locked = attempt([&] { return is_history_locked(directory); });
  if (!locked) return report(streams, locked.error());
  if (*locked) {
    return report(streams, Error{ErrorKind::usage,
                                 "the history is locked already",
                                 {},
                                 {"attune history passphrase changes its passphrase"}});
  }
  Result<NewLock> lock = make_lock(source, streams);
  if (!lock) return report(streams, lock.error());
  const ExitStatus handed = hand_over(*lock, !source, streams);
  if (handed != ExitStatus::done) return handed;
  if (Result<void> done = attempt([&] { return lock_history(directory, *lock); }); !done) {
    return report(streams, done.error());
  }
  say(streams.err,
      "Locked. From now on attune asks for the passphrase whenever it opens your history. Backups "
      "and exports you made before are as readable as they were.");
  return ExitStatus::done;
}

ExitStatus unlock(const AskPassphrase& ask, const std::filesystem::path& directory,
                  Streams& streams) {
  Result<OpenLock> lock = attempt([&] { return OpenLock::open(directory, ask); });
  if (!lock) return report(streams, lock.error());
  if (Result<void> done = attempt([&] { return lock->remove(); }); !done)
    return report(streams, done.error());
  say(streams.err, "Unlocked. Your history is kept in plain again, readable by you alone.");
  return ExitStatus::done;
}

ExitStatus change_passphrase(const AskPassphrase& ask,
                             const std::optional<PassphraseSource>& source,
                             const std::filesystem::path& directory, Streams& streams) {
  Result<OpenLock> former = attempt([&] { return OpenLock::open(directory, ask); });
  if (!former) return report(streams, former.error());
  Result<NewLock> lock = make_lock(source, streams);
  if (!lock) return report(streams, lock.error());
  const ExitStatus handed = hand_over(*lock, !source, streams);
  if (handed != ExitStatus::done) return handed;
  if (Result<void> done = attempt([&] { return former->replace(*lock); }); !done)
    return report(streams, done.error());
  say(streams.err,
      "Changed. The old passphrase and the old recovery code open older copies of the file only, "
      "such as backups.");
  return ExitStatus::done;
}

}  // namespace attune
