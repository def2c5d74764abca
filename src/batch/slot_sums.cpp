// SPDX-License-Identifier: MIT
#include "batch/slot_sums.hpp"

#include <algorithm>
#include <cstring>

namespace attune::detail {
namespace {

// Eight slots at once, as GCC and Clang know them on every processor. A slot of a row is at most
// 102, so that lanes of 16 bits hold the sums of all 500 items there may be.
using Lanes = std::int16_t __attribute__((vector_size(sizeof(std::int16_t) * slot_padding)));

Lanes load(const std::int16_t* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

void store(std::int16_t* to, Lanes lanes) { std::memcpy(to, &lanes, sizeof lanes); }

// The sum of all lanes, which is below 2^16.
std::int32_t total(Lanes lanes) {
  std::uint64_t half[2];
  std::memcpy(half, &lanes, sizeof half);
  constexpr std::uint64_t every_lane = 0x0001000100010001;
  // The product adds all four lanes up in the highest.
  return static_cast<std::int32_t>((half[0] + half[1]) * every_lane >> 48);
}

std::size_t padded(std::size_t slots) {
  return (slots + slot_padding - 1) / slot_padding * slot_padding;
}

}  // namespace

Keying::Keying(const Questionnaire& questionnaire, const RowLayout& layout)
    : flip_(padded(layout.items.size())),
      offset_(padded(layout.items.size())),
      keyed_(padded(layout.items.size())) {
  for (std::size_t slot = 0; slot < layout.items.size(); ++slot) {
    if (!questionnaire.items[layout.items[slot]].reverse) continue;
    const AnswerRange range = layout.ranges[slot];
    // With all bits flipped x becomes −x − 1: what is wanted is (min + max + 2) − x.
    flip_[slot] = -1;
    offset_[slot] = static_cast<std::int16_t>(range.min + range.max + 3);
  }
}

std::span<const std::int16_t> Keying::keyed(std::span<const std::int16_t> answers) {
  for (std::size_t i = 0; i < keyed_.size(); i += slot_padding) {
    const Lanes from = load(answers.data() + i);
    const Lanes turned = (from ^ load(flip_.data() + i)) + load(offset_.data() + i);
    store(keyed_.data() + i, turned & (from != 0));
  }
  return keyed_;
}

SlotMask::SlotMask(const std::vector<bool>& belongs) {
  std::size_t end = 0;
  std::size_t begin = belongs.size();
  for (std::size_t slot = 0; slot < belongs.size(); ++slot) {
    if (!belongs[slot]) continue;
    begin = std::min(begin, slot);
    end = slot + 1;
  }
  if (begin >= end) return;
  first_ = begin / slot_padding * slot_padding;
  count_ = padded(end) - first_;
  member_.resize(count_);
  for (std::size_t slot = begin; slot < end; ++slot) {
    member_[slot - first_] = belongs[slot] ? -1 : 0;
  }
}

SlotSums SlotMask::sum(std::span<const std::int16_t> values) const {
  Lanes sum{};
  Lanes empty{};
  for (std::size_t i = 0; i < count_; i += slot_padding) {
    const Lanes own = load(values.data() + first_ + i) & load(member_.data() + i);
    sum += own;
    empty -= own == 0;
  }
  return {static_cast<std::int32_t>(count_) - total(empty), total(sum), 0};
}

SlotSums SlotMask::sum_with_squares(std::span<const std::int16_t> values) const {
  SlotSums sums = sum(values);
  const std::int16_t* const value = values.data() + first_;
  for (std::size_t i = 0; i < count_; ++i) {
    const auto own = static_cast<std::int16_t>(value[i] & member_[i]);
    sums.squares += own * own;
  }
  return sums;
}

}  // namespace attune::detail
