// SPDX-License-Identifier: MIT
#include "app/messages.hpp"

#include <fmt/format.h>

#include "attune/text.hpp"

namespace attune {
namespace {
constexpr std::size_t listed_names = 7;
}

ExitStatus exit_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return ExitStatus::usage;
    case ErrorKind::bad_data:
      return ExitStatus::bad_data;
    case ErrorKind::not_found:
      return ExitStatus::not_found;
    case ErrorKind::internal:
      return ExitStatus::internal;
    case ErrorKind::cannot_create:
      return ExitStatus::cannot_create;
    case ErrorKind::io:
      return ExitStatus::io;
    case ErrorKind::busy:
      return ExitStatus::busy;
    case ErrorKind::permission:
      return ExitStatus::permission;
    case ErrorKind::configuration:
      return ExitStatus::configuration;
    case ErrorKind::interrupted:
      return ExitStatus::interrupted;
  }
  return ExitStatus::internal;
}

ExitStatus report(Streams& streams, const Error& error) {
  streams.err.write("attune: ");
  if (!error.place.empty()) streams.err.write(escape(error.place) + ": ");
  streams.err.write(escape(error.message) + "\n");
  for (const std::string& line : error.advice) streams.err.write("  " + escape(line) + "\n");
  streams.err.flush();
  return exit_status(error.kind);
}

ExitStatus report(Streams& streams, const LoadError& error) {
  if (error.problems.empty()) return report(streams, error.error);
  for (const Problem& problem : error.problems) {
    if (problem.severity == Severity::error) {
      write_problem(streams.err, error.path.native(), problem);
    }
  }
  streams.err.flush();
  return exit_status(error.error.kind);
}

void write_problem(Output& output, std::string_view file, const Problem& problem) {
  const bool warning = problem.severity == Severity::warning;
  output.write(fmt::format("{}:{}:{}: {}{}\n", escape(file), problem.line, problem.column,
                           warning ? "warning: " : "", escape(problem.message)));
  if (!problem.advice.empty()) output.write("  " + escape(problem.advice) + "\n");
}

Error unknown_name(ErrorKind kind, std::string_view place, std::string_view name,
                   std::span<const std::string> candidates) {
  Error error{kind, fmt::format("'{}' is not known", escape(name)), std::string(place), {}};
  const std::vector<std::string> near = nearest(name, candidates);
  if (!near.empty()) {
    error.advice.push_back(fmt::format("did you mean {}?", join_or(near)));
  } else if (!candidates.empty() && candidates.size() <= listed_names) {
    error.advice.push_back(fmt::format("known: {}", join_or(candidates)));
  }
  return error;
}

}  // namespace attune
