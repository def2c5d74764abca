// SPDX-License-Identifier: MIT
#include <algorithm>
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
using report::Facts;
using report::Heading;
using report::say;
using report::Table;
using report::table_with;

// "0.92", "−0.31"; "0.00" never has a sign. Empty where there is no value.
std::string in_words(const std::optional<double>& value, int digits) {
  if (!value) return {};
  const std::string size = render_fixed(std::abs(*value), digits);
  return *value < 0 && size.find_first_not_of("0.") != std::string::npos ? "−" + size : size;
}

// Why a statistic of so many items and rows has no value.
std::string_view absence(std::size_t items, std::uint64_t rows) {
  if (items < 2) return "fewer than two items";
  return rows < 2 ? "fewer than two rows" : "no variance";
}

struct FlaggedItem {
  const ScaleStatistics* scale;
  const ItemStatistics* item;
};

// An item is asked about once: in its main scale where it is flagged there, else in its facet.
std::vector<FlaggedItem> flagged_items(const Questionnaire& questionnaire, const Analysis& analysis,
                                       ItemFlag flag) {
  std::vector<FlaggedItem> found;
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      if (item.flag != flag) continue;
      const auto parent = questionnaire.scales[scale.scale].parent;
      const auto asks = [&](const ScaleStatistics& other) {
        return parent == other.scale &&
               std::any_of(other.items.begin(), other.items.end(), [&](const ItemStatistics& its) {
                 return its.item == item.item && its.flag == flag;
               });
      };
      const bool is_asked = std::any_of(analysis.scales.begin(), analysis.scales.end(), asks);
      if (!is_asked) found.push_back({&scale, &item});
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
void add_key_questions(Document& document, const Questionnaire& questionnaire,
                       const std::vector<FlaggedItem>& flagged) {
  if (flagged.empty()) return;
  say(document,
      fmt::format("{} A wrong key looks like this, and so does an item that people read another "
                  "way than it was meant.",
                  flagged.size() == 1 ? "One item pulls against the others of its scale. Is it "
                                        "keyed the right way?"
                                      : "These items pull against the others of their scale. Is "
                                        "each of them keyed the right way?"));
  Table table = table_with({"Item", "Scale", "Key now"}, {"r with the others"});
  for (const auto& [scale, item] : flagged) {
    const Item& definition = questionnaire.items[item->item];
    table.rows.push_back({definition.id, questionnaire.scales[scale->scale].name,
                          definition.reverse ? "reversed" : "not reversed",
                          in_words(item->key_r, 2)});
  }
  document.emplace_back(std::move(table));
  say(document, report::Tone::quiet,
      "r with the others is taken once all of these point the same way, so that one wrong key does "
      "not make a right one look wrong.");
  bool are_many = false;
  double widest = 0;  // margin of an r that chance may have made
  for (std::size_t i = 0; i < flagged.size(); ++i) {
    const auto& [scale, item] = flagged[i];
    // Under no relation at all r lies within 2/√n of 0 in 95 of 100 samples.
    const double margin = 2 / std::sqrt(static_cast<double>(scale->n));
    if (*item->key_r > -margin) widest = std::max(widest, margin);
    if (i > 0 && flagged[i - 1].scale == scale) continue;
    if (scale->even_split) {
      say(document, split_words(questionnaire, *scale));
      continue;
    }
    // From a fourth of a scale's items on; with one or two of many nobody would doubt the rest.
    const auto wrong = std::count_if(scale->items.begin(), scale->items.end(),
                                     [](const auto& its) { return its.flag == ItemFlag::key; });
    are_many |= flagged.size() > 1 && static_cast<std::size_t>(4 * wrong) >= scale->items.size();
  }
  if (are_many) {
    say(document,
        "If more than half of a scale's items were keyed the wrong way, it is the right ones that "
        "stand out. With this many, check the others, too.");
  }
  if (widest > 0) {
    say(document, fmt::format("With so few rows, an r between {} and 0 may be chance.",
                              in_words(-std::min(widest, 1.0), 2)));
  }
}

// What to look at first; one sentence where there is nothing.
void add_questions(Document& document, const Questionnaire& questionnaire,
                   const Analysis& analysis) {
  const auto keys = flagged_items(questionnaire, analysis, ItemFlag::key);
  const auto constant = flagged_items(questionnaire, analysis, ItemFlag::no_variance);
  document.emplace_back(Heading{2, "To check"});
  add_key_questions(document, questionnaire, keys);
  Bullets bullets;
  for (const auto& [scale, item] : constant) {
    bullets.items.push_back(
        fmt::format("{} ({}): everyone gave the same answer. Was it read from the right column?",
                    questionnaire.items[item->item].id, questionnaire.scales[scale->scale].name));
  }
  if (!bullets.items.empty()) document.emplace_back(std::move(bullets));
  if (!keys.empty() || !constant.empty()) return;
  bool could_be_checked = false;
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) could_be_checked |= item.key_r.has_value();
  }
  say(document, could_be_checked
                    ? "Nothing: no item pulls against the others of its scale."
                    : "These rows can't tell whether an item pulls against the others.");
}

void add_scale(Document& document, const Questionnaire& questionnaire, const Analysis& analysis,
               const ScaleStatistics& scale) {
  document.emplace_back(Heading{2, questionnaire.scales[scale.scale].name});
  const std::string none(absence(scale.items.size(), scale.n));
  document.emplace_back(Facts{
      {{"Rows", fmt::format("{} complete, {} not", scale.n, scale.incomplete)},
       {"Score", !scale.mean ? "none: no rows"
                 : scale.sd  ? "mean " + in_words(scale.mean, 2) + ", SD " + in_words(scale.sd, 2)
                             : "mean " + in_words(scale.mean, 2)},
       {"Alpha", scale.alpha ? in_words(scale.alpha, 3) : "none: " + none}}});
  Table items =
      table_with({"Item", "Key"}, {"Missing", "Mean", "SD", "r with rest", "Alpha without"});
  for (const ItemStatistics& item : scale.items) {
    const Item& definition = questionnaire.items[item.item];
    items.rows.push_back({definition.id, definition.reverse ? "−" : "+",
                          std::to_string(item.missing), in_words(item.mean, 2),
                          in_words(item.sd, 2), in_words(item.item_rest_r, 2),
                          in_words(item.alpha_if_dropped, 3)});
  }
  document.emplace_back(std::move(items));
  Table facets = table_with({"Facet"}, {"Items", "Rows", "Mean", "SD", "Alpha"});
  for (const ScaleStatistics& facet : analysis.scales) {
    const Scale& definition = questionnaire.scales[facet.scale];
    if (definition.parent != scale.scale) continue;
    facets.rows.push_back({definition.name, std::to_string(facet.items.size()),
                           std::to_string(facet.n), in_words(facet.mean, 2), in_words(facet.sd, 2),
                           in_words(facet.alpha, 3)});
  }
  if (facets.rows.empty()) return;
  say(document, "Its facets:");
  document.emplace_back(std::move(facets));
}

void add_correlations(Document& document, const Questionnaire& questionnaire,
                      const Analysis& analysis) {
  if (analysis.correlations.empty()) return;
  document.emplace_back(Heading{2, "Between the scales"});
  Table table = table_with({"Scales"}, {"r", "Rows"});
  for (const ScaleCorrelation& each : analysis.correlations) {
    table.rows.push_back(
        {fmt::format("{} and {}", questionnaire.scales[each.first].name,
                     questionnaire.scales[each.second].name),
         each.r ? in_words(each.r, 2) : fmt::format("none: {}", absence(2, each.n)),
         std::to_string(each.n)});
  }
  document.emplace_back(std::move(table));
}

void add_reading(Document& document, const Analysis& analysis) {
  document.emplace_back(Heading{2, "How to read this"});
  Bullets bullets{
      {"Alpha says how much of the differences between people's scores the items share: near 1 "
       "almost all, near 0 almost nothing. It takes all items to be equally good, and does not say "
       "what it is that a scale measures.",
       "'r with rest' is how an item goes with the sum of the others. Near 0 it has little to do "
       "with them. 'Alpha without' is the alpha of the others.",
       "Means and r are of keyed answers; a key of − is a reversed item."}};
  if (std::any_of(analysis.scales.begin(), analysis.scales.end(),
                  [](const auto& scale) { return scale.alpha && *scale.alpha < 0; })) {
    bullets.items.emplace_back(
        "An alpha below 0 means that the items of a scale work against each other.");
  }
  document.emplace_back(std::move(bullets));
}

std::string_view flag_id(ItemFlag flag) {
  if (flag == ItemFlag::none) return "";
  return flag == ItemFlag::key ? "key" : "no variance";
}

struct NamedStatistic {
  const char* name;
  std::optional<double> value;
  std::string_view absence;  // why there is no value
};

// Adds numbers by name, null for those that there are none of, with the reasons behind them.
void put_statistics(Json& object, std::initializer_list<NamedStatistic> statistics) {
  Json reasons = Json::object();
  for (const NamedStatistic& each : statistics) {
    object[each.name] = report::or_null(each.value);
    if (!each.value) reasons[each.name] = each.absence;
  }
  if (!reasons.empty()) object["reasons"] = std::move(reasons);
}

Json scale_json(const Questionnaire& questionnaire, const ScaleStatistics& scale) {
  Json out = Json::object();
  const auto& parent = questionnaire.scales[scale.scale].parent;
  const std::size_t k = scale.items.size();
  if (parent) out["parent"] = questionnaire.scales[*parent].id;
  out["n"] = scale.n;
  out["incomplete"] = scale.incomplete;
  put_statistics(out, {{"mean", scale.mean, "no rows"},
                       {"sd", scale.sd, "fewer than two rows"},
                       {"alpha", scale.alpha, absence(k, scale.n)}});
  out["even_split"] = scale.even_split;
  Json& items = out["items"] = Json::object();
  for (const ItemStatistics& item : scale.items) {
    const Item& definition = questionnaire.items[item.item];
    Json& own = items[definition.id] = {
        {"reverse", definition.reverse}, {"answered", item.answered}, {"missing", item.missing}};
    put_statistics(own, {{"mean", item.mean, "no rows"},
                         {"sd", item.sd, "fewer than two rows"},
                         {"item_rest_r", item.item_rest_r, absence(k, scale.n)},
                         {"alpha_if_dropped", item.alpha_if_dropped, absence(k - 1, scale.n)},
                         {"key_r", item.key_r, absence(k, scale.n)}});
    own["flag"] = report::or_null(std::string(flag_id(item.flag)));
  }
  return out;
}

}  // namespace

Document analysis_document(const Questionnaire& questionnaire, std::size_t form,
                           const Analysis& analysis) {
  std::string rows = std::to_string(analysis.rows);
  if (analysis.left_out > 0) {
    rows += fmt::format(", and {} left out because of problems", analysis.left_out);
  }
  Document document{
      Heading{1, questionnaire.title + ", item analysis"},
      Facts{{{"Questionnaire", fmt::format("{} {}, form {}", questionnaire.id,
                                           questionnaire.version, questionnaire.forms[form].id)},
             {"Rows", std::move(rows)},
             {"Counted", "for each scale, rows that answered all of its items"}}}};
  if (analysis.rows < 2) {
    say(document, fmt::format("{} It takes two or more to see how answers differ between people.",
                              analysis.rows == 0 ? "There are no rows." : "There is one row."));
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
    put_statistics(correlation, {{"r", each.r, absence(2, each.n)}});
  }
  return json_line(out);
}

std::string analysis_csv(const Questionnaire& questionnaire, const Analysis& analysis) {
  std::string out =
      "scale,item,reverse,n,answered,missing,mean,sd,item_rest_r,alpha_if_dropped,key_r,flag\n";
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      const Item& definition = questionnaire.items[item.item];
      out += report::csv_row({questionnaire.scales[scale.scale].id, definition.id,
                              definition.reverse ? "yes" : "no", scale.n, item.answered,
                              item.missing, report::or_null(item.mean), report::or_null(item.sd),
                              report::or_null(item.item_rest_r),
                              report::or_null(item.alpha_if_dropped), report::or_null(item.key_r),
                              flag_id(item.flag)});
    }
  }
  return out;
}

}  // namespace attune::rows
