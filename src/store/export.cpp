// SPDX-License-Identifier: MIT
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "attune/transfer.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

// Whole numbers without ".0", as a person would write them; they read back the same.
Json json_of(double number) {
  constexpr double exact = 9007199254740992.0;  // 2^53
  if (std::trunc(number) == number && std::abs(number) < exact && !std::signbit(number)) {
    return static_cast<std::int64_t>(number);
  }
  return number;
}

Json json_of(const Answer& answer) {
  if (const double* number = std::get_if<double>(&answer)) return json_of(*number);
  if (const ChosenIds* ids = std::get_if<ChosenIds>(&answer)) return *ids;
  if (const std::string* line = std::get_if<std::string>(&answer)) return *line;
  return nullptr;
}

Json answers_json(const Record& record, Redact redact) {
  Json answers = Json::array();
  for (const RecordedAnswer& each : record.answers) {
    if (redact == Redact::text && std::holds_alternative<std::string>(each.answer)) continue;
    answers.push_back({{"item", each.item},
                       {"answer", json_of(each.answer)},
                       {"seconds", json_of(each.seconds)}});
  }
  return answers;
}

Json scores_json(const std::vector<ExportedScore>& scores) {
  Json json = Json::object();
  for (const ExportedScore& each : scores) {
    const auto& estimate = each.estimate;
    json[each.scale] = {{"score", estimate ? Json(estimate->score) : Json(nullptr)},
                        {"se", estimate ? Json(estimate->se) : Json(nullptr)}};
  }
  return json;
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string ExportLines::record(const Record& record, const DefinitionTexts& texts,
                                const std::vector<ExportedScore>& scores) {
  const auto add_text = [&](Json& definition, const std::string& sha256) {
    if (redact_ == Redact::nothing && written_.insert(sha256).second) {
      definition["text"] = texts(sha256);
    }
  };
  Json questionnaire{{"id", record.questionnaire},
                     {"version", record.version},
                     {"sha256", record.sha256},
                     {"form", record.form},
                     {"language", record.language}};
  add_text(questionnaire, record.sha256);
  Json json{{"schema", "attune.record"},
            {"version", 1},
            {"line", ++line_},
            {"lines", lines_},
            {"id", record.id},
            {"questionnaire", std::move(questionnaire)},
            {"about", record.about ? Json(*record.about) : Json(nullptr)},
            {"started_at", render_rfc3339(record.started_at)},
            {"taken_at", render_rfc3339(record.taken_at)}};
  if (record.scored_with != record.sha256 && !record.scored_with.empty()) {
    Json scored{{"sha256", record.scored_with}};
    add_text(scored, record.scored_with);
    json["scored_with"] = std::move(scored);
  }
  if (redact_ != Redact::nothing) json["redacted"] = redact_ == Redact::text ? "text" : "answers";
  if (redact_ == Redact::answers) {
    json["scores"] = scores_json(scores);
    return line_of(json);
  }
  json["answers"] = answers_json(record, redact_);
  if (redact_ == Redact::nothing) json["note"] = record.note;
  return line_of(json);
}

std::string ExportLines::tried(const TriedStep& step) {
  Json json{{"schema", "attune.tried"},
            {"version", 1},
            {"line", ++line_},
            {"lines", lines_},
            {"questionnaire", step.questionnaire},
            {"step", step.step},
            {"at", render_rfc3339(step.at)}};
  if (redact_ == Redact::nothing) {
    json["note"] = step.note;
  } else {
    json["redacted"] = redact_ == Redact::text ? "text" : "answers";
  }
  return line_of(json);
}

}  // namespace attune
