// SPDX-License-Identifier: MIT
#include <algorithm>
#include <deque>
#include <string>

#include "attune/session.hpp"

#include "app/terminal/front_end.hpp"
#include "kinds.hpp"
#include "targets.hpp"
#include "terminal/scripted_console.hpp"

namespace attune::test {
namespace {

// Each answer by the name of its item; commas and line ends never stand in an answer.
std::string by_name(const Responses& responses, char separator) {
  std::string text;
  for (const std::size_t item : responses.order) {
    const Answer& answer = *responses.answers[item];
    const bool skipped = std::holds_alternative<Skipped>(answer);
    if (!text.empty()) text += separator;
    text += kinds().items[item].id + "=" + (skipped ? "s" : render_answer(answer));
  }
  return text;
}

void expect_legal(const Responses& responses, app::AnswersFrom from) {
  for (std::size_t i = 0; i < kinds().items.size(); ++i) {
    const std::optional<Answer>& answer = responses.answers[i];
    const bool in_order = std::count(responses.order.begin(), responses.order.end(), i) == 1;
    expect(answer.has_value() == in_order, "an item has an answer exactly when it was asked");
    if (!answer || std::holds_alternative<Skipped>(*answer)) continue;
    const bool is_text = kinds().items[i].kind == ItemKind::text;
    expect(!is_text || from == app::AnswersFrom::file, "no text comes from the command line");
    const Answer again = parse_answer(kinds(), kinds().items[i], render_answer(*answer));
    expect(again == *answer, "an answer is read as it is written");
  }
}

// The same answers as a person would write them, line by line.
void expect_same_by_lines(std::size_t form, const Responses& responses) {
  std::string typed;
  for (const std::size_t item : responses.order) {
    const Answer& answer = *responses.answers[item];
    const bool is_text = kinds().items[item].kind == ItemKind::text;
    const std::string text = render_answer(answer);
    if (is_text && text.starts_with('/')) return;  // means something else to a person
    const bool skipped = std::holds_alternative<Skipped>(answer);
    typed += (skipped ? std::string(is_text ? "/s" : "s") : text) + "\n";
  }
  typed += "f\n";
  session::Session session(kinds(), session::plan(kinds(), form, {}));
  const app::Clock clock = app::Clock::make("2026-11-24T09:14:00+01:00");
  const app::KeepAnswer keep = [](std::size_t, const Answer&, double) {};
  app::Administration administration{
      kinds(), session, {}, clock, keep, app::Privacy::open, report::Charset::utf8};
  ScriptedConsole console({{app::Happening::bytes, typed}});
  expect(app::ask_by_lines(administration, console) == app::SittingEnd::finished,
         "a person can say the same");
  expect(session.responses().answers == responses.answers, "and it is kept as the same");
}

}  // namespace

void answers_target(std::string_view bytes) {
  Choices choices(bytes);
  const std::size_t form = choices.below(kinds().forms.size());
  const std::string_view text = choices.rest();
  const app::ScriptedAnswers from_file =
      app::scripted_answers(kinds(), form, text, app::AnswersFrom::file);
  const app::ScriptedAnswers from_line =
      app::scripted_answers(kinds(), form, text, app::AnswersFrom::command_line);
  const std::vector<Error>& problems = from_file.problems;
  expect(problems.empty() || !from_line.problems.empty(),
         "a file may say all that a command line may");
  if (!problems.empty()) {
    const auto parts =
        1 + std::count_if(text.begin(), text.end(), [](char c) { return c == ',' || c == '\n'; });
    expect(problems.size() <= static_cast<std::size_t>(parts) + 2 * kinds().items.size(),
           "each problem is reported, and reported once");
    for (const Error& problem : problems) {
      expect(problem.kind == ErrorKind::bad_data, "wrong answers are bad data");
    }
    return;
  }
  const Responses& responses = from_file.responses;
  expect_legal(responses, app::AnswersFrom::file);
  if (from_line.problems.empty()) {
    expect_legal(from_line.responses, app::AnswersFrom::command_line);
    expect(from_line.responses.answers == responses.answers, "both ways read the same");
  }
  for (const char separator : {',', '\n'}) {
    const app::ScriptedAnswers named =
        app::scripted_answers(kinds(), form, by_name(responses, separator), app::AnswersFrom::file);
    expect(named.problems.empty() && named.responses.answers == responses.answers,
           "naming the items changes nothing");
  }
  expect_same_by_lines(form, responses);
}

}  // namespace attune::test
