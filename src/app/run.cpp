// SPDX-License-Identifier: MIT
#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <iterator>
#include <vector>

#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/passphrase.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

// Every command, in the order of the start page.
const Command* const command_table[] = {
    &take_row,
    &trend_row,
    &report_row,
    &relationships_row,
    &compare_row,
    &progress_row,
    &moments_row,
    &next_row,
    &due_row,
    &schedule_row,
    &history_list_row,
    &history_show_row,
    &history_delete_row,
    &history_undo_row,
    &history_drafts_row,
    &history_discard_row,
    &history_export_row,
    &history_import_row,
    &history_backup_row,
    &history_rescore_row,
    &history_purge_row,
    &history_lock_row,
    &history_unlock_row,
    &history_passphrase_row,
    &score_row,
    &analyze_row,
    &list_row,
    &show_row,
    &codebook_row,
    &check_row,
    &init_row,
    &wording_row,
};

// Commands that share a first word: the start page has one line for them all.
struct CommandGroup {
  std::string_view name;
  std::string_view summary;
  std::string_view description;  // a paragraph for the page of the group
};

constexpr CommandGroup group_table[] = {
    {"history", "your records: list, show, delete, undo, export, lock, ...",
     R"(Every completed questionnaire is a record in your history, a file that only you can read.
        What you delete can be brought back until you purge it.)"},
};

const CommandGroup* find_group(std::string_view name) {
  const auto found = std::find_if(std::begin(group_table), std::end(group_table),
                                  [&](const CommandGroup& group) { return group.name == name; });
  return found == std::end(group_table) ? nullptr : &*found;
}

// The group of "history list"; null for a command of one word.
const CommandGroup* group_of(const Command& command) {
  return find_group(command.name.substr(0, command.name.find(' ')));
}

// The options of a command and those that all of its kind take.
std::vector<OptionSpec> options_of(const Command& command) {
  std::vector<OptionSpec> options(command.options.begin(), command.options.end());
  if (command.opens_history == OpensHistory::yes) options.push_back(passphrase_option);
  return options;
}

// A command and the words after its name.
struct Call {
  const Command& command;
  std::span<const std::string> words;
};

// What can stand first on the command line, or the whole names of a group's commands.
std::vector<std::string> known_commands(const CommandGroup* group) {
  std::vector<std::string> names;
  if (group == nullptr) names.emplace_back("help");
  for (const Command* command : command_table) {
    const CommandGroup* own = group_of(*command);
    if (group != nullptr && own != group) continue;
    std::string name(group == nullptr && own != nullptr ? own->name : command->name);
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  return names;
}

Error unknown_command(std::string_view name, const CommandGroup* group) {
  Error error = unknown_name(ErrorKind::usage, "", name, known_commands(group));
  error.message =
      fmt::format("unknown {} '{}'", name.starts_with('-') ? "option" : "command", escape(name));
  if (error.advice.empty() || error.advice.front().starts_with("known")) {
    error.advice = {fmt::format("attune {}--help lists the commands",
                                group == nullptr ? "" : std::string(group->name) + " ")};
  }
  return error;
}

// Precondition: there is a first word, and a second where the first names a group.
Call find_command(std::span<const std::string> words) {
  const CommandGroup* group = find_group(words.front());
  const std::string name = group == nullptr ? words[0] : words[0] + " " + words[1];
  for (const Command* command : command_table) {
    if (command->name == name) return {*command, words.subspan(group == nullptr ? 1 : 2)};
  }
  throw unknown_command(name, group);
}

// Pages of help have at most 80 columns.
constexpr std::size_t page_columns = 80;
constexpr std::size_t option_column = 24;

std::vector<std::string> paragraph(std::string_view text, std::size_t columns) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '\n', ' ');
  return wrap(spaced, columns);
}

void add_wrapped(std::string& page, std::string_view text, std::size_t indent) {
  for (const std::string& line : paragraph(text, page_columns - indent)) {
    page += std::string(indent, ' ') + line + '\n';
  }
}

// "  left   text", the text wrapped in its own column, below `left` when that is too long.
void add_entry(std::string& page, std::string_view left, std::string_view text,
               std::size_t column) {
  std::string line = "  " + std::string(left);
  if (line.size() + 2 > column) {
    page += line + '\n';
    line.clear();
  }
  for (const std::string& part : paragraph(text, page_columns - column)) {
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

// What bare `attune` and `attune --help` print: purpose, commands, where to go on.
std::string start_page() {
  std::string page =
      "attune: a private, offline self-assessment of adult attachment\n\n"
      "Begin with\n\n"
      "  attune take             answer the questionnaire and read your profile\n\n"
      "Commands\n\n";
  const CommandGroup* last = nullptr;
  for (const Command* command : command_table) {
    const CommandGroup* group = group_of(*command);
    if (group == nullptr) {
      add_entry(page, command->name, command->summary, option_column + 2);
    } else if (group != last) {
      add_entry(page, group->name, group->summary, option_column + 2);
    }
    last = group;
  }
  page +=
      "\nattune COMMAND --help explains a command; man attune has the whole manual.\n"
      "Your answers stay on this machine. This is not a diagnosis.\n";
  return page;
}

std::string group_page(const CommandGroup& group) {
  std::string page = fmt::format("Usage: attune {} COMMAND [OPTIONS]\n\n", group.name);
  add_wrapped(page, group.description, 0);
  page += "\nCommands\n\n";
  for (const Command* command : command_table) {
    if (group_of(*command) != &group) continue;
    add_entry(page, command->name, command->summary, option_column + 2);
  }
  return page + fmt::format("\nattune {} COMMAND --help explains one.\n", group.name);
}

// Usage, description, examples, options.
std::string command_page(const Command& command) {
  const OperandSpec& operands = command.operands;
  std::string page = fmt::format("Usage: attune {}", command.name);
  if (operands.max > 0) {
    const bool must = operands.min > 0;
    page += fmt::format(" {}{}{}", must ? "" : "[", operands.metavar, must ? "" : "]");
  }
  page += " [OPTIONS]\n\n";
  add_wrapped(page, command.description, 0);
  page += "\nExamples\n\n";
  for (const Example& example : command.examples) {
    page += fmt::format("  {}\n", example.line);
    add_wrapped(page, example.meaning, 6);
  }
  page += "\nOptions\n\n";
  for (const OptionSpec& option : options_of(command)) {
    add_entry(page, option_label(option), option.help, option_column + 4);
  }
  add_entry(page, "-h, --help", "Show this help.", option_column + 4);
  return page;
}

bool is_help(std::string_view word) { return word == "--help" || word == "-h" || word == "help"; }

// The group that the words name without a command of it.
const CommandGroup* named_group(std::span<const std::string> words) {
  const CommandGroup* group = find_group(words.front());
  return words.size() == 1 || is_help(words[1]) ? group : nullptr;
}

// The page about what the words name.
std::string help_page(std::span<const std::string> words) {
  if (words.empty()) return start_page();
  if (const CommandGroup* group = named_group(words)) return group_page(*group);
  return command_page(find_command(words).command);
}

bool asks_for_help(std::span<const std::string> words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), end,
                     [](const std::string& word) { return word == "--help" || word == "-h"; });
}

ExitStatus run_command(const Call& call, Streams& streams) {
  const Arguments arguments = parse_arguments(call.command.name, options_of(call.command),
                                              call.command.operands, call.words);
  const auto passphrase = passphrase_source(arguments, long_name(passphrase_option));
  const Environment environment;
  const Clock clock = Clock::make(environment.value("ATTUNE_NOW"));
  Random random = Random::make(environment.value("ATTUNE_SEED"));
  World world{streams, environment,           clock,
              random,  paths_of(environment), passphrase_asker(passphrase, streams)};
  return call.command.run(arguments, world);
}

ExitStatus show(std::string_view text, Streams& streams) {
  streams.out.write(text);
  return ExitStatus::done;
}

ExitStatus dispatch(std::span<const std::string> words, Streams& streams) {
  if (words.empty()) return show(start_page(), streams);
  const std::string& first = words.front();
  if (first == "--version" || first == "-V") return show("attune " ATTUNE_VERSION "\n", streams);
  if (is_help(first)) return show(help_page(words.subspan(1)), streams);
  if (named_group(words) != nullptr) return show(help_page(words), streams);
  const Call call = find_command(words);
  if (asks_for_help(call.words)) return show(command_page(call.command), streams);
  return run_command(call, streams);
}

ExitStatus internal_error(Streams& streams, const char* what) {
  return report(streams, Error{ErrorKind::internal,
                               fmt::format("something went wrong inside attune: {}", what),
                               "",
                               {"answers that were confirmed before are kept"}});
}

}  // namespace

ExitStatus run(std::span<const std::string> words, Streams& streams) {
  ExitStatus status = ExitStatus::internal;
  try {
    status = dispatch(words, streams);
  } catch (const Error& error) {
    status = report(streams, error);
  } catch (const store::LoadError& error) {
    status = report(streams, error);
  } catch (const std::exception& exception) {
    status = internal_error(streams, exception.what());
  }
  if (!streams.out.flush()) {
    const std::string reason = store::reason_of(streams.out.error());
    report(streams, Error{ErrorKind::io, "can't be written: " + reason, "standard output", {}});
    if (status == ExitStatus::done || status == ExitStatus::no) status = ExitStatus::io;
  }
  streams.err.flush();
  return status;
}

}  // namespace attune::app
