// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/rows.hpp"

#include "base/json.hpp"
#include "rows/columns.hpp"

namespace attune::rows {
namespace {

// What stands between two cells where the input doesn't say.
char separator_of(RowFormat format) { return format == RowFormat::tsv ? '\t' : ','; }

std::optional<double> of_estimate(const std::optional<Estimate>& estimate, double Estimate::*part) {
  return estimate ? std::optional((*estimate).*part) : std::nullopt;
}

}  // namespace

template <class Number>
void RowScores::add_number(const std::string& name, Number number) {
  add_column(name, [this, number](std::string& out, const Row& row) {
    const std::optional<double> value = row.problem == nullptr ? number() : std::nullopt;
    if (!value) return append_nothing(out);
    append_decimal(out, *value, options_.digits);
  });
}

RowScores::RowScores(const Questionnaire& questionnaire, std::size_t form, const RowLayout& rows,
                     const std::optional<AnswerRange>& range, const ScoreOptions& options)
    : questionnaire_(questionnaire),
      form_(form),
      from_(rows.format),
      separator_(rows.format == options.format ? rows.separator : separator_of(options.format)),
      options_(options),
      keying_(scoring::keying_of(questionnaire, form, range, options.min_answered)),
      scores_(questionnaire.scales.size()) {
  for (std::size_t i = 0; i < rows.keep.size(); ++i) {
    add_column(rows.keep[i],
               [this, i](std::string& out, const Row& row) { append_cell(out, row.kept[i]); });
  }
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    if (!questionnaire.scales[i].parent || options.columns.facets) add_scale(i);
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    const std::string& id = questionnaire.derived[i].id;
    add_number(id, [this, i] { return of_estimate(derived_[i].estimate, &Estimate::score); });
    if (!options.columns.se) continue;
    add_number(id + "_se", [this, i] { return of_estimate(derived_[i].estimate, &Estimate::se); });
  }
  if (options.columns.region) {
    add_column("region", [this](std::string& out, const Row& row) {
      const auto reading = row.problem == nullptr
                               ? interpretation::region_of(questionnaire_, scores_)
                               : std::nullopt;
      if (!reading) return append_nothing(out);
      append_text(out, questionnaire_.regions[reading->region].id);
    });
  }
  if (options.columns.care) add_care();
  if (options.columns.error) {
    add_column("error", [this](std::string& out, const Row& row) {
      if (row.problem == nullptr) return append_nothing(out);
      const std::string& column = row.problem->column;
      append_text(out, (column.empty() ? "" : column + ": ") + row.problem->message);
    });
  }
}

void RowScores::add_scale(std::size_t scale) {
  const std::string& id = questionnaire_.scales[scale].id;
  add_number(id, [this, scale] { return scoring::score_of(keying_.scales[scale], sums_[scale]); });
  if (options_.columns.se) {
    add_number(id + "_se", [this, scale] {
      return of_estimate(scoring::estimate_of(keying_.scales[scale], sums_[scale]), &Estimate::se);
    });
  }
  add_number(id + "_answered",
             [this, scale] { return std::optional(static_cast<double>(sums_[scale].answered)); });
}

void RowScores::add_care() {
  add_number("longest_run",
             [this] { return std::optional<double>(interpretation::longest_run(ratings_)); });
  add_number("irv", [this]() -> std::optional<double> {
    if (given_.size() < 2) return std::nullopt;
    return interpretation::response_variability(given_);
  });
  add_number("answered_share", [this] {
    return std::optional(static_cast<double>(given_.size()) / static_cast<double>(ratings_.size()));
  });
}

void RowScores::add_column(const std::string& name, Append append) {
  columns_.push_back(
      {(columns_.empty() ? '{' : ',') + json_text(Json(name)) + ':', std::move(append)});
  names_.push_back(name);
}

void RowScores::append_names(std::string& out) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (i > 0) out += separator_;
    append_text(out, names_[i]);
  }
  out += '\n';
}

void RowScores::append(std::string& out, const Row& row) {
  if (row.problem == nullptr) score_row(row.answers);
  const bool is_json = options_.format == RowFormat::jsonl;
  for (const Column& column : columns_) {
    if (is_json)
      out += column.member;
    else if (&column != &columns_.front())
      out += separator_;
    column.append(out, row);
  }
  if (is_json) out += '}';
  out += '\n';
}

// What the columns of a row rest on.
void RowScores::score_row(std::span<const scoring::RawRating> raw) {
  scoring::sum_up(keying_, raw, sums_);
  if (options_.columns.region || !questionnaire_.derived.empty()) {
    for (std::size_t i = 0; i < scores_.size(); ++i) {
      scores_[i].estimate = scoring::estimate_of(keying_.scales[i], sums_[i]);
    }
    derived_ = scoring::derive(questionnaire_, form_, scores_);
  }
  if (!options_.columns.care) return;
  ratings_.assign(raw.size(), std::nullopt);
  given_.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == scoring::no_answer) continue;
    ratings_[i] = raw[i];
    given_.push_back(raw[i]);
  }
}

void RowScores::append_nothing(std::string& out) const {
  if (options_.format == RowFormat::jsonl) out += "null";
}

// A text, as one cell of CSV quoted where it holds a separator, a quote or a line end. Nothing is
// defused here: what was kept comes out as it went in, for other programs.
void RowScores::append_text(std::string& out, std::string_view text) const {
  const char special[] = {separator_, '"', '\n', '\r'};
  if (options_.format == RowFormat::jsonl) {
    out += json_text(Json(text));
  } else if (text.find_first_of({special, sizeof special}) == std::string_view::npos) {
    out += text;
  } else {
    out += '"';
    for (const char c : text) out.append(c == '"' ? 2 : 1, c);
    out += '"';
  }
}

// A kept cell, which stays as it is written where the format does.
void RowScores::append_cell(std::string& out, const Cell& cell) const {
  const bool is_json = options_.format == RowFormat::jsonl;
  const bool is_of_csv = cell.form == CellForm::plain || cell.form == CellForm::quoted;
  if (cell.form == CellForm::none || (cell.form == CellForm::plain && cell.text.empty())) {
    append_nothing(out);
  } else if (is_of_csv ? from_ == options_.format : is_json && cell.form == CellForm::literal) {
    out += cell.text;
  } else {
    append_text(out, text_of(cell));
  }
}

}  // namespace attune::rows
