// SPDX-License-Identifier: MIT
#include "app/terminal/keys.hpp"

#include <doctest/doctest.h>

using namespace attune;  // NOLINT: a test file

namespace {

std::vector<app::KeyKind> kinds(std::string_view bytes) {
  std::vector<app::KeyKind> found;
  for (const app::Key& key : app::KeyDecoder().decode(bytes)) found.push_back(key.kind);
  return found;
}

}  // namespace

TEST_CASE("every key of the front ends is recognised in both arrow dialects") {
  CHECK(kinds("5") == std::vector{app::KeyKind::character});
  CHECK(kinds("\x1B[D\x1BOD") == std::vector{app::KeyKind::left, app::KeyKind::left});
  CHECK(kinds("\x1B[C\x1BOC") == std::vector{app::KeyKind::right, app::KeyKind::right});
  CHECK(kinds("\x7F\b") == std::vector{app::KeyKind::backspace, app::KeyKind::backspace});
  CHECK(kinds("\r\n") == std::vector{app::KeyKind::enter, app::KeyKind::enter});
  CHECK(kinds("\x04\x15") == std::vector{app::KeyKind::end_of_input, app::KeyKind::erase_line});
}

TEST_CASE("sequences of other keys are one unknown key, never their last letter or digit") {
  for (const char* bytes : {"\x1B[A", "\x1B[15~", "\x1B[1;5D", "\x1BOP",
                            "\x1B"
                            "5"}) {
    CAPTURE(bytes);
    CHECK(kinds(bytes) == std::vector{app::KeyKind::unknown});
  }
}

TEST_CASE("a sequence may arrive in pieces, and is given up when it does not go on") {
  app::KeyDecoder decoder;
  CHECK(decoder.decode("\x1B").empty());
  CHECK(decoder.is_waiting());
  CHECK(decoder.decode("[").empty());
  CHECK(decoder.decode("D").front().kind == app::KeyKind::left);
  CHECK_FALSE(decoder.is_waiting());
  CHECK(decoder.decode("\x1B").empty());
  decoder.give_up();
  CHECK(decoder.decode("4").front().text == "4");
}

TEST_CASE(
    "characters are whole UTF-8, whatever the pieces; broken and invisible ones mean nothing") {
  app::KeyDecoder decoder;
  CHECK(decoder.decode("\xC3").empty());
  const auto keys = decoder.decode("\xBC");
  REQUIRE(keys.size() == 1);
  CHECK(keys.front().text == "\u00fc");
  CHECK(kinds("\xFF\xC0\xAF\x80").front() == app::KeyKind::unknown);
  CHECK(kinds("\u202E") == std::vector{app::KeyKind::unknown});
}

TEST_CASE("an endless sequence does not grow without end") {
  app::KeyDecoder decoder;
  std::size_t keys = 0;
  for (int i = 0; i < 10'000; ++i)
    keys += decoder.decode("\x1B[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1").size();
  CHECK(keys > 0);
}

TEST_CASE("keys between the marks of a paste say so, also when the marks arrive in pieces") {
  app::KeyDecoder decoder;
  CHECK(decoder.decode("1\x1B[20").front().pasted == false);
  const auto pasted = decoder.decode("0~23\x1B[201");
  REQUIRE(pasted.size() == 2);
  CHECK(pasted[0].pasted);
  CHECK(pasted[1].pasted);
  const auto after = decoder.decode("~4");
  REQUIRE(after.size() == 1);
  CHECK_FALSE(after.front().pasted);
}
