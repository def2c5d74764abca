// SPDX-License-Identifier: MIT
#pragma once

/// The one place that speaks to SQLite: a connection, a statement and a transaction that close
/// themselves, and our own words for its errors. Every statement is finalized where it was made, so
/// nothing stays open while a person thinks.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "attune/date.hpp"
#include "attune/history.hpp"
#include "attune/result.hpp"

#include "store/private_files.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace attune::detail {

/// Where a connection in memory keeps its image. The calls of a write are begin, then keep or
/// nothing, then end.
class Backing {
 public:
  virtual ~Backing() = default;
  /// Takes the turn to write; others wait. Gives the image that another process kept meanwhile.
  [[nodiscard]] virtual std::optional<std::string> begin() = 0;
  /// Proves that something could be kept, and keeps nothing.
  virtual void try_keep() = 0;
  /// Durable when it returns.
  virtual void keep(std::string_view image) = 0;
  virtual void end() = 0;
  /// The bytes of a file that opens as `image`, sealed like the one that is kept.
  [[nodiscard]] virtual std::string copy(std::string_view image) = 0;
};

class Connection {
 public:
  /// Opens an existing file, with the settings that every access needs. Others' locks are waited
  /// for as long as `patience`.
  [[nodiscard]] static Connection open(const std::filesystem::path& file, Access access,
                                       std::chrono::milliseconds patience = default_patience);

  /// Opens a database in memory that begins as `image`. What is committed is kept by `backing`,
  /// whole; without write access nothing is. `file` is only named in errors.
  [[nodiscard]] static Connection open_image(std::string_view image,
                                             const std::filesystem::path& file, Access access,
                                             std::unique_ptr<Backing> backing);

  /// Runs SQL without results or values; several statements may be separated by ';'.
  void run(const char* sql);

  /// The whole database as the bytes of its file, as one moment has them; sealed where it is kept
  /// sealed.
  [[nodiscard]] std::string copy();

  /// Gives back the room of what was removed. Durable when it returns.
  void shrink();

  [[nodiscard]] std::int64_t last_row() const;
  [[nodiscard]] bool changed_rows() const;

  /// The last failure in our words: what it is, the file, and what happened to the person's data.
  [[nodiscard]] Error error() const;
  /// Whether the last call failed because an interrupted save must first be undone, which a
  /// read-only connection may not do.
  [[nodiscard]] bool needs_rollback() const;
  /// Whether the last call failed because a value that must be unique is there already.
  [[nodiscard]] bool found_duplicate() const;

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  friend class Statement;
  friend class Transaction;
  struct Close {
    void operator()(sqlite3* db) const;
  };
  Connection(std::unique_ptr<sqlite3, Close> db, std::filesystem::path file, Access access);
  [[nodiscard]] static std::unique_ptr<sqlite3, Close> open_memory();
  void configure();
  void make_durable();
  [[nodiscard]] Error error_of(sqlite3* db) const;
  [[nodiscard]] std::string image();
  [[nodiscard]] std::string serialize(sqlite3* memory) const;
  void load(std::string_view image);
  void begin_backed();
  void keep_backed();

  std::unique_ptr<sqlite3, Close> db_;
  std::filesystem::path file_;
  Access access_;
  std::unique_ptr<Backing> backing_;
  std::string before_;    // of a backed write: the image it began with
  bool durable_ = false;  // the settings that only saving needs are made
};

/// One statement. Values are bound in the order of its question marks; their bytes must live until
/// it is reset or gone.
class Statement {
 public:
  Statement(Connection& connection, std::string_view sql);

  Statement& text(std::string_view value);
  Statement& optional_text(const std::optional<std::string>& value);
  Statement& integer(std::int64_t value);
  Statement& real(double value);

  /// True: a row is there to read. False: there are no more.
  [[nodiscard]] bool step();
  /// Steps to the end.
  void run();
  /// Makes it ready for new values.
  void reset();

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
  void note(int code);

  Connection& connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

/// A write, undone unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// Takes the write lock. What is committed afterwards is durable.
  void begin();
  /// Takes the write lock for a write that is never committed, and spares what makes it durable.
  void begin_trial();
  /// Durable when it returns.
  void commit();

 private:
  void take_lock();

  Connection& connection_;
  bool open_ = false;
};

}  // namespace attune::detail
