// SPDX-License-Identifier: MIT
#include "app/help.hpp"

#include <algorithm>

#include "attune/text.hpp"

namespace attune {
namespace {

constexpr std::size_t page_columns = 80;
constexpr std::size_t option_column = 24;

void add_wrapped(std::string& page, std::string_view text, std::size_t indent) {
  for (const std::string& line : wrap(text, page_columns - indent)) {
    page += std::string(indent, ' ') + line + '\n';
  }
}

// "  left   text", the text wrapped in its own column, below `left` when that is too long.
void add_row(std::string& page, std::string_view left, std::string_view text, std::size_t column) {
  std::string line = "  " + std::string(left);
  if (line.size() + 2 > column) {
    page += line + '\n';
    line.clear();
  }
  for (const std::string& part : wrap(text, page_columns - column)) {
    page += pad_right(line, column) + part + '\n';
    line.clear();
  }
}

std::string option_label(const OptionSpec& option) {
  const std::size_t comma = option.names.find(',');
  std::string label = comma == std::string_view::npos
                          ? "    " + std::string(option.names)
                          : std::string(option.names.substr(0, comma)) + ", " +
                                std::string(option.names.substr(comma + 1));
  if (option.value == Value::required) label += " " + std::string(option.metavar);
  if (option.value == Value::optional) label += "[=" + std::string(option.metavar) + "]";
  return label;
}

std::string usage(const Command& command) {
  std::string line = "Usage: attune " + std::string(command.name);
  if (command.operands.max > 0) {
    const bool must = command.operands.min > 0;
    line += must ? " " : " [";
    line += command.operands.metavar;
    if (!must) line += ']';
  }
  return line + " [OPTIONS]\n";
}

}  // namespace

std::string start_page() {
  std::string page =
      "attune: a private, offline self-assessment of adult attachment\n\n"
      "Begin with\n\n"
      "  attune take             answer the questionnaire and read your profile\n\n"
      "Commands\n\n";
  std::string_view group;
  for (const Command* command : commands()) {
    const std::string_view own_group = group_of(*command);
    if (own_group.empty()) {
      add_row(page, command->name, command->summary, option_column + 2);
    } else if (own_group != group) {
      add_row(page, own_group, find_group(own_group)->summary, option_column + 2);
    }
    group = own_group;
  }
  page +=
      "\nattune COMMAND --help explains a command; man attune has the whole manual.\n"
      "Your answers stay on this machine. This is not a diagnosis.\n";
  return page;
}

std::string group_help(const CommandGroup& group) {
  std::string page = "Usage: attune " + std::string(group.name) + " COMMAND [OPTIONS]\n\n";
  add_wrapped(page, group.description, 0);
  page += "\nCommands\n\n";
  for (const Command* command : commands()) {
    if (group_of(*command) != group.name) continue;
    add_row(page, command->name, command->summary, option_column + 2);
  }
  return page + "\nattune " + std::string(group.name) + " COMMAND --help explains one.\n";
}

std::string command_help(const Command& command) {
  std::string page = usage(command) + '\n';
  add_wrapped(page, command.description, 0);
  page += "\nExamples\n\n";
  for (const Example& example : command.examples) {
    page += "  " + std::string(example.line) + '\n';
    add_wrapped(page, example.meaning, 6);
  }
  page += "\nOptions\n\n";
  for (const OptionSpec& option : options_of(command)) {
    add_row(page, option_label(option), option.help, option_column + 4);
  }
  add_row(page, "-h, --help", "Show this help.", option_column + 4);
  return page;
}

}  // namespace attune
