// SPDX-License-Identifier: MIT
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"
#include "attune/transfer.hpp"

#include "oracle.hpp"
#include "targets.hpp"

namespace attune::test {
namespace {

// A history of its own, in memory where the system has a place for that, gone at the end.
class ScratchHistory {
 public:
  ScratchHistory() {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    std::string name = (parent / "attune-fuzz-XXXXXX").native();
    expect(mkdtemp(name.data()) != nullptr, "there is room for a history");
    directory_ = name;
    history_.emplace(store::History::open_or_create(directory_));
  }
  ScratchHistory(const ScratchHistory&) = delete;
  ScratchHistory& operator=(const ScratchHistory&) = delete;
  ~ScratchHistory() {
    history_.reset();
    std::filesystem::remove_all(directory_);
  }

  store::History& operator*() { return *history_; }

  void empty() { static_cast<void>(history_->purge(store::PurgeScope::everything)); }

 private:
  std::filesystem::path directory_;
  std::optional<store::History> history_;
};

std::string export_of(store::History& history) {
  const store::DefinitionTexts texts = [&](const std::string& hash) {
    const std::optional<std::string> text = history.definition_text(hash);
    expect(text && store::sha256(*text) == hash, "the text of each record is kept");
    return *text;
  };
  return store::render_export(history.records({}), history.tried_steps({}), texts);
}

void expect_legal(const store::Import& import) {
  expect(import.records.size() == import.lines.size(), "each record has a line");
  for (const Record& record : import.records) {
    expect(is_id(record.questionnaire) && is_id(record.form), "names are ids");
    expect(record.answers.size() <= 500, "a record has at most 500 answers");
    expect(escape_lines(record.note) == record.note, "a note can be shown");
    for (std::size_t i = 0; i < record.answers.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        expect(record.answers[i].item != record.answers[j].item, "an item has one answer");
      }
    }
  }
  for (const store::KeptDefinition& definition : import.definitions) {
    expect(store::sha256(definition.text) == definition.sha256, "a text has its hash");
  }
}

// What the history takes of `import`, or nothing when it refuses it.
std::optional<store::Imported> imported(store::History& history, const store::Import& import) {
  const Instant now{1'700'000'000'000'000, 60};
  try {
    return history.add_import(import, now);
  } catch (const Error& error) {
    expect(error.kind == ErrorKind::bad_data, "what is refused is bad data");
    return std::nullopt;
  }
}

std::optional<store::Import> read(std::string_view bytes) {
  try {
    return store::read_export(bytes, "");
  } catch (const Error& error) {
    expect(error.place.find_first_not_of("0123456789", 1) == std::string::npos,
           "an error names the line");
    return std::nullopt;
  }
}

}  // namespace

// What is taken in comes out the same, and a second time nothing is new.
void import_target(std::string_view bytes) {
  const std::optional<store::Import> import = read(bytes);
  if (!import) return;
  expect_legal(*import);
  static ScratchHistory history;
  const std::optional<store::Imported> first = imported(*history, *import);
  const std::string whole = export_of(*history);
  if (!first) {
    expect(whole.empty(), "what is refused leaves nothing behind");
    return;
  }
  expect(first->records <= import->records.size(), "no record is made up");
  const std::optional<store::Imported> again = imported(*history, *import);
  expect(again && again->records == 0 && again->tried == 0, "the second time nothing is new");
  expect(export_of(*history) == whole, "the second time changes nothing");
  history.empty();
  expect(export_of(*history).empty(), "an emptied history is empty");
  if (whole.empty()) return;
  const std::optional<store::Import> back = read(whole);
  expect(back && imported(*history, *back), "what is exported can be imported");
  expect(export_of(*history) == whole, "import(export(x)) = x");
  history.empty();
}

}  // namespace attune::test
