// SPDX-License-Identifier: MIT
#include "app/terminal/front_end.hpp"

#include <doctest/doctest.h>

#include "attune/text.hpp"

#include "app/terminal/prompt.hpp"
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
  SittingEnd ending = SittingEnd::quit;
  std::string written;
};

using AskBy = SittingEnd (*)(Administration&, Console&);

Play play(AskBy front_end, const Questionnaire& questionnaire, std::deque<Event> events,
          TerminalSize size = {80, 24}, Privacy privacy = Privacy::open) {
  Play result;
  Session session(questionnaire, plan(questionnaire, 0, {}));
  const Clock clock = Clock::make("2026-11-24T09:14:00+01:00");
  const auto keep = [&](std::size_t item, const Answer& answer, double) {
    result.kept.push_back({item, answer});
  };
  Administration administration{questionnaire, session, {}, clock, keep, privacy, Charset::utf8};
  ScriptedConsole console(std::move(events), size);
  result.ending = front_end(administration, console);
  result.responses = session.responses();
  result.written = console.written;
  return result;
}

}  // namespace

TEST_CASE("digits answer at once and f finishes") {
  const Play result = play(ask_by_keys, three_ratings(), typed("417f"));
  CHECK(result.ending == SittingEnd::finished);
  CHECK(result.kept.size() == 3);
  CHECK(result.responses.answers == std::vector<std::optional<Answer>>{4.0, 1.0, 7.0});
}

TEST_CASE("keys that are no answer change nothing") {
  const Play result = play(ask_by_keys, three_ratings(), typed("089x\r \t\x1b[A"));
  CHECK(result.kept.empty());
  CHECK(result.ending == SittingEnd::interrupted);
}

TEST_CASE("the end of input is no answer, in keys and in lines") {
  CHECK(play(ask_by_keys, three_ratings(), typed("4")).kept.size() == 1);
  CHECK(play(ask_by_keys, three_ratings(), typed("4\x04")).ending == SittingEnd::interrupted);
  CHECK(play(ask_by_lines, three_ratings(), typed("4\n5")).kept.size() == 1);
  CHECK(play(ask_by_lines, three_ratings(), typed("")).ending == SittingEnd::interrupted);
}

TEST_CASE("every way back leads back, and the earlier answer is shown") {
  for (const char* back : {"<", "\x7F", "\x1B[D"}) {
    CAPTURE(back);
    const Play result = play(ask_by_keys, three_ratings(), typed(std::string("4") + back + "22"));
    CHECK(result.written.find("Earlier answer: 4, in between") != std::string::npos);
    CHECK(result.responses.answers[0] == Answer(2.0));
    CHECK(result.responses.answers[1] == Answer(2.0));
  }
}

TEST_CASE("skips are kept as skips and named in the review") {
  const Play result = play(ask_by_keys, three_ratings(), typed("s4s"));
  CHECK(result.kept[0].answer == Answer(Skipped{}));
  CHECK(result.written.find("1 of 3 answered. Skipped: 1 and 3.") != std::string::npos);
}

TEST_CASE("the review opens a question by its number and comes back") {
  const Play result = play(ask_by_keys, three_ratings(), typed("4442\r7f"));
  CHECK(result.ending == SittingEnd::finished);
  CHECK(result.responses.answers[1] == Answer(7.0));
}

TEST_CASE("the review takes no letters into a number, and shows none of them") {
  const Play result = play(ask_by_keys, three_ratings(), typed("4442secret\r7f"));
  CHECK(result.written.find("2s") == std::string::npos);
  CHECK(result.written.find("secret") == std::string::npos);
  CHECK(result.written.find("Type the number of a question, then Enter.") != std::string::npos);
  CHECK(result.ending == SittingEnd::finished);
  CHECK(result.responses.answers[1] == Answer(7.0));
}

TEST_CASE("q quits and keeps what was confirmed") {
  const Play result = play(ask_by_keys, three_ratings(), typed("4q"));
  CHECK(result.ending == SittingEnd::quit);
  CHECK(result.kept.size() == 1);
}

TEST_CASE("interruption and hang-up end at once") {
  for (const Happening what : {Happening::interrupted, Happening::hung_up}) {
    auto events = typed("4");
    events.push_back({what, {}});
    const Play keys = play(ask_by_keys, three_ratings(), events);
    const Play lines = play(ask_by_lines, three_ratings(), events);
    const SittingEnd wanted =
        what == Happening::hung_up ? SittingEnd::hung_up : SittingEnd::interrupted;
    CHECK(keys.ending == wanted);
    CHECK(lines.ending == wanted);
    CHECK(keys.kept.size() == 1);
  }
}

TEST_CASE("nothing stays on the screen after the last question") {
  const Play result = play(ask_by_keys, three_ratings(), typed("417f"));
  CHECK(screen_after(result.written) == "\n");
}

TEST_CASE("a question that could not be kept stays, and says so") {
  const Questionnaire questionnaire = three_ratings();
  Session session(questionnaire, plan(questionnaire, 0, {}));
  const Clock clock = Clock::make("2026-11-24T09:14:00+01:00");
  int attempts = 0;
  const auto keep = [&](std::size_t, const Answer&, double) {
    if (++attempts == 1) throw Error{ErrorKind::io, "the disk is full", "", {}};
  };
  Administration administration{questionnaire, session,       {},           clock,
                                keep,          Privacy::open, Charset::utf8};
  ScriptedConsole console(typed("45"));
  (void)ask_by_keys(administration, console);
  CHECK(console.written.find("Not saved: the disk is full") != std::string::npos);
  CHECK(session.responses().answers[0] == Answer(5.0));
  CHECK_FALSE(session.responses().answers[1].has_value());
}

TEST_CASE("closed privacy never writes an answer") {
  const Play keys = play(ask_by_keys, three_ratings(), typed("4<444l"), {80, 24}, Privacy::closed);
  CHECK(keys.written.find("Earlier answer") == std::string::npos);
  CHECK(keys.written.find("answered: I call") != std::string::npos);
  CHECK(keys.written.find("4, in between") == std::string::npos);
  const Play line =
      play(ask_by_keys, a_line_and_a_choice(), typed("secret"), {80, 24}, Privacy::closed);
  CHECK(line.written.find("secret") == std::string::npos);
}

TEST_CASE("every screen fits the terminal, down to 40 columns and 15 rows and below") {
  for (const TerminalSize size : {TerminalSize{80, 24}, {40, 15}, {40, 10}, {20, 12}, {200, 60}}) {
    CAPTURE(size.columns);
    CAPTURE(size.rows);
    const Questionnaire questionnaire = three_ratings();
    Session session(questionnaire, plan(questionnaire, 0, {}));
    const Clock clock = Clock::make("2026-11-24T09:14:00+01:00");
    const Administration administration{questionnaire, session,      {}, clock, {},
                                        Privacy::open, Charset::utf8};
    const auto lines = question_layout(administration, "", "Press a digit: 1-7.", size);
    CHECK(lines.size() < size.rows);
    for (const std::string& line : lines) CHECK(display_width(line) < size.columns);
  }
}

TEST_CASE("a terminal that became narrower is erased by the rows the text fills now") {
  auto events = typed("");
  events.push_back({Happening::resized, {}});
  const Play result = play(ask_by_keys, three_ratings(), events, {40, 15});
  CHECK(screen_after(result.written) == "\n");
}

TEST_CASE("pasted digits answer nothing; pasted text is taken where text is asked for") {
  const Play digits = play(ask_by_keys, three_ratings(), typed("4\x1b[200~55f\r\x1b[201~6"));
  CHECK(digits.kept.size() == 2);
  CHECK(digits.responses.answers[1] == Answer(6.0));
  const Play text =
      play(ask_by_keys, a_line_and_a_choice(), typed("\x1b[200~so it was\x1b[201~\r"));
  CHECK(text.responses.answers[0] == Answer(std::string("so it was")));
}

// Each block that arrives draws the screen anew: a line as long as this one has to be measured once
// each time, or the terminal hangs for minutes, and the test with it.
TEST_CASE("a paste of many pages is drawn while it arrives, and is no answer when it is too long") {
  std::deque<Event> events{{Happening::bytes, "\x1b[200~"}};
  for (int block = 0; block < 160; ++block) {
    events.push_back({Happening::bytes, std::string(250, block % 2 == 0 ? 'a' : 'b')});
  }
  events.push_back({Happening::bytes, "\u4e2d\u6587 end\x1b[201~"});
  events.push_back({Happening::bytes, "\r"});
  const Play result = play(ask_by_keys, a_line_and_a_choice(), events, {20, 24});
  CHECK(result.kept.empty());
  CHECK(result.written.find("\n> bbbbbbbb\u4e2d\u6587 end") != std::string::npos);
}

TEST_CASE("choices stay readable on a terminal that is too low for them") {
  Questionnaire questionnaire = a_line_and_a_choice();
  for (int i = 0; i < 20; ++i)
    questionnaire.items[1].choices.push_back({"c" + std::to_string(i), "a longer choice"});
  const Play result = play(ask_by_keys, questionnaire, typed("x\r"), {40, 10});
  CHECK(result.written.find("23 a longer") != std::string::npos);
}

TEST_CASE("after a stop the question is drawn below, not over what the shell wrote") {
  auto events = typed("4");
  events.push_back({Happening::continued, {}});
  const Play result = play(ask_by_keys, three_ratings(), events);
  CHECK(result.written.rfind("Question 2 of 3") > result.written.find("Question 2 of 3"));
}

TEST_CASE("a line of text is typed, corrected and confirmed with Enter; commands need a slash") {
  const Play result =
      play(ask_by_keys, a_line_and_a_choice(), typed("sox\x7F\xC3\xBC\x7F q?\r1+3\rf"));
  CHECK(result.ending == SittingEnd::finished);
  CHECK(result.responses.answers[0] == Answer(std::string("so q?")));
  CHECK(result.responses.answers[1] == Answer(ChosenIds{"calm", "glad"}));
  const Play skipped = play(ask_by_keys, a_line_and_a_choice(), typed("/s\r"));
  CHECK(skipped.responses.answers[0] == Answer(Skipped{}));
  const Play empty = play(ask_by_keys, a_line_and_a_choice(), typed("\r\r"));
  CHECK(empty.kept.empty());
}

TEST_CASE("plain lines: the same answers, nothing redrawn, no escape sequences") {
  const Play result = play(ask_by_lines, three_ratings(), typed("4\n\n9\ns\n<\n2\n7\nl\nf\n"));
  CHECK(result.ending == SittingEnd::finished);
  CHECK(result.responses.answers == std::vector<std::optional<Answer>>{4.0, 2.0, 7.0});
  CHECK(result.written.find('\x1B') == std::string::npos);
  CHECK(result.written.find("Not an answer: answer with a whole number from 1 to 7.") !=
        std::string::npos);
}
