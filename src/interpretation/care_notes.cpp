// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"

namespace attune::interpretation {
namespace {

// Fewer ratings can be alike or quick for many good reasons: our choice.
constexpr std::size_t fewest_ratings = 8;

// No published cut for the longest run holds in general (package careless, Yentes & Wilhelm); half
// of the answers is the usual rule of thumb for scales keyed both ways.
constexpr double run_share = 0.5;
constexpr double sure_run = 20;  // so many alike are a sign that needs no second one

// Within-person SD of the raw ratings, the intra-individual response variability of Dunn,
// Heggestad, Shanock & Theilgard (2018); the cut of half a step is our choice.
constexpr double least_spread_steps = 0.5;

// The SD, in sixths of the range, of one person's keyed answers to a facet. On 1..7 it is 2.0 for
// answers at random, 2.3 for 2 and 6 in turn, and 1.5 over a whole scale for people in general (the
// data behind the error of a sitting): the cut is our choice. Keys turn such answers into scores.
constexpr double most_spread_within = 1.9;

// Four of the six steps of 1..7, or that share of another range; one such pair can be an honest
// mixed feeling, two are a signal: our choice.
constexpr double contradiction_steps = 4;
constexpr double contradiction_of_steps = 6;
constexpr std::ptrdiff_t fewest_contradictions = 2;

// Under two seconds there is hardly time to read a statement (Huang et al. 2012; Bowling et al.
// 2021).
constexpr double least_median_seconds = 2.0;

// On short clinical scales each signal is confounded with the trait itself: our choice.
constexpr std::size_t fewest_signals = 2;

struct Ratings {
  std::vector<std::optional<double>> shown;  // in the order shown; nothing where one was skipped
  std::vector<double> given;
  std::vector<double> seconds;  // of those given, where measured
};

Ratings collect_ratings(const Questionnaire& questionnaire, const Responses& responses) {
  Ratings result;
  for (const std::size_t item : responses.order) {
    if (questionnaire.items[item].kind != ItemKind::rating) continue;
    const std::optional<double> value = rating(responses, item);
    result.shown.push_back(value);
    if (!value) continue;
    result.given.push_back(*value);
    if (item < responses.seconds.size() && responses.seconds[item] > 0) {
      result.seconds.push_back(responses.seconds[item]);
    }
  }
  return result;
}

bool contradicts(const Questionnaire& questionnaire, const Responses& responses, const Pair& pair) {
  const std::optional<double> first = rating(responses, pair.first);
  const std::optional<double> second = rating(responses, pair.second);
  if (!first || !second) return false;
  const AnswerRange scale = answer_range(questionnaire, questionnaire.items[pair.second]);
  const double expected =
      pair.relation == Relation::opposite ? scale.min + scale.max - *second : *second;
  // Whole numbers on both sides, so that exactly four steps count on every machine.
  return std::abs(*first - expected) * contradiction_of_steps >=
         contradiction_steps * (scale.max - scale.min);
}

// The SD of the keyed answers around the mean of their facet, in sixths of the range; 0 with fewer
// than `fewest_ratings` beside those means.
double spread_within(const Questionnaire& questionnaire, const Responses& responses) {
  double squares = 0;
  std::size_t degrees = 0;
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    std::vector<double> values;
    for (const std::size_t item : responses.order) {
      const std::optional<double> raw = rating(responses, item);
      if (questionnaire.items[item].scale != scale || !raw) continue;
      const AnswerRange range = answer_range(questionnaire, questionnaire.items[item]);
      values.push_back(scoring::keyed(questionnaire, questionnaire.items[item], *raw) * 6 /
                       (range.max - range.min));
    }
    if (!questionnaire.scales[scale].parent || values.size() < 2) continue;
    const double own = response_variability(values);
    squares += own * own * static_cast<double>(values.size() - 1);
    degrees += values.size() - 1;
  }
  return degrees < fewest_ratings ? 0 : std::sqrt(squares / static_cast<double>(degrees));
}

}  // namespace

std::size_t longest_run(std::span<const std::optional<double>> ratings) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    // Who leaves an item out has looked at it: that is no unthinking run.
    const bool goes_on = i > 0 && ratings[i] == ratings[i - 1];
    run = ratings[i] ? (goes_on ? run + 1 : 1) : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

double response_variability(std::span<const double> ratings) {
  const double n = static_cast<double>(ratings.size());
  double sum = 0;
  for (const double value : ratings) sum += value;
  double squares = 0;
  for (const double value : ratings) squares += (value - sum / n) * (value - sum / n);
  return std::sqrt(squares / (n - 1));
}

std::vector<CareNote> care_notes(const Questionnaire& questionnaire, const Responses& responses) {
  const Ratings ratings = collect_ratings(questionnaire, responses);
  const double count = static_cast<double>(ratings.given.size());
  if (ratings.given.size() < fewest_ratings) return {};

  std::vector<CareNote> notes;
  // A long run and little spread are one sign.
  const auto run = static_cast<double>(longest_run(ratings.shown));
  const bool is_long = run > run_share * count;
  if (is_long) {
    notes.push_back({"long-run", "Many answers in a row were the same."});
  } else if (response_variability(ratings.given) < least_spread_steps) {
    notes.push_back({"little-spread", "Nearly all answers were alike."});
  }
  if (spread_within(questionnaire, responses) > most_spread_within) {
    notes.push_back({"spread-within", "Answers about the same thing often do not fit together."});
  }
  const auto is_contradiction = [&](const Pair& pair) {
    return contradicts(questionnaire, responses, pair);
  };
  if (std::ranges::count_if(questionnaire.pairs, is_contradiction) >= fewest_contradictions) {
    notes.push_back({"contradicting-pairs",
                     "Some pairs of statements got answers that contradict each other."});
  }
  if (ratings.seconds.size() >= fewest_ratings && median(ratings.seconds) < least_median_seconds) {
    notes.push_back({"fast-answers", "Most answers took less than two seconds each."});
  }
  const bool is_sure = is_long && run >= sure_run;
  if (notes.size() < fewest_signals && !is_sure) notes.clear();
  return notes;
}

}  // namespace attune::interpretation
