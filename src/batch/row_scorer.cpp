// SPDX-License-Identifier: MIT
#include "attune/batch_scoring.hpp"
#include "attune/scoring.hpp"

#include "batch/columns.hpp"
#include "batch/score_writer.hpp"

namespace attune {

const Norm* percentile_norm(const Questionnaire& questionnaire, std::size_t form, std::size_t scale,
                            const std::optional<AnswerRange>& range) {
  const std::vector<std::size_t> items = scored_items(questionnaire, form);
  const std::vector<AnswerRange> ranges = detail::answer_ranges(questionnaire, items, range);
  KeyedSums sums;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!counts_for(questionnaire, questionnaire.items[items[i]], scale)) continue;
    ++sums.items;
    sums.min = ranges[i].min;
    sums.max = ranges[i].max;
  }
  return applicable_norm(questionnaire, scale, sums);
}

RowScorer::RowScorer(const Questionnaire& questionnaire, std::size_t form,
                     const ScoreOptions& options)
    : questionnaire_(questionnaire), form_(form), options_(options) {}

RowScorer::~RowScorer() = default;

void RowScorer::begin(const RowLayout& layout) {
  writer_ = std::make_unique<detail::ScoreWriter>(questionnaire_, form_, layout, options_);
}

void RowScorer::take(const Row& row) { writer_->write(row); }

std::string_view RowScorer::text() const { return writer_ ? writer_->text() : std::string_view(); }

void RowScorer::clear_text() {
  if (writer_) writer_->clear_text();
}

}  // namespace attune
