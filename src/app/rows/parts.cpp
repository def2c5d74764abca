// SPDX-License-Identifier: MIT
#include "app/rows/parts.hpp"

namespace attune {

std::optional<std::string> first_operand(const Arguments& arguments) {
  if (arguments.operands().empty()) return {};
  return arguments.operands().front();
}

Overwrite overwrite_of(const Arguments& arguments) {
  return arguments.has("--force") ? Overwrite::yes : Overwrite::no;
}

std::optional<std::string> output_of(const Arguments& arguments) {
  std::optional<std::string> output = arguments.value("--output");
  if (output == "-") output.reset();
  return output;
}

Result<std::optional<History>> open_to_read(const World& world) {
  return History::open_read_only(world.paths.data);
}

Result<std::optional<History>> open_to_change(const World& world) {
  Result<std::optional<History>> found = History::open_read_only(world.paths.data);
  if (!found || !*found) return found;
  found->reset();
  Result<History> history = History::open_or_create(world.paths.data);
  if (!history) return history.error();
  return std::optional<History>(*std::move(history));
}

}  // namespace attune
