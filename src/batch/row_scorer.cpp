// SPDX-License-Identifier: MIT
#include "attune/batch_scoring.hpp"

#include "batch/score_writer.hpp"

namespace attune {

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
