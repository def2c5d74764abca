// SPDX-License-Identifier: MIT
#include "attune/text.hpp"

#include <doctest/doctest.h>

using namespace attune;  // NOLINT: a test file

TEST_CASE("strict UTF-8 is accepted and every kind of broken byte is found at its offset") {
  CHECK_FALSE(invalid_utf8("plain and longer than eight bytes").has_value());
  CHECK_FALSE(invalid_utf8("gr\u00fc\u00df \u4e2d\U0001F600").has_value());
  CHECK(invalid_utf8("12345678\xFF") == 8);
  CHECK(invalid_utf8("a\xC0\xAF") == 1);           // overlong
  CHECK(invalid_utf8("a\xE0\x80\x80") == 1);       // overlong
  CHECK(invalid_utf8("\xED\xA0\x80") == 0);        // surrogate
  CHECK(invalid_utf8("ab\xF4\x90\x80\x80") == 2);  // above U+10FFFF
  CHECK(invalid_utf8("abc\xE2\x82") == 3);         // cut off
  CHECK(invalid_utf8("\x80") == 0);
}

TEST_CASE("width counts columns, not bytes or code points") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("\u00fc") == 1);
  CHECK(display_width("u\u0308") == 1);                                     // combining diaeresis
  CHECK(display_width("\u4e2d\u6587") == 4);                                // wide
  CHECK(display_width("\U0001F600") == 2);                                  // emoji
  CHECK(display_width("\U0001F468\u200D\U0001F469\u200D\U0001F467") == 2);  // one family, joined
  CHECK(display_width("\xFF") == 4);                                        // as wide as its escape
}

TEST_CASE("fit never cuts a cluster in two") {
  CHECK(fit("abcdef", 3) == "abc");
  CHECK(fit("\u4e2d\u6587", 3) == "\u4e2d");
  CHECK(fit("u\u0308x", 1) == "u\u0308");
}

TEST_CASE("wrapping breaks at spaces, splits long words and keeps newlines") {
  CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrap("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
  CHECK(wrap("a\n\nb", 10) == std::vector<std::string>{"a", "", "b"});
  CHECK(wrap("", 10) == std::vector<std::string>{""});
  CHECK(wrap("\u4e2d\u6587\u4e2d", 4) == std::vector<std::string>{"\u4e2d\u6587", "\u4e2d"});
  CHECK(wrap("\u4e2d", 1) ==
        std::vector<std::string>{"\u4e2d"});  // nothing fits: still no endless loop
}

TEST_CASE("control, bidi, invisible and broken characters are written as visible escapes") {
  CHECK(escape("a\x1B[31mb") == "a\\x1B[31mb");
  CHECK(escape("a\nb") == "a\\x0Ab");
  CHECK(escape_lines("a\nb\r") == "a\nb\\x0D");
  CHECK(escape("\u202Eevil") == "\\u{202E}evil");
  CHECK(escape("\U000E0041") == "\\u{E0041}");
  CHECK(escape("\xC3") == "\\xC3");
  CHECK(escape("\u0085") == "\\u{85}");
  CHECK(escape("\u00fc \u4e2d") == "\u00fc \u4e2d");
}

TEST_CASE("no code point that is refused passes through escape") {
  for (char32_t code = 1; code <= 0x10FFFF; ++code) {
    if (is_printable(code) || (code >= 0xD800 && code <= 0xDFFF)) continue;
    std::string text;
    if (code < 0x80) {
      text = {static_cast<char>(code)};
    } else if (code < 0x800) {
      text = {static_cast<char>(0xC0U | (code >> 6U)), static_cast<char>(0x80U | (code & 0x3FU))};
    } else if (code < 0x10000) {
      text = {static_cast<char>(0xE0U | (code >> 12U)),
              static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
              static_cast<char>(0x80U | (code & 0x3FU))};
    } else {
      text = {static_cast<char>(0xF0U | (code >> 18U)),
              static_cast<char>(0x80U | ((code >> 12U) & 0x3FU)),
              static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
              static_cast<char>(0x80U | (code & 0x3FU))};
    }
    const std::string escaped = escape(text);
    const bool visible = escaped.size() >= 4 && escaped.front() == '\\';
    if (!visible) FAIL(code);
  }
}

TEST_CASE("ASCII spelling covers our own symbols and marks the rest") {
  CHECK(to_ascii("3.4 ± 0.6 – ‘so’ …") == "3.4 +/- 0.6 - 'so' ...");
  CHECK(to_ascii("gr\u00fcn\xFF") == "gr?n?");
}

TEST_CASE("the nearest names are found and far ones are not") {
  const std::vector<std::string> names{"take", "trend", "list", "show", "closeness"};
  CHECK(nearest("tkae", names) == std::vector<std::string>{"take"});
  CHECK(nearest("closenes", names) == std::vector<std::string>{"closeness"});
  CHECK(nearest("CLOSENESS", names) == std::vector<std::string>{"closeness"});
  CHECK(nearest("CLOSE", names) == std::vector<std::string>{"closeness"});
  CHECK(nearest("clozenezz", names) == std::vector<std::string>{"closeness"});
  CHECK(nearest("banana", names).empty());
  CHECK(nearest("x1", std::vector<std::string>{"x2", "x2"}) == std::vector<std::string>{"x2"});
  CHECK(nearest("", names).empty());
}

TEST_CASE("ids have a fixed alphabet and length") {
  CHECK(is_id("a"));
  CHECK(is_id("ecr-r_2.0"));
  CHECK(is_id(std::string(64, 'a')));
  for (const std::string& id :
       {std::string(), std::string("-a"), std::string("A"), std::string("a/b"),
        std::string("\u00fc"), std::string(65, 'a'), std::string("a b")}) {
    CAPTURE(id);
    CHECK_FALSE(is_id(id));
  }
}

TEST_CASE("names are listed as a sentence does") {
  CHECK(join_or(std::vector<std::string>{"a"}) == "a");
  CHECK(join_or(std::vector<std::string>{"a", "b"}) == "a or b");
  CHECK(join_or(std::vector<std::string>{"a", "b", "c"}) == "a, b or c");
}

TEST_CASE("what looks the same is the same once it is composed") {
  CHECK(composed("Zoe\u0308") == "Zo\u00EB");
  CHECK(composed("Zo\u00EB") == "Zo\u00EB");
  CHECK(composed("\u1112\u1161\u11AB") == "\uD55C");  // Unicode Standard, section 3.12
  CHECK(composed("").empty());
  CHECK(composed("\xff") == "\xff");
}
