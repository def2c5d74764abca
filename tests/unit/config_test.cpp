// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "attune/definition.hpp"

using namespace attune;  // NOLINT: a test file

TEST_CASE("the contact line is read, and an empty configuration is fine") {
  const definition::ConfigFile file =
      definition::check_config("# mine\ncontact = \"Ada, 555 0100\"\n");
  CHECK(file.contact == "Ada, 555 0100");
  REQUIRE(definition::check_config("").contact.has_value());
  CHECK(definition::check_config("").contact->empty());
}

TEST_CASE("a misspelt key gets the nearest name, and nothing is used") {
  const definition::ConfigFile file = definition::check_config("\ncontcat = \"Ada\"\n");
  CHECK_FALSE(file.contact.has_value());
  REQUIRE(file.problems.size() == 1);
  CHECK(file.problems.front().line == 2);
  CHECK(file.problems.front().column == 1);
  CHECK(file.problems.front().advice == "did you mean 'contact'?");
}

TEST_CASE("a contact of several lines, with escapes or of another type is refused") {
  for (const char* text :
       {"contact = \"a\\nb\"", "contact = \"\\u001b[31m\"", "contact = 7", "contact = \"\""}) {
    CAPTURE(text);
    CHECK_FALSE(definition::check_config(text).contact.has_value());
  }
}
