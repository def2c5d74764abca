// SPDX-License-Identifier: MIT
#pragma once

/// The one place that speaks to SQLite: a connection, a statement and a transaction that close
/// themselves, and our own words for its errors. Every statement is finalized where it was made, so
/// nothing stays open while a person thinks.
///
///     Transaction transaction(connection);
///     Statement(connection, "insert into drafts(id) values(?)").bind(id).run();
///     transaction.commit();

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "attune/date.hpp"
#include "attune/error.hpp"
#include "attune/history.hpp"

#include "store/lock.hpp"
#include "store/private_files.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace attune::store {

/// What an extended result code of SQLite means to a person, never in SQLite's words.
/// `error_number` is the errno behind it, 0 when there is none. Throws std::bad_alloc when memory
/// ran out.
[[nodiscard]] Error sqlite_error(int code, int error_number, const std::filesystem::path& file,
                                 Access access);

/// The error for bytes or values in the file that this program never writes.
[[nodiscard]] Error damaged(const std::filesystem::path& file);

/// An open database. Every failure of SQLite is thrown as `sqlite_error`.
class Connection {
 public:
  /// Opens an existing file, with the settings that every access needs. Others' locks are waited
  /// for as long as `patience`.
  [[nodiscard]] static Connection open(const std::filesystem::path& file, Access access,
                                       std::chrono::milliseconds patience = default_patience);

  /// Opens the database of a locked file in memory. What is committed is kept in that file, whole;
  /// without write access nothing is. `image` is what it holds now.
  [[nodiscard]] static Connection open_locked(LockedFile file, std::string_view image,
                                              Access access);

  /// Runs SQL without results or values; several statements may be separated by ';'.
  void run(const char* sql);

  /// The whole database as the bytes of its file, as one moment has them; sealed where it is kept
  /// sealed.
  [[nodiscard]] std::string copy();

  /// Proves, within a transaction that is then undone, that something could be kept.
  void try_to_keep();

  /// Removes what stands beside the file and still has what was changed last, with others kept from
  /// writing meanwhile: the journal, overwritten before, or the file before this one of a locked
  /// history. Durable when it returns.
  void remove_leftovers();

  /// Whether another process has put another file in the place of this one.
  [[nodiscard]] bool was_replaced() const;

  /// The error for bytes or values that this program never writes; where the file was replaced
  /// meanwhile, that it was.
  [[nodiscard]] Error damage() const;

  [[nodiscard]] std::int64_t last_row() const;

  /// Whether the last call failed because an interrupted save must first be undone, which a
  /// read-only connection may not do.
  [[nodiscard]] bool needs_rollback() const;

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  friend class Statement;
  friend class Transaction;
  struct Close {
    void operator()(sqlite3* db) const;
  };
  using Handle = std::unique_ptr<sqlite3, Close>;

  Connection(Handle db, std::filesystem::path file, Access access);
  [[nodiscard]] static Handle open_memory();
  [[nodiscard]] Error error_of(sqlite3* db) const;
  void check(int code) const;
  void configure();
  void load(std::string_view image);
  [[nodiscard]] std::string image();
  [[nodiscard]] std::string serialize(sqlite3* memory) const;
  void begin_locked();
  void keep_locked();

  Handle db_;
  std::filesystem::path file_;
  Access access_;
  std::optional<LockedFile> locked_;
  std::string before_;  // of a write to a locked file: the image it began with
};

/// One statement. Values are bound in the order of its question marks; their bytes must live until
/// it is reset or gone.
class Statement {
 public:
  Statement(Connection& connection, std::string_view sql);

  /// Texts, whole numbers, numbers, times (two values: microseconds and offset), and optional texts
  /// (NULL when empty).
  template <class... Values>
  Statement& bind(const Values&... values) {
    (bind_next(values), ...);
    return *this;
  }

  /// True: a row is there to read. False: there are no more.
  [[nodiscard]] bool step();
  /// Steps to the end. How many rows were inserted or deleted, where that is what it does.
  std::size_t run();

  /// Columns of the row, from 0. NULL reads as "" and 0. Throws std::bad_alloc when a text can't be
  /// had for lack of memory.
  [[nodiscard]] std::string_view text_at(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text_at(int column) const;
  [[nodiscard]] std::int64_t integer_at(int column) const;
  [[nodiscard]] double real_at(int column) const;
  /// Two columns: microseconds, then the offset in minutes.
  [[nodiscard]] Instant instant_at(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void bind_next(std::string_view value);
  void bind_next(const std::string& value) { bind_next(std::string_view(value)); }
  void bind_next(const std::optional<std::string>& value);
  void bind_next(std::int64_t value);
  void bind_next(double value);
  void bind_next(const Instant& value);

  Connection& connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

/// A write, undone unless committed.
class Transaction {
 public:
  /// Takes the write lock, and for a locked file the turn to replace it.
  explicit Transaction(Connection& connection);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// Durable when it returns.
  void commit();

 private:
  Connection& connection_;
  std::optional<WriteTurn> turn_;
  bool open_ = false;
};

}  // namespace attune::store
