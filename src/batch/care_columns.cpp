// SPDX-License-Identifier: MIT
#include "batch/care_columns.hpp"

#include <algorithm>
#include <cmath>

namespace attune::detail {
namespace {

// Slots in the order of the form; empty where they are in it already.
std::vector<std::size_t> order_of(const std::vector<std::size_t>& form_items,
                                  const RowLayout& layout) {
  std::vector<std::size_t> order;
  for (const std::size_t item : form_items) {
    const auto slot = std::find(layout.items.begin(), layout.items.end(), item);
    order.push_back(static_cast<std::size_t>(slot - layout.items.begin()));
  }
  return std::is_sorted(order.begin(), order.end()) ? std::vector<std::size_t>{} : order;
}

double width_of(const std::vector<AnswerRange>& ranges) {
  AnswerRange widest = ranges.front();
  for (const AnswerRange& range : ranges) {
    widest = {std::min(widest.min, range.min), std::max(widest.max, range.max)};
  }
  return widest.max - widest.min;
}

}  // namespace

CareColumns::CareColumns(const Questionnaire& questionnaire, std::size_t form,
                         const RowLayout& layout, const ScoreOptions& options, LabelMaker& labels)
    : slots_(layout.items.size()),
      order_(order_of(scored_items(questionnaire, form), layout)),
      ordered_(order_.size()),
      nothing_(options.format == RowFormat::jsonl ? "null" : ""),
      run_texts_(slots_ + 1, 0),
      share_texts_(slots_ + 1, options.digits),
      variability_texts_(slots_, width_of(layout.ranges), options.digits),
      run_label_(labels.next("longest_run")),
      variability_label_(labels.next("irv")),
      share_label_(labels.next("answered_share")) {}

std::size_t CareColumns::room() const {
  return run_label_.room() + variability_label_.room() + share_label_.room() + 3 * text_slack;
}

std::size_t CareColumns::longest_run(std::span<const std::int16_t> answers) {
  const std::int16_t* answer = answers.data();
  if (!order_.empty()) {
    for (std::size_t i = 0; i < slots_; ++i) ordered_[i] = answers[order_[i]];
    answer = ordered_.data();
  }
  // Only what could be longer than the longest so far is looked at, from its end backwards.
  std::size_t longest = 0;
  for (std::size_t start = 0; start + longest < slots_;) {
    const std::size_t last = start + longest;
    std::size_t first = last;
    while (first > start && answer[first - 1] == answer[last]) --first;
    if (first > start) {
      start = first;
      continue;
    }
    std::size_t behind = last + 1;
    while (behind < slots_ && answer[behind] == answer[last]) ++behind;
    if (answer[last] != 0) longest = behind - start;
    start = behind;
  }
  return longest;
}

char* CareColumns::append(char* at, std::span<const std::int16_t> answers,
                          const ShiftedSums& sums) {
  const auto answered = static_cast<std::size_t>(sums.answered);
  const std::size_t run = longest_run(answers);
  at = run_label_.append(at);
  at = run_texts_.append_value(at, run, [&] { return static_cast<double>(run); });
  at = append_variability(variability_label_.append(at), sums);
  at = share_label_.append(at);
  return share_texts_.append_value(
      at, answered, [&] { return static_cast<double>(answered) / static_cast<double>(slots_); });
}

char* CareColumns::append_variability(char* at, const ShiftedSums& sums) {
  const double n = sums.answered;
  if (n < 2) return detail::append(at, nothing_);
  return variability_texts_.append_value(at, sums, [&] {
    return std::sqrt(static_cast<double>(SpreadTexts::spread(sums)) / (n * (n - 1)));
  });
}

char* CareColumns::append_nothing(char* at) const {
  at = detail::append(run_label_.append(at), nothing_);
  at = detail::append(variability_label_.append(at), nothing_);
  return detail::append(share_label_.append(at), nothing_);
}

}  // namespace attune::detail
