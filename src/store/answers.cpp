// SPDX-License-Identifier: MIT
#include "store/answers.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace attune::detail {
namespace {

// The shortest text that reads back as the same double.
std::string exact_text(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

std::optional<double> exact_number(std::string_view text) {
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string joined(const ChosenIds& ids) {
  std::string text;
  for (const std::string& id : ids) {
    if (!text.empty()) text += '+';
    text += id;
  }
  return text;
}

ChosenIds split(std::string_view text) {
  ChosenIds ids;
  while (!text.empty()) {
    const std::size_t plus = text.find('+');
    ids.emplace_back(text.substr(0, plus));
    if (plus == std::string_view::npos) break;
    text.remove_prefix(plus + 1);
  }
  return ids;
}

// At most eight bytes as a number, the first the least significant on every machine.
std::uint64_t word_of(std::string_view bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), bytes.size());
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

}  // namespace

KeptAnswer kept_answer(const Answer& answer) {
  if (const double* number = std::get_if<double>(&answer)) return {"number", exact_text(*number)};
  if (const ChosenIds* ids = std::get_if<ChosenIds>(&answer)) return {"choices", joined(*ids)};
  if (const std::string* line = std::get_if<std::string>(&answer)) return {"text", *line};
  return {"skipped", ""};
}

std::optional<Answer> answer_of(std::string_view kind, std::string_view value) {
  if (kind == "number") {
    const std::optional<double> number = exact_number(value);
    return number ? std::optional<Answer>(*number) : std::nullopt;
  }
  if (kind == "choices") return Answer(split(value));
  if (kind == "text") return Answer(std::string(value));
  if (kind == "skipped" && value.empty()) return Answer(Skipped{});
  return std::nullopt;
}

Checksum& Checksum::text(std::string_view value) {
  integer(static_cast<std::int64_t>(value.size()));
  constexpr std::size_t step = sizeof(std::uint64_t);
  for (; value.size() >= step; value.remove_prefix(step)) add(word_of(value.substr(0, step)));
  if (!value.empty()) add(word_of(value));
  return *this;
}

Checksum& Checksum::optional_text(const std::optional<std::string>& value) {
  return value ? text(std::string_view(*value)) : integer(-1);
}

Checksum& Checksum::integer(std::int64_t value) {
  add(static_cast<std::uint64_t>(value));
  return *this;
}

Checksum& Checksum::real(double value) { return integer(std::bit_cast<std::int64_t>(value)); }

}  // namespace attune::detail
