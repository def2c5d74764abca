// SPDX-License-Identifier: MIT
#pragma once

/// Errors as values: everything a person, a file or a row of data can cause comes back as a
/// `Result`. Not for our own bugs or a broken machine: those throw, and one catch-all in `run`
/// reports them.
///
///     Result<Record> record = history.find_record(id);
///     if (!record) return report(record.error());

#include <string>
#include <type_traits>
#include <utility>
#include <variant>
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
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  std::string place;
  std::vector<std::string> advice;
};

/// A value of type T, or why there is none. Shaped like std::expected of C++23.
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(E error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// Precondition of `*` and `->`: has_value(). Of `error()`: not has_value().
  T& operator*() & { return *std::get_if<0>(&state_); }
  const T& operator*() const& { return *std::get_if<0>(&state_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  E& error() & { return *std::get_if<1>(&state_); }
  const E& error() const& { return *std::get_if<1>(&state_); }
  E&& error() && { return std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, E> state_;
};

/// Success without a value, or why not.
template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  Result() = default;
  Result(E error)
      : error_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  [[nodiscard]] bool has_value() const noexcept { return error_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }
  E& error() & { return *std::get_if<1>(&error_); }
  const E& error() const& { return *std::get_if<1>(&error_); }
  E&& error() && { return std::move(*std::get_if<1>(&error_)); }

 private:
  std::variant<std::monostate, E> error_;
};

/// What `function` returns or throws, as a Result: for callers that still pass errors on by hand.
template <class Function>
[[nodiscard]] auto attempt(Function function) -> Result<decltype(function())> {
  try {
    if constexpr (std::is_void_v<decltype(function())>) {
      function();
      return {};
    } else {
      return function();
    }
  } catch (const Error& error) {
    return error;
  }
}

}  // namespace attune
