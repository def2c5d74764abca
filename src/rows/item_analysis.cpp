// SPDX-License-Identifier: MIT
#include "attune/item_analysis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

namespace attune::rows {

// n·Σxy − Σx·Σy goes beyond 64 bits from some ten million rows on.
__extension__ typedef __int128 Wide;

// How the items of a scale go together once some are turned around. All variances are n(n−1) times
// their own: whole numbers, so that what is 0 is 0.
class ItemAnalysis::Covariances {
 public:
  explicit Covariances(const ProductSums& sums)
      : size_(sums.sums.size()), n_(sums.n), covariances_(size_ * size_), with_all_(size_) {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = i; j < size_; ++j) {
        const Wide covariance = static_cast<Wide>(n_) * sums.products[i * size_ + j] -
                                static_cast<Wide>(sums.sums[i]) * sums.sums[j];
        covariances_[i * size_ + j] = covariances_[j * size_ + i] = covariance;
      }
      variances_ += own(i);
    }
    add_up();
  }

  void turn(std::size_t item) {
    for (std::size_t other = 0; other < size_; ++other) {
      if (other == item) continue;
      for (const std::size_t at : {item * size_ + other, other * size_ + item}) {
        covariances_[at] = -covariances_[at];
      }
    }
    add_up();
  }

  [[nodiscard]] std::optional<double> sd_of_sum() const { return sd(sum_); }
  [[nodiscard]] std::optional<double> sd_of(std::size_t item) const { return sd(own(item)); }

  // k/(k−1)·(1 − Σvᵢ/V) (Cronbach 1951), of all items or without one. Below 0 where items work
  // against each other; never clamped.
  [[nodiscard]] std::optional<double> alpha(std::optional<std::size_t> without = {}) const {
    const Wide of_sum = without ? rest(*without) : sum_;
    const std::size_t items = size_ - (without ? 1 : 0);
    if (items < 2 || of_sum == 0) return std::nullopt;
    const auto variances = static_cast<double>(variances_ - (without ? own(*without) : 0));
    const auto k = static_cast<double>(items);
    return k / (k - 1) * (1 - variances / static_cast<double>(of_sum));
  }

  // Pearson's r of an item with the sum of the others.
  [[nodiscard]] std::optional<double> item_rest_r(std::size_t item) const {
    return correlation(with_all_[item] - own(item), own(item), rest(item));
  }

  // Of the first two.
  [[nodiscard]] std::optional<double> r() const {
    return correlation(covariances_[1], own(0), own(1));
  }

 private:
  void add_up() {
    sum_ = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const auto row = covariances_.begin() + static_cast<std::ptrdiff_t>(i * size_);
      with_all_[i] = std::accumulate(row, row + static_cast<std::ptrdiff_t>(size_), Wide{0});
      sum_ += with_all_[i];
    }
  }

  [[nodiscard]] Wide own(std::size_t item) const { return covariances_[item * size_ + item]; }
  [[nodiscard]] Wide rest(std::size_t item) const { return sum_ - 2 * with_all_[item] + own(item); }

  [[nodiscard]] std::optional<double> sd(Wide variance) const {
    if (n_ < 2) return std::nullopt;
    const auto n = static_cast<double>(n_);
    return std::sqrt(static_cast<double>(variance) / n / (n - 1));
  }

  [[nodiscard]] static std::optional<double> correlation(Wide covariance, Wide one, Wide other) {
    if (one == 0 || other == 0) return std::nullopt;
    const double r = static_cast<double>(covariance) / std::sqrt(static_cast<double>(one)) /
                     std::sqrt(static_cast<double>(other));
    return std::clamp(r, -1.0, 1.0);
  }

  std::size_t size_;
  std::int64_t n_;
  std::vector<Wide> covariances_;  // of each two items; with itself an item's variance
  std::vector<Wide> with_all_;     // of each item with the sum of all
  Wide sum_ = 0;                   // the variance of the sum of all
  Wide variances_ = 0;             // Σvᵢ
};

// The item that pulls most against the sum of the others is turned, until none does: so several
// wrong keys don't make right ones look wrong. The variance of the sum grows with each turn, which
// is why there is an end. Then the smaller part was keyed the other way. Where both are as large,
// it is taken to be the part with more reversed items (data that were reversed before look like
// this), else that without the first item.
void ItemAnalysis::add_directions(ScaleStatistics& scale, Covariances& covariances) const {
  std::vector<ItemStatistics>& items = scale.items;
  std::vector<int> ways(items.size(), 1);
  const auto pull = [&](std::size_t item) { return covariances.item_rest_r(item).value_or(0); };
  for (;;) {
    std::size_t worst = 0;
    for (std::size_t i = 1; i < items.size(); ++i) {
      if (pull(i) < pull(worst)) worst = i;
    }
    if (pull(worst) >= 0) break;
    covariances.turn(worst);
    ways[worst] = -ways[worst];
  }
  int balance = 0;
  int reversed = 0;
  int first = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (pull(i) == 0) ways[i] = 0;
    balance += ways[i];
    if (questionnaire_.items[items[i].item].reverse) reversed += ways[i];
    if (first == 0) first = ways[i];
  }
  scale.even_split = balance == 0 && first != 0;
  const int majority = std::tuple(balance, -reversed, first) < std::tuple(0, 0, 0) ? -1 : 1;
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].key_r = covariances.item_rest_r(i);
    if (ways[i] == -majority) {
      items[i].key_r = -pull(i);
      items[i].flag = ItemFlag::key;
    }
  }
}

ScaleStatistics ItemAnalysis::statistics_of(const ScaleSums& sums) const {
  const std::int64_t n = sums.keyed.n;
  Covariances covariances(sums.keyed);
  ScaleStatistics scale;
  scale.scale = sums.scale;
  scale.n = static_cast<std::uint64_t>(n);
  std::int64_t total = 0;
  for (std::size_t i = 0; i < sums.places.size(); ++i) {
    ItemStatistics& item = scale.items.emplace_back();
    item.item = keying_.items[sums.places[i]].item;
    item.answered = answered_[sums.places[i]];
    total += sums.keyed.sums[i];
    if (n > 0) item.mean = static_cast<double>(sums.keyed.sums[i]) / static_cast<double>(n);
    item.sd = covariances.sd_of(i);
    if (item.sd == 0) item.flag = ItemFlag::no_variance;
    item.item_rest_r = covariances.item_rest_r(i);
    item.alpha_if_dropped = covariances.alpha(i);
  }
  // The score is the sum of the items or their mean, and rests on the same rows as they do.
  const bool is_sum = questionnaire_.scales[scale.scale].method == ScoreMethod::sum;
  const double items = is_sum ? 1 : static_cast<double>(sums.places.size());
  if (n > 0) scale.mean = static_cast<double>(total) / static_cast<double>(n) / items;
  if (const auto of_sum = covariances.sd_of_sum()) scale.sd = *of_sum / items;
  scale.alpha = covariances.alpha();
  add_directions(scale, covariances);
  return scale;
}

void ItemAnalysis::ProductSums::add(std::span<const std::int64_t> row) {
  ++n;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::int64_t own = row[i];
    sums[i] += own;
    std::int64_t* const products_of = &products[i * row.size()];
    for (std::size_t j = i; j < row.size(); ++j) products_of[j] += own * row[j];
  }
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
    const bool is_facet = questionnaire.scales[scale].parent.has_value();
    if (places.size() < (is_facet ? 2 : 1)) continue;
    for (std::size_t other = 0; other < scales_.size() && !is_facet; ++other) {
      if (!questionnaire.scales[scales_[other].scale].parent) {
        pairs_.push_back({other, scales_.size()});
      }
    }
    const ProductSums keyed(places.size());
    scales_.push_back({scale, std::move(places), keyed, {}});
  }
  std::ranges::sort(pairs_, {},
                    [](const ScalePair& pair) { return std::pair(pair.first, pair.second); });
}

void ItemAnalysis::take(const Row& row) {
  if (row.problem != nullptr) {
    ++left_out_;
    return;
  }
  ++rows_;
  for (std::size_t place = 0; place < answered_.size(); ++place) {
    const int answer = row.answers[place];
    if (answer == scoring::no_answer) continue;
    ++answered_[place];
    if (!found_) found_ = {answer, answer};
    found_ = {std::min(found_->min, answer), std::max(found_->max, answer)};
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
  Analysis analysis{rows_, left_out_, {}, {}, {}, found_};
  const auto has_other = [&](const auto& key) { return key.range != keying_.items.front().range; };
  if (!keying_.items.empty() && std::ranges::none_of(keying_.items, has_other))
    analysis.range = keying_.items.front().range;
  for (const ScaleSums& sums : scales_) analysis.scales.push_back(statistics_of(sums));
  for (const ScalePair& pair : pairs_) {
    analysis.correlations.push_back({scales_[pair.first].scale, scales_[pair.second].scale,
                                     static_cast<std::uint64_t>(pair.totals.n),
                                     Covariances(pair.totals).r()});
  }
  return analysis;
}

}  // namespace attune::rows
