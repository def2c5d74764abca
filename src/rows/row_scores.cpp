// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/rows.hpp"

#include "base/json.hpp"
#include "rows/columns.hpp"

namespace attune::rows {
namespace {

// As render_decimal does it. Short numbers, as nearly all are, are rounded as whole numbers of
// ten-thousandths; where that is too close to call, the long way is taken.
void append_decimal(std::string& out, double value, int digits) {
  constexpr double largest = 1e5;
  constexpr double least_distance = 1e-6;  // the error of `shifted` is below 1e9 · 2⁻⁵²
  constexpr std::uint32_t places = 10'000;
  const bool is_short = digits == 4 && value >= 0 && value < largest;
  const double shifted = is_short ? value * places : 0.5;
  const double above = shifted - static_cast<std::uint32_t>(shifted);
  if (std::abs(above - 0.5) < least_distance) {
    out += render_decimal(value, digits);
    return;
  }
  const auto whole = static_cast<std::uint32_t>(shifted) + (above > 0.5 ? 1 : 0);
  char text[16];
  char* end = text;
  if (whole < 10 * places) {
    *end++ = static_cast<char>('0' + whole / places);
  } else {
    end = std::to_chars(text, std::end(text), whole / places).ptr;
  }
  std::uint32_t rest = whole % places;
  if (rest > 0) *end++ = '.';
  for (; rest > 0; rest = rest * 10 % places) *end++ = static_cast<char>('0' + rest * 10 / places);
  out.append(text, static_cast<std::size_t>(end - text));
}

}  // namespace

RowScores::RowScores(const Questionnaire& questionnaire, std::size_t form, const RowOptions& rows,
                     const ScoreOptions& options)
    : questionnaire_(questionnaire),
      form_(form),
      from_(rows.format),
      options_(options),
      keying_(scoring::keying_of(questionnaire, form, rows.range, options.min_answered)),
      scores_(questionnaire.scales.size()) {
  const ScoreColumns& wanted = options.columns;
  for (std::size_t i = 0; i < rows.keep.size(); ++i) add_column(rows.keep[i], Show::kept, i);
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const std::string& id = questionnaire.scales[i].id;
    if (questionnaire.scales[i].parent && !wanted.facets) continue;
    add_column(id, Show::score, i);
    if (wanted.se) add_column(id + "_se", Show::se, i);
    if (wanted.percentile && norm(i) != nullptr)
      add_column(id + "_percentile", Show::percentile, i);
    add_column(id + "_answered", Show::answered, i);
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    add_column(questionnaire.derived[i].id, Show::derived, i);
    if (wanted.se) add_column(questionnaire.derived[i].id + "_se", Show::derived_se, i);
  }
  if (wanted.region) add_column("region", Show::region);
  if (wanted.care) {
    add_column("longest_run", Show::longest_run);
    add_column("irv", Show::irv);
    add_column("answered_share", Show::answered_share);
  }
  if (wanted.error) add_column("error", Show::error);
}

void RowScores::add_column(std::string name, Show show, std::size_t index) {
  const bool is_first = columns_.empty();
  std::string before(is_first ? "" : std::string(1, separator_of(options_.format)));
  if (options_.format == RowFormat::jsonl)
    before = (is_first ? "{" : ",") + json_text(Json(name)) + ':';
  columns_.push_back({show, index, std::move(before)});
  names_.push_back(std::move(name));
}

void RowScores::append_names(std::string& out) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    out += columns_[i].before;
    append_text(out, names_[i]);
  }
  out += '\n';
}

void RowScores::append(std::string& out, const Row& row) {
  if (row.problem == nullptr) score_row(row.answers);
  for (const Column& column : columns_) append_column(out, column, row);
  out += options_.format == RowFormat::jsonl ? "}\n" : "\n";
}

void RowScores::append_column(std::string& out, const Column& column, const Row& row) const {
  const bool is_scored = row.problem == nullptr;
  out += column.before;
  if (column.show == Show::kept) {
    append_cell(out, row.kept[column.index]);
  } else if (column.show == Show::error && !is_scored) {
    const std::string& name = row.problem->column;
    append_text(out, name.empty() ? row.problem->message : name + ": " + row.problem->message);
  } else if (column.show == Show::region && is_scored && region_) {
    append_text(out, questionnaire_.regions[*region_].id);
  } else if (const auto number = is_scored ? number_of(column) : std::nullopt) {
    append_decimal(out, *number, options_.digits);
  } else if (options_.format == RowFormat::jsonl) {
    out += "null";
  }
}

// What the columns of a row show, as far as it takes more than its sums.
void RowScores::score_row(std::span<const scoring::RawRating> raw) {
  scoring::sum_up(keying_, raw, sums_);
  if (options_.columns.region || !questionnaire_.derived.empty()) {
    for (std::size_t i = 0; i < scores_.size(); ++i) {
      scores_[i].estimate = scoring::estimate_of(keying_.scales[i], sums_[i]);
    }
    derived_ = scoring::derive(questionnaire_, form_, scores_);
  }
  if (options_.columns.region) {
    const auto reading = interpretation::region_of(questionnaire_, scores_);
    region_ = reading ? std::optional(reading->region) : std::nullopt;
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

// The number that a column shows of the row that was scored; nothing where it shows none.
std::optional<double> RowScores::number_of(const Column& column) const {
  const auto of_estimate = [](const std::optional<Estimate>& estimate, double Estimate::*part) {
    return estimate ? std::optional((*estimate).*part) : std::nullopt;
  };
  const std::size_t i = column.index;
  switch (column.show) {
    case Show::score:
      return scoring::score_of(keying_.scales[i], sums_[i]);
    case Show::se:
      return of_estimate(scoring::estimate_of(keying_.scales[i], sums_[i]), &Estimate::se);
    case Show::percentile: {
      const auto score = scoring::score_of(keying_.scales[i], sums_[i]);
      const auto position = score ? scoring::norm_position(*norm(i), *score) : std::nullopt;
      return position ? std::optional(position->percentile) : std::nullopt;
    }
    case Show::answered:
      return static_cast<double>(sums_[i].answered);
    case Show::derived:
      return of_estimate(derived_[i].estimate, &Estimate::score);
    case Show::derived_se:
      return of_estimate(derived_[i].estimate, &Estimate::se);
    case Show::longest_run:
      return static_cast<double>(interpretation::longest_run(ratings_));
    case Show::irv:
      if (given_.size() < 2) return std::nullopt;
      return interpretation::response_variability(given_);
    case Show::answered_share:
      return static_cast<double>(given_.size()) / static_cast<double>(ratings_.size());
    default:
      return std::nullopt;
  }
}

// A text, as one cell of CSV quoted where it holds a separator, a quote or a line end. Nothing is
// defused here: what was kept comes out as it went in, for other programs.
void RowScores::append_text(std::string& out, std::string_view text) const {
  const char special[] = {separator_of(options_.format), '"', '\n', '\r'};
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
    if (is_json) out += "null";
  } else if (is_of_csv ? from_ == options_.format : is_json && cell.form == CellForm::literal) {
    out += cell.text;
  } else {
    append_text(out, cell.form == CellForm::quoted ? text_in_quotes(cell.text) : cell.text);
  }
}

}  // namespace attune::rows
