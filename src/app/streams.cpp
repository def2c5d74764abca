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

#include "store/private_files.hpp"

namespace attune::app {
namespace {

constexpr std::size_t flush_at_bytes = std::size_t{64} * 1024;
constexpr mode_t owner_only = 0600;

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

Error file_error(ErrorKind kind, const std::filesystem::path& path, std::string message) {
  return {kind, std::move(message), path.native(), {}};
}

Error cannot_create(const std::filesystem::path& path, int reason) {
  return file_error(ErrorKind::cannot_create, path,
                    "can't be created: " + (reason == ENOENT ? "its folder does not exist"
                                                             : store::reason_of(reason)));
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

std::string read_all(int descriptor, std::size_t limit, std::string_view place) {
  std::string text;
  std::array<char, std::size_t{16} * 1024> block;
  while (true) {
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      throw Error{
          ErrorKind::io, "can't be read: " + store::reason_of(errno), std::string(place), {}};
    }
    text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > limit) {
      throw Error{ErrorKind::bad_data,
                  fmt::format("is larger than {} bytes", limit),
                  std::string(place),
                  {}};
    }
  }
}

TerminalSize terminal_size(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return {};
  return {size.ws_col, size.ws_row};
}

OutputFile OutputFile::create(const std::filesystem::path& path, Overwrite overwrite) {
  if (path.empty()) throw Error{ErrorKind::usage, "names no file", "-o", {}};
  struct stat status {};
  const bool exists = stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) throw cannot_create(path, errno);
  if (exists && !S_ISREG(status.st_mode)) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor >= 0) return OutputFile(path, {}, descriptor, overwrite, false);
    throw file_error(ErrorKind::cannot_create, path, store::reason_of(errno));
  }
  if (exists && overwrite == Overwrite::no) {
    Error error = file_error(ErrorKind::cannot_create, path, "exists already");
    error.advice = {"--force replaces it"};
    throw error;
  }
  const int nameless = open(folder_of(path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, owner_only);
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
  if (!content_.flush()) {
    throw file_error(ErrorKind::io, path_, store::reason_of(content_.error()));
  }
  if (temporary_.empty() && !is_nameless_) return;
  int done = fsync(descriptor_);
  if (done == 0 && is_nameless_) done = name_it();
  if (done == 0 && !temporary_.empty()) {
    // link() fails where rename() would replace a file that has appeared in the meantime.
    done = overwrite_ == Overwrite::yes ? rename(temporary_.c_str(), path_.c_str())
                                        : link(temporary_.c_str(), path_.c_str());
    if (done == 0 && overwrite_ == Overwrite::yes) temporary_.clear();
  }
  if (done != 0) throw file_error(ErrorKind::io, path_, store::reason_of(errno));
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

}  // namespace attune::app
