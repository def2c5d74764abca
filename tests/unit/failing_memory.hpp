// SPDX-License-Identifier: MIT
#pragma once

/// SQLite that gets no memory where a test wants it to. No connection may be open where one of
/// these begins or ends.
///
///     const FailingMemory memory;
///     FailingMemory::fail_after(17);  // the 18th time from here on, once

#include <sqlite3.h>

class FailingMemory {
 public:
  FailingMemory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_);
    sqlite3_mem_methods ours = real_;
    ours.xMalloc = [](int size) { return is_time() ? nullptr : real_.xMalloc(size); };
    ours.xRealloc = [](void* bytes, int size) {
      return is_time() ? nullptr : real_.xRealloc(bytes, size);
    };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
    left_ = never;
  }
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;
  ~FailingMemory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &real_);
  }

  static void fail_after(int passed) {
    left_ = passed;
    fired_ = false;
  }
  static void stop() { left_ = never; }
  [[nodiscard]] static bool fired() { return fired_; }

 private:
  static bool is_time() {
    if (left_ == never) return false;
    if (left_-- > 0) return false;
    left_ = never;
    return fired_ = true;
  }

  static constexpr int never = -1;
  static inline sqlite3_mem_methods real_{};
  static inline int left_ = never;
  static inline bool fired_ = false;
};
