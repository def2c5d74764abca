// SPDX-License-Identifier: MIT
#include "batch/slot_sums.hpp"

namespace attune::detail {
namespace {

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
  const std::size_t count = keyed_.size();
  const std::int16_t* __restrict__ from = answers.data();
  const std::int16_t* __restrict__ flip = flip_.data();
  const std::int16_t* __restrict__ offset = offset_.data();
  std::int16_t* __restrict__ to = keyed_.data();
  for (std::size_t i = 0; i < count; ++i) {
    const auto turned = static_cast<std::int16_t>((from[i] ^ flip[i]) + offset[i]);
    to[i] = static_cast<std::int16_t>(from[i] == 0 ? 0 : turned);
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
    member_[slot - first_] = belongs[slot] ? 1 : 0;
  }
}

SlotSums SlotMask::sum(std::span<const std::int16_t> values) const {
  const std::int16_t* __restrict__ value = values.data() + first_;
  const std::int16_t* __restrict__ member = member_.data();
  std::int32_t sum = 0;
  std::int32_t answered = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    sum += value[i] * member[i];
    answered += (value[i] > 0 ? 1 : 0) * member[i];
  }
  return {answered, sum, 0};
}

SlotSums SlotMask::sum_with_squares(std::span<const std::int16_t> values) const {
  const std::int16_t* __restrict__ value = values.data() + first_;
  const std::int16_t* __restrict__ member = member_.data();
  std::int32_t sum = 0;
  std::int32_t squares = 0;
  std::int32_t answered = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    const auto own = static_cast<std::int16_t>(value[i] * member[i]);
    sum += own;
    squares += own * value[i];
    answered += own > 0 ? 1 : 0;
  }
  return {answered, sum, squares};
}

}  // namespace attune::detail
