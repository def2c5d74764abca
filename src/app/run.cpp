// SPDX-License-Identifier: MIT
#include "app/run.hpp"

#include <algorithm>
#include <exception>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/command_table.hpp"
#include "app/help.hpp"
#include "app/messages.hpp"
#include "app/passphrase.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

ExitStatus unknown_command(Streams& streams, std::string_view word,
                           const std::vector<std::string>& names, std::string_view help) {
  const bool option = word.starts_with('-');
  Error error = unknown_name(ErrorKind::usage, "", word, names);
  error.message = fmt::format("unknown {} '{}'", option ? "option" : "command", escape(word));
  if (error.advice.empty() || error.advice.front().starts_with("known")) {
    error.advice = {fmt::format("{} lists the commands", help)};
  }
  return report(streams, error);
}

std::vector<std::string> first_words() {
  std::vector<std::string> names{"help"};
  for (const Command* command : commands()) {
    const std::string_view group = group_of(*command);
    std::string name(group.empty() ? command->name : group);
    if (names.back() != name) names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> commands_of(const CommandGroup& group) {
  std::vector<std::string> names;
  for (const Command* command : commands()) {
    if (group_of(*command) != group.name) continue;
    names.emplace_back(command->name);
  }
  return names;
}

// What the words ask for: a command and the words after its name, or the status of having said that
// there is none.
struct Asked {
  const Command* command = nullptr;
  std::span<const std::string> rest;
  ExitStatus status = ExitStatus::done;
};

bool is_help(std::string_view word) { return word == "--help" || word == "-h" || word == "help"; }

Asked find_in_group(const CommandGroup& group, std::span<const std::string> words,
                    Streams& streams) {
  if (words.empty() || is_help(words.front())) {
    streams.out.write(group_help(group));
    return {};
  }
  const std::string name = fmt::format("{} {}", group.name, words.front());
  if (const Command* command = find_command(name)) return {command, words.subspan(1)};
  return {nullptr,
          {},
          unknown_command(streams, name, commands_of(group),
                          fmt::format("attune {} --help", group.name))};
}

Asked find_asked(std::span<const std::string> words, Streams& streams) {
  if (const CommandGroup* group = find_group(words.front())) {
    return find_in_group(*group, words.subspan(1), streams);
  }
  if (const Command* command = find_command(words.front())) return {command, words.subspan(1)};
  return {nullptr, {}, unknown_command(streams, words.front(), first_words(), "attune --help")};
}

ExitStatus show_help(Streams& streams, std::span<const std::string> words) {
  if (words.empty()) {
    streams.out.write(start_page());
    return ExitStatus::done;
  }
  const Asked asked = find_asked(words, streams);
  if (asked.command != nullptr) streams.out.write(command_help(*asked.command));
  return asked.status;
}

bool asks_for_help(std::span<const std::string> words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), end,
                     [](const std::string& word) { return word == "--help" || word == "-h"; });
}

ExitStatus run_command(const Command& command, std::span<const std::string> words,
                       Streams& streams) {
  const Result<Arguments> arguments =
      parse_arguments(command.name, options_of(command), command.operands, words);
  if (!arguments) return report(streams, arguments.error());
  const auto passphrase = passphrase_source(*arguments, long_name(passphrase_option));
  if (!passphrase) return report(streams, passphrase.error());
  const Environment environment;
  const Result<Clock> clock = Clock::make(environment.value("ATTUNE_NOW"));
  if (!clock) return report(streams, clock.error());
  Result<Random> random = Random::make(environment.value("ATTUNE_SEED"));
  if (!random) return report(streams, random.error());
  World world{streams, environment,           *clock,
              *random, paths_of(environment), passphrase_asker(*passphrase, streams)};
  return command.run(*arguments, world);
}

ExitStatus dispatch(std::span<const std::string> words, Streams& streams) {
  if (words.empty()) return show_help(streams, {});
  const std::string& first = words.front();
  if (first == "--version" || first == "-V") {
    streams.out.write("attune " ATTUNE_VERSION "\n");
    return ExitStatus::done;
  }
  if (is_help(first)) return show_help(streams, words.subspan(1));
  const Asked asked = find_asked(words, streams);
  if (asked.command == nullptr) return asked.status;
  if (asks_for_help(asked.rest)) {
    streams.out.write(command_help(*asked.command));
    return ExitStatus::done;
  }
  return run_command(*asked.command, asked.rest, streams);
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
  } catch (const std::exception& exception) {
    status = internal_error(streams, exception.what());
  }
  if (!streams.out.flush()) {
    const std::string reason = detail::reason_of(streams.out.error());
    report(streams, Error{ErrorKind::io, "can't be written: " + reason, "standard output", {}});
    if (status == ExitStatus::done || status == ExitStatus::no) status = ExitStatus::io;
  }
  streams.err.flush();
  return status;
}

}  // namespace attune
