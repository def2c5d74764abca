// SPDX-License-Identifier: MIT
// What a series of check-ins says: two levels or a line against one level, in four-week means, with
// the noise of items and of spells. trend.hpp says what the rule rests on.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <vector>

#include "trend/difference.hpp"

namespace attune::trend {
namespace {

constexpr std::int64_t days_of_a_period = 28;
constexpr double days_of_a_spell = 56;

// SD of a period's level that is assumed to begin with, and the range it is meant for.
constexpr double expected_spell_sd = 0.55;
constexpr double range_of_the_expectation = 6;

// The evidence that is needed, and how it grows beyond a year, whose every look is one more chance
// to err.
constexpr double least_evidence_needed = 6.4;
constexpr double growth_of_evidence = 8;
constexpr double periods_of_a_year = 13;

// How many check-ins make a side, a passing stretch, a usual range and the newest ones.
constexpr std::size_t fewest_check_ins = 3;
constexpr std::size_t fewest_periods_of_a_side = 2;
constexpr std::size_t fewest_periods_of_a_line = 5;
constexpr std::size_t most_periods_of_a_stretch = 8;

// What is fitted beside the noise: two levels and their date, or as much for a line; two levels and
// two dates.
constexpr double fitted_by_a_date = 3;
constexpr double fitted_by_a_stretch = 4;

// With so many spells in all a shift of 2.5 on a range of 6 is called changed.
constexpr double spells_that_tell = 4.5;

// Values that differ by less than this, of their size or of a step, are equal but for rounding.
constexpr double rounding = 1e-9;

struct CheckIn {
  const SeriesPoint* point = nullptr;
  std::int64_t day = 0;  // local
};
using CheckIns = std::span<const CheckIn>;

// Equal days are ordered by what was answered, so that the order of input never matters.
std::vector<CheckIn> by_day(std::span<const SeriesPoint> points) {
  std::vector<CheckIn> check_ins;
  check_ins.reserve(points.size());
  for (const SeriesPoint& point : points) {
    check_ins.push_back({&point, days_since_epoch(local_date(point.taken_at))});
  }
  std::ranges::sort(check_ins, {}, [](const CheckIn& each) {
    return std::tie(each.day, each.point->estimate.score, each.point->answers);
  });
  return check_ins;
}

struct Period {
  CheckIns check_ins;
  double mean = 0;  // score
  double day = 0;   // mean
};

double mean_score(CheckIns check_ins) {
  double sum = 0;
  for (const CheckIn& each : check_ins) sum += each.point->estimate.score;
  return sum / static_cast<double>(check_ins.size());
}

// Those without a check-in are left out. A newest one with less than half the check-ins of the one
// before joins it: a period that has only begun would weigh as much as a whole one.
std::vector<Period> periods_of(CheckIns check_ins) {
  const auto number = [&](const CheckIn& each) {
    return (each.day - check_ins.front().day) / days_of_a_period;
  };
  std::vector<CheckIns> parts;
  for (auto begin = check_ins.begin(); begin != check_ins.end();) {
    const auto end = std::ranges::upper_bound(begin, check_ins.end(), number(*begin), {}, number);
    parts.emplace_back(begin, end);
    begin = end;
  }
  if (parts.size() > 1 && 2 * parts.back().size() < parts.rbegin()[1].size()) {
    parts.pop_back();
    parts.back() = {parts.back().begin(), check_ins.end()};
  }
  std::vector<Period> periods;
  for (const CheckIns part : parts) {
    double days = 0;
    for (const CheckIn& each : part) days += static_cast<double>(each.day);
    periods.push_back({part, mean_score(part), days / static_cast<double>(part.size())});
  }
  return periods;
}

// What neighbouring periods add up to. A side may be made of two such runs.
struct Run {
  double periods = 0;
  double sum = 0;      // of their means
  double squares = 0;  // of their means
  double inverse = 0;  // of their numbers of check-ins, summed
  double check_ins = 0;
  double spells = 0;  // 1, and up to 1 more for the time between a period and the one before

  [[nodiscard]] double mean() const { return sum / periods; }
  // The part of the item noise in the mean.
  [[nodiscard]] double share() const { return inverse / squared(periods); }
  // What the means scatter beyond item noise, and how much of a variance that many spells show.
  [[nodiscard]] double scatter(double item_noise) const {
    return squares - sum * mean() - item_noise * inverse * (1 - 1 / periods);
  }
  [[nodiscard]] double shown() const { return periods * (1 - 1 / spells); }
};

Run joined(const Run& a, const Run& b, double sign = 1) {
  return {a.periods + sign * b.periods,     a.sum + sign * b.sum,
          a.squares + sign * b.squares,     a.inverse + sign * b.inverse,
          a.check_ins + sign * b.check_ins, a.spells + sign * b.spells};
}

// Sums over the first 0, 1, 2, … periods, so that any run costs one subtraction.
class Runs {
 public:
  explicit Runs(std::span<const Period> periods) : sums_(1) {
    for (std::size_t i = 0; i < periods.size(); ++i) {
      const auto n = static_cast<double>(periods[i].check_ins.size());
      const double gap = i == 0 ? 0 : periods[i].day - periods[i - 1].day;
      const double mean = periods[i].mean;
      sums_.push_back(joined(
          sums_.back(), {1, mean, mean * mean, 1 / n, n, std::min(1.0, gap / days_of_a_spell)}));
    }
  }

  // From a period up to, and without, another.
  [[nodiscard]] Run between(std::size_t begin, std::size_t end) const {
    Run run = joined(sums_[end], sums_[begin], -1);
    run.spells = 1 + sums_[end].spells - sums_[begin + 1].spells;
    return run;
  }
  [[nodiscard]] Run all() const { return between(0, count()); }
  [[nodiscard]] std::size_t count() const { return sums_.size() - 1; }

 private:
  std::vector<Run> sums_;
};

struct Noise {
  double item = 0;      // variance of one score
  double expected = 0;  // variance of a spell that is assumed to begin with
  double step = 1;      // what counts as one on a range of 6

  // The variance of a spell, drawn from what is seen towards what is expected, which weighs one.
  [[nodiscard]] double of_a_spell(double scatter, double shown, double weight) const {
    const double seen = shown > 0 ? std::max(scatter, 0.0) / shown : 0;
    return (expected + weight * seen) / (weight + 1);
  }
};

Noise noise_of(CheckIns check_ins, ScoreRange range) {
  Noise noise;
  for (std::size_t i = 1; i < check_ins.size(); ++i) {
    noise.item += squared(difference_error(*check_ins[i - 1].point, *check_ins[i].point).se) / 2;
  }
  noise.item /= static_cast<double>(check_ins.size() - 1);
  noise.step = (range.max - range.min) / range_of_the_expectation;
  noise.expected = squared(expected_spell_sd * noise.step);
  return noise;
}

// A difference with its error, the evidence for it, and where it was found.
struct Fit {
  double change = 0;
  double se = 0;
  double evidence = 0;
  std::size_t period = 0;  // of a split: the first of the new side
  Line line;
};

// Twice the log likelihood ratio of a change against none, with the spells that are left as degrees
// of freedom.
Fit fit_of(double change, double variance, double spells_left) {
  const double ratio = squared(change) / (spells_left * variance);
  return {change, std::sqrt(variance), spells_left * std::log1p(ratio), 0, {}};
}

Fit two_levels(const Run& one, const Run& two, double fitted, const Noise& noise, double forms) {
  const double spells = one.spells + two.spells;
  const double spell = noise.of_a_spell(one.scatter(noise.item) + two.scatter(noise.item),
                                        one.shown() + two.shown(), spells - 2);
  const double variance =
      spell * (1 / one.spells + 1 / two.spells) + noise.item * (one.share() + two.share()) + forms;
  return fit_of(two.mean() - one.mean(), variance, spells - fitted);
}

// What different items add to the variance of a difference, as draws from one domain: their share
// in each period, and the variance of the answers of one check-in, in units of the score. Without
// shares where all were asked the same, or where answers are missing.
struct Forms {
  std::map<std::uint32_t, std::vector<double>> shares;
  double variance = 0;

  // Of a weighted sum of periods.
  template <class Weight>
  [[nodiscard]] double between(Weight weight) const {
    double sum = 0;
    for (const auto& [item, by_period] : shares) {
      double difference = 0;
      for (std::size_t i = 0; i < by_period.size(); ++i) difference += weight(i) * by_period[i];
      sum += squared(difference);
    }
    return variance * sum;
  }
};

Forms forms_of(CheckIns check_ins, std::span<const Period> periods) {
  Forms forms;
  const auto answers = [](const CheckIn& each) { return std::span(each.point->answers); };
  const auto is_as_first = [&](const CheckIn& each) {
    return std::ranges::equal(answers(each), answers(check_ins.front()), {}, &KeyedAnswer::item,
                              &KeyedAnswer::item);
  };
  if (std::ranges::all_of(check_ins, is_as_first)) return forms;
  const auto is_empty = [&](const CheckIn& each) { return answers(each).empty(); };
  if (std::ranges::any_of(check_ins, is_empty)) return forms;
  double spread = 0;
  double sittings = 0;
  double units = 0;
  for (std::size_t period = 0; period < periods.size(); ++period) {
    for (const CheckIn& each : periods[period].check_ins) {
      const auto n = static_cast<double>(answers(each).size());
      units = std::max(units, units_of(*each.point));
      double sum = 0;
      double squares = 0;
      for (const auto& [item, keyed] : answers(each)) {
        std::vector<double>& share = forms.shares[item];
        share.resize(periods.size());
        share[period] += 1 / (n * static_cast<double>(periods[period].check_ins.size()));
        sum += keyed;
        squares += squared(keyed);
      }
      if (n < 2) continue;
      spread += (squares - sum * sum / n) / (n - 1);
      ++sittings;
    }
  }
  if (sittings > 0) forms.variance = squared(units) * spread / sittings;
  return forms;
}

// What the search for a change works on.
struct Material {
  std::span<const Period> periods;
  Runs runs;
  Noise noise;
  Forms forms;
  double newest = 0;  // mean of the newest check-ins
};

// The best of the dates that the newest check-ins still lie on the new side of; the earliest of
// equals. Without evidence where there is none.
Fit best_split(const Material& material) {
  Fit best;
  const std::size_t count = material.runs.count();
  for (std::size_t k = fewest_periods_of_a_side; k + fewest_periods_of_a_side <= count; ++k) {
    const Run before = material.runs.between(0, k);
    const Run after = material.runs.between(k, count);
    if (std::min(before.check_ins, after.check_ins) < fewest_check_ins) continue;
    if (before.spells + after.spells <= fitted_by_a_date) continue;
    const double forms = material.forms.between(
        [&](std::size_t i) { return i < k ? -1 / before.periods : 1 / after.periods; });
    Fit fit = two_levels(before, after, fitted_by_a_date, material.noise, forms);
    fit.period = k;
    const double beyond = material.newest - (before.mean() + after.mean()) / 2;
    if (std::copysign(1, fit.change) * beyond <= rounding * material.noise.step) continue;
    if (fit.evidence > best.evidence * (1 + rounding)) best = fit;
  }
  return best;
}

// Without it a rise spread over a year would hardly be found: two levels explain at most three
// quarters of it.
Fit line_of(const Material& material) {
  const Run all = material.runs.all();
  if (material.periods.size() < fewest_periods_of_a_line || all.spells <= fitted_by_a_date)
    return {};
  double day = 0;
  for (const Period& period : material.periods) day += period.day / all.periods;
  double days = 0;      // Σ (day − mean)²
  double products = 0;  // Σ (day − mean)·mean score
  double weighted = 0;  // Σ (day − mean)²/n
  for (const Period& period : material.periods) {
    days += squared(period.day - day);
    products += (period.day - day) * period.mean;
    weighted += squared(period.day - day) / static_cast<double>(period.check_ins.size());
  }
  const double slope = products / days;
  double scatter = -material.noise.item * all.inverse * (1 - 2 / all.periods);
  for (const Period& period : material.periods) {
    scatter += squared(period.mean - all.mean() - slope * (period.day - day));
  }
  const double spell =
      material.noise.of_a_spell(scatter, all.periods * (1 - 2 / all.spells), all.spells - 2);
  const double forms =
      material.forms.between([&](std::size_t i) { return (material.periods[i].day - day) / days; });
  const double variance = spell * all.periods / (all.spells * days) +
                          material.noise.item * weighted / squared(days) + forms;
  const double span = material.periods.back().day - material.periods.front().day;
  const double from = all.mean() + slope * (material.periods.front().day - day);
  Fit fit = fit_of(slope * span, variance * squared(span), all.spells - fitted_by_a_date);
  fit.line = {from, from + fit.change};
  const double beyond = material.newest - all.mean();
  const bool is_still_there =
      std::copysign(1, slope) * beyond - std::abs(fit.change) / 4 > rounding * material.noise.step;
  return is_still_there ? fit : Fit{};
}

Level level_of(const Material& material, std::size_t begin, std::size_t end) {
  const Run run = material.runs.between(begin, end);
  return {run.mean(), static_cast<std::size_t>(run.check_ins),
          material.periods[begin].check_ins.front().point->taken_at,
          material.periods[end - 1].check_ins.back().point->taken_at};
}

// The neighbouring periods, neither the first nor the last, that differ most from all others, which
// the newest check-ins are like again; the earliest of equals.
std::optional<PassingStretch> passing_stretch(const Material& material, double evidence_needed) {
  std::optional<PassingStretch> best;
  const std::size_t count = material.runs.count();
  for (std::size_t begin = 1; begin + 1 < count; ++begin) {
    const std::size_t latest = std::min(count - 1, begin + most_periods_of_a_stretch);
    for (std::size_t end = begin + 1; end <= latest; ++end) {
      const Run inside = material.runs.between(begin, end);
      const Run others = joined(material.runs.between(0, begin), material.runs.between(end, count));
      if (inside.check_ins < fewest_check_ins) continue;
      if (inside.spells + others.spells <= fitted_by_a_stretch) continue;
      const double nearer =
          std::abs(material.newest - inside.mean()) - std::abs(material.newest - others.mean());
      if (nearer <= rounding * material.noise.step) continue;
      const Fit fit = two_levels(others, inside, fitted_by_a_stretch, material.noise, 0);
      if (fit.evidence <= (best ? best->evidence * (1 + rounding) : evidence_needed)) continue;
      best = {level_of(material, begin, end), others.mean(), fit.evidence};
    }
  }
  return best;
}

// Those of the last four weeks, but at least three.
CheckIns newest_of(CheckIns check_ins) {
  const std::int64_t since = std::min(check_ins.back().day - days_of_a_period + 1,
                                      check_ins[check_ins.size() - fewest_check_ins].day);
  const auto first = std::ranges::lower_bound(check_ins, since, {}, &CheckIn::day);
  return check_ins.subspan(static_cast<std::size_t>(first - check_ins.begin()));
}

// Those before the new side of a split, or before the newest three and outside a passing stretch.
std::vector<CheckIn> usual_check_ins(CheckIns check_ins, const SeriesEvidence& series) {
  const auto day = [](Instant at) { return days_since_epoch(local_date(at)); };
  const std::int64_t end = series.split ? day(series.split->after.first)
                                        : check_ins[check_ins.size() - fewest_check_ins].day;
  std::vector<CheckIn> usual;
  for (const CheckIn& each : check_ins) {
    const auto& passing = series.passing;
    const bool is_passing = passing && !series.split && day(passing->inside.first) <= each.day &&
                            each.day <= day(passing->inside.last);
    if (each.day < end && !is_passing) usual.push_back(each);
  }
  return usual;
}

struct UsualFit {
  UsualRange range;
  double spell = 0;       // variance of a spell
  double spells = 1;      // how many were seen
  double item_share = 0;  // the part of the item noise in the mean
};

UsualFit usual_of(CheckIns check_ins, const Noise& noise) {
  const std::vector<Period> periods = periods_of(check_ins);
  const Run all = Runs(periods).all();
  UsualFit usual;
  usual.spells = all.spells;
  usual.spell = noise.of_a_spell(all.scatter(noise.item), all.shown(), all.spells - 1);
  usual.item_share = noise.item * all.share();
  double within = noise.item * all.periods;  // item noise and single days, Σ over the check-ins
  for (const Period& period : periods) {
    for (const CheckIn& each : period.check_ins) {
      within += squared(each.point->estimate.score - period.mean);
    }
  }
  within /= all.check_ins;
  const double variance = usual.spell * (1 + 1 / usual.spells) + within + usual.item_share;
  const double half = z_95 * std::sqrt(variance);
  usual.range = {all.mean(), std::sqrt(usual.spell + within), check_ins.size(), all.mean() - half,
                 all.mean() + half};
  return usual;
}

// The newest check-ins against the usual ones.
Fit newest_against(const UsualFit& usual, const Material& material, CheckIns newest) {
  double spells = 1;
  for (std::size_t i = 1; i < newest.size(); ++i) {
    const auto gap = static_cast<double>(newest[i].day - newest[i - 1].day);
    spells += std::min(1.0, gap / days_of_a_spell);
  }
  const double variance = usual.spell * (1 / usual.spells + 1 / spells) + usual.item_share +
                          material.noise.item / static_cast<double>(newest.size());
  return {material.newest - usual.range.mean, std::sqrt(variance), 0, 0, {}};
}

SeriesEvidence evidence_of(const Material& material, const Fit& split, const Fit& line) {
  const std::size_t count = material.runs.count();
  const double years = std::max(static_cast<double>(count) / periods_of_a_year, 1.0);
  SeriesEvidence series;
  series.evidence = std::max(split.evidence, line.evidence);
  series.evidence_needed = least_evidence_needed + growth_of_evidence * std::log(years);
  if (series.evidence <= series.evidence_needed) {
    series.passing = passing_stretch(material, series.evidence_needed);
  }
  if (series.evidence <= series.evidence_needed / 2) return series;
  if (split.evidence >= line.evidence) {
    series.split = {level_of(material, 0, split.period), level_of(material, split.period, count)};
  } else {
    series.line = line.line;
  }
  return series;
}

// Everything that takes six check-ins. Leaves `since_first` alone where nothing is usual.
void read_series(ScaleTrend& trend, CheckIns check_ins, ScoreRange range) {
  const std::vector<Period> periods = periods_of(check_ins);
  const CheckIns newest = newest_of(check_ins);
  const Material material{periods, Runs(periods), noise_of(check_ins, range),
                          forms_of(check_ins, periods), mean_score(newest)};
  const Fit split = best_split(material);
  const Fit line = line_of(material);
  const SeriesEvidence& series = trend.series.emplace(evidence_of(material, split, line));
  const std::vector<CheckIn> usual_ones = usual_check_ins(check_ins, series);
  if (usual_ones.size() < fewest_check_ins) return;
  const UsualFit usual = usual_of(usual_ones, material.noise);
  trend.usual = usual.range;
  Fit fit = series.line ? line : split;
  if (!series.line && !series.split) fit = newest_against(usual, material, newest);
  const auto today = mean_score(
      {std::ranges::lower_bound(newest, newest.back().day, {}, &CheckIn::day), newest.end()});
  Change& change = trend.since_first.emplace();
  change.change = fit.change;
  change.se = fit.se;
  change.low = fit.change - z_95 * fit.se;
  change.high = fit.change + z_95 * fit.se;
  change.method = ChangeMethod::series;
  if (series.evidence > series.evidence_needed) {
    change.verdict = Verdict::changed;
  } else if (series.split || series.line || today < usual.range.low || today > usual.range.high) {
    change.verdict = Verdict::maybe;
  }
}

std::optional<Date> tells_from(CheckIns check_ins) {
  const std::vector<Period> periods = periods_of(check_ins);
  const double lacking = spells_that_tell - Runs(periods).all().spells;
  const auto day =
      static_cast<std::int64_t>(std::ceil(periods.back().day + lacking * days_of_a_spell));
  if (day <= check_ins.back().day) return {};
  return date_of_days(day);
}

}  // namespace

ScaleTrend trend_of(std::span<const SeriesPoint> points, ScoreRange range) {
  ScaleTrend trend;
  if (points.empty()) return trend;
  const std::vector<CheckIn> check_ins = by_day(points);
  trend.tells_from = tells_from(check_ins);
  if (points.size() < 2) return trend;
  trend.since_last = difference(points[points.size() - 2], points.back());
  if (points.size() >= fewest_of_a_series) read_series(trend, check_ins, range);
  if (!trend.since_first) trend.since_first = difference(points.front(), points.back());
  return trend;
}

}  // namespace attune::trend
