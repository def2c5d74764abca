// SPDX-License-Identifier: MIT
#pragma once

/// Small questionnaires, answers and scores by hand, for tests.
///
///     Questionnaire questionnaire = blank(1, 7);
///     add_items(questionnaire, add_scale(questionnaire, "trust"), "++--");

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

namespace attune::test {

/// Stands for a skipped item in `answer`.
inline constexpr int skip = -1;

/// A questionnaire with one response scale and the form "full", no items yet.
inline Questionnaire blank(int min = 1, int max = 7) {
  Questionnaire questionnaire;
  questionnaire.id = "sample";
  questionnaire.response_scales = {{"agreement", min, max, {{min, "no"}, {max, "yes"}}}};
  questionnaire.forms = {{"full", "", std::nullopt, {}}};
  return questionnaire;
}

inline std::size_t add_scale(Questionnaire& questionnaire, std::string id,
                             std::optional<std::size_t> parent = std::nullopt) {
  Scale scale;
  scale.name = id;
  scale.id = std::move(id);
  scale.parent = parent;
  questionnaire.scales.push_back(std::move(scale));
  return questionnaire.scales.size() - 1;
}

/// One rating item of `scale` for each sign of `keys`; '-' is reversed.
inline void add_items(Questionnaire& questionnaire, std::size_t scale, std::string_view keys) {
  for (const char key : keys) {
    Item item;
    item.id = "i" + std::to_string(questionnaire.items.size() + 1);
    item.scale = scale;
    item.reverse = key == '-';
    questionnaire.forms[0].items.push_back(questionnaire.items.size());
    questionnaire.items.push_back(std::move(item));
  }
}

/// Raw ratings in the order of the definition; `skip` skips; items beyond the list are not asked.
inline Responses answer(const Questionnaire& questionnaire, const std::vector<int>& ratings) {
  Responses responses = empty_responses(questionnaire);
  responses.order.clear();
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    responses.order.push_back(i);
    if (ratings[i] == skip) {
      responses.answers[i] = Skipped{};
    } else {
      responses.answers[i] = static_cast<double>(ratings[i]);
    }
  }
  return responses;
}

/// A scored scale as the scoring module would give it, with the error that the test needs.
inline ScaleScore scored(double score, double se, double min = 1, double max = 7) {
  ScaleScore result;
  const double low = score - 1.96 * se;
  const double high = score + 1.96 * se;
  result.estimate =
      Estimate{score, se, low < min ? min : low, high > max ? max : high, ErrorMethod::conditional};
  result.answered = result.items = 8;
  return result;
}

inline ScaleScore unscored() {
  ScaleScore result;
  result.items = 8;
  result.reason = "no item answered";
  return result;
}

inline Condition condition(std::size_t scale) {
  Condition result;
  result.index = scale;
  return result;
}

inline Condition at_least(std::size_t scale, double bound) {
  Condition result = condition(scale);
  result.at_least = bound;
  return result;
}

inline Condition above(std::size_t scale, double bound) {
  Condition result = condition(scale);
  result.above = bound;
  return result;
}

inline Condition at_most(std::size_t scale, double bound) {
  Condition result = condition(scale);
  result.at_most = bound;
  return result;
}

inline Condition below(std::size_t scale, double bound) {
  Condition result = condition(scale);
  result.below = bound;
  return result;
}

inline NextStep step(std::string id, StepSize size, int priority, Rule when) {
  NextStep result;
  result.id = std::move(id);
  result.size = size;
  result.priority = priority;
  result.when = std::move(when);
  return result;
}

/// A deterministic stream of whole numbers (Knuth, MMIX linear congruential generator), the same on
/// every machine.
class Numbers {
 public:
  explicit Numbers(unsigned long long seed) : state_(seed) {}

  /// A number from `min` to `max`.
  int between(int min, int max) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    const auto count = static_cast<unsigned long long>(max - min + 1);
    return min + static_cast<int>((state_ >> 33) % count);
  }

 private:
  unsigned long long state_;
};

}  // namespace attune::test
