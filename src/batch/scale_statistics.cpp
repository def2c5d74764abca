// SPDX-License-Identifier: MIT
#include "batch/scale_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "batch/one_factor.hpp"
#include "batch/reliability.hpp"

namespace attune::detail {
namespace {

// n·Σxy − Σx·Σy goes beyond 64 bits from some ten million rows on.
__extension__ typedef __int128 Wide;

// n(n−1) times a covariance: exact, and so is whether it is 0.
Wide numerator(std::int64_t n, std::int64_t products, std::int64_t first, std::int64_t second) {
  return static_cast<Wide>(n) * products - static_cast<Wide>(first) * second;
}

double covariance(const PairSums& pair) {
  const auto n = static_cast<double>(pair.n);
  return static_cast<double>(numerator(pair.n, pair.products, pair.first, pair.second)) /
         (n * (n - 1));
}

Statistic absent(Absence absence) { return {std::nullopt, absence}; }

// Nothing where two items share fewer than two rows.
std::optional<ItemCovariances> covariances_of(const ScaleSums& sums) {
  const std::size_t size = sums.slots().size();
  SquareMatrix matrix(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i; j < size; ++j) {
      const PairSums pair = sums.pair(i, j);
      if (pair.n < 2) return std::nullopt;
      matrix(i, j) = matrix(j, i) = covariance(pair);
    }
  }
  return ItemCovariances(std::move(matrix));
}

// What can be said about an item without regard to the others.
ItemStatistics item_alone(const Questionnaire& questionnaire, const AnalysisSums& sums,
                          const ScaleSums& scale, std::size_t place) {
  const std::size_t slot = scale.slots()[place];
  ItemStatistics item;
  item.item = sums.layout().items[slot];
  item.range = sums.layout().ranges[slot];
  item.answered = sums.answered(slot);
  item.missing = sums.rows() - item.answered;
  const auto counts = scale.counts(place);
  item.raw.assign(counts.begin(), counts.end());
  if (questionnaire.items[item.item].reverse) std::reverse(item.raw.begin(), item.raw.end());
  const PairSums own = scale.pair(place, place);
  item.mean = own.n < 1 ? absent(Absence::no_rows)
                        : Statistic{static_cast<double>(own.first) / static_cast<double>(own.n) +
                                    item.range.min - 1};
  if (own.n < 2) {
    item.sd = absent(Absence::fewer_than_two_rows);
    return item;
  }
  const double variance = covariance(own);
  item.sd = {std::sqrt(variance)};
  if (variance == 0) item.flag = ItemFlag::no_variance;
  return item;
}

// The mean score is that of the items' means, so that it rests on the same rows as they do.
Statistic mean_of(const ScaleStatistics& scale, ScoreMethod method) {
  double sum = 0;
  for (const ItemStatistics& item : scale.items) {
    if (!item.mean.value) return absent(Absence::no_rows);
    sum += *item.mean.value;
  }
  return {method == ScoreMethod::sum ? sum : sum / static_cast<double>(scale.items.size())};
}

Statistic sd_of(const ItemCovariances& covariances, ScoreMethod method) {
  const double of_sum = std::sqrt(std::max(covariances.variance_of_sum(), 0.0));
  return {method == ScoreMethod::sum ? of_sum : of_sum / static_cast<double>(covariances.size())};
}

void add_omega(ScaleStatistics& scale, const ItemCovariances& covariances) {
  const Result<OneFactor, Absence> factor = fit_one_factor(covariances.matrix());
  scale.omega = factor ? Statistic{factor->omega} : absent(factor.error());
  for (std::size_t i = 0; i < scale.items.size(); ++i) {
    scale.items[i].loading = factor ? Statistic{factor->loadings[i]} : absent(factor.error());
  }
  if (!factor) return;
  for (const std::size_t place : factor->heywood) scale.heywood.push_back(scale.items[place].item);
}

void add_directions(ScaleStatistics& scale, const ItemCovariances& covariances,
                    const Questionnaire& questionnaire) {
  std::vector<bool> reversed;
  for (const ItemStatistics& item : scale.items) {
    reversed.push_back(questionnaire.items[item.item].reverse);
  }
  const Directions directions = directions_of(covariances, reversed);
  scale.even_split = directions.even_split;
  for (std::size_t i = 0; i < scale.items.size(); ++i) {
    scale.items[i].key_r = directions.key_r[i];
    if (directions.against[i]) scale.items[i].flag = ItemFlag::key;
  }
}

void add_together(ScaleStatistics& scale, const ItemCovariances& covariances,
                  const Questionnaire& questionnaire) {
  scale.sd = sd_of(covariances, questionnaire.scales[scale.scale].method);
  scale.alpha = covariances.alpha();
  for (std::size_t i = 0; i < scale.items.size(); ++i) {
    scale.items[i].item_rest_r = covariances.item_rest_r(i);
    scale.items[i].alpha_if_dropped = covariances.alpha_without(i);
  }
  add_omega(scale, covariances);
  add_directions(scale, covariances, questionnaire);
}

// What the number of items forbids is said before what the number of rows does.
void add_nothing_together(ScaleStatistics& scale) {
  const auto unless_fewer = [&](std::size_t items, Absence fewer) {
    return absent(scale.items.size() < items ? fewer : Absence::fewer_than_two_rows);
  };
  scale.sd = absent(Absence::fewer_than_two_rows);
  scale.alpha = unless_fewer(2, Absence::fewer_than_two_items);
  scale.omega = unless_fewer(3, Absence::fewer_than_three_items);
  for (ItemStatistics& item : scale.items) {
    item.item_rest_r = item.key_r = scale.alpha;
    item.loading = scale.omega;
    item.alpha_if_dropped = unless_fewer(3, Absence::fewer_than_two_items);
  }
}

std::uint64_t smallest_n(const ScaleSums& sums) {
  auto smallest = static_cast<std::int64_t>(sums.pair(0, 0).n);
  for (std::size_t i = 0; i < sums.slots().size(); ++i) {
    for (std::size_t j = i; j < sums.slots().size(); ++j) {
      smallest = std::min(smallest, sums.pair(i, j).n);
    }
  }
  return static_cast<std::uint64_t>(smallest);
}

}  // namespace

ScaleStatistics scale_statistics(const Questionnaire& questionnaire, const AnalysisSums& sums,
                                 const ScaleSums& scale, MissingAnswers missing) {
  ScaleStatistics result;
  result.scale = scale.scale();
  result.n = scale.complete();
  result.incomplete = sums.rows() - result.n;
  result.smallest_n = missing == MissingAnswers::pairwise ? smallest_n(scale) : result.n;
  for (std::size_t place = 0; place < scale.slots().size(); ++place) {
    result.items.push_back(item_alone(questionnaire, sums, scale, place));
  }
  result.mean = mean_of(result, questionnaire.scales[result.scale].method);
  if (const auto covariances = covariances_of(scale)) {
    add_together(result, *covariances, questionnaire);
  } else {
    add_nothing_together(result);
  }
  return result;
}

ScaleCorrelation scale_correlation(const AnalysisSums& sums, const ScalePair& pair) {
  ScaleCorrelation result;
  result.first = sums.scales()[pair.first].scale();
  result.second = sums.scales()[pair.second].scale();
  const JointSums& joint = pair.sums;
  result.n = static_cast<std::uint64_t>(joint.n);
  if (joint.n < 2) {
    result.r = absent(Absence::fewer_than_two_rows);
    return result;
  }
  const auto first =
      static_cast<double>(numerator(joint.n, joint.first_squares, joint.first, joint.first));
  const auto second =
      static_cast<double>(numerator(joint.n, joint.second_squares, joint.second, joint.second));
  const auto both =
      static_cast<double>(numerator(joint.n, joint.products, joint.first, joint.second));
  result.r = first > 0 && second > 0 ? Statistic{both / std::sqrt(first) / std::sqrt(second)}
                                     : absent(Absence::no_variance);
  return result;
}

}  // namespace attune::detail
