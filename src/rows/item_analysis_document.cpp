// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/item_analysis.hpp"

#include "base/json.hpp"
#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::rows {
namespace {

using report::Bullets;
using report::Document;
using report::Heading;
using report::say;
using report::Table;

// "0.92", "−0.31"; "0.00" never has a sign. Empty where there is no value.
std::string in_words(const std::optional<double>& value, int digits) {
  if (!value) return {};
  const std::string size = render_fixed(std::abs(*value), digits);
  return *value < 0 && size.find_first_not_of("0.") != std::string::npos ? "−" + size : size;
}

struct ItemColumn {
  const char* id;
  const char* header;  // on the page
  std::optional<double> ItemStatistics::*value;
  int digits;
  std::size_t without;  // how many items of the scale it leaves out
};
constexpr std::array item_columns{
    ItemColumn{"mean", "Mean", &ItemStatistics::mean, 2, 0},
    ItemColumn{"sd", "SD", &ItemStatistics::sd, 2, 0},
    ItemColumn{"item_rest_r", "r with rest", &ItemStatistics::item_rest_r, 2, 0},
    ItemColumn{"alpha_if_dropped", "Alpha without", &ItemStatistics::alpha_if_dropped, 3, 1},
    ItemColumn{"key_r", nullptr, &ItemStatistics::key_r, 2, 0}};

std::string_view flag_id(ItemFlag flag) {
  if (flag == ItemFlag::none) return "";
  return flag == ItemFlag::key ? "key" : "no variance";
}

constexpr std::string_view half_is_guessed =
    "In {} as many items pull one way as the other, so the answers alone can't tell which half is "
    "keyed the wrong way. Where one half has more reversed items, the table has that one. If "
    "neither has, "
    "it may as well be the other.";

// Whether the flagged items of a scale are its reversed ones, or all others: what data look like
// that were reversed before.
bool looks_keyed(const Questionnaire& questionnaire, const ScaleStatistics& scale) {
  std::array<std::size_t, 2> flagged{};
  std::array<std::size_t, 2> all{};
  for (const ItemStatistics& item : scale.items) {
    const std::size_t kind = questionnaire.items[item.item].reverse ? 1 : 0;
    ++all[kind];
    flagged[kind] += item.flag == ItemFlag::key ? 1 : 0;
  }
  return all[0] > 0 && all[1] > 0 &&
         ((flagged[1] == all[1] && flagged[0] == 0) || (flagged[0] == all[0] && flagged[1] == 0));
}

// Items whose key looks wrong, as a question, with the evidence; then those that nobody differs on.
// Only main scales are asked about: they have the items of their facets, and more to go by.
void add_questions(Document& document, const Questionnaire& questionnaire, const Analysis& analysis,
                   std::vector<std::string> doubts) {
  Table keys = report::table_with({"Item", "Scale", "Key now"}, {"r with the others"});
  Bullets remarks{std::move(doubts)};
  Bullets constant;
  bool could_be_checked = false;
  for (const ScaleStatistics& scale : analysis.scales) {
    const Scale& definition = questionnaire.scales[scale.scale];
    if (definition.parent) continue;
    std::size_t wrong = 0;
    double nearest = -1;  // r of a wrong one
    for (const ItemStatistics& item : scale.items) {
      const Item& asked = questionnaire.items[item.item];
      could_be_checked |= item.key_r.has_value();
      if (item.flag == ItemFlag::no_variance) {
        constant.items.push_back(fmt::format(
            "{} ({}): everyone gave the same answer. Was it read from the right column?", asked.id,
            definition.name));
      }
      if (item.flag != ItemFlag::key) continue;
      ++wrong;
      nearest = std::max(nearest, *item.key_r);
      keys.rows.push_back({asked.id, definition.name, asked.reverse ? "reversed" : "not reversed",
                           in_words(item.key_r, 2)});
    }
    // Under no relation at all r lies within 2/√n of 0 in 95 of 100 samples.
    const double margin = std::min(1.0, 2 / std::sqrt(static_cast<double>(scale.n)));
    if (looks_keyed(questionnaire, scale)) continue;  // one of the doubts
    if (scale.even_split) {
      remarks.items.push_back(fmt::format(half_is_guessed, definition.name));
    } else if (wrong > 1 && 4 * wrong >= scale.items.size()) {
      remarks.items.push_back(
          fmt::format("If more than half of the items of {} were keyed the wrong way, it is the "
                      "right ones that stand out. "
                      "With this many, check the others, too.",
                      definition.name));
    }
    if (wrong > 0 && nearest > -margin) {
      remarks.items.push_back(
          fmt::format("With so few rows for {}, an r between {} and 0 may be chance.",
                      definition.name, in_words(-margin, 2)));
    }
  }
  document.emplace_back(Heading{2, "To check"});
  if (!keys.rows.empty()) {
    say(document,
        "An item listed here pulls against the others of its scale. Is it keyed the right way? A "
        "wrong key looks like this, and so does an item that people read another way than it was "
        "meant.");
    document.emplace_back(std::move(keys));
    say(document, report::Tone::quiet,
        "r with the others is taken once all of these point the same way, so that one wrong key "
        "does not make a right one look wrong.");
  } else if (constant.items.empty() && remarks.items.empty()) {
    say(document, could_be_checked
                      ? "Nothing: no item pulls against the others of its scale."
                      : "These rows can't tell whether an item pulls against the others.");
  }
  for (Bullets& each : std::array{std::move(remarks), std::move(constant)}) {
    if (!each.items.empty()) document.emplace_back(std::move(each));
  }
}

// All scales with their facets, then the items of each main scale.
void add_scales(Document& document, const Questionnaire& questionnaire, const Analysis& analysis) {
  Table scales = report::table_with({"Scale"}, {"Items", "Rows", "Mean", "SD", "Alpha"});
  for (const ScaleStatistics& scale : analysis.scales) {
    scales.rows.push_back({questionnaire.scales[scale.scale].name,
                           std::to_string(scale.items.size()), std::to_string(scale.n),
                           in_words(scale.mean, 2), in_words(scale.sd, 2),
                           in_words(scale.alpha, 3)});
  }
  document.emplace_back(Heading{2, "Scales"});
  document.emplace_back(std::move(scales));
  for (const ScaleStatistics& scale : analysis.scales) {
    if (questionnaire.scales[scale.scale].parent) continue;
    Table items = report::table_with({"Item", "Key"}, {"Missing"});
    for (const ItemColumn& column : item_columns) {
      if (column.header != nullptr) report::add_column(items, column.header, report::Align::right);
    }
    for (const ItemStatistics& item : scale.items) {
      const Item& definition = questionnaire.items[item.item];
      auto& row = items.rows.emplace_back(
          std::vector<std::string>{definition.id, definition.reverse ? "−" : "+",
                                   std::to_string(analysis.rows - item.answered)});
      for (const ItemColumn& column : item_columns) {
        if (column.header != nullptr) row.push_back(in_words(item.*column.value, column.digits));
      }
    }
    document.emplace_back(Heading{2, questionnaire.scales[scale.scale].name});
    document.emplace_back(std::move(items));
  }
}

void add_correlations(Document& document, const Questionnaire& questionnaire,
                      const Analysis& analysis) {
  if (analysis.correlations.empty()) return;
  Table table = report::table_with({"Scales"}, {"r", "Rows"});
  for (const ScaleCorrelation& each : analysis.correlations) {
    table.rows.push_back({fmt::format("{} and {}", questionnaire.scales[each.first].name,
                                      questionnaire.scales[each.second].name),
                          in_words(each.r, 2), std::to_string(each.n)});
  }
  document.emplace_back(Heading{2, "Between the scales"});
  document.emplace_back(std::move(table));
}

// Adds a number by its name; where there is none, null, and the reason among `reasons`.
void put(Json& object, const char* name, const std::optional<double>& value, std::uint64_t rows,
         std::size_t items) {
  object[name] = report::or_null(value);
  if (value) return;
  object["reasons"][name] = rows == 0   ? "no rows"
                            : rows == 1 ? "fewer than two rows"
                            : items < 2 ? "fewer than two items"
                                        : "no variance";
}

Json scale_json(const Questionnaire& questionnaire, const Analysis& analysis,
                const ScaleStatistics& scale) {
  const std::size_t size = scale.items.size();
  Json out{{"n", scale.n}, {"incomplete", analysis.rows - scale.n}};
  const auto& parent = questionnaire.scales[scale.scale].parent;
  if (parent) out["parent"] = questionnaire.scales[*parent].id;
  put(out, "mean", scale.mean, scale.n, size);
  put(out, "sd", scale.sd, scale.n, size);
  put(out, "alpha", scale.alpha, scale.n, size);
  out["even_split"] = scale.even_split;
  for (const ItemStatistics& item : scale.items) {
    const Item& definition = questionnaire.items[item.item];
    Json& own = out["items"][definition.id] = {{"reverse", definition.reverse},
                                               {"answered", item.answered},
                                               {"missing", analysis.rows - item.answered}};
    for (const ItemColumn& column : item_columns) {
      put(own, column.id, item.*column.value, scale.n, size - column.without);
    }
    own["flag"] = report::or_null(std::string(flag_id(item.flag)));
  }
  return out;
}

}  // namespace

std::vector<std::string> doubts(const Questionnaire& questionnaire, const Analysis& analysis) {
  std::vector<std::string> found;
  for (const ScaleStatistics& scale : analysis.scales) {
    const Scale& definition = questionnaire.scales[scale.scale];
    if (definition.parent || !looks_keyed(questionnaire, scale)) continue;
    found.push_back(
        fmt::format("In {} the reversed items pull against all others. Were they reversed before "
                    "they were written to the file? Then --keyed takes every answer as it is.",
                    definition.name));
  }
  // A range that was said is not doubted.
  const auto is_of_key = [&](const ScaleStatistics& scale) {
    const Item& item = questionnaire.items[scale.items.front().item];
    return answer_range(questionnaire, item) == analysis.range;
  };
  if (analysis.rows < rows_to_question || analysis.left_out > 0 || !analysis.range ||
      !analysis.found || !std::ranges::all_of(analysis.scales, is_of_key))
    return found;
  const AnswerRange meant = *analysis.range;
  const AnswerRange seen = *analysis.found;
  if (seen != meant && seen.min < seen.max) {
    found.push_back(
        fmt::format("No answer is {}, though the scale runs from {} to {}. If the answers were "
                    "given from {} to "
                    "{}, use --range {}-{}.",
                    seen.max < meant.max ? fmt::format("above {}", seen.max)
                                         : fmt::format("below {}", seen.min),
                    meant.min, meant.max, seen.min, seen.max, seen.min, seen.max));
  }
  return found;
}

Document dry_run_document(const Questionnaire& questionnaire, std::size_t form, const DryRun& run) {
  const RowLayout& layout = run.layout;
  const scoring::Keying keying = scoring::keying_of(questionnaire, form, run.options.range);
  const bool is_json = layout.format == RowFormat::jsonl;
  const std::string separator =
      layout.separator == '\t' ? "tabs" : fmt::format("'{}'", layout.separator);
  const std::optional<AnswerRange>& range = run.analysis.range;
  report::Facts facts{
      {{"File", is_json ? fmt::format("JSON Lines in {}", layout.encoding)
                        : fmt::format("{} between cells, text in {}", separator, layout.encoding)},
       {"Answers", range ? fmt::format("whole numbers from {} to {}", range->min, range->max)
                         : "whole numbers in the range of each item"}}};
  if (!is_json)
    facts.rows.insert(facts.rows.begin() + 1, {"Header", counted(layout.header_rows, "row")});
  if (run.options.labels) facts.rows.back().second += ", or their labels";
  facts.rows.emplace_back("No answer", "an empty cell");
  for (const std::string& code : run.options.missing) facts.rows.back().second += " or " + code;
  if (!layout.keep.empty()) facts.rows.emplace_back("Passed through", joined(layout.keep, ", "));
  if (const auto& found = run.analysis.found)
    facts.rows.emplace_back("Found", fmt::format("{} to {}", found->min, found->max));
  facts.rows.emplace_back("Read for this",
                          counted(run.analysis.rows + run.analysis.left_out, "row"));
  Table columns = report::table_with({"Item", "Column", "Scale", "Key"}, {});
  for (std::size_t i = 0; i < keying.items.size(); ++i) {
    const Item& item = questionnaire.items[keying.items[i].item];
    columns.rows.push_back({item.id, layout.item_columns[i],
                            questionnaire.scales[item.scale.value_or(0)].name,
                            item.reverse ? "reversed" : ""});
  }
  Document document{Heading{1, run.name + ", as it would be read"}, std::move(facts),
                    std::move(columns), Heading{2, "The first scores"}, run.first_scores};
  if (!run.problems.empty()) {
    document.emplace_back(Heading{2, "What can't be read"});
    Bullets problems;
    for (const auto& [message, rows] : run.problems) {
      problems.items.push_back(fmt::format("{}: {}", counted(rows, "row"), message));
    }
    document.emplace_back(std::move(problems));
    document.emplace_back(Bullets{run.advice});
  }
  if (run.analysis.rows >= rows_to_question) {
    add_questions(document, questionnaire, run.analysis, doubts(questionnaire, run.analysis));
  } else {
    say(document, fmt::format("It takes {} rows that can be read to see whether an item is keyed "
                              "the wrong way; here are {}.",
                              rows_to_question, run.analysis.rows));
  }
  return document;
}

Document analysis_document(const Questionnaire& questionnaire, std::size_t form,
                           const Analysis& analysis) {
  std::string rows = std::to_string(analysis.rows);
  if (analysis.left_out > 0) {
    rows += fmt::format(", and {} left out because of problems", analysis.left_out);
  }
  Document document{
      Heading{1, questionnaire.title + ", item analysis"},
      report::Facts{
          {{"Questionnaire", fmt::format("{} {}, form {}", questionnaire.id, questionnaire.version,
                                         questionnaire.forms[form].id)},
           {"Rows", std::move(rows)},
           {"Counted", "for each scale, rows that answered all of its items"}}}};
  if (analysis.rows < 2) {
    say(document, fmt::format("{} It takes two or more to see how answers differ between people.",
                              analysis.rows == 0 ? "There are no rows." : "There is one row."));
    return document;
  }
  add_questions(document, questionnaire, analysis, doubts(questionnaire, analysis));
  add_scales(document, questionnaire, analysis);
  add_correlations(document, questionnaire, analysis);
  document.emplace_back(Heading{2, "How to read this"});
  document.emplace_back(Bullets{
      {"Alpha says how much of the differences between people's scores the items share: near 1 "
       "almost all, near 0 almost nothing; below 0 the items work against each other. It takes all "
       "items to be equally good, and does not say what it is that a scale measures.",
       "'r with rest' is how an item goes with the sum of the others. Near 0 it has little to do "
       "with them. 'Alpha without' is the alpha of the others.",
       "Means and r are of keyed answers; a key of − is a reversed item. What the rows can't tell "
       "is left empty."}});
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
    scales[questionnaire.scales[scale.scale].id] = scale_json(questionnaire, analysis, scale);
  }
  out["correlations"] = Json::array();
  for (const ScaleCorrelation& each : analysis.correlations) {
    Json correlation{
        {"scales", {questionnaire.scales[each.first].id, questionnaire.scales[each.second].id}},
        {"n", each.n}};
    put(correlation, "r", each.r, each.n, 2);
    out["correlations"].push_back(std::move(correlation));
  }
  return json_line(out);
}

std::string analysis_csv(const Questionnaire& questionnaire, const Analysis& analysis) {
  std::vector<Json> header{"scale", "item", "reverse", "n", "answered", "missing"};
  for (const ItemColumn& column : item_columns) header.emplace_back(column.id);
  header.emplace_back("flag");
  std::string out = report::csv_row(header);
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      const Item& definition = questionnaire.items[item.item];
      std::vector<Json> row{questionnaire.scales[scale.scale].id,
                            definition.id,
                            definition.reverse ? "yes" : "no",
                            scale.n,
                            item.answered,
                            analysis.rows - item.answered};
      for (const ItemColumn& column : item_columns) {
        row.push_back(report::or_null(item.*column.value));
      }
      row.emplace_back(flag_id(item.flag));
      out += report::csv_row(row);
    }
  }
  return out;
}

}  // namespace attune::rows
