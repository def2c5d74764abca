// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "attune/trend_report.hpp"

#include "app/commands/check_ins.hpp"
#include "app/commands/series.hpp"
#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"

namespace attune {

struct TrendOptions {
  Selection selection;               ///< its questionnaire is set
  std::optional<std::string> scale;  ///< the main scales when absent
  Format format = Format::text;
  std::optional<std::string> output;
  Overwrite overwrite = Overwrite::no;
};

/// `attune trend`: scores over time against their noise. Without an about, check-ins about the
/// questionnaire's first (the people closest) are shown, or, where there are none, those about the
/// person of the newest: check-ins about different people are never mixed.
ExitStatus show_trend(const TrendOptions& options, const TextStyle& style,
                      std::optional<History>& history, Streams& streams);

/// The series about one person with their trends. `asked_about` is whom the person named; without,
/// the questionnaire's first goes without saying. The series is used up.
[[nodiscard]] TrendReport trend_report(AboutSeries& series, const std::string& about,
                                       const std::optional<std::string>& asked_about);

struct RelationshipsOptions {
  Selection selection;  ///< its questionnaire is set
  Format format = Format::text;
};

/// `attune relationships`: the newest check-in about each person, side by side.
ExitStatus show_relationships(const RelationshipsOptions& options, const TextStyle& style,
                              std::optional<History>& history, Streams& streams);

}  // namespace attune
