// SPDX-License-Identifier: MIT
#include <string>
#include <utility>
#include <vector>

#include "attune/codebook.hpp"
#include "attune/decimal.hpp"
#include "attune/scoring.hpp"

#include "report/codebook_parts.hpp"
#include "report/fhir_parts.hpp"

namespace attune {
namespace {

using detail::add_text;
using Json = detail::FhirJson;

constexpr int longest_line = 4000;  // of an answer in words, as parse_answer takes it

// A name that programs can use: a capital, then letters and digits (invariant que-0).
std::string computable_name(const std::string& id) {
  std::string name;
  bool is_start = true;
  for (const char c : id) {
    const bool is_letter = c >= 'a' && c <= 'z';
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_letter && !is_digit) {
      is_start = true;
      continue;
    }
    name += is_letter && is_start ? static_cast<char>(c - 'a' + 'A') : c;
    is_start = false;
  }
  const bool is_usable = !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
  return is_usable ? name : "Questionnaire" + name;
}

Json options_of(const Questionnaire& questionnaire, const Item& item) {
  Json options = Json::array();
  for (const detail::AnswerValue& value : detail::values_of(questionnaire, item)) {
    Json option;
    if (item.kind == ItemKind::rating) {
      const double counts = keyed(questionnaire, item, *parse_decimal(value.code));
      option["extension"] = Json::array(
          {detail::extension("ordinalValue", "valueDecimal", detail::fhir_number(counts))});
    }
    option["valueCoding"] = detail::answer_coding(questionnaire, item, value.code, value.label);
    options.push_back(std::move(option));
  }
  return options;
}

std::string_view fhir_type(const Item& item) {
  switch (item.kind) {
    case ItemKind::rating:
    case ItemKind::choice:
      return "choice";
    case ItemKind::number:
      return "decimal";
    case ItemKind::text:
      break;
  }
  return "string";
}

void add_limits(Json& extensions, const Item& item) {
  extensions.push_back(
      detail::extension("minValue", "valueDecimal", detail::fhir_number(item.min)));
  extensions.push_back(
      detail::extension("maxValue", "valueDecimal", detail::fhir_number(item.max)));
  if (item.unit.empty()) return;
  extensions.push_back(
      detail::extension("questionnaire-unit", "valueCoding", {{"display", item.unit}}));
}

Json item_json(const Codebook& codebook, const Item& item) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Json json;
  if (item.kind == ItemKind::number) add_limits(json["extension"], item);
  json["linkId"] = item.id;
  add_text(json, "text", statement(questionnaire, item, codebook.about));
  json["type"] = fhir_type(item);
  detail::add_enable_when(json, questionnaire, item);
  json["required"] = false;
  if (item.multiple) json["repeats"] = true;
  if (item.kind == ItemKind::text) json["maxLength"] = longest_line;
  Json options = options_of(questionnaire, item);
  if (!options.empty()) json["answerOption"] = std::move(options);
  return json;
}

Json items_json(const Codebook& codebook) {
  Json items = Json::array();
  if (!codebook.questionnaire.instructions.empty()) {
    // No item's id holds a colon, so this one stays unique.
    items.push_back({{"linkId", "attune:instructions"},
                     {"text", codebook.questionnaire.instructions},
                     {"type", "display"}});
  }
  for (const Item& item : codebook.questionnaire.items) items.push_back(item_json(codebook, item));
  return items;
}

// Paragraphs of markdown, one for each text; a label alone is none.
std::string paragraphs(const std::vector<std::pair<std::string, std::string>>& texts) {
  std::vector<std::string> parts;
  for (const auto& [label, text] : texts) {
    if (!text.empty()) parts.push_back(detail::fhir_markdown(label + text));
  }
  return detail::joined(parts, "\n\n");
}

}  // namespace

std::string codebook_fhir(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  Json json;
  json["resourceType"] = "Questionnaire";
  add_text(json, "language", questionnaire.language);
  json["url"] = detail::attune_urn("questionnaire", questionnaire.id);
  if (!codebook.sha256.empty()) {
    json["identifier"] = Json::array(
        {Json{{"system", detail::attune_urn("definition", "sha256")}, {"value", codebook.sha256}}});
  }
  add_text(json, "version", questionnaire.version);
  json["name"] = computable_name(questionnaire.id);
  add_text(json, "title", questionnaire.title);
  json["status"] = "active";
  json["subjectType"] = Json::array({"Patient"});
  add_text(json, "description",
           paragraphs({{"", questionnaire.summary}, {"Status: ", questionnaire.status}}));
  add_text(json, "copyright",
           paragraphs({{"Licence: ", questionnaire.license}, {"Source: ", questionnaire.source}}));
  json["item"] = items_json(codebook);
  return detail::fhir_line(json);
}

}  // namespace attune
