// SPDX-License-Identifier: MIT
#include "batch/row_sums.hpp"

#include <algorithm>
#include <map>

namespace attune::detail {
namespace {

// What slot values 0, 1, … add: nothing, then x + 1 for each answer x.
PackedValues make_table() {
  PackedValues table{};
  for (PackedSums amount = 1; amount < table.size(); ++amount) {
    table[amount] = 1 | amount << sum_bits | amount * amount << squares_bits;
  }
  return table;
}

// The sums of ends − y over the answers y that `sums` is of: n·ends − Σy, and
// n·ends² − 2·ends·Σy + Σy².
PackedSums turned(PackedSums sums, PackedSums ends) {
  const ShiftedSums raw = unpack(sums);
  const auto answered = static_cast<PackedSums>(raw.answered);
  const auto sum = static_cast<PackedSums>(raw.sum);
  const auto squares = static_cast<PackedSums>(raw.squares);
  const PackedSums turned_squares = ends * (answered * ends - 2 * sum) + squares;
  return answered | (answered * ends - sum) << sum_bits | turned_squares << squares_bits;
}

}  // namespace

KeyedRowSums::KeyedRowSums(const Questionnaire& questionnaire, const RowLayout& layout,
                           WantedScales wanted)
    : table_(make_table()), sums_(questionnaire.scales.size()) {
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    const std::optional<std::size_t>& parent = questionnaire.scales[scale].parent;
    if (parent && wanted == WantedScales::main) continue;
    if (parent) facets_.push_back({scale, *parent});
    std::vector<std::size_t> slots;
    for (std::size_t slot = 0; slot < layout.items.size(); ++slot) {
      const Item& item = questionnaire.items[layout.items[slot]];
      const bool is_own = wanted == WantedScales::main ? counts_for(questionnaire, item, scale)
                                                       : item.scale == scale;
      if (is_own) slots.push_back(slot);
    }
    add_groups(questionnaire, layout, scale, slots);
  }
}

void KeyedRowSums::add_groups(const Questionnaire& questionnaire, const RowLayout& layout,
                              std::size_t scale, const std::vector<std::size_t>& slots) {
  std::map<PackedSums, std::vector<std::size_t>> alike;
  for (const std::size_t slot : slots) {
    const AnswerRange range = layout.ranges[slot];
    const bool is_reversed = questionnaire.items[layout.items[slot]].reverse;
    alike[is_reversed ? static_cast<PackedSums>(range.min + range.max + 2) : 0].push_back(slot);
  }
  // A scale whose items all belong to its facets has a group without slots, which sets its sums to
  // 0.
  if (alike.empty()) groups_.push_back({slots_.size(), scale, 0, true});
  bool is_first = true;
  for (const auto& [ends, members] : alike) {
    for (const std::size_t slot : members) slots_.push_back(static_cast<std::uint16_t>(slot));
    groups_.push_back({slots_.size(), scale, ends, is_first});
    is_first = false;
  }
}

void KeyedRowSums::take(std::span<const std::int16_t> answers) {
  const std::int16_t* const answer = answers.data();
  const std::uint16_t* slot = slots_.data();
  PackedSums all = 0;
  for (const Group& group : groups_) {
    PackedSums sums = 0;
    for (const std::uint16_t* const end = slots_.data() + group.end; slot != end; ++slot) {
      sums += table_[static_cast<std::size_t>(answer[*slot])];
    }
    all += sums;
    if (group.ends != 0) sums = turned(sums, group.ends);
    sums_[group.scale] = group.is_first ? sums : sums_[group.scale] + sums;
  }
  raw_ = all;
  for (const FacetOf& each : facets_) {
    sums_[each.parent] += sums_[each.facet];
  }
}

}  // namespace attune::detail
