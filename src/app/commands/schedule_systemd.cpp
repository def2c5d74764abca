// SPDX-License-Identifier: MIT
#include <cerrno>
#include <sys/stat.h>
#include <system_error>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"

#include "app/commands/reminder.hpp"
#include "app/commands/schedule_places.hpp"
#include "app/output_file.hpp"
#include "store/file_error.hpp"

namespace attune {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_unit_bytes = 65'536;

// What stands in the place of a file of ours.
enum class Found { nothing, ours, another };

// A symbolic link would be a unit that someone has masked or linked: not ours to replace.
Found look_at_unit(const fs::path& path) {
  std::error_code ignored;
  const fs::file_type type = fs::symlink_status(path, ignored).type();
  if (type == fs::file_type::not_found) return Found::nothing;
  if (type != fs::file_type::regular) return Found::another;
  const Result<std::string> text =
      attempt([&] { return read_regular_file(path, most_unit_bytes); });
  return text && is_our_unit(*text) ? Found::ours : Found::another;
}

Found look_at_link(const UnitFiles& files) {
  std::error_code failure;
  const fs::file_type type = fs::symlink_status(files.link, failure).type();
  if (type == fs::file_type::not_found) return Found::nothing;
  if (type != fs::file_type::symlink) return Found::another;
  const fs::path target = fs::read_symlink(files.link, failure);
  const fs::path absolute = (files.link.parent_path() / target).lexically_normal();
  return absolute == files.timer.lexically_normal() ? Found::ours : Found::another;
}

Error foreign(ErrorKind kind, const fs::path& path, std::string advice) {
  return {
      kind, "is there already, and attune did not write it", path.native(), {std::move(advice)}};
}

// Makes `directory` and the parents it lacks for the owner alone; those that exist are left as
// they are, since other programs use them, too.
Result<void> make_directories(const fs::path& directory) {
  if (mkdir(directory.c_str(), S_IRWXU) == 0 || errno == EEXIST) return {};
  if (errno == ENOENT && directory.has_parent_path() && directory.parent_path() != directory) {
    if (Result<void> parent = make_directories(directory.parent_path()); !parent) return parent;
    if (mkdir(directory.c_str(), S_IRWXU) == 0 || errno == EEXIST) return {};
  }
  Error error = detail::file_error("can't create this directory", directory, errno);
  if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::cannot_create;
  return error;
}

Result<void> write_unit(const fs::path& path, std::string_view text) {
  Result<OutputFile> file = OutputFile::create(path, Overwrite::yes);
  if (!file) return file.error();
  return file->commit(text);
}

}  // namespace

UnitFiles unit_files(const fs::path& directory) {
  return {directory / "attune-due.service", directory / "attune-due.timer",
          directory / "timers.target.wants" / "attune-due.timer"};
}

Result<void> write_units(const UnitFiles& files, std::string_view service, std::string_view timer) {
  constexpr const char* advice = "nothing was written; move it away, or print the units instead";
  for (const fs::path& path : {files.service, files.timer}) {
    if (look_at_unit(path) == Found::another) {
      return foreign(ErrorKind::cannot_create, path, advice);
    }
  }
  const Found link = look_at_link(files);
  if (link == Found::another) return foreign(ErrorKind::cannot_create, files.link, advice);
  if (Result<void> made = make_directories(files.link.parent_path()); !made) return made;
  if (Result<void> written = write_unit(files.service, service); !written) return written;
  if (Result<void> written = write_unit(files.timer, timer); !written) return written;
  if (link == Found::ours) return {};
  std::error_code failure;
  fs::create_symlink(files.timer, files.link, failure);
  if (!failure) return {};
  return detail::file_error("can't make this link", files.link, failure.value());
}

Result<std::vector<fs::path>> remove_units(const UnitFiles& files) {
  constexpr const char* advice = "nothing was deleted";
  std::vector<fs::path> present;
  const Found link = look_at_link(files);
  if (link == Found::another) return foreign(ErrorKind::permission, files.link, advice);
  if (link == Found::ours) present.push_back(files.link);
  for (const fs::path& path : {files.timer, files.service}) {
    const Found found = look_at_unit(path);
    if (found == Found::another) return foreign(ErrorKind::permission, path, advice);
    if (found == Found::ours) present.push_back(path);
  }
  for (const fs::path& path : present) {
    std::error_code failure;
    fs::remove(path, failure);
    if (failure) return detail::file_error("can't be deleted", path, failure.value());
  }
  return present;
}

}  // namespace attune
