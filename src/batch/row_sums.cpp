// SPDX-License-Identifier: MIT
#include "batch/row_sums.hpp"

#include <algorithm>

namespace attune::detail {
namespace {

// What slot values 0, 1, … add when each answer x (slot value x + 1) counts as `keyed(x)`.
template <class Keyed>
PackedValues make_table(Keyed keyed) {
  PackedValues table{};
  for (std::size_t value = 1; value < table.size(); ++value) {
    const int shifted = keyed(static_cast<int>(value) - 1) + 1;
    if (shifted < 1) continue;  // beyond the range of the item: no row has it
    const auto amount = static_cast<PackedSums>(shifted);
    table[value] = 1 | amount << sum_bits | amount * amount << squares_bits;
  }
  return table;
}

}  // namespace

KeyedRowSums::KeyedRowSums(const Questionnaire& questionnaire, const RowLayout& layout,
                           WantedScales wanted)
    : sums_(questionnaire.scales.size()) {
  tables_.push_back(make_table([](int answer) { return answer; }));
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    const std::optional<std::size_t>& parent = questionnaire.scales[scale].parent;
    if (parent && wanted == WantedScales::main) continue;
    if (parent) facets_.push_back({scale, *parent});
    for (std::size_t slot = 0; slot < layout.items.size(); ++slot) {
      const Item& item = questionnaire.items[layout.items[slot]];
      const bool is_own = wanted == WantedScales::main ? counts_for(questionnaire, item, scale)
                                                       : item.scale == scale;
      if (!is_own) continue;
      slots_.push_back({table_for(item, layout.ranges[slot]), static_cast<std::uint16_t>(slot)});
    }
    parts_.push_back({scale, slots_.size()});
  }
}

// The first table is for all items that are not reversed; a reversed one needs one for its range.
const PackedSums* KeyedRowSums::table_for(const Item& item, AnswerRange range) {
  if (!item.reverse) return tables_.front().data();
  const int ends = range.min + range.max;
  const PackedValues table = make_table([&](int answer) { return ends - answer; });
  const auto found = std::find(tables_.begin() + 1, tables_.end(), table);
  if (found != tables_.end()) return found->data();
  tables_.push_back(table);
  return tables_.back().data();
}

void KeyedRowSums::take(std::span<const std::int16_t> answers) {
  const std::int16_t* const answer = answers.data();
  const Slot* slot = slots_.data();
  for (const Part& part : parts_) {
    PackedSums sums = 0;
    for (const Slot* const end = slots_.data() + part.end; slot != end; ++slot) {
      sums += slot->table[answer[slot->slot]];
    }
    sums_[part.scale] = sums;
  }
  for (const FacetOf& each : facets_) sums_[each.parent] += sums_[each.facet];
}

RawRowSums::RawRowSums(std::size_t slots)
    : slots_(slots), table_(make_table([](int answer) { return answer; })) {}

ShiftedSums RawRowSums::of(std::span<const std::int16_t> answers) const {
  PackedSums sums = 0;
  for (const std::int16_t answer : answers.first(slots_)) {
    sums += table_[static_cast<std::size_t>(answer)];
  }
  return unpack(sums);
}

}  // namespace attune::detail
