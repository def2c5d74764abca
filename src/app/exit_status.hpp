// SPDX-License-Identifier: MIT
#pragma once

#include "attune/result.hpp"

namespace attune {

/// The one list of exit statuses; attune(1) documents each.
enum class ExitStatus : int {
  done = 0,
  no = 1,  ///< answered "no", or some files or rows had problems
  usage = 2,
  bad_data = 65,
  not_found = 66,
  internal = 70,
  cannot_create = 73,
  io = 74,
  busy = 75,
  permission = 77,
  configuration = 78,
  interrupted = 130,
};

[[nodiscard]] constexpr ExitStatus exit_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return ExitStatus::usage;
    case ErrorKind::bad_data:
      return ExitStatus::bad_data;
    case ErrorKind::not_found:
      return ExitStatus::not_found;
    case ErrorKind::internal:
      return ExitStatus::internal;
    case ErrorKind::cannot_create:
      return ExitStatus::cannot_create;
    case ErrorKind::io:
      return ExitStatus::io;
    case ErrorKind::busy:
      return ExitStatus::busy;
    case ErrorKind::permission:
      return ExitStatus::permission;
    case ErrorKind::configuration:
      return ExitStatus::configuration;
    case ErrorKind::interrupted:
      return ExitStatus::interrupted;
  }
  return ExitStatus::internal;
}

}  // namespace attune
