// SPDX-License-Identifier: MIT
#include "app/run.hpp"

#include <algorithm>
#include <exception>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/command_table.hpp"
#include "app/help.hpp"
#include "app/messages.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

const Command* find_command(std::string_view name) {
  const auto found = std::find_if(commands().begin(), commands().end(),
                                  [&](const Command& command) { return command.name == name; });
  return found == commands().end() ? nullptr : &*found;
}

ExitStatus unknown_command(Streams& streams, std::string_view word) {
  std::vector<std::string> names{"help"};
  for (const Command& command : commands()) names.emplace_back(command.name);
  const bool option = word.starts_with('-');
  Error error = unknown_name(ErrorKind::usage, "", word, names);
  error.message = fmt::format("unknown {} '{}'", option ? "option" : "command", escape(word));
  if (error.advice.empty() || error.advice.front().starts_with("known")) {
    error.advice = {"attune --help lists the commands"};
  }
  return report(streams, error);
}

ExitStatus show_help(Streams& streams, std::span<const std::string> words) {
  if (words.empty()) {
    streams.out.write(start_page());
    return ExitStatus::done;
  }
  const Command* command = find_command(words.front());
  if (command == nullptr) return unknown_command(streams, words.front());
  streams.out.write(command_help(*command));
  return ExitStatus::done;
}

bool asks_for_help(std::span<const std::string> words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), end,
                     [](const std::string& word) { return word == "--help" || word == "-h"; });
}

ExitStatus run_command(const Command& command, std::span<const std::string> words,
                       Streams& streams) {
  const Result<Arguments> arguments =
      parse_arguments(command.name, command.options, command.operands, words);
  if (!arguments) return report(streams, arguments.error());
  const Environment environment;
  const Result<Clock> clock = Clock::make(environment.value("ATTUNE_NOW"));
  if (!clock) return report(streams, clock.error());
  Result<Random> random = Random::make(environment.value("ATTUNE_SEED"));
  if (!random) return report(streams, random.error());
  World world{streams, environment, *clock, *random, paths_of(environment)};
  return command.run(*arguments, world);
}

ExitStatus dispatch(std::span<const std::string> words, Streams& streams) {
  if (words.empty()) return show_help(streams, {});
  const std::string& first = words.front();
  const auto rest = words.subspan(1);
  if (first == "--version" || first == "-V") {
    streams.out.write("attune " ATTUNE_VERSION "\n");
    return ExitStatus::done;
  }
  if (first == "--help" || first == "-h" || first == "help") return show_help(streams, rest);
  const Command* command = find_command(first);
  if (command == nullptr) return unknown_command(streams, first);
  if (asks_for_help(rest)) {
    streams.out.write(command_help(*command));
    return ExitStatus::done;
  }
  return run_command(*command, rest, streams);
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
