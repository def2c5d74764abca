// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <optional>
#include <string>
#include <utility>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/profile.hpp"

#include "base/uuid.hpp"
#include "report/codebook_parts.hpp"
#include "report/fhir_parts.hpp"

namespace attune {
namespace {

using detail::add_text;
using detail::attune_urn;
using Json = detail::FhirJson;

// A record has its id. One that was not kept is told apart by what was answered, and when.
std::string name_of_sitting(const Profile& profile) {
  const Record& record = profile.record;
  if (!record.id.empty()) return attune_urn("record", record.id);
  return fmt::format("urn:attune:sitting:{}:{}:{}:{}:{}", record.questionnaire, record.form,
                     record.sha256, record.about.value_or(""), render_rfc3339(record.taken_at));
}

std::string response_url(const Profile& profile) {
  return "urn:uuid:" + detail::name_uuid(name_of_sitting(profile));
}

std::string observation_url(const Profile& profile, const std::string& id) {
  return "urn:uuid:" + detail::name_uuid(name_of_sitting(profile) + ":" + id);
}

Json coded(std::string_view system, std::string_view code, const std::string& text) {
  Json json;
  json["coding"] = Json::array({Json{{"system", system}, {"code", code}}});
  add_text(json, "text", text);
  return json;
}

Json quantity(double value) {
  return {{"value", detail::fhir_number(value)},
          {"unit", "score"},
          {"system", "http://unitsofmeasure.org"},
          {"code", "{score}"}};
}

Json coding_of(const Questionnaire& questionnaire, const Item& item, const std::string& code) {
  std::string display = code;
  for (const detail::AnswerValue& value : detail::values_of(questionnaire, item)) {
    if (value.code == code) display = value.label;
  }
  return detail::answer_coding(questionnaire, item, code, display);
}

// A line in the person's own words is not given away, and not passed over as if it had been skipped
// either.
Json masked() {
  Json json;
  json["_valueString"]["extension"] =
      Json::array({detail::extension("data-absent-reason", "valueCode", "masked")});
  return json;
}

Json answers_json(const Questionnaire& questionnaire, const Item& item, const Answer& answer) {
  Json answers = Json::array();
  if (const auto* number = std::get_if<double>(&answer)) {
    if (item.kind == ItemKind::rating) {
      answers.push_back({{"valueCoding", coding_of(questionnaire, item, render_decimal(*number))}});
    } else {
      answers.push_back({{"valueDecimal", detail::fhir_number(*number)}});
    }
  } else if (const auto* chosen = std::get_if<ChosenIds>(&answer)) {
    for (const std::string& id : *chosen) {
      answers.push_back({{"valueCoding", coding_of(questionnaire, item, id)}});
    }
  } else if (std::holds_alternative<std::string>(answer)) {
    answers.push_back(masked());
  }
  return answers;
}

std::optional<std::size_t> about_of(const Profile& profile) {
  if (!profile.record.about) return {};
  return find_about(profile.questionnaire, *profile.record.about);
}

// In the order of the definition, which FHIR asks for; items that were not asked are left out.
Json items_json(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  Json items = Json::array();
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
    const std::optional<Answer>& answer = profile.responses.answers[i];
    if (!answer) continue;
    Json json{{"linkId", questionnaire.items[i].id}};
    add_text(json, "text", statement(questionnaire, questionnaire.items[i], about_of(profile)));
    Json answers = answers_json(questionnaire, questionnaire.items[i], *answer);
    if (!answers.empty()) json["answer"] = std::move(answers);
    items.push_back(std::move(json));
  }
  return items;
}

Json response_json(const Profile& profile) {
  const Record& record = profile.record;
  Json json;
  json["resourceType"] = "QuestionnaireResponse";
  add_text(json, "language", record.language);
  if (!record.id.empty()) {
    json["identifier"] = {{"system", "urn:attune:record"}, {"value", record.id}};
  }
  json["questionnaire"] = attune_urn("questionnaire", record.questionnaire) + '|' + record.version;
  json["status"] = "completed";
  json["authored"] = render_rfc3339(record.taken_at);
  Json items = items_json(profile);
  if (!items.empty()) json["item"] = std::move(items);
  return json;
}

Json component(std::string_view code, const std::string& text, std::string_view key, Json value) {
  Json json{{"code", coded("urn:attune:score-part", code, text)}};
  json[std::string(key)] = std::move(value);
  return json;
}

Json components_json(const Profile& profile, const ScaleScore& score) {
  Json parts = Json::array();
  if (score.estimate) {
    parts.push_back(component("standard-error", "Standard error", "valueQuantity",
                              quantity(score.estimate->se)));
    parts.push_back(component(
        "interval", "Likely range (95 %)", "valueRange",
        {{"low", quantity(score.estimate->low)}, {"high", quantity(score.estimate->high)}}));
  }
  parts.push_back(component("answered", "Answered items", "valueInteger", score.answered));
  parts.push_back(
      component("items", "Items of the scale in this form", "valueInteger", score.items));
  if (const auto about = about_of(profile)) {
    const About& whom = profile.questionnaire.abouts[*about];
    parts.push_back(
        component("about", "Whom the answers are about", "valueCodeableConcept",
                  coded(attune_urn("about", profile.questionnaire.id), whom.id, whom.phrase)));
  }
  return parts;
}

std::string note_of(const Profile& profile, const ScaleScore& score) {
  std::string note;
  if (score.estimate) {
    note = fmt::format("Standard error {}, {}; most likely between {} and {}. ",
                       render_decimal(score.estimate->se),
                       score.estimate->method == ErrorMethod::classical
                           ? "from the published reliability"
                           : "from how far the answers of this sitting lie apart",
                       render_decimal(score.estimate->low), render_decimal(score.estimate->high));
  }
  if (!profile.questionnaire.status.empty()) {
    note += fmt::format("Status of the questionnaire: {}. ", profile.questionnaire.status);
  }
  return detail::fhir_markdown(note + "This is a self-report, not a diagnosis.");
}

Json absent_reason(const ScaleScore& score) {
  const bool has_items = score.items > 0;
  return coded("http://terminology.hl7.org/CodeSystem/data-absent-reason",
               has_items ? "not-performed" : "not-asked", score.reason);
}

// What an Observation is of: a scale, or a derived score.
struct Observed {
  const std::string& id;
  std::string name;
  const ScaleScore& score;
};

Json observation_json(const Profile& profile, const Observed& observed) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const ScaleScore& score = observed.score;
  Json json;
  json["resourceType"] = "Observation";
  json["status"] = "final";
  json["category"] = Json::array(
      {coded("http://terminology.hl7.org/CodeSystem/observation-category", "survey", "Survey")});
  json["code"] = coded(attune_urn("scale", questionnaire.id), observed.id, observed.name);
  if (!questionnaire.version.empty()) json["code"]["coding"][0]["version"] = questionnaire.version;
  json["effectiveDateTime"] = render_rfc3339(profile.record.taken_at);
  if (score.estimate) {
    json["valueQuantity"] = quantity(score.estimate->score);
  } else {
    json["dataAbsentReason"] = absent_reason(score);
  }
  json["note"] = Json::array({Json{{"text", note_of(profile, score)}}});
  json["derivedFrom"] = Json::array({Json{{"reference", response_url(profile)}}});
  json["component"] = components_json(profile, score);
  return json;
}

}  // namespace

std::string profile_fhir(const Profile& profile) {
  Json entries = Json::array();
  entries.push_back({{"fullUrl", response_url(profile)}, {"resource", response_json(profile)}});
  const Questionnaire& questionnaire = profile.questionnaire;
  std::vector<Observed> all;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    all.push_back({scale.id, scale.name, profile.scores[i]});
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    const Derived& derived = questionnaire.derived[i];
    all.push_back({derived.id, derived.name + " (derived)", profile.derived[i]});
  }
  for (const Observed& observed : all) {
    entries.push_back({{"fullUrl", observation_url(profile, observed.id)},
                       {"resource", observation_json(profile, observed)}});
  }
  Json json;
  json["resourceType"] = "Bundle";
  json["type"] = "collection";
  json["entry"] = std::move(entries);
  return detail::fhir_line(json);
}

}  // namespace attune
