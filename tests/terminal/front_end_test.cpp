// SPDX-License-Identifier: MIT
#include "app/terminal/front_end.hpp"

#include <doctest/doctest.h>

#include "attune/text.hpp"

#include "terminal/scripted_console.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

Questionnaire three_ratings() {
  Questionnaire questionnaire;
  questionnaire.abouts = {{"general", "my friends"}};
  questionnaire.response_scales = {
      {"agreement", 1, 7, {{1, "strongly disagree"}, {4, "in between"}, {7, "strongly agree"}}}};
  questionnaire.items.resize(3);
  questionnaire.items[0] = {.id = "a", .text = "I call {about}."};
  questionnaire.items[1] = {.id = "b", .text = "I cook for {about}."};
  questionnaire.items[2] = {.id = "c", .text = "I sing with {about}."};
  questionnaire.forms = {{"full", "", {}, {0, 1, 2}}};
  return questionnaire;
}

Questionnaire a_line_and_a_choice() {
  Questionnaire questionnaire;
  questionnaire.items.resize(2);
  questionnaire.items[0] = {.id = "note", .text = "What happened?", .kind = ItemKind::text};
  questionnaire.items[1] = {.id = "felt", .text = "What did you feel?", .kind = ItemKind::choice};
  for (const char* id : {"calm", "sad", "glad"}) questionnaire.items[1].choices.push_back({id, id});
  questionnaire.items[1].multiple = true;
  questionnaire.forms = {{"full", "", {}, {0, 1}}};
  return questionnaire;
}

struct Kept {
  std::size_t item;
  Answer answer;
};

// One administration played from a script: what was kept, how it ended, what stood on the screen.
struct Play {
  std::vector<Kept> kept;
  Responses responses;
  app::SittingEnd ending = app::SittingEnd::quit;
  std::string written;
};

using AskBy = app::SittingEnd (*)(app::Administration&, app::Console&);

Play play(AskBy front_end, const Questionnaire& questionnaire, std::deque<app::Event> events,
          app::TerminalSize size = {80, 24}, app::Privacy privacy = app::Privacy::open) {
  Play result;
  session::Session session(questionnaire, session::plan(questionnaire, 0, {}));
  const app::Clock clock = app::Clock::make("2026-11-24T09:14:00+01:00");
  const auto keep = [&](std::size_t item, const Answer& answer, double) {
    result.kept.push_back({item, answer});
  };
  app::Administration administration{questionnaire,        session, {}, clock, keep, privacy,
                                     report::Charset::utf8};
  ScriptedConsole console(std::move(events), size);
  result.ending = front_end(administration, console);
  result.responses = session.responses();
  result.written = console.written;
  return result;
}

}  // namespace

TEST_CASE("digits answer at once and f finishes") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("417f"));
  CHECK(result.ending == app::SittingEnd::finished);
  CHECK(result.kept.size() == 3);
  CHECK(result.responses.answers == std::vector<std::optional<Answer>>{4.0, 1.0, 7.0});
}

TEST_CASE("keys that are no answer change nothing") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("089x\r \t\x1b[A"));
  CHECK(result.kept.empty());
  CHECK(result.ending == app::SittingEnd::interrupted);
}

TEST_CASE("the end of input is no answer, in keys and in lines") {
  CHECK(play(app::ask_by_keys, three_ratings(), typed("4")).kept.size() == 1);
  CHECK(play(app::ask_by_keys, three_ratings(), typed("4\x04")).ending ==
        app::SittingEnd::interrupted);
  CHECK(play(app::ask_by_lines, three_ratings(), typed("4\n5")).kept.size() == 1);
  CHECK(play(app::ask_by_lines, three_ratings(), typed("")).ending == app::SittingEnd::interrupted);
}

TEST_CASE("every way back leads back, and the earlier answer is shown") {
  for (const char* back : {"<", "\x7F", "\x1B[D"}) {
    CAPTURE(back);
    const Play result =
        play(app::ask_by_keys, three_ratings(), typed(std::string("4") + back + "22"));
    CHECK(result.written.find("Earlier answer: 4, in between") != std::string::npos);
    CHECK(result.responses.answers[0] == Answer(2.0));
    CHECK(result.responses.answers[1] == Answer(2.0));
  }
}

TEST_CASE("skips are kept as skips and named in the review") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("s4s"));
  CHECK(result.kept[0].answer == Answer(Skipped{}));
  CHECK(result.written.find("1 of 3 answered. Skipped: 1 and 3.") != std::string::npos);
}

TEST_CASE("the review says which score the skips cost, where they cost one") {
  Questionnaire scored = three_ratings();
  scored.scales.resize(1);
  scored.scales[0].name = "Company";
  scored.scales[0].min_answered = 0.8;
  for (Item& item : scored.items) item.scale = 0;
  const auto review = [&](const char* keys) {
    return play(app::ask_by_keys, scored, typed(keys)).written;
  };
  CHECK(review("s4s").find("have no score: only 1 of 3 items answered; 3 are needed.") !=
        std::string::npos);
  CHECK(review("444").find("no score") == std::string::npos);
}

TEST_CASE("the review opens a question by its number and comes back") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("4442\r7f"));
  CHECK(result.ending == app::SittingEnd::finished);
  CHECK(result.responses.answers[1] == Answer(7.0));
}

TEST_CASE("the review takes no letters into a number, and shows none of them") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("4442secret\r7f"));
  CHECK(result.written.find("2s") == std::string::npos);
  CHECK(result.written.find("secret") == std::string::npos);
  CHECK(result.written.find("Type the number of a question, then Enter.") != std::string::npos);
  CHECK(result.ending == app::SittingEnd::finished);
  CHECK(result.responses.answers[1] == Answer(7.0));
}

TEST_CASE("q quits and keeps what was confirmed") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("4q"));
  CHECK(result.ending == app::SittingEnd::quit);
  CHECK(result.kept.size() == 1);
}

TEST_CASE("interruption and hang-up end at once") {
  for (const app::Happening what : {app::Happening::interrupted, app::Happening::hung_up}) {
    auto events = typed("4");
    events.push_back({what, {}});
    const Play keys = play(app::ask_by_keys, three_ratings(), events);
    const Play lines = play(app::ask_by_lines, three_ratings(), events);
    const app::SittingEnd wanted =
        what == app::Happening::hung_up ? app::SittingEnd::hung_up : app::SittingEnd::interrupted;
    CHECK(keys.ending == wanted);
    CHECK(lines.ending == wanted);
    CHECK(keys.kept.size() == 1);
  }
}

TEST_CASE("nothing stays on the screen after the last question") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("417f"));
  CHECK(screen_after(result.written) == "\n");
}

TEST_CASE("a question that could not be kept stays, and says so") {
  const Questionnaire questionnaire = three_ratings();
  session::Session session(questionnaire, session::plan(questionnaire, 0, {}));
  const app::Clock clock = app::Clock::make("2026-11-24T09:14:00+01:00");
  int attempts = 0;
  const auto keep = [&](std::size_t, const Answer&, double) {
    if (++attempts == 1) throw Error(ErrorKind::io, "the disk is full");
  };
  app::Administration administration{
      questionnaire, session, {}, clock, keep, app::Privacy::open, report::Charset::utf8};
  ScriptedConsole console(typed("45"));
  (void)app::ask_by_keys(administration, console);
  CHECK(console.written.find("Not saved: the disk is full") != std::string::npos);
  CHECK(session.responses().answers[0] == Answer(5.0));
  CHECK_FALSE(session.responses().answers[1].has_value());
}

TEST_CASE("closed privacy never writes an answer") {
  const Play keys =
      play(app::ask_by_keys, three_ratings(), typed("4<444l"), {80, 24}, app::Privacy::closed);
  CHECK(keys.written.find("Earlier answer") == std::string::npos);
  CHECK(keys.written.find("answered: I call") != std::string::npos);
  CHECK(keys.written.find("4, in between") == std::string::npos);
  const Play line = play(app::ask_by_keys, a_line_and_a_choice(), typed("secret"), {80, 24},
                         app::Privacy::closed);
  CHECK(line.written.find("secret") == std::string::npos);
}

TEST_CASE("every screen fits the terminal, down to 40 columns and 15 rows and below") {
  for (const app::TerminalSize size :
       {app::TerminalSize{80, 24}, {40, 15}, {40, 10}, {20, 12}, {200, 60}}) {
    CAPTURE(size.columns);
    CAPTURE(size.rows);
    const Questionnaire questionnaire = three_ratings();
    session::Session session(questionnaire, session::plan(questionnaire, 0, {}));
    const app::Clock clock = app::Clock::make("2026-11-24T09:14:00+01:00");
    const app::Administration administration{
        questionnaire, session, {}, clock, {}, app::Privacy::open, report::Charset::utf8};
    const auto lines = app::question_layout(administration, "", "Press a digit: 1-7.", size);
    CHECK(lines.size() < size.rows);
    for (const std::string& line : lines) CHECK(display_width(line) < size.columns);
  }
}

TEST_CASE("a terminal that became narrower is erased by the rows the text fills now") {
  auto events = typed("");
  events.push_back({app::Happening::resized, {}});
  const Play result = play(app::ask_by_keys, three_ratings(), events, {40, 15});
  CHECK(screen_after(result.written) == "\n");
}

TEST_CASE("pasted digits answer nothing; pasted text is taken where text is asked for") {
  const Play digits = play(app::ask_by_keys, three_ratings(), typed("4\x1b[200~55f\r\x1b[201~6"));
  CHECK(digits.kept.size() == 2);
  CHECK(digits.responses.answers[1] == Answer(6.0));
  const Play text =
      play(app::ask_by_keys, a_line_and_a_choice(), typed("\x1b[200~so it was\x1b[201~\r"));
  CHECK(text.responses.answers[0] == Answer(std::string("so it was")));
}

// Each block that arrives draws the screen anew: a line as long as this one has to be measured once
// each time, or the terminal hangs for minutes, and the test with it.
TEST_CASE("a paste of many pages is drawn while it arrives, and is no answer when it is too long") {
  std::deque<app::Event> events{{app::Happening::bytes, "\x1b[200~"}};
  for (int block = 0; block < 160; ++block) {
    events.push_back({app::Happening::bytes, std::string(250, block % 2 == 0 ? 'a' : 'b')});
  }
  events.push_back({app::Happening::bytes, "\u4e2d\u6587 end\x1b[201~"});
  events.push_back({app::Happening::bytes, "\r"});
  const Play result = play(app::ask_by_keys, a_line_and_a_choice(), events, {20, 24});
  CHECK(result.kept.empty());
  CHECK(result.written.find("\n> bbbbbbbb\u4e2d\u6587 end") != std::string::npos);
}

TEST_CASE("choices stay readable on a terminal that is too low for them") {
  Questionnaire questionnaire = a_line_and_a_choice();
  for (int i = 0; i < 20; ++i)
    questionnaire.items[1].choices.push_back({"c" + std::to_string(i), "a longer choice"});
  const Play result = play(app::ask_by_keys, questionnaire, typed("x\r"), {40, 10});
  CHECK(result.written.find("23 a longer") != std::string::npos);
}

TEST_CASE("after a stop the question is drawn below, not over what the shell wrote") {
  auto events = typed("4");
  events.push_back({app::Happening::continued, {}});
  const Play result = play(app::ask_by_keys, three_ratings(), events);
  CHECK(result.written.rfind("Question 2 of 3") > result.written.find("Question 2 of 3"));
}

TEST_CASE("a line of text is typed, corrected and confirmed with Enter; commands need a slash") {
  const Play result =
      play(app::ask_by_keys, a_line_and_a_choice(), typed("sox\x7F\xC3\xBC\x7F q?\r1+3\rf"));
  CHECK(result.ending == app::SittingEnd::finished);
  CHECK(result.responses.answers[0] == Answer(std::string("so q?")));
  CHECK(result.responses.answers[1] == Answer(ChosenIds{"calm", "glad"}));
  const Play skipped = play(app::ask_by_keys, a_line_and_a_choice(), typed("/s\r"));
  CHECK(skipped.responses.answers[0] == Answer(Skipped{}));
  const Play empty = play(app::ask_by_keys, a_line_and_a_choice(), typed("\r\r"));
  CHECK(empty.kept.empty());
}

TEST_CASE("plain lines: the same answers, nothing redrawn, no escape sequences") {
  const Play result = play(app::ask_by_lines, three_ratings(), typed("4\n\n9\ns\n<\n2\n7\nl\nf\n"));
  CHECK(result.ending == app::SittingEnd::finished);
  CHECK(result.responses.answers == std::vector<std::optional<Answer>>{4.0, 2.0, 7.0});
  CHECK(result.written.find('\x1B') == std::string::npos);
  CHECK(result.written.find("Not an answer: answer with a whole number from 1 to 7.") !=
        std::string::npos);
}
