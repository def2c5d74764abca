// SPDX-License-Identifier: MIT
// Thousands of made-up people answer closeness. What their pages say is held against their scores,
// and every text and step has to reach somebody.
#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "attune/definition.hpp"
#include "attune/interpretation.hpp"
#include "attune/report.hpp"
#include "attune/responses.hpp"
#include "attune/scoring.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

Questionnaire closeness() {
  const std::ifstream file(ATTUNE_SOURCE_DIR "/questionnaires/closeness.toml");
  std::ostringstream text;
  text << file.rdbuf();
  return *definition::check_definition(text.str(), {}).questionnaire;
}

using Chance = std::mt19937_64;

double drawn(Chance& chance, double low, double high) {
  return low + (high - low) * static_cast<double>(chance() >> 11) * 0x1p-53;
}

double about_normal(Chance& chance) {  // the sum of twelve is close enough
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += drawn(chance, 0, 1);
  return sum;
}

// How somebody answers: a level for each main scale and facet, as much noise, or a pattern instead.
enum class Manner { honest, careless, alternating, straight, skipping };

Responses answers_of(const Questionnaire& questionnaire, std::size_t form, Manner manner,
                     Chance& chance) {
  std::map<std::size_t, double> levels;
  const double spread = drawn(chance, 0, 2);
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const auto& parent = questionnaire.scales[i].parent;
    levels[i] = parent ? levels[*parent] + spread * about_normal(chance) : drawn(chance, 1, 7);
  }
  const double noise = drawn(chance, 0, 1.5);
  const double straight = std::round(drawn(chance, 1, 7));
  Responses responses = empty_responses(questionnaire);
  responses.order = questionnaire.forms[form].items;
  for (std::size_t place = 0; place < responses.order.size(); ++place) {
    const Item& item = questionnaire.items[responses.order[place]];
    double answer =
        std::clamp(std::round(levels[*item.scale] + noise * about_normal(chance)), 1.0, 7.0);
    if (item.reverse) answer = 8 - answer;
    if (manner == Manner::careless) answer = std::round(drawn(chance, 0.5, 7.49));
    if (manner == Manner::alternating) answer = place % 2 == 0 ? 1 : 7;
    if (manner == Manner::straight) answer = straight;
    auto& given = responses.answers[responses.order[place]];
    if (manner == Manner::skipping && drawn(chance, 0, 1) < 0.35) {
      given.emplace(Skipped{});
    } else {
      given.emplace(answer);
    }
  }
  return responses;
}

report::Profile profile_of(const Questionnaire& questionnaire, std::size_t form, std::size_t about,
                           Responses responses) {
  report::Profile profile;
  profile.questionnaire = questionnaire;
  profile.form = form;
  profile.record.taken_at = {1'790'000'000'000'000, 60};
  if (about > 0) profile.record.about = questionnaire.abouts[about].id;
  profile.responses = std::move(responses);
  profile.scores = scoring::score(questionnaire, form, profile.responses);
  profile.derived = scoring::derive(questionnaire, form, profile.scores);
  profile.interpretation =
      interpretation::interpret(questionnaire, profile.responses, profile.scores, {},
                                about > 0 ? std::optional(about) : std::nullopt);
  return profile;
}

// Whom a page is about: the first where none is named.
std::optional<std::size_t> report_about(const report::Profile& profile) {
  const auto& about = profile.record.about;
  return about ? find_about(profile.questionnaire, *about) : std::optional<std::size_t>(0);
}

// Why a claim can't be made of these scores; empty where it can.
std::string denial_of(const report::Profile& profile, const Claim& claim) {
  const ScaleScore& score = profile.scores[claim.scale];
  if (!score.estimate) return "it is not scored";
  if (!interpretation::is_shown_alone(profile.questionnaire, profile.scores, claim.scale)) {
    return "the form asks too little about it";
  }
  const ScoreRange range = score_range(profile.questionnaire, claim.scale, score.items);
  const double middle = (range.min + range.max) / 2;
  const bool is_high = claim.pole == Pole::high;
  if (is_high ? score.estimate->low < middle : score.estimate->high > middle) {
    return "its interval reaches over the middle";
  }
  return {};
}

// What is wrong with a page, all of it.
std::vector<std::string> problems_of(const report::Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  std::vector<std::string> problems;
  std::map<std::size_t, Pole> claimed;
  std::map<std::size_t, std::size_t> said_under;
  const report::Document document = report::profile_document(profile, {});
  std::string text;
  std::set<std::string> shown_facets;
  for (const report::Block& block : document) {
    if (const auto* paragraph = std::get_if<report::Paragraph>(&block))
      text += paragraph->text + "\n";
    const auto* table = std::get_if<report::Table>(&block);
    for (std::size_t i = 0; table != nullptr && i < table->rows.size(); ++i) {
      shown_facets.insert(table->rows[i].front());
    }
  }
  for (const std::size_t index : profile.interpretation.sentences) {
    const Sentence& sentence = questionnaire.sentences[index];
    ++said_under[sentence.under];
    for (const Claim& claim : sentence.claims) {
      const Scale& scale = questionnaire.scales[claim.scale];
      const std::string denial = denial_of(profile, claim);
      if (!denial.empty()) problems.push_back(sentence.id + " claims " + scale.id + ": " + denial);
      const auto [found, is_new] = claimed.try_emplace(claim.scale, claim.pole);
      if (!is_new && found->second != claim.pole) problems.push_back("both ends of " + scale.id);
      if (scale.parent && !shown_facets.contains(scale.name)) {
        problems.push_back(sentence.id + " speaks of a facet that is not shown");
      }
    }
    const std::string words = addressed(questionnaire, sentence.text, report_about(profile));
    if (text.find(words) == std::string::npos)
      problems.push_back(sentence.id + " is not on the page");
  }
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    if (questionnaire.scales[i].parent || !profile.scores[i].estimate) continue;
    if (said_under[i] == 0) problems.push_back("nothing is said of " + questionnaire.scales[i].id);
  }
  if (const auto& reading = profile.interpretation.region) {
    const Region& region = questionnaire.regions[reading->region];
    const bool is_said = text.find(addressed(questionnaire, region.text, report_about(profile))) !=
                         std::string::npos;
    for (const Condition& condition : region.when.front()) {
      const Estimate& estimate = *profile.scores[condition.index].estimate;
      const bool is_clear = within(condition, estimate.low) && within(condition, estimate.high);
      if (is_said && !is_clear) problems.push_back(region.id + " is said across a border");
    }
    if (!is_said && !reading->near_border) problems.push_back(region.id + " is not said");
  }
  if (text.find("{about}") != std::string::npos) problems.emplace_back("a person is not named");
  if (text.find("If you are ever afraid of") == std::string::npos)
    problems.emplace_back("no word on safety");
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    for (const Pole pole : {Pole::low, Pole::high}) {
      const std::string words =
          " " + (pole == Pole::low ? scale.low : scale.high) + " (" + scale.name + " ";
      if (text.find(words) == std::string::npos) continue;
      const std::string denial = denial_of(profile, {i, pole});
      if (!denial.empty()) problems.push_back("in short, " + scale.id + " stands out: " + denial);
    }
  }
  const auto& steps = profile.interpretation.next_steps;
  if (steps.size() < 3 || steps.size() > 5) problems.emplace_back("too few or too many steps");
  for (const std::size_t step : steps) {
    const auto& abouts = questionnaire.next_steps[step].abouts;
    const bool is_for_others =
        !abouts.empty() && std::ranges::find(abouts, *report_about(profile)) == abouts.end();
    if (is_for_others) problems.push_back(questionnaire.next_steps[step].id + " is for others");
    // A step is for these scores: a facet it names is shown, a position is held by both intervals.
    const bool fits = holds(questionnaire.next_steps[step].when, [&](const Condition& condition) {
      const auto& estimate = profile.scores[condition.index].estimate;
      if (!estimate ||
          !interpretation::is_shown_alone(questionnaire, profile.scores, condition.index)) {
        return false;
      }
      const bool is_position = questionnaire.next_steps[step].when.front().size() > 1;
      return is_position ? within(condition, estimate->low) && within(condition, estimate->high)
                         : within(condition, estimate->score);
    });
    if (!fits) problems.push_back(questionnaire.next_steps[step].id + " does not fit the scores");
  }
  return problems;
}

constexpr int respondents = 6000;

}  // namespace

TEST_CASE("no page contradicts its scores, and every text and step reaches somebody") {
  const Questionnaire questionnaire = closeness();
  Chance chance(20'261'129);
  std::map<std::string, int> reached;
  for (int person = 0; person < respondents; ++person) {
    const auto manner = static_cast<Manner>(person % 25 < 19   ? 0
                                            : person % 25 < 23 ? 4
                                                               : person % 3 + 1);
    const std::size_t form = person % 3 == 0 ? 1 : 0;
    const std::size_t about = static_cast<std::size_t>(person) % questionnaire.abouts.size();
    const report::Profile profile =
        profile_of(questionnaire, form, about, answers_of(questionnaire, form, manner, chance));
    for (const std::string& problem : problems_of(profile)) {
      FAIL_CHECK(person << ", form " << form << ": " << problem);
    }
    for (const std::size_t index : profile.interpretation.sentences) {
      ++reached["sentence " + questionnaire.sentences[index].id];
    }
    for (const std::size_t index : profile.interpretation.next_steps) {
      ++reached["step " + questionnaire.next_steps[index].id];
    }
    const auto& region = profile.interpretation.region;
    if (region && !region->near_border)
      ++reached["region " + questionnaire.regions[region->region].id];
  }
  const auto reaches = [&](const std::string& what, int least) {
    CHECK_MESSAGE(reached[what] >= least, what << " reaches " << reached[what]);
  };
  for (const Sentence& sentence : questionnaire.sentences) reaches("sentence " + sentence.id, 30);
  for (const Region& region : questionnaire.regions) reaches("region " + region.id, 30);
  for (const NextStep& step : questionnaire.next_steps) reaches("step " + step.id, 10);
}
