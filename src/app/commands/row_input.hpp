// SPDX-License-Identifier: MIT
#pragma once

/// Rows of responses from a file or a pipe, a block at a time.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "attune/rows.hpp"

#include "app/exit_status.hpp"
#include "app/streams.hpp"

namespace attune {

/// An input that is read from its start to its end, once.
class RowInput {
 public:
  /// "-" is standard input. Errors: not_found, when it doesn't exist or is a folder; usage, when it
  /// is a terminal: nobody types rows by hand.
  [[nodiscard]] static Result<RowInput> open(const std::string& path, const Streams& streams);

  RowInput(RowInput&& other) noexcept;
  RowInput& operator=(RowInput&&) = delete;
  ~RowInput();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  /// Bytes in all; nothing where only the end will tell.
  [[nodiscard]] std::optional<std::size_t> size() const { return size_; }

 private:
  RowInput(std::string name, int descriptor, std::optional<std::size_t> size);

  std::string name_;
  int descriptor_;
  std::optional<std::size_t> size_;
};

/// The names in the first row of a file, for inputs that have none of their own. Errors: bad_data,
/// not_found, io.
[[nodiscard]] Result<std::vector<std::string>> read_header(const std::string& path,
                                                           RowFormat format);

enum class ShowProgress { no, yes };

struct RowRun {
  ShowProgress progress = ShowProgress::no;
  std::string_view of_problems;  ///< what becomes of rows with problems: "their scores are empty"
};

/// Hands all rows of `input` to `sink`; `after_block` is called whenever some have been taken and
/// says whether to go on. Problems are told on standard error as they come, the first of them in
/// full, then how many there were. Gives done; no, when rows had problems; bad_data, when the
/// reader was to stop at one; or the status of an error, which is reported.
[[nodiscard]] ExitStatus run_rows(const RowInput& input, RowReader& reader, RowSink& sink,
                                  const RowRun& run, Streams& streams,
                                  const std::function<bool()>& after_block);

}  // namespace attune
