// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/interpretation.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// The person's name within a sentence: "Ana", "you".
std::string named(const ComparedPerson& person) {
  return person.address == Address::you ? "you" : person.name;
}

// "2026-11-24, about my partner, Short form"
std::string sitting_words(const Comparison& comparison, const ComparedPerson& person) {
  std::vector<std::string> parts{person.sitting.taken_on};
  const std::string about = about_in_words(comparison.questionnaire, person.sitting.about);
  if (!about.empty()) parts.push_back("about " + about);
  if (person.sitting.form != "full") {
    const auto form = find_form(comparison.questionnaire, person.sitting.form);
    const std::string title = form ? comparison.questionnaire.forms[*form].title : "";
    parts.push_back(title.empty() ? "form " + person.sitting.form : title);
  }
  return joined(parts, ", ");
}

// What has to be known before two scores are read side by side.
void add_remarks(Document& document, const Comparison& comparison) {
  const ComparedPerson& first = comparison.first;
  const ComparedPerson& second = comparison.second;
  std::vector<std::string> others;
  for (const ComparedPerson* person : {&first, &second}) {
    if (person->sitting.sha256 == comparison.sha256) continue;
    others.push_back(fmt::format("{} ({})", named(*person), person->sitting.version));
  }
  if (!others.empty()) {
    say(document, Tone::quiet,
        fmt::format(
            "This page uses version {} of the questionnaire; these scores come from another "
            "text of it: {}. They are shown as they are.",
            comparison.questionnaire.version, joined(others, ", ")));
  }
  if (first.sitting.form != second.sitting.form) {
    say(document, Tone::quiet,
        "The two used different forms. The scales are the same, but fewer questions measure less "
        "exactly; the margins show by how much.");
  }
  const auto about_of = [&](const ComparedPerson& person) {
    return about_in_words(comparison.questionnaire, person.sitting.about);
  };
  if (about_of(first) != about_of(second)) {
    say(document, Tone::quiet,
        "You answered about different people. The page says most when each of you answers about "
        "the other.");
  }
}

// Adds one more person, in words, too, to a plane that may be empty so far; says whether there was
// a place for them, which takes both scores.
bool add_place(std::optional<Plane>& plane, const Questionnaire& questionnaire,
               const Scores& scores, const std::string& name, const std::string& area) {
  std::optional<Plane> own = plane_with(questionnaire, scores);
  if (!own) return false;
  PlanePoint& point = own->points.front();
  point.name = name;
  const std::string words =
      fmt::format("{}: {} {}, {} {}; {}.", name, own->x.name, shown(point.x, own->x), own->y.name,
                  shown(point.y, own->y), area);
  if (!plane) {
    plane = std::move(own);
    plane->description = words;
  } else {
    plane->points.push_back(point);
    plane->description += ' ' + words;
  }
  return true;
}

// Both on one plane, whoever has a place on it alone if need be, and the area each lies in.
void add_compared_plane(Document& document, const Comparison& comparison) {
  const Questionnaire& questionnaire = comparison.questionnaire;
  if (!plane_axes(questionnaire)) return;
  Facts areas;
  std::optional<Plane> plane;
  for (const ComparedPerson* person : {&comparison.first, &comparison.second}) {
    const std::string area =
        area_in_words(questionnaire, interpretation::region_of(questionnaire, person->scores));
    if (add_place(plane, questionnaire, person->scores, person->name, area)) {
      areas.rows.emplace_back(person->name, area);
    }
  }
  document.emplace_back(Heading{2, "On one map"});
  if (areas.rows.size() < 2) {
    say(document, "Only people with both scores have a place on the map.");
  }
  if (!plane) return;
  document.emplace_back(*std::move(plane));
  document.emplace_back(std::move(areas));
}

std::string score_or_none(const ScaleScore& score, ScoreRange range) {
  const auto& estimate = score.estimate;
  return estimate ? with_margin(estimate->score, estimate->se, range) : "not scored";
}

void add_compared_scores(Document& document, const Comparison& comparison) {
  Table table =
      table_with({"Scale"}, {comparison.first.name, comparison.second.name, "Difference"});
  const Questionnaire& questionnaire = comparison.questionnaire;
  for (const std::size_t scale : main_scales(questionnaire)) {
    auto& row = table.rows.emplace_back(std::vector{questionnaire.scales[scale].name});
    for (const ComparedPerson* person : {&comparison.first, &comparison.second}) {
      row.push_back(
          score_or_none(person->scores[scale], range_of(questionnaire, person->scores, scale)));
    }
    const auto difference = difference_of(comparison, scale);
    const ScoreRange range = range_of(questionnaire, comparison.first.scores, scale);
    row.push_back(difference ? signed_with_margin(*difference, range) : "none");
  }
  document.emplace_back(std::move(table));
  say(document, Tone::quiet,
      "The number after each ± is the margin of error. 'Difference' is the second score minus the "
      "first, before rounding.");
}

// "Anxiety: Ana (5.1) and Ben (2.3) differ by 2.8 ± 0.9. That is more than …"
std::string difference_sentence(const Comparison& comparison, std::size_t scale) {
  std::string words = comparison.questionnaire.scales[scale].name + ": ";
  const auto difference = difference_of(comparison, scale);
  if (!difference) {
    bool is_scored = true;
    for (const ComparedPerson* person : {&comparison.first, &comparison.second}) {
      const ScaleScore& score = person->scores[scale];
      if (score.estimate) continue;
      is_scored = false;
      words += fmt::format("not scored for {}: {} ", named(*person), with_full_stop(score.reason));
    }
    if (is_scored) words += "the two are sums over different numbers of questions. ";
    return words + "So there is nothing to compare here.";
  }
  const ScoreRange range = range_of(comparison.questionnaire, comparison.first.scores, scale);
  const auto score_of = [&](const ComparedPerson& person) {
    return shown(person.scores[scale].estimate->score, range);
  };
  words += fmt::format("{} ({}) and {} ({}) differ by {}. ", named(comparison.first),
                       score_of(comparison.first), named(comparison.second),
                       score_of(comparison.second), size_with_margin(*difference, range));
  if (difference->verdict == trend::Verdict::no_change) {
    return words + "That is within the margin of error: no clear difference.";
  }
  return words + "That is more than the margin of error: a clear difference.";
}

// The pairing with its text and who is who in it, and the steps; or why there is none. Nothing
// for a questionnaire without pairings.
void add_pairing(Document& document, const Comparison& comparison) {
  if (comparison.questionnaire.pairings.empty()) return;
  document.emplace_back(Heading{2, "Between the two of you"});
  const auto reading = interpretation::pairing_of(comparison.questionnaire, comparison.first.scores,
                                                  comparison.second.scores);
  if (!reading) {
    say(document,
        "Nothing is said here about the two of you together: that needs both scores of each.");
    return;
  }
  const Pairing& pairing = comparison.questionnaire.pairings[reading->pairing];
  const bool is_either = reading->roles == interpretation::Roles::either;
  const bool is_swapped = reading->roles == interpretation::Roles::second_is_one;
  const ComparedPerson& one = is_swapped ? comparison.second : comparison.first;
  const ComparedPerson& other = is_swapped ? comparison.first : comparison.second;
  if (!reading->is_clear) {
    say(document,
        "Your scores do not clearly suggest how you affect each other, so this page leaves that "
        "open.");
  } else {
    say(document,
        fmt::format("Your two positions fit the pattern '{}' best; with the margin of error, the "
                    "chances for it are {}. It says what can happen between two people like this. "
                    "You know best whether it happens between you.",
                    pairing.name, chances({reading->probabilities[reading->pairing]}).front()));
    // Who is who in the text that follows; nothing where both are alike.
    if (!pairing.for_other.empty() && is_either) {
      say(document,
          "By your answers, each of you can be in either place, one on one day and the other on "
          "the next.");
    } else if (!pairing.for_other.empty()) {
      document.emplace_back(Facts{{{"One of you", one.name}, {"The other", other.name}}});
    }
  }
  say(document, pairing.text);
  say(document, Tone::caution,
      "If one of you is ever afraid of the other, or is hurt, threatened or controlled, this page "
      "is the wrong tool, even if the other says sorry afterwards: skip its steps and talk to "
      "someone outside the relationship first. None of this is ever the fault of the person it is "
      "done to, and nobody has to share answers because someone else wants them. A person you "
      "trust, a doctor or a domestic abuse helpline can help. Call when you can't be overheard, on "
      "a phone the other person doesn't check. If you are in danger now, call the emergency "
      "services.");
  add_own_line(document, comparison.contact);
  say(document,
      "Here is one small step for each of you, and one for both. A week is enough to try them, and "
      "it is fine to leave one out.");
  const auto add_step = [&](std::string heading, const std::string& step) {
    document.emplace_back(Heading{2, std::move(heading)});
    say(document, step);
  };
  if (!is_either) {
    add_step("For " + named(comparison.first), is_swapped ? pairing.for_other : pairing.for_one);
    add_step("For " + named(comparison.second), is_swapped ? pairing.for_one : pairing.for_other);
  } else if (pairing.for_other.empty()) {
    add_step("For each of you", pairing.for_one);
  } else {
    document.emplace_back(Heading{2, "For each of you"});
    document.emplace_back(Bullets{{"On a day when you are the one named first: " + pairing.for_one,
                                   "On a day when you are the other: " + pairing.for_other}});
  }
  add_step("For both of you", pairing.for_both);
}

// Below this chance, errors alone are not a good explanation of a spread.
constexpr double rare_chance = 0.05;

std::string person_in_words(const Relationships& all, const Relationship& row) {
  return about_in_words(all.questionnaire, row.about);
}

// Everyone who has both scores on one map. Nothing where that is not at least two.
void add_relationships_plane(Document& document, const Relationships& all) {
  std::optional<Plane> plane;
  for (const Relationship& row : all.rows) {
    const auto reading = interpretation::region_of(all.questionnaire, row.scores);
    add_place(plane, all.questionnaire, row.scores, person_in_words(all, row),
              area_in_words(all.questionnaire, reading));
  }
  if (!plane || plane->points.size() < 2) return;
  document.emplace_back(Heading{2, "On one map"});
  document.emplace_back(*std::move(plane));
}

// All scores side by side, and why any are missing, a line for each.
void add_relationships_table(Document& document, const Relationships& all) {
  const Questionnaire& questionnaire = all.questionnaire;
  Table table = table_with({"About", "Date"});
  for (const std::size_t scale : main_scales(questionnaire)) {
    add_column(table, questionnaire.scales[scale].name, Align::right);
  }
  const bool has_area = plane_axes(questionnaire).has_value();
  if (has_area) add_column(table, "Area");
  Bullets missing;
  for (const Relationship& row : all.rows) {
    const std::string person = person_in_words(all, row);
    auto& cells = table.rows.emplace_back(std::vector{person, render_local_date(row.taken_at)});
    for (const std::size_t scale : main_scales(questionnaire)) {
      const ScaleScore& score = row.scores[scale];
      cells.push_back(score_or_none(score, range_of(questionnaire, row.scores, scale)));
      if (score.estimate) continue;
      missing.items.push_back(
          fmt::format("{}, {}: {}", person, questionnaire.scales[scale].name, score.reason));
    }
    if (!has_area) continue;
    const auto reading = interpretation::region_of(questionnaire, row.scores);
    cells.push_back(area_in_words(questionnaire, reading));
  }
  document.emplace_back(std::move(table));
  if (missing.items.empty()) return;
  say(document, "Not scored:");
  document.emplace_back(std::move(missing));
}

std::string spread_words(const Relationships& all, std::size_t index) {
  const std::optional<trend::Spread> spread = spread_of(all, index);
  if (!spread) return "Only one of them is scored here, so there is nothing to compare.";
  const ScoreRange range = range_of(all.questionnaire, all.rows.front().scores, index);
  const auto end_words = [&](const Relationship& row) {
    return fmt::format("'{}' ({})", person_in_words(all, row),
                       shown(row.scores[index].estimate->score, range));
  };
  const std::string text =
      fmt::format("{} {} and {}: a difference of {}.",
                  spread->degrees == 1 ? "Between" : "The two furthest apart are",
                  end_words(all.rows[spread->lowest]), end_words(all.rows[spread->highest]),
                  with_margin(spread->largest, spread->largest_se, range));
  const bool is_beyond = spread->largest > z_95 * spread->largest_se;
  if (spread->probability >= rare_chance && is_beyond) {
    return fmt::format(
        "{} That is more than the margin of error of two, but of {} people the two furthest apart "
        "often lie so far from one another by chance: no clear difference.",
        text, spread->degrees + 1);
  }
  if (spread->probability >= rare_chance) {
    return text + " That is within the margin of error: no clear difference.";
  }
  return text + " That is more than the margin of error: a clear difference.";
}

void add_compared_scale(Document& document, const Relationships& all, std::size_t index) {
  const Scale& scale = all.questionnaire.scales[index];
  const ScoreRange range = range_of(all.questionnaire, all.rows.front().scores, index);
  document.emplace_back(Heading{3, scale.name});
  say(document, Tone::quiet,
      fmt::format("From {} ({}) to {} ({}):", tick_label(range.min), scale.low,
                  tick_label(range.max), scale.high));
  Table table = table_with({"About"}, {"Score"});
  for (const Relationship& row : all.rows) {
    if (const auto& estimate = row.scores[index].estimate) {
      add_ruler(table,
                ruler_with(person_in_words(all, row), range, *estimate, scale.low, scale.high));
    }
  }
  if (!table.rows.empty()) document.emplace_back(std::move(table));
  say(document, spread_words(all, index));
}

// What to type for one relationship more; empty when the questionnaire knows no other.
std::string next_relationship(const Relationships& all, std::string_view lead) {
  for (const About& about : all.questionnaire.abouts) {
    if (std::ranges::find(all.rows, about.id, &Relationship::about) == all.rows.end()) {
      return fmt::format("{}: attune take {} --about {}", lead, all.questionnaire.id, about.id);
    }
  }
  return {};
}

}  // namespace

std::optional<trend::Change> difference_of(const Comparison& comparison, std::size_t scale) {
  const auto& first = comparison.first.scores[scale].estimate;
  const auto& second = comparison.second.scores[scale].estimate;
  const ScoreRange range = range_of(comparison.questionnaire, comparison.first.scores, scale);
  const ScoreRange other = range_of(comparison.questionnaire, comparison.second.scores, scale);
  if (!first || !second || range.min != other.min || range.max != other.max) return {};
  return trend::difference({{}, {}, *first, {}}, {{}, {}, *second, {}});
}

Document comparison_document(const Comparison& comparison) {
  const auto& [questionnaire, sha256, first, second, contact] = comparison;
  Document document{
      Heading{1, fmt::format("{}: {} and {}", questionnaire.title, named(first), named(second))},
      Facts{{{first.name, sitting_words(comparison, first)},
             {second.name, sitting_words(comparison, second)},
             {"Version", questionnaire.version}}}};
  add_remarks(document, comparison);
  document.emplace_back(Heading{2, "In short"});
  for (const std::size_t scale : main_scales(questionnaire)) {
    say(document, difference_sentence(comparison, scale));
  }
  add_compared_plane(document, comparison);
  document.emplace_back(Heading{2, "Scores"});
  add_compared_scores(document, comparison);
  add_pairing(document, comparison);
  document.emplace_back(Heading{2, "Please keep in mind"});
  say(document,
      "This page puts two sittings side by side. It knows two days of answers, not your story. "
      "It is no verdict on your relationship or on either of you, and it can't tell how things "
      "will go. People far apart on this map can be good to each other, and people close "
      "together can hurt each other.");
  add_status(document, questionnaire.status,
             "This page describes answers. It is not a diagnosis, and it is no measure of anyone's "
             "worth.");
  return document;
}

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
  Document document{Heading{1, relationships.questionnaire.title + ", side by side"}};
  const bool is_comparison = relationships.rows.size() > 1;
  if (is_comparison) {
    add_relationships_table(document, relationships);
    add_relationships_plane(document, relationships);
    document.emplace_back(Heading{2, "How far apart"});
    say(document, Tone::quiet, "Differences are worked out before rounding.");
    for (const std::size_t scale : main_scales(relationships.questionnaire)) {
      add_compared_scale(document, relationships, scale);
    }
  } else {
    std::string next = next_relationship(relationships, "Add one with");
    if (next.empty()) next = "This questionnaire names nobody else to answer about.";
    say(document, fmt::format("So far there are answers about one relationship ({}). It takes two "
                              "relationships to see them side by side. {}",
                              person_in_words(relationships, relationships.rows.front()), next));
  }
  document.emplace_back(Heading{2, "Please keep in mind"});
  if (is_comparison) {
    say(document,
        "People often feel different with different people; there is no right pattern. The "
        "margin of error allows for the choice of questions, not for the day: part of a difference "
        "can come from the days on which you answered. A difference that shows up again some weeks "
        "later means more.");
    say(document, Tone::quiet, next_relationship(relationships, "Add another person with"));
  }
  add_status(document, relationships.questionnaire.status, limits_of_scores);
  return document;
}

}  // namespace attune::report
