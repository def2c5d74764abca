// SPDX-License-Identifier: MIT
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"
#include "attune/session.hpp"

#include "oracle.hpp"
#include "targets.hpp"

namespace attune::test {
namespace {

Answer lowest_answer(const Questionnaire& questionnaire, const Item& item) {
  switch (item.kind) {
    case ItemKind::rating:
      return 1.0 * questionnaire.response_scales[item.response_scale].min;
    case ItemKind::number:
      return item.min;
    case ItemKind::choice:
      return ChosenIds{item.choices.front().id};
    case ItemKind::text:
      break;
  }
  return std::string("a line");
}

// Whoever answers comes to an end, and what is read from the answers is within its bounds.
void expect_usable(const Questionnaire& questionnaire) {
  session::Session session(questionnaire, session::plan(questionnaire, 0, {}));
  std::size_t asked = 0;
  while (session.stage() == session::Stage::asking) {
    expect(++asked <= questionnaire.items.size(), "each item is asked at most once");
    const Item& item = questionnaire.items[session.item()];
    session.answer(lowest_answer(questionnaire, item), 1);
  }
  const Responses responses = session.responses();
  const Scores scores = scoring::score(questionnaire, 0, responses);
  expect(scores.size() == questionnaire.scales.size(), "each scale has a score or a reason");
  for (std::size_t i = 0; i < scores.size(); ++i) {
    expect(scores[i].estimate.has_value() == scores[i].reason.empty(), "a score or a reason");
    if (!scores[i].estimate) continue;
    const ScoreRange range = score_range(questionnaire, i, scores[i].items);
    const Estimate& estimate = *scores[i].estimate;
    constexpr double rounding = 1e-9;
    expect(estimate.low >= range.min - rounding && estimate.high <= range.max + rounding,
           "an interval lies within the range");
    expect(estimate.low <= estimate.score && estimate.score <= estimate.high,
           "a score lies within its interval");
  }
  (void)interpretation::interpret(questionnaire, responses, scores, {});
}

}  // namespace

void definition_target(std::string_view bytes) {
  const definition::Definition full =
      definition::check_definition(bytes, definition::CheckDepth::full);
  const definition::Definition use =
      definition::check_definition(bytes, definition::CheckDepth::use);
  expect_problems_in_order(full.problems, bytes);
  expect_problems_in_order(use.problems, bytes);
  expect(full.questionnaire.has_value() != has_errors(full.problems),
         "a questionnaire exactly when no problem is an error");
  expect(use.questionnaire || !full.questionnaire, "what passes every check can be used");
  if (!use.questionnaire) return;
  const std::string& id = use.questionnaire->id;
  expect(definition::check_definition(bytes, definition::CheckDepth::use, id)
             .questionnaire.has_value(),
         "the file may be named after its id");
  expect_usable(*use.questionnaire);
}

}  // namespace attune::test
