// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>

#include "attune/item_analysis.hpp"

#include "batch/analysis_words.hpp"

namespace attune {
namespace {

using detail::number_or_reason;
using detail::number_words;
using detail::rows_words;

constexpr std::size_t most_counted_answers = 11;  // columns of a table that can still be read

void add_header(Document& document, const Questionnaire& questionnaire, std::size_t form,
                const Analysis& analysis) {
  const std::string& title = questionnaire.title.empty() ? questionnaire.id : questionnaire.title;
  document.emplace_back(Heading{1, title + ", item analysis"});
  const bool is_listwise = analysis.missing == MissingAnswers::listwise;
  std::string rows = std::to_string(analysis.rows);
  if (analysis.left_out > 0) {
    rows += fmt::format(", and {} left out because of problems", analysis.left_out);
  }
  document.emplace_back(Facts{
      {{"Questionnaire", fmt::format("{} {}, form {}", questionnaire.id, questionnaire.version,
                                     questionnaire.forms[form].id)},
       {"Rows", std::move(rows)},
       {"Counted", is_listwise ? "for each scale, rows that answered all of its items"
                               : "for each item or two items, all rows that answered them"}}});
}

std::string omega_words(const Questionnaire& questionnaire, const ScaleStatistics& scale) {
  std::string words = number_or_reason(scale.omega, 3);
  if (scale.heywood.empty()) return words;
  std::string names;
  for (const std::size_t item : scale.heywood) {
    names += (names.empty() ? "" : ", ") + questionnaire.items[item].id;
  }
  return words +
         fmt::format(", unsure: the factor leaves next to nothing of {} unexplained", names);
}

void add_facts(Document& document, const Questionnaire& questionnaire, const Analysis& analysis,
               const ScaleStatistics& scale) {
  std::string rows = fmt::format("{} complete, {} not", scale.n, scale.incomplete);
  if (analysis.missing == MissingAnswers::pairwise) {
    rows += fmt::format("; any two items share {} or more", scale.smallest_n);
  }
  std::string score = "mean " + number_or_reason(scale.mean, 2);
  if (scale.sd.value) score += ", SD " + number_words(scale.sd, 2);
  document.emplace_back(Facts{{{"Rows", std::move(rows)},
                               {"Score", std::move(score)},
                               {"Alpha", number_or_reason(scale.alpha, 3)},
                               {"Omega", omega_words(questionnaire, scale)}}});
}

Sparkline picture_of(const ItemStatistics& item) {
  Sparkline picture{{}, 0, 1};
  for (std::size_t i = 0; i < item.raw.size(); ++i) {
    picture.marks.push_back({static_cast<double>(i), static_cast<double>(item.raw[i])});
    picture.max = std::max(picture.max, picture.marks.back().value);
  }
  return picture;
}

void add_items(Document& document, const Questionnaire& questionnaire,
               const ScaleStatistics& scale) {
  Table table{{"Item", "Key", "Missing", "Mean", "SD", "r with rest", "Alpha without"},
              {Align::left, Align::left, Align::right, Align::right, Align::right, Align::right,
               Align::right},
              {},
              "Answers",
              {}};
  for (const ItemStatistics& item : scale.items) {
    const Item& definition = questionnaire.items[item.item];
    table.rows.push_back({definition.id, definition.reverse ? "−" : "+",
                          std::to_string(item.missing), number_words(item.mean, 2),
                          number_words(item.sd, 2), number_words(item.item_rest_r, 2),
                          number_words(item.alpha_if_dropped, 3)});
    table.pictures.emplace_back(picture_of(item));
  }
  document.emplace_back(std::move(table));
}

void add_counts(Document& document, const Questionnaire& questionnaire,
                const ScaleStatistics& scale) {
  const AnswerRange range = scale.items.front().range;
  const bool has_one_range = std::all_of(scale.items.begin(), scale.items.end(),
                                         [&](const auto& item) { return item.range == range; });
  if (!has_one_range || scale.items.front().raw.size() > most_counted_answers) return;
  Table table{{"Item"}, {Align::left}, {}};
  for (int answer = range.min; answer <= range.max; ++answer) {
    table.header.push_back(std::to_string(answer));
    table.align.push_back(Align::right);
  }
  for (const ItemStatistics& item : scale.items) {
    std::vector<std::string> row{questionnaire.items[item.item].id};
    for (const std::uint64_t count : item.raw) row.push_back(std::to_string(count));
    table.rows.push_back(std::move(row));
  }
  document.emplace_back(Paragraph{"How often each answer was given:"});
  document.emplace_back(std::move(table));
}

void add_facets(Document& document, const Questionnaire& questionnaire, const Analysis& analysis,
                std::size_t parent) {
  Table table{{"Facet", "Items", "Rows", "Mean", "SD", "Alpha", "Omega"},
              {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
               Align::right},
              {}};
  for (const ScaleStatistics& scale : analysis.scales) {
    const Scale& definition = questionnaire.scales[scale.scale];
    if (definition.parent != parent) continue;
    table.rows.push_back({definition.name, std::to_string(scale.items.size()),
                          std::to_string(scale.n), number_words(scale.mean, 2),
                          number_words(scale.sd, 2), number_words(scale.alpha, 3),
                          number_words(scale.omega, 3)});
  }
  if (table.rows.empty()) return;
  document.emplace_back(Paragraph{"Its facets:"});
  document.emplace_back(std::move(table));
}

void add_correlations(Document& document, const Questionnaire& questionnaire,
                      const Analysis& analysis) {
  if (analysis.correlations.empty()) return;
  document.emplace_back(Heading{2, "Between the scales"});
  Table table{{"Scales", "r", "Rows"}, {Align::left, Align::right, Align::right}, {}};
  for (const ScaleCorrelation& each : analysis.correlations) {
    table.rows.push_back(
        {fmt::format("{} and {}", questionnaire.scales[each.first].name,
                     questionnaire.scales[each.second].name),
         each.r.value ? number_words(each.r, 2) : fmt::format("none: {}", name_of(each.r.absence)),
         std::to_string(each.n)});
  }
  document.emplace_back(std::move(table));
}

void add_reading(Document& document, const Analysis& analysis) {
  document.emplace_back(Heading{2, "How to read this"});
  Bullets bullets{
      {"Alpha and omega say how much of the differences between people's scores the items share: "
       "near 1 almost all, near 0 almost nothing. Alpha takes all items to be equally good, omega "
       "lets them differ. Neither says what it is that a scale measures.",
       "'r with rest' is how an item goes with the sum of the others. Near 0 it has little to do "
       "with them. 'Alpha without' is the alpha of the others.",
       "Means and r are of keyed answers; a key of − is a reversed item. Counts are of the answers "
       "as they were given."}};
  if (std::any_of(analysis.scales.begin(), analysis.scales.end(),
                  [](const auto& scale) { return scale.alpha.value && *scale.alpha.value < 0; })) {
    bullets.items.emplace_back(
        "An alpha below 0 means that the items of a scale work against each other.");
  }
  if (analysis.missing == MissingAnswers::pairwise) {
    bullets.items.emplace_back(
        "Alpha, omega and r with rest come from the covariances of two items at a time, each over "
        "the rows that answered both. Between scales, only complete rows count.");
  }
  document.emplace_back(std::move(bullets));
}

}  // namespace

Document analysis_document(const Questionnaire& questionnaire, std::size_t form,
                           const Analysis& analysis) {
  Document document;
  add_header(document, questionnaire, form, analysis);
  if (analysis.rows < 2) {
    document.emplace_back(
        Paragraph{fmt::format("{} It takes two or more to see how answers differ between people.",
                              analysis.rows == 0 ? "There are no rows." : "There is one row.")});
    return document;
  }
  document.emplace_back(Heading{2, "To check"});
  for (Block& block : detail::questions_of(questionnaire, analysis)) {
    document.push_back(std::move(block));
  }
  for (const ScaleStatistics& scale : analysis.scales) {
    const Scale& definition = questionnaire.scales[scale.scale];
    if (definition.parent) continue;
    document.emplace_back(Heading{2, definition.name});
    add_facts(document, questionnaire, analysis, scale);
    add_items(document, questionnaire, scale);
    add_counts(document, questionnaire, scale);
    add_facets(document, questionnaire, analysis, scale.scale);
  }
  add_correlations(document, questionnaire, analysis);
  add_reading(document, analysis);
  return document;
}

}  // namespace attune
