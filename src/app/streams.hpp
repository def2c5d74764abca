// SPDX-License-Identifier: MIT
#pragma once

/// What a command writes and reads: the standard streams, the file of `-o`, and the messages that
/// every command words alike.

#include <cstddef>
#include <filesystem>
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
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
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

/// Whether an existing file may be replaced.
enum class Overwrite { no, yes };

/// A file that `-o` names: proven writable before the work, complete or absent after it, readable
/// by its owner only. Until commit() it has no name, so that nothing stays behind however the
/// program ends (on file systems without nameless files: unless it is killed).
class OutputFile {
 public:
  /// Errors: cannot_create, when it exists (and may not be replaced) or its folder can't be
  /// written; usage, when `path` is empty.
  [[nodiscard]] static OutputFile create(const std::filesystem::path& path, Overwrite overwrite);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  /// Where its contents are written.
  [[nodiscard]] Output& content() { return content_; }

  /// Makes what was written durable and puts the file in its place. Error: io.
  void commit();

  /// Writes all of `text` and commits.
  void commit(std::string_view text);

 private:
  OutputFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor,
             Overwrite overwrite, bool is_nameless);
  [[nodiscard]] int name_it();

  std::filesystem::path path_;
  std::filesystem::path temporary_;  // the name until it is in its place; empty: it has none
  int descriptor_;
  Overwrite overwrite_;
  bool is_nameless_;  // to be linked to its place; else a device, written directly
  Output content_;
};

/// The file that `output` names, to be made before the work: nobody wants to wait for one that
/// can't be written. Nothing where the result goes to standard output.
[[nodiscard]] std::optional<OutputFile> create_output(const std::optional<std::string>& output,
                                                      Overwrite overwrite);

/// Writes a whole result to `file` or, where there is none, to standard output. Gives `done`, for
/// commands to end with.
ExitStatus write_result(Streams& streams, std::optional<OutputFile>& file, std::string_view text);

/// What a script learns of an error.
[[nodiscard]] ExitStatus exit_status(ErrorKind kind);

/// Reports an error on standard error: `attune: place: message`, its advice indented below. Gives
/// its exit status.
ExitStatus report(Streams& streams, const Error& error);

/// Reports why a definition could not be used: the error, or every problem as file:line:col.
ExitStatus report(Streams& streams, const store::LoadError& error);

/// One problem as `file:line:col: message`, its advice indented below; warnings are marked as such.
void write_problem(Output& output, std::string_view file, const definition::Problem& problem);

/// What was asked wrongly: `place` is an option or a command, or nothing.
[[nodiscard]] Error usage_error(std::string place, std::string message, std::string advice = {});

/// An error about a name that is none of `candidates`, with the nearest of them as advice, or all
/// of them when they are at most seven. It says "`what` 'name'", or "'name' is not known".
[[nodiscard]] Error unknown_name(ErrorKind kind, std::string_view place, std::string_view name,
                                 std::span<const std::string> candidates,
                                 std::string_view what = {});

}  // namespace attune::app
