// SPDX-License-Identifier: MIT
#include "attune/transfer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "history_values.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

using Json = nlohmann::json;

// What a person can have typed: no characters that can't be shown.
std::vector<RecordedAnswer> printable_answers() {
  std::vector<RecordedAnswer> answers;
  for (RecordedAnswer& each : answers_of_every_kind()) {
    if (each.item != "awkward" && each.item != "wide" && each.item != "zero") {
      answers.push_back(std::move(each));
    }
  }
  return answers;
}

Record exported_record(const std::string& id) {
  Record record = example_record(id);
  record.answers = printable_answers();
  record.scored_with = record.sha256;
  return record;
}

const store::DefinitionTexts texts = [](const std::string& sha256) {
  return sha256 == example_hash ? example_text : "newer";
};

// An export of two records and a step.
std::string example_export() {
  Record rescored = exported_record("0000000002");
  rescored.scored_with = store::sha256("newer");
  return store::render_export({exported_record("0000000001"), rescored},
                              {{"examples", "breathe", {1'700'000'000'000'000, 60}, "went well"}},
                              texts);
}

struct Refusal {
  ErrorKind kind;
  std::string line;
  std::string message;
};

Refusal refusal_of(const std::string& text) {
  const std::optional<Error> error = error_of([&] { return store::read_export(text, "file"); });
  REQUIRE(error.has_value());
  CHECK_FALSE(error->advice.empty());
  CHECK(error->place.starts_with("file:"));
  return {error->kind, error->place.substr(5), error->message};
}

// The first line with one member replaced.
std::string with(const char* name, const Json& value) {
  Json json = Json::parse(example_export().substr(0, example_export().find('\n')));
  json["lines"] = 1;
  json[name] = value;
  return json.dump() + '\n';
}
}  // namespace

TEST_CASE("an export is read back whole") {
  const store::Import import = store::read_export(example_export(), "file");
  REQUIRE(import.records.size() == 2);
  check_same(import.records[0], exported_record("0000000001"));
  check_same(import.records[1], exported_record("0000000002"));
  CHECK(import.records[0].scored_with == example_hash);
  CHECK(import.records[1].scored_with == store::sha256("newer"));
  REQUIRE(import.definitions.size() == 2);
  CHECK(import.definitions[0].text == example_text);
  CHECK(import.definitions[1].text == "newer");
  REQUIRE(import.tried.size() == 1);
  CHECK(import.tried[0].step == "breathe");
  CHECK(import.tried[0].note == "went well");
}

TEST_CASE("a line names its schema, its version and what it holds") {
  const Json json = Json::parse(example_export().substr(0, example_export().find('\n')));
  CHECK(json["schema"] == "attune.record");
  CHECK(json["version"] == 1);
  CHECK(json["id"] == "0000000001");
  CHECK(json["questionnaire"]["sha256"] == example_hash);
  CHECK(json["about"] == "partner");
  CHECK(json["taken_at"] == "2023-11-14T23:19:20.000001+01:00");
  CHECK(json["answers"][0]["item"] == "whole");
  CHECK(json["answers"][0]["answer"] == 4);
  CHECK(json["answers"][5]["answer"].is_null());
  CHECK(json["answers"][7]["answer"] == Json({"a.b", "c-d", "e_f", "0"}));
}

TEST_CASE("an export that was cut off anywhere is noticed") {
  const std::string whole = example_export();
  for (std::size_t size = 0; size + 1 < whole.size(); size += 61) {
    CAPTURE(size);
    CHECK(refusal_of(whole.substr(0, size)).kind == ErrorKind::bad_data);
  }
  // At the end of a line every line is well formed, and yet one is missing.
  CHECK(refusal_of(whole.substr(0, whole.find('\n') + 1)).line == "1");
}

TEST_CASE("a line missing from the beginning or the middle is noticed") {
  const std::string whole = example_export();
  const std::size_t first = whole.find('\n') + 1;
  const std::size_t second = whole.find('\n', first) + 1;
  CHECK(refusal_of(whole.substr(first)).line == "1");
  CHECK(refusal_of(whole.substr(0, first) + whole.substr(second)).line == "2");
}

TEST_CASE("empty lines mean nothing, and several exports may follow each other") {
  const std::string whole = example_export();
  const auto once = store::read_export(whole, "x");
  const auto twice = store::read_export("\n" + whole + "\r\n" + whole + "\n", "x");
  CHECK(twice.records.size() == 2 * once.records.size());
  CHECK(twice.tried.size() == once.tried.size());
}

TEST_CASE("what is damaged, foreign or redacted is refused with its line") {
  const std::string first = example_export().substr(0, example_export().find('\n') + 1);
  const std::pair<const char*, std::string> cases[] = {
      {"no JSON", first + "{\n"},
      {"a number", first + "17\n"},
      {"another program's line", first + "{\"a\":1}\n"},
      {"another schema", first + "{\"schema\":\"attune.profile\",\"version\":1}\n"},
      {"a byte that is not UTF-8", first + "{\"schema\":\"\xff\"}\n"},
      {"deep nesting", first + std::string(100'000, '[') + "\n"},
  };
  for (const auto& each : cases) {
    const std::string name = each.first;
    const std::string& text = each.second;
    CAPTURE(name);
    const Refusal refusal = refusal_of(text);
    CHECK(refusal.kind == ErrorKind::bad_data);
    CHECK(refusal.line == "2");
  }
}

TEST_CASE("values out of bounds are refused") {
  const std::pair<const char*, Json> cases[] = {
      {"id", "0000"},
      {"id", "../../etc/x"},
      {"id", 7},
      {"about", "My Mother"},
      {"taken_at", "yesterday"},
      {"taken_at", nullptr},
      {"note", "\x1b[31mred"},
      {"note", "turned\u202e around"},
      {"note", std::string(20'000, 'x')},
      {"answers", 1},
      {"answers", {1}},
      {"answers", {{{"item", "Whole"}, {"answer", 1}, {"seconds", 0}}}},
      {"answers", {{{"item", "whole"}, {"answer", true}, {"seconds", 0}}}},
      {"answers", {{{"item", "whole"}, {"answer", {{"a", 1}}}, {"seconds", 0}}}},
      {"answers", {{{"item", "whole"}, {"answer", {"A b"}}, {"seconds", 0}}}},
      {"answers", {{{"item", "whole"}, {"answer", {1}}, {"seconds", 0}}}},
      {"answers", {{{"item", "whole"}, {"answer", 1}, {"seconds", "0"}}}},
      {"answers", {{{"item", "whole"}, {"answer", 1}, {"seconds", -1}}}},
      {"answers", {{{"item", "whole"}, {"answer", 1}}}},
      {"answers",
       {{{"item", "whole"}, {"answer", 1}, {"seconds", 0}},
        {{"item", "whole"}, {"answer", 2}, {"seconds", 0}}}},
      {"questionnaire", "examples"},
      {"questionnaire", {{"id", "examples"}, {"version", "1"}, {"sha256", "12"}}},
      {"scored_with", 5},
  };
  REQUIRE_FALSE(error_of([&] { return store::read_export(with("note", "a note"), "file"); }));
  for (const auto& each : cases) {
    const char* const name = each.first;
    const Json& value = each.second;
    CAPTURE(std::string(name));
    CAPTURE(value.dump());
    CHECK(refusal_of(with(name, value)).kind == ErrorKind::bad_data);
  }
}

TEST_CASE("a definition text under another's hash is refused") {
  Json json = Json::parse(with("note", ""));
  json["questionnaire"]["text"] = "format = 1\n# another\n";
  CHECK(refusal_of(json.dump()).kind == ErrorKind::bad_data);
}

TEST_CASE("a language that is no tag and a hash that is none are refused as such") {
  const auto refused = [](const char* member, const std::string& value) {
    Json json = Json::parse(with("note", ""));
    json["questionnaire"][member] = value;
    return refusal_of(json.dump()).message;
  };
  for (const char* tag : {"e", "../en", "EN"}) {
    CAPTURE(std::string(tag));
    CHECK(refused("language", tag).find("'questionnaire.language' is not a language tag") !=
          std::string::npos);
  }
  for (const std::string& hash : {std::string(63, 'a'), std::string(64, 'g'), std::string(64, 'A'),
                                  std::string(64, '/'), std::string(64, ':')}) {
    CAPTURE(hash);
    CHECK(refused("sha256", hash).find("'questionnaire.sha256' is not a SHA-256") !=
          std::string::npos);
  }
}

TEST_CASE("more answers than a questionnaire has items are refused") {
  Json answers = Json::array();
  const auto add = [&] {
    const std::string item = "item" + std::to_string(answers.size());
    answers.push_back({{"item", item}, {"answer", 1}, {"seconds", 0}});
  };
  while (answers.size() < 500) add();
  CHECK_FALSE(error_of([&] { return store::read_export(with("answers", answers), "file"); }));
  add();
  CHECK(refusal_of(with("answers", answers)).message.find("'answers' is not a list") !=
        std::string::npos);
}

TEST_CASE("a line of a newer version is told as newer") {
  CHECK(refusal_of(with("version", 2)).kind == ErrorKind::configuration);
}
