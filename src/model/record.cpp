// SPDX-License-Identifier: MIT
#include <string_view>

#include "attune/responses.hpp"

namespace attune {
namespace {

// The item with this id, looked for where it stands when the answers follow the definition: a long
// history is read with hardly a comparison more than there are answers.
std::optional<std::size_t> find_item_from(const Questionnaire& questionnaire, std::size_t expected,
                                          std::string_view id) {
  if (expected < questionnaire.items.size() && questionnaire.items[expected].id == id) {
    return expected;
  }
  return find_item(questionnaire, id);
}

// A number over a number is by far the most frequent, and far faster than the general way.
void assign(std::optional<Answer>& to, const Answer& from) {
  const double* number = std::get_if<double>(&from);
  double* old = number != nullptr && to ? std::get_if<double>(&*to) : nullptr;
  if (old != nullptr) {
    *old = *number;
  } else {
    to = from;
  }
}

}  // namespace

Responses responses_of(const Record& record, const Questionnaire& questionnaire) {
  return responses_of(record.answers, questionnaire);
}

Responses responses_of(const std::vector<RecordedAnswer>& answers,
                       const Questionnaire& questionnaire) {
  Responses responses;
  lay_out(answers, questionnaire, responses);
  return responses;
}

void lay_out(const std::vector<RecordedAnswer>& answers, const Questionnaire& questionnaire,
             Responses& responses) {
  const std::size_t items = questionnaire.items.size();
  responses.order.clear();
  responses.order.reserve(answers.size());
  responses.answers.resize(items);
  responses.seconds.assign(items, 0);
  std::vector<bool> is_answered(items, false);
  std::size_t expected = 0;
  for (const RecordedAnswer& recorded : answers) {
    const auto item = find_item_from(questionnaire, expected, recorded.item);
    if (!item) continue;
    expected = *item + 1;
    is_answered[*item] = true;
    assign(responses.answers[*item], recorded.answer);
    responses.seconds[*item] = recorded.seconds;
    responses.order.push_back(*item);
  }
  for (std::size_t item = 0; item < items; ++item) {
    if (!is_answered[item]) responses.answers[item].reset();
  }
}

std::vector<RecordedAnswer> recorded_answers(const Responses& responses,
                                             const Questionnaire& questionnaire) {
  std::vector<RecordedAnswer> answers;
  answers.reserve(responses.order.size());
  for (const std::size_t item : responses.order) {
    if (!responses.answers[item]) continue;
    answers.push_back(
        {questionnaire.items[item].id, *responses.answers[item], responses.seconds[item]});
  }
  return answers;
}

}  // namespace attune
