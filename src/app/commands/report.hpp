// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "attune/catalogue.hpp"
#include "attune/document.hpp"
#include "attune/history.hpp"
#include "attune/paths.hpp"
#include "attune/report_page.hpp"

#include "app/commands/report_values.hpp"
#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"

namespace attune {

struct ReportRequest {
  ReportSubject subject;
  ReportOptions options;  ///< without the contact and the program's name
  Format format = Format::text;
  SeriesRows series_rows = SeriesRows::drawn;
};

/// What a report is written with.
struct ReportOutput {
  std::optional<OutputFile> file;  ///< standard output without
  TextStyle style;
};

/// `attune report`: one page of a profile, its history, the journals and where the numbers come
/// from.
ExitStatus show_report(const ReportRequest& request, ReportOutput& output, const Paths& paths,
                       std::optional<History>& history, Streams& streams);

}  // namespace attune
