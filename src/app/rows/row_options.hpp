// SPDX-License-Identifier: MIT
#pragma once

/// Options on rows of responses that `score` and `analyze` share.

#include "app/arguments.hpp"
#include "app/commands/score.hpp"
#include "app/rows/parts.hpp"

namespace attune {

inline constexpr OptionSpec from_option{
    "--from", "FORMAT", "The input is csv, tsv or jsonl; by its name's ending otherwise.",
    Value::required};
inline constexpr OptionSpec form_option{"--form", "FORM", "Score the items of this form only.",
                                        Value::required};
inline constexpr OptionSpec columns_option{
    "--columns", "LIST",
    "The columns of the items, in their order: Q1-Q36, or a,b,c. By the items' ids otherwise.",
    Value::required};
inline constexpr OptionSpec no_header_option{
    "--no-header", "", "The first row is data; columns are numbered from 1: --columns 2-37."};
inline constexpr OptionSpec header_from_option{
    "--header-from", "FILE", "The first row of FILE names the columns; the input has data only.",
    Value::required};
inline constexpr OptionSpec range_option{
    "--range", "MIN-MAX", "The data used this range of answers instead of the key's: 1-5.",
    Value::required};
inline constexpr OptionSpec missing_option{
    "--missing", "CODES", "Codes for no answer besides the empty cell: 0,NA,-9.", Value::required};
inline constexpr OptionSpec strict_option{"--strict", "", "Stop at the first row with a problem."};
inline constexpr OptionSpec progress_option{"--progress", "",
                                            "Show on standard error how far it is, on a terminal."};

/// The rows that the arguments name: NAME [FILE|-] and the options above. Errors: usage; those of
/// reading the file of `--header-from`.
[[nodiscard]] Result<RowSource> row_source_of(const Arguments& arguments);

/// The value of `option` as a format of rows. Error: usage.
[[nodiscard]] Result<std::optional<RowFormat>> row_format_of(const Arguments& arguments,
                                                             std::string_view option);

}  // namespace attune
