// SPDX-License-Identifier: MIT
#include "base/uuid.hpp"

#include <doctest/doctest.h>
#include <string>

using attune::detail::name_uuid;

// Expected: uuid.uuid5(uuid.NAMESPACE_URL, name) of Python 3.11.
TEST_CASE("a name gives the UUID that Python's uuid5 gives") {
  CHECK(name_uuid("urn:attune:record:k3v9x0a1b2") == "1394fdaf-dd5e-564f-a577-bacca2e9db18");
  CHECK(name_uuid("") == "1b4db7eb-4057-5ddf-91e0-36dec72071f5");
}

TEST_CASE("names that end at the borders of a block give the UUID that Python's uuid5 gives") {
  // With the 16 bytes of the namespace 39 just leaves room for the length, 48 fills a block.
  CHECK(name_uuid(std::string(39, 'a')) == "615eac0e-03db-567b-8580-916c1aca1cc2");
  CHECK(name_uuid(std::string(40, 'a')) == "c5c985c8-6875-5a42-b6e3-2872703afed4");
  CHECK(name_uuid(std::string(47, 'a')) == "60100e11-180f-59cb-911f-bdb3aa734c9d");
  CHECK(name_uuid(std::string(48, 'a')) == "aa33c522-9edc-58a5-b5af-e2a12995886e");
  CHECK(name_uuid(std::string(200, 'a')) == "7f4631a0-b493-5760-92a5-27e642bfb142");
}
