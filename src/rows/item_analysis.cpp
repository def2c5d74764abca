// SPDX-License-Identifier: MIT
#include "attune/item_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace attune::rows {
namespace {

// n·Σxy − Σx·Σy goes beyond 64 bits from some ten million rows on.
__extension__ typedef __int128 Wide;

// A variance this small beside what it was summed up from is rounding.
constexpr double rounding = 1e-12;

Statistic absent(Absence absence) { return {std::nullopt, absence}; }

// n(n−1) times a covariance: exact, and so is whether it is 0.
double exact_numerator(std::int64_t n, std::int64_t products, std::int64_t first,
                       std::int64_t second) {
  return static_cast<double>(static_cast<Wide>(n) * products - static_cast<Wide>(first) * second);
}

using Matrix = std::vector<std::vector<double>>;

Matrix zeros(std::size_t size) { return Matrix(size, std::vector<double>(size)); }

Matrix covariances_of(const ItemAnalysis::ScaleSums& sums) {
  const std::size_t size = sums.slots.size();
  const auto n = static_cast<double>(sums.n);
  Matrix matrix = zeros(size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i; j < size; ++j) {
      matrix[i][j] = matrix[j][i] =
          exact_numerator(sums.n, sums.products[i * size + j], sums.sums[i], sums.sums[j]) /
          (n * (n - 1));
    }
  }
  return matrix;
}

// What the covariances of a scale's items say about it.
struct Covariances {
  explicit Covariances(Matrix of_items) : matrix(std::move(of_items)) {
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
  [[nodiscard]] Statistic alpha(std::optional<std::size_t> without = std::nullopt) const {
    const std::size_t items = matrix.size() - (without ? 1 : 0);
    if (items < 2) return absent(Absence::fewer_than_two_items);
    const double own = without ? matrix[*without][*without] : 0;
    const double of_sum = without ? sum - 2 * row_sums[*without] + own : sum;
    if (unless_rounding(of_sum) <= 0) return absent(Absence::no_variance);
    const auto k = static_cast<double>(items);
    return {k / (k - 1) * (1 - (variances - own) / of_sum)};
  }

  // Pearson's r of an item with the sum of the others.
  [[nodiscard]] Statistic item_rest_r(std::size_t item) const {
    if (matrix.size() < 2) return absent(Absence::fewer_than_two_items);
    const double own = matrix[item][item];
    const double of_rest = unless_rounding(sum - 2 * row_sums[item] + own);
    if (!(own > 0) || of_rest <= 0) return absent(Absence::no_variance);
    return {std::clamp((row_sums[item] - own) / std::sqrt(own * of_rest), -1.0, 1.0)};
  }

  Matrix matrix;
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
void add_directions(ScaleStatistics& scale, const Matrix& covariances,
                    const Questionnaire& questionnaire) {
  const std::size_t size = covariances.size();
  const std::vector<int> signs = axis_signs(covariances);
  Matrix one_way = covariances;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      if ((signs[i] < 0) != (signs[j] < 0)) one_way[i][j] = -one_way[i][j];
    }
  }
  const Covariances together(std::move(one_way));
  std::vector<int> ways(size);
  std::vector<bool> reversed(size);
  for (std::size_t i = 0; i < size; ++i) {
    ItemStatistics& item = scale.items[i];
    reversed[i] = questionnaire.items[item.item].reverse;
    item.key_r = together.item_rest_r(i);
    if (!item.key_r.value) continue;
    // One that was turned for the axis pulls the other way.
    if (signs[i] < 0) item.key_r.value = -*item.key_r.value;
    ways[i] = (*item.key_r.value > 0 ? 1 : 0) - (*item.key_r.value < 0 ? 1 : 0);
  }
  const bool turned = is_turned_around(ways, reversed, scale.even_split);
  for (std::size_t i = 0; i < size; ++i) {
    ItemStatistics& item = scale.items[i];
    if (turned && item.key_r.value) item.key_r.value = -*item.key_r.value;
    if (turned ? ways[i] > 0 : ways[i] < 0) item.flag = ItemFlag::key;
  }
}

// The mean score is that of the items' means, so that it rests on the same rows as they do.
Statistic mean_of_scale(const ScaleStatistics& scale, ScoreMethod method) {
  double sum = 0;
  for (const ItemStatistics& item : scale.items) {
    if (!item.mean.value) return absent(Absence::no_rows);
    sum += *item.mean.value;
  }
  return {method == ScoreMethod::sum ? sum : sum / static_cast<double>(scale.items.size())};
}

void add_variances(ScaleStatistics& scale, const ItemAnalysis::ScaleSums& sums,
                   const Questionnaire& questionnaire) {
  const Covariances covariances(covariances_of(sums));
  const double of_sum = std::sqrt(covariances.unless_rounding(covariances.sum));
  const bool is_sum = questionnaire.scales[scale.scale].method == ScoreMethod::sum;
  scale.sd = {is_sum ? of_sum : of_sum / static_cast<double>(scale.items.size())};
  scale.alpha = covariances.alpha();
  for (std::size_t i = 0; i < scale.items.size(); ++i) {
    ItemStatistics& item = scale.items[i];
    item.sd = {std::sqrt(covariances.matrix[i][i])};
    if (covariances.matrix[i][i] == 0) item.flag = ItemFlag::no_variance;
    item.item_rest_r = covariances.item_rest_r(i);
    item.alpha_if_dropped = covariances.alpha(i);
  }
  add_directions(scale, covariances.matrix, questionnaire);
}

// Without two rows; what the number of items forbids is said before what the number of rows does.
void add_no_variances(ScaleStatistics& scale) {
  const auto unless_fewer = [&](std::size_t items) {
    return absent(scale.items.size() < items ? Absence::fewer_than_two_items
                                             : Absence::fewer_than_two_rows);
  };
  scale.sd = absent(Absence::fewer_than_two_rows);
  scale.alpha = unless_fewer(2);
  for (ItemStatistics& item : scale.items) {
    item.sd = scale.sd;
    item.item_rest_r = item.key_r = scale.alpha;
    item.alpha_if_dropped = unless_fewer(3);
  }
}

ScaleCorrelation correlation_of(const ItemAnalysis::ScalePair& pair) {
  ScaleCorrelation result{0, 0, static_cast<std::uint64_t>(pair.n), {}};
  if (pair.n < 2) {
    result.r = absent(Absence::fewer_than_two_rows);
    return result;
  }
  const double first = exact_numerator(pair.n, pair.first_squares, pair.firsts, pair.firsts);
  const double second = exact_numerator(pair.n, pair.second_squares, pair.seconds, pair.seconds);
  const double both = exact_numerator(pair.n, pair.products, pair.firsts, pair.seconds);
  result.r = first > 0 && second > 0 ? Statistic{both / std::sqrt(first) / std::sqrt(second)}
                                     : absent(Absence::no_variance);
  return result;
}

void take_row(ItemAnalysis::ScaleSums& sums, const scoring::Keying& keying,
              std::span<const scoring::RawRating> answers) {
  const std::size_t size = sums.slots.size();
  sums.total.reset();
  std::int64_t total = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const scoring::RawRating raw = answers[sums.slots[i]];
    if (raw == scoring::no_answer) return;
    const scoring::Keying::ItemKey& key = keying.items[sums.slots[i]];
    sums.keyed[i] = key.factor * raw + key.offset;
    total += sums.keyed[i];
  }
  ++sums.n;
  sums.total = total;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t slot = sums.slots[i];
    ++sums.raw[i][static_cast<std::size_t>(answers[slot] - keying.ranges[slot].min)];
    const std::int64_t own = sums.keyed[i];
    sums.sums[i] += own;
    std::int64_t* const products = &sums.products[i * size];
    for (std::size_t j = i; j < size; ++j) products[j] += own * sums.keyed[j];
  }
}

}  // namespace

std::string_view name_of(Absence absence) {
  constexpr std::string_view names[] = {"", "fewer than two items", "fewer than two rows",
                                        "no rows", "no variance"};
  return names[static_cast<std::size_t>(absence)];
}

std::string_view name_of(ItemFlag flag) {
  constexpr std::string_view names[] = {"", "key", "no variance"};
  return names[static_cast<std::size_t>(flag)];
}

ItemAnalysis::ItemAnalysis(const Questionnaire& questionnaire, std::size_t form,
                           const std::optional<AnswerRange>& range)
    : questionnaire_(questionnaire),
      keying_(scoring::keying_of(questionnaire, form, range)),
      answered_(keying_.items.size()) {
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    ScaleSums sums;
    sums.scale = scale;
    for (std::size_t slot = 0; slot < keying_.items.size(); ++slot) {
      const Item& item = questionnaire.items[keying_.items[slot].item];
      if (!counts_for(questionnaire, item, scale)) continue;
      sums.slots.push_back(slot);
      const AnswerRange answers = keying_.ranges[slot];
      sums.raw.emplace_back(static_cast<std::size_t>(answers.max - answers.min + 1));
    }
    const std::size_t size = sums.slots.size();
    const bool is_main = !questionnaire.scales[scale].parent;
    if (size < (is_main ? 1 : 2)) continue;
    sums.sums.resize(size);
    sums.keyed.resize(size);
    sums.products.resize(size * size);
    scales_.push_back(std::move(sums));
  }
  const auto is_main = [&](std::size_t place) {
    return !questionnaire.scales[scales_[place].scale].parent;
  };
  for (std::size_t i = 0; i < scales_.size(); ++i) {
    for (std::size_t j = i + 1; j < scales_.size(); ++j) {
      if (is_main(i) && is_main(j)) pairs_.push_back({i, j});
    }
  }
}

void ItemAnalysis::take(const Row& row) {
  if (row.problem != nullptr) {
    ++left_out_;
    return;
  }
  ++rows_;
  for (std::size_t slot = 0; slot < answered_.size(); ++slot) {
    if (row.answers[slot] != scoring::no_answer) ++answered_[slot];
  }
  for (ScaleSums& sums : scales_) take_row(sums, keying_, row.answers);
  for (ScalePair& pair : pairs_) {
    const auto first = scales_[pair.first].total;
    const auto second = scales_[pair.second].total;
    if (!first || !second) continue;
    ++pair.n;
    pair.firsts += *first;
    pair.seconds += *second;
    pair.first_squares += *first * *first;
    pair.second_squares += *second * *second;
    pair.products += *first * *second;
  }
}

Analysis ItemAnalysis::result() const {
  Analysis analysis;
  analysis.rows = rows_;
  analysis.left_out = left_out_;
  for (const ScaleSums& sums : scales_) {
    ScaleStatistics& scale = analysis.scales.emplace_back();
    scale.scale = sums.scale;
    scale.n = static_cast<std::uint64_t>(sums.n);
    scale.incomplete = rows_ - scale.n;
    for (std::size_t place = 0; place < sums.slots.size(); ++place) {
      const std::size_t slot = sums.slots[place];
      ItemStatistics& item = scale.items.emplace_back();
      item.item = keying_.items[slot].item;
      item.range = keying_.ranges[slot];
      item.answered = answered_[slot];
      item.missing = rows_ - item.answered;
      item.raw = sums.raw[place];
      item.mean =
          sums.n < 1
              ? absent(Absence::no_rows)
              : Statistic{static_cast<double>(sums.sums[place]) / static_cast<double>(sums.n)};
    }
    scale.mean = mean_of_scale(scale, keying_.scales[sums.scale].method);
    if (sums.n < 2) {
      add_no_variances(scale);
    } else {
      add_variances(scale, sums, questionnaire_);
    }
  }
  for (const ScalePair& pair : pairs_) {
    ScaleCorrelation& correlation = analysis.correlations.emplace_back(correlation_of(pair));
    correlation.first = scales_[pair.first].scale;
    correlation.second = scales_[pair.second].scale;
  }
  return analysis;
}

}  // namespace attune::rows
