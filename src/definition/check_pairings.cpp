// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

// As many cells as regions may cut a scale into: the probability of a pairing is a sum over them.
constexpr std::size_t max_bounds = 32;

// What all rules of all pairings say together: the scales they read, and each bound on them.
struct Subjects {
  std::vector<std::size_t> scales;
  std::vector<std::vector<double>> bounds;  // parallel to scales; each once
};

void add(Subjects& subjects, const Condition& condition) {
  auto at = std::find(subjects.scales.begin(), subjects.scales.end(), condition.index);
  if (at == subjects.scales.end()) {
    at = subjects.scales.insert(at, condition.index);
    subjects.bounds.emplace_back();
  }
  std::vector<double>& bounds =
      subjects.bounds[static_cast<std::size_t>(at - subjects.scales.begin())];
  for (const std::optional<double>& bound :
       {condition.at_least, condition.above, condition.at_most, condition.below}) {
    const bool is_new = bound && std::find(bounds.begin(), bounds.end(), *bound) == bounds.end();
    if (is_new) bounds.push_back(*bound);
  }
}

// Two people may exchange their main scores alone, so that a rule on anything else could not be
// read for both.
void check_rule(Draft& draft, const Rule& rule, const RulePlace& place, Subjects& subjects) {
  for (std::size_t alternative = 0; alternative < rule.size(); ++alternative) {
    for (const Condition& condition : rule[alternative]) {
      const bool is_main = condition.subject == Subject::scale &&
                           !draft.questionnaire.scales[condition.index].parent;
      if (is_main) {
        add(subjects, condition);
      } else {
        draft.findings().error(place.alternatives[alternative],
                               "a pairing is about main scales; this names something else");
      }
    }
  }
}

void check_fallbacks(Draft& draft) {
  const std::vector<Pairing>& pairings = draft.questionnaire.pairings;
  const auto has_no_rules = [](const Pairing& pairing) {
    return pairing.one.empty() && pairing.other.empty();
  };
  const auto first = std::find_if(pairings.begin(), pairings.end(), has_no_rules);
  if (first == pairings.end()) {
    draft.findings().error(draft.places.pairings.front().at, "every pairing has rules",
                           "one without 'one' and 'other' is for all whom no other fits");
    return;
  }
  const auto second = std::find_if(first + 1, pairings.end(), has_no_rules);
  if (second == pairings.end()) return;
  const auto index = static_cast<std::size_t>(second - pairings.begin());
  draft.findings().error(
      draft.places.pairings[index].at,
      fmt::format("'{}' has no rules either: it could never be chosen beside '{}'", second->id,
                  first->id));
}

}  // namespace

void check_pairings(Draft& draft) {
  const std::vector<Pairing>& pairings = draft.questionnaire.pairings;
  if (pairings.empty()) return;
  const std::vector<PairingPlace>& places = draft.places.pairings;
  Subjects subjects;
  for (std::size_t index = 0; index < pairings.size(); ++index) {
    check_rule(draft, pairings[index].one, places[index].one, subjects);
    check_rule(draft, pairings[index].other, places[index].other, subjects);
  }
  if (subjects.scales.size() > 2) {
    draft.findings().error(places.front().at, "pairings name more than two scales");
  }
  for (const std::vector<double>& bounds : subjects.bounds) {
    if (bounds.size() <= max_bounds) continue;
    draft.findings().error(places.front().at, "pairings cut a scale at more than 32 places");
  }
  check_fallbacks(draft);
}

}  // namespace attune::detail
