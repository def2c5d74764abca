// SPDX-License-Identifier: MIT
#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <optional>
#include <utility>
#include <vector>

#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/options.hpp"
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
    &completion_row,
};

// The commands that share a first word: the start page has one line for them all.
constexpr std::string_view group_name = "history";
constexpr std::string_view group_summary =
    "your records: list, show, delete, undo, export, lock, ...";
constexpr std::string_view group_description =
    R"(Every completed questionnaire is a record in your history, a file that other users of this
       machine can't read. Whoever uses your account can, unless you lock it. What you delete can be
       brought back until you purge it.)";

bool is_grouped(const Command& command) { return command.name.find(' ') != std::string_view::npos; }

// No command has this name. What else there is: the commands of the group where it is named, else
// what can stand first on the command line.
Error unknown_command(const std::string& name, bool in_group) {
  std::vector<std::string> known;
  if (!in_group) known = {"help", "--version", std::string(group_name)};
  for (const Command* command : command_table) {
    if (is_grouped(*command) == in_group) known.emplace_back(command->name);
  }
  const std::vector<std::string> near = nearest(name, known);
  return usage_error(
      "",
      fmt::format("unknown {} '{}'", name.starts_with('-') ? "option" : "command", escape(name)),
      near.empty() ? fmt::format("attune {}--help lists the commands", in_group ? "history " : "")
                   : fmt::format("did you mean {}?", join_or(near)));
}

// The command that `words` begin with, which are taken off. Precondition: there is a first word,
// and a second where the first names the group.
const Command& take_command(std::span<const std::string>& words) {
  const bool in_group = words[0] == group_name;
  const std::string name = in_group ? words[0] + " " + words[1] : words[0];
  for (const Command* command : command_table) {
    if (command->name != name) continue;
    words = words.subspan(in_group ? 2 : 1);
    return *command;
  }
  throw unknown_command(name, in_group);
}

// Pages of help have at most 80 columns.
constexpr std::size_t page_columns = 80;
constexpr std::size_t option_column = 24;

// `text`, wrapped in a column of its own, behind `line` or below it where that is too long.
void add_text(std::string& page, std::string line, std::string_view text, std::size_t column) {
  if (!line.empty() && line.size() + 2 > column) {
    page += line + '\n';
    line.clear();
  }
  std::string spaced(text);
  std::ranges::replace(spaced, '\n', ' ');
  for (const std::string& part : wrap(spaced, page_columns - column)) {
    page += pad_right(line, column) + part + '\n';
    line.clear();
  }
}

void add_command(std::string& page, std::string_view name, std::string_view summary) {
  add_text(page, fmt::format("  {}", name), summary, option_column + 2);
}

std::string option_label(const OptionSpec& option) {
  const std::size_t comma = option.names.find(',');
  std::string label =
      comma == std::string_view::npos
          ? fmt::format("      {}", option.names)
          : fmt::format("  {}, {}", option.names.substr(0, comma), option.names.substr(comma + 1));
  if (option.metavar.empty()) return label;
  return label + (option.value == Value::optional ? fmt::format("[={}]", option.metavar)
                                                  : fmt::format(" {}", option.metavar));
}

// What bare `attune` and `attune --help` print: purpose, commands, where to go on.
std::string start_page() {
  std::string page =
      "attune: a private, offline self-assessment of adult attachment\n\n"
      "Begin with\n\n"
      "  attune take             answer the questionnaire and read your profile\n\n"
      "Commands\n\n";
  bool has_group = false;
  for (const Command* command : command_table) {
    if (!is_grouped(*command)) {
      add_command(page, command->name, command->summary);
    } else if (!std::exchange(has_group, true)) {
      add_command(page, group_name, group_summary);
    }
  }
  page +=
      "\nattune COMMAND --help explains a command; man attune has the whole manual.\n"
      "Your answers stay on this machine. This is not a diagnosis.\n";
  return page;
}

std::string group_page() {
  std::string page = fmt::format("Usage: attune {} COMMAND [OPTIONS]\n\n", group_name);
  add_text(page, "", group_description, 0);
  page += "\nCommands\n\n";
  for (const Command* command : command_table) {
    if (is_grouped(*command)) add_command(page, command->name, command->summary);
  }
  return page + fmt::format("\nattune {} COMMAND --help explains one.\n", group_name);
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
  add_text(page, "", command.description, 0);
  page += "\nExamples\n\n";
  for (const Example& example : command.examples) {
    page += fmt::format("  {}\n", example.line);
    add_text(page, "", example.meaning, 6);
  }
  page += "\nOptions\n\n";
  for (const OptionSpec& option : options_of(command)) {
    add_text(page, option_label(option), option.help, option_column + 4);
  }
  add_text(page, "  -h, --help", "Show this help.", option_column + 4);
  return page;
}

bool is_help_option(const std::string& word) { return word == "--help" || word == "-h"; }
bool is_help(const std::string& word) { return is_help_option(word) || word == "help"; }

// Whether the words name the group without a command of it.
bool names_group(std::span<const std::string> words) {
  return words[0] == group_name && (words.size() == 1 || is_help(words[1]));
}

// The page that `words` ask for; nothing where they name a command to run.
std::optional<std::string> asked_page(std::span<const std::string> words) {
  if (words.empty()) return start_page();
  if (words[0] == "--version" || words[0] == "-V") return "attune " ATTUNE_VERSION "\n";
  const bool is_about = is_help(words[0]);
  if (is_about) words = words.subspan(1);
  if (words.empty() || (is_about && is_help(words[0]))) return start_page();
  if (names_group(words)) return group_page();
  const Command& command = take_command(words);
  const auto end = std::ranges::find(words, "--");
  if (is_about || std::any_of(words.begin(), end, is_help_option)) return command_page(command);
  return {};
}

// Takes off what may stand anywhere before "--", and keeps it in `streams`.
std::vector<std::string> take_common(std::span<const std::string> given, Streams& streams) {
  const Environment environment;
  streams.pager = pager_of(environment, streams);
  const auto forced = environment.value("CLICOLOR_FORCE");
  if (forced && *forced != "0" && !environment.value("NO_COLOR")) streams.colour = true;
  std::vector<std::string> words;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] == "--") {
      words.insert(words.end(), given.begin() + static_cast<std::ptrdiff_t>(i), given.end());
      break;
    }
    const bool is_bare = given[i] == "--color";
    if (given[i] == "--no-pager") {
      streams.pager.clear();
    } else if (is_bare || given[i].starts_with("--color=")) {
      const std::string when = !is_bare ? given[i].substr(8) : ++i < given.size() ? given[i] : "";
      const std::vector<std::string> known{"auto", "always", "never"};
      if (std::ranges::find(known, when) == known.end()) {
        throw unknown_name(ErrorKind::usage, "--color", when, known);
      }
      streams.colour.reset();
      if (when != "auto") streams.colour = when == "always";
    } else {
      words.push_back(given[i]);
    }
  }
  return words;
}

ExitStatus dispatch(std::span<const std::string> given, Streams& streams) {
  const std::vector<std::string> kept = take_common(given, streams);
  std::span<const std::string> words = kept;
  if (const auto page = asked_page(words)) {
    if (!show_in_pager(streams, *page)) streams.out.write(*page);
    return ExitStatus::done;
  }
  const Command& command = take_command(words);
  const Arguments arguments =
      parse_arguments(command.name, options_of(command), command.operands, words);
  const auto passphrase = passphrase_source(arguments, long_name(passphrase_option));
  const Environment environment;
  check_time_zone(environment);
  const Clock clock = Clock::make(environment.value("ATTUNE_NOW"));
  Random random = Random::make(environment.value("ATTUNE_SEED"));
  World world{streams, environment,           clock,
              random,  paths_of(environment), passphrase_asker(passphrase, streams)};
  return command.run(arguments, world);
}

}  // namespace

std::span<const Command* const> commands() { return command_table; }

std::vector<OptionSpec> options_of(const Command& command) {
  std::vector<OptionSpec> options(command.options.begin(), command.options.end());
  const auto has = [&](std::string_view name) {
    return std::ranges::find(options, name, long_name) != options.end();
  };
  if (has("--format") && !has("--output")) {
    options.insert(options.end(), std::begin(printing_options), std::end(printing_options));
  }
  if (command.opens_history == OpensHistory::yes) options.push_back(passphrase_option);
  return options;
}

ExitStatus run(std::span<const std::string> words, Streams& streams) {
  ExitStatus status = ExitStatus::internal;
  try {
    status = dispatch(words, streams);
  } catch (const Error& error) {
    status = report(streams, error);
  } catch (const store::LoadError& error) {
    status = report(streams, error);
  } catch (const std::exception& exception) {
    status = report(
        streams, Error(ErrorKind::internal,
                       fmt::format("something went wrong inside attune: {}", exception.what()), "",
                       {"answers that were confirmed before are kept"}));
  }
  if (!streams.out.flush()) {
    const std::string reason = store::reason_of(streams.out.error());
    report(streams, Error(ErrorKind::io, "can't be written: " + reason, "standard output"));
    if (status == ExitStatus::done || status == ExitStatus::no) status = ExitStatus::io;
  }
  streams.err.flush();
  return status;
}

}  // namespace attune::app
