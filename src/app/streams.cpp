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
constexpr mode_t owner_only = 0600;
constexpr std::size_t listed_names = 7;

Error cannot_create(const std::filesystem::path& path, int reason) {
  const std::string why = reason == ENOENT ? "its folder does not exist" : store::reason_of(reason);
  return Error(ErrorKind::cannot_create, "can't be created: " + why, path.native());
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

OutputFile OutputFile::create(const std::filesystem::path& path, Overwrite overwrite) {
  if (path.empty()) throw Error(ErrorKind::usage, "names no file", "-o");
  struct stat status {};
  const bool exists = stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) throw cannot_create(path, errno);
  if (exists && !S_ISREG(status.st_mode)) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor >= 0) return OutputFile(path, {}, descriptor, overwrite, false);
    throw Error(ErrorKind::cannot_create, store::reason_of(errno), path.native());
  }
  if (exists && overwrite == Overwrite::no) {
    throw Error(ErrorKind::cannot_create, "exists already", path.native(), {"--force replaces it"});
  }
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  const int nameless = open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, owner_only);
  if (nameless >= 0) {
    fchmod(nameless, owner_only);
    return OutputFile(path, {}, nameless, overwrite, true);
  }
  std::string temporary = path.native() + ".XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) throw cannot_create(path, errno);
  fchmod(descriptor, owner_only);
  return OutputFile(path, temporary, descriptor, overwrite, false);
}

OutputFile::OutputFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor,
                       Overwrite overwrite, bool is_nameless)
    : path_(std::move(path)),
      temporary_(std::move(temporary)),
      descriptor_(descriptor),
      overwrite_(overwrite),
      is_nameless_(is_nameless),
      content_(descriptor) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      overwrite_(other.overwrite_),
      is_nameless_(other.is_nameless_),
      content_(std::move(other.content_)) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

// Gives a nameless file the name of its place, or one beside it where a file has to be replaced:
// link() alone never replaces anything.
int OutputFile::name_it() {
  const std::string open_file = fmt::format("/proc/self/fd/{}", descriptor_);
  std::filesystem::path name = path_;
  if (overwrite_ == Overwrite::yes) name += fmt::format(".{}", getpid());
  const int linked = linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW);
  if (linked == 0 && overwrite_ == Overwrite::yes) temporary_ = name;
  return linked;
}

void OutputFile::commit() {
  const auto fail = [&](int reason) {
    throw Error(ErrorKind::io, store::reason_of(reason), path_.native());
  };
  if (!content_.flush()) fail(content_.error());
  if (temporary_.empty() && !is_nameless_) return;
  int done = fsync(descriptor_);
  if (done == 0 && is_nameless_) done = name_it();
  if (done == 0 && !temporary_.empty()) {
    // link() fails where rename() would replace a file that has appeared in the meantime.
    done = overwrite_ == Overwrite::yes ? rename(temporary_.c_str(), path_.c_str())
                                        : link(temporary_.c_str(), path_.c_str());
    if (done == 0 && overwrite_ == Overwrite::yes) temporary_.clear();
  }
  if (done != 0) fail(errno);
}

void OutputFile::commit(std::string_view text) {
  content_.write(text);
  commit();
}

std::optional<OutputFile> create_output(const std::optional<std::string>& output,
                                        Overwrite overwrite) {
  if (!output) return {};
  return OutputFile::create(*output, overwrite);
}

ExitStatus write_result(Streams& streams, std::optional<OutputFile>& file, std::string_view text) {
  if (file) {
    file->commit(text);
  } else {
    streams.out.write(text);
  }
  return ExitStatus::done;
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
