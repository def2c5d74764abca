// SPDX-License-Identifier: MIT
#include "app/terminal/front_end.hpp"

#include <doctest/doctest.h>

#include "attune/text.hpp"

#include "app/terminal/screen.hpp"
#include "key_sequences.hpp"
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
          app::TerminalSize size = {80, 24}, app::Privacy privacy = app::Privacy::open,
          double pace = 0.2) {
  Play result;
  session::Session session(questionnaire, session::plan(questionnaire, 0, {}));
  const app::Clock clock = app::Clock::make("2026-11-24T09:14:00+01:00");
  const auto keep = [&](std::size_t item, const Answer& answer, double) {
    result.kept.push_back({item, answer});
  };
  app::Administration administration{questionnaire,        session, {}, clock, keep, privacy,
                                     report::Charset::utf8};
  ScriptedConsole console(std::move(events), size, pace);
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
  const Play result = play(app::ask_by_keys, three_ratings(), typed("089x\r \t\x1b[A\x1b[5~"));
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

TEST_CASE("every way back leads back, and the cursor stands on the earlier answer") {
  for (const char* back : {"<", "\x7F", "\x1B[D"}) {
    CAPTURE(back);
    const Play result =
        play(app::ask_by_keys, three_ratings(), typed(std::string("4") + back + "22"));
    CHECK(result.written.find("▸ 4  in between") != std::string::npos);
    CHECK(result.responses.answers[0] == Answer(2.0));
    CHECK(result.responses.answers[1] == Answer(2.0));
    const Play kept =
        play(app::ask_by_keys, three_ratings(), typed(std::string("4") + back + "\r6"));
    CHECK(kept.responses.answers[0] == Answer(4.0));
    CHECK(kept.responses.answers[1] == Answer(6.0));
  }
}

TEST_CASE("the cursor starts nowhere, moves with the arrows, and Enter takes what it stands on") {
  const Play result = play(app::ask_by_keys, three_ratings(),
                           typed("\r\x1b[B\x1b[B\x1b[B\x1b[A\rk\r\x1bOF\x1b[H\r\r"));
  CHECK(result.written.find("Choose 1-7, or move with the arrows first.") != std::string::npos);
  CHECK(result.responses.answers == std::vector<std::optional<Answer>>{2.0, 7.0, 1.0});
  CHECK(result.ending == app::SittingEnd::finished);
}

TEST_CASE("in a row from pole to pole the arrows walk along it, and < and > lead on and back") {
  const app::TerminalSize wide{120, 30};
  const Play walked =
      play(app::ask_by_keys, three_ratings(), typed("\x1B[C\x1B[C\x1B[C\x1B[D\r"), wide);
  CHECK(walked.responses.answers[0] == Answer(2.0));
  CHECK_FALSE(walked.responses.answers[1]);
  const Play back = play(app::ask_by_keys, three_ratings(), typed("4<>\x7F\x1B[C\r"), wide);
  CHECK(back.responses.answers[0] == Answer(5.0));
  const Play helped = play(app::ask_by_keys, three_ratings(), typed("?"), wide);
  CHECK(helped.written.find("back (also Backspace)") != std::string::npos);
}

TEST_CASE("the answer before is shown, so that a slip is seen") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("4s"));
  CHECK(result.written.find("last: 4, in between") != std::string::npos);
  CHECK(result.written.find("last: skipped") != std::string::npos);
  const Play hidden =
      play(app::ask_by_keys, three_ratings(), typed("4"), {80, 24}, app::Privacy::closed);
  CHECK(hidden.written.find("last:") == std::string::npos);
}

TEST_CASE("a key that comes before anyone can have read the question answers nothing") {
  for (const char* key : {"4", "s", "q"}) {
    CAPTURE(key);
    const Play held = play(app::ask_by_keys, three_ratings(), typed("4" + std::string(40, *key)),
                           {80, 24}, app::Privacy::open, 0.03);
    CHECK(held.kept.empty());  // the first came too soon as well, and each has the next one wait
    CHECK(held.ending == app::SittingEnd::interrupted);
    CHECK(held.written.find("too soon") != std::string::npos);
  }
  std::deque<app::Event> pasted{{app::Happening::bytes, "444f"}};
  CHECK(play(app::ask_by_keys, three_ratings(), pasted).kept.size() == 1);
}

TEST_CASE("what no person typed answers, skips and finishes nothing, at every stage") {
  struct Stage {
    const char* name;
    Questionnaire questionnaire;
    std::string before;
    std::size_t kept;
  };
  const std::vector<Stage> stages{{"a scale", three_ratings(), "", 0},
                                  {"the review", three_ratings(), "444", 3},
                                  {"a line", a_line_and_a_choice(), "", 0},
                                  {"choices", a_line_and_a_choice(), "x\r", 1}};
  for (const Stage& stage : stages) {
    for (const test::Sequence& sequence : test::no_keys) {
      for (std::size_t cut = 0; cut <= sequence.bytes.size(); ++cut) {
        CAPTURE(stage.name);
        if (sequence.comes_at_once && cut > 0 && cut < sequence.bytes.size()) continue;
        CAPTURE(sequence.name);
        CAPTURE(cut);
        auto events = typed(stage.before);
        events.push_back({app::Happening::bytes, sequence.bytes.substr(0, cut)});
        events.push_back({app::Happening::bytes, sequence.bytes.substr(cut)});
        if (!sequence.has_end) events.push_back({app::Happening::bytes, {}});
        const Play result = play(app::ask_by_keys, stage.questionnaire, events);
        CHECK(result.kept.size() == stage.kept);
        CHECK(result.ending == app::SittingEnd::interrupted);
        events.push_back({app::Happening::bytes, "q"});
        if (stage.questionnaire.items[0].kind == ItemKind::text && stage.kept == 0) continue;
        CHECK(play(app::ask_by_keys, stage.questionnaire, events).ending == app::SittingEnd::quit);
      }
    }
  }
}

TEST_CASE("skips are kept as skips and named in the review") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("s4s"));
  CHECK(result.kept[0].answer == Answer(Skipped{}));
  CHECK(result.written.find("Skipped: questions 1 and 3.") != std::string::npos);
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
  CHECK(review("s4s").find("Company would have no score: only 1 of 3") != std::string::npos);
  CHECK(review("444").find("no score") == std::string::npos);
}

TEST_CASE("the review opens a question by its number and comes back") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("4442\r7f"));
  CHECK(result.ending == app::SittingEnd::finished);
  CHECK(result.responses.answers[1] == Answer(7.0));
}

TEST_CASE("the review shows no letters that mean nothing there, and Enter opens or finishes") {
  const Play finished = play(app::ask_by_keys, three_ratings(), typed("444\r"));
  CHECK(finished.ending == app::SittingEnd::finished);
  const Play skipped = play(app::ask_by_keys, three_ratings(), typed("4s4\r6\r"));
  CHECK(skipped.ending == app::SittingEnd::finished);
  CHECK(skipped.responses.answers[1] == Answer(6.0));
  const Play result = play(app::ask_by_keys, three_ratings(), typed("444secret2\r7f"));
  CHECK(result.written.find("secret") == std::string::npos);
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
      play(app::ask_by_keys, three_ratings(), typed("4<444"), {80, 24}, app::Privacy::closed);
  CHECK(keys.written.find("▸ 4") == std::string::npos);
  CHECK(keys.written.find("answered: I call") != std::string::npos);
  CHECK(keys.written.find("4, in between") == std::string::npos);
  const Play line = play(app::ask_by_keys, a_line_and_a_choice(), typed("secret"), {80, 24},
                         app::Privacy::closed);
  CHECK(line.written.find("secret") == std::string::npos);
}

TEST_CASE("every screen fits the terminal, down to 40 columns and 15 rows and below") {
  for (const app::TerminalSize size :
       {app::TerminalSize{80, 24}, {40, 15}, {40, 10}, {30, 10}, {120, 40}, {200, 60}}) {
    CAPTURE(size.columns);
    CAPTURE(size.rows);
    const Questionnaire questionnaire = three_ratings();
    session::Session session(questionnaire, session::plan(questionnaire, 0, {}));
    const app::Clock clock = app::Clock::make("2026-11-24T09:14:00+01:00");
    const app::Administration administration{
        questionnaire, session, {}, clock, {}, app::Privacy::open, report::Charset::utf8};
    app::Progress progress;
    progress.cursor = 3;
    progress.notice = "That key came too soon to count. Press it again.";
    const app::Screen screen = app::question_screen(administration, progress, size);
    CHECK(screen.lines.size() < size.rows);
    std::string all;
    for (const app::ScreenLine& line : screen.lines) {
      CHECK(display_width(line.text) < size.columns);
      CHECK(line.columns == display_width(line.text));
      all += line.text;
    }
    CHECK(all.find("I call") != std::string::npos);
    CHECK(all.find("4 ") != std::string::npos);
  }
}

TEST_CASE("of a list that is too long for the terminal the part around the cursor is shown") {
  Questionnaire questionnaire = a_line_and_a_choice();
  for (int i = 4; i <= 20; ++i) {
    questionnaire.items[1].choices.push_back({"c" + std::to_string(i), "some other feeling"});
  }
  for (const app::TerminalSize size : {app::TerminalSize{60, 14}, {40, 10}, {30, 10}}) {
    session::Session session(questionnaire, session::plan(questionnaire, 0, {}));
    session.answer(Answer(std::string("x")), 1);
    const app::Clock clock = app::Clock::make("2026-11-24T09:14:00+01:00");
    const app::Administration administration{
        questionnaire, session, {}, clock, {}, app::Privacy::open, report::Charset::utf8};
    for (std::size_t cursor = 0; cursor < 20; ++cursor) {
      CAPTURE(size.columns);
      CAPTURE(cursor);
      app::Progress progress;
      progress.chosen.resize(20);
      progress.cursor = cursor;
      progress.notice = "Choose 1-20, or move with the arrows first.";
      const app::Screen screen = app::question_screen(administration, progress, size);
      CHECK(screen.lines.size() < size.rows);
      std::string all;
      for (const app::ScreenLine& line : screen.lines) all += line.text + '\n';
      CHECK(all.find("What did you feel?") != std::string::npos);
      const std::string row =
          "\u25b8 [ ] " + std::string(cursor < 9 ? " " : "") + std::to_string(cursor + 1);
      CHECK(all.find(row) != std::string::npos);
    }
  }
}

TEST_CASE("in columns of choices left and right lead to the next column, not to other questions") {
  Questionnaire questionnaire = a_line_and_a_choice();
  for (int i = 4; i <= 20; ++i)
    questionnaire.items[1].choices.push_back({"c" + std::to_string(i), "x"});
  const Play there = play(app::ask_by_keys, questionnaire, typed("x\r\x1B[B\x1B[C\r"), {40, 24});
  CHECK(there.responses.answers[1] == Answer(ChosenIds{"c11"}));
  const Play back = play(app::ask_by_keys, questionnaire, typed("x\rjlh\r"), {40, 24});
  CHECK(back.responses.answers[1] == Answer(ChosenIds{"calm"}));
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
  const Play result = play(app::ask_by_keys, a_line_and_a_choice(), events, {30, 24});
  CHECK(result.kept.empty());
  CHECK(result.written.find("\u4e2d\u6587") != std::string::npos);
}

TEST_CASE("after a stop the question is drawn below, not over what the shell wrote") {
  auto events = typed("4");
  events.push_back({app::Happening::continued, {}});
  const Play result = play(app::ask_by_keys, three_ratings(), events);
  CHECK(result.written.rfind("2 of 3") > result.written.find("2 of 3"));
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

TEST_CASE("a line is edited in its middle as in a shell, and drawn with the cursor in it") {
  const Play result = play(app::ask_by_keys, a_line_and_a_choice(),
                           typed("one two\x1b[D\x1b[D\x1b[D\x1b[3~T\x01x\x05!\x1b[D\x17"
                                 "end\r"));
  CHECK(result.responses.answers[0] == Answer(std::string("xone end!")));
  CHECK(result.written.find("> one Two\r\x1B[7C") != std::string::npos);
  const Play erased = play(app::ask_by_keys, a_line_and_a_choice(), typed("ab\x15z\r"));
  CHECK(erased.responses.answers[0] == Answer(std::string("z")));
}

TEST_CASE("with closed privacy no mark walks to an answer") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("\x1b[B\x1b[B\r5"), {80, 24},
                           app::Privacy::closed);
  CHECK(result.written.find("▸") == std::string::npos);
  CHECK(result.kept.size() == 1);
  CHECK(result.responses.answers[0] == Answer(5.0));
}

TEST_CASE("a window that can't show a question takes no answer, and q leaves") {
  for (const app::TerminalSize size : {app::TerminalSize{29, 24}, {80, 9}}) {
    const Play result = play(app::ask_by_keys, three_ratings(), typed("4\r\x1b[B\rsq"), size);
    CHECK(result.kept.empty());
    CHECK(result.ending == app::SittingEnd::quit);
    CHECK(result.written.find("I call") == std::string::npos);
    CHECK(result.written.find("Too small to show") != std::string::npos);
  }
  CHECK(play(app::ask_by_keys, three_ratings(), typed("4"), {30, 10}).kept.size() == 1);
}

TEST_CASE("Ctrl-L draws the question anew, at the top") {
  const Play result = play(app::ask_by_keys, three_ratings(), typed("4\x0C"));
  const std::size_t cleared = result.written.find("\x1B[H\x1B[2J");
  CHECK(cleared != std::string::npos);
  CHECK(result.written.find("I cook", cleared) != std::string::npos);
}

TEST_CASE("several are chosen by Space, by digits, or typed as a list in any usual way") {
  for (const char* keys : {"13", "1+3", "1,3", "1 3", "\x1b[B \x1b[B\x1b[B ", "3\x1b[A \x1b[H "}) {
    CAPTURE(keys);
    const std::string extra = std::string(keys).starts_with("3") ? "\x1b[B " : "";
    const Play result = play(app::ask_by_keys, a_line_and_a_choice(),
                             typed("x\r" + std::string(keys) + extra + "\r"));
    CHECK(result.responses.answers[1] == Answer(ChosenIds{"calm", "glad"}));
  }
  Questionnaire many = a_line_and_a_choice();
  for (int i = 4; i <= 12; ++i) {
    many.items[1].choices.push_back({"c" + std::to_string(i), "another"});
  }
  for (const char* keys : {"1,12", "1 12", "1+12", "1 12 "}) {
    CAPTURE(keys);
    const Play result = play(app::ask_by_keys, many, typed("x\r" + std::string(keys) + "\r"));
    CHECK(result.responses.answers[1] == Answer(ChosenIds{"calm", "c12"}));
  }
  for (const char* keys : {"23", "2 3", "3,2 "}) {  // each is marked as it is typed
    CAPTURE(keys);
    const Play result = play(app::ask_by_keys, many, typed("x\r" + std::string(keys) + "\r"));
    CHECK(result.responses.answers[1] == Answer(ChosenIds{"sad", "glad"}));
  }
}

TEST_CASE("after going back the questions follow one another; from the review it is there again") {
  const Play back = play(app::ask_by_keys, three_ratings(), typed("41<<2\r7f"));
  CHECK(back.ending == app::SittingEnd::finished);
  CHECK(back.responses.answers == std::vector<std::optional<Answer>>{2.0, 1.0, 7.0});
  const Play review = play(app::ask_by_keys, three_ratings(), typed("4171\r5f"));
  CHECK(review.ending == app::SittingEnd::finished);
  CHECK(review.responses.answers == std::vector<std::optional<Answer>>{5.0, 1.0, 7.0});
}

TEST_CASE("a letter where a line is asked for may be meant as a request, and is kept only twice") {
  for (const bool plain : {false, true}) {
    const AskBy front_end = plain ? app::ask_by_lines : app::ask_by_keys;
    const std::string enter = plain ? "\n" : "\r";
    const Play once = play(front_end, a_line_and_a_choice(), typed("q" + enter));
    CHECK(once.kept.empty());
    CHECK(once.written.find("For the request write /q") != std::string::npos);
    const std::string twice = "skip" + enter + (plain ? "skip" : "") + enter;
    const Play kept = play(front_end, a_line_and_a_choice(), typed(twice));
    CHECK(kept.responses.answers[0] == Answer(std::string("skip")));
  }
}

TEST_CASE("plain lines take a list of choices in any usual way") {
  for (const char* list : {"1+3", "1,3", "1, 3", "1 3", "calm, glad"}) {
    CAPTURE(list);
    const Play result =
        play(app::ask_by_lines, a_line_and_a_choice(), typed("x\n" + std::string(list) + "\n"));
    CHECK(result.responses.answers[1] == Answer(ChosenIds{"calm", "glad"}));
  }
  CHECK(play(app::ask_by_lines, a_line_and_a_choice(), typed("x\n,\n")).kept.size() == 1);
}

TEST_CASE("plain lines: the same answers, nothing redrawn, no escape sequences") {
  const Play result = play(app::ask_by_lines, three_ratings(), typed("4\n\n9\ns\n<\n2\n7\nl\nf\n"));
  CHECK(result.ending == app::SittingEnd::finished);
  CHECK(result.responses.answers == std::vector<std::optional<Answer>>{4.0, 2.0, 7.0});
  CHECK(result.written.find('\x1B') == std::string::npos);
  CHECK(result.written.find("Not an answer: answer with a whole number from 1 to 7.") !=
        std::string::npos);
}

TEST_CASE("plain lines say each answer back, the labels once, and take words for letters") {
  const Play result =
      play(app::ask_by_lines, three_ratings(), typed("4\nback\n5\nSkip\n?\n8\n1\nlist\nfinish\n"));
  CHECK(result.ending == app::SittingEnd::finished);
  CHECK(result.responses.answers ==
        std::vector<std::optional<Answer>>{5.0, Answer(Skipped{}), 1.0});
  for (const std::string said : {": 4, in between.\n", ": Skipped.\n", ": 1, strongly disagree.\n",
                                 "Answer 1 strongly disagree to 7 strongly agree, or help: ",
                                 "Question 2: skipped: I cook for my friends."}) {
    CAPTURE(said);
    CHECK(result.written.find(said) != std::string::npos);
  }
  std::size_t heard = 0;
  for (std::size_t at = 0; (at = result.written.find("\n4 in between\n", at)) != std::string::npos;
       ++at) {
    ++heard;
  }
  CHECK(heard == 2);  // at the first question and after ?
}

TEST_CASE("plain lines say no answer back in private") {
  const Play result =
      play(app::ask_by_lines, three_ratings(), typed("4\n5\n"), {80, 24}, app::Privacy::closed);
  CHECK(result.kept.size() == 2);
  CHECK(result.written.find("in between.") == std::string::npos);
}
