// SPDX-License-Identifier: MIT
#include "attune/scoring.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace attune {
namespace {

// Two-sided 95 % of the normal distribution.

// Variance of a value spread evenly over an interval of width 1.
constexpr double uniform_variance = 1.0 / 12.0;

// 0.8 of 5 items must be 4 of them although 0.8 × 5 may come out a little above 4.
constexpr double share_tolerance = 1e-9;

void add(KeyedSums& sums, const ResponseScale& response_scale, std::optional<double> keyed_answer) {
  ++sums.items;
  sums.min = response_scale.min;
  sums.max = response_scale.max;
  if (!keyed_answer) return;
  ++sums.answered;
  sums.sum += *keyed_answer;
  sums.squares += *keyed_answer * *keyed_answer;
}

std::vector<KeyedSums> sum_up(const Questionnaire& questionnaire, std::size_t form,
                              const Responses& responses, WantedScales wanted) {
  std::vector<KeyedSums> all_sums(questionnaire.scales.size());
  for (const std::size_t index : questionnaire.forms[form].items) {
    const Item& item = questionnaire.items[index];
    if (!item.scale) continue;
    std::optional<double> answer = rating(responses, index);
    if (answer) answer = keyed(questionnaire, item, *answer);
    const ResponseScale& response_scale = questionnaire.response_scales[item.response_scale];
    const std::optional<std::size_t>& parent = questionnaire.scales[*item.scale].parent;
    if (!parent || wanted == WantedScales::all) add(all_sums[*item.scale], response_scale, answer);
    if (parent) add(all_sums[*parent], response_scale, answer);
  }
  return all_sums;
}

double error_of_mean(std::size_t answered, double variance, double min, double max, double step) {
  if (answered == 1) return (max - min) * std::sqrt(uniform_variance);
  const double floor = step * step * uniform_variance;
  return std::sqrt(std::max(variance, floor) / static_cast<double>(answered));
}

std::size_t count_items(const Questionnaire& questionnaire, std::size_t scale) {
  const auto counts = [&](const Item& item) { return counts_for(questionnaire, item, scale); };
  return static_cast<std::size_t>(
      std::count_if(questionnaire.items.begin(), questionnaire.items.end(), counts));
}

// The factor that turns a mean of keyed answers into the units of the scale's score.
double units_per_mean(ScoreMethod method, std::size_t items) {
  return method == ScoreMethod::sum ? static_cast<double>(items) : 1.0;
}

Estimate estimate_of(const Questionnaire& questionnaire, std::size_t index, const KeyedSums& sums) {
  const ScoreMethod method = questionnaire.scales[index].method;
  const double units = units_per_mean(method, sums.items);
  const double value = score_of(method, sums);
  const double min = sums.min * units;
  const double max = sums.max * units;
  if (const auto published = published_error(questionnaire, index, sums)) {
    return estimate(value, published->se, min, max, ErrorMethod::classical);
  }
  return estimate(value, error_of(method, sums), min, max, ErrorMethod::conditional);
}

// Why a scale with these sums is not scored; empty when it is.
std::string reason_not_scored(const Scale& scale, const KeyedSums& sums) {
  if (sums.items == 0) return "the form has no items of this scale";
  if (sums.answered == 0) return "no item answered";
  const std::size_t needed = items_needed(scale.min_answered, sums.items);
  if (sums.answered >= needed) return {};
  return fmt::format("only {} of {} items answered; {} are needed", sums.answered, sums.items,
                     needed);
}

}  // namespace

double keyed(const Questionnaire& questionnaire, const Item& item, double raw) {
  if (!item.reverse) return raw;
  const ResponseScale& response_scale = questionnaire.response_scales[item.response_scale];
  return response_scale.min + response_scale.max - raw;
}

double conditional_error(std::span<const double> keyed_answers, double min, double max,
                         double step) {
  const double n = static_cast<double>(keyed_answers.size());
  double sum = 0;
  for (const double answer : keyed_answers) sum += answer;
  double squares = 0;
  for (const double answer : keyed_answers) squares += (answer - sum / n) * (answer - sum / n);
  return error_of_mean(keyed_answers.size(), squares / (n - 1), min, max, step);
}

std::optional<double> classical_error(double sd, double reliability) {
  // Written so that a value that is not a number is refused, too.
  if (!(sd > 0) || !(reliability >= 0 && reliability < 1)) return std::nullopt;
  return sd * std::sqrt(1 - reliability);
}

std::optional<PublishedError> published_error(const Scale& scale, AnswerRange answers) {
  if (!scale.reliability) return std::nullopt;
  const bool has_alpha = scale.reliability->alpha.has_value();
  const std::optional<double>& coefficient =
      has_alpha ? scale.reliability->alpha : scale.reliability->retest;
  const auto norm = std::find_if(scale.norms.begin(), scale.norms.end(), [&](const Norm& each) {
    return each.sd && applies(each, answers);
  });
  if (!coefficient || norm == scale.norms.end()) return std::nullopt;
  const std::optional<double> se = classical_error(*norm->sd, *coefficient);
  if (!se) return std::nullopt;
  return PublishedError{*se, has_alpha ? ReliabilityKind::alpha : ReliabilityKind::retest};
}

std::optional<PublishedError> published_error(const Questionnaire& questionnaire, std::size_t scale,
                                              const KeyedSums& sums) {
  const AnswerRange answers{static_cast<int>(sums.min), static_cast<int>(sums.max)};
  const auto published = published_error(questionnaire.scales[scale], answers);
  if (!published || sums.items != count_items(questionnaire, scale)) return std::nullopt;
  return published;
}

const Norm* applicable_norm(const Questionnaire& questionnaire, std::size_t scale,
                            const KeyedSums& sums) {
  if (sums.items != count_items(questionnaire, scale)) return nullptr;
  const AnswerRange answers{static_cast<int>(sums.min), static_cast<int>(sums.max)};
  const std::vector<Norm>& norms = questionnaire.scales[scale].norms;
  const auto found = std::find_if(norms.begin(), norms.end(), [&](const Norm& each) {
    return applies(each, answers) && (!each.percentiles.empty() || each.sd);
  });
  return found == norms.end() ? nullptr : &*found;
}

double score_of(ScoreMethod method, const KeyedSums& sums) {
  // Multiplied before it is divided: a complete sum stays a whole number.
  return sums.sum * units_per_mean(method, sums.items) / static_cast<double>(sums.answered);
}

double error_of(ScoreMethod method, const KeyedSums& sums) {
  const double n = static_cast<double>(sums.answered);
  const double variance =
      sums.answered < 2 ? 0 : (n * sums.squares - sums.sum * sums.sum) / (n * (n - 1));
  return error_of_mean(sums.answered, variance, sums.min, sums.max, 1) *
         units_per_mean(method, sums.items);
}

Estimate estimate(double score, double se, double min, double max, ErrorMethod method) {
  return {score, se, std::clamp(score - z_95 * se, min, max),
          std::clamp(score + z_95 * se, min, max), method};
}

std::size_t items_needed(double min_answered, std::size_t items) {
  const double needed = std::ceil(min_answered * static_cast<double>(items) - share_tolerance);
  return static_cast<std::size_t>(std::max(1.0, needed));
}

Scores score(const Questionnaire& questionnaire, std::size_t form, const Responses& responses,
             WantedScales wanted) {
  const std::vector<KeyedSums> all_sums = sum_up(questionnaire, form, responses, wanted);
  Scores scores(all_sums.size());
  for (std::size_t i = 0; i < all_sums.size(); ++i) {
    if (wanted == WantedScales::main && questionnaire.scales[i].parent) continue;
    scores[i].items = all_sums[i].items;
    scores[i].answered = all_sums[i].answered;
    scores[i].reason = reason_not_scored(questionnaire.scales[i], all_sums[i]);
    if (scores[i].reason.empty()) scores[i].estimate = estimate_of(questionnaire, i, all_sums[i]);
  }
  return scores;
}

std::vector<Contribution> contributions(const Questionnaire& questionnaire, std::size_t form,
                                        const Responses& responses, std::size_t scale) {
  const KeyedSums sums = sum_up(questionnaire, form, responses, WantedScales::all)[scale];
  if (!reason_not_scored(questionnaire.scales[scale], sums).empty()) return {};
  const double n = static_cast<double>(sums.answered);
  const double units = units_per_mean(questionnaire.scales[scale].method, sums.items);

  std::vector<std::size_t> items = questionnaire.forms[form].items;
  std::sort(items.begin(), items.end());
  std::vector<Contribution> result;
  for (const std::size_t index : items) {
    const Item& item = questionnaire.items[index];
    const std::optional<double> raw = rating(responses, index);
    if (!raw || !counts_for(questionnaire, item, scale)) continue;
    const double answer = keyed(questionnaire, item, *raw);
    result.push_back({index, *raw, answer, (answer - sums.sum / n) / n * units,
                      (item.reverse ? -1 : 1) / n * units});
  }
  return result;
}

}  // namespace attune
