// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/history.hpp"

#include "temporary_directory.hpp"

/// Invented values that the tests of the history keep and read back.

inline const std::string example_text = "format = 1\n# a definition of examples\n";

inline const std::string example_hash = attune::store::sha256(example_text);

inline std::vector<attune::RecordedAnswer> answers_of_every_kind() {
  using attune::Answer;
  using attune::ChosenIds;
  using namespace std::string_literals;
  return {
      {"whole", Answer(4.0), 2.25},
      {"third", Answer(1.0 / 3.0), 0.1},
      {"negative", Answer(-1.5), 0},
      {"tiny", Answer(5e-324), 0},
      {"huge", Answer(1.7976931348623157e308), 1e6},
      {"left.out", Answer(attune::Skipped{}), 0},
      {"one", Answer(ChosenIds{"near"}), 3},
      {"several", Answer(ChosenIds{"a.b", "c-d", "e_f", "0"}), 3},
      {"none", Answer(ChosenIds{}), 0},
      {"plain", Answer("a walk by the river"s), 12},
      {"empty", Answer(""s), 0},
      {"awkward", Answer("'; drop table records; -- \"%s\" \\ \t\r\n + | = ?1"s), 0},
      {"wide", Answer("\u00e9\u4e2d\u6587\U0001f600 e\u0301 \u202e"s), 0},
      {"zero", Answer("before\0after"s), 0},
      {"long", Answer(std::string(16000, 'x')), 0},
  };
}

inline attune::Record example_record(std::string id) {
  attune::Record record;
  record.id = std::move(id);
  record.questionnaire = "examples";
  record.version = "1.2.3";
  record.sha256 = example_hash;
  record.form = "full";
  record.language = "en";
  record.about = "partner";
  record.started_at = {1'700'000'000'123'456, -210};
  record.taken_at = {1'700'000'360'000'001, 60};
  record.answers = answers_of_every_kind();
  record.note = "after a good week\nand a bad day";
  return record;
}

inline attune::store::Draft example_draft() {
  attune::store::Draft draft;
  draft.key = {.questionnaire = "examples", .form = "short", .about = "partner"};
  draft.version = "1.2.3";
  draft.sha256 = example_hash;
  draft.language = "en";
  draft.started_at = {1'700'000'000'123'456, 330};
  for (const attune::RecordedAnswer& answer : answers_of_every_kind()) {
    draft.order.insert(draft.order.begin(), answer.item);
  }
  return draft;
}

/// When changes of the examples are made.
inline constexpr attune::Instant now{1'700'001'000'000'000, 60};

/// What the examples are scored with anew.
inline attune::store::KeptDefinition newer_definition() {
  return {attune::store::sha256("newer"), "examples", "2.0.0", "newer"};
}

inline void check_same(const std::vector<attune::RecordedAnswer>& found,
                       const std::vector<attune::RecordedAnswer>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(expected[i].item);
    CHECK(found[i].item == expected[i].item);
    CHECK((found[i].answer == expected[i].answer));
    CHECK(found[i].seconds == expected[i].seconds);
  }
}

inline void check_same(const attune::Record& found, const attune::Record& expected) {
  CHECK(found.id == expected.id);
  CHECK(found.questionnaire == expected.questionnaire);
  CHECK(found.version == expected.version);
  CHECK(found.sha256 == expected.sha256);
  CHECK(found.form == expected.form);
  CHECK(found.language == expected.language);
  CHECK((found.about == expected.about));
  CHECK((found.started_at == expected.started_at));
  CHECK((found.taken_at == expected.taken_at));
  CHECK(found.note == expected.note);
  check_same(found.answers, expected.answers);
}

/// The error that `act` throws, if it does.
template <class Act>
std::optional<attune::Error> error_of(Act act) {
  try {
    static_cast<void>(act());
  } catch (const attune::Error& error) {
    CHECK(error.message != "");
    return error;
  }
  return std::nullopt;
}

/// The kind of the error that `act` must throw.
template <class Act>
attune::ErrorKind kind(Act act) {
  const std::optional<attune::Error> error = error_of(act);
  REQUIRE(error.has_value());
  return error->kind;
}

/// Whether no save is under way or was cut short: a journal that is there has zeros for its head.
inline bool is_at_rest(const std::filesystem::path& directory) {
  const std::filesystem::path journal = directory / "history.db-journal";
  return !std::filesystem::exists(journal) ||
         read_bytes(journal).starts_with(std::string(28, '\0'));
}

/// The ids of all records, in the order of the history.
inline std::vector<std::string> ids(attune::store::History& history) {
  std::vector<std::string> found;
  for (const attune::Record& record : history.records({})) found.push_back(record.id);
  return found;
}

/// A new history of these records.
inline attune::store::History with_records(const std::filesystem::path& directory,
                                           const std::vector<std::string>& kept) {
  attune::store::History history = attune::store::History::open_or_create(directory);
  for (const std::string& id : kept) history.add_record(example_record(id), example_text);
  return history;
}
