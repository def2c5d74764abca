// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "attune/catalogue.hpp"

#include "app/arguments.hpp"
#include "app/exit_status.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"

namespace attune {

/// What a codebook is written as.
enum class CodebookFormat { markdown, csv };

/// The value of `--to`; markdown where it is not given. Error: usage, with the nearest names.
[[nodiscard]] Result<CodebookFormat> codebook_format_of(const Arguments& arguments);

struct CodebookOptions {
  std::string name;
  CodebookFormat format = CodebookFormat::markdown;
  std::optional<std::string> language;
  std::optional<std::string> about;
  std::optional<std::string> output;  ///< nothing: standard output
  Overwrite overwrite = Overwrite::no;
};

/// `attune codebook NAME`: a questionnaire as other tools and papers describe data.
ExitStatus write_codebook(const CodebookOptions& options, const Catalogue& catalogue,
                          Streams& streams);

}  // namespace attune
