// SPDX-License-Identifier: MIT
#include "batch/analysis_sums.hpp"

#include <algorithm>

namespace attune::detail {
namespace {

// A column holds keyed − min + 1: of raw answers + 1 that is x − min, or max + 2 − x when reversed.
ColumnKey key_of(const Item& item, AnswerRange range) {
  if (item.reverse) return {-1, static_cast<std::int16_t>(range.max + 2)};
  return {1, static_cast<std::int16_t>(-range.min)};
}

}  // namespace

AnalysisSums::AnalysisSums(const Questionnaire& questionnaire, std::size_t form,
                           const RowLayout& layout, MissingAnswers missing)
    : layout_(layout), columns_(layout.items.size()), answered_(layout.items.size()) {
  for (std::size_t slot = 0; slot < layout.items.size(); ++slot) {
    keys_.push_back(key_of(questionnaire.items[layout.items[slot]], layout.ranges[slot]));
  }
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    add_scale(questionnaire, form, scale, missing);
  }
  for (const ScaleSums& scale : scales_) {
    is_main_.push_back(!questionnaire.scales[scale.scale()].parent);
  }
  for (std::size_t i = 0; i < scales_.size(); ++i) {
    for (std::size_t j = i + 1; j < scales_.size(); ++j) {
      if (is_main_[i] && is_main_[j]) pairs_.push_back({i, j, {}});
    }
  }
  row_sums_.resize(scales_.size());
}

void AnalysisSums::add_scale(const Questionnaire& questionnaire, std::size_t form,
                             std::size_t scale, MissingAnswers missing) {
  std::vector<std::size_t> slots;
  std::vector<std::size_t> answers;
  // The order of the form, whatever the order of the columns: it is the order of the output.
  for (const std::size_t item : questionnaire.forms[form].items) {
    const auto found = std::find(layout_.items.begin(), layout_.items.end(), item);
    if (found == layout_.items.end()) continue;
    if (!counts_for(questionnaire, questionnaire.items[item], scale)) continue;
    slots.push_back(static_cast<std::size_t>(found - layout_.items.begin()));
    const AnswerRange range = layout_.ranges[slots.back()];
    answers.push_back(static_cast<std::size_t>(range.max - range.min + 1));
  }
  const std::size_t least = questionnaire.scales[scale].parent ? 2 : 1;
  if (slots.size() < least) return;
  scales_.emplace_back(scale, std::move(slots), answers, missing);
}

void AnalysisSums::take(const Row& row) {
  if (row.problem != nullptr) {
    ++left_out_;
    return;
  }
  ++rows_;
  set_row(columns_, filled_, row.answers.data());
  if (++filled_ == block_rows) finish_block();
}

void AnalysisSums::finish_block() {
  if (filled_ == 0) return;
  for (std::size_t slot = 0; slot < columns_.size(); ++slot) {
    AnswerColumn& column = columns_[slot];
    std::fill(column.values.begin() + static_cast<std::ptrdiff_t>(filled_), column.values.end(),
              std::int16_t{0});
    key_column(column, keys_[slot]);
    answered_[slot] += count_answered(column);
  }
  filled_ = 0;
  for (ScaleSums& scale : scales_) scale.add(columns_);
  if (pairs_.empty()) return;
  // Of main scales alone: facets are in no pair.
  for (std::size_t i = 0; i < scales_.size(); ++i) {
    if (is_main_[i]) row_sums_[i] = scales_[i].row_sums();
  }
  for (ScalePair& pair : pairs_) {
    add_joint(pair.sums, row_sums_[pair.first], scales_[pair.first].complete_rows(),
              row_sums_[pair.second], scales_[pair.second].complete_rows());
  }
}

}  // namespace attune::detail
