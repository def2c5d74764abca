// SPDX-License-Identifier: MIT
#include "app/commands/about.hpp"

#include <fmt/format.h>
#include <vector>

#include "attune/text.hpp"

#include "app/messages.hpp"

namespace attune {

Result<std::size_t> known_about(const Questionnaire& questionnaire, const std::string& name) {
  if (const auto found = find_about(questionnaire, name)) return *found;
  if (questionnaire.abouts.empty()) {
    return Error{ErrorKind::usage,
                 fmt::format("{} is not about a person", questionnaire.id),
                 "--about",
                 {"leave it out"}};
  }
  std::vector<std::string> ids;
  for (const About& about : questionnaire.abouts) ids.push_back(about.id);
  Error error = unknown_name(ErrorKind::usage, "--about", name, ids);
  if (error.advice.empty()) error.advice = {fmt::format("known: {}", join_or(ids))};
  return error;
}

}  // namespace attune
