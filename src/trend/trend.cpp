// SPDX-License-Identifier: MIT
#include "attune/trend.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "attune/decimal.hpp"

#include "trend/difference.hpp"

namespace attune::trend {
namespace {

// How many check-ins make the baseline, and how many are held against it.
constexpr std::size_t check_ins_at_an_end = 3;

// SD from day to day that is assumed on a scale of 6 steps, and how many pairs that guess weighs.
constexpr double expected_daily_sd = 0.35;
constexpr double range_of_the_expectation = 6;
constexpr double weight_of_the_expectation = 8;

// The median of |z| of a normal z: a median distance over this is an SD.
constexpr double median_of_normal_distance = 0.6745;

// How many errors a change must exceed to be called one.
constexpr double errors_of_a_change = 2.8;

double mean_score(std::span<const SeriesPoint> points) {
  double sum = 0;
  for (const SeriesPoint& point : points) sum += point.estimate.score;
  return sum / static_cast<double>(points.size());
}

double squared(double value) { return value * value; }

// v: item noise and day-to-day noise of one score together.
double noise_variance(std::span<const SeriesPoint> points, ScoreRange range) {
  std::vector<double> distances;
  distances.reserve(points.size() - 1);
  double item_variances = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    distances.push_back(std::abs(points[i].estimate.score - points[i - 1].estimate.score));
    item_variances += squared(difference_error(points[i - 1], points[i]).se) / 2;
  }
  const auto pairs = static_cast<double>(distances.size());
  const double daily_sd = expected_daily_sd * (range.max - range.min) / range_of_the_expectation;
  const double expected = item_variances / pairs + squared(daily_sd);
  const double seen = squared(median(std::move(distances)) / median_of_normal_distance) / 2;
  return (weight_of_the_expectation * expected + pairs * seen) /
         (weight_of_the_expectation + pairs);
}

Baseline baseline_of(std::span<const SeriesPoint> points, double variance) {
  Baseline baseline;
  baseline.mean = mean_score(points.first(check_ins_at_an_end));
  baseline.wobble = std::sqrt(variance);
  baseline.n = check_ins_at_an_end;
  const double n = static_cast<double>(check_ins_at_an_end);
  const double half_band = z_95 * std::sqrt(variance * (1 + 1 / n));
  baseline.low = baseline.mean - half_band;
  baseline.high = baseline.mean + half_band;
  return baseline;
}

bool lie_on_one_side(std::span<const SeriesPoint> points, double of) {
  const auto above = [&](const SeriesPoint& point) { return point.estimate.score > of; };
  const auto below = [&](const SeriesPoint& point) { return point.estimate.score < of; };
  return std::all_of(points.begin(), points.end(), above) ||
         std::all_of(points.begin(), points.end(), below);
}

Change series_change(std::span<const SeriesPoint> points, const Baseline& baseline) {
  const auto recent = points.last(check_ins_at_an_end);
  const double n = static_cast<double>(check_ins_at_an_end);
  Change change;
  change.method = ChangeMethod::series;
  change.change = mean_score(recent) - baseline.mean;
  change.se = baseline.wobble * std::sqrt(2 / n);
  change.low = change.change - z_95 * change.se;
  change.high = change.change + z_95 * change.se;
  const double latest = points.back().estimate.score;
  if (std::abs(change.change) > errors_of_a_change * change.se &&
      lie_on_one_side(recent, baseline.mean)) {
    change.verdict = Verdict::changed;
  } else if (latest < baseline.low || latest > baseline.high) {
    change.verdict = Verdict::maybe;
  }
  return change;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::no_change:
      return "no change";
    case Verdict::maybe:
      return "maybe";
    case Verdict::changed:
      break;
  }
  return "changed";
}

std::string_view name_of(ChangeMethod method) {
  switch (method) {
    case ChangeMethod::paired:
      return "paired";
    case ChangeMethod::separate:
      return "separate";
    case ChangeMethod::published:
      return "published";
    case ChangeMethod::series:
      break;
  }
  return "series";
}

ScaleTrend trend_of(std::span<const SeriesPoint> points, ScoreRange range) {
  ScaleTrend trend;
  if (points.size() < 2) return trend;
  trend.since_last = difference(points[points.size() - 2], points.back());
  if (points.size() < fewest_of_a_series) {
    trend.since_first = difference(points.front(), points.back());
    return trend;
  }
  trend.baseline = baseline_of(points, noise_variance(points, range));
  trend.since_first = series_change(points, *trend.baseline);
  return trend;
}

}  // namespace attune::trend
