// SPDX-License-Identifier: MIT
#include "app/streams.hpp"

#include <algorithm>
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
constexpr std::size_t listed_names = 12;
constexpr std::size_t widest_talk = 100;

// Whether `next` stays on the line of `part`: within a quotation, or in a command. One behind a
// colon goes on up to the end of its sentence; any other as long as its words look like those of a
// command.
bool holds_on(std::string_view part, std::string_view next, bool behind_colon) {
  const bool opens_quote = part.starts_with('\'') || part.starts_with('"');
  if (opens_quote && part.find(part.front(), 1) == std::string_view::npos) return true;
  if (part == "attune" || part == "attune history") return true;
  if (!part.starts_with("attune ") || part.ends_with('.')) return false;
  return behind_colon || next.starts_with('-') || part[part.rfind(' ') + 1] == '-' ||
         (next.front() >= 'A' && next.front() <= 'Z') ||
         next.substr(0, next.size() - 1).find_first_of("/.~=") != std::string_view::npos;
}

// `line` in parts that are not broken: words, and what holds together as long as that fits
// `columns`.
std::vector<std::string> unbroken_parts(std::string_view line, std::size_t columns) {
  std::vector<std::string> parts;
  bool behind_colon = false;
  for (const std::string_view word : split(line, ' ')) {
    const std::string part = parts.empty() ? "" : parts.back();
    if (!word.empty() && holds_on(part, word, behind_colon) &&
        display_width(part) + 1 + display_width(word) <= columns) {
      parts.back().append(" ").append(word);
    } else {
      behind_colon = part.ends_with(':');
      parts.emplace_back(word);
    }
  }
  return parts;
}

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

std::string wrap_words(std::string_view text, std::size_t columns) {
  std::string out;
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t room = columns - std::min(columns, blanks);
    const std::string indent(blanks, ' ');
    std::string broken = indent;
    std::size_t used = 0;  // columns of the last line
    // A longer word, a path above all, is the terminal's to break, so that it can be copied.
    for (const std::string& part : unbroken_parts(line.substr(blanks), room)) {
      const std::size_t width = display_width(part);
      const bool fits = used == 0 || broken == "attune:" || used + 1 + width <= room;
      if (used > 0) broken += fits ? " " : "\n" + indent;
      broken += part;
      used = fits && used > 0 ? used + 1 + width : width;
    }
    out += broken + '\n';
  }
  out.pop_back();
  return out;
}

void say(Output& output, std::string_view text) {
  const std::size_t columns = terminal_size(output.descriptor()).columns;
  output.write(columns < 2 ? std::string(text)
                           : wrap_words(text, std::min(columns - 1, widest_talk)));
  if (columns > 0) output.flush();  // what is said first is read first
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
  std::string text = "attune: ";
  if (!error.place.empty()) text += escape(error.place) + ": ";
  text += escape(error.message) + "\n";
  for (const std::string& line : error.advice) text += "  " + escape(line) + "\n";
  say(streams.err, text);
  streams.err.flush();
  return exit_status(error.kind);
}

ExitStatus report(Streams& streams, const store::LoadError& error) {
  for (const definition::Problem& problem : error.problems) {
    if (problem.severity == definition::Severity::error) {
      write_problem(streams.err, error.place, problem);
    }
  }
  streams.err.flush();
  return exit_status(error.kind);
}

void write_problem(Output& output, std::string_view file, const definition::Problem& problem) {
  const bool warning = problem.severity == definition::Severity::warning;
  say(output, fmt::format("{}:{}:{}: {}{}\n", escape(file), problem.line, problem.column,
                          warning ? "warning: " : "", escape(problem.message)));
  if (!problem.advice.empty()) say(output, "  " + escape(problem.advice) + "\n");
}

void name_file_here(Error& error, std::string_view command, const std::string& name) {
  std::error_code ignored;
  if (error.kind != ErrorKind::not_found || !is_id(name)) return;
  if (!std::filesystem::is_regular_file(name + ".toml", ignored)) return;
  error.advice.insert(error.advice.begin(),
                      fmt::format("./{0}.toml is here: attune {1} ./{0}.toml", name, command));
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
