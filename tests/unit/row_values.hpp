// SPDX-License-Identifier: MIT
#pragma once

/// Random rows, the texts that hold them, and what `score` makes of them.

#include <doctest/doctest.h>
#include <optional>
#include <string>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/definition.hpp"
#include "attune/interpretation.hpp"
#include "attune/rows.hpp"
#include "attune/scoring.hpp"

#include "builders.hpp"
#include "temporary_directory.hpp"

namespace attune::test {

/// Answers to the scored items of a form, in its order; `skip` for none.
using RowValues = std::vector<int>;

inline Questionnaire shipped(const std::string& id) {
  const std::string text = read_bytes(ATTUNE_SOURCE_DIR "/questionnaires/" + id + ".toml");
  definition::Definition definition =
      definition::check_definition(text, definition::CheckDepth::use, id);
  REQUIRE(definition.questionnaire);
  return *std::move(definition.questionnaire);
}

inline RowValues random_row(const Questionnaire& questionnaire, std::size_t form, Numbers& numbers,
                            const std::optional<AnswerRange>& range = std::nullopt) {
  RowValues row;
  // Some rows have no gaps, some are full of them, some have one answer only.
  const int skipped_of_ten = numbers.between(0, 3) == 0 ? numbers.between(0, 10) : 0;
  const bool is_one_answer = numbers.between(0, 9) == 0;
  const int same = numbers.between(0, 9) == 0 ? numbers.between(0, 100) : -1;
  for (const std::size_t item : rows::scored_items(questionnaire, form)) {
    const ResponseScale& own =
        questionnaire.response_scales[questionnaire.items[item].response_scale];
    const int min = range ? range->min : own.min;
    const int max = range ? range->max : own.max;
    const int answer = same < 0 ? numbers.between(min, max) : min + same % (max - min + 1);
    row.push_back(numbers.between(0, 9) < skipped_of_ten ? skip : answer);
  }
  if (is_one_answer) {
    const auto kept =
        static_cast<std::size_t>(numbers.between(0, static_cast<int>(row.size()) - 1));
    const int answer = row[kept];
    row.assign(row.size(), skip);
    row[kept] = answer;
  }
  return row;
}

inline std::vector<RowValues> random_rows(const Questionnaire& questionnaire, std::size_t form,
                                          std::size_t count, unsigned long long seed) {
  Numbers numbers(seed);
  std::vector<RowValues> rows;
  for (std::size_t i = 0; i < count; ++i) {
    rows.push_back(random_row(questionnaire, form, numbers));
  }
  return rows;
}

inline std::string header_of(const Questionnaire& questionnaire, std::size_t form) {
  std::string text;
  for (const std::size_t item : rows::scored_items(questionnaire, form)) {
    text += (text.empty() ? "" : ",") + questionnaire.items[item].id;
  }
  return text + '\n';
}

inline std::string cells_of(const RowValues& row) {
  std::string text;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) text += ',';
    if (row[i] != skip) text += std::to_string(row[i]);
  }
  return text + '\n';
}

inline std::string csv_of(const Questionnaire& questionnaire, std::size_t form,
                          const std::vector<RowValues>& rows) {
  std::string text = header_of(questionnaire, form);
  for (const RowValues& row : rows) text += cells_of(row);
  return text;
}

inline Responses responses_of(const Questionnaire& questionnaire, std::size_t form,
                              const RowValues& row) {
  Responses responses = empty_responses(questionnaire);
  const std::vector<std::size_t> items = rows::scored_items(questionnaire, form);
  for (std::size_t i = 0; i < items.size(); ++i) {
    responses.answers[items[i]] =
        row[i] == skip ? Answer(Skipped{}) : Answer(static_cast<double>(row[i]));
  }
  return responses;
}

inline void append_estimate(std::string& text, const ScaleScore& score,
                            const rows::ScoreOptions& options) {
  text += ',';
  if (score.estimate) text += render_decimal(score.estimate->score, options.digits);
  if (!options.columns.se) return;
  text += ',';
  if (score.estimate) text += render_decimal(score.estimate->se, options.digits);
}

/// What the scorer should write for a row, by way of `score`, `derive` and `region_of`. Care
/// columns are left out. `questionnaire` has the shares and ranges that the run uses.
inline std::string expected_line(const Questionnaire& questionnaire, std::size_t form,
                                 const RowValues& row, const rows::ScoreOptions& options) {
  const Scores scores = scoring::score(questionnaire, form, responses_of(questionnaire, form, row));
  std::string text;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (questionnaire.scales[i].parent && !options.columns.facets) continue;
    append_estimate(text, scores[i], options);
    text += ',' + std::to_string(scores[i].answered);
  }
  for (const ScaleScore& derived : scoring::derive(questionnaire, form, scores)) {
    append_estimate(text, derived, options);
  }
  if (options.columns.region) {
    text += ',';
    if (const auto reading = interpretation::region_of(questionnaire, scores)) {
      text += questionnaire.regions[reading->region].id;
    }
  }
  return text.substr(1);
}

}  // namespace attune::test
