// SPDX-License-Identifier: MIT
#include "batch/analysis_words.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fmt/format.h>
#include <utility>

#include "attune/decimal.hpp"

namespace attune::detail {
namespace {

struct Flagged {
  const ScaleStatistics* scale;
  const ItemStatistics* item;
};

bool is_flagged(const ScaleStatistics& scale, std::size_t item, ItemFlag flag) {
  return std::any_of(scale.items.begin(), scale.items.end(), [&](const ItemStatistics& each) {
    return each.item == item && each.flag == flag;
  });
}

// An item is asked about once: in its main scale where it is flagged there, else in its facet.
std::vector<Flagged> flagged_of(const Questionnaire& questionnaire, const Analysis& analysis,
                                ItemFlag flag) {
  std::vector<Flagged> found;
  const auto is_told = [&](std::size_t scale, std::size_t item) {
    const auto& parent = questionnaire.scales[scale].parent;
    return parent &&
           std::any_of(analysis.scales.begin(), analysis.scales.end(), [&](const auto& each) {
             return each.scale == *parent && is_flagged(each, item, flag);
           });
  };
  for (const ScaleStatistics& scale : analysis.scales) {
    for (const ItemStatistics& item : scale.items) {
      if (item.flag != flag || is_told(scale.scale, item.item)) continue;
      found.push_back({&scale, &item});
    }
  }
  return found;
}

Table table_of(const Questionnaire& questionnaire, const std::vector<Flagged>& flagged) {
  Table table{{"Item", "Scale", "Key now", "r with the others"},
              {Align::left, Align::left, Align::left, Align::right},
              {}};
  for (const auto& [scale, item] : flagged) {
    const Item& definition = questionnaire.items[item->item];
    table.rows.push_back({definition.id, questionnaire.scales[scale->scale].name,
                          definition.reverse ? "reversed" : "not reversed",
                          number_words(item->key_r, 2)});
  }
  return table;
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

bool could_be_checked(const Analysis& analysis) {
  return std::any_of(
      analysis.scales.begin(), analysis.scales.end(), [](const ScaleStatistics& scale) {
        return std::any_of(scale.items.begin(), scale.items.end(),
                           [](const ItemStatistics& item) { return item.key_r.value; });
      });
}

// From a fourth of a scale's items on; with one or two of many nobody would doubt the rest.
bool is_large_part(const ScaleStatistics& scale) {
  const auto flagged =
      std::count_if(scale.items.begin(), scale.items.end(),
                    [](const ItemStatistics& item) { return item.flag == ItemFlag::key; });
  return static_cast<std::size_t>(4 * flagged) >= scale.items.size();
}

// Under no relation at all r lies within 2/√n of 0 in 95 of 100 samples.
std::string chance_words(const std::vector<Flagged>& flagged) {
  double widest = 0;
  for (const auto& [scale, item] : flagged) {
    const double margin = 2 / std::sqrt(static_cast<double>(scale->smallest_n));
    if (*item->key_r.value > -margin) widest = std::max(widest, margin);
  }
  if (widest == 0) return {};
  return fmt::format("With so few rows, an r between {} and 0 may be chance.",
                     number_words({-std::min(widest, 1.0)}, 2));
}

void add_key_questions(Document& document, const Questionnaire& questionnaire,
                       const std::vector<Flagged>& flagged) {
  if (flagged.empty()) return;
  document.emplace_back(Paragraph{
      flagged.size() == 1
          ? "One item pulls against the others of its scale. Is it keyed the right way? A wrong "
            "key looks like this, and so does an item that people read another way than it was "
            "meant."
          : "These items pull against the others of their scale. Is each of them keyed the right "
            "way? A wrong key looks like this, and so does an item that people read another way "
            "than it was meant."});
  document.emplace_back(table_of(questionnaire, flagged));
  document.emplace_back(
      Paragraph{"r with the others is taken once all of these point the same way, so that one "
                "wrong key does not make a right one look wrong.",
                Tone::quiet});
  const ScaleStatistics* told = nullptr;
  bool are_many = false;
  for (const auto& [scale, item] : flagged) {
    if (scale == told) continue;
    told = scale;
    if (scale->even_split) document.emplace_back(Paragraph{split_words(questionnaire, *scale)});
    if (!scale->even_split && flagged.size() > 1 && is_large_part(*scale)) are_many = true;
  }
  if (are_many) {
    document.emplace_back(
        Paragraph{"If more than half of a scale's items were keyed the wrong way, it is the right "
                  "ones that stand out. With this many, check the others, too."});
  }
  if (std::string words = chance_words(flagged); !words.empty()) {
    document.emplace_back(Paragraph{std::move(words)});
  }
}

void add_constant_items(Document& document, const Questionnaire& questionnaire,
                        const std::vector<Flagged>& flagged) {
  Bullets bullets;
  for (const auto& [scale, item] : flagged) {
    const auto given = std::find_if(item->raw.begin(), item->raw.end(),
                                    [](std::uint64_t count) { return count > 0; });
    bullets.items.push_back(fmt::format(
        "{} ({}): everyone gave the same answer, {}. Was it read from the right column?",
        questionnaire.items[item->item].id, questionnaire.scales[scale->scale].name,
        item->range.min + (given - item->raw.begin())));
  }
  if (!bullets.items.empty()) document.emplace_back(std::move(bullets));
}

}  // namespace

std::string number_words(const Statistic& statistic, int digits) {
  if (!statistic.value) return {};
  std::string text = render_fixed(*statistic.value, digits);
  if (text.front() != '-') return text;
  text.erase(0, 1);
  return text.find_first_not_of("0.") == std::string::npos ? text : "−" + text;
}

std::string number_or_reason(const Statistic& statistic, int digits) {
  if (statistic.value) return number_words(statistic, digits);
  return fmt::format("none: {}", name_of(statistic.absence));
}

std::string rows_words(std::uint64_t count) {
  return count == 1 ? "1 row" : fmt::format("{} rows", count);
}

Document questions_of(const Questionnaire& questionnaire, const Analysis& analysis) {
  const auto keys = flagged_of(questionnaire, analysis, ItemFlag::key);
  const auto constant = flagged_of(questionnaire, analysis, ItemFlag::no_variance);
  Document document;
  add_key_questions(document, questionnaire, keys);
  add_constant_items(document, questionnaire, constant);
  if (document.empty()) {
    document.emplace_back(
        Paragraph{could_be_checked(analysis)
                      ? "Nothing: no item pulls against the others of its scale."
                      : "These rows can't tell whether an item pulls against the others."});
  }
  return document;
}

}  // namespace attune::detail
