// SPDX-License-Identifier: MIT
#pragma once

/// From scored check-ins to one series per scale: what trend.hpp works on. Knows when two check-ins
/// were scored alike and may be compared.
///
///     SeriesCollector collector;
///     collector.add(record, questionnaire, form, responses, scores);   // in any order
///     for (const CollectedScale& scale : collector.take()) trend_of(scale.points, scale.range);

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/record.hpp"
#include "attune/scores.hpp"
#include "attune/trend.hpp"

namespace attune::trend {

/// All that decides how answers to a scale become a score, spelled out: items, reversals, the range
/// of the answers, mean or sum over how many. Scores with equal keys may be compared; wording and
/// bands are no part of it.
[[nodiscard]] std::string scoring_key(const Questionnaire& questionnaire, std::size_t form,
                                      std::size_t scale);

/// One scale over time. `points` ascend in time; check-ins on which the scale is not scored have
/// none. All are scored by the key of the newest: those by another key, whose items, reversals,
/// answer range or way of scoring differ, are counted in `left_out`.
struct CollectedScale {
  std::size_t scale = 0;  ///< index into the scales of the newest definition
  ScoreRange range;
  std::vector<SeriesPoint> points;
  std::size_t left_out = 0;
};

class SeriesCollector {
 public:
  /// Collects the scale with this id, a facet too, or every main scale.
  explicit SeriesCollector(std::optional<std::string> scale = {}) : scale_(std::move(scale)) {}

  /// One check-in; `questionnaire` must stay where it is until take().
  void add(const Record& record, const Questionnaire& questionnaire, std::size_t form,
           const Responses& responses, const Scores& scores);

  [[nodiscard]] std::size_t count() const { return newest_.count; }
  /// The definition that the newest check-in is scored with; null when there is none.
  [[nodiscard]] const Questionnaire* questionnaire() const { return newest_.questionnaire; }

  /// The series of the wanted scales of that definition, in its order.
  [[nodiscard]] std::vector<CollectedScale> take();

 private:
  struct KeyedPoint {
    SeriesPoint point;
    std::int64_t sequence = 0;
    std::size_t key = 0;
  };
  // What is worked out once for a scale, and for a form of a definition.
  struct ScalePlan {
    std::size_t scale = 0;
    std::vector<std::size_t> items;  // in the form, by number
    std::size_t key = 0;
    ScoreRange range;
  };
  struct FormPlan {
    std::vector<std::uint32_t> numbers;  // of each item of the definition
    std::vector<ScalePlan> scales;       // the wanted ones
  };
  struct Newest {
    std::size_t count = 0;
    std::pair<std::int64_t, std::int64_t> at;
    const Questionnaire* questionnaire = nullptr;
    std::size_t form = 0;
  };

  const FormPlan& plan_for(const Questionnaire& questionnaire, std::size_t form);

  std::optional<std::string> scale_;
  std::map<std::pair<const Questionnaire*, std::size_t>, FormPlan> plans_;
  std::map<std::string, std::uint32_t, std::less<>> numbers_;          // of items, by id
  std::map<std::string, std::size_t, std::less<>> keys_;               // by what they say
  std::map<std::string, std::deque<KeyedPoint>, std::less<>> points_;  // by scale
  Newest newest_;
};

}  // namespace attune::trend
