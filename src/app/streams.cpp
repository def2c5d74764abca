// SPDX-License-Identifier: MIT
#include "app/streams.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "attune/text.hpp"

#include "store/private_files.hpp"

namespace attune::app {
namespace {

constexpr std::size_t flush_at_bytes = std::size_t{64} * 1024;
constexpr std::size_t listed_names = 7;

}  // namespace

void Output::write(std::string_view text) {
  if (text.size() >= flush_at_bytes) {
    flush();
    send(text);
    return;
  }
  if (closed_ || error_ != 0) return;
  buffer_ += text;
  if (buffer_.size() >= flush_at_bytes) flush();
}

bool Output::flush() {
  send(buffer_);
  buffer_.clear();
  return error_ == 0;
}

void Output::send(std::string_view rest) {
  while (!rest.empty() && !closed_ && error_ == 0) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      closed_ = true;
    } else if (errno != EINTR && errno != EAGAIN) {
      error_ = errno;
    }
  }
}

std::size_t read_some(int descriptor, std::span<char> to, std::string_view place) {
  while (true) {
    const ssize_t count = ::read(descriptor, to.data(), to.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EINTR) continue;
    throw Error(ErrorKind::io, "can't be read: " + store::reason_of(errno), std::string(place));
  }
}

std::string read_all(int descriptor, std::size_t limit, std::string_view place) {
  std::string text;
  std::array<char, std::size_t{16} * 1024> block;
  while (true) {
    const std::size_t count = read_some(descriptor, block, place);
    if (count == 0) return text;
    text.append(block.data(), count);
    if (text.size() > limit) {
      throw Error(ErrorKind::bad_data, fmt::format("is larger than {} bytes", limit),
                  std::string(place));
    }
  }
}

TerminalSize terminal_size(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return {};
  return {size.ws_col, size.ws_row};
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

Error usage_error(std::string place, std::string message, std::string advice) {
  Error error(ErrorKind::usage, std::move(message), std::move(place));
  if (!advice.empty()) error.advice.push_back(std::move(advice));
  return error;
}

Error unknown_name(ErrorKind kind, std::string_view place, std::string_view name,
                   std::span<const std::string> candidates, std::string_view what) {
  Error error(kind,
              what.empty() ? fmt::format("'{}' is not known", escape(name))
                           : fmt::format("{} '{}'", what, escape(name)),
              std::string(place));
  const std::vector<std::string> near = nearest(name, candidates);
  if (!near.empty()) {
    error.advice.push_back(fmt::format("did you mean {}?", join_or(near)));
  } else if (!candidates.empty() && candidates.size() <= listed_names) {
    error.advice.push_back(fmt::format("known: {}", join_or(candidates)));
  }
  return error;
}

}  // namespace attune::app
