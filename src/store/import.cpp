// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"
#include "attune/transfer.hpp"

#include "store/record_id.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_text = 4'000;  // characters of an answer, as parse_answer has it
constexpr std::size_t most_bytes = 4 * most_text;

// Why a line can't be taken; thrown within this file only, so that the readers below can be written
// as one expression each. read_export turns it into an Error.
struct Refused {
  ErrorKind kind;
  std::string message;
};

[[noreturn]] void refuse(std::string message) {
  throw Refused{ErrorKind::bad_data, std::move(message)};
}

const Json& member(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end()) refuse(fmt::format("'{}' is missing", name));
  return *found;
}

std::string text_of(const Json& json, const char* name, std::size_t most) {
  const Json& value = member(json, name);
  if (!value.is_string()) refuse(fmt::format("'{}' is not a text", name));
  std::string text = value.get<std::string>();
  if (text.size() > most) refuse(fmt::format("'{}' is too long", name));
  return text;
}

std::string id_of(const Json& json, const char* name) {
  std::string id = text_of(json, name, most_bytes);
  if (!is_id(id)) refuse(fmt::format("'{}' is not an id", name));
  return id;
}

// A text that may be shown to a person; one that hides something is refused here, not only escaped
// when it is printed.
std::string printable_of(const Json& json, const char* name) {
  std::string text = text_of(json, name, most_bytes);
  if (escape_lines(text) != text) {
    refuse(fmt::format("'{}' holds characters that can't be shown", name));
  }
  return text;
}

std::string hash_of(const Json& json) {
  std::string hash = text_of(json, "sha256", 64);
  const bool is_hash = hash.size() == 64 && std::all_of(hash.begin(), hash.end(), [](char c) {
                         return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                       });
  if (!is_hash) refuse("'sha256' is not one");
  return hash;
}

Instant instant_of(const Json& json, const char* name) {
  const auto instant = parse_rfc3339(text_of(json, name, most_bytes));
  if (!instant) refuse(fmt::format("'{}' is not a time", name));
  return *instant;
}

double number_of(const Json& json, const char* name) {
  const Json& value = member(json, name);
  if (!value.is_number()) refuse(fmt::format("'{}' is not a number", name));
  return value.get<double>();
}

Answer answer_of(const Json& json) {
  const Json& value = member(json, "answer");
  if (value.is_null()) return Skipped{};
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) return printable_of(json, "answer");
  if (!value.is_array()) refuse("'answer' is no answer");
  ChosenIds ids;
  for (const Json& id : value) {
    if (!id.is_string() || !is_id(id.get<std::string>())) refuse("'answer' holds what is no id");
    ids.push_back(id.get<std::string>());
  }
  return ids;
}

std::vector<RecordedAnswer> answers_of(const Json& json) {
  constexpr std::size_t most_answers = 500;
  const Json& value = member(json, "answers");
  if (!value.is_array() || value.size() > most_answers) refuse("'answers' is not a list of them");
  std::vector<RecordedAnswer> answers;
  std::set<std::string> items;
  for (const Json& each : value) {
    if (!each.is_object()) refuse("'answers' holds what is no answer");
    answers.push_back({id_of(each, "item"), answer_of(each), number_of(each, "seconds")});
    if (!items.insert(answers.back().item).second) refuse("'answers' has two for one item");
    const double seconds = answers.back().seconds;
    if (!(seconds >= 0)) refuse("'seconds' is below 0");
  }
  return answers;
}

// The text of a definition, where this is the line that has it.
void add_definition(Import& import, const Json& json, const std::string& sha256,
                    const Record& record) {
  if (!json.contains("text")) return;
  std::string text = text_of(json, "text", max_definition_bytes);
  if (attune::sha256(text) != sha256) refuse("'text' is not the one that 'sha256' names");
  import.definitions.push_back({sha256, record.questionnaire, record.version, std::move(text)});
}

void add_record(Import& import, const Json& json) {
  const Json& questionnaire = member(json, "questionnaire");
  if (!questionnaire.is_object()) refuse("'questionnaire' is not an object");
  Record record;
  record.id = text_of(json, "id", most_bytes);
  if (!detail::is_record_id(record.id)) refuse("'id' is not that of a record");
  record.questionnaire = id_of(questionnaire, "id");
  record.version = printable_of(questionnaire, "version");
  record.sha256 = hash_of(questionnaire);
  record.scored_with = record.sha256;
  record.form = id_of(questionnaire, "form");
  record.language = text_of(questionnaire, "language", most_bytes);
  if (!is_language(record.language)) refuse("'language' is not a language tag");
  if (!member(json, "about").is_null()) record.about = id_of(json, "about");
  record.started_at = instant_of(json, "started_at");
  record.taken_at = instant_of(json, "taken_at");
  record.answers = answers_of(json);
  record.note = printable_of(json, "note");
  add_definition(import, questionnaire, record.sha256, record);
  if (json.contains("scored_with")) {
    const Json& scored = json["scored_with"];
    if (!scored.is_object()) refuse("'scored_with' is not an object");
    record.scored_with = hash_of(scored);
    add_definition(import, scored, record.scored_with, record);
  }
  import.records.push_back(std::move(record));
}

void add_tried(Import& import, const Json& json) {
  import.tried.push_back({id_of(json, "questionnaire"), id_of(json, "step"), instant_of(json, "at"),
                          printable_of(json, "note")});
}

// Which line of how many it says it is; 0 of 0 where it does not.
struct Place {
  double line = 0;
  double lines = 0;
};

// Of a line that only opens brackets, nothing is kept.
Json parse_line(std::string_view line) {
  constexpr int deepest = 16;  // four times that of a record
  const auto see = [](int depth, Json::parse_event_t, const Json&) {
    if (depth > deepest) refuse("is nested too deeply");
    return true;
  };
  return Json::parse(line, see, false);
}

Place add_line(Import& import, std::string_view line) {
  const Json json = parse_line(line);
  if (json.is_discarded()) refuse("is not JSON, or was cut off");
  if (!json.is_object() || !json.contains("schema")) refuse("is not a line of an export");
  const std::string schema = text_of(json, "schema", most_bytes);
  if (schema != "attune.record" && schema != "attune.tried") {
    refuse(fmt::format("'{}' is not a record", escape(schema)));
  }
  if (number_of(json, "version") > 1) {
    throw Refused{ErrorKind::configuration, "was written by a newer attune"};
  }
  if (json.contains("redacted")) refuse("was exported without its answers or texts");
  schema == "attune.record" ? add_record(import, json) : add_tried(import, json);
  if (!json.contains("lines")) return {};
  return {number_of(json, "line"), number_of(json, "lines")};
}

Error refused_at(std::size_t line, Refused refused) {
  return {refused.kind, std::move(refused.message), std::to_string(line), {"nothing was imported"}};
}

}  // namespace

Import read_export(std::string_view text) {
  Import import;
  std::size_t number = 0;
  Place last;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    try {
      last = add_line(import, line);
      if (last.lines > 0 && last.line != static_cast<double>(number)) {
        refuse(fmt::format("a line is missing: this was line {} of the export", last.line));
      }
      if (import.lines.size() < import.records.size()) import.lines.push_back(number);
    } catch (Refused& refused) {
      throw refused_at(number, std::move(refused));
    }
  }
  if (number == 0) throw refused_at(1, {ErrorKind::bad_data, "there is nothing to import"});
  if (last.line != last.lines) {
    throw refused_at(
        number, {ErrorKind::bad_data, fmt::format("the export was cut off: this is line {} of {}",
                                                  last.line, last.lines)});
  }
  return import;
}

}  // namespace attune
