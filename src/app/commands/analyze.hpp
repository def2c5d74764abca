// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/document.hpp"
#include "attune/item_analysis.hpp"

#include "app/commands/row_input.hpp"
#include "app/commands/score.hpp"
#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"

namespace attune {

struct AnalyzeRequest {
  RowSource source;
  MissingAnswers missing = MissingAnswers::listwise;
  RowRun run;
  Format format = Format::text;
  std::optional<std::string> output;
  Overwrite overwrite = Overwrite::no;
};

/// `attune analyze`
ExitStatus analyze_rows(const AnalyzeRequest& request, const TextStyle& style,
                        const Catalogue& catalogue, Streams& streams);

}  // namespace attune
