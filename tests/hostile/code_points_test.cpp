// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <string>
#include <utf8proc.h>

#include "attune/text.hpp"

#include "definition/toml.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

constexpr char32_t last_code_point = 0x10FFFF;

// What can't be seen and still belongs into texts: joiners of scripts and of pictures, and the
// selectors of a character's form.
bool shapes_its_neighbour(char32_t code) {
  const bool joiner = code == 0x200C || code == 0x200D || code == 0x034F;
  const bool mongolian = (code >= 0x180B && code <= 0x180D) || code == 0x180F;
  return joiner || mongolian || (code >= 0xFE00 && code <= 0xFE0F);
}

// Not given yet, and to be ignored by what does not know them: DerivedCoreProperties of Unicode 15,
// Default_Ignorable_Code_Point; utf8proc knows nothing of what is not given.
bool is_reserved_to_be_ignored(char32_t code) {
  return code == 0x2065 || (code >= 0xFFF0 && code <= 0xFFF8) ||
         (code >= 0xE0000 && code <= 0xE0FFF);
}

bool is_explicit_direction(utf8proc_propval_t direction) {
  switch (direction) {
    case UTF8PROC_BIDI_CLASS_LRE:
    case UTF8PROC_BIDI_CLASS_RLE:
    case UTF8PROC_BIDI_CLASS_LRO:
    case UTF8PROC_BIDI_CLASS_RLO:
    case UTF8PROC_BIDI_CLASS_PDF:
    case UTF8PROC_BIDI_CLASS_LRI:
    case UTF8PROC_BIDI_CLASS_RLI:
    case UTF8PROC_BIDI_CLASS_FSI:
    case UTF8PROC_BIDI_CLASS_PDI:
      return true;
    default:
      return false;
  }
}

// The rule by the properties of Unicode, as utf8proc has them, and not by ranges: control
// characters, separators of lines, surrogates, non-characters, what steers the direction of
// writing, what annotates, and what is ignored when shown.
bool should_be_refused(char32_t code) {
  if (code == '\n') return false;
  if ((code & 0xFFFEU) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF)) return true;
  const auto point = static_cast<utf8proc_int32_t>(code);
  const utf8proc_property_t& property = *utf8proc_get_property(point);
  switch (property.category) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      break;
  }
  if (is_explicit_direction(property.bidi_class) || is_reserved_to_be_ignored(code)) return true;
  const bool annotates = code >= 0xFFF9 && code <= 0xFFFB;
  return annotates || (property.ignorable != 0 && !shapes_its_neighbour(code));
}

std::string encoded(char32_t code) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

bool is_surrogate(char32_t code) { return code >= 0xD800 && code <= 0xDFFF; }

}  // namespace

TEST_CASE("each of the 1,114,112 code points is accepted or refused by its Unicode properties") {
  std::size_t accepted = 0;
  std::size_t refused = 0;
  for (char32_t code = 0; code <= last_code_point; ++code) {
    const bool refuse = should_be_refused(code);
    ++(refuse ? refused : accepted);
    if (is_printable(code) == refuse)
      FAIL_CHECK(fmt::format("U+{:04X}", static_cast<unsigned>(code)));
  }
  CHECK(accepted + refused == 1'114'112);
  MESSAGE("hostile code points: " << accepted << " accepted, " << refused << " refused or escaped");
}

TEST_CASE("a code point that is refused is escaped, and one that is accepted stays as it is") {
  for (char32_t code = 0; code <= last_code_point; ++code) {
    if (is_surrogate(code)) continue;
    const std::string text = "a" + encoded(code) + "b";
    const std::string kept = code == '\n' ? "a\\x0Ab" : text;
    const auto number = static_cast<unsigned>(code);
    const std::string visible =
        code < 0x80 ? fmt::format("a\\x{:02X}b", number) : fmt::format("a\\u{{{:X}}}b", number);
    const std::string wanted = should_be_refused(code) ? visible : kept;
    if (escape(text) != wanted) FAIL_CHECK(fmt::format("U+{:04X}", number));
  }
}

TEST_CASE("a definition with a code point that is refused is not read, wherever that stands") {
  for (char32_t code = 0; code <= last_code_point; ++code) {
    if (is_surrogate(code)) continue;
    const std::string text = "# " + encoded(code) + "z\n";
    definition::Findings findings;
    const bool passes = definition::passes_text_gate(text, findings);
    const bool wanted = code == '\t' || !should_be_refused(code);
    if (passes != wanted) FAIL_CHECK(fmt::format("U+{:04X}", static_cast<unsigned>(code)));
  }
}

TEST_CASE("surrogates and what is beyond the last code point are not UTF-8") {
  for (unsigned code = 0xD800; code <= 0xDFFF; ++code) {
    const std::string text{static_cast<char>(0xE0U | (code >> 12U)),
                           static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
                           static_cast<char>(0x80U | (code & 0x3FU))};
    if (invalid_utf8(text) != 0) FAIL_CHECK(fmt::format("U+{:04X}", code));
  }
  for (const char* text :
       {"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE"}) {
    CHECK(invalid_utf8(text) == 0);
  }
}
