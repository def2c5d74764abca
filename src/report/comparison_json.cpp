// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "attune/interpretation.hpp"

#include "report/comparison_parts.hpp"
#include "report/score_json.hpp"

namespace attune {
namespace detail {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json region_json(const Comparison& comparison, const ComparedPerson& person) {
  const auto reading = region_of(comparison.questionnaire, person.scores);
  if (!reading || !is_clear(*reading)) return nullptr;
  const Region& region = comparison.questionnaire.regions[reading->region];
  return {{"id", region.id}, {"name", region.name}};
}

Json person_json(const Comparison& comparison, const ComparedPerson& person) {
  const auto& scales = comparison.questionnaire.scales;
  Json scores = Json::object();
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (!scales[i].parent) scores[scales[i].id] = score_json(person.scores[i]);
  }
  return {{"name", person.name},
          {"version", person.version},
          {"sha256", person.sha256},
          {"form", person.form},
          {"about", person.about ? Json(*person.about) : Json(nullptr)},
          {"taken_on", person.taken_on},
          {"scores", std::move(scores)},
          {"region", region_json(comparison, person)}};
}

Json differences_json(const Comparison& comparison) {
  const auto& scales = comparison.questionnaire.scales;
  Json out = Json::object();
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (scales[i].parent) continue;
    const auto difference = difference_of(comparison, i);
    out[scales[i].id] = !difference ? Json(nullptr)
                                    : Json{{"difference", difference->difference},
                                           {"se", difference->se},
                                           {"low", difference->low},
                                           {"high", difference->high},
                                           {"differs", differs(*difference)}};
  }
  return out;
}

Json one_json(const PairingReading& reading) {
  if (reading.roles == Roles::either) return nullptr;
  return reading.roles == Roles::first_is_one ? "first" : "second";
}

Json pairing_json(const Comparison& comparison) {
  const auto reading = pairing_of(comparison);
  if (!reading) return nullptr;
  const auto& pairings = comparison.questionnaire.pairings;
  const Pairing& pairing = pairings[reading->pairing];
  const PairingSteps steps = steps_of(pairing, reading->roles);
  Json probabilities = Json::object();
  for (std::size_t i = 0; i < pairings.size(); ++i) {
    const bool is_fallback = pairings[i].one.empty();
    if (!is_fallback) probabilities[pairings[i].id] = reading->probabilities[i];
  }
  return {{"id", pairing.id},
          {"name", pairing.name},
          {"clear", reading->is_clear},
          {"one", one_json(*reading)},
          {"probabilities", std::move(probabilities)},
          {"text", pairing.text},
          {"steps",
           {{"first", or_null(steps.each.empty() ? steps.first : steps.each)},
            {"second", or_null(steps.each.empty() ? steps.second : steps.each)},
            {"other", or_null(steps.other)},
            {"both", or_null(steps.both)}}}};
}

}  // namespace
}  // namespace detail

std::string comparison_json(const Comparison& comparison) {
  using detail::Json;
  const Questionnaire& questionnaire = comparison.questionnaire;
  Json out;
  out["schema"] = "attune.comparison";
  out["version"] = 1;
  out["questionnaire"] = {{"id", questionnaire.id},
                          {"version", questionnaire.version},
                          {"sha256", comparison.sha256},
                          {"language", questionnaire.language},
                          {"status", questionnaire.status}};
  out["between"] = comparison.between == Between::two_people ? "two people" : "one person";
  out["first"] = detail::person_json(comparison, comparison.first);
  out["second"] = detail::person_json(comparison, comparison.second);
  out["differences"] = detail::differences_json(comparison);
  out["pairing"] = detail::pairing_json(comparison);
  // Foreign bytes that are not UTF-8 must not end the program: they become U+FFFD.
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace attune
