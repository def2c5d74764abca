// SPDX-License-Identifier: MIT
#pragma once

/// What a report shows, read from the history.

#include <optional>
#include <string>

#include "attune/catalogue.hpp"
#include "attune/report_page.hpp"

#include "app/commands/check_ins.hpp"

namespace attune {

/// What a report is asked for.
struct ReportSubject {
  std::optional<std::string> word;  ///< a record's id, "last", or a questionnaire's name; closeness
  Selection selection;              ///< its questionnaire is not set
};

/// The record that is meant, its check-ins and the journals. An earlier record is shown as it read
/// then: with nothing that came after it. One pass is made over the records of its questionnaire;
/// others are read only where they are journals. Errors: the history's; not_found, with the nearest
/// of ids and names; usage, when a record is named together with a person.
[[nodiscard]] Result<ReportValues> read_report(History& history, const ReportSubject& subject,
                                               const Catalogue& catalogue);

}  // namespace attune
