// SPDX-License-Identifier: MIT
#include "definition/text_gate.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>

#include "attune/text.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_text_bytes = std::size_t{1024} * 1024;
constexpr std::size_t max_reports = 20;  // a binary file has thousands of them and one cause

// Bytes that need no closer look: printable ASCII, newline and tab.
constexpr std::array<bool, 256> plain_bytes = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = true;
  plain['\n'] = plain['\t'] = true;
  return plain;
}();

// Whether eight bytes are all printable ASCII: none below 0x20, none above 0x7E. Most of a file
// passes here, eight times as fast as byte by byte.
bool are_printable_ascii(const char* bytes) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  const std::uint64_t below_space = word - 0x2020202020202020U;
  const std::uint64_t above_tilde = word + 0x0101010101010101U;
  return ((word | below_space | above_tilde) & high_bits) == 0;
}

std::size_t after_plain_bytes(std::string_view text, std::size_t at) {
  while (true) {
    while (at + 8 <= text.size() && are_printable_ascii(text.data() + at)) at += 8;
    if (at == text.size() || !plain_bytes[static_cast<unsigned char>(text[at])]) return at;
    ++at;
  }
}

void refuse_character(Offset at, char32_t code_point, Findings& findings) {
  if (code_point == U'\r') {
    findings.error(at, "a carriage return stands without a newline",
                   "end lines with a newline, or with carriage return and newline");
    return;
  }
  findings.error(
      at,
      fmt::format("the character U+{:04X} is not allowed", static_cast<std::uint32_t>(code_point)),
      "control, direction and invisible characters hide what a text says");
}

}  // namespace

Offset start_of_text(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

bool passes_text_gate(std::string_view text, Findings& findings) {
  if (text.size() > max_text_bytes) {
    findings.error(0, "the file is larger than 1 MiB");
    return false;
  }
  std::size_t at = after_plain_bytes(text, start_of_text(text));
  if (at == text.size()) return true;
  const std::size_t end = invalid_utf8(text).value_or(text.size());
  std::size_t reports = 0;
  while (at < end && reports < max_reports) {
    const CodePoint point = first_code_point(text.substr(at));
    if (point.value == U'\r' && at + 1 < text.size() && text[at + 1] == '\n') {
      at += 2;
    } else {
      if (!is_printable(point.value)) {
        refuse_character(static_cast<Offset>(at), point.value, findings);
        ++reports;
      }
      at += point.bytes;
    }
    at = after_plain_bytes(text, at);
  }
  if (end < text.size() && reports < max_reports) {
    findings.error(static_cast<Offset>(end), "the text is not valid UTF-8 from here on",
                   "save the file as UTF-8");
    return false;
  }
  return reports == 0;
}

}  // namespace attune::detail
