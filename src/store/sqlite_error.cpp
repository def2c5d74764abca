// SPDX-License-Identifier: MIT
#include "store/sqlite_error.hpp"

#include <fmt/format.h>
#include <new>
#include <sqlite3.h>

#include "attune/text.hpp"

#include "store/file_error.hpp"

namespace attune::detail {
namespace {

constexpr const char* untouched = "nothing was changed: all that was saved before is still there";

struct Meaning {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
};

std::string with_reason(std::string_view what, int error_number) {
  if (error_number == 0) return std::string(what);
  return fmt::format("{}: {}", what, reason_of(error_number));
}

// A file that SQLite can't open or create is most often a directory without write permission, where
// the journal has no place.
Meaning cannot_open(int error_number, Access access) {
  if (access == Access::read_only) {
    return {kind_of(error_number), with_reason("the history can't be opened", error_number)};
  }
  const bool forbidden = kind_of(error_number) == ErrorKind::permission;
  return {forbidden ? ErrorKind::permission : ErrorKind::cannot_create,
          with_reason("the history can't be opened for saving", error_number)};
}

Meaning read_only_meaning(int code, int error_number) {
  switch (code) {
    case SQLITE_READONLY_ROLLBACK:
      return {ErrorKind::permission,
              "a save was interrupted and must be undone first, which needs permission to write"};
    case SQLITE_READONLY_DBMOVED:
      return {ErrorKind::io, "the history was moved or deleted while it was in use"};
    default:
      return {ErrorKind::permission,
              with_reason("the history may be read but not written", error_number)};
  }
}

Meaning meaning_of(int code, int error_number, Access access) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::busy, "another process keeps using the history"};
    case SQLITE_FULL:
      return {ErrorKind::io, "the disk is full"};
    case SQLITE_READONLY:
      return read_only_meaning(code, error_number);
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorKind::permission, with_reason("the history can't be used", error_number)};
    case SQLITE_CANTOPEN:
      return cannot_open(error_number, access);
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
      return {ErrorKind::io, with_reason("the history can't be read or written", error_number)};
    case SQLITE_ERROR:  // Our SQL is constant: a table or column it names is missing.
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
      return {ErrorKind::bad_data, "the history is damaged"};
    default:
      return {ErrorKind::internal, fmt::format("the history failed with code {}", code)};
  }
}

}  // namespace

Error sqlite_error(int code, int error_number, const std::filesystem::path& file, Access access) {
  if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
  Meaning meaning = meaning_of(code, error_number, access);
  if (meaning.kind == ErrorKind::bad_data) return damaged(file);
  Error error{.kind = meaning.kind,
              .message = std::move(meaning.message),
              .place = escape(file.native()),
              .advice = {}};
  if (access == Access::read_write) error.advice.emplace_back(untouched);
  if (meaning.kind == ErrorKind::busy) error.advice.emplace_back("try again in a moment");
  return error;
}

Error damaged(const std::filesystem::path& file) {
  return {.kind = ErrorKind::bad_data,
          .message = "the history is damaged or not one of attune's",
          .place = escape(file.native()),
          .advice = {"nothing was changed; keep this file, and put a backup in its place"}};
}

}  // namespace attune::detail
