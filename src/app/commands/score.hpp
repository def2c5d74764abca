// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "attune/batch_scoring.hpp"
#include "attune/catalogue.hpp"
#include "attune/rows.hpp"

#include "app/commands/row_input.hpp"
#include "app/exit_status.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"

namespace attune {

/// Which rows of which questionnaire, as the command line names them.
struct RowSource {
  std::string questionnaire;
  std::optional<std::string> form;
  std::string input = "-";
  RowOptions options;
};

/// A questionnaire to score rows by, and its form.
struct RowKey {
  Questionnaire questionnaire;
  std::size_t form = 0;
};

/// Loads it and proves that the options fit. An error is reported, its status given.
[[nodiscard]] Result<RowKey, ExitStatus> load_row_key(const RowSource& source,
                                                      const Catalogue& catalogue, Streams& streams);

struct ScoreRequest {
  RowSource source;
  ScoreOptions options;
  RowRun run;
  std::optional<std::string> output;
  Overwrite overwrite = Overwrite::no;
};

/// `attune score`
ExitStatus score_rows(const ScoreRequest& request, const Catalogue& catalogue, Streams& streams);

}  // namespace attune
