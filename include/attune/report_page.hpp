// SPDX-License-Identifier: MIT
#pragma once

/// One page to keep, to print or to bring to a talk: a profile, how it came about over time, what
/// the journals add up to, and where every number comes from. Not for one sitting alone
/// (profile.hpp) and not for computing anything: all values are handed in.
///
///     out << render_html(report_document(values, {}), {});

#include <cstddef>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/moments.hpp"
#include "attune/profile.hpp"
#include "attune/questionnaire.hpp"
#include "attune/tally.hpp"
#include "attune/trend_report.hpp"

namespace attune::report {

/// A questionnaire without scores and its entries, in any order, each laid out for it.
struct Journal {
  Questionnaire questionnaire;
  std::vector<trend::Entry> entries;
};

/// How many check-ins there are up to the one that is reported, itself included, and from when.
struct CheckInDates {
  std::size_t count = 1;
  Instant first;
  Instant last;
};

/// Everything that a report shows.
struct ReportValues {
  Profile profile;    ///< of the record that is reported
  TrendReport trend;  ///< up to that record, the main scales; without any scale there is no trend
  CheckInDates check_ins;         ///< of the same questionnaire about the same person
  std::vector<Journal> journals;  ///< where the profile's own questionnaire has no scales, it alone
};

/// Whether the page keeps back what was said in words: notes, lines of journals, the person's own
/// line from the configuration, and the statements, which item ids stand for.
enum class Redaction { none, words };

struct ReportOptions {
  Explain explain = Explain::no;  ///< yes: what each answer contributes
  Redaction redaction = Redaction::none;
  Notes notes = Notes::hide;  ///< show: the last ten lines of each journal; redaction comes first
  std::string contact;        ///< as in ProfileOptions
  std::string made_with;      ///< the program and its version; may be empty
};

/// In this order: header, scores with facets, derived scores, the plane with earlier check-ins,
/// what stands out, over time, journals that have entries, next steps with what was tried, care
/// notes, the note of the record, contributions, what the numbers mean and don't, provenance. Its
/// length does not depend on the number of check-ins. For a questionnaire without scales it is the
/// summary of its entries with the last two parts. No sentence about the page as a whole is said
/// twice.
[[nodiscard]] Document report_document(ReportValues values, const ReportOptions& options);

/// `values` without anything that was said in words: what is not there can't be shown.
[[nodiscard]] ReportValues without_words(ReportValues values);

}  // namespace attune::report
