// SPDX-License-Identifier: MIT
#pragma once

/// Rows of scores as text.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/batch_scoring.hpp"

#include "batch/care_columns.hpp"
#include "batch/labels.hpp"
#include "batch/row_sums.hpp"
#include "batch/scale_columns.hpp"

namespace attune::detail {

class ScoreWriter {
 public:
  ScoreWriter(const Questionnaire& questionnaire, std::size_t form, const RowLayout& layout,
              const ScoreOptions& options);

  void write(const Row& row);

  [[nodiscard]] std::string_view text() const { return {text_.data(), size_}; }
  void clear_text() { size_ = 0; }

 private:
  struct ScaleOfRow {
    std::size_t scale = 0;
    bool is_written = true;  // not for a facet that only a derived score needs
    ScaleColumns columns;
  };
  struct DerivedLabels {
    Label score;
    std::optional<Label> se;
  };

  void add_scales(const RowLayout& layout, const ScoreOptions& options, LabelMaker& labels);
  void add_derived(const ScoreOptions& options, LabelMaker& labels);
  void take_scores();

  [[nodiscard]] char* room_for(std::size_t bytes);
  [[nodiscard]] char* append_kept(char* at, const Row& row);
  [[nodiscard]] char* append_scores(char* at, const Row& row);
  [[nodiscard]] char* append_nothing(char* at) const;
  [[nodiscard]] char* append_derived(char* at);
  [[nodiscard]] char* append_region(char* at);
  void append_error(const Row& row);

  const Questionnaire& questionnaire_;
  std::size_t form_;
  RowFormat from_;
  RowFormat to_;
  std::string nothing_;
  KeyedRowSums sums_;
  std::vector<Label> kept_labels_;
  std::vector<ScaleOfRow> scales_;
  std::vector<DerivedLabels> derived_labels_;
  int digits_;
  std::optional<Label> region_label_;
  std::optional<CareColumns> care_;
  std::optional<Label> error_label_;
  Scores scores_;           // of the row, where a derived score or a region is wanted
  std::string kept_texts_;  // reused
  std::string line_end_;
  std::size_t room_ = 0;  // bytes that the scores of a row may take
  std::vector<char> text_;
  std::size_t size_ = 0;
};

}  // namespace attune::detail
