// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include "attune/codebook.hpp"
#include "attune/decimal.hpp"
#include "attune/scoring.hpp"

#include "report/codebook_parts.hpp"
#include "report/csv.hpp"

namespace attune {
namespace {

// A label may hold what separates the values; a backslash before it keeps the list readable back.
std::string listed(const std::vector<detail::AnswerValue>& values) {
  std::string list;
  for (const detail::AnswerValue& value : values) {
    if (!list.empty()) list += '|';
    list += value.code + '=';
    for (const char c : value.label) {
      if (c == '|' || c == '\\') list += '\\';
      list += c;
    }
  }
  return list;
}

struct Range {
  std::string min;
  std::string max;
};

Range range_of(const Questionnaire& questionnaire, const Item& item) {
  if (item.kind == ItemKind::number) {
    return {render_decimal(item.min, 10), render_decimal(item.max, 10)};
  }
  if (item.kind != ItemKind::rating) return {};
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  return {std::to_string(scale.min), std::to_string(scale.max)};
}

std::string id_of(const Questionnaire& questionnaire, const std::optional<std::size_t>& scale) {
  return scale ? questionnaire.scales[*scale].id : std::string();
}

std::string item_row(const Codebook& codebook, std::size_t index) {
  using detail::csv_cell;
  const Questionnaire& questionnaire = codebook.questionnaire;
  const Item& item = questionnaire.items[index];
  const Range range = range_of(questionnaire, item);
  const bool is_rating = item.kind == ItemKind::rating;
  return detail::csv_line(
      {csv_cell(item.id), csv_cell(statement(questionnaire, item, codebook.about)),
       std::string(detail::type_of(item)), range.min, range.max, csv_cell(item.unit),
       csv_cell(listed(detail::values_of(questionnaire, item))),
       csv_cell(id_of(questionnaire, item.scale)),
       csv_cell(item.scale ? id_of(questionnaire, questionnaire.scales[*item.scale].parent) : ""),
       !is_rating ? "" : (item.reverse ? "yes" : "no"),
       csv_cell(detail::joined(detail::forms_with(questionnaire, index), "|")),
       csv_cell(detail::words_of(questionnaire, item.ask_when))});
}

std::string score_row(const Questionnaire& questionnaire, std::size_t index) {
  using detail::csv_cell;
  const Scale& scale = questionnaire.scales[index];
  const ScoreRange range =
      score_range(questionnaire, index, detail::items_of(questionnaire, index).size());
  return detail::csv_line({csv_cell(scale.id), csv_cell(scale.name), "score",
                           render_decimal(range.min), render_decimal(range.max), "", "", "",
                           csv_cell(id_of(questionnaire, scale.parent)), "", "", ""});
}

std::string derived_row(const Questionnaire& questionnaire, std::size_t index) {
  using detail::csv_cell;
  const Derived& derived = questionnaire.derived[index];
  const ScoreRange range = derived_range(questionnaire, 0, index);
  return detail::csv_line({csv_cell(derived.id), csv_cell(derived.name), "derived",
                           render_decimal(range.min), render_decimal(range.max), "", "", "", "", "",
                           "", ""});
}

}  // namespace

std::string codebook_csv(const Codebook& codebook) {
  std::string csv =
      "variable,label,type,min,max,unit,values,scale,parent,reverse,forms,asked_when\n";
  for (std::size_t i = 0; i < codebook.questionnaire.items.size(); ++i) {
    csv += item_row(codebook, i);
  }
  for (std::size_t i = 0; i < codebook.questionnaire.scales.size(); ++i) {
    csv += score_row(codebook.questionnaire, i);
  }
  for (std::size_t i = 0; i < codebook.questionnaire.derived.size(); ++i) {
    csv += derived_row(codebook.questionnaire, i);
  }
  return csv;
}

}  // namespace attune
