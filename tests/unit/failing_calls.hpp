// SPDX-License-Identifier: MIT
#pragma once

/// Calls of the system that fail where a test wants them to. The program of the tests has functions
/// of these names, so that the whole of it, SQLite included, calls them.
///
///     const FailingCall failing(Call::sync, EIO, 2);  // the third one from here on

enum class Call {
  open,
  read,
  write,
  overwrite,
  look,
  look_open,
  sync,
  change_rights,
  change_rights_open,
  make,
  rename,
  link,
  unlink,
  take_turn
};

/// Fails one call, after `passed` of its kind, with this error number.
class FailingCall {
 public:
  FailingCall(Call call, int error_number, int passed);
  FailingCall(const FailingCall&) = delete;
  FailingCall& operator=(const FailingCall&) = delete;
  ~FailingCall();

  [[nodiscard]] static bool fired();
};
