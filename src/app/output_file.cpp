// SPDX-License-Identifier: MIT
#include "app/output_file.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "app/messages.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

constexpr mode_t owner_only = 0600;

Error file_error(ErrorKind kind, const std::filesystem::path& path, std::string message) {
  return {kind, std::move(message), path.native(), {}};
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::filesystem::path& path, Overwrite overwrite) {
  struct stat status {};
  const bool exists = stat(path.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor >= 0) return OutputFile(path, {}, descriptor, overwrite);
    return file_error(ErrorKind::cannot_create, path, detail::reason_of(errno));
  }
  if (exists && overwrite == Overwrite::no) {
    Error error = file_error(ErrorKind::cannot_create, path, "exists already");
    error.advice = {"--force replaces it"};
    return error;
  }
  std::string temporary = path.native() + ".XXXXXX";
  const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) {
    return file_error(ErrorKind::cannot_create, path,
                      fmt::format("can't be created: {}", detail::reason_of(errno)));
  }
  fchmod(descriptor, owner_only);
  return OutputFile(path, temporary, descriptor, overwrite);
}

OutputFile::OutputFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor,
                       Overwrite overwrite)
    : path_(std::move(path)),
      temporary_(std::move(temporary)),
      descriptor_(descriptor),
      overwrite_(overwrite) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)),
      overwrite_(other.overwrite_) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

Result<void> OutputFile::commit(std::string_view text) {
  Output output(descriptor_);
  output.write(text);
  if (!output.flush()) return file_error(ErrorKind::io, path_, detail::reason_of(output.error()));
  if (temporary_.empty()) return {};
  if (fsync(descriptor_) != 0) return file_error(ErrorKind::io, path_, detail::reason_of(errno));
  // link() fails where rename() would replace a file that has appeared in the meantime.
  const int placed = overwrite_ == Overwrite::yes ? rename(temporary_.c_str(), path_.c_str())
                                                  : link(temporary_.c_str(), path_.c_str());
  if (placed != 0) return file_error(ErrorKind::io, path_, detail::reason_of(errno));
  if (overwrite_ == Overwrite::yes) temporary_.clear();
  return {};
}

ExitStatus write_result(Streams& streams, const std::optional<std::string>& output,
                        Overwrite overwrite, std::string_view text) {
  if (!output) {
    streams.out.write(text);
    return ExitStatus::done;
  }
  Result<OutputFile> file = OutputFile::create(*output, overwrite);
  if (!file) return report(streams, file.error());
  const Result<void> written = file->commit(text);
  if (!written) return report(streams, written.error());
  return ExitStatus::done;
}

}  // namespace attune
