// SPDX-License-Identifier: MIT
#include "attune/item_analysis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace attune::rows {
namespace {

// n·Σxy − Σx·Σy goes beyond 64 bits from some ten million rows on.
__extension__ typedef __int128 Wide;

// A variance this small beside what it was summed up from is rounding.
constexpr double rounding = 1e-12;

using Value = std::optional<double>;
using Matrix = std::vector<std::vector<double>>;

Matrix zeros(std::size_t size) { return Matrix(size, std::vector<double>(size)); }

// What the covariances of a scale's items say about it; of fewer than two rows they are all 0.
struct Covariances {
  Covariances(Matrix of_items, std::int64_t rows) : matrix(std::move(of_items)), n(rows) {
    for (const std::vector<double>& row : matrix) {
      row_sums.push_back(std::accumulate(row.begin(), row.end(), 0.0));
      sum += row_sums.back();
      variances += row[row_sums.size() - 1];
      for (const double each : row) least += rounding * std::abs(each);
    }
  }

  // 0 where it is below what rounding leaves.
  [[nodiscard]] double unless_rounding(double variance) const {
    return variance > least ? variance : 0;
  }

  // k/(k−1)·(1 − Σvᵢ/V) (Cronbach 1951), of all items or without one. Below 0 where items work
  // against each other; never clamped.
  [[nodiscard]] Value alpha(std::optional<std::size_t> without = std::nullopt) const {
    const std::size_t items = matrix.size() - (without ? 1 : 0);
    const double own = without ? matrix[*without][*without] : 0;
    const double of_sum = without ? sum - 2 * row_sums[*without] + own : sum;
    if (items < 2 || n < 2 || unless_rounding(of_sum) <= 0) return std::nullopt;
    const auto k = static_cast<double>(items);
    return k / (k - 1) * (1 - (variances - own) / of_sum);
  }

  // Pearson's r of an item with the sum of the others.
  [[nodiscard]] Value item_rest_r(std::size_t item) const {
    const double own = matrix[item][item];
    const double of_rest = unless_rounding(sum - 2 * row_sums[item] + own);
    if (matrix.size() < 2 || n < 2 || !(own > 0) || of_rest <= 0) return std::nullopt;
    return std::clamp((row_sums[item] - own) / std::sqrt(own * of_rest), -1.0, 1.0);
  }

  Matrix matrix;
  std::int64_t n = 0;
  std::vector<double> row_sums;
  double sum = 0;        // the variance of the sum of all items
  double variances = 0;  // Σvᵢ
  double least = 0;      // what is below it is rounding, beside Σ|cᵢⱼ|
};

// A symmetric matrix times itself, divided by the trace of that, so that no power grows beyond
// bounds.
Matrix squared(const Matrix& matrix) {
  const std::size_t size = matrix.size();
  Matrix result = zeros(size);
  double trace = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      result[i][j] = std::inner_product(matrix[i].begin(), matrix[i].end(), matrix[j].begin(), 0.0);
    }
    trace += result[i][i];
  }
  for (std::vector<double>& row : result) {
    for (double& each : row) each /= trace;
  }
  return result;
}

// The sign of each item on the first principal axis of the items' correlations: 1, −1, or 0 for one
// that has no part in it. High powers of a matrix become the product of its first axis with itself;
// where two axes are as good as equal they don't, none stands out, and items stay as they are
// keyed.
std::vector<int> axis_signs(const Matrix& covariances) {
  constexpr int squarings = 30;
  constexpr double least_part = 1e-9;
  const std::size_t size = covariances.size();
  Matrix power = zeros(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const double product = covariances[i][i] * covariances[j][j];
      power[i][j] = product > 0 ? covariances[i][j] / std::sqrt(product) : i == j ? 1 : 0;
    }
  }
  for (int i = 0; i < squarings; ++i) power = squared(power);
  std::size_t largest = 0;
  double only_one = 0;  // the trace of the square: 1 where only one axis is left
  for (std::size_t i = 0; i < size; ++i) {
    if (power[i][i] > power[largest][largest]) largest = i;
    only_one += std::inner_product(power[i].begin(), power[i].end(), power[i].begin(), 0.0);
  }
  std::vector<int> signs(size, 1);
  if (only_one < 1 - rounding) return signs;
  for (std::size_t i = 0; i < size; ++i) {
    const double part = power[largest][i] / std::sqrt(power[largest][largest]);
    signs[i] = std::abs(part) < least_part ? 0 : part < 0 ? -1 : 1;
  }
  return signs;
}

// Whether those that pull the axis's way are the minority. Where as many pull one way as the other,
// the half with more reversed items is (data that were reversed before look like this), else the
// half without the first item.
bool is_turned_around(const std::vector<int>& ways, const std::vector<bool>& reversed,
                      bool& even_split) {
  int balance = 0;
  int reversed_balance = 0;
  int first = 0;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    balance += ways[i];
    if (reversed[i]) reversed_balance += ways[i];
    if (first == 0) first = ways[i];
  }
  even_split = balance == 0 && first != 0;
  if (balance != 0) return balance < 0;
  if (reversed_balance != 0) return reversed_balance > 0;
  return first < 0;
}

// Which items pull against the majority. The signs on the first principal axis turn the items one
// way, so that several wrong keys don't make right ones look wrong; then each item is set against
// the sum of the others so turned. Where no item pulls against others, key_r is the item-rest r.
void add_directions(ScaleStatistics& scale, const Covariances& covariances,
                    const Questionnaire& questionnaire) {
  const std::size_t size = scale.items.size();
  const std::vector<int> signs = axis_signs(covariances.matrix);
  Matrix one_way = covariances.matrix;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      if ((signs[i] < 0) != (signs[j] < 0)) one_way[i][j] = -one_way[i][j];
    }
  }
  const Covariances together(std::move(one_way), covariances.n);
  std::vector<int> ways(size);
  std::vector<bool> reversed(size);
  for (std::size_t i = 0; i < size; ++i) {
    ItemStatistics& item = scale.items[i];
    reversed[i] = questionnaire.items[item.item].reverse;
    item.key_r = together.item_rest_r(i);
    if (!item.key_r) continue;
    // One that was turned for the axis pulls the other way.
    if (signs[i] < 0) item.key_r = -*item.key_r;
    ways[i] = (*item.key_r > 0 ? 1 : 0) - (*item.key_r < 0 ? 1 : 0);
  }
  const bool turned = is_turned_around(ways, reversed, scale.even_split);
  for (std::size_t i = 0; i < size; ++i) {
    ItemStatistics& item = scale.items[i];
    if (turned && item.key_r) item.key_r = -*item.key_r;
    if (turned ? ways[i] > 0 : ways[i] < 0) item.flag = ItemFlag::key;
  }
}

// What the sums of a scale's items say.
void add_statistics(ScaleStatistics& scale, const ProductSums& sums,
                    const Questionnaire& questionnaire) {
  const std::size_t size = scale.items.size();
  const auto n = static_cast<double>(sums.n);
  Matrix matrix = zeros(size);
  for (std::size_t i = 0; i < size && sums.n > 1; ++i) {
    for (std::size_t j = i; j < size; ++j) {
      matrix[i][j] = matrix[j][i] = sums.numerator(i, j) / (n * (n - 1));
    }
  }
  const Covariances covariances(std::move(matrix), sums.n);
  double sum_of_means = 0;
  for (std::size_t i = 0; i < size; ++i) {
    ItemStatistics& item = scale.items[i];
    if (sums.n > 0) item.mean = static_cast<double>(sums.sums[i]) / n;
    sum_of_means += item.mean.value_or(0);
    const double variance = covariances.matrix[i][i];
    if (sums.n > 1) item.sd = std::sqrt(variance);
    if (sums.n > 1 && variance == 0) item.flag = ItemFlag::no_variance;
    item.item_rest_r = covariances.item_rest_r(i);
    item.alpha_if_dropped = covariances.alpha(i);
  }
  // The score is the sum of the items or their mean, and rests on the same rows as they do.
  const bool is_sum = questionnaire.scales[scale.scale].method == ScoreMethod::sum;
  const double items = is_sum ? 1 : static_cast<double>(size);
  const double of_sum = std::sqrt(covariances.unless_rounding(covariances.sum));
  if (sums.n > 0) scale.mean = sum_of_means / items;
  if (sums.n > 1) scale.sd = of_sum / items;
  scale.alpha = covariances.alpha();
  add_directions(scale, covariances, questionnaire);
}

Value correlation_of(const ProductSums& totals) {
  const double first = totals.numerator(0, 0);
  const double second = totals.numerator(1, 1);
  if (totals.n < 2 || first <= 0 || second <= 0) return std::nullopt;
  return totals.numerator(0, 1) / std::sqrt(first) / std::sqrt(second);
}

}  // namespace

void ProductSums::add(std::span<const std::int64_t> row) {
  ++n;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::int64_t own = row[i];
    sums[i] += own;
    std::int64_t* const products_of = &products[i * row.size()];
    for (std::size_t j = i; j < row.size(); ++j) products_of[j] += own * row[j];
  }
}

double ProductSums::numerator(std::size_t first, std::size_t second) const {
  return static_cast<double>(static_cast<Wide>(n) * products[first * sums.size() + second] -
                             static_cast<Wide>(sums[first]) * sums[second]);
}

ItemAnalysis::ItemAnalysis(const Questionnaire& questionnaire, std::size_t form,
                           const std::optional<AnswerRange>& range)
    : questionnaire_(questionnaire),
      keying_(scoring::keying_of(questionnaire, form, range)),
      answered_(keying_.items.size()) {
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < keying_.items.size(); ++place) {
      const Item& item = questionnaire.items[keying_.items[place].item];
      if (counts_for(questionnaire, item, scale)) places.push_back(place);
    }
    const ProductSums keyed(places.size());
    const std::size_t fewest = questionnaire.scales[scale].parent ? 2 : 1;
    if (places.size() >= fewest) scales_.push_back({scale, std::move(places), keyed, {}});
  }
  for (std::size_t i = 0; i < scales_.size(); ++i) {
    for (std::size_t j = i + 1; j < scales_.size(); ++j) {
      const bool has_facet = questionnaire.scales[scales_[i].scale].parent ||
                             questionnaire.scales[scales_[j].scale].parent;
      if (!has_facet) pairs_.push_back({i, j});
    }
  }
}

void ItemAnalysis::take(const Row& row) {
  if (row.problem != nullptr) {
    ++left_out_;
    return;
  }
  ++rows_;
  for (std::size_t place = 0; place < answered_.size(); ++place) {
    if (row.answers[place] != scoring::no_answer) ++answered_[place];
  }
  for (ScaleSums& scale : scales_) {
    keyed_.clear();
    for (const std::size_t place : scale.places) {
      if (row.answers[place] == scoring::no_answer) break;
      const scoring::Keying::ItemKey& key = keying_.items[place];
      keyed_.push_back(key.factor * row.answers[place] + key.offset);
    }
    scale.total.reset();
    if (keyed_.size() < scale.places.size()) continue;
    scale.total = std::accumulate(keyed_.begin(), keyed_.end(), std::int64_t{0});
    scale.keyed.add(keyed_);
  }
  for (ScalePair& pair : pairs_) {
    const auto first = scales_[pair.first].total;
    const auto second = scales_[pair.second].total;
    if (first && second) pair.totals.add(std::array{*first, *second});
  }
}

Analysis ItemAnalysis::result() const {
  Analysis analysis{rows_, left_out_, {}, {}};
  for (const ScaleSums& sums : scales_) {
    ScaleStatistics& scale = analysis.scales.emplace_back();
    scale.scale = sums.scale;
    scale.n = static_cast<std::uint64_t>(sums.keyed.n);
    scale.incomplete = rows_ - scale.n;
    for (std::size_t i = 0; i < sums.places.size(); ++i) {
      ItemStatistics& item = scale.items.emplace_back();
      item.item = keying_.items[sums.places[i]].item;
      item.answered = answered_[sums.places[i]];
      item.missing = rows_ - item.answered;
    }
    add_statistics(scale, sums.keyed, questionnaire_);
  }
  for (const ScalePair& pair : pairs_) {
    analysis.correlations.push_back({scales_[pair.first].scale, scales_[pair.second].scale,
                                     static_cast<std::uint64_t>(pair.totals.n),
                                     correlation_of(pair.totals)});
  }
  return analysis;
}

}  // namespace attune::rows
