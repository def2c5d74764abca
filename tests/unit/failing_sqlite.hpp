// SPDX-License-Identifier: MIT
#pragma once

/// SQLite that fails where a test wants it to, to prove what a history does then.
///
///     const Watched watched;
///     History history = ...;
///     const Failing failing(Fault::running, 17);  // the 18th point from here on

#include <sqlite3.h>

// How SQLite fails: while it compiles a statement, or while it carries one out.
enum class Fault { compiling, running };

// Fails once, when as many points of its kind have been passed as was asked for. SQLite calls us at
// each instruction of its machine, and for each thing that a statement is about to touch.
class Failing {
 public:
  Failing(Fault fault, int passed) {
    fault_ = fault;
    left_ = passed;
    fired_ = false;
    armed_ = true;
  }
  Failing(const Failing&) = delete;
  Failing& operator=(const Failing&) = delete;
  ~Failing() { armed_ = false; }

  [[nodiscard]] static bool fired() { return fired_; }

  // What SQLite runs for each connection that is opened from now on.
  static int watch(sqlite3* db, const char**, const sqlite3_api_routines*) {
    sqlite3_progress_handler(
        db, 1, [](void*) { return is_time(Fault::running) ? 1 : 0; }, nullptr);
    sqlite3_set_authorizer(db, authorize, nullptr);
    return SQLITE_OK;
  }

 private:
  // Called while a statement is compiled. One that begins or ends a transaction is not failed while
  // it runs: SQLite asks us once more after it is done, and what we say then would be told as a
  // failure of what has happened, and only to those who ask to be asked.
  static int authorize(void*, int action, const char*, const char*, const char*, const char*) {
    is_at_an_end_ = action == SQLITE_TRANSACTION;
    return is_time(Fault::compiling) ? SQLITE_DENY : SQLITE_OK;
  }

  static bool is_time(Fault fault) {
    if (fault == Fault::running && is_at_an_end_) return false;
    if (!armed_ || fired_ || fault != fault_ || left_-- > 0) return false;
    return fired_ = true;
  }

  static inline Fault fault_ = Fault::running;
  static inline int left_ = 0;
  static inline bool fired_ = false;
  static inline bool armed_ = false;
  static inline bool is_at_an_end_ = false;
};

// All connections of a test are watched.
class Watched {
 public:
  Watched() { sqlite3_auto_extension(entry()); }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched() { sqlite3_cancel_auto_extension(entry()); }

 private:
  static void (*entry())() { return reinterpret_cast<void (*)()>(&Failing::watch); }
};
