// SPDX-License-Identifier: MIT
#include <utility>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_pairings = 20;
constexpr TextRule several_lines{Lines::several, Placeholder::none};

// Both rules or neither: what one person brings does nothing without the other.
void read_rules(Draft& draft, TableReader& table, Pairing& pairing, PairingPlace& place) {
  const Node* one = table.find("one");
  const Node* other = table.find("other");
  if ((one == nullptr) != (other == nullptr)) {
    table.error("",
                one == nullptr ? "'one' is missing from this pairing"
                               : "'other' is missing from this pairing",
                "only the fallback has no rules, and it has neither");
  }
  if (one != nullptr) pairing.one = read_rule(draft, *one, place.one);
  if (other != nullptr) pairing.other = read_rule(draft, *other, place.other);
}

}  // namespace

void read_pairings(Draft& draft, TableReader& root) {
  const std::vector<const Node*> nodes = root.tables("pairings", max_pairings);
  draft.questionnaire.pairings.reserve(nodes.size());
  for (const Node* node : nodes) {
    TableReader table(draft.source, *node, "this pairing");
    Pairing pairing;
    pairing.id = table.id();
    refuse_duplicate(table, draft.questionnaire.pairings, pairing.id);
    pairing.name = table.text("name");
    pairing.text = table.text("text", several_lines);
    PairingPlace& place = draft.places.pairings.emplace_back();
    place.at = table.at();
    read_rules(draft, table, pairing, place);
    pairing.for_one = table.text("for_one", several_lines);
    pairing.for_other = table.text("for_other", several_lines, Presence::optional);
    pairing.for_both = table.text("for_both", several_lines);
    pairing.priority = table.whole("priority", -max_priority, max_priority).value_or(0);
    if (!table.has("one") && !table.has("other") && table.has("for_other")) {
      table.error("for_other", "without rules neither person is the one or the other",
                  "'for_one' alone is for each of them");
    }
    table.finish();
    draft.questionnaire.pairings.push_back(std::move(pairing));
  }
}

}  // namespace attune::detail
