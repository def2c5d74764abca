// SPDX-License-Identifier: MIT
// One step of a locked history's life, to be killed or failed at any of its system calls:
//
//   one_step DIRECTORY save|lock|relock|unlock     does it, then writes "done"
//   one_step DIRECTORY check                       writes what there is: "plain 2", "first 2",
//   "second 2"
//
// The passphrases cost next to nothing here, so that hundreds of runs take seconds.
#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>

#include "attune/catalogue.hpp"
#include "attune/history.hpp"

using namespace attune;  // NOLINT: a test program

namespace {

constexpr PassphraseCost cheap{1, 8};
constexpr const char* text = "format = 1\n# a definition of examples\n";

AskPassphrase says(const char* words) {
  return [words](int attempt) -> Result<std::optional<Secret>> {
    if (attempt > 0) return std::optional<Secret>();
    return std::optional<Secret>(std::in_place, words);
  };
}

// Either passphrase; a wrong one is followed by the other.
Result<std::optional<Secret>> either(int attempt) {
  return says(attempt == 0 ? "first words" : "second words")(attempt > 1 ? 1 : 0);
}

int told(const Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.place.c_str(), error.message.c_str());
  return 1;
}

int told(const Result<void>& result) {
  if (!result) return told(result.error());
  std::printf("done\n");
  if (std::fflush(stdout) == 0) return 0;
  std::fprintf(stderr, "done, but that can't be written\n");
  return 1;
}

int save(const std::string& directory) {
  Result<History> history = History::open_or_create(directory, either);
  if (!history) return told(history.error());
  const Result<std::vector<Record>> records = history->records({});
  if (!records) return told(records.error());
  Record record;
  record.id = "000000000" + std::to_string(records->size());
  record.questionnaire = "examples";
  record.version = "1";
  record.sha256 = sha256(text);
  record.form = "full";
  record.language = "en";
  record.note = "marked words";
  record.answers = {{"one", Answer(4.0), 1}};
  const Result<std::int64_t> kept = history->add_record(record, text);
  return kept ? told(Result<void>()) : told(kept.error());
}

int lock(const std::string& directory) {
  Result<NewLock> made = NewLock::make(Secret("first words"), cheap);
  return made ? told(lock_history(directory, *made)) : told(made.error());
}

int relock(const std::string& directory) {
  Result<OpenLock> opened = OpenLock::open(directory, says("first words"));
  if (!opened) return told(opened.error());
  Result<NewLock> made = NewLock::make(Secret("second words"), cheap);
  return made ? told(opened->replace(*made)) : told(made.error());
}

int unlock(const std::string& directory) {
  Result<OpenLock> opened = OpenLock::open(directory, says("first words"));
  return opened ? told(opened->remove()) : told(opened.error());
}

int check(const std::string& directory) {
  const Result<bool> locked = is_history_locked(directory);
  if (!locked) return told(locked.error());
  for (const char* name : {"first", "second"}) {
    const std::string words = std::string(name) + " words";
    Result<std::optional<History>> history =
        History::open_read_only(directory, says(words.c_str()));
    if (!history && history.error().kind == ErrorKind::permission) continue;
    if (!history) return told(history.error());
    if (!*history) {
      std::printf("nothing\n");
      return 0;
    }
    const Result<std::vector<Record>> records = (**history).records({});
    if (!records) return told(records.error());
    std::printf("%s %zu\n", *locked ? name : "plain", records->size());
    return 0;
  }
  std::fprintf(stderr, "no passphrase opens it\n");
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string directory = argv[1];
  const std::string step = argv[2];
  if (step == "save") return save(directory);
  if (step == "lock") return lock(directory);
  if (step == "relock") return relock(directory);
  if (step == "unlock") return unlock(directory);
  if (step == "check") return check(directory);
  return 2;
}
