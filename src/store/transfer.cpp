// SPDX-License-Identifier: MIT
#include "attune/transfer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "base/json.hpp"
#include "store/database.hpp"

namespace attune::store {
namespace {

// --- writing

Json answers_json(const Record& record) {
  Json answers = Json::array();
  for (const RecordedAnswer& each : record.answers) {
    answers.push_back({{"item", each.item},
                       {"answer", answer_json(each.answer)},
                       {"seconds", number_json(each.seconds)}});
  }
  return answers;
}

struct ExportWriter {
  const DefinitionTexts& texts;
  std::size_t lines;
  std::size_t line = 0;
  std::set<std::string> written{};  // hashes of the texts that an earlier line has
  std::string text{};

  Json begin(const char* schema) {
    return {{"schema", schema}, {"version", 1}, {"line", ++line}, {"lines", lines}};
  }

  void add_text(Json& definition, const std::string& sha256) {
    if (written.insert(sha256).second) definition["text"] = texts(sha256);
  }

  void add(const Record& record) {
    Json json = begin("attune.record");
    json["id"] = record.id;
    json["questionnaire"] = {{"id", record.questionnaire},
                             {"version", record.version},
                             {"sha256", record.sha256},
                             {"form", record.form},
                             {"language", record.language}};
    add_text(json["questionnaire"], record.sha256);
    json["about"] = record.about ? Json(*record.about) : Json(nullptr);
    json["started_at"] = render_rfc3339(record.started_at);
    json["taken_at"] = render_rfc3339(record.taken_at);
    if (record.scored_with != record.sha256 && !record.scored_with.empty()) {
      json["scored_with"] = {{"sha256", record.scored_with}};
      add_text(json["scored_with"], record.scored_with);
    }
    json["answers"] = answers_json(record);
    json["note"] = record.note;
    text += json_line(json);
  }

  void add(const TriedStep& step) {
    Json json = begin("attune.tried");
    json["questionnaire"] = step.questionnaire;
    json["step"] = step.step;
    json["at"] = render_rfc3339(step.at);
    if (step.about) json["about"] = *step.about;
    json["note"] = step.note;
    text += json_line(json);
  }
};

// --- reading

// Why a line can't be taken; read_export adds which line it is.
[[noreturn]] void refuse(std::string message) {
  throw Error(ErrorKind::bad_data, std::move(message));
}

Answer answer_at(const JsonPlace& place) {
  if (place.json().is_string()) return place.text();
  std::optional<Answer> answer = answer_of(place.json());
  const auto* ids = answer ? std::get_if<ChosenIds>(&*answer) : nullptr;
  if (!answer || (ids != nullptr && !std::ranges::all_of(*ids, is_id))) {
    place.refuse_as("an answer");
  }
  return *std::move(answer);
}

std::vector<RecordedAnswer> answers_at(const JsonPlace& place) {
  constexpr std::size_t most_answers = 500;
  const Json& value = place.json();
  if (!value.is_array() || value.size() > most_answers) place.refuse_as("a list of answers");
  std::vector<RecordedAnswer> answers;
  std::set<std::string> items;
  for (const Json& json : value) {
    const JsonPlace each(json, "answers");
    answers.push_back({each["item"].id(), answer_at(each["answer"]), each["seconds"].number()});
    if (!items.insert(answers.back().item).second) refuse("'answers' has two for one item");
    if (!(answers.back().seconds >= 0)) each["seconds"].refuse_as("0 or more");
  }
  return answers;
}

// The text of a definition, where this is the line that has it.
void add_definition(Import& import, const JsonPlace& place, const std::string& sha256,
                    const Record& record) {
  if (!place.json().contains("text")) return;
  std::string text = place["text"].text(max_definition_bytes);
  if (store::sha256(text) != sha256) refuse("'text' is not the one that 'sha256' names");
  const auto is_control = [](char c) { return c >= 0 && c < ' ' && c != '\n' && c != '\t'; };
  if (invalid_utf8(text) || std::ranges::any_of(text, is_control)) {
    refuse("'text' holds characters that can't be shown");
  }
  import.definitions.push_back({sha256, record.questionnaire, record.version, std::move(text)});
}

std::optional<std::string> about_at(const JsonPlace& place) {
  if (place.json().is_null()) return {};
  std::string about = place.text();
  if (!is_about(about)) place.refuse_as("whom answers can be about");
  return about;
}

void add_record_line(Import& import, const JsonPlace& line) {
  const JsonPlace questionnaire = line["questionnaire"];
  Record record;
  record.id = line["id"].text();
  if (!is_record_id(record.id)) line["id"].refuse_as("that of a record");
  record.questionnaire = questionnaire["id"].id();
  record.version = questionnaire["version"].text();
  record.sha256 = questionnaire["sha256"].sha256();
  record.scored_with = record.sha256;
  record.form = questionnaire["form"].id();
  record.language = questionnaire["language"].text();
  if (!definition::is_language(record.language)) {
    questionnaire["language"].refuse_as("a language tag");
  }
  record.about = about_at(line["about"]);
  record.started_at = line["started_at"].instant();
  record.taken_at = line["taken_at"].instant();
  record.answers = answers_at(line["answers"]);
  record.note = line["note"].text();
  add_definition(import, questionnaire, record.sha256, record);
  if (line.json().contains("scored_with")) {
    const JsonPlace scored = line["scored_with"];
    record.scored_with = scored["sha256"].sha256();
    add_definition(import, scored, record.scored_with, record);
  }
  import.records.push_back(std::move(record));
}

void add_tried_line(Import& import, const JsonPlace& line) {
  TriedStep step{line["questionnaire"].id(), line["step"].id(), line["at"].instant(),
                 line["note"].text(),
                 line.json().contains("about") ? about_at(line["about"]) : std::nullopt};
  if (std::ranges::find(import.tried, step) == import.tried.end()) {
    import.tried.push_back(std::move(step));
  }
}

// Which line of how many it says it is; 0 of 0 where it does not.
struct LineOf {
  double line = 0;
  double lines = 0;
};

LineOf add_line(Import& import, std::string_view text) {
  const Json json = parse_json(text);
  if (!json.is_object() || !json.contains("schema")) refuse("is not a line of an export");
  const JsonPlace line(json);
  const std::string schema = line["schema"].text();
  if (schema != "attune.record" && schema != "attune.tried") {
    refuse(fmt::format("'{}' is not a record", schema));
  }
  const double version = line["version"].number();
  if (version > 1) throw Error(ErrorKind::configuration, "was written by a newer attune");
  if (version != 1) line["version"].refuse_as("1");
  schema == "attune.record" ? add_record_line(import, line) : add_tried_line(import, line);
  if (!json.contains("lines")) return {};
  return {line["line"].number(), line["lines"].number()};
}

// Files that are no lines of an export, but were made of one or of a history.
void refuse_other_forms(std::string_view text) {
  const auto refuse_with = [](std::string message, std::string advice) {
    throw Error(ErrorKind::bad_data, std::move(message), "", {std::move(advice)});
  };
  if (text.starts_with("SQLite format 3")) {
    refuse_with("is a history, not an export of one",
                "put it into a folder as attune/history.db, and export it from there: "
                "XDG_DATA_HOME=FOLDER attune history export >export.jsonl");
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    refuse_with("is in UTF-16", "iconv -f UTF-16 -t UTF-8 FILE | attune history import -");
  if (text.starts_with("\x1F\x8B"))
    refuse_with("is compressed (gzip)", "gunzip -c FILE | attune history import -");
  const std::string_view first = trim(text.substr(0, text.find('\n')));
  if (first.starts_with('['))
    refuse_with("is a JSON array, not lines of JSON", "jq -c '.[]' makes lines of it");
  if (first == "{")
    refuse_with("has its JSON over several lines", "jq -c . makes one line of each record");
}

// All lines, each counted in `number` before it is read. Several exports may follow each other.
Import read_lines(std::string_view text, std::size_t& number) {
  Import import;
  LineOf last;
  double expected = 0;  // line of its export
  number = 1;
  refuse_other_forms(text);
  for (number = 0; !text.empty();) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (trim(line).empty()) continue;
    const bool was_whole = last.line == last.lines;
    last = add_line(import, line);
    expected = last.line == 1 && was_whole ? 1 : expected + 1;
    if (last.lines > 0 && last.line != expected) {
      throw Error(ErrorKind::bad_data,
                  fmt::format("the lines are not those of an export in its order: this was line {}",
                              last.line),
                  "", {"where all are there, jq -sc 'sort_by(.line)[]' puts them in order"});
    }
    if (import.lines.size() < import.records.size()) import.lines.push_back(number);
  }
  if (expected == 0) refuse("there is nothing to import");
  if (last.line != last.lines) {
    refuse(fmt::format("the export was cut off: this is line {} of {}", last.line, last.lines));
  }
  return import;
}

// Why a record can't be one of its text, as far as its head goes; empty where it can.
std::string head_misfit(const Record& record, const Questionnaire& questionnaire) {
  if (questionnaire.id != record.questionnaire) return "its text is that of another questionnaire";
  if (questionnaire.version != record.version) return "its text is that of another version";
  if (!record.about || find_about(questionnaire, kind_of_about(*record.about))) return {};
  return fmt::format("its text asks about nobody called '{}'", escape(*record.about));
}

}  // namespace

void check_records(const Import& import, const DefinitionTexts& kept, Instant now) {
  constexpr std::int64_t most_ahead = std::int64_t{366} * 86'400 * 1'000'000;
  std::map<std::string, std::optional<Questionnaire>> by_hash;
  const auto questionnaire_of = [&](const std::string& sha256) -> const Questionnaire* {
    const auto [found, is_new] = by_hash.try_emplace(sha256);
    if (is_new) {
      const auto brought = std::ranges::find(import.definitions, sha256, &KeptDefinition::sha256);
      const std::string text = brought != import.definitions.end() ? brought->text : kept(sha256);
      found->second = definition::check_definition(text, definition::CheckDepth::use).questionnaire;
    }
    return found->second ? &*found->second : nullptr;
  };
  for (const Record& record : import.records) {
    std::string fault;
    if (const Questionnaire* own = questionnaire_of(record.sha256)) {
      fault = head_misfit(record, *own);
      if (fault.empty()) fault = misfit_of(record, *own);
    }
    const Questionnaire* newer = questionnaire_of(record.scored_with);
    if (fault.empty() && newer != nullptr && newer->id == record.questionnaire) {
      fault = misfit_of(record, *newer);
    } else if (fault.empty() && newer != nullptr) {
      fault = "it is scored by another questionnaire";
    }
    if (record.taken_at.microseconds - now.microseconds > most_ahead) {
      fault = "'taken_at' is more than a year ahead";
    }
    if (fault.empty()) continue;
    throw Error(ErrorKind::bad_data, std::move(fault), record.id, {"nothing was imported"});
  }
}

std::string render_export(const std::vector<Record>& records, const std::vector<TriedStep>& tried,
                          const DefinitionTexts& texts) {
  ExportWriter writer{texts, records.size() + tried.size()};
  for (const Record& record : records) writer.add(record);
  for (const TriedStep& step : tried) writer.add(step);
  return writer.text;
}

Import read_export(std::string_view text, std::string_view file) {
  std::size_t number = 0;
  try {
    return read_lines(text, number);
  } catch (Error& error) {
    error.place = fmt::format("{}:{}", file, std::max<std::size_t>(number, 1));
    error.advice.emplace_back("nothing was imported");
    throw;
  }
}

}  // namespace attune::store
