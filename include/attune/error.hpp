// SPDX-License-Identifier: MIT
#pragma once

/// What a person, a file or the machine can cause is thrown as an `Error`; `run` catches it, says
/// it and ends with the status of its kind. Parsers and checks that find several problems return
/// all of them instead. Our own bugs are no `Error`: `run` reports any other exception as internal.
///
///     throw Error(ErrorKind::bad_data, "is not a whole number", "--digits", {"write it as 2"});

#include <string>
#include <utility>
#include <vector>

namespace attune {

/// What went wrong, as far as a script needs to know: each kind has one exit status.
enum class ErrorKind {
  usage,          ///< asked wrongly: exit 2
  bad_data,       ///< a definition, an answer or a row is not legal: exit 65
  not_found,      ///< the named input does not exist or is not a regular file: exit 66
  internal,       ///< our own bug: exit 70
  cannot_create,  ///< an output can't be created: exit 73
  io,             ///< reading or writing failed: exit 74
  busy,           ///< another process holds the history: exit 75
  permission,     ///< refused for safety or by the system: exit 77
  configuration,  ///< a store or configuration this version can't use: exit 78
  interrupted,    ///< the person broke off a question that had to be answered: exit 130
};

/// One error, in our own words. `message` is lower case with no full stop; `place` is empty or
/// `file`, `file:line:col`, an option or an item id; each line of `advice` says what would be
/// right.
struct Error {
  Error(ErrorKind what, std::string words, std::string where = {},
        std::vector<std::string> lines = {})
      : kind(what), message(std::move(words)), place(std::move(where)), advice(std::move(lines)) {}

  ErrorKind kind;
  std::string message;
  std::string place;
  std::vector<std::string> advice;
};

}  // namespace attune
