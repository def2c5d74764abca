// SPDX-License-Identifier: MIT
#pragma once

/// What can be done to a history, for tests in which something fails meanwhile.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attune/history.hpp"

#include "history_values.hpp"

struct Operation {
  std::string name;
  std::function<std::optional<attune::Error>(attune::store::History&)> run;
};

inline attune::store::Import import_of_two() {
  attune::store::Import import;
  import.definitions.push_back({example_hash, "examples", "1.2.3", example_text});
  import.definitions.push_back(newer_definition());
  for (const char* id : {"0000000001", "0000000005"}) {
    import.records.push_back(example_record(id));
    import.records.back().scored_with = example_hash;
  }
  import.records.back().scored_with = newer_definition().sha256;
  import.tried.push_back({"examples", "call", now, "it went well"});
  return import;
}

// Records 1 to 3, of which 2 is deleted, 3 is scored anew, a step was tried, one draft is open and
// a later one discarded.
inline void fill(const std::filesystem::path& directory) {
  attune::store::History history = attune::store::History::open_or_create(directory);
  for (const char* id : {"0000000001", "0000000002", "0000000003"}) {
    history.add_record(example_record(id), example_text);
  }
  CHECK(history.delete_record("0000000002", now));
  history.rescore({"0000000003"}, newer_definition(), now);
  history.add_tried({"examples", "pause", now, "a note"});
  for (int i = 0; i < 2; ++i) {
    attune::store::Draft draft = example_draft();
    history.save_answer(draft, {"whole", attune::Answer(2.0)}, example_text);
    history.save_answer(draft, {"third", attune::Answer(3.0)}, example_text);
    if (i == 1) history.discard_draft(draft.id, now);
  }
}

inline std::optional<attune::Secret> says_words(int /*attempt*/) { return attune::Secret("words"); }

// The same, locked with what says_words says.
inline void fill_and_lock(const std::filesystem::path& directory) {
  fill(directory);
  attune::store::Lock lock = attune::store::make_lock(attune::Secret("words"), {1, 8});
  attune::store::lock_history(directory, lock);
}

inline attune::store::Draft open_draft(attune::store::History& history) {
  return *history.find_draft(example_draft().key);
}

inline std::vector<Operation> writing() {
  return {
      {"save the first answer",
       [](attune::store::History& history) {
         attune::store::Draft draft = example_draft();
         draft.key.about = "mother";
         const auto error = error_of([&] {
           return history.save_answer(draft, {"whole", attune::Answer(4.0)}, example_text);
         });
         CHECK((draft.id == 0) == error.has_value());
         return error;
       }},
      {"add a record with a new text",
       [](attune::store::History& history) {
         attune::Record record = example_record("0000000004");
         record.sha256 = attune::store::sha256("other");
         return error_of([&] { return history.add_record(record, "other"); });
       }},
      {"delete",
       [](attune::store::History& history) {
         return error_of([&] { return history.delete_record("0000000001", now); });
       }},
      {"discard",
       [](attune::store::History& history) {
         return error_of([&] { return history.discard_draft(1, now); });
       }},
      {"undo",
       [](attune::store::History& history) { return error_of([&] { return history.undo(now); }); }},
      {"rescore",
       [](attune::store::History& history) {
         return error_of([&] {
           return history.rescore({"0000000001"},
                                  {attune::store::sha256("third"), "examples", "3", "third"}, now);
         });
       }},
      {"import",
       [](attune::store::History& history) {
         return error_of([&] { return history.add_import(import_of_two(), now); });
       }},
      {"mark as tried",
       [](attune::store::History& history) {
         return error_of([&] { return history.add_tried({"examples", "call", now, ""}); });
       }},
  };
}

// The error of a reading of what fill() has filled; one that succeeds has read all of it, as
// `check` sees.
template <class Read, class Check>
std::optional<attune::Error> read_whole(Read read, Check check) {
  return error_of([&] { check(read()); });
}

inline void check_records(const std::vector<attune::Record>& records) {
  REQUIRE(records.size() == 2);
  check_same(records[0], example_record("0000000001"));
  check_same(records[1], example_record("0000000003"));
  CHECK(records[0].scored_with == example_hash);
  CHECK(records[1].scored_with == newer_definition().sha256);
}

inline void check_draft(const attune::store::Draft& draft) {
  CHECK(draft.key.form == "short");
  CHECK((draft.key.about == "partner"));
  CHECK(draft.order == example_draft().order);
  check_same(draft.answers, {{"third", attune::Answer(3.0), 0}, {"whole", attune::Answer(2.0), 0}});
}

inline std::vector<Operation> reading() {
  using attune::store::History;
  return {
      {"find a draft",
       [](History& history) {
         return read_whole([&] { return history.find_draft(example_draft().key); },
                           [](const auto& found) {
                             REQUIRE(found.has_value());
                             check_draft(*found);
                           });
       }},
      {"drafts",
       [](History& history) {
         return read_whole([&] { return history.drafts(); },
                           [](const auto& found) {
                             REQUIRE(found.size() == 1);
                             check_draft(found[0]);
                           });
       }},
      {"records",
       [](History& history) {
         return read_whole([&] { return history.records({}); }, check_records);
       }},
      {"records of one",
       [](History& history) {
         return read_whole([&] { return history.records({.questionnaire = "examples"}); },
                           check_records);
       }},
      {"a record",
       [](History& history) {
         return read_whole([&] { return history.find_record("0000000003"); },
                           [](const auto& found) {
                             REQUIRE(found.has_value());
                             check_same(*found, example_record("0000000003"));
                           });
       }},
      {"the latest",
       [](History& history) {
         return read_whole(
             [&] { return history.latest_taken("examples", {}); },
             [](const auto& found) { CHECK((found == example_record("").taken_at)); });
       }},
      {"tried steps",
       [](History& history) {
         return read_whole([&] { return history.tried_steps({}); },
                           [](const auto& found) {
                             REQUIRE(found.size() == 1);
                             CHECK(found[0].step == "pause");
                             CHECK(found[0].note == "a note");
                           });
       }},
      {"events",
       [](History& history) {
         return read_whole([&] { return history.events(); },
                           [](const auto& found) {
                             REQUIRE(found.size() == 4);
                             CHECK(found[0].subjects == std::vector<std::string>{"0000000002"});
                             CHECK(found[1].detail == newer_definition().sha256);
                           });
       }},
      {"kept definitions",
       [](History& history) {
         return read_whole(
             [&] { return history.kept_definitions(); },
             [](const auto& found) {
               std::vector<std::string> expected = {example_hash, newer_definition().sha256};
               CHECK(std::is_permutation(found.begin(), found.end(), expected.begin(),
                                         expected.end()));
             });
       }},
      {"a text",
       [](History& history) {
         return read_whole([&] { return history.definition_text(example_hash); },
                           [](const auto& found) { CHECK((found == example_text)); });
       }},
      {"a text that is not there",
       [](History& history) {
         return read_whole([&] { return history.definition_text("none"); },
                           [](const auto& found) { CHECK_FALSE(found.has_value()); });
       }},
      {"image",
       [](History& history) {
         return read_whole([&] { return history.image(); },
                           [](const auto& found) { CHECK(found.size() > 4096); });
       }},
  };
}
