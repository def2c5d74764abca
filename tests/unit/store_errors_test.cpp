// SPDX-License-Identifier: MIT
#include <cerrno>
#include <doctest/doctest.h>
#include <new>
#include <sqlite3.h>
#include <string>

#include "store/private_files.hpp"
#include "store/sqlite.hpp"

using namespace attune;  // NOLINT: a test file

namespace {

struct FileRow {
  int error_number;
  ErrorKind kind;
  const char* reason;
};

struct StoreRow {
  int code;
  int error_number;
  store::Access access;
  ErrorKind kind;
  const char* message;
};

}  // namespace

TEST_CASE("an error number of the system is told in words, as the kind of error that it is") {
  const FileRow rows[] = {
      {EACCES, ErrorKind::permission, "permission denied"},
      {ENOSPC, ErrorKind::io, "the disk is full"},
      {ENOENT, ErrorKind::not_found, "it does not exist"},
  };
  for (const FileRow& row : rows) {
    CAPTURE(row.error_number);
    const Error error = store::file_error("can't open it", "/a/\033b", row.error_number);
    CHECK(error.kind == row.kind);
    CHECK(error.message == std::string("can't open it: ") + row.reason);
    CHECK(error.place == "/a/\\x1Bb");
  }
  CHECK(store::reason_of(9999) == "system error 9999");
  CHECK(store::kind_of(9999) == ErrorKind::io);
}

TEST_CASE("a code of SQLite is told in our words, with what it means for the person's data") {
  const StoreRow rows[] = {
      {SQLITE_BUSY, 0, store::Access::read_write, ErrorKind::busy,
       "another process keeps using the history"},
      {SQLITE_LOCKED, 0, store::Access::read_only, ErrorKind::busy,
       "another process keeps using the history"},
      {SQLITE_FULL, 0, store::Access::read_write, ErrorKind::io, "the disk is full"},
      {SQLITE_READONLY, 0, store::Access::read_write, ErrorKind::permission,
       "the history may be read but not written"},
      {SQLITE_READONLY, EROFS, store::Access::read_write, ErrorKind::permission,
       "the history may be read but not written: the file system is read-only"},
      {SQLITE_READONLY_ROLLBACK, 0, store::Access::read_only, ErrorKind::permission,
       "a save was interrupted and must be undone first, which needs permission to write"},
      {SQLITE_READONLY_DBMOVED, 0, store::Access::read_write, ErrorKind::io,
       "the history was moved or deleted while it was in use"},
      {SQLITE_PERM, EACCES, store::Access::read_write, ErrorKind::permission,
       "the history may be read but not written: permission denied"},
      {SQLITE_CANTOPEN, EACCES, store::Access::read_write, ErrorKind::permission,
       "the history can't be opened for saving: permission denied"},
      {SQLITE_CANTOPEN, ENOENT, store::Access::read_write, ErrorKind::cannot_create,
       "the history can't be opened for saving: it does not exist"},
      {SQLITE_CANTOPEN, ENOENT, store::Access::read_only, ErrorKind::not_found,
       "the history can't be opened: it does not exist"},
      {SQLITE_IOERR_WRITE, EIO, store::Access::read_write, ErrorKind::io,
       "the history can't be read or written: the device reports an input or output error"},
      {SQLITE_PROTOCOL, 0, store::Access::read_write, ErrorKind::io,
       "the history can't be read or written"},
      {SQLITE_NOLFS, 0, store::Access::read_write, ErrorKind::io,
       "the history can't be read or written"},
      {SQLITE_MISUSE, 0, store::Access::read_write, ErrorKind::internal,
       "the history failed with code 21"},
  };
  for (const StoreRow& row : rows) {
    CAPTURE(row.code);
    const Error error = store::sqlite_error(row.code, row.error_number, "/h.db", row.access);
    CHECK(error.kind == row.kind);
    CHECK(error.message == row.message);
    CHECK(error.place == "/h.db");
    const bool is_told =
        !error.advice.empty() && error.advice[0].starts_with("nothing was changed");
    CHECK(is_told == (row.access == store::Access::read_write));
  }
}

TEST_CASE("what SQLite can't make sense of is damage, and is kept") {
  for (const int code : {SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT,
                         SQLITE_MISMATCH, SQLITE_CONSTRAINT}) {
    CAPTURE(code);
    const Error error = store::sqlite_error(code, 0, "/h.db", store::Access::read_write);
    CHECK(error.kind == ErrorKind::bad_data);
    CHECK(error.message == "the history is damaged or not one of attune's");
    CHECK(error.advice.front().find("keep this file") != std::string::npos);
  }
}

TEST_CASE("no memory is an exception, not a damaged history") {
  for (const int code : {SQLITE_NOMEM, SQLITE_IOERR_NOMEM}) {
    CHECK_THROWS_AS(static_cast<void>(sqlite_error(code, 0, "/h.db", store::Access::read_only)),
                    std::bad_alloc);
  }
}
