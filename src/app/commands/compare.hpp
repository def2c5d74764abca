// SPDX-License-Identifier: MIT
#pragma once

/// `attune compare`: two sittings side by side, each a record of the history or a file.

#include <array>
#include <optional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/history.hpp"
#include "attune/paths.hpp"
#include "attune/shared_scores.hpp"

#include "app/arguments.hpp"
#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"

namespace attune {

struct CompareOptions {
  std::array<std::string, 2> operands;
  std::optional<std::array<std::string, 2>> names;
  HeldAnswers answers = HeldAnswers::refuse;
  Format format = Format::text;
  std::optional<std::string> output;
  Overwrite overwrite = Overwrite::no;
};

/// What the command line says but for the output, without touching the world. Errors: usage.
[[nodiscard]] Result<CompareOptions> compare_options(const Arguments& arguments);

/// Whether an operand is a record: "last", or what is neither standard input, nor named like a
/// file, nor one that exists.
[[nodiscard]] bool is_record(const std::string& operand);

/// One of the two, read. `is_kept`: from the history.
struct ComparedSide {
  std::string operand;
  bool is_kept = false;
  SharedScores scores;
};

/// Errors: of reading and parsing, with the file as place; the history's; not_found.
[[nodiscard]] Result<ComparedSide> read_side(const std::string& operand, HeldAnswers answers,
                                             std::optional<History>& history,
                                             const Streams& streams);

/// `history` may be empty where neither operand is a record.
ExitStatus compare(const CompareOptions& options, const TextStyle& style,
                   const Catalogue& catalogue, const Paths& paths, std::optional<History>& history,
                   Streams& streams);

}  // namespace attune
