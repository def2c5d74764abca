// SPDX-License-Identifier: MIT
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/session.hpp"
#include "attune/text.hpp"

#include "app/terminal/front_end.hpp"
#include "kinds.hpp"
#include "targets.hpp"
#include "terminal/scripted_console.hpp"

namespace attune::test {
namespace {

// How one administration is played: the person and the terminal.
struct Part {
  bool by_lines = false;
  app::Privacy privacy = app::Privacy::open;
  report::Charset charset = report::Charset::utf8;
  std::size_t form = 0;
  std::optional<std::uint64_t> seed;
  unsigned disk_is_full = 0;  // every so many answers can't be kept; 0: never
  app::TerminalSize size;
};

struct Kept {
  std::size_t item = 0;
  Answer answer;
  friend bool operator==(const Kept&, const Kept&) = default;
};

struct Play {
  std::vector<Kept> kept;
  Responses responses;
  app::SittingEnd ending = app::SittingEnd::quit;
  std::string written;
};

// Bytes that stand in no UTF-8 are what else can happen at a terminal.
std::deque<app::Event> events_of(std::string_view script) {
  std::deque<app::Event> events;
  std::string bytes;
  const auto happen = [&](app::Happening what) {
    if (!bytes.empty()) events.push_back({app::Happening::bytes, std::exchange(bytes, {})});
    if (what != app::Happening::bytes) events.push_back({what, {}});
  };
  for (const char c : script) {
    switch (static_cast<unsigned char>(c)) {
      case 0xF8:
        happen(app::Happening::bytes);
        break;
      case 0xF9:
        happen(app::Happening::bytes);
        events.push_back({app::Happening::bytes, {}});
        break;
      case 0xFA:
        happen(app::Happening::resized);
        break;
      case 0xFB:
        happen(app::Happening::continued);
        break;
      case 0xFC:
        happen(app::Happening::interrupted);
        break;
      case 0xFD:
        happen(app::Happening::hung_up);
        break;
      default:
        bytes += c;
    }
  }
  happen(app::Happening::bytes);
  return events;
}

Play play(const Part& part, std::deque<app::Event> events, bool in_pieces = false) {
  Play result;
  session::Session session(kinds(), session::plan(kinds(), part.form, part.seed));
  const app::Clock clock = app::Clock::make("2026-11-24T09:14:00+01:00");
  unsigned tries = 0;
  const app::KeepAnswer keep = [&](std::size_t item, const Answer& answer, double) {
    if (part.disk_is_full != 0 && ++tries % part.disk_is_full == 0) {
      throw Error(ErrorKind::io, "the disk is full");
    }
    result.kept.push_back({item, answer});
  };
  app::Administration administration{kinds(), session, 1, clock, keep, part.privacy, part.charset};
  ScriptedConsole console(std::move(events), part.size);
  console.in_pieces = in_pieces;
  result.ending = (part.by_lines ? app::ask_by_lines : app::ask_by_keys)(administration, console);
  result.responses = session.responses();
  result.written = std::move(console.written);
  expect(
      (session.stage() == session::Stage::finished) == (result.ending == app::SittingEnd::finished),
      "an administration is finished when the person says so");
  return result;
}

// What was kept is what is resumed, after whatever end.
void expect_nothing_lost(const Part& part, const Play& result) {
  Responses kept = empty_responses(kinds());
  for (const Kept& each : result.kept) {
    kept.answers[each.item] = each.answer;
    const Item& item = kinds().items[each.item];
    if (std::holds_alternative<Skipped>(each.answer)) continue;
    const Answer again = parse_answer(kinds(), item, render_answer(each.answer));
    expect(again == each.answer, "only legal answers are kept");
  }
  session::Session resumed(kinds(), session::plan(kinds(), part.form, part.seed));
  resumed.resume(kept);
  expect(resumed.responses().answers == result.responses.answers, "what was kept is resumed");
  if (result.ending != app::SittingEnd::finished) return;
  expect(resumed.stage() == session::Stage::reviewing,
         "who has finished has been asked everything");
}

// Another front end, told the finished answers, comes to the same.
void expect_same_by_script(const Part& part, const Play& result) {
  std::string text = "a=s";  // at least one is named, so that all are read as names
  for (std::size_t i = 0; i < kinds().items.size(); ++i) {
    const std::optional<Answer>& answer = result.responses.answers[i];
    if (!answer) continue;
    const std::string written = render_answer(*answer);
    if (written.find(',') != std::string::npos || written == "s") return;  // not to be written so
    const bool skipped = std::holds_alternative<Skipped>(*answer);
    const std::string line = kinds().items[i].id + "=" + (skipped ? "s" : written);
    i == 0 ? text = line : text += "\n" + line;
  }
  const auto scripted = app::scripted_answers(kinds(), part.form, text, app::AnswersFrom::file);
  expect(scripted.problems.empty() && scripted.responses.answers == result.responses.answers,
         "a script says the same");
}

// Each confirmed answer took at least a byte of its own: none comes from nowhere.
void expect_confirmed(const Play& result, const std::deque<app::Event>& events) {
  std::size_t bytes = 0;
  for (const app::Event& event : events) bytes += event.bytes.size();
  expect(result.kept.size() <= bytes, "an answer takes a key");
}

// A byte of `choices` in a range.
char byte_within(Choices& choices, unsigned first, unsigned last) {
  return static_cast<char>(first + choices.byte() % (last - first + 1));
}

// What a terminal may send that no person typed: a control string, a sequence or a report of the
// mouse, with anything in it that can be.
std::string no_key(Choices& choices) {
  const unsigned kind = choices.byte() % 4;
  std::string bytes;
  if (kind == 0) {
    bytes = std::string("\x1B") + std::string_view("PX]^_")[choices.byte() % 5];
    for (unsigned left = choices.byte(); left > 0; --left)
      bytes += byte_within(choices, 0x20, 0x7E);
    return bytes + (choices.byte() % 2 == 0 ? "\a" : "\x1B\\");
  }
  if (kind == 1) {
    bytes = choices.byte() % 2 == 0 ? "\x1B[" : "\x1B\x1B[";
    bytes += byte_within(choices, '<', '?');  // private: the key of no terminal
    for (unsigned left = choices.byte(); left > 0; --left) bytes += byte_within(choices, ' ', '?');
    return bytes + byte_within(choices, '@', '~');
  }
  bytes = kind == 2 ? "\x1B[M" : "\x1B[T";
  for (int left = kind == 2 ? 3 : 6; left > 0; --left) bytes += byte_within(choices, 0x20, 0x7E);
  return bytes;
}

// Wherever it comes, nothing is answered, finished or left dead by it.
void expect_no_key(const Part& part, std::deque<app::Event> events, Choices& choices) {
  // A pause before it: what was begun and not gone on with is over.
  const auto at = static_cast<std::ptrdiff_t>(choices.byte() % (events.size() + 1));
  events.insert(events.begin() + at, {app::Happening::bytes, {}});
  const Play without = play(part, events);
  events.insert(events.begin() + at + 1, {app::Happening::bytes, no_key(choices)});
  const Play with = play(part, events, true);
  expect(with.kept == without.kept && with.ending == without.ending,
         "no answer and no end without a key");
}

bool is_own_sequence(std::string_view rest) {
  const std::size_t end = rest.find_first_not_of("0123456789", 2);
  return rest.starts_with("\x1B[") && end != std::string_view::npos &&
         (rest[end] == 'A' || rest[end] == 'C' || (rest[end] == 'J' && end == 2) ||
          rest.starts_with("\x1B[H\x1B[2J") || rest.starts_with("\x1B[2J"));
}

void expect_safe_screen(const Part& part, const Play& result) {
  const std::string& written = result.written;
  expect(!invalid_utf8(written), "what is shown is UTF-8");
  for (std::size_t i = 0; i < written.size(); ++i) {
    const auto byte = static_cast<unsigned char>(written[i]);
    if (byte == 0x1B)
      expect(is_own_sequence(std::string_view(written).substr(i)), "no foreign escapes");
    const bool is_control =
        (byte < 0x20 && byte != '\n' && byte != '\r' && byte != 0x1B) || byte == 0x7F;
    expect(!is_control, "no control characters are shown");
    expect(part.charset == report::Charset::utf8 || byte < 0x80,
           "ASCII where only ASCII can be shown");
    // No text of the program or the questionnaire is Cyrillic.
    expect(part.privacy == app::Privacy::open || (byte & 0xFCU) != 0xD0,
           "what was typed stays private");
  }
}

Part part_of(Choices& choices) {
  Part part;
  const unsigned bits = choices.byte();
  part.by_lines = (bits & 1) != 0;
  part.privacy = (bits & 2) != 0 ? app::Privacy::closed : app::Privacy::open;
  part.charset = (bits & 4) != 0 ? report::Charset::ascii : report::Charset::utf8;
  part.form = (bits >> 3) & 1;
  if ((bits & 16) != 0) part.seed = choices.byte();
  part.disk_is_full = bits >> 5;
  part.size = {choices.byte(), choices.byte()};
  return part;
}

}  // namespace

void keys_target(std::string_view bytes) {
  constexpr std::size_t longest_script = 2'000;  // each key draws the screen anew
  Choices choices(bytes.substr(0, longest_script));
  const Part part = part_of(choices);
  const std::deque<app::Event> events = events_of(choices.rest());
  const Play whole = play(part, events);
  expect_confirmed(whole, events);
  expect_nothing_lost(part, whole);
  expect_safe_screen(part, whole);
  if (whole.ending == app::SittingEnd::finished) expect_same_by_script(part, whole);
  const Play pieces = play(part, events, true);
  expect(pieces.kept == whole.kept && pieces.ending == whole.ending,
         "how bytes are cut changes nothing");
  if (!part.by_lines) expect_no_key(part, events, choices);
}

}  // namespace attune::test
