// SPDX-License-Identifier: MIT
#include "app/format.hpp"

#include <array>

#include "app/messages.hpp"

namespace attune {
namespace {

constexpr std::array<std::string_view, 6> names{"text", "json", "csv", "markdown", "html", "svg"};

}  // namespace

Result<Format> format_of(const Arguments& arguments, std::span<const Format> known) {
  const auto value = arguments.value("--format");
  if (!value) return Format::text;
  std::vector<std::string> candidates;
  for (const Format format : known) {
    candidates.emplace_back(names[static_cast<std::size_t>(format)]);
    if (candidates.back() == *value) return format;
  }
  return unknown_name(ErrorKind::usage, "--format", *value, candidates);
}

}  // namespace attune
