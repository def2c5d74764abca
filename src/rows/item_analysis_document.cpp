// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/item_analysis.hpp"
#include "attune/text.hpp"

#include "base/json.hpp"

namespace attune::rows {
namespace {

constexpr std::size_t most_counted_answers = 11;  // columns of a table that can still be read

struct FlaggedItem {
  const ScaleStatistics* scale;
  const ItemStatistics* item;
};

// "0.92", "−0.31"; "0.00" never has a sign. Empty where there is no value.
std::string statistic_words(const Statistic& statistic, int digits) {
  if (!statistic.value) return {};
  std::string text = render_fixed(*statistic.value, digits);
  if (text.front() != '-') return text;
  text.erase(0, 1);
  return text.find_first_not_of("0.") == std::string::npos ? text : "−" + text;
}

std::string statistic_or_reason(const Statistic& statistic, int digits) {
  if (statistic.value) return statistic_words(statistic, digits);
  return fmt::format("none: {}", statistic.absence);
}

report::Table table_with(std::vector<std::string> header, std::size_t left_columns) {
  report::Table table;
  table.align.resize(header.size(), report::Align::right);
  std::fill_n(table.align.begin(), left_columns, report::Align::left);
  table.header = std::move(header);
  return table;
}

// An item is asked about once: in its main scale where it is flagged there, else in its facet.
std::vector<FlaggedItem> flagged_items(const Questionnaire& questionnaire, const Analysis& analysis,
                                       std::string_view flag) {
  std::vector<FlaggedItem> found;
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      const auto is_same = [&](const ItemStatistics& other) {
        return other.item == item.item && other.flag == flag;
      };
      const auto asks = [&](const ScaleStatistics& other) {
        return questionnaire.scales[scale.scale].parent == other.scale &&
               std::any_of(other.items.begin(), other.items.end(), is_same);
      };
      if (item.flag != flag) continue;
      if (std::none_of(analysis.scales.begin(), analysis.scales.end(), asks)) {
        found.push_back({&scale, &item});
      }
    }
  }
  return found;
}

std::string split_words(const Questionnaire& questionnaire, const ScaleStatistics& scale) {
  const bool has_reversed =
      std::any_of(scale.items.begin(), scale.items.end(), [&](const ItemStatistics& item) {
        return item.flag == ItemFlag::key && questionnaire.items[item.item].reverse;
      });
  return fmt::format(
      "In {} as many items pull one way as the other, so the answers alone can't tell which half "
      "is keyed the wrong way. {}",
      questionnaire.scales[scale.scale].name,
      has_reversed ? "The table has the half with more reversed items: perhaps these answers were "
                     "reversed before they were written to the file."
                   : "The table has one half; it may as well be the other.");
}

// Items whose key looks wrong, as a question, with the evidence.
void add_key_questions(report::Document& document, const Questionnaire& questionnaire,
                       const std::vector<FlaggedItem>& flagged) {
  if (flagged.empty()) return;
  document.emplace_back(report::Paragraph{
      fmt::format("{} A wrong key looks like this, and so does an item that people read another "
                  "way than it was meant.",
                  flagged.size() == 1 ? "One item pulls against the others of its scale. Is it "
                                        "keyed the right way?"
                                      : "These items pull against the others of their scale. Is "
                                        "each of them keyed the right way?")});
  report::Table table = table_with({"Item", "Scale", "Key now", "r with the others"}, 3);
  for (const auto& [scale, item] : flagged) {
    const Item& definition = questionnaire.items[item->item];
    table.rows.push_back({definition.id, questionnaire.scales[scale->scale].name,
                          definition.reverse ? "reversed" : "not reversed",
                          statistic_words(item->key_r, 2)});
  }
  document.emplace_back(std::move(table));
  document.emplace_back(report::Paragraph{
      "r with the others is taken once all of these point the same way, so that one "
      "wrong key does not make a right one look wrong.",
      report::Tone::quiet});
  bool are_many = false;
  double widest = 0;  // margin of an r that chance may have made
  for (std::size_t i = 0; i < flagged.size(); ++i) {
    const auto& [scale, item] = flagged[i];
    // Under no relation at all r lies within 2/√n of 0 in 95 of 100 samples.
    const double margin = 2 / std::sqrt(static_cast<double>(scale->n));
    if (*item->key_r.value > -margin) widest = std::max(widest, margin);
    if (i > 0 && flagged[i - 1].scale == scale) continue;
    if (scale->even_split) {
      document.emplace_back(report::Paragraph{split_words(questionnaire, *scale)});
      continue;
    }
    // From a fourth of a scale's items on; with one or two of many nobody would doubt the rest.
    const auto wrong = std::count_if(scale->items.begin(), scale->items.end(),
                                     [](const auto& its) { return its.flag == ItemFlag::key; });
    are_many |= flagged.size() > 1 && static_cast<std::size_t>(4 * wrong) >= scale->items.size();
  }
  if (are_many) {
    document.emplace_back(report::Paragraph{
        "If more than half of a scale's items were keyed the wrong way, it is the right "
        "ones that stand out. With this many, check the others, too."});
  }
  if (widest > 0) {
    document.emplace_back(
        report::Paragraph{fmt::format("With so few rows, an r between {} and 0 may be chance.",
                                      statistic_words({-std::min(widest, 1.0), {}}, 2))});
  }
}

// What to look at first; one sentence where there is nothing.
void add_questions(report::Document& document, const Questionnaire& questionnaire,
                   const Analysis& analysis) {
  const auto keys = flagged_items(questionnaire, analysis, ItemFlag::key);
  const auto constant = flagged_items(questionnaire, analysis, ItemFlag::no_variance);
  document.emplace_back(report::Heading{2, "To check"});
  add_key_questions(document, questionnaire, keys);
  report::Bullets bullets;
  for (const auto& [scale, item] : constant) {
    const auto given = std::find_if(item->raw.begin(), item->raw.end(),
                                    [](std::uint64_t count) { return count > 0; });
    bullets.items.push_back(fmt::format(
        "{} ({}): everyone gave the same answer, {}. Was it read from the right column?",
        questionnaire.items[item->item].id, questionnaire.scales[scale->scale].name,
        item->range.min + (given - item->raw.begin())));
  }
  if (!bullets.items.empty()) document.emplace_back(std::move(bullets));
  if (!keys.empty() || !constant.empty()) return;
  bool could_be_checked = false;
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) could_be_checked |= item.key_r.value.has_value();
  }
  document.emplace_back(report::Paragraph{
      could_be_checked ? "Nothing: no item pulls against the others of its scale."
                       : "These rows can't tell whether an item pulls against the "
                         "others."});
}

void add_items(report::Document& document, const Questionnaire& questionnaire,
               const ScaleStatistics& scale) {
  report::Table table =
      table_with({"Item", "Key", "Missing", "Mean", "SD", "r with rest", "Alpha without"}, 2);
  table.picture_header = "Answers";
  for (const ItemStatistics& item : scale.items) {
    const Item& definition = questionnaire.items[item.item];
    table.rows.push_back({definition.id, definition.reverse ? "−" : "+",
                          std::to_string(item.missing), statistic_words(item.mean, 2),
                          statistic_words(item.sd, 2), statistic_words(item.item_rest_r, 2),
                          statistic_words(item.alpha_if_dropped, 3)});
    report::Sparkline picture{{}, 0, 1};
    for (const std::uint64_t count : item.raw) {
      picture.marks.push_back(
          {static_cast<double>(picture.marks.size()), static_cast<double>(count)});
      picture.max = std::max(picture.max, static_cast<double>(count));
    }
    table.pictures.emplace_back(std::move(picture));
  }
  document.emplace_back(std::move(table));
}

void add_counts(report::Document& document, const Questionnaire& questionnaire,
                const ScaleStatistics& scale) {
  const AnswerRange range = scale.items.front().range;
  const bool has_one_range = std::all_of(scale.items.begin(), scale.items.end(),
                                         [&](const auto& item) { return item.range == range; });
  if (!has_one_range || scale.items.front().raw.size() > most_counted_answers) return;
  std::vector<std::string> header{"Item"};
  for (int answer = range.min; answer <= range.max; ++answer) {
    header.push_back(std::to_string(answer));
  }
  report::Table table = table_with(std::move(header), 1);
  for (const ItemStatistics& item : scale.items) {
    std::vector<std::string> row{questionnaire.items[item.item].id};
    for (const std::uint64_t count : item.raw) row.push_back(std::to_string(count));
    table.rows.push_back(std::move(row));
  }
  document.emplace_back(report::Paragraph{"How often each answer was given:"});
  document.emplace_back(std::move(table));
}

void add_scale(report::Document& document, const Questionnaire& questionnaire,
               const Analysis& analysis, const ScaleStatistics& scale) {
  document.emplace_back(report::Heading{2, questionnaire.scales[scale.scale].name});
  std::string score = "mean " + statistic_or_reason(scale.mean, 2);
  if (scale.sd.value) score += ", SD " + statistic_words(scale.sd, 2);
  document.emplace_back(
      report::Facts{{{"Rows", fmt::format("{} complete, {} not", scale.n, scale.incomplete)},
                     {"Score", std::move(score)},
                     {"Alpha", statistic_or_reason(scale.alpha, 3)}}});
  add_items(document, questionnaire, scale);
  add_counts(document, questionnaire, scale);
  report::Table facets = table_with({"Facet", "Items", "Rows", "Mean", "SD", "Alpha"}, 1);
  for (const ScaleStatistics& facet : analysis.scales) {
    const Scale& definition = questionnaire.scales[facet.scale];
    if (definition.parent != scale.scale) continue;
    facets.rows.push_back({definition.name, std::to_string(facet.items.size()),
                           std::to_string(facet.n), statistic_words(facet.mean, 2),
                           statistic_words(facet.sd, 2), statistic_words(facet.alpha, 3)});
  }
  if (facets.rows.empty()) return;
  document.emplace_back(report::Paragraph{"Its facets:"});
  document.emplace_back(std::move(facets));
}

void add_correlations(report::Document& document, const Questionnaire& questionnaire,
                      const Analysis& analysis) {
  if (analysis.correlations.empty()) return;
  document.emplace_back(report::Heading{2, "Between the scales"});
  report::Table table = table_with({"Scales", "r", "Rows"}, 1);
  for (const ScaleCorrelation& each : analysis.correlations) {
    table.rows.push_back({fmt::format("{} and {}", questionnaire.scales[each.first].name,
                                      questionnaire.scales[each.second].name),
                          statistic_or_reason(each.r, 2), std::to_string(each.n)});
  }
  document.emplace_back(std::move(table));
}

void add_reading(report::Document& document, const Analysis& analysis) {
  document.emplace_back(report::Heading{2, "How to read this"});
  report::Bullets bullets{
      {"Alpha says how much of the differences between people's scores the items share: near 1 "
       "almost all, near 0 almost nothing. It takes all items to be equally good, and does not say "
       "what it is that a scale measures.",
       "'r with rest' is how an item goes with the sum of the others. Near 0 it has little to do "
       "with them. 'Alpha without' is the alpha of the others.",
       "Means and r are of keyed answers; a key of − is a reversed item. Counts are of the answers "
       "as they were given."}};
  if (std::any_of(analysis.scales.begin(), analysis.scales.end(),
                  [](const auto& scale) { return scale.alpha.value && *scale.alpha.value < 0; })) {
    bullets.items.emplace_back(
        "An alpha below 0 means that the items of a scale work against each other.");
  }
  document.emplace_back(std::move(bullets));
}

// Adds numbers by name, null for those that there are none of, with the reasons behind them.
void put_statistics(Json& object,
                    std::initializer_list<std::pair<const char*, const Statistic*>> statistics) {
  Json reasons = Json::object();
  for (const auto& [name, statistic] : statistics) {
    object[name] = statistic->value ? Json(*statistic->value) : Json();
    if (!statistic->value) reasons[name] = statistic->absence;
  }
  if (!reasons.empty()) object["reasons"] = std::move(reasons);
}

Json item_json(const Questionnaire& questionnaire, const ItemStatistics& item) {
  Json out{{"reverse", questionnaire.items[item.item].reverse},
           {"answered", item.answered},
           {"missing", item.missing}};
  put_statistics(out, {{"mean", &item.mean},
                       {"sd", &item.sd},
                       {"item_rest_r", &item.item_rest_r},
                       {"alpha_if_dropped", &item.alpha_if_dropped},
                       {"key_r", &item.key_r}});
  Json& answers = out["answers"] = Json::object();
  for (std::size_t i = 0; i < item.raw.size(); ++i) {
    answers[std::to_string(item.range.min + static_cast<int>(i))] = item.raw[i];
  }
  out["flag"] = item.flag.empty() ? Json() : Json(item.flag);
  return out;
}

Json scale_json(const Questionnaire& questionnaire, const ScaleStatistics& scale) {
  Json out = Json::object();
  const auto& parent = questionnaire.scales[scale.scale].parent;
  if (parent) out["parent"] = questionnaire.scales[*parent].id;
  out["n"] = scale.n;
  out["incomplete"] = scale.incomplete;
  put_statistics(out, {{"mean", &scale.mean}, {"sd", &scale.sd}, {"alpha", &scale.alpha}});
  out["even_split"] = scale.even_split;
  Json& items = out["items"] = Json::object();
  for (const ItemStatistics& item : scale.items) {
    items[questionnaire.items[item.item].id] = item_json(questionnaire, item);
  }
  return out;
}

}  // namespace

report::Document analysis_document(const Questionnaire& questionnaire, std::size_t form,
                                   const Analysis& analysis) {
  const std::string& title = questionnaire.title.empty() ? questionnaire.id : questionnaire.title;
  std::string rows = std::to_string(analysis.rows);
  if (analysis.left_out > 0) {
    rows += fmt::format(", and {} left out because of problems", analysis.left_out);
  }
  report::Document document{
      report::Heading{1, title + ", item analysis"},
      report::Facts{
          {{"Questionnaire", fmt::format("{} {}, form {}", questionnaire.id, questionnaire.version,
                                         questionnaire.forms[form].id)},
           {"Rows", std::move(rows)},
           {"Counted", "for each scale, rows that answered all of its items"}}}};
  if (analysis.rows < 2) {
    document.emplace_back(report::Paragraph{
        fmt::format("{} It takes two or more to see how answers differ between people.",
                    analysis.rows == 0 ? "There are no rows." : "There is one row.")});
    return document;
  }
  add_questions(document, questionnaire, analysis);
  for (const ScaleStatistics& scale : analysis.scales) {
    if (questionnaire.scales[scale.scale].parent) continue;
    add_scale(document, questionnaire, analysis, scale);
  }
  add_correlations(document, questionnaire, analysis);
  add_reading(document, analysis);
  return document;
}

std::string analysis_json(const Questionnaire& questionnaire, std::size_t form,
                          const Analysis& analysis) {
  Json out{{"schema", "attune.analysis"},
           {"version", 1},
           {"questionnaire",
            {{"id", questionnaire.id},
             {"version", questionnaire.version},
             {"form", questionnaire.forms[form].id}}},
           {"rows", analysis.rows},
           {"left_out", analysis.left_out}};
  Json& scales = out["scales"] = Json::object();
  for (const ScaleStatistics& scale : analysis.scales) {
    scales[questionnaire.scales[scale.scale].id] = scale_json(questionnaire, scale);
  }
  Json& correlations = out["correlations"] = Json::array();
  for (const ScaleCorrelation& each : analysis.correlations) {
    Json& correlation = correlations.emplace_back(Json{
        {"scales", {questionnaire.scales[each.first].id, questionnaire.scales[each.second].id}},
        {"n", each.n}});
    put_statistics(correlation, {{"r", &each.r}});
  }
  return json_line(out);
}

std::string analysis_csv(const Questionnaire& questionnaire, const Analysis& analysis) {
  // From the lowest answer of any item to the highest.
  AnswerRange range{1, 0};
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      if (range.max < range.min) range = item.range;
      range = {std::min(range.min, item.range.min), std::max(range.max, item.range.max)};
    }
  }
  std::vector<std::string> names{"scale",   "item", "reverse", "n",           "answered",
                                 "missing", "mean", "sd",      "item_rest_r", "alpha_if_dropped",
                                 "key_r",   "flag"};
  for (int answer = range.min; answer <= range.max; ++answer) {
    names.push_back("answers_" + std::to_string(answer));
  }
  std::string out = csv_line(names);
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      const Item& definition = questionnaire.items[item.item];
      std::vector<std::string> cells{csv_cell(questionnaire.scales[scale.scale].id),
                                     csv_cell(definition.id),
                                     definition.reverse ? "yes" : "no",
                                     std::to_string(scale.n),
                                     std::to_string(item.answered),
                                     std::to_string(item.missing)};
      for (const Statistic* statistic :
           {&item.mean, &item.sd, &item.item_rest_r, &item.alpha_if_dropped, &item.key_r}) {
        cells.push_back(statistic->value ? render_decimal(*statistic->value) : std::string());
      }
      cells.emplace_back(item.flag);
      for (int answer = range.min; answer <= range.max; ++answer) {
        const bool is_legal = answer >= item.range.min && answer <= item.range.max;
        const auto place = static_cast<std::size_t>(answer - item.range.min);
        cells.push_back(is_legal ? std::to_string(item.raw[place]) : std::string());
      }
      out += csv_line(cells);
    }
  }
  return out;
}

}  // namespace attune::rows
