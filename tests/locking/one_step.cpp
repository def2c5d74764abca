// SPDX-License-Identifier: MIT
// One step of a locked history's life, to be killed or failed at any of its system calls:
//
//   one_step DIRECTORY save|lock|relock|unlock     does it, then writes "done"
//   one_step DIRECTORY check                       writes what there is: "plain 2", "first 2",
//   "second 2"
//
// The passphrases cost next to nothing here, so that hundreds of runs take seconds.
#include <cstdio>
#include <optional>
#include <string>
#include <unistd.h>

#include "attune/catalogue.hpp"
#include "attune/history.hpp"

using namespace attune;  // NOLINT: a test program

namespace {

constexpr store::PassphraseCost cheap{1, 8};
constexpr const char* text = "format = 1\n# a definition of examples\n";

store::AskPassphrase says(const char* words) {
  return [words](int attempt) -> std::optional<Secret> {
    if (attempt > 0) return std::nullopt;
    return Secret(words);
  };
}

// Either passphrase; a wrong one is followed by the other.
std::optional<Secret> either(int attempt) {
  return says(attempt == 0 ? "first words" : "second words")(attempt > 1 ? 1 : 0);
}

void save(const std::string& directory) {
  store::History history = store::History::open_or_create(directory, either);
  Record record;
  record.id = "000000000" + std::to_string(history.records({}).size());
  record.questionnaire = "examples";
  record.version = "1";
  record.sha256 = store::sha256(text);
  record.form = "full";
  record.language = "en";
  record.note = "marked words";
  record.answers = {{"one", Answer(4.0), 1}};
  history.add_record(record, text);
}

void lock(const std::string& directory) {
  store::Lock made = store::make_lock(Secret("first words"), cheap);
  store::lock_history(directory, made);
}

void relock(const std::string& directory) {
  const auto opened = store::open_locked_file(directory, says("first words"));
  store::Lock made = store::make_lock(Secret("second words"), cheap);
  store::replace_lock(*opened, made);
}

void unlock(const std::string& directory) {
  store::remove_lock(*store::open_locked_file(directory, says("first words")));
}

// What there is, by the one passphrase or the other, or without.
std::string found(const std::string& directory) {
  const bool locked = store::is_history_locked(directory);
  for (const std::string name : {"first", "second"}) {
    try {
      std::optional<store::History> history =
          store::History::open_read_only(directory, says((name + " words").c_str()));
      if (!history) return "nothing";
      return (locked ? name : "plain") + " " + std::to_string(history->records({}).size());
    } catch (const Error& error) {
      if (error.kind != ErrorKind::permission) throw;
    }
  }
  throw Error(ErrorKind::permission, "no passphrase opens it", directory);
}

int act(const std::string& step, const std::string& directory) {
  std::string said = "done";
  if (step == "save") {
    save(directory);
  } else if (step == "lock") {
    lock(directory);
  } else if (step == "relock") {
    relock(directory);
  } else if (step == "unlock") {
    unlock(directory);
  } else if (step == "check") {
    said = found(directory);
  } else {
    return 2;
  }
  std::printf("%s\n", said.c_str());
  if (std::fflush(stdout) == 0) return 0;
  std::fprintf(stderr, "%s, but that can't be written\n", said.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    return act(argv[2], argv[1]);
  } catch (const Error& error) {
    std::fprintf(stderr, "%s: %s\n", error.place.c_str(), error.message.c_str());
    return 1;
  }
}
