// SPDX-License-Identifier: MIT
#include "attune/scoring.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <string>
#include <utility>

namespace attune::scoring {
namespace {

// How widely the answers of one person are spread on 1..7 in people in general, and what that
// weighs, in answers, beside the spread of this person's own.
constexpr double variance_of_people = 2.2;
constexpr double weight_of_people = 8;

// 0.8 of 5 items must be 4 of them although 0.8 × 5 may come out a little above 4.
constexpr double share_tolerance = 1e-9;

// The factor that turns a mean of keyed answers into the units of the scale's score.
double units_per_mean(const Keying::ScaleKey& key) {
  return key.method == ScoreMethod::sum ? static_cast<double>(key.items) : 1.0;
}

double conditional_error(const Keying::ScaleKey& key, const KeyedSums& sums) {
  const double sixth = (key.range.max - key.range.min) / 6.0;
  const auto n = static_cast<double>(sums.answered);
  const auto spread = static_cast<double>(sums.answered * sums.squares - sums.sum * sums.sum);
  const double common = weight_of_people * variance_of_people * sixth * sixth;
  return std::sqrt((common + spread / n) / (weight_of_people + n - 1) / n);
}

// Why a scale with these sums is not scored; empty when it is.
std::string reason_not_scored(const Keying::ScaleKey& key, const KeyedSums& sums) {
  if (key.items == 0) return "the form has no items of this scale";
  if (sums.answered == 0) return "no item answered";
  if (sums.answered >= static_cast<std::int64_t>(key.needed)) return {};
  return fmt::format("only {} of {} items answered; {} are needed", sums.answered, key.items,
                     key.needed);
}

std::vector<KeyedSums> sums_of_responses(const Keying& keying, const Responses& responses) {
  std::vector<RawRating> raw;
  raw.reserve(keying.items.size());
  for (const Keying::ItemKey& key : keying.items) {
    raw.push_back(static_cast<RawRating>(rating(responses, key.item).value_or(no_answer)));
  }
  std::vector<KeyedSums> sums;
  sum_up(keying, raw, sums);
  return sums;
}

std::string reason_not_derived(const Questionnaire& questionnaire, const Derived& derived,
                               const Scores& scores) {
  std::vector<std::string_view> missing;
  for (const Term& term : derived.terms) {
    if (!scores[term.scale].estimate) missing.push_back(questionnaire.scales[term.scale].name);
  }
  if (missing.empty()) return {};
  if (missing.size() == 1) return fmt::format("it needs {}, which has no score", missing[0]);
  const std::string_view last = missing.back();
  missing.pop_back();
  return fmt::format("it needs {} and {}, which have no score", fmt::join(missing, ", "), last);
}

// Scores count as the doubles they are: a weighted sum of independent errors has the variance
// Σ wᵢ²·seᵢ².
Estimate weighted_sum(const Derived& derived, const Scores& scores, ScoreRange range) {
  double sum = 0;
  double variance = 0;
  ErrorMethod method = ErrorMethod::classical;
  for (const Term& term : derived.terms) {
    const Estimate& part = *scores[term.scale].estimate;
    sum += term.weight * part.score;
    variance += term.weight * term.weight * part.se * part.se;
    if (part.method == ErrorMethod::conditional) method = ErrorMethod::conditional;
  }
  return estimate(sum, std::sqrt(variance), range.min, range.max, method);
}

// --- published figures

// Finer than this a sample of some hundreds, or one that came to a web page, says nothing.
constexpr double percentile_step = 5;
constexpr double lowest_percentile = 1;
constexpr double highest_percentile = 99;

// A mean of thirds may come to lie a little beyond the last score of a table.
constexpr double score_tolerance = 1e-9;

std::optional<double> table_percentile(const std::vector<std::pair<double, double>>& table,
                                       double score) {
  if (score < table.front().first - score_tolerance ||
      score > table.back().first + score_tolerance) {
    return std::nullopt;
  }
  const auto above = std::ranges::lower_bound(table, score, {}, &std::pair<double, double>::first);
  if (above == table.begin()) return table.front().second;
  if (above == table.end()) return table.back().second;
  const auto below = std::prev(above);
  const double share = (score - below->first) / (above->first - below->first);
  return below->second + share * (above->second - below->second);
}

double normal_percentile(double mean, double sd, double score) {
  return 50 * std::erfc((mean - score) / (sd * std::numbers::sqrt2));
}

double coarse(double percentile) {
  return std::clamp(std::round(percentile / percentile_step) * percentile_step, lowest_percentile,
                    highest_percentile);
}

}  // namespace

double keyed(const Questionnaire& questionnaire, const Item& item, double raw) {
  if (!item.reverse) return raw;
  const AnswerRange range = answer_range(questionnaire, item);
  return range.min + range.max - raw;
}

Estimate estimate(double score, double se, double min, double max, ErrorMethod method) {
  return {score, se, std::clamp(score - z_95 * se, min, max),
          std::clamp(score + z_95 * se, min, max), method};
}

std::size_t items_needed(double min_answered, std::size_t items) {
  const double needed = std::ceil(min_answered * static_cast<double>(items) - share_tolerance);
  return static_cast<std::size_t>(std::max(1.0, needed));
}

Keying keying_of(const Questionnaire& questionnaire, std::size_t form,
                 const std::optional<AnswerRange>& range,
                 const std::optional<double>& min_answered) {
  Keying keying;
  keying.scales.resize(questionnaire.scales.size());
  for (const std::size_t index : questionnaire.forms[form].items) {
    const Item& item = questionnaire.items[index];
    if (!item.scale) continue;
    const AnswerRange answers = range.value_or(answer_range(questionnaire, item));
    const int factor = item.reverse ? -1 : 1;
    const int offset = item.reverse ? answers.min + answers.max : 0;
    const std::size_t place = keying.items.size();
    keying.items.push_back({index, factor, offset, answers});
    for (std::optional<std::size_t> scale = item.scale; scale;
         scale = questionnaire.scales[*scale].parent) {
      ++keying.scales[*scale].items;
      keying.scales[*scale].range = answers;
      Keying::ScaleKey& key = keying.scales[*scale];
      (item.reverse ? key.reversed : key.direct).push_back(place);
    }
  }
  for (std::size_t i = 0; i < keying.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    Keying::ScaleKey& key = keying.scales[i];
    key.method = scale.method;
    key.needed = items_needed(min_answered.value_or(scale.min_answered), key.items);
    // What is published speaks of answers to all items of a scale.
    const bool has_all = key.items == items_of(questionnaire, full_form, i).size();
    if (key.items > 0 && has_all) key.published = published_error(scale, key.range);
  }
  return keying;
}

void sum_up(const Keying& keying, std::span<const RawRating> raw, std::vector<KeyedSums>& sums) {
  sums.clear();
  for (const Keying::ScaleKey& key : keying.scales) {
    int answered = 0;
    int sum = 0;
    int squares = 0;
    const auto add = [&](int keyed) {
      ++answered;
      sum += keyed;
      squares += keyed * keyed;
    };
    for (const std::size_t place : key.direct) {
      if (raw[place] != no_answer) add(raw[place]);
    }
    for (const std::size_t place : key.reversed) {
      if (raw[place] != no_answer) add(keying.items[place].offset - raw[place]);
    }
    sums.push_back({answered, sum, squares});
  }
}

std::optional<double> score_of(const Keying::ScaleKey& key, const KeyedSums& sums) {
  if (sums.answered < static_cast<std::int64_t>(key.needed)) return std::nullopt;
  // Multiplied before it is divided: a complete sum stays a whole number.
  return static_cast<double>(sums.sum) * units_per_mean(key) / static_cast<double>(sums.answered);
}

std::optional<Estimate> estimate_of(const Keying::ScaleKey& key, const KeyedSums& sums) {
  const std::optional<double> score = score_of(key, sums);
  if (!score) return std::nullopt;
  const double units = units_per_mean(key);
  const double se = key.published ? *key.published : conditional_error(key, sums) * units;
  return estimate(*score, se, key.range.min * units, key.range.max * units,
                  key.published ? ErrorMethod::classical : ErrorMethod::conditional);
}

Scores score(const Questionnaire& questionnaire, std::size_t form, const Responses& responses) {
  return score(keying_of(questionnaire, form), responses);
}

Scores score(const Keying& keying, const Responses& responses) {
  const std::vector<KeyedSums> sums = sums_of_responses(keying, responses);
  Scores scores(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const Keying::ScaleKey& key = keying.scales[i];
    scores[i] = {estimate_of(key, sums[i]), static_cast<std::size_t>(sums[i].answered), key.items,
                 reason_not_scored(key, sums[i])};
  }
  return scores;
}

ScoreRange derived_range(const Questionnaire& questionnaire, std::size_t form,
                         std::size_t derived) {
  ScoreRange range;
  for (const Term& term : questionnaire.derived[derived].terms) {
    const ScoreRange part =
        score_range(questionnaire, term.scale, items_of(questionnaire, form, term.scale).size());
    range.min += term.weight * (term.weight > 0 ? part.min : part.max);
    range.max += term.weight * (term.weight > 0 ? part.max : part.min);
  }
  return range;
}

Scores derive(const Questionnaire& questionnaire, std::size_t form, const Scores& scores) {
  Scores results(questionnaire.derived.size());
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Derived& derived = questionnaire.derived[i];
    for (const Term& term : derived.terms) {
      results[i].answered += scores[term.scale].answered;
      results[i].items += scores[term.scale].items;
    }
    results[i].reason = reason_not_derived(questionnaire, derived, scores);
    if (!results[i].reason.empty()) continue;
    results[i].estimate = weighted_sum(derived, scores, derived_range(questionnaire, form, i));
  }
  return results;
}

std::vector<Contribution> contributions(const Questionnaire& questionnaire, std::size_t form,
                                        const Responses& responses, std::size_t scale) {
  const Keying keying = keying_of(questionnaire, form);
  const Keying::ScaleKey& key = keying.scales[scale];
  const KeyedSums sums = sums_of_responses(keying, responses)[scale];
  if (!estimate_of(key, sums)) return {};
  const auto n = static_cast<double>(sums.answered);
  const double mean = static_cast<double>(sums.sum) / n;
  const double units = units_per_mean(key);

  std::vector<std::size_t> items = items_of(questionnaire, form, scale);
  std::ranges::sort(items);
  std::vector<Contribution> result;
  for (const std::size_t index : items) {
    const Item& item = questionnaire.items[index];
    const std::optional<double> raw = rating(responses, index);
    if (!raw) continue;
    const double answer = keyed(questionnaire, item, *raw);
    result.push_back(
        {index, *raw, answer, (answer - mean) / n * units, (item.reverse ? -1 : 1) / n * units});
  }
  return result;
}

std::optional<double> classical_error(double sd, double reliability) {
  // Written so that a value that is not a number is refused, too.
  if (!(sd > 0) || !(reliability >= 0 && reliability < 1)) return std::nullopt;
  return sd * std::sqrt(1 - reliability);
}

std::optional<double> published_error(const Scale& scale, AnswerRange answers) {
  if (!scale.reliability) return std::nullopt;
  const auto& [alpha, retest, days, source] = *scale.reliability;
  const std::optional<double>& coefficient = alpha ? alpha : retest;
  const auto norm = std::ranges::find_if(
      scale.norms, [&](const Norm& each) { return each.sd && applies(each, answers); });
  if (!coefficient || norm == scale.norms.end()) return std::nullopt;
  return classical_error(*norm->sd, *coefficient);
}

bool applies(const Norm& norm, AnswerRange answers) {
  return !norm.range || *norm.range == answers;
}

std::optional<NormPosition> norm_position(const Norm& norm, double score) {
  if (!std::isfinite(score)) return std::nullopt;
  if (!norm.percentiles.empty()) {
    const std::optional<double> percentile = table_percentile(norm.percentiles, score);
    if (!percentile) return std::nullopt;
    return NormPosition{coarse(*percentile), NormMethod::empirical};
  }
  if (!norm.mean || !norm.sd || !(*norm.sd > 0)) return std::nullopt;
  return NormPosition{coarse(normal_percentile(*norm.mean, *norm.sd, score)), NormMethod::normal};
}

std::string_view name_of(NormMethod method) {
  return method == NormMethod::empirical ? "empirical" : "normal";
}

std::vector<NormReading> norm_readings(const Questionnaire& questionnaire, std::size_t scale,
                                       const ScaleScore& score) {
  const std::vector<Norm>& norms = questionnaire.scales[scale].norms;
  if (norms.empty() || !score.estimate) return {};
  const std::vector<std::size_t> items = items_of(questionnaire, full_form, scale);
  if (score.items != items.size()) return {};
  const AnswerRange answers = answer_range(questionnaire, questionnaire.items[items.front()]);
  std::vector<NormReading> readings;
  for (std::size_t norm = 0; norm < norms.size(); ++norm) {
    if (!applies(norms[norm], answers)) continue;
    const auto position = norm_position(norms[norm], score.estimate->score);
    if (position) readings.push_back({norm, *position});
  }
  return readings;
}

}  // namespace attune::scoring
