// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "app/terminal/front_end.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

// Three ratings, of which the last is asked only after a first answer of 4 or more, and a line of
// text.
Questionnaire small() {
  Questionnaire questionnaire;
  questionnaire.response_scales = {{"agreement", 1, 7, {}}};
  questionnaire.items.resize(4);
  questionnaire.items[0].id = "a";
  questionnaire.items[1].id = "b";
  questionnaire.items[2].id = "c";
  questionnaire.items[3].id = "note";
  questionnaire.items[3].kind = ItemKind::text;
  Condition condition;
  condition.subject = Subject::item;
  condition.at_least = 4;
  questionnaire.items[2].ask_when = {{condition}};
  questionnaire.forms = {{"full", "", {}, {0, 1, 2, 3}}, {"two", "", {}, {1, 0}}};
  return questionnaire;
}

}  // namespace

TEST_CASE("answers are read in the order of the form, or by name in any order") {
  const Questionnaire questionnaire = small();
  const std::vector<std::optional<Answer>> wanted{5.0, 2.0, 6.0, Skipped{}};
  for (const char* text :
       {"5,2,6,s", "5\n2\n6\ns\n", "5, 2 ,6,s", "b=2,c=6,a=5", "a=5\r\nb=2\r\nc=6\r\n", "5;2;6;s",
        "5 2  6 s", "\uFEFF5,2.0,6,s\n", "a=5;b=2;c=6.0"}) {
    CAPTURE(text);
    const auto read = app::scripted_answers(questionnaire, 0, text, app::AnswersFrom::command_line);
    CHECK(read.problems.empty());
    CHECK(read.responses.answers == wanted);
  }
  const auto form = app::scripted_answers(questionnaire, 1, "7,1", app::AnswersFrom::command_line);
  REQUIRE(form.problems.empty());
  CHECK(form.responses.answers[0] == Answer(1.0));
  CHECK(form.responses.answers[1] == Answer(7.0));
}

TEST_CASE("a conditional item that is not asked takes a skip, never an answer") {
  const Questionnaire questionnaire = small();
  const auto skipped =
      app::scripted_answers(questionnaire, 0, "3,2,s,s", app::AnswersFrom::command_line);
  REQUIRE(skipped.problems.empty());
  CHECK_FALSE(skipped.responses.answers[2].has_value());
  const auto answered =
      app::scripted_answers(questionnaire, 0, "3,2,6,s", app::AnswersFrom::command_line);
  REQUIRE_FALSE(answered.problems.empty());
  CHECK(answered.problems.front().place == "c");
}

TEST_CASE("everything wrong is listed, and each is bad data") {
  const Questionnaire questionnaire = small();
  const auto wrong =
      app::scripted_answers(questionnaire, 0, "9,x,s,note,1", app::AnswersFrom::command_line);
  REQUIRE_FALSE(wrong.problems.empty());
  REQUIRE(wrong.problems.size() == 4);  // the count, 9, x, and text on the command line
  for (const Error& error : wrong.problems) CHECK(error.kind == ErrorKind::bad_data);
  const auto named =
      app::scripted_answers(questionnaire, 0, "a=1,a=2,z=3,4", app::AnswersFrom::command_line);
  REQUIRE_FALSE(named.problems.empty());
  CHECK(named.problems.size() == 3);
}

TEST_CASE("an empty answer is an error, never a number") {
  const Questionnaire questionnaire = small();
  for (const char* text : {"", "1,,s,s", "1,2,s,", "a=", "\n\n\n\n"}) {
    CAPTURE(text);
    CHECK_FALSE(scripted_answers(questionnaire, 0, text, app::AnswersFrom::file).problems.empty());
  }
}

TEST_CASE("text is taken from files, not from the command line") {
  const Questionnaire questionnaire = small();
  const auto argv =
      app::scripted_answers(questionnaire, 0, "note=private", app::AnswersFrom::command_line);
  REQUIRE_FALSE(argv.problems.empty());
  CHECK(argv.problems.front().message.find("private") == std::string::npos);
  const auto file = app::scripted_answers(questionnaire, 0, "note=private", app::AnswersFrom::file);
  REQUIRE(file.problems.empty());
  CHECK(file.responses.answers[3] == Answer(std::string("private")));
}

TEST_CASE("what holds commas or '=', or is one answer, is answers; the rest names a file") {
  for (const char* text : {"1,2", "a=1", "4", "s", "", "1;2", "4 5 s"})
    CHECK(app::is_answers_text(text));
  for (const char* text : {"answers.txt", "./4", "answers"})
    CHECK_FALSE(app::is_answers_text(text));
}
