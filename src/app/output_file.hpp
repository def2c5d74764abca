// SPDX-License-Identifier: MIT
#pragma once

/// Every file that a command writes, whatever option or operand names it. For files of one person:
/// nothing is handed to a pipe or a file of somebody else, and no file of the history is hit. Not
/// for the history itself (store).

#include <filesystem>
#include <optional>
#include <string_view>

#include "app/streams.hpp"

namespace attune::app {

/// Whether an existing file may be replaced.
enum class Overwrite { no, yes };

/// A file that is proven writable before the work, complete or absent after it, and readable by its
/// owner only where the file system keeps rights. Until commit() it has no name, so that nothing
/// stays behind however the program ends (on file systems without nameless files: unless it is
/// killed). A device or a pipe is written as it is.
class OutputFile {
 public:
  /// `data` is the directory of the history, empty where none is known. Errors: usage, when `path`
  /// is empty; cannot_create, when it exists and may not be replaced, when its folder can't be
  /// written, or when it is a file of the history or bears the name of one; permission, when it is
  /// somebody else's, a link that somebody else made, or a pipe that others may read.
  [[nodiscard]] static OutputFile create(const std::filesystem::path& path, Overwrite overwrite,
                                         const std::filesystem::path& data);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Where its contents are written.
  [[nodiscard]] Output& content() { return content_; }

  /// Makes what was written durable and puts the file in its place. Error: io.
  void commit();

  /// Writes all of `text` and commits.
  void commit(std::string_view text);

 private:
  enum class Kind { nameless, named, special };  // special: written as it is

  OutputFile(std::filesystem::path path, std::filesystem::path temporary, int descriptor,
             Overwrite overwrite, Kind kind);
  [[nodiscard]] int link_to(const std::filesystem::path& name) const;
  [[nodiscard]] int put_in_place();

  std::filesystem::path path_;
  std::filesystem::path temporary_;  // the name until it is in its place; empty: it has none
  int descriptor_;
  Overwrite overwrite_;
  Kind kind_;
  Output content_;
};

/// Writes a whole result to `file` or, where there is none, to standard output. Gives `done`, for
/// commands to end with.
ExitStatus write_result(Streams& streams, std::optional<OutputFile>& file, std::string_view text);

}  // namespace attune::app
