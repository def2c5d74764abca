// SPDX-License-Identifier: MIT
#pragma once

/// Calls of the system that fail where a test wants them to. The program of the tests has functions
/// of these names, and of those for large files that SQLite calls, so that the whole of it calls
/// them.
///
///     const FailingCall failing(Call::sync, EIO, 2);  // the third one from here on

enum class Call {
  open,
  read,
  read_at,
  write,
  write_at,
  shorten,
  look,
  look_open,
  sync,
  change_rights,
  change_rights_open,
  make,
  rename,
  link,
  unlink,
  take_turn,
  take_lock,
  stretch  // of libsodium: a passphrase into a key, for which there may be too little memory
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
