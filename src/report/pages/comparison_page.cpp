// SPDX-License-Identifier: MIT
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

#include "attune/comparison.hpp"
#include "attune/interpretation.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

using Axes = std::pair<std::size_t, std::size_t>;

// The person's name within a sentence: "Ana", "you".
std::string named(const ComparedPerson& person) {
  return person.address == Address::you ? "you" : person.name;
}

std::array<const ComparedPerson*, 2> both_people(const Comparison& comparison) {
  return {&comparison.first, &comparison.second};
}

// --- who answered what ------------------------------------------------------------------------

std::string about_words(const Comparison& comparison, const ComparedPerson& person) {
  const Questionnaire& questionnaire = comparison.questionnaire;
  if (!person.about) {
    return questionnaire.abouts.empty() ? std::string() : questionnaire.abouts.front().phrase;
  }
  const auto about = find_about(questionnaire, *person.about);
  return about ? questionnaire.abouts[*about].phrase : *person.about;
}

std::string form_words(const Comparison& comparison, const ComparedPerson& person) {
  const auto form = find_form(comparison.questionnaire, person.form);
  const std::string title = form ? comparison.questionnaire.forms[*form].title : std::string();
  return title.empty() ? "form " + person.form : title;
}

// "2026-11-24, about my partner, Short form"; what the sitting is named after is not said again.
std::string sitting_words(const Comparison& comparison, const ComparedPerson& person) {
  std::string words;
  const auto add = [&](const std::string& part) {
    if (part != person.name) words += (words.empty() ? "" : ", ") + part;
  };
  add(person.taken_on);
  const std::string about = about_words(comparison, person);
  if (!about.empty()) add("about " + about);
  if (person.form != "full") add(form_words(comparison, person));
  return words;
}

std::string other_versions(const Comparison& comparison) {
  std::string names;
  for (const ComparedPerson* person : both_people(comparison)) {
    if (person->sha256 == comparison.sha256) continue;
    names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", named(*person), person->version);
  }
  return names;
}

// What has to be known before two scores are read side by side.
void add_remarks(Document& document, const Comparison& comparison) {
  const ComparedPerson& first = comparison.first;
  const ComparedPerson& second = comparison.second;
  if (const std::string others = other_versions(comparison); !others.empty()) {
    say(document, Tone::quiet,
        fmt::format("The text of the questionnaire used here ({}) is another one than these scores "
                    "were made with: {}. The scores are shown as they are.",
                    comparison.questionnaire.version, others));
  }
  if (first.form != second.form) {
    say(document, Tone::quiet,
        "The forms differ. The scales are the same, but fewer questions measure less exactly: the "
        "margins show by how much.");
  }
  const bool same_about = about_words(comparison, first) == about_words(comparison, second);
  if (comparison.between == Between::two_people && !same_about) {
    say(document, Tone::quiet,
        "You answered with different people in mind. The two fit together best when each of you "
        "answers about the other.");
  }
}

void add_comparison_header(Document& document, const Comparison& comparison) {
  const Questionnaire& questionnaire = comparison.questionnaire;
  const std::string& title = questionnaire.title.empty() ? questionnaire.id : questionnaire.title;
  document.emplace_back(Heading{
      1, fmt::format("{}: {} and {}", title, named(comparison.first), named(comparison.second))});
  document.emplace_back(
      Facts{{{comparison.first.name, sitting_words(comparison, comparison.first)},
             {comparison.second.name, sitting_words(comparison, comparison.second)},
             {"Version", questionnaire.version}}});
  add_remarks(document, comparison);
}

void add_limits_of_two(Document& document) {
  say(document,
      "This page lays two sittings side by side. It knows your answers of two days, and not your "
      "story. It is no verdict on your relationship or on either of you, and it can't tell how "
      "things will go. People far apart on this plane can be good to each other, and people close "
      "together can hurt each other.");
  say(document, Tone::caution,
      "If one of you is afraid of the other, or if there are threats or violence, this page is the "
      "wrong tool, and none of its steps is meant for that. Nobody brings violence on by the way "
      "they love. Get help, alone and where the other can't listen in: talk to a person you trust, "
      "a doctor, or an advice centre for violence at home. In danger, call the emergency "
      "services.");
}

void add_limits_of_one(Document& document) {
  say(document,
      "These count as two sittings of one person, so nothing is said about a pair. If two people "
      "gave these answers, name them with --names. Part of a difference can come from the days on "
      "which you answered; what shows again some weeks later carries more weight.");
}

// --- the plane --------------------------------------------------------------------------------

ScoreRange person_range(const Comparison& comparison, const ComparedPerson& person,
                        std::size_t scale) {
  return range_of(comparison.questionnaire, person.scores, scale);
}

// The area that a person lies in, where one fits clearly.
std::string area_words(const Comparison& comparison, const ComparedPerson& person) {
  const auto reading = interpretation::region_of(comparison.questionnaire, person.scores);
  if (!reading || !interpretation::is_clear(*reading)) return "where areas meet";
  return fmt::format("'{}'", comparison.questionnaire.regions[reading->region].name);
}

std::string position_words(const Comparison& comparison, const Axes& axes,
                           const ComparedPerson& person) {
  const auto part = [&](std::size_t scale) {
    return place_on_scale(comparison.questionnaire.scales[scale].name,
                          person.scores[scale].estimate->score,
                          person_range(comparison, person, scale));
  };
  return fmt::format("{}: {}; {}; {}.", person.name, part(axes.first), part(axes.second),
                     area_words(comparison, person));
}

bool has_place(const ComparedPerson& person, const Axes& axes) {
  return person.scores[axes.first].estimate && person.scores[axes.second].estimate;
}

// Both on one plane, whoever has a place on it alone if need be, and the area each lies in.
void add_compared_plane(Document& document, const Comparison& comparison) {
  const auto axes = plane_axes(comparison.questionnaire);
  if (!axes) return;
  std::vector<PlanePoint> points;
  Facts areas;
  std::string description;
  std::optional<Plane> plane;
  for (const ComparedPerson* person : both_people(comparison)) {
    if (!has_place(*person, *axes)) continue;
    const ScoreRange x_range = person_range(comparison, *person, axes->first);
    const ScoreRange y_range = person_range(comparison, *person, axes->second);
    Plane own = plane_frame(comparison.questionnaire, *axes, x_range, y_range);
    if (!plane) plane = std::move(own);
    const Estimate& x = *person->scores[axes->first].estimate;
    const Estimate& y = *person->scores[axes->second].estimate;
    points.push_back({x.score, y.score, x.low, x.high, y.low, y.high, person->name});
    areas.rows.emplace_back(person->name, area_words(comparison, *person));
    description += (description.empty() ? "" : " ") + position_words(comparison, *axes, *person);
  }
  document.emplace_back(Heading{2, "On one plane"});
  if (points.size() < 2) {
    say(document, "A place on the plane takes both scores; whoever lacks one is not shown.");
  }
  if (!plane) return;
  plane->points = std::move(points);
  plane->description = std::move(description);
  document.emplace_back(*std::move(plane));
  document.emplace_back(std::move(areas));
}

// --- the scores -------------------------------------------------------------------------------

std::string difference_with_margin(const interpretation::ScoreDifference& difference,
                                   ScoreRange range) {
  return fmt::format("{} ± {}", signed_difference(difference.difference, range),
                     shown(z_95 * difference.se, range.min, range.max));
}

std::string score_or_none(const Comparison& comparison, const ComparedPerson& person,
                          std::size_t scale) {
  const auto& estimate = person.scores[scale].estimate;
  if (!estimate) return "not scored";
  return with_margin(estimate->score, estimate->se, person_range(comparison, person, scale));
}

void add_compared_scores(Document& document, const Comparison& comparison) {
  Table table{{"Scale", comparison.first.name, comparison.second.name, "Difference"},
              {Align::left, Align::right, Align::right, Align::right},
              {}};
  for (std::size_t i = 0; i < comparison.questionnaire.scales.size(); ++i) {
    const Scale& scale = comparison.questionnaire.scales[i];
    if (scale.parent) continue;
    const auto difference = difference_of(comparison, i);
    table.rows.push_back(
        {scale.name, score_or_none(comparison, comparison.first, i),
         score_or_none(comparison, comparison.second, i),
         difference
             ? difference_with_margin(*difference, person_range(comparison, comparison.first, i))
             : "none"});
  }
  document.emplace_back(std::move(table));
  say(document, Tone::quiet,
      "After each ± stands the margin of error. 'Difference' is the second score less the first.");
}

// "Anxiety: Ana (5.1) and Ben (2.3) lie 2.8 ± 0.9 apart. That is more than …"
std::string difference_sentence(const Comparison& comparison, std::size_t scale) {
  std::string words = comparison.questionnaire.scales[scale].name + ": ";
  const auto difference = difference_of(comparison, scale);
  if (!difference) {
    bool is_scored = true;
    for (const ComparedPerson* person : both_people(comparison)) {
      const ScaleScore& score = person->scores[scale];
      if (score.estimate) continue;
      is_scored = false;
      words += fmt::format("not scored for {}: {} ", named(*person), with_full_stop(score.reason));
    }
    if (is_scored) words += "the two were scored over different numbers of questions. ";
    return words + "There is nothing to compare here.";
  }
  const ScoreRange range = person_range(comparison, comparison.first, scale);
  const auto score_of = [&](const ComparedPerson& person) {
    return shown(person.scores[scale].estimate->score, range.min, range.max);
  };
  words +=
      fmt::format("{} ({}) and {} ({}) lie {} apart. ", named(comparison.first),
                  score_of(comparison.first), named(comparison.second), score_of(comparison.second),
                  with_margin(std::abs(difference->difference), difference->se, range));
  if (!interpretation::differs(*difference)) {
    return words + "The margins of error alone could explain that, so the two may be alike here.";
  }
  // A change of one person takes more than two sittings (trend.hpp).
  return words + (comparison.between == Between::two_people
                      ? "That is more than the margins of error account for: the two differ here."
                      : "That is more than the margins of error account for; two sittings alone "
                        "can't tell whether it lasts.");
}

// --- the pairing ------------------------------------------------------------------------------

void add_pairing_step(Document& document, std::string heading, const std::string& step) {
  document.emplace_back(Heading{2, std::move(heading)});
  say(document, step);
}

void add_pairing_steps(Document& document, const Comparison& comparison,
                       const PairingSteps& steps) {
  say(document,
      "Below is one small step for each of you, and one for the two together. A week is enough to "
      "try them, and leaving one out is fine.");
  if (steps.each.empty()) {
    add_pairing_step(document, "For " + named(comparison.first), steps.first);
    add_pairing_step(document, "For " + named(comparison.second), steps.second);
  } else if (steps.other.empty()) {
    add_pairing_step(document, "For each of you", steps.each);
  } else {
    document.emplace_back(Heading{2, "For each of you"});
    document.emplace_back(Bullets{{"On a day when you are the one named first: " + steps.each,
                                   "On a day when you are the other: " + steps.other}});
  }
  add_pairing_step(document, "For both of you", steps.both);
}

// Who is who in the text that follows; nothing where both are alike.
void add_roles(Document& document, const Comparison& comparison,
               const interpretation::PairingReading& reading, const Pairing& pairing) {
  if (pairing.for_other.empty()) return;
  if (reading.roles == interpretation::Roles::either) {
    say(document,
        "By your answers, either of you can be in either place: one day in the one, another day in "
        "the other.");
    return;
  }
  const bool first = reading.roles == interpretation::Roles::first_is_one;
  const ComparedPerson& one = first ? comparison.first : comparison.second;
  const ComparedPerson& other = first ? comparison.second : comparison.first;
  document.emplace_back(Facts{{{"One of you", one.name}, {"The other", other.name}}});
}

// The pairing with its text and who is who in it, and the steps; or why there is none. Nothing for
// one person, and for a questionnaire without pairings.
void add_pairing(Document& document, const Comparison& comparison) {
  if (comparison.between == Between::one_person) return;
  if (comparison.questionnaire.pairings.empty()) return;
  document.emplace_back(Heading{2, "Between the two of you"});
  const std::optional<interpretation::PairingReading> reading = pairing_of(comparison);
  if (!reading) {
    say(document,
        "What your two positions tend to do to each other is left out: it takes all scores of both "
        "of you.");
    return;
  }
  const Pairing& pairing = comparison.questionnaire.pairings[reading->pairing];
  if (reading->is_clear) {
    say(document,
        fmt::format("Your two positions match the pattern '{}'; with the margins of error, the "
                    "chances for that are {}. It says what can happen between people in such "
                    "places. You know best whether it happens between you.",
                    pairing.name, chance(reading->probabilities[reading->pairing])));
    add_roles(document, comparison, *reading, pairing);
  } else {
    say(document,
        "The two of you lie where patterns meet: with the margins of error, none fits clearly "
        "better than the others, so none is named.");
  }
  say(document, pairing.text);
  add_pairing_steps(document, comparison, steps_of(pairing, reading->roles));
}

}  // namespace

PairingSteps steps_of(const Pairing& pairing, interpretation::Roles roles) {
  PairingSteps steps;
  steps.both = pairing.for_both;
  switch (roles) {
    case interpretation::Roles::first_is_one:
      steps.first = pairing.for_one;
      steps.second = pairing.for_other;
      break;
    case interpretation::Roles::second_is_one:
      steps.first = pairing.for_other;
      steps.second = pairing.for_one;
      break;
    case interpretation::Roles::either:
      steps.each = pairing.for_one;
      steps.other = pairing.for_other;
      break;
  }
  return steps;
}

std::optional<interpretation::ScoreDifference> difference_of(const Comparison& comparison,
                                                             std::size_t scale) {
  const ScoreRange first = person_range(comparison, comparison.first, scale);
  const ScoreRange second = person_range(comparison, comparison.second, scale);
  if (first.min != second.min || first.max != second.max) return std::nullopt;
  return interpretation::score_difference(comparison.first.scores[scale],
                                          comparison.second.scores[scale]);
}

std::optional<interpretation::PairingReading> pairing_of(const Comparison& comparison) {
  if (comparison.between == Between::one_person) return std::nullopt;
  return interpretation::pairing_of(comparison.questionnaire, comparison.first.scores,
                                    comparison.second.scores);
}

Document comparison_document(const Comparison& comparison) {
  const auto& scales = comparison.questionnaire.scales;
  Document document;
  add_comparison_header(document, comparison);
  add_compared_plane(document, comparison);
  document.emplace_back(Heading{2, "Scores"});
  add_compared_scores(document, comparison);
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (!scales[i].parent) say(document, difference_sentence(comparison, i));
  }
  add_pairing(document, comparison);
  document.emplace_back(Heading{2, "Please keep in mind"});
  if (comparison.between == Between::two_people) {
    add_limits_of_two(document);
    add_own_line(document, comparison.contact);
  } else {
    add_limits_of_one(document);
    add_support(document, comparison.contact);
  }
  add_status(document, comparison.questionnaire.status,
             "This page describes answers. It is not a diagnosis, and it is no measure of anyone's "
             "worth.");
  return document;
}

}  // namespace attune::report
