// SPDX-License-Identifier: MIT
#include "attune/session.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "attune/scores.hpp"

namespace attune::session {
namespace {

// Keeps the order, but moves each conditional item behind the items it depends on.
std::vector<std::size_t> with_conditions_met(const Questionnaire& questionnaire,
                                             std::vector<std::size_t> waiting) {
  const auto waits = [&](const Condition& condition) {
    return std::ranges::find(waiting, condition.index) != waiting.end();
  };
  const auto may_follow = [&](std::size_t item) {
    const Rule& rule = questionnaire.items[item].ask_when;
    return std::ranges::all_of(rule, [&](const std::vector<Condition>& conditions) {
      return std::ranges::none_of(conditions, waits);
    });
  };
  std::vector<std::size_t> placed;
  placed.reserve(waiting.size());
  while (!waiting.empty()) {
    auto next = std::ranges::find_if(waiting, may_follow);
    if (next == waiting.end()) next = waiting.begin();  // A circle; checked definitions have none.
    placed.push_back(*next);
    waiting.erase(next);
  }
  return placed;
}

}  // namespace

std::vector<std::size_t> plan(const Questionnaire& questionnaire, std::size_t form,
                              std::optional<std::uint64_t> seed) {
  std::vector<std::size_t> order = questionnaire.forms[form].items;
  if (!seed) return order;
  // The same everywhere, unlike std::shuffle. So large a number has no bias that could be seen.
  std::mt19937_64 random(*seed);
  for (std::size_t last = order.size(); last > 1; --last) {
    std::swap(order[last - 1], order[random() % last]);
  }
  return with_conditions_met(questionnaire, std::move(order));
}

Session::Session(const Questionnaire& questionnaire, std::vector<std::size_t> order)
    : questionnaire_(questionnaire),
      order_(std::move(order)),
      responses_(empty_responses(questionnaire)) {
  move_on();
}

void Session::resume(const Responses& earlier) {
  for (const std::size_t item : order_) {
    responses_.answers[item] = earlier.answers[item];
    responses_.seconds[item] = earlier.seconds[item];
  }
  move_on();
}

// Walks the order once, forgetting the answers of items that are not asked, so that a condition
// never rests on an answer that a later change of mind has hidden.
std::vector<std::size_t> Session::asked() const {
  const bool any_condition = std::ranges::any_of(
      order_, [this](std::size_t item) { return !questionnaire_.items[item].ask_when.empty(); });
  if (!any_condition) return order_;
  Responses visible = responses_;
  std::vector<std::size_t> items;
  for (const std::size_t item : order_) {
    if (holds(questionnaire_.items[item].ask_when, visible, nullptr)) {
      items.push_back(item);
    } else {
      visible.answers[item].reset();
    }
  }
  return items;
}

std::size_t Session::count() const { return asked().size(); }

std::size_t Session::position() const {
  const std::vector<std::size_t> items = asked();
  return static_cast<std::size_t>(std::ranges::find(items, current_) - items.begin()) + 1;
}

std::size_t Session::answered() const {
  const Responses given = responses();
  return static_cast<std::size_t>(std::ranges::count_if(
      given.order, [&](std::size_t item) { return given.answers[item] != Answer(Skipped{}); }));
}

const std::optional<Answer>& Session::earlier_answer() const {
  return responses_.answers[current_];
}

void Session::answer(Answer answer, double seconds) {
  const bool is_change = responses_.answers[current_].has_value();
  if (!is_change) responses_.seconds[current_] = seconds;
  responses_.answers[current_] = std::move(answer);
  if (is_change && !has_jumped_) {
    forward();
  } else {
    move_on();
  }
}

bool Session::back() {
  const std::vector<std::size_t> items = asked();
  const auto here = stage_ == Stage::asking ? std::ranges::find(items, current_) : items.end();
  if (here == items.begin()) return false;
  stand_at(*(here - 1));
  return true;
}

bool Session::forward() {
  if (stage_ != Stage::asking || !responses_.answers[current_]) return false;
  const std::vector<std::size_t> items = asked();
  const auto here = std::ranges::find(items, current_);
  here + 1 < items.end() ? stand_at(*(here + 1)) : move_on();
  return true;
}

void Session::go_to(std::size_t item) {
  stand_at(item);
  has_jumped_ = true;
}

void Session::stand_at(std::size_t item) {
  current_ = item;
  stage_ = Stage::asking;
  has_jumped_ = false;
}

void Session::finish() { stage_ = Stage::finished; }

Responses Session::responses() const {
  Responses kept = empty_responses(questionnaire_);
  for (const std::size_t item : asked()) {
    if (!responses_.answers[item]) continue;
    kept.answers[item] = responses_.answers[item];
    kept.seconds[item] = responses_.seconds[item];
    kept.order.push_back(item);
  }
  return kept;
}

// Stands at the first asked item without an answer, or in the review.
void Session::move_on() {
  for (const std::size_t item : asked()) {
    if (!responses_.answers[item]) return stand_at(item);
  }
  stage_ = Stage::reviewing;
}

}  // namespace attune::session
