// SPDX-License-Identifier: MIT
#include "definition/languages.hpp"

#include <algorithm>

namespace attune::detail {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_alphanumeric(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

bool is_language(std::string_view tag) {
  const std::size_t end = std::min(tag.find('-'), tag.size());
  const std::string_view language = tag.substr(0, end);
  if (language.size() < 2 || language.size() > 3 || tag.size() > 35) return false;
  if (!std::all_of(language.begin(), language.end(), is_lower)) return false;
  tag.remove_prefix(end);
  while (!tag.empty()) {
    tag.remove_prefix(1);
    const std::string_view subtag = tag.substr(0, tag.find('-'));
    if (subtag.empty() || subtag.size() > 8) return false;
    if (!std::all_of(subtag.begin(), subtag.end(), is_alphanumeric)) return false;
    tag.remove_prefix(subtag.size());
  }
  return true;
}

std::string read_language(TableReader& table) {
  std::string language = table.text("language");
  if (!language.empty() && !is_language(language)) {
    table.error("language", quoted(language) + " is not a language tag",
                "write a tag such as 'en' or 'pt-BR'");
  }
  return language;
}

}  // namespace attune::detail
