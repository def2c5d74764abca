// SPDX-License-Identifier: MIT
#include "attune/record.hpp"

namespace attune {

Responses responses_of(const Record& record, const Questionnaire& questionnaire) {
  return responses_of(record.answers, questionnaire);
}

Responses responses_of(const std::vector<RecordedAnswer>& answers,
                       const Questionnaire& questionnaire) {
  Responses responses = empty_responses(questionnaire);
  for (const RecordedAnswer& recorded : answers) {
    const auto item = find_item(questionnaire, recorded.item);
    if (!item) continue;
    responses.answers[*item] = recorded.answer;
    responses.seconds[*item] = recorded.seconds;
    responses.order.push_back(*item);
  }
  return responses;
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
