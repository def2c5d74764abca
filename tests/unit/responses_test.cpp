// SPDX-License-Identifier: MIT
#include "attune/responses.hpp"

#include <doctest/doctest.h>

#include "thrown_error.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

Questionnaire every_kind() {
  Questionnaire questionnaire;
  questionnaire.response_scales = {
      {"agreement", 1, 7, {{1, "disagree"}, {5, "slightly agree"}, {7, "agree"}}}};
  questionnaire.items.resize(5);
  questionnaire.items[0].id = "rating";
  questionnaire.items[1].id = "minutes";
  questionnaire.items[1].kind = ItemKind::number;
  questionnaire.items[1].max = 600;
  questionnaire.items[1].unit = "minutes";
  questionnaire.items[2].id = "one";
  questionnaire.items[2].kind = ItemKind::choice;
  questionnaire.items[2].choices = {{"near", "came nearer"}, {"away", "went away"}};
  questionnaire.items[3] = questionnaire.items[2];
  questionnaire.items[3].id = "several";
  questionnaire.items[3].multiple = true;
  questionnaire.items[4].id = "line";
  questionnaire.items[4].kind = ItemKind::text;
  return questionnaire;
}

}  // namespace

TEST_CASE("legal answers of every kind are read and written back") {
  const Questionnaire questionnaire = every_kind();
  struct Row {
    std::size_t item;
    const char* text;
    Answer answer;
    const char* written;
  };
  const Row rows[] = {
      {0, "1", 1.0, "1"},
      {0, " 7 ", 7.0, "7"},
      {1, "45.5", 45.5, "45.5"},
      {1, "0", 0.0, "0"},
      {1, "0.000000000000000000002", 2e-21, "0.000000000000000000002"},
      {2, "away", ChosenIds{"away"}, "away"},
      {2, "1", ChosenIds{"near"}, "near"},
      {3, "away+1", ChosenIds{"near", "away"}, "near+away"},
      {3, "2+2", ChosenIds{"away"}, "away"},
      {4, "I said so, plainly.", std::string("I said so, plainly."), "I said so, plainly."}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto answer = parse_answer(questionnaire, questionnaire.items[row.item], row.text);
    CHECK(answer == row.answer);
    CHECK(render_answer(answer) == row.written);
  }
}

TEST_CASE("nothing else becomes an answer") {
  const Questionnaire questionnaire = every_kind();
  struct Row {
    std::size_t item;
    std::string text;
  };
  const Row rows[] = {{0, ""},      {0, "0"},         {0, "8"},       {0, "4.5"},
                      {0, "4x"},    {0, "four"},      {0, "-4"},      {1, "601"},
                      {1, "-1"},    {1, "nan"},       {2, ""},        {2, "3"},
                      {2, "0"},     {2, "near+away"}, {2, "Near"},    {3, "+"},
                      {3, "near+"}, {4, ""},          {4, "   "},     {4, "a\x1B[31m"},
                      {4, "a\nb"},  {4, "\xFF"},      {4, "\u202Ea"}, {4, std::string(4001, 'a')}};
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CAPTURE(row.text);
    const auto error = thrown_error(
        [&] { return parse_answer(questionnaire, questionnaire.items[row.item], row.text); });
    REQUIRE(error.has_value());
    CHECK(error->kind == ErrorKind::bad_data);
    CHECK(error->place == questionnaire.items[row.item].id);
    CHECK(error->advice.size() == 1);
  }
}

TEST_CASE("an answer is described in the words of the questionnaire") {
  const Questionnaire questionnaire = every_kind();
  CHECK(describe_answer(questionnaire, questionnaire.items[0], 5.0) == "5, slightly agree");
  CHECK(describe_answer(questionnaire, questionnaire.items[0], 4.0) == "4");
  CHECK(describe_answer(questionnaire, questionnaire.items[1], 45.0) == "45 minutes");
  CHECK(describe_answer(questionnaire, questionnaire.items[3], ChosenIds{"near", "away"}) ==
        "came nearer; went away");
  CHECK(describe_answer(questionnaire, questionnaire.items[0], Skipped{}) == "skipped");
}

TEST_CASE("a record keeps the order shown and leaves out what was never asked") {
  const Questionnaire questionnaire = every_kind();
  Responses responses = empty_responses(questionnaire);
  responses.order = {2, 0};
  responses.answers[2] = ChosenIds{"near"};
  responses.answers[0] = Skipped{};
  responses.seconds[2] = 3.5;
  const auto recorded = recorded_answers(responses, questionnaire);
  REQUIRE(recorded.size() == 2);
  CHECK(recorded[0].item == "one");
  CHECK(recorded[0].seconds == 3.5);
  CHECK(recorded[1].answer == Answer(Skipped{}));
  const Responses back = responses_of(recorded, questionnaire);
  CHECK(back.order == responses.order);
  CHECK(back.answers == responses.answers);
}
