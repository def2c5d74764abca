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
#include "app/version.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

// The commands whose first word is "history", in the order of its page.
const Command* const history_commands[] = {
    &history_list_row,   &history_show_row,      &history_delete_row, &history_undo_row,
    &history_drafts_row, &history_discard_row,   &history_export_row, &history_import_row,
    &history_backup_row, &history_rescore_row,   &history_purge_row,  &history_lock_row,
    &history_unlock_row, &history_passphrase_row};

// They have one line on the start page and a page of their own.
const Command history_row{
    .name = "history",
    .summary = "your records",
    .description =
        R"(Every completed questionnaire is a record in your history, a file that other users of
           this machine can't read. Whoever uses your account can, unless you lock it. What you
           delete can be brought back until you purge it.)",
    .run = nullptr};

// Every other command, by the groups of the start page, which stand in two columns.
struct CommandGroup {
  std::string_view title;
  std::size_t column;
  std::vector<const Command*> commands;
};
const CommandGroup command_groups[] = {
    {"Answer", 0, {&take_row, &next_row, &due_row, &schedule_row}},
    {"Look back", 1, {&trend_row, &progress_row, &moments_row, &relationships_row, &history_row}},
    {"Share", 0, {&report_row, &compare_row}},
    {"Study", 0, {&score_row, &analyze_row, &codebook_row}},
    {"Manage", 1, {&list_row, &show_row, &check_row, &init_row, &wording_row, &completion_row}}};

// What a word is elsewhere, or without its first word; nothing where it is no such word.
std::optional<std::string> command_meant_by(std::string_view word) {
  constexpr std::pair<std::string_view, std::string_view> elsewhere[] = {
      {"remove", "history delete"}, {"rm", "history delete"}, {"log", "history list"},
      {"profile", "history show"},  {"scores", "trend"},      {"version", "--version"}};
  for (const auto& [other, name] : elsewhere) {
    if (word == other) return std::string(name);
  }
  for (const Command* command : history_commands) {
    if (command->name.substr(command->name.find(' ') + 1) == word)
      return std::string(command->name);
  }
  return {};
}

constexpr std::size_t option_column = 28;

std::string option_label(const OptionSpec& option) {
  const std::size_t comma = option.names.find(',');
  std::string label =
      comma == std::string_view::npos
          ? fmt::format("      {}", option.names)
          : fmt::format("  {}, {}", option.names.substr(0, comma), option.names.substr(comma + 1));
  return label.append(needs_value(option) ? " " : "").append(option.metavar);
}

// A page of help, laid out for the terminal: at most 100 columns; texts below what they explain
// where two columns would be too narrow.
class HelpPage {
 public:
  explicit HelpPage(const report::TextStyle& style)
      : columns(std::clamp<std::size_t>(style.width_columns, narrowest, widest)),
        has_ink_(style.colour == report::Colour::on) {}

  [[nodiscard]] std::string bold(std::string_view title) const {
    return has_ink_ ? fmt::format("\x1B[1m{}\x1B[0m", title) : std::string(title);
  }

  void add_heading(std::string_view title) { text += fmt::format("\n{}\n\n", bold(title)); }

  // `words`, wrapped in a column of its own, behind `line` or below it where that is too long.
  void add(std::string line, std::string_view words, std::size_t column) {
    if (columns < narrowest_pair) column = std::min<std::size_t>(column, 8);
    if (!line.empty() && line.size() + 2 > column) {
      text += line + '\n';
      line.clear();
    }
    std::string spaced(words);
    std::ranges::replace(spaced, '\n', ' ');
    for (const std::string& part : wrap(spaced, columns - column)) {
      text += pad_right(line, column) + part + '\n';
      line.clear();
    }
  }

  const std::size_t columns;
  std::string text;

 private:
  static constexpr std::size_t narrowest = 20;
  static constexpr std::size_t narrowest_pair = 60;
  static constexpr std::size_t widest = 100;
  bool has_ink_;
};

// Each command with what it does, to be read aloud.
void add_sentences(HelpPage& page) {
  for (const CommandGroup& group : command_groups) {
    std::vector<std::string> parts;
    for (const Command* command : group.commands) {
      parts.push_back(fmt::format("{}: {}", command->name, command->summary));
    }
    page.add("", fmt::format("{}. {}.", group.title, joined(parts, "; ")), 0);
  }
}

// The names alone, a group after the other, for narrow terminals.
void add_names(HelpPage& page) {
  constexpr std::size_t title_columns = 11;
  for (const CommandGroup& group : command_groups) {
    std::vector<std::string> names;
    for (const Command* command : group.commands) names.emplace_back(command->name);
    std::string title = page.bold(pad_right(group.title, title_columns));
    for (const std::string& line : wrap(joined(names, ", "), page.columns - title_columns)) {
      page.text += std::exchange(title, std::string(title_columns, ' ')) + line + '\n';
    }
  }
}

// Groups in two columns, a line for each command.
void add_groups(HelpPage& page) {
  constexpr std::size_t side_columns = 40;
  constexpr std::size_t name_columns[] = {12, 17};
  std::vector<std::string> sides[2];
  for (const CommandGroup& group : command_groups) {
    std::vector<std::string>& side = sides[group.column];
    if (!side.empty()) side.emplace_back();
    side.emplace_back(group.title);
    for (const Command* command : group.commands) {
      const std::string name = fmt::format("  {}", command->name);
      side.push_back(pad_right(name, name_columns[group.column]).append(command->summary));
    }
  }
  const auto inked = [&](const std::string& line) {
    return line.empty() || line.front() == ' ' ? line : page.bold(line);
  };
  const std::size_t rows = std::max(sides[0].size(), sides[1].size());
  for (std::vector<std::string>& side : sides) side.resize(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string& right = sides[1][i];
    const std::string left = right.empty() ? sides[0][i] : pad_right(sides[0][i], side_columns);
    page.text += inked(left) + inked(right) + '\n';
  }
}

// What bare `attune` and `attune --help` print, in at most 20 lines: purpose, commands, where to
// go on.
std::string start_page(const report::TextStyle& style, std::string_view how_to_go_on) {
  constexpr std::size_t columns_side_by_side = 79;
  HelpPage page(style);
  const auto add = [&](std::string_view words) {
    page.text += wrap_words(words, page.columns) + '\n';
  };
  add("attune: private, offline self-assessment of adult attachment; not a diagnosis\n");
  if (!style.pictures) {
    add_sentences(page);
  } else if (page.columns >= columns_side_by_side) {
    add_groups(page);
  } else {
    add_names(page);
  }
  add(page.columns < columns_side_by_side
          ? "\nattune COMMAND --help explains one."
          : "\nattune COMMAND --help explains a command; man attune is the manual.");
  add(how_to_go_on);
  return page.text;
}

std::string history_page(const report::TextStyle& style) {
  HelpPage page(style);
  page.text = page.bold("Usage:") + " attune history COMMAND [OPTIONS]\n\n";
  page.add("", history_row.description, 0);
  page.add_heading("Commands");
  for (const Command* command : history_commands) {
    page.add(fmt::format("  {}", command->name), command->summary, option_column - 2);
  }
  page.text += "\nattune history COMMAND --help explains one.\n";
  return page.text;
}

// Usage, description, examples, options.
std::string command_page(const Command& command, const report::TextStyle& style) {
  const OperandSpec& operands = command.operands;
  HelpPage page(style);
  std::string usage = fmt::format("attune {}", command.name);
  if (operands.max > 0) {
    const bool must = operands.min > 0;
    usage += fmt::format(" {}{}{}", must ? "" : "[", operands.metavar, must ? "" : "]");
  }
  page.text = fmt::format("{} {}\n\n", page.bold("Usage:"),
                          wrap_words("       " + usage + " [OPTIONS]", page.columns).substr(7));
  page.add("", command.description, 0);
  page.add_heading("Examples");
  for (const Example& example : command.examples) {
    page.text += fmt::format("  {}\n", example.line);  // whole, so that it can be copied
    page.add("", example.meaning, 6);
  }
  page.add_heading("Options");
  for (const OptionSpec& option : options_of(command)) {
    page.add(option_label(option), option.help, option_column);
  }
  return page.text;
}

bool is_help_option(const std::string& word) { return word == "--help" || word == "-h"; }
bool is_help(const std::string& word) { return is_help_option(word) || word == "help"; }

// The page that `words` ask for; nothing where they name a command to run, or are none.
std::optional<std::string> asked_page(std::span<const std::string> words,
                                      const report::TextStyle& style) {
  if (words.empty()) return {};
  if (words[0] == "--version" || words[0] == "-V") {
    const bool is_verbose = words.size() > 1 && words[1] == "--verbose";
    return is_verbose ? std::string(version_details) : "attune " ATTUNE_VERSION "\n";
  }
  const bool is_about = is_help(words[0]);
  if (is_about) words = words.subspan(1);
  if (words.empty() || (is_about && is_help(words[0]))) return start_page(style, how_to_begin);
  if (words[0] == history_row.name && (words.size() == 1 || is_help(words[1]))) {
    return history_page(style);
  }
  const Command& command = take_command(words);
  const auto end = std::ranges::find(words, "--");
  const bool asks = is_about || std::any_of(words.begin(), end, is_help_option);
  return asks ? std::optional(command_page(command, style)) : std::nullopt;
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
    } else if (given[i] == "--plain") {
      setenv("ACCESSIBLE", "1", 1);
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

ExitStatus show_page(Streams& streams, const std::string& page) {
  if (!show_in_pager(streams, page)) streams.out.write(page);
  return ExitStatus::done;
}

ExitStatus dispatch(std::span<const std::string> given, Streams& streams) {
  const std::vector<std::string> kept = take_common(given, streams);
  std::span<const std::string> words = kept;
  const Environment environment;
  const report::TextStyle style = text_style(environment, streams);
  if (const auto page = asked_page(words, style)) return show_page(streams, *page);
  const Command* command = words.empty() ? nullptr : &take_command(words);
  Arguments arguments;
  if (command != nullptr) {
    arguments = parse_arguments(command->name, options_of(*command), command->operands, words);
    if (arguments.has("--help")) return show_page(streams, command_page(*command, style));  // -qh
  }
  const auto passphrase = passphrase_source(arguments, long_name(passphrase_option));
  check_time_zone(environment);
  const Clock clock = Clock::make(environment.value("ATTUNE_NOW"));
  Random random = Random::make(environment.value("ATTUNE_SEED"));
  const store::Paths paths = paths_of(environment);
  World world{streams,
              environment,
              clock,
              random,
              paths,
              store::Catalogue(paths.definitions),
              passphrase_asker(passphrase, streams)};
  if (command == nullptr) {  // not in a pager: the last line is what matters
    streams.out.write(start_page(style, how_to_go_on(world)));
    return ExitStatus::done;
  }
  try {
    return command->run(arguments, world);
  } catch (Error& error) {
    const bool takes_file = command->operands.metavar.find("FILE") != std::string_view::npos;
    const auto name = first_operand(arguments);
    if (takes_file && name) name_file_here(error, command->name, *name);
    throw;
  }
}

}  // namespace

std::vector<const Command*> commands() {
  std::vector<const Command*> all;
  for (const CommandGroup& group : command_groups) {
    for (const Command* command : group.commands) {
      if (command != &history_row) {
        all.push_back(command);
      } else {
        all.insert(all.end(), std::begin(history_commands), std::end(history_commands));
      }
    }
  }
  return all;
}

const Command& take_command(std::span<const std::string>& words) {
  const bool in_history = words[0] == history_row.name;
  const std::string name = in_history ? words[0] + " " + words[1] : words[0];
  std::vector<std::string> known;
  if (!in_history) known = {"help", "--version", std::string(history_row.name)};
  for (const Command* command : commands()) {
    if (command->name == name) {
      words = words.subspan(in_history ? 2 : 1);
      return *command;
    }
    if (command->name.starts_with("history ") == in_history) known.emplace_back(command->name);
  }
  std::vector<std::string> near = nearest(name, known);
  if (const auto meant = command_meant_by(words[in_history ? 1 : 0])) near = {*meant};
  throw usage_error(
      "",
      fmt::format("unknown {} '{}'", name.starts_with('-') ? "option" : "command", escape(name)),
      near.empty() ? fmt::format("attune {}--help lists the commands", in_history ? "history " : "")
                   : fmt::format("did you mean {}?", join_or(near)));
}

std::vector<OptionSpec> options_of(const Command& command) {
  std::vector<OptionSpec> options(command.options.begin(), command.options.end());
  const auto has = [&](std::string_view name) {
    return std::ranges::find(options, name, long_name) != options.end();
  };
  if (has("--format") && !has("--output")) {
    options.insert(options.end(), std::begin(printing_options), std::end(printing_options));
  }
  if (command.opens_history == OpensHistory::yes) options.push_back(passphrase_option);
  options.insert(options.end(), std::begin(common_options), std::end(common_options));
  return options;
}

ExitStatus run(std::span<const std::string> words, Streams& streams) {
  ExitStatus status = ExitStatus::internal;
  try {
    status = dispatch(words, streams);
  } catch (const store::LoadError& error) {
    status = report(streams, error);
  } catch (const Error& error) {
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
