// SPDX-License-Identifier: MIT
#include "app/messages.hpp"

#include <array>
#include <fmt/format.h>

#include "attune/text.hpp"

namespace attune::app {
namespace {
constexpr std::size_t listed_names = 7;
}

ExitStatus exit_status(ErrorKind kind) {
  // In the order of ErrorKind.
  constexpr std::array statuses{ExitStatus::usage,         ExitStatus::bad_data,
                                ExitStatus::not_found,     ExitStatus::internal,
                                ExitStatus::cannot_create, ExitStatus::io,
                                ExitStatus::busy,          ExitStatus::permission,
                                ExitStatus::configuration, ExitStatus::interrupted};
  static_assert(statuses.size() == static_cast<std::size_t>(ErrorKind::interrupted) + 1);
  return statuses[static_cast<std::size_t>(kind)];
}

ExitStatus report(Streams& streams, const Error& error) {
  streams.err.write("attune: ");
  if (!error.place.empty()) streams.err.write(escape(error.place) + ": ");
  streams.err.write(escape(error.message) + "\n");
  for (const std::string& line : error.advice) streams.err.write("  " + escape(line) + "\n");
  streams.err.flush();
  return exit_status(error.kind);
}

ExitStatus report(Streams& streams, const store::LoadError& error) {
  if (error.problems.empty()) return report(streams, error.error);
  for (const definition::Problem& problem : error.problems) {
    if (problem.severity == definition::Severity::error) {
      write_problem(streams.err, error.path.native(), problem);
    }
  }
  streams.err.flush();
  return exit_status(error.error.kind);
}

void write_problem(Output& output, std::string_view file, const definition::Problem& problem) {
  const bool warning = problem.severity == definition::Severity::warning;
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

}  // namespace attune::app
