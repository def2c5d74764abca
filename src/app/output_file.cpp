// SPDX-License-Identifier: MIT
#include "app/output_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "attune/history.hpp"
#include "attune/text.hpp"

#include "app/world.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
constexpr mode_t others = S_IRWXG | S_IRWXO;

Error cannot_create(const std::filesystem::path& path, int reason) {
  const std::string why = reason == ENOENT ? "its folder does not exist" : store::reason_of(reason);
  return Error(ErrorKind::cannot_create, "can't be created: " + why, path.native());
}

Error refused(const std::filesystem::path& path, std::string why) {
  return Error(ErrorKind::permission, std::move(why), path.native(),
               {"nothing was written: it could be read by somebody else"});
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

bool is_ours(const struct stat& status) { return status.st_uid == geteuid(); }
bool is_same(const struct stat& one, const struct stat& other) {
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

// Whether `path` is a file of the history, under whatever name, or bears a name that is kept for
// one.
bool hits_history(const std::filesystem::path& path, const std::filesystem::path& data) {
  struct stat home {};
  struct stat other {};
  if (data.empty() || stat(data.c_str(), &home) != 0) return false;
  const bool is_in_data = stat(folder_of(path).c_str(), &other) == 0 && is_same(home, other);
  const std::string history(store::history_file_name);
  if (is_in_data && lower_case(path.filename().native()).starts_with(history)) return true;
  if (stat(path.c_str(), &other) != 0) return false;
  for (const char* ending : {"", "-journal", ".new", ".previous"}) {
    struct stat own {};
    if (stat((data / (history + ending)).c_str(), &own) == 0 && is_same(own, other)) return true;
  }
  return false;
}

// A device, or a pipe that nobody but this person can have opened.
int open_special(const std::filesystem::path& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  const int reason = errno;
  struct stat status {};
  if ((descriptor >= 0 ? fstat(descriptor, &status) : stat(path.c_str(), &status)) != 0) {
    throw cannot_create(path, errno);
  }
  const bool is_pipe = S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode);
  const bool may_be_read = is_pipe ? !is_ours(status) || (status.st_mode & others) != 0
                                   : descriptor >= 0 && isatty(descriptor) && !is_ours(status);
  if (!may_be_read && descriptor >= 0) return descriptor;
  if (descriptor >= 0) close(descriptor);
  if (!may_be_read) throw Error(ErrorKind::cannot_create, store::reason_of(reason), path.native());
  throw refused(path, is_pipe ? "is a pipe that others can read" : "is another user's terminal");
}

// Whether the rights of its folder keep this person from replacing somebody else's file.
bool is_kept_from_us(const struct stat& status, const std::filesystem::path& folder) {
  struct stat shared {};
  return stat(folder.c_str(), &shared) == 0 && (shared.st_mode & S_ISVTX) != 0 &&
         !is_ours(shared) && !is_ours(status) && geteuid() != 0;
}

}  // namespace

OutputFile OutputFile::create(const std::filesystem::path& path, Overwrite overwrite,
                              const std::filesystem::path& data) {
  if (path.empty()) throw Error(ErrorKind::usage, "names no file", "-o");
  if (hits_history(path, data)) {
    throw Error(ErrorKind::cannot_create, "belongs to your history", path.native(),
                {"nothing was written: choose another name or folder"});
  }
  struct stat status {};
  struct stat target {};
  const bool exists = lstat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) throw cannot_create(path, errno);
  const bool is_special = exists && stat(path.c_str(), &target) == 0 && !S_ISREG(target.st_mode);
  if (is_special && S_ISLNK(status.st_mode) && !is_ours(status) && status.st_uid != 0) {
    throw refused(path, "is a link that another user made");
  }
  if (is_special) return OutputFile(path, {}, open_special(path), overwrite, Kind::special);
  if (exists && overwrite == Overwrite::no) {
    throw Error(ErrorKind::cannot_create, "exists already", path.native(), {"--force replaces it"});
  }
  const std::filesystem::path folder = folder_of(path);
  if (exists && is_kept_from_us(status, folder)) throw refused(path, "belongs to another user");
  const int nameless = open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, owner_only);
  if (nameless >= 0) {
    fchmod(nameless, owner_only);
    OutputFile file(path, {}, nameless, overwrite, Kind::nameless);
    // It gets its name through /proc, which may be missing.
    if (access(fmt::format("/proc/self/fd/{}", nameless).c_str(), F_OK) == 0) return file;
  }
  std::string temporary = path.native() + ".XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) throw cannot_create(path, errno);
  fchmod(descriptor, owner_only);
  return OutputFile(path, temporary, descriptor, overwrite, Kind::named);
}

OutputFile::OutputFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor,
                       Overwrite overwrite, Kind kind)
    : path_(std::move(path)),
      temporary_(std::move(temporary)),
      descriptor_(descriptor),
      overwrite_(overwrite),
      kind_(kind),
      content_(descriptor) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      overwrite_(other.overwrite_),
      kind_(other.kind_),
      content_(std::move(other.content_)) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

int OutputFile::link_to(const std::filesystem::path& name) const {
  if (kind_ == Kind::named) return link(temporary_.c_str(), name.c_str());
  const std::string open_file = fmt::format("/proc/self/fd/{}", descriptor_);
  return linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW);
}

// link() never replaces anything, and rename() always does. So a file that may replace another gets
// a name beside it first; and where there are no hard links, an empty file takes the place in the
// meantime, unless somebody else's has.
int OutputFile::put_in_place() {
  const bool may_replace = overwrite_ == Overwrite::yes;
  if (may_replace && kind_ == Kind::nameless) {
    std::filesystem::path beside = path_;
    beside += fmt::format(".{}", getpid());
    if (link_to(beside) != 0) return errno;
    temporary_ = beside;
  } else if (!may_replace) {
    if (link_to(path_) == 0) return 0;
    if (errno == EEXIST || kind_ == Kind::nameless) return errno;
    const int place = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_only);
    if (place < 0) return errno;
    close(place);
  }
  const int failure = rename(temporary_.c_str(), path_.c_str()) == 0 ? 0 : errno;
  if (failure == 0) temporary_.clear();
  if (failure != 0 && !may_replace) unlink(path_.c_str());
  return failure;
}

void OutputFile::commit() {
  const auto fail = [&](int reason) {
    throw Error(ErrorKind::io, store::reason_of(reason), path_.native());
  };
  if (!content_.flush()) fail(content_.error());
  if (kind_ == Kind::special) return;
  if (fsync(descriptor_) != 0) fail(errno);
  if (const int failure = put_in_place(); failure != 0) fail(failure);
  // The name lasts as well, where the folder lets itself be opened for that.
  const store::FileDescriptor folder(folder_of(path_), O_RDONLY | O_DIRECTORY);
  if (folder.is_open()) fsync(folder.number());
}

void OutputFile::commit(std::string_view text) {
  content_.write(text);
  commit();
}

ExitStatus write_result(Streams& streams, std::optional<OutputFile>& file, std::string_view text) {
  if (file) {
    file->commit(text);
    std::error_code ignored;
    const std::string path = std::filesystem::absolute(file->path(), ignored).native();
    if (streams.err_is_terminal) say(streams.err, fmt::format("Written: {}\n", escape(path)));
  } else if (!show_in_pager(streams, text)) {
    streams.out.write(text);
  }
  return ExitStatus::done;
}

}  // namespace attune::app
