// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <utility>

#include "report/comparison_parts.hpp"
#include "report/profile_parts.hpp"

namespace attune {
namespace detail {
namespace {

void add_step(Document& document, std::string heading, const std::string& step) {
  document.emplace_back(Heading{2, std::move(heading)});
  document.emplace_back(Paragraph{step});
}

void add_steps(Document& document, const Comparison& comparison, const PairingSteps& steps) {
  document.emplace_back(
      Paragraph{"Below is one small step for each of you, and one for the two together. A week is "
                "enough to try them, and leaving one out is fine."});
  if (steps.each.empty()) {
    add_step(document, "For " + named(comparison.first), steps.first);
    add_step(document, "For " + named(comparison.second), steps.second);
  } else if (steps.other.empty()) {
    add_step(document, "For each of you", steps.each);
  } else {
    document.emplace_back(Heading{2, "For each of you"});
    document.emplace_back(Bullets{{"On a day when you are the one named first: " + steps.each,
                                   "On a day when you are the other: " + steps.other}});
  }
  add_step(document, "For both of you", steps.both);
}

// Who is who in the text that follows; nothing where both are alike.
void add_roles(Document& document, const Comparison& comparison, const PairingReading& reading,
               const Pairing& pairing) {
  if (pairing.for_other.empty()) return;
  if (reading.roles == Roles::either) {
    document.emplace_back(
        Paragraph{"By your answers, either of you can be in either place: one day in the one, "
                  "another day in the other."});
    return;
  }
  const bool first = reading.roles == Roles::first_is_one;
  const ComparedPerson& one = first ? comparison.first : comparison.second;
  const ComparedPerson& other = first ? comparison.second : comparison.first;
  document.emplace_back(Facts{{{"One of you", one.name}, {"The other", other.name}}});
}

}  // namespace

PairingSteps steps_of(const Pairing& pairing, Roles roles) {
  PairingSteps steps;
  steps.both = pairing.for_both;
  switch (roles) {
    case Roles::first_is_one:
      steps.first = pairing.for_one;
      steps.second = pairing.for_other;
      break;
    case Roles::second_is_one:
      steps.first = pairing.for_other;
      steps.second = pairing.for_one;
      break;
    case Roles::either:
      steps.each = pairing.for_one;
      steps.other = pairing.for_other;
      break;
  }
  return steps;
}

void add_pairing(Document& document, const Comparison& comparison) {
  if (comparison.between == Between::one_person) return;
  if (comparison.questionnaire.pairings.empty()) return;
  document.emplace_back(Heading{2, "Between the two of you"});
  const std::optional<PairingReading> reading = pairing_of(comparison);
  if (!reading) {
    document.emplace_back(
        Paragraph{"What your two positions tend to do to each other is left out: it takes all "
                  "scores of both of you."});
    return;
  }
  const Pairing& pairing = comparison.questionnaire.pairings[reading->pairing];
  if (reading->is_clear) {
    document.emplace_back(Paragraph{fmt::format(
        "Your two positions match the pattern '{}'; with the margins of error, the chances for "
        "that are {}. It says what can happen between people in such places. You know best whether "
        "it happens between you.",
        pairing.name, chance(reading->probabilities[reading->pairing]))});
    add_roles(document, comparison, *reading, pairing);
  } else {
    document.emplace_back(
        Paragraph{"The two of you lie where patterns meet: with the margins of error, none fits "
                  "clearly better than the others, so none is named."});
  }
  document.emplace_back(Paragraph{pairing.text});
  add_steps(document, comparison, steps_of(pairing, reading->roles));
}

}  // namespace detail

std::optional<PairingReading> pairing_of(const Comparison& comparison) {
  if (comparison.between == Between::one_person) return std::nullopt;
  return pairing_of(comparison.questionnaire, comparison.first.scores, comparison.second.scores);
}

}  // namespace attune
