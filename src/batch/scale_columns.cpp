// SPDX-License-Identifier: MIT
#include "batch/scale_columns.hpp"

#include <algorithm>

namespace attune::detail {
namespace {

// Beyond these many possible numbers, remembering them costs more than rendering them.
constexpr std::size_t most_scores = 65'536;

std::vector<bool> slots_of(const Questionnaire& questionnaire, std::size_t scale,
                           const RowLayout& layout) {
  std::vector<bool> belongs;
  for (const std::size_t item : layout.items) {
    belongs.push_back(counts_for(questionnaire, questionnaire.items[item], scale));
  }
  return belongs;
}

KeyedSums whole_of(const std::vector<bool>& belongs, const RowLayout& layout) {
  KeyedSums whole;
  for (std::size_t slot = 0; slot < belongs.size(); ++slot) {
    if (!belongs[slot]) continue;
    ++whole.items;
    whole.min = layout.ranges[slot].min;
    whole.max = layout.ranges[slot].max;
  }
  return whole;
}

}  // namespace

ScaleColumns::ScaleColumns(const Questionnaire& questionnaire, std::size_t scale,
                           const RowLayout& layout, const ScoreOptions& options, LabelMaker& labels)
    : method_(questionnaire.scales[scale].method),
      whole_(whole_of(slots_of(questionnaire, scale, layout), layout)),
      published_(published_error(questionnaire, scale, whole_)),
      norm_(options.columns.percentile ? applicable_norm(questionnaire, scale, whole_) : nullptr),
      key_mask_(options.columns.se ? ~PackedSums{0} : (PackedSums{1} << squares_bits) - 1),
      nothing_(options.format == RowFormat::jsonl ? "null" : ""),
      error_texts_(whole_.items, whole_.max - whole_.min, options.digits),
      score_label_(labels.next(questionnaire.scales[scale].id)),
      error_label_(options.columns.se
                       ? std::optional(labels.next(questionnaire.scales[scale].id + "_se"))
                       : std::nullopt),
      percentile_label_(norm_ != nullptr ? std::optional(labels.next(
                                               questionnaire.scales[scale].id + "_percentile"))
                                         : std::nullopt),
      count_label_(labels.next(questionnaire.scales[scale].id + "_answered")) {
  needed_ = items_needed(options.min_answered.value_or(questionnaire.scales[scale].min_answered),
                         whole_.items);
  const auto largest = static_cast<std::size_t>(whole_.max) + 1;  // of a keyed answer + 1
  const std::size_t items = whole_.items;
  sums_per_count_ = items * largest + 1;
  const std::size_t scores = (items + 1) * sums_per_count_;
  score_texts_ = NumberTexts(scores <= most_scores ? scores : 0, options.digits);
  count_texts_ = NumberTexts(items + 1, 0);
}

std::size_t ScaleColumns::room() const {
  return score_label_.room() + count_label_.room() + (error_label_ ? error_label_->room() : 0) +
         (percentile_label_ ? percentile_label_->room() : 0) + (published_ ? longest_number : 0) +
         4 * text_slack + RememberedTexts::longest;
}

bool ScaleColumns::is_scored(const ShiftedSums& sums) const {
  return static_cast<std::size_t>(sums.answered) >= needed_ && whole_.items > 0;
}

// The shift by one is taken back.
KeyedSums ScaleColumns::keyed_sums(const ShiftedSums& sums) const {
  KeyedSums keyed = whole_;
  keyed.answered = static_cast<std::size_t>(sums.answered);
  keyed.sum = sums.sum - sums.answered;
  keyed.squares = sums.squares - 2 * sums.sum + sums.answered;
  return keyed;
}

double ScaleColumns::error(const ShiftedSums& sums) const {
  return published_ ? published_->se : error_of(method_, keyed_sums(sums));
}

ScaleScore ScaleColumns::score(const ShiftedSums& sums) const {
  ScaleScore result;
  result.items = whole_.items;
  result.answered = static_cast<std::size_t>(sums.answered);
  if (!is_scored(sums)) {
    result.reason = "too few items answered";
    return result;
  }
  const double units = method_ == ScoreMethod::sum ? static_cast<double>(whole_.items) : 1.0;
  result.estimate =
      estimate(score_of(method_, keyed_sums(sums)), error(sums), whole_.min * units,
               whole_.max * units, published_ ? ErrorMethod::classical : ErrorMethod::conditional);
  return result;
}

char* ScaleColumns::append_new(char* at, PackedSums key, const ShiftedSums& sums) {
  char* const begin = at;
  const bool scored = is_scored(sums);
  at = score_label_.append(at);
  const auto answered = static_cast<std::size_t>(sums.answered);
  if (scored) {
    const std::size_t index = answered * sums_per_count_ + static_cast<std::size_t>(sums.sum);
    at = score_texts_.append_value(at, index, [&] { return score_of(method_, keyed_sums(sums)); });
  } else {
    at = detail::append(at, nothing_);
  }
  if (error_label_) {
    at = error_label_->append(at);
    at = scored ? error_texts_.append_value(at, sums, [&] { return error(sums); })
                : detail::append(at, nothing_);
  }
  if (percentile_label_) {
    at = percentile_label_->append(at);
    at = scored ? append_percentile(at, sums) : detail::append(at, nothing_);
  }
  at = count_label_.append(at);
  at = count_texts_.append_value(at, answered, [&] { return static_cast<double>(answered); });
  texts_.remember(key, {begin, static_cast<std::size_t>(at - begin)});
  return at;
}

char* ScaleColumns::append_percentile(char* at, const ShiftedSums& sums) const {
  const auto position = norm_position(*norm_, score_of(method_, keyed_sums(sums)));
  return detail::append(at, position ? render_decimal(position->percentile, 0) : nothing_);
}

char* ScaleColumns::append_nothing(char* at) const {
  at = detail::append(score_label_.append(at), nothing_);
  if (error_label_) at = detail::append(error_label_->append(at), nothing_);
  if (percentile_label_) at = detail::append(percentile_label_->append(at), nothing_);
  return detail::append(count_label_.append(at), nothing_);
}

}  // namespace attune::detail
