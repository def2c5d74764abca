// SPDX-License-Identifier: MIT
#pragma once

/// Sums over the answers of a row, for all scales in one pass.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/rows.hpp"
#include "attune/scoring.hpp"

namespace attune::detail {

/// Sums over the answered items of one scale. Every answer counts as one more than it is: that
/// cancels out of every difference, and a slot without an answer adds nothing.
struct ShiftedSums {
  std::int32_t answered = 0;
  std::int32_t sum = 0;
  std::int32_t squares = 0;
};

/// The three sums in one word, so that one addition serves them all: the number of answers in the
/// lowest 16 bits, their sum in the next 24, their squares in the highest 24. That holds what 500
/// answers up to 101 can make of them.
using PackedSums = std::uint64_t;

inline constexpr unsigned sum_bits = 16;      // where the sum begins
inline constexpr unsigned squares_bits = 40;  // where the squares begin

[[nodiscard]] inline ShiftedSums unpack(PackedSums sums) {
  return {static_cast<std::int32_t>(sums & 0xFFFF),
          static_cast<std::int32_t>(sums >> sum_bits & 0xFFFFFF),
          static_cast<std::int32_t>(sums >> squares_bits)};
}

/// What each slot value adds to the sums of its scale.
using PackedValues = std::array<PackedSums, 102>;

/// Keyed answers of each scale, summed up, and raw answers of all.
class KeyedRowSums {
 public:
  /// Facets are summed up only where all scales are wanted.
  KeyedRowSums(const Questionnaire& questionnaire, const RowLayout& layout, WantedScales wanted);

  void take(std::span<const std::int16_t> answers);

  /// The sums of the row that was taken last, of a scale and its facets.
  [[nodiscard]] PackedSums of(std::size_t scale) const { return sums_[scale]; }

  /// Those of the raw answers, over all slots.
  [[nodiscard]] ShiftedSums raw() const { return unpack(raw_); }

 private:
  // Slots of one scale that are keyed alike, from the end of the group before on.
  struct Group {
    std::size_t end = 0;
    std::size_t scale = 0;
    PackedSums ends = 0;   // min + max of reversed items, with the shift of both; else 0
    bool is_first = true;  // of its scale
  };
  struct FacetOf {
    std::size_t facet = 0;
    std::size_t parent = 0;
  };
  void add_groups(const Questionnaire& questionnaire, const RowLayout& layout, std::size_t scale,
                  const std::vector<std::size_t>& slots);

  PackedValues table_;
  std::vector<std::uint16_t> slots_;
  std::vector<Group> groups_;
  std::vector<FacetOf> facets_;
  std::vector<PackedSums> sums_;  // by scale
  PackedSums raw_ = 0;
};

}  // namespace attune::detail
