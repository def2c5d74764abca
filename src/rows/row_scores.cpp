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

namespace attune::rows {
namespace {

// "3.4375": `value` with at most `digits` decimals, as `render_decimal` writes it. Short numbers,
// as nearly all are, are rounded as whole numbers of ten-thousandths; where that is too close to
// call, the long way is taken.
void append_decimal(std::string& out, double value, int digits) {
  constexpr double largest = 1e5;
  constexpr double least_distance = 1e-6;  // the error of `shifted` is below 1e9 · 2⁻⁵²
  constexpr std::uint32_t places = 10'000;
  const double shifted = value * places;
  const auto below = static_cast<std::uint32_t>(value >= 0 && value < largest ? shifted : 0);
  const double above = shifted - below;
  if (digits != 4 || !(value >= 0 && value < largest) || std::abs(above - 0.5) < least_distance) {
    out += render_decimal(value, digits);
    return;
  }
  const std::uint32_t whole = below + (above > 0.5 ? 1 : 0);
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

char row_separator(RowFormat format) { return format == RowFormat::tsv ? '\t' : ','; }

// `text` as one cell, quoted where it holds a separator, a quote or a line end. Nothing is defused
// here: what was kept comes out as it went in, for other programs.
void append_csv_text(std::string& out, std::string_view text, char separator) {
  const char special[] = {separator, '"', '\n', '\r'};
  if (text.find_first_of({special, sizeof special}) == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

// The text of a cell that stands in quotes.
std::string text_in_quotes(std::string_view cell) {
  std::string out;
  for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
    out += cell[i];
    if (cell[i] == '"') ++i;
  }
  return out;
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
  for (const std::string& name : rows.keep) add_column(name);
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const std::string& id = questionnaire.scales[i].id;
    is_written_.push_back(options.columns.facets || !questionnaire.scales[i].parent);
    if (!is_written_[i]) continue;
    add_column(id);
    if (options.columns.se) add_column(id + "_se");
    if (options.columns.percentile && norm(i) != nullptr) add_column(id + "_percentile");
    add_column(id + "_answered");
  }
  for (const Derived& derived : questionnaire.derived) {
    add_column(derived.id);
    if (options.columns.se) add_column(derived.id + "_se");
  }
  if (options.columns.region) add_column("region");
  if (options.columns.care) {
    for (const char* name : {"longest_run", "irv", "answered_share"}) add_column(name);
  }
  if (options.columns.error) add_column("error");
}

void RowScores::add_column(std::string name) {
  std::string before(befores_.empty() ? "" : std::string(1, row_separator(options_.format)));
  if (options_.format == RowFormat::jsonl) {
    before = befores_.empty() ? "{" : ",";
    before += json_text(Json(name)) + ':';
  }
  befores_.push_back(std::move(before));
  names_.push_back(std::move(name));
}

void RowScores::append_names(std::string& out) const {
  const char separator = row_separator(options_.format);
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (i > 0) out += separator;
    append_csv_text(out, names_[i], separator);
  }
  out += '\n';
}

void RowScores::append(std::string& out, const Row& row) {
  column_ = 0;
  for (const KeptCell& cell : row.kept) append_kept(out, cell);
  const std::size_t scored = befores_.size() - (options_.columns.error ? 1 : 0);
  if (row.problem == nullptr) append_scores(out, row);
  while (column_ < scored) append_number(out, std::nullopt);
  if (options_.columns.error && row.problem != nullptr) {
    begin_field(out);
    const std::string& column = row.problem->column;
    append_text(out, column.empty() ? row.problem->message : column + ": " + row.problem->message);
  } else if (options_.columns.error) {
    append_number(out, std::nullopt);
  }
  out += options_.format == RowFormat::jsonl ? "}\n" : "\n";
}

void RowScores::begin_field(std::string& out) {
  const std::string& before = befores_[column_++];
  if (before.size() == 1) {
    out += before.front();
  } else {
    out += before;
  }
}

// A field with a number, or with nothing.
void RowScores::append_number(std::string& out, const std::optional<double>& value) {
  begin_field(out);
  if (value) {
    append_decimal(out, *value, options_.digits);
  } else if (options_.format == RowFormat::jsonl) {
    out += "null";
  }
}

void RowScores::append_text(std::string& out, std::string_view text) const {
  if (options_.format == RowFormat::jsonl) {
    out += json_text(Json(text));
  } else {
    append_csv_text(out, text, row_separator(options_.format));
  }
}

void RowScores::append_kept(std::string& out, const KeptCell& cell) {
  begin_field(out);
  const bool is_json = options_.format == RowFormat::jsonl;
  const bool is_empty = cell.form == CellForm::plain && cell.text.empty();
  if (cell.form == CellForm::none || is_empty) {
    if (is_json) out += "null";
  } else if (cell.form == CellForm::literal
                 ? is_json
                 : cell.form != CellForm::string && from_ == options_.format) {
    out += cell.text;
  } else {
    append_text(out, cell.form == CellForm::quoted ? text_in_quotes(cell.text) : cell.text);
  }
}

void RowScores::append_scores(std::string& out, const Row& row) {
  scoring::sum_up(keying_, row.answers, sums_);
  const bool needs_all = !questionnaire_.derived.empty();
  for (std::size_t i = 0; i < scores_.size(); ++i) {
    if (!is_written_[i] && !needs_all) continue;
    scores_[i].estimate = scoring::estimate_of(keying_.scales[i], sums_[i]);
    if (is_written_[i]) append_scale(out, i);
  }
  if (needs_all) {
    for (const ScaleScore& score : scoring::derive(questionnaire_, form_, scores_)) {
      const auto& estimate = score.estimate;
      append_number(out, estimate ? std::optional(estimate->score) : std::nullopt);
      if (!options_.columns.se) continue;
      append_number(out, estimate ? std::optional(estimate->se) : std::nullopt);
    }
  }
  if (options_.columns.region) {
    if (const auto reading = interpretation::region_of(questionnaire_, scores_)) {
      begin_field(out);
      append_text(out, questionnaire_.regions[reading->region].id);
    } else {
      append_number(out, std::nullopt);
    }
  }
  if (options_.columns.care) append_care(out, row.answers);
}

void RowScores::append_scale(std::string& out, std::size_t scale) {
  const std::optional<Estimate>& estimate = scores_[scale].estimate;
  append_number(out, estimate ? std::optional(estimate->score) : std::nullopt);
  if (options_.columns.se) {
    append_number(out, estimate ? std::optional(estimate->se) : std::nullopt);
  }
  if (options_.columns.percentile && norm(scale) != nullptr) {
    const auto position = estimate ? scoring::norm_position(*norm(scale), estimate->score)
                                   : std::optional<scoring::NormPosition>();
    append_number(out, position ? std::optional(position->percentile) : std::nullopt);
  }
  append_number(out, static_cast<double>(sums_[scale].answered));
}

void RowScores::append_care(std::string& out, std::span<const scoring::RawRating> raw) {
  ratings_.assign(raw.size(), std::nullopt);
  given_.clear();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == scoring::no_answer) continue;
    ratings_[i] = raw[i];
    given_.push_back(raw[i]);
  }
  append_number(out, static_cast<double>(interpretation::longest_run(ratings_)));
  append_number(out, given_.size() < 2
                         ? std::nullopt
                         : std::optional(interpretation::response_variability(given_)));
  append_number(out, static_cast<double>(given_.size()) / static_cast<double>(raw.size()));
}

}  // namespace attune::rows
