// SPDX-License-Identifier: MIT
#pragma once

/// Sums over the slots of a row, eight slots at a time.

#include <cstdint>
#include <span>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/rows.hpp"

namespace attune::detail {

/// Sums of keyed answers + 1 over the answered slots of one scale. (The shift cancels out of every
/// difference, and keeps 0 free for "no answer".)
struct SlotSums {
  std::int32_t answered = 0;
  std::int32_t sum = 0;
  std::int32_t squares = 0;
};

/// Keyed answers of a row: keyed + 1 by slot, 0 for no answer.
class Keying {
 public:
  Keying(const Questionnaire& questionnaire, const RowLayout& layout);

  /// The keyed answers of `answers`, valid until the next call.
  [[nodiscard]] std::span<const std::int16_t> keyed(std::span<const std::int16_t> answers);

 private:
  std::vector<std::int16_t> flip_;    // by slot: all bits where the item is reversed, else none
  std::vector<std::int16_t> offset_;  // by slot: added after flipping
  std::vector<std::int16_t> keyed_;
};

/// The slots that count for one scale, and sums over them.
class SlotMask {
 public:
  /// `belongs` is parallel to the slots of the layout.
  explicit SlotMask(const std::vector<bool>& belongs);

  [[nodiscard]] SlotSums sum(std::span<const std::int16_t> values) const;
  [[nodiscard]] SlotSums sum_with_squares(std::span<const std::int16_t> values) const;

 private:
  std::size_t first_ = 0;  // slots before and behind these have no part in it
  std::size_t count_ = 0;
  std::vector<std::int16_t> member_;  // all bits or none, from first_ on
};

}  // namespace attune::detail
