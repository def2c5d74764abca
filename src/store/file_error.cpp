// SPDX-License-Identifier: MIT
#include "store/file_error.hpp"

#include <cerrno>
#include <fmt/format.h>

#include "attune/text.hpp"

namespace attune::detail {

std::string reason_of(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
      return "permission denied";
    case EROFS:
      return "the file system is read-only";
    case ENOSPC:
      return "the disk is full";
    case EDQUOT:
      return "the disk quota is used up";
    case EFBIG:
      return "the file would be too large";
    case EIO:
      return "the device reports an input or output error";
    case EMFILE:
    case ENFILE:
      return "too many files are open";
    case EISDIR:
      return "it is a directory";
    case EBADF:
      return "it is not open";
    case ENOENT:
      return "it does not exist";
    case ENOTDIR:
      return "a part of the path is not a directory";
    case ENAMETOOLONG:
      return "the name is too long";
    case ELOOP:
      return "the symbolic links lead in a circle";
    default:
      return fmt::format("system error {}", error_number);
  }
}

ErrorKind kind_of(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
      return ErrorKind::permission;
    case ENOENT:
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP:
      return ErrorKind::not_found;
    default:
      return ErrorKind::io;
  }
}

Error file_error(std::string_view what, const std::filesystem::path& path, int error_number) {
  return {.kind = kind_of(error_number),
          .message = fmt::format("{}: {}", what, reason_of(error_number)),
          .place = escape(path.native()),
          .advice = {}};
}

}  // namespace attune::detail
