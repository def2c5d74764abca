// SPDX-License-Identifier: MIT
#include "batch/score_writer.hpp"

#include <algorithm>
#include <cstring>

#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"

#include "batch/kept_cells.hpp"

namespace attune::detail {
namespace {

LabelMaker::Style style_of(RowFormat format) {
  switch (format) {
    case RowFormat::csv:
      return LabelMaker::Style::csv;
    case RowFormat::tsv:
      return LabelMaker::Style::tsv;
    case RowFormat::jsonl:
      break;
  }
  return LabelMaker::Style::json;
}

// Whether a derived score rests on a facet, which is then summed up even where it isn't written.
bool derives_from_facets(const Questionnaire& questionnaire) {
  for (const Derived& derived : questionnaire.derived) {
    for (const Term& term : derived.terms) {
      if (questionnaire.scales[term.scale].parent) return true;
    }
  }
  return false;
}

WantedScales wanted_scales(const Questionnaire& questionnaire, const ScoreOptions& options) {
  return options.columns.facets || derives_from_facets(questionnaire) ? WantedScales::all
                                                                      : WantedScales::main;
}

}  // namespace

ScoreWriter::ScoreWriter(const Questionnaire& questionnaire, std::size_t form,
                         const RowLayout& layout, const ScoreOptions& options)
    : questionnaire_(questionnaire),
      form_(form),
      from_(layout.format),
      to_(options.format),
      nothing_(options.format == RowFormat::jsonl ? "null" : ""),
      sums_(questionnaire, layout, wanted_scales(questionnaire, options)),
      digits_(options.digits),
      line_end_(options.format == RowFormat::jsonl ? "}\n" : "\n") {
  LabelMaker labels(style_of(options.format));
  for (const std::string& name : layout.kept) kept_labels_.push_back(labels.next(name));
  add_scales(layout, options, labels);
  add_derived(options, labels);
  if (options.columns.region) region_label_ = labels.next("region");
  if (options.columns.care) care_.emplace(questionnaire, form, layout, options, labels);
  if (options.columns.error) error_label_ = labels.next("error");
  if (care_) room_ += care_->room();
  room_ += 4 * text_slack;  // an id and its label
  if (options.names == ColumnNames::left_out || to_ == RowFormat::jsonl) return;
  const std::string names = labels.names() + '\n';
  std::memcpy(room_for(names.size()), names.data(), names.size());
  size_ += names.size();
}

void ScoreWriter::add_scales(const RowLayout& layout, const ScoreOptions& options,
                             LabelMaker& labels) {
  LabelMaker unwritten(style_of(options.format));
  const bool needs_facets = wanted_scales(questionnaire_, options) == WantedScales::all;
  for (std::size_t i = 0; i < questionnaire_.scales.size(); ++i) {
    const bool is_facet = questionnaire_.scales[i].parent.has_value();
    if (is_facet && !needs_facets) continue;
    const bool is_written = !is_facet || options.columns.facets;
    scales_.push_back(
        {i, is_written,
         ScaleColumns(questionnaire_, i, layout, options, is_written ? labels : unwritten)});
    room_ += scales_.back().columns.room();
  }
}

void ScoreWriter::add_derived(const ScoreOptions& options, LabelMaker& labels) {
  for (const Derived& derived : questionnaire_.derived) {
    DerivedLabels& own = derived_labels_.emplace_back(DerivedLabels{labels.next(derived.id), {}});
    room_ += own.score.room() + longest_number;
    if (!options.columns.se) continue;
    own.se = labels.next(derived.id + "_se");
    room_ += own.se->room() + longest_number;
  }
}

// A place to write at; what is written counts once it is added to size_.
char* ScoreWriter::room_for(std::size_t bytes) {
  if (text_.size() - size_ < bytes) text_.resize(std::max(2 * text_.size(), size_ + bytes));
  return text_.data() + size_;
}

void ScoreWriter::write(const Row& row) {
  std::size_t kept_bytes = 0;
  if (!kept_labels_.empty()) {
    kept_texts_.clear();
    for (const Label& label : kept_labels_) kept_bytes += label.room();
    for (const KeptCell& cell : row.kept) kept_bytes += 6 * cell.text.size() + text_slack;
  }
  char* const begin = room_for(kept_bytes + room_);
  char* at = append_kept(begin, row);
  at = row.problem == nullptr ? append_scores(at, row) : append_nothing(at);
  size_ += static_cast<std::size_t>(at - begin);
  if (error_label_) append_error(row);
  at = room_for(text_slack);
  size_ += static_cast<std::size_t>(append(at, line_end_) - at);
}

char* ScoreWriter::append_kept(char* at, const Row& row) {
  for (std::size_t i = 0; i < kept_labels_.size(); ++i) {
    at = kept_labels_[i].append(at);
    const KeptCell& cell = row.kept[i];
    if (from_ == to_ && !cell.text.empty()) {
      std::memcpy(at, cell.text.data(), cell.text.size());
      at += cell.text.size();
      continue;
    }
    kept_texts_.clear();
    detail::append_kept(kept_texts_, cell, from_, to_);
    at = append(at, kept_texts_);
  }
  return at;
}

char* ScoreWriter::append_scores(char* at, const Row& row) {
  sums_.take(row.answers);
  for (ScaleOfRow& scale : scales_) {
    if (scale.is_written) at = scale.columns.append(at, sums_.of(scale.scale));
  }
  if (region_label_ || !derived_labels_.empty()) take_scores();
  if (!derived_labels_.empty()) at = append_derived(at);
  if (region_label_) at = append_region(at);
  if (care_) at = care_->append(at, row.answers, sums_.raw());
  return at;
}

char* ScoreWriter::append_nothing(char* at) const {
  for (const ScaleOfRow& scale : scales_) {
    if (scale.is_written) at = scale.columns.append_nothing(at);
  }
  for (const DerivedLabels& labels : derived_labels_) {
    at = append(labels.score.append(at), nothing_);
    if (labels.se) at = append(labels.se->append(at), nothing_);
  }
  if (region_label_) at = append(region_label_->append(at), nothing_);
  if (care_) at = care_->append_nothing(at);
  return at;
}

// The scores of the row as other modules take them.
void ScoreWriter::take_scores() {
  scores_.assign(questionnaire_.scales.size(), ScaleScore{});
  for (const ScaleOfRow& scale : scales_) {
    scores_[scale.scale] = scale.columns.score(unpack(sums_.of(scale.scale)));
  }
}

char* ScoreWriter::append_derived(char* at) {
  const Scores derived = derive(questionnaire_, form_, scores_);
  for (std::size_t i = 0; i < derived.size(); ++i) {
    const std::optional<Estimate>& estimate = derived[i].estimate;
    const DerivedLabels& labels = derived_labels_[i];
    at = labels.score.append(at);
    at = append(at, estimate ? render_decimal(estimate->score, digits_) : nothing_);
    if (!labels.se) continue;
    at = labels.se->append(at);
    at = append(at, estimate ? render_decimal(estimate->se, digits_) : nothing_);
  }
  return at;
}

char* ScoreWriter::append_region(char* at) {
  at = region_label_->append(at);
  const auto reading = region_of(questionnaire_, scores_);
  if (!reading) return append(at, nothing_);
  kept_texts_.clear();
  append_text(kept_texts_, questionnaire_.regions[reading->region].id, to_);
  return append(at, kept_texts_);
}

void ScoreWriter::append_error(const Row& row) {
  char* const begin = room_for(error_label_->room() + text_slack);
  size_ += static_cast<std::size_t>(error_label_->append(begin) - begin);
  kept_texts_.clear();
  if (row.problem != nullptr) {
    const std::string& column = row.problem->column;
    append_text(kept_texts_,
                column.empty() ? row.problem->message : column + ": " + row.problem->message, to_);
  } else {
    kept_texts_ = nothing_;
  }
  std::memcpy(room_for(kept_texts_.size()), kept_texts_.data(), kept_texts_.size());
  size_ += kept_texts_.size();
}

}  // namespace attune::detail
