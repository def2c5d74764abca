// SPDX-License-Identifier: MIT
#include <algorithm>

#include "attune/definition.hpp"
#include "attune/text.hpp"

#include "oracle.hpp"
#include "targets.hpp"

namespace attune::test {

void config_target(std::string_view bytes) {
  const definition::ConfigFile file = definition::check_config(bytes);
  expect_problems_in_order(file.problems, bytes);
  expect(file.contact.has_value() == file.problems.empty(),
         "a configuration, or why there is none");
  if (!file.contact) return;
  const std::string& contact = *file.contact;
  expect(escape(contact) == contact, "the contact is one line that can be shown");
  const auto characters = std::count_if(contact.begin(), contact.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  });
  expect(characters <= 4'000, "the contact is no longer than any other text");
  if (contact.empty()) return;
  const definition::ConfigFile again =
      definition::check_config("contact = " + toml_string(contact) + "\n");
  expect(again.contact == contact, "a contact is read as it is written");
}

}  // namespace attune::test
