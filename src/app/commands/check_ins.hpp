// SPDX-License-Identifier: MIT
#pragma once

/// Records read back and scored, one after the other or gathered into series: what every command
/// that looks at the history shares.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/history.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"
#include "attune/tally.hpp"
#include "attune/trend.hpp"
#include "attune/trend_report.hpp"

#include "app/arguments.hpp"

namespace attune::app {

/// What puts a record in its place among others: its time, then the order of keeping.
using TakenOrder = std::pair<std::int64_t, std::int64_t>;
[[nodiscard]] TakenOrder order_of(const Record& record);

/// Whether `a` is before `b` in time, the order of keeping deciding between equals.
[[nodiscard]] bool is_earlier(const Record& a, const Record& b);

/// Which check-ins a command is about.
struct Selection {
  store::RecordFilter filter;
  std::optional<std::string> about;
};

/// From the options `--about`, `--since` and `--until`, and a questionnaire's name. Error: usage.
[[nodiscard]] Selection selection_of(const Arguments& arguments,
                                     std::optional<std::string> questionnaire);

/// Whom a record is about: its about, or the questionnaire's first where none was named. Nothing
/// for a questionnaire that is about no one.
[[nodiscard]] std::optional<std::string> about_of(const Record& record,
                                                  const Questionnaire& questionnaire);

/// The index of the about that `--about NAME` names. Error: usage, with the nearest names, or that
/// the questionnaire is not about a person.
[[nodiscard]] std::size_t known_about(const Questionnaire& questionnaire, const std::string& name);

/// The definitions of a history by the hash of their text, each read once however many records are
/// scored with it.
class KeptDefinitions {
 public:
  explicit KeptDefinitions(store::History& history) : history_(history) {}

  /// Null when this version can't use the text. Errors: the history's.
  [[nodiscard]] const Questionnaire* find(const std::string& sha256);

 private:
  store::History& history_;
  std::map<std::string, std::optional<Questionnaire>> by_hash_;  // whose nodes stay where they are
};

/// A record with its scores, for as long as it is visited. `questionnaire` is the definition it is
/// scored with; null when this version can't use that, and then there is nothing but the record.
struct CheckIn {
  const Record& record;
  const Questionnaire* questionnaire;
  std::size_t form;
  const Responses& responses;
  const Scores& scores;
};

/// Hands each selected check-in to `visit`, in the order they were kept. Errors: the history's.
void visit_check_ins(store::History& history, KeptDefinitions& definitions,
                     const Selection& selection, const std::function<void(const CheckIn&)>& visit);

/// The check-ins about one person, by the scale.
struct AboutSeries {
  trend::SeriesCollector collector;
  TakenOrder newest;
  std::string newest_id;
  Instant first;          ///< when the first of them was taken
  Instant last;           ///< and the newest
  std::size_t later = 0;  ///< those that came after what was asked for, no part of the rest
};

/// All of them, by about; "" for a questionnaire that is about no one. The definitions must
/// outlive it.
using SeriesByAbout = std::map<std::string, AboutSeries>;

/// Of every main scale, or of the one that is named; of the check-ins after `up_to` none is part of
/// a series, they are only counted. Empty when nothing is selected. Errors: the history's.
[[nodiscard]] SeriesByAbout collect_series(store::History& history, KeptDefinitions& definitions,
                                           const Selection& selection,
                                           const std::optional<std::string>& scale = {},
                                           const std::optional<TakenOrder>& up_to = {});

/// The series with the newest check-in. Precondition: there is one.
[[nodiscard]] SeriesByAbout::iterator newest_series(SeriesByAbout& series);

/// The series that is meant when no about is named: that about the questionnaire's first, or,
/// where there is none, the one with the newest check-in. Precondition: there is one.
[[nodiscard]] SeriesByAbout::iterator default_series(SeriesByAbout& series);

/// The series about one person with their trends. `asked_about` is whom the person named; without,
/// the questionnaire's first goes without saying. The series is used up.
[[nodiscard]] report::TrendReport trend_report(AboutSeries& series, const std::string& about,
                                               const std::optional<std::string>& asked_about);

/// The answers of records, laid out for `questionnaire`; of those about one person where `about`
/// names one.
[[nodiscard]] std::vector<trend::Entry> entries_of(const std::vector<Record>& records,
                                                   const Questionnaire& questionnaire,
                                                   const std::optional<std::string>& about);

/// Why nothing of `selection` was found, in this history or where there is none. Its kind is
/// not_found.
[[nodiscard]] Error no_check_ins(store::History* history, const Selection& selection);

}  // namespace attune::app
