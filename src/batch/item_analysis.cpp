// SPDX-License-Identifier: MIT
#include "attune/item_analysis.hpp"

#include "batch/analysis_sums.hpp"
#include "batch/columns.hpp"
#include "batch/scale_statistics.hpp"

namespace attune {

std::string_view name_of(Absence absence) {
  switch (absence) {
    case Absence::none:
      break;
    case Absence::fewer_than_two_items:
      return "fewer than two items";
    case Absence::fewer_than_three_items:
      return "fewer than three items";
    case Absence::fewer_than_two_rows:
      return "fewer than two rows";
    case Absence::no_rows:
      return "no rows";
    case Absence::no_variance:
      return "no variance";
    case Absence::not_definite:
      return "covariances not positive definite";
    case Absence::not_settled:
      return "estimate did not settle";
  }
  return "";
}

std::string_view name_of(ItemFlag flag) {
  switch (flag) {
    case ItemFlag::none:
      break;
    case ItemFlag::key:
      return "key";
    case ItemFlag::no_variance:
      return "no variance";
  }
  return "";
}

ItemAnalysis::ItemAnalysis(const Questionnaire& questionnaire, std::size_t form,
                           MissingAnswers missing)
    : questionnaire_(questionnaire), form_(form), missing_(missing) {}

ItemAnalysis::~ItemAnalysis() = default;

void ItemAnalysis::begin(const RowLayout& layout) {
  sums_ = std::make_unique<detail::AnalysisSums>(questionnaire_, form_, layout, missing_);
}

void ItemAnalysis::take(const Row& row) { sums_->take(row); }

Analysis ItemAnalysis::result() {
  if (!sums_) {
    // Not a single row came: all there is to say is what is missing.
    RowLayout layout;
    layout.items = scored_items(questionnaire_, form_);
    layout.ranges = detail::answer_ranges(questionnaire_, layout.items, std::nullopt);
    begin(layout);
  }
  sums_->finish_block();
  Analysis analysis;
  analysis.missing = missing_;
  analysis.rows = sums_->rows();
  analysis.left_out = sums_->left_out();
  for (const detail::ScaleSums& scale : sums_->scales()) {
    analysis.scales.push_back(detail::scale_statistics(questionnaire_, *sums_, scale, missing_));
  }
  for (const detail::ScalePair& pair : sums_->pairs()) {
    analysis.correlations.push_back(detail::scale_correlation(*sums_, pair));
  }
  return analysis;
}

}  // namespace attune
