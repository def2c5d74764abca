// SPDX-License-Identifier: MIT
#include "app/terminal/keys.hpp"

#include <doctest/doctest.h>

#include "key_sequences.hpp"

using namespace attune;  // NOLINT: a test file
using app::KeyKind;

namespace {

std::vector<KeyKind> kinds(std::string_view bytes) {
  std::vector<KeyKind> found;
  for (const app::Key& key : app::KeyDecoder().decode(bytes, 10)) found.push_back(key.kind);
  return found;
}

std::string text_of(const std::vector<app::Key>& keys) {
  std::string text;
  for (const app::Key& key : keys) text += key.text;
  return text;
}

}  // namespace

TEST_CASE("every key of the front ends is recognised in all dialects of its sequence") {
  CHECK(kinds("5") == std::vector{KeyKind::character});
  CHECK(kinds("\x1B[D\x1BOD\x9B"
              "D\xC2\x9B"
              "D") == std::vector(4, KeyKind::left));
  CHECK(kinds("\x1B[C\x1BOC") == std::vector(2, KeyKind::right));
  CHECK(kinds("\x1B[A\x1BOA\x1B[B\x1BOB") ==
        std::vector{KeyKind::up, KeyKind::up, KeyKind::down, KeyKind::down});
  CHECK(kinds("\x1B[H\x1BOH\x1B[1~\x1B[7~\x01") == std::vector(5, KeyKind::home));
  CHECK(kinds("\x1B[F\x1BOF\x1B[4~\x1B[8~\x05") == std::vector(5, KeyKind::end));
  CHECK(kinds("\x1B[3~\x1B[5~\x1B[6~") ==
        std::vector{KeyKind::erase, KeyKind::page_up, KeyKind::page_down});
  CHECK(kinds("\x7F\b") == std::vector(2, KeyKind::backspace));
  CHECK(kinds("\r\n") == std::vector(2, KeyKind::enter));
  CHECK(kinds("\x04\x15\x17\x0C") == std::vector{KeyKind::end_of_input, KeyKind::erase_line,
                                                 KeyKind::erase_word, KeyKind::redraw});
}

TEST_CASE("what no person typed is no key, whole and cut at every place, and the next key lives") {
  for (const test::Sequence& sequence : test::no_keys) {
    CAPTURE(sequence.name);
    for (std::size_t cut = 0; cut < sequence.bytes.size(); ++cut) {
      for (const double pause : {0.0, 0.08, 0.9}) {
        CAPTURE(cut);
        if (sequence.comes_at_once && pause > 0.1) continue;
        app::KeyDecoder decoder;
        std::vector<app::Key> keys = decoder.decode(sequence.bytes.substr(0, cut), 10);
        for (auto&& key : decoder.decode(sequence.bytes.substr(cut), 10 + pause)) {
          keys.push_back(key);
        }
        for (const app::Key& key : keys) {
          const bool counts = !key.pasted && key.kind != KeyKind::unknown;
          CHECK_FALSE(counts);
        }
        // At once where the sequence has an end, after a second where it has none.
        const double later = sequence.has_end ? 0.0 : app::longest_pause;
        const auto next = decoder.decode("4", 10 + pause + later);
        REQUIRE(next.size() == 1);
        CHECK(next.front().text == "4");
        CHECK_FALSE(next.front().pasted);
      }
    }
  }
}

TEST_CASE("Escape and a key at once is another key; soon after it is the key alone") {
  for (const char* const key : {"5", "j", "q", "\r", "\x7F", "\u00fc"}) {
    CAPTURE(std::string(key));
    app::KeyDecoder decoder;
    CHECK(decoder.decode("\x1B", 1).empty());
    const auto with_alt = decoder.decode(key, 1.05);
    REQUIRE(with_alt.size() == 1);
    CHECK(with_alt.front().kind == KeyKind::unknown);
    CHECK(decoder.decode("\x1B", 2).empty());
    const auto alone = decoder.decode(key, 2.15);
    REQUIRE(alone.size() == 1);
    CHECK(alone.front().kind != KeyKind::unknown);
  }
}

TEST_CASE("a slow terminal's reply stays a reply, however long it pauses within a second") {
  app::KeyDecoder decoder;
  CHECK(decoder.decode("\x1B", 1).empty());
  CHECK(decoder.decode("]11;rgb:5", 1.9).empty());
  CHECK(decoder.decode("5\x1B", 2.8).empty());
  CHECK(decoder.decode("\\", 3.7).empty());
  CHECK(text_of(decoder.decode("5", 3.7)) == "5");
}

TEST_CASE(
    "characters are whole UTF-8, whatever the pieces; broken and invisible ones mean nothing") {
  app::KeyDecoder decoder;
  CHECK(decoder.decode("\xC3", 1).empty());
  CHECK(text_of(decoder.decode("\xBC", 1)) == "\u00fc");
  for (const KeyKind kind : kinds("\xFF\xC0\xAF\xBF")) CHECK(kind == KeyKind::unknown);
  CHECK(kinds("\u202E") == std::vector{KeyKind::unknown});
  const auto broken = decoder.decode("\xE2\x82\x35", 1);  // the euro sign breaks off before a 5
  REQUIRE(broken.size() == 2);
  CHECK(broken[0].kind == KeyKind::unknown);
  CHECK(broken[1].text == "5");
  CHECK(kinds("\x1B\u00fb") == std::vector{KeyKind::unknown});
}

TEST_CASE("an endless sequence does not grow without end") {
  app::KeyDecoder decoder;
  std::size_t keys = 0;
  for (int i = 0; i < 10'000; ++i)
    keys += decoder.decode("1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1", i == 0 ? 1 : 1.5).size();
  CHECK(keys > 0);  // the first was none of a sequence
  keys = decoder.decode("\x1B[", 2).size();
  for (int i = 0; i < 10'000; ++i) keys += decoder.decode("1;1;1;1;1;1;1;1", 2).size();
  CHECK(keys == 0);
}

TEST_CASE("keys between the marks of a paste say so; its line ends and tabs are spaces") {
  app::KeyDecoder decoder;
  CHECK(decoder.decode("1\x1B[20", 1).front().pasted == false);
  const auto pasted = decoder.decode("0~2\r\n3\t4\n5\x1B[201", 1);
  CHECK(text_of(pasted) == "2 3 4 5");
  for (const app::Key& key : pasted) CHECK(key.pasted);
  const auto after = decoder.decode("~4", 1);
  REQUIRE(after.size() == 1);
  CHECK_FALSE(after.front().pasted);
}
