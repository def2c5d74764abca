// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/comparison.hpp"

#include "report/pages/pages.hpp"
#include "report/render/sentences.hpp"

namespace attune::report {
namespace {

// Below this chance, errors alone are not a good explanation of a spread.
constexpr double rare_chance = 0.05;

std::string person_in_words(const Relationship& row) {
  return row.phrase.empty() ? row.about : row.phrase;
}

std::string in_scale_units(const ComparedScale& scale, double value) {
  return shown(value, scale.range.min, scale.range.max);
}

bool has_areas(const Relationships& all) {
  return std::any_of(all.rows.begin(), all.rows.end(),
                     [](const Relationship& row) { return row.region.has_value(); });
}

void add_relationships_table(Document& document, const Relationships& all) {
  Table table{{"About", "Date"}, {Align::left, Align::left}, {}};
  for (const ComparedScale& scale : all.scales) {
    table.header.push_back(scale.name);
    table.align.push_back(Align::right);
  }
  const bool has_area = has_areas(all);
  if (has_area) {
    table.header.emplace_back("Region");
    table.align.push_back(Align::left);
  }
  for (const Relationship& row : all.rows) {
    std::vector<std::string> cells{person_in_words(row), render_local_date(row.taken_at)};
    for (std::size_t i = 0; i < all.scales.size(); ++i) {
      const auto& estimate = row.scores[i].estimate;
      cells.push_back(estimate ? with_margin(estimate->score, estimate->se, all.scales[i].range)
                               : "not scored");
    }
    if (has_area) cells.push_back(row.region ? row.region->name : "none named");
    table.rows.push_back(std::move(cells));
  }
  document.emplace_back(std::move(table));
}

// Why a score is missing, a line for each.
void add_missing_scores(Document& document, const Relationships& all) {
  Bullets bullets;
  for (const Relationship& row : all.rows) {
    for (std::size_t i = 0; i < all.scales.size(); ++i) {
      if (row.scores[i].estimate) continue;
      bullets.items.push_back(fmt::format("{}, {}: {}", person_in_words(row), all.scales[i].name,
                                          row.scores[i].reason));
    }
  }
  if (bullets.items.empty()) return;
  say(document, "Not scored:");
  document.emplace_back(std::move(bullets));
}

std::string spread_words(const Relationships& all, std::size_t index) {
  const ComparedScale& scale = all.scales[index];
  const std::optional<trend::Spread> spread = spread_of(all, index);
  if (!spread) return "Fewer than two of them are scored here, so there is nothing to compare.";
  const Relationship& low = all.rows[spread->lowest];
  const Relationship& high = all.rows[spread->highest];
  const std::string text =
      fmt::format("{} '{}' ({}) and '{}' ({}): a difference of {}.",
                  spread->degrees == 1 ? "Between" : "Furthest apart are", person_in_words(low),
                  in_scale_units(scale, low.scores[index].estimate->score), person_in_words(high),
                  in_scale_units(scale, high.scores[index].estimate->score),
                  with_margin(spread->largest, spread->largest_se, scale.range));
  if (spread->probability >= rare_chance) {
    return text + " The error of single sittings could explain that by itself.";
  }
  return text + fmt::format(
                    " The error of single sittings alone would rarely set them this far apart; "
                    "beyond it, they differ by about {} from their common middle.",
                    in_scale_units(scale, spread->tau));
}

void add_compared_scale(Document& document, const Relationships& all, std::size_t index) {
  const ComparedScale& scale = all.scales[index];
  document.emplace_back(Heading{3, scale.name});
  if (!scale.low.empty() && !scale.high.empty()) {
    say(document, Tone::quiet,
        fmt::format("From {} ({}) to {} ({}):", tick_label(scale.range.min), scale.low,
                    tick_label(scale.range.max), scale.high));
  }
  for (const Relationship& row : all.rows) {
    if (const auto& estimate = row.scores[index].estimate) {
      Ruler ruler = ruler_with(person_in_words(row), scale.range, *estimate, scale.low, scale.high);
      ruler.indent = 1;
      ruler.kind = "About";
      document.emplace_back(std::move(ruler));
    }
  }
  say(document, spread_words(all, index));
}

// What to type for one relationship more; empty when the questionnaire knows no other.
std::string next_relationship(const Relationships& all, std::string_view lead) {
  if (all.others.empty()) return {};
  return fmt::format("{}: attune take {} --about {}", lead, all.questionnaire,
                     all.others.front().id);
}

void add_too_few(Document& document, const Relationships& all) {
  const bool is_none = all.rows.empty();
  const std::string so_far =
      is_none ? "There are no answers to this questionnaire yet."
              : fmt::format("So far there are answers about one relationship ({}).",
                            person_in_words(all.rows.front()));
  std::string next = next_relationship(all, is_none ? "Begin with" : "Add one with");
  if (next.empty()) next = "This questionnaire names nobody else to answer about.";
  say(document,
      fmt::format("{} It takes two relationships to see them side by side. {}", so_far, next));
}

void add_relationships_closing(Document& document, const Relationships& all) {
  document.emplace_back(Heading{2, "Please keep in mind"});
  if (all.rows.size() > 1) {
    say(document,
        "People often feel differently with different people; there is no right pattern. The "
        "margin of error knows the questions, not the day: part of a difference can come from the "
        "days on which you answered. What shows again some weeks later carries more weight.");
    say(document, Tone::quiet, next_relationship(all, "Add another one with"));
  }
  add_status(document, all.status, limits_of_scores);
}

}  // namespace

std::optional<trend::Spread> spread_of(const Relationships& relationships, std::size_t scale) {
  std::vector<Estimate> estimates;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < relationships.rows.size(); ++i) {
    if (const auto& estimate = relationships.rows[i].scores[scale].estimate) {
      estimates.push_back(*estimate);
      rows.push_back(i);
    }
  }
  std::optional<trend::Spread> spread = trend::spread_of(estimates);
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
    add_relationships_table(document, relationships);
    add_missing_scores(document, relationships);
    document.emplace_back(Heading{2, "How far apart"});
    for (std::size_t i = 0; i < relationships.scales.size(); ++i) {
      add_compared_scale(document, relationships, i);
    }
  }
  add_relationships_closing(document, relationships);
  return document;
}

}  // namespace attune::report
