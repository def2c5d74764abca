// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "attune/history.hpp"

#include "history_values.hpp"
#include "temporary_directory.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a deleted record is out of sight everywhere, and undo brings it back") {
  const TemporaryDirectory home;
  store::History history = with_records(home.path(), {"0000000001", "0000000002"});
  CHECK(history.delete_record("0000000001", now));
  CHECK((ids(history) == Ids{"0000000002"}));
  CHECK_FALSE(history.find_record("0000000001").has_value());
  CHECK_FALSE(history.delete_record("0000000001", now));
  CHECK_FALSE(history.delete_record("0000000009", now));

  const auto undone = history.undo(now);
  REQUIRE(undone.has_value());
  CHECK(undone->kind == store::HistoryEventKind::deleted);
  CHECK((undone->subjects == Ids{"0000000001"}));
  CHECK((ids(history) == Ids{"0000000001", "0000000002"}));
  CHECK_FALSE(history.undo(now).has_value());
}

TEST_CASE("thirty changes are undone one by one, the last first") {
  const TemporaryDirectory home;
  Ids all;
  for (int i = 10; i < 40; ++i) all.push_back("00000000" + std::to_string(i));
  store::History history = with_records(home.path(), all);
  for (const std::string& id : all) CHECK(history.delete_record(id, now));
  CHECK(ids(history).empty());
  for (auto id = all.rbegin(); id != all.rend(); ++id) {
    CHECK((history.undo(now)->subjects == Ids{*id}));
    CHECK(ids(history).front() == *id);
  }
  CHECK((ids(history) == all));
  // The log is only added to: thirty deletions and thirty times undone.
  CHECK(history.events().size() == 60);
}

TEST_CASE("what is done again after an undo can be undone again") {
  const TemporaryDirectory home;
  store::History history = with_records(home.path(), {"0000000001"});
  for (int round = 0; round < 3; ++round) {
    CHECK(history.delete_record("0000000001", now));
    CHECK(ids(history).empty());
    CHECK(history.undo(now).has_value());
    CHECK((ids(history) == Ids{"0000000001"}));
  }
}

TEST_CASE("a draft discarded by mistake comes back with its answers") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  store::Draft draft = example_draft();
  history.save_answer(draft, {"whole", Answer(4.0)}, example_text);
  history.discard_draft(draft.id, now);
  CHECK_FALSE(history.find_draft(draft.key).has_value());
  CHECK(history.undo(now)->kind == store::HistoryEventKind::discarded);
  CHECK(history.find_draft(draft.key)->answers.size() == 1);
}

TEST_CASE("a draft that is discarded in another terminal loses no answer") {
  const TemporaryDirectory home;
  store::History mine = store::History::open_or_create(home.path());
  store::History other = store::History::open_or_create(home.path());
  store::Draft draft = example_draft();
  mine.save_answer(draft, {"whole", Answer(4.0)}, example_text);
  other.discard_draft(draft.id, now);
  mine.save_answer(draft, {"plain", Answer(Skipped{})}, example_text);
  mine.add_record(example_record("0000000001"), example_text, draft);
  CHECK((ids(other) == Ids{"0000000001"}));
  CHECK(other.drafts().empty());
}

TEST_CASE("a rescored record keeps its answers and the text it was taken with") {
  const TemporaryDirectory home;
  store::History history = with_records(home.path(), {"0000000001", "0000000002"});
  history.rescore({"0000000002"}, newer_definition(), now);
  const std::vector<Record> records = history.records({});
  CHECK(records[0].scored_with == example_hash);
  CHECK(records[1].scored_with == store::sha256("newer"));
  check_same(records[1], example_record("0000000002"));
  CHECK(history.find_record("0000000002")->scored_with == store::sha256("newer"));
  CHECK(history.definition_text(store::sha256("newer")) == "newer");
  CHECK(history.undo(now)->kind == store::HistoryEventKind::rescored);
  CHECK(history.records({})[1].scored_with == example_hash);
}

TEST_CASE("steps that were tried are kept in order, by questionnaire, and can be taken back") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  history.add_tried({"examples", "breathe", now, "went well"});
  history.add_tried({"others", "walk", now, ""});
  history.add_tried({"examples", "breathe", now, "again"});
  const auto tried = history.tried_steps("examples");
  REQUIRE(tried.size() == 2);
  CHECK(tried[0].note == "went well");
  CHECK(tried[1].note == "again");
  CHECK(history.tried_steps({}).size() == 3);
  CHECK(history.undo(now)->kind == store::HistoryEventKind::tried);
  CHECK(history.tried_steps("examples").size() == 1);
}

TEST_CASE("records are filtered by questionnaire and by their own local day") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  const auto add = [&](const std::string& id, const char* taken_at) {
    Record record = example_record(id);
    record.taken_at = *parse_rfc3339(taken_at);
    history.add_record(record, example_text);
  };
  add("0000000001", "2026-03-01T23:30:00-05:00");  // already the second in UTC
  add("0000000002", "2026-03-02T00:30:00+14:00");  // still the first in UTC
  const auto between = [&](Date since, Date until) {
    Ids found;
    for (const Record& record : history.records({{}, since, until})) {
      found.push_back(record.id);
    }
    return found;
  };
  CHECK((between({2026, 3, 1}, {2026, 3, 1}) == Ids{"0000000001"}));
  CHECK((between({2026, 3, 2}, {2026, 3, 2}) == Ids{"0000000002"}));
  CHECK(between({2026, 2, 1}, {2026, 2, 28}).empty());
}

TEST_CASE("the newest record is the one taken last, deleted ones aside") {
  const TemporaryDirectory home;
  store::History history = store::History::open_or_create(home.path());
  CHECK_FALSE(history.latest_taken("examples", {}).has_value());
  const std::optional<std::string> abouts[] = {"partner", "partner", "mother", std::nullopt};
  const std::int64_t seconds[] = {1, 9, 3, 5};  // the second was taken last
  for (int i = 0; i < 4; ++i) {
    Record record = example_record("000000000" + std::to_string(i + 1));
    record.taken_at.microseconds = seconds[i] * 1'000'000;
    record.about = abouts[i];
    history.add_record(record, example_text);
  }
  const auto latest = [&](const std::vector<std::string>& of) {
    return history.latest_taken("examples", of)->microseconds / 1'000'000;
  };
  CHECK(latest({}) == 9);
  CHECK(latest({"mother"}) == 3);
  CHECK(latest({""}) == 5);
  CHECK(latest({"mother", ""}) == 5);
  CHECK_FALSE(history.latest_taken("examples", {"father"}).has_value());
  CHECK_FALSE(history.latest_taken("others", {}).has_value());
  CHECK(history.delete_record("0000000002", now));
  CHECK(latest({}) == 5);
}

TEST_CASE("a purge leaves no trace of what was deleted, and all of the rest") {
  const TemporaryDirectory home;
  Record marked = example_record("0000000001");
  marked.note = "MARKER of a note";
  {
    store::History history = with_records(home.path(), {"0000000002"});
    history.add_record(marked, example_text);
    store::Draft draft = example_draft();
    history.save_answer(draft, {"plain", Answer(std::string("MARKER of a draft"))}, example_text);
    history.discard_draft(draft.id, now);
    history.rescore({"0000000001"}, newer_definition(), now);
    history.add_tried({"examples", "breathe", now, "went well"});
    CHECK(history.delete_record("0000000001", now));
    const store::Purged purged = history.purge(store::PurgeScope::deleted);
    CHECK(purged.records == 1);
    CHECK(purged.drafts == 1);
    CHECK((ids(history) == Ids{"0000000002"}));
    CHECK(history.tried_steps("examples").size() == 1);
    CHECK_FALSE(history.definition_text(store::sha256("newer")).has_value());
    // Only the step tried is left to undo.
    CHECK(history.undo(now)->kind == store::HistoryEventKind::tried);
    CHECK_FALSE(history.undo(now).has_value());
  }
  for (const auto& entry : std::filesystem::directory_iterator(home.path())) {
    CHECK(read_bytes(entry.path()).find("MARKER") == std::string::npos);
  }
}

TEST_CASE("a purge of everything leaves an empty history that goes on") {
  const TemporaryDirectory home;
  store::History history = with_records(home.path(), {"0000000001"});
  CHECK(history.purge(store::PurgeScope::everything).records == 1);
  CHECK(ids(history).empty());
  CHECK(read_bytes(home.path() / store::history_file_name).find("walk by the river") ==
        std::string::npos);
  history.add_record(example_record("0000000001"), example_text);
  CHECK((ids(history) == Ids{"0000000001"}));
}

TEST_CASE("the image of a history opens as that history") {
  const TemporaryDirectory home;
  const TemporaryDirectory copy;
  store::History history = with_records(home.path(), {"0000000001", "0000000002"});
  CHECK(history.delete_record("0000000002", now));
  write_bytes(copy.path() / store::history_file_name, history.image());
  store::History copied = *store::History::open_read_only(copy.path());
  CHECK((ids(copied) == Ids{"0000000001"}));
  check_same(copied.records({})[0], example_record("0000000001"));
}
