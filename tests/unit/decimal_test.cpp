// SPDX-License-Identifier: MIT
#include "attune/decimal.hpp"

#include <doctest/doctest.h>

using attune::parse_decimal;
using attune::parse_whole;
using attune::render_decimal;
using attune::render_fixed;

TEST_CASE("decimals are rendered shortest, rounded, without exponent or minus zero") {
  CHECK(render_decimal(3.4375) == "3.4375");
  CHECK(render_decimal(2.0 / 3) == "0.6667");
  CHECK(render_decimal(4) == "4");
  CHECK(render_decimal(100, 0) == "100");
  CHECK(render_decimal(-0.00001) == "0");
  CHECK(render_decimal(-2.5) == "-2.5");
  CHECK(render_decimal(1e21, 0) == "1000000000000000000000");
  CHECK(render_fixed(3.96, 1) == "4.0");
  CHECK(render_fixed(5.25, 1) == "5.3");
  CHECK(render_fixed(-6.25, 1) == "-6.3");
  CHECK(render_fixed(-0.04, 1) == "0.0");
}

TEST_CASE("decimals are read only when the whole text is a plain number") {
  CHECK(parse_decimal("4") == 4);
  CHECK(parse_decimal("-0.25") == -0.25);
  for (const char* text : {"", "4,5", "1e3", "nan", "inf", "0x10", " 4", "4 ", "+4", ".5", "5.",
                           "-", "--1", "1.2.3"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_decimal(text).has_value());
  }
}

TEST_CASE("whole numbers are read only within 64 bits") {
  CHECK(parse_whole("9223372036854775807") == 9223372036854775807LL);
  CHECK(parse_whole("-7") == -7);
  for (const char* text : {"", "4.0", "9223372036854775808", "four", "4 "}) {
    CAPTURE(text);
    CHECK_FALSE(parse_whole(text).has_value());
  }
}
