// SPDX-License-Identifier: MIT
#include "attune/relationships.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/axis.hpp"
#include "report/sentences.hpp"

namespace attune {
namespace {

// Below this chance, errors alone are not a good explanation of a spread.
constexpr double rare = 0.05;


std::string name_of(const Relationship& row) { return row.phrase.empty() ? row.about : row.phrase; }

std::string number(const ComparedScale& scale, double value) {
  return detail::shown(value, scale.range.min, scale.range.max);
}

std::string score_words(const ComparedScale& scale, const Estimate& estimate) {
  return fmt::format("{} ± {}", number(scale, estimate.score), number(scale, z_95 * estimate.se));
}

bool has_regions(const Relationships& all) {
  return std::any_of(all.rows.begin(), all.rows.end(),
                     [](const Relationship& row) { return row.region.has_value(); });
}

void add_table(Document& document, const Relationships& all) {
  Table table{{"About", "Date"}, {Align::left, Align::left}, {}};
  for (const ComparedScale& scale : all.scales) {
    table.header.push_back(scale.name);
    table.align.push_back(Align::right);
  }
  const bool has_area = has_regions(all);
  if (has_area) {
    table.header.emplace_back("Region");
    table.align.push_back(Align::left);
  }
  for (const Relationship& row : all.rows) {
    std::vector<std::string> cells{name_of(row), render_local_date(row.taken_at)};
    for (std::size_t i = 0; i < all.scales.size(); ++i) {
      const auto& estimate = row.scores[i].estimate;
      cells.push_back(estimate ? score_words(all.scales[i], *estimate) : "not scored");
    }
    if (has_area) cells.push_back(row.region ? row.region->name : "none named");
    table.rows.push_back(std::move(cells));
  }
  document.emplace_back(std::move(table));
}

// Why a score is missing, a line for each.
void add_reasons(Document& document, const Relationships& all) {
  Bullets bullets;
  for (const Relationship& row : all.rows) {
    for (std::size_t i = 0; i < all.scales.size(); ++i) {
      if (row.scores[i].estimate) continue;
      bullets.items.push_back(
          fmt::format("{}, {}: {}", name_of(row), all.scales[i].name, row.scores[i].reason));
    }
  }
  if (bullets.items.empty()) return;
  document.emplace_back(Paragraph{"Not scored:"});
  document.emplace_back(std::move(bullets));
}

std::string spread_words(const Relationships& all, std::size_t index) {
  const ComparedScale& scale = all.scales[index];
  const std::optional<Spread> spread = spread_of(all, index);
  if (!spread) return "Fewer than two of them are scored here, so there is nothing to compare.";
  const Relationship& low = all.rows[spread->lowest];
  const Relationship& high = all.rows[spread->highest];
  const std::string text =
      fmt::format("{} '{}' ({}) and '{}' ({}): a difference of {} ± {}.",
                  spread->degrees == 1 ? "Between" : "Furthest apart are", name_of(low),
                  number(scale, low.scores[index].estimate->score), name_of(high),
                  number(scale, high.scores[index].estimate->score), number(scale, spread->largest),
                  number(scale, z_95 * spread->largest_se));
  if (spread->probability >= rare) {
    return text + " The error of single sittings could explain that by itself.";
  }
  return text + fmt::format(
                    " The error of single sittings alone would rarely set them this far apart; "
                    "beyond it, they differ by about {} from their common middle.",
                    number(scale, spread->tau));
}

Ruler ruler_of(const ComparedScale& scale, const Relationship& row, const Estimate& estimate) {
  Ruler ruler;
  ruler.name = name_of(row);
  ruler.min = scale.range.min;
  ruler.max = scale.range.max;
  ruler.score = estimate.score;
  ruler.low = estimate.low;
  ruler.high = estimate.high;
  ruler.low_label = scale.low;
  ruler.high_label = scale.high;
  ruler.value = score_words(scale, estimate);
  ruler.indent = 1;
  ruler.kind = "About";
  return ruler;
}

void add_scale(Document& document, const Relationships& all, std::size_t index) {
  const ComparedScale& scale = all.scales[index];
  document.emplace_back(Heading{3, scale.name});
  if (!scale.low.empty() && !scale.high.empty()) {
    document.emplace_back(
        Paragraph{fmt::format("From {} ({}) to {} ({}):", detail::tick_label(scale.range.min),
                              scale.low, detail::tick_label(scale.range.max), scale.high),
                  Tone::quiet});
  }
  for (const Relationship& row : all.rows) {
    if (const auto& estimate = row.scores[index].estimate) {
      document.emplace_back(ruler_of(scale, row, *estimate));
    }
  }
  document.emplace_back(Paragraph{spread_words(all, index)});
}

// What to type for one relationship more; empty when the questionnaire knows no other.
std::string next_words(const Relationships& all, std::string_view lead) {
  if (all.others.empty()) return {};
  return fmt::format("{}: attune take {} --about {}", lead, all.questionnaire,
                     all.others.front().id);
}

void add_too_few(Document& document, const Relationships& all) {
  const bool is_none = all.rows.empty();
  const std::string so_far =
      is_none ? "There are no answers to this questionnaire yet."
              : fmt::format("So far there are answers about one relationship ({}).",
                            name_of(all.rows.front()));
  std::string next = next_words(all, is_none ? "Begin with" : "Add one with");
  if (next.empty()) next = "This questionnaire names nobody else to answer about.";
  document.emplace_back(Paragraph{
      fmt::format("{} It takes two relationships to see them side by side. {}", so_far, next)});
}

void add_closing(Document& document, const Relationships& all) {
  document.emplace_back(Heading{2, "Please keep in mind"});
  if (all.rows.size() > 1) {
    document.emplace_back(
        Paragraph{"People often feel differently with different people; there is no right pattern. "
                  "The margin of error knows the questions, not the day: part of a difference can "
                  "come from the days on which you answered. What shows again some weeks later "
                  "carries more weight."});
    if (std::string next = next_words(all, "Add another one with"); !next.empty()) {
      document.emplace_back(Paragraph{std::move(next), Tone::quiet});
    }
  }
  std::string text;
  if (!all.status.empty()) {
    text = fmt::format("Status of this questionnaire: {} ", detail::with_full_stop(all.status));
  }
  text += "This page describes answers. It is not a diagnosis, and it is no measure of your worth.";
  document.emplace_back(Paragraph{std::move(text)});
}

}  // namespace

std::optional<Spread> spread_of(const Relationships& relationships, std::size_t scale) {
  std::vector<Estimate> estimates;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < relationships.rows.size(); ++i) {
    if (const auto& estimate = relationships.rows[i].scores[scale].estimate) {
      estimates.push_back(*estimate);
      rows.push_back(i);
    }
  }
  std::optional<Spread> spread = spread_of(estimates);
  if (spread) {
    spread->lowest = rows[spread->lowest];
    spread->highest = rows[spread->highest];
  }
  return spread;
}

Document relationships_document(const Relationships& relationships) {
  Document document;
  const std::string& title =
      relationships.title.empty() ? relationships.questionnaire : relationships.title;
  document.emplace_back(Heading{1, title + ", side by side"});
  if (relationships.rows.size() < 2) {
    add_too_few(document, relationships);
  } else {
    add_table(document, relationships);
    add_reasons(document, relationships);
    document.emplace_back(Heading{2, "How far apart"});
    for (std::size_t i = 0; i < relationships.scales.size(); ++i) {
      add_scale(document, relationships, i);
    }
  }
  add_closing(document, relationships);
  return document;
}

}  // namespace attune
