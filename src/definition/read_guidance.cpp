// SPDX-License-Identifier: MIT
#include <array>
#include <utility>

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_regions = 16;
constexpr std::size_t max_next_steps = 200;
constexpr TextRule several_lines{Lines::several, Placeholder::none};

Rule read_when(Draft& draft, TableReader& table, Presence presence, RuledPlace& place) {
  place.at = table.at();
  const Node* when = table.find("when", presence);
  return when != nullptr ? read_rule(draft, *when, place.when) : Rule{};
}

}  // namespace

void read_regions(Draft& draft, TableReader& root) {
  for (const Node* node : root.tables("regions", max_regions)) {
    TableReader table(draft.source, *node, "this region");
    Region region;
    region.id = table.id();
    refuse_duplicate(table, draft.questionnaire.regions, region.id);
    region.name = table.text("name");
    region.text = table.text("text", several_lines);
    RuledPlace& place = draft.places.regions.emplace_back();
    region.when = read_when(draft, table, Presence::required, place);
    table.finish();
    draft.questionnaire.regions.push_back(std::move(region));
  }
}

void read_next_steps(Draft& draft, TableReader& root) {
  constexpr std::array<std::pair<std::string_view, StepSize>, 3> sizes{
      {{"small", StepSize::small}, {"medium", StepSize::medium}, {"support", StepSize::support}}};
  const std::vector<const Node*> nodes = root.tables("next_steps", max_next_steps);
  draft.questionnaire.next_steps.reserve(nodes.size());
  for (const Node* node : nodes) {
    TableReader table(draft.source, *node, "this next step");
    NextStep step;
    step.id = table.id();
    refuse_duplicate(table, draft.questionnaire.next_steps, step.id);
    step.title = table.text("title");
    step.why = table.text("why", several_lines);
    step.try_this = table.text("try", several_lines);
    step.size = table.word("size", sizes, Presence::required, StepSize::small);
    step.priority = table.whole("priority", -max_priority, max_priority).value_or(0);
    RuledPlace& place = draft.places.next_steps.emplace_back();
    step.when = read_when(draft, table, Presence::optional, place);
    table.finish();
    draft.questionnaire.next_steps.push_back(std::move(step));
  }
}

}  // namespace attune::detail
