// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <type_traits>

#include "attune/questionnaire.hpp"

#include "definition/table_reader.hpp"

namespace attune::definition {

/// Calls `visit(path, text, rule)` for every text that a text-only file may replace, in the order
/// of a definition. This is the one place that says which texts those are and what their paths
/// look like: "items.sr1", "scales.avoidance.bands.low", "choices.urge.none".
template <class AnyQuestionnaire, class Visit>  // NOLINTNEXTLINE(*-complexity): it is a list
void visit_texts(AnyQuestionnaire& questionnaire, Visit visit) {
  constexpr TextRule line{};
  visit("questionnaire.title", questionnaire.title, line);
  visit("questionnaire.summary", questionnaire.summary, line);
  visit("questionnaire.instructions", questionnaire.instructions, several_lines);
  visit("questionnaire.status", questionnaire.status, line);
  for (auto& about : questionnaire.abouts) visit("about." + about.id, about.phrase, line);
  for (auto& scale : questionnaire.response_scales) {
    const std::string path = "response_scales." + scale.id + ".";
    for (auto& label : scale.labels) visit(path + std::to_string(label.value), label.text, line);
  }
  for (auto& scale : questionnaire.scales) {
    const std::string path = "scales." + scale.id + ".";
    visit(path + "name", scale.name, line);
    visit(path + "low", scale.low, line);
    visit(path + "high", scale.high, line);
    if (scale.typical) visit(path + "typical", scale.typical->of, line);
    for (auto& band : scale.bands) visit(path + "bands." + band.id, band.text, several_lines);
  }
  for (auto& derived : questionnaire.derived) {
    const std::string path = "derived." + derived.id + ".";
    visit(path + "name", derived.name, line);
    if (!derived.low.empty()) visit(path + "low", derived.low, line);
    if (!derived.high.empty()) visit(path + "high", derived.high, line);
  }
  for (auto& item : questionnaire.items) {
    visit("items." + item.id, item.text, TextRule{Lines::several, Placeholder::about});
    const std::string path = "choices." + item.id + ".";
    for (auto& choice : item.choices) visit(path + choice.id, choice.text, line);
    if (!item.unit.empty()) visit("units." + item.id, item.unit, line);
  }
  for (auto& form : questionnaire.forms) {
    if (!form.title.empty()) visit("forms." + form.id, form.title, line);
  }
  for (auto& rate : questionnaire.rates) {
    const std::string path = "rates." + rate.id + ".";
    visit(path + "name", rate.name, line);
    visit(path + "unit", rate.unit, line);
    if (!rate.low.empty()) visit(path + "low", rate.low, line);
    if (!rate.high.empty()) visit(path + "high", rate.high, line);
    if (rate.typical) {
      visit(path + "typical.text", rate.typical->text, line);
      visit(path + "typical.of", rate.typical->of, line);
    }
  }
  for (auto& region : questionnaire.regions) {
    visit("regions." + region.id + ".name", region.name, line);
    visit("regions." + region.id + ".text", region.text, several_lines);
  }
  for (auto& step : questionnaire.next_steps) {
    visit("next_steps." + step.id + ".title", step.title, line);
    visit("next_steps." + step.id + ".why", step.why, several_lines);
    visit("next_steps." + step.id + ".try", step.try_this, several_lines);
  }
  for (auto& pairing : questionnaire.pairings) {
    const std::string path = "pairings." + pairing.id + ".";
    visit(path + "name", pairing.name, line);
    visit(path + "text", pairing.text, several_lines);
    visit(path + "for_one", pairing.for_one, several_lines);
    if (!pairing.for_other.empty()) visit(path + "for_other", pairing.for_other, several_lines);
    visit(path + "for_both", pairing.for_both, several_lines);
  }
}

}  // namespace attune::definition
