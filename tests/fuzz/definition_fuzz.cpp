// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "attune/definition.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const attune::Questionnaire starter =
      *attune::check_definition(attune::starter_definition("starter"), {}).questionnaire;
  const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes as text
  (void)attune::check_definition(text, {.expected_id = "", .depth = attune::CheckDepth::full});
  const attune::TextsFile file = attune::check_texts(text, starter, attune::CheckDepth::full);
  if (file.texts) (void)attune::with_texts(starter, *file.texts);
  return 0;
}
