// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "attune/result.hpp"

#include "app/exit_status.hpp"
#include "app/streams.hpp"

namespace attune {

/// Whether an existing file may be replaced.
enum class Overwrite { no, yes };

/// A file that `-o` names: proven writable before the work, complete or absent after it, readable
/// by its owner only. Until commit() it has no name, so that nothing stays behind however the
/// program ends (on file systems without nameless files: unless it is killed).
class OutputFile {
 public:
  /// Errors: cannot_create, when it exists (and may not be replaced) or its folder can't be
  /// written; usage, when `path` is empty.
  [[nodiscard]] static Result<OutputFile> create(const std::filesystem::path& path,
                                                 Overwrite overwrite);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  /// Where its contents are written.
  [[nodiscard]] Output& content() { return content_; }

  /// Makes what was written durable and puts the file in its place. Error: io.
  [[nodiscard]] Result<void> commit();

  /// Writes all of `text` and commits.
  [[nodiscard]] Result<void> commit(std::string_view text);

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
[[nodiscard]] Result<std::optional<OutputFile>> create_output(
    const std::optional<std::string>& output, Overwrite overwrite);

/// Writes a whole result to `file` or, where there is none, to standard output. Gives the exit
/// status; an error is reported.
ExitStatus write_result(Streams& streams, std::optional<OutputFile>& file, std::string_view text);

}  // namespace attune
