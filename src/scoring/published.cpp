// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "attune/scoring.hpp"

namespace attune::scoring {
namespace {

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
