// SPDX-License-Identifier: MIT
#pragma once

/// What a command writes and reads: the standard streams, the file of `-o`, and the messages that
/// every command words alike.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "attune/catalogue.hpp"
#include "attune/definition.hpp"
#include "attune/error.hpp"

namespace attune::app {

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

/// A buffered writer on a file descriptor that remembers its first failure. A closed pipe is no
/// failure: what follows is dropped, quietly.
class Output {
 public:
  explicit Output(int descriptor) : descriptor_(descriptor) {}

  void write(std::string_view text);

  /// Hands everything to the system. False when this or an earlier write failed.
  bool flush();

  /// errno of the first failure, 0 when there was none.
  [[nodiscard]] int error() const { return error_; }
  /// Whether the reader at the other end of a pipe has gone: nobody wants the rest.
  [[nodiscard]] bool is_closed() const { return closed_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  void send(std::string_view rest);

  int descriptor_;
  int error_ = 0;
  bool closed_ = false;
  std::string buffer_;
};

/// The three standard streams and what is at their other end.
struct Streams {
  int in = 0;
  Output out{1};
  Output err{2};
  bool out_was_closed = false;  ///< by the caller: what is written is lost
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::optional<bool> colour{};  ///< of --color; nothing: where a terminal is written to
  std::string pager{};           ///< shows what is taller than the terminal; empty: nothing does
};

/// Some of `descriptor`, as much as fits at most; 0 at its end. Error: io, naming `place`.
[[nodiscard]] std::size_t read_some(int descriptor, std::span<char> to, std::string_view place);

/// All of `descriptor` up to its end, at most `limit` bytes (more is bad_data; a failing read io).
/// Errors name `place`.
[[nodiscard]] std::string read_all(int descriptor, std::size_t limit, std::string_view place = {});

/// Columns and rows of the terminal behind `descriptor`; 0 where it does not say.
struct TerminalSize {
  std::size_t columns = 0;
  std::size_t rows = 0;
};
[[nodiscard]] TerminalSize terminal_size(int descriptor);

/// `text` in lines of at most `columns`, broken between words, each as far indented as the line it
/// continues, and never within a command or a quotation that fits a line.
[[nodiscard]] std::string wrap_words(std::string_view text, std::size_t columns);

/// Writes what a person reads beside the results, wrapped to the terminal; as it is elsewhere.
void say(Output& output, std::string_view text);

/// What a script learns of an error.
[[nodiscard]] ExitStatus exit_status(ErrorKind kind);

/// Reports an error on standard error: `attune: place: message`, its advice indented below. Gives
/// its exit status.
ExitStatus report(Streams& streams, const Error& error);

/// Reports why a file could not be used: every problem as file:line:col.
ExitStatus report(Streams& streams, const store::LoadError& error);

/// One problem as `file:line:col: message`, its advice indented below; warnings are marked as such.
void write_problem(Output& output, std::string_view file, const definition::Problem& problem);

/// Adds to an error that a questionnaire was not found that the file NAME.toml is here, if it is.
void name_file_here(Error& error, std::string_view command, const std::string& name);

/// What was asked wrongly: `place` is an option or a command, or nothing.
[[nodiscard]] Error usage_error(std::string place, std::string message, std::string advice = {});

/// An error about a name that is none of `candidates`, with the nearest of them as advice, or all
/// of them when they are at most twelve. It says "`what` 'name'", or "'name' is not known".
[[nodiscard]] Error unknown_name(ErrorKind kind, std::string_view place, std::string_view name,
                                 std::span<const std::string> candidates,
                                 std::string_view what = {});

}  // namespace attune::app
