// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "attune/decimal.hpp"

#include "definition/draft.hpp"

namespace attune::detail {

namespace {

// What the items of a main scale have in common: their range, taken from the first of them.
struct Group {
  std::size_t items = 0;
  std::optional<std::size_t> first_item;
};

std::string range_of(const ResponseScale& scale) {
  return fmt::format("{} to {}", scale.min, scale.max);
}

// Counts the items of every scale, and reports those whose range differs from the other items of
// their main scale: a mean over different ranges has no meaning.
std::vector<Group> group_items(Draft& draft) {
  const Questionnaire& questionnaire = draft.questionnaire;
  std::vector<Group> groups(questionnaire.scales.size());
  for (std::size_t index = 0; index < questionnaire.items.size(); ++index) {
    const Item& item = questionnaire.items[index];
    if (!item.scale) continue;
    const std::size_t main = questionnaire.scales[*item.scale].parent.value_or(*item.scale);
    ++groups[*item.scale].items;
    if (main != *item.scale) ++groups[main].items;
    if (!groups[*item.scale].first_item) groups[*item.scale].first_item = index;
    if (!groups[main].first_item) groups[main].first_item = index;
    const ResponseScale& own = questionnaire.response_scales[item.response_scale];
    const Item& first = questionnaire.items[*groups[main].first_item];
    const ResponseScale& expected = questionnaire.response_scales[first.response_scale];
    if (own.min != expected.min || own.max != expected.max) {
      draft.findings().error(
          draft.places.items[index].at,
          fmt::format("the answers of '{}' go from {}, those of '{}' in the same scale from {}",
                      item.id, range_of(own), first.id, range_of(expected)));
    }
  }
  return groups;
}

void check_range(Draft& draft, Offset at, std::string_view what, double value, ScoreRange range) {
  if (value >= range.min && value <= range.max) return;
  draft.findings().error(
      at, fmt::format("{} {} lies outside the scale's range, {} to {}", what, render_decimal(value),
                      render_decimal(range.min), render_decimal(range.max)));
}

void check_bands(Draft& draft, const Scale& scale, const ScalePlace& place, ScoreRange range) {
  for (std::size_t band = 0; band < scale.bands.size(); ++band) {
    const std::optional<double> below = scale.bands[band].below;
    if (!below) continue;
    check_range(draft, place.bands[band], "'below'", *below, range);
    if (*below == range.min) {
      draft.findings().error(place.bands[band], "no score lies below the lowest one",
                             "'below' must be above " + render_decimal(range.min));
    }
  }
}

void check_typical(Draft& draft, const Scale& scale, const ScalePlace& place, ScoreRange range) {
  if (!scale.typical) return;
  check_range(draft, place.typical, "'low'", scale.typical->low, range);
  check_range(draft, place.typical, "'high'", scale.typical->high, range);
}

// The scores of a sample lie within what its own answers allow. A norm that names no range is one
// of the scale's own.
void check_norms(Draft& draft, Scale& scale, const ScalePlace& place, AnswerRange own,
                 std::size_t items) {
  const double factor = scale.method == ScoreMethod::sum ? static_cast<double>(items) : 1;
  for (std::size_t index = 0; index < scale.norms.size(); ++index) {
    Norm& norm = scale.norms[index];
    if (!norm.range) norm.range = own;
    const ScoreRange range{norm.range->min * factor, norm.range->max * factor};
    if (norm.mean) check_range(draft, place.norms[index], "the mean", *norm.mean, range);
    if (norm.sd && *norm.sd > range.max - range.min) {
      draft.findings().error(place.norms[index],
                             fmt::format("the SD {} is wider than the scale's range, {} to {}",
                                         render_decimal(*norm.sd), render_decimal(range.min),
                                         render_decimal(range.max)));
    }
    for (const auto& [score, percentage] : norm.percentiles) {
      check_range(draft, place.norms[index], "the score", score, range);
    }
  }
}

}  // namespace

void check_scales(Draft& draft) {
  Questionnaire& questionnaire = draft.questionnaire;
  const std::vector<Group> groups = group_items(draft);
  for (std::size_t index = 0; index < questionnaire.scales.size(); ++index) {
    Scale& scale = questionnaire.scales[index];
    const ScalePlace& place = draft.places.scales[index];
    if (find_scale(questionnaire, scale.id) != index) continue;  // a second one of this id
    if (groups[index].items == 0) {
      draft.findings().error(place.at, fmt::format("no item belongs to the scale '{}'", scale.id));
      continue;
    }
    const ScoreRange range = score_range(questionnaire, index, groups[index].items);
    check_bands(draft, scale, place, range);
    check_typical(draft, scale, place, range);
    const Item& first = questionnaire.items[*groups[index].first_item];
    const ResponseScale& answers = questionnaire.response_scales[first.response_scale];
    check_norms(draft, scale, place, {answers.min, answers.max}, groups[index].items);
  }
}

}  // namespace attune::detail
