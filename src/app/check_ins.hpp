// SPDX-License-Identifier: MIT
#pragma once

/// Records read back and scored, alone as a profile, one after the other, or gathered into series:
/// what every command that looks at the history shares.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attune/history.hpp"
#include "attune/questionnaire.hpp"
#include "attune/report.hpp"
#include "attune/scores.hpp"
#include "attune/tally.hpp"
#include "attune/trend.hpp"

#include "app/arguments.hpp"
#include "app/options.hpp"

namespace attune::app {

/// What puts a record in its place among others: its time, then the order of keeping.
using TakenOrder = std::pair<std::int64_t, std::int64_t>;
[[nodiscard]] TakenOrder order_of(const Record& record);

/// Which check-ins a command is about.
struct Selection {
  store::RecordFilter filter;
  std::optional<std::string> about;
};

/// From the options `--about`, `--since` and `--until` and the first operand, a questionnaire's
/// name; `usual` where there is none. Error: usage.
[[nodiscard]] Selection selection_of(const Arguments& arguments,
                                     const std::optional<std::string>& usual);

/// Whom `--about` names, "partner" or "friend:Ben", its label composed; nothing where it is not
/// given. Error: usage, where the label is none.
[[nodiscard]] std::optional<std::string> asked_about(const Arguments& arguments);

/// Whom a record is about: its about, or the questionnaire's first where none was named. Nothing
/// for a questionnaire that is about no one.
[[nodiscard]] std::optional<std::string> about_of(const Record& record,
                                                  const Questionnaire& questionnaire);

/// The index of the person that `--about NAME` names, who is added where the name has a label.
/// Error: usage, with the nearest names, or that the questionnaire is not about a person.
std::size_t known_about(Questionnaire& questionnaire, const std::string& name);

/// A record with its scores, for as long as it is visited. `questionnaire` is the definition it is
/// scored with; null when this version can't use that, and then there is nothing but the record.
struct CheckIn {
  const Record& record;
  const Questionnaire* questionnaire;
  std::size_t form;
  const Responses& responses;
  const Scores& scores;
};

/// A history with the definitions that its records are scored with, each read once however many
/// records it scores. Errors: the history's.
class ScoredHistory : public store::History {
 public:
  explicit ScoredHistory(store::History history) : History(std::move(history)) {}

  /// The definition with the hash of its text, for as long as the history is there; null when this
  /// version can't use it. It knows `about` from now on where that has a label.
  [[nodiscard]] const Questionnaire* questionnaire(const std::string& sha256,
                                                   const std::optional<std::string>& about = {});

  /// Hands each selected check-in to `visit`, in the order they were kept.
  void visit_check_ins(const Selection& selection,
                       const std::function<void(const CheckIn&)>& visit);

 private:
  std::map<std::string, std::optional<Questionnaire>> by_hash_;  // whose nodes stay where they are
};

/// The history to look at, or to change something in; empty when there is none yet: none is made.
[[nodiscard]] std::optional<ScoredHistory> open_to_read(const World& world);
[[nodiscard]] std::optional<ScoredHistory> open_to_change(const World& world);

/// The history that was opened, for what makes no sense without one. Error: not_found.
[[nodiscard]] ScoredHistory existing(std::optional<ScoredHistory> history);

/// That a history is empty, and how its first record is made. Its kind is not_found.
[[nodiscard]] Error no_records();

/// Why nothing of `selection` was found, in this history or where there is none. Its kind is
/// not_found.
[[nodiscard]] Error no_check_ins(store::History* history, const Selection& selection);

/// How many of its questions a draft has an answer to; what was skipped has none.
[[nodiscard]] std::size_t answered(const store::Draft& draft);

/// How far a draft is, from which day, and the command that goes on, with nobody's name: "You have
/// 8 of 36 answers from today. Go on with: attune take".
[[nodiscard]] std::string draft_words(const store::Draft& draft, Instant now);

/// What a list says that has no record: how the first is made, or goes on where there is a draft.
[[nodiscard]] std::string nothing_listed(store::History* history, const Selection& selection,
                                         Instant now);

/// How far before the newest record "last" (0) or "last~2" (2) is; nothing for another word.
[[nodiscard]] std::optional<std::size_t> steps_back(std::string_view name);

/// The record with this id, or the only one whose id begins so; for "last" and "last~2" the newest
/// of those that can be it (all, without a choice), or so many before it. Error: not_found, with
/// the nearest ids.
[[nodiscard]] Record find_record(store::History& history, const std::string& name,
                                 const std::function<bool(const Record&)>& can_be_last = {});

/// The profile of a record's answers: scored, with derived scores, interpreted.
[[nodiscard]] report::Profile make_profile(Questionnaire questionnaire, std::size_t form,
                                           Record record, std::vector<TriedStep> tried);

/// Which steps tried are seen beside a profile: those before it was taken, so that it reads as it
/// did then, or all.
enum class Tries { before, all };

/// The whole profile of a record. Errors: the history's; that this version can't use the
/// definition.
[[nodiscard]] report::Profile profile_of(ScoredHistory& history, const Record& record, Tries tries);

/// The person's own line on where to turn, from their configuration; empty without one. One that
/// can't be used is a LoadError.
[[nodiscard]] std::string read_contact(const store::Paths& paths);

/// Refuses `--scores-only` beside another format than json or `--explain`.
void check_scores_only(const Arguments& arguments, Format format);

/// Writes a profile as `--explain` and `--scores-only` say; a page with what has changed, where
/// there is a history.
ExitStatus write_profile(const Arguments& arguments, Streams& streams, Destination& destination,
                         report::Profile profile, const std::string& contact,
                         ScoredHistory* history);

/// Check-ins by about; "" for a questionnaire that is about no one. The history must outlive them.
using SeriesByAbout = std::map<std::string, trend::SeriesCollector>;

/// Of every main scale, or of the one that is named, without the forms that don't ask about it; one
/// that is about oneself is one series, under "". Check-ins after `up_to` are left out. Empty when
/// nothing is selected. Errors: the history's.
[[nodiscard]] SeriesByAbout collect_series(ScoredHistory& history, const Selection& selection,
                                           const std::optional<std::string>& scale = {},
                                           const std::optional<TakenOrder>& up_to = {});

/// The series with the newest check-in. Precondition: there is one.
[[nodiscard]] SeriesByAbout::iterator newest_series(SeriesByAbout& series);

/// Says on standard error whose check-ins are not shown, so that nobody takes a part for the whole.
void name_others(const SeriesByAbout& series, SeriesByAbout::const_iterator shown,
                 Streams& streams);

/// The series about one person with their trends. `asked_about` is whom the person named; without,
/// the questionnaire's first goes without saying. The series is used up.
[[nodiscard]] report::TrendReport trend_report(trend::SeriesCollector& series,
                                               const std::string& about,
                                               const std::optional<std::string>& asked_about);

/// The answers of records, laid out for `questionnaire`; where `about` names a person, of those
/// about that one and of those that name nobody.
[[nodiscard]] std::vector<trend::Entry> entries_of(const std::vector<Record>& records,
                                                   const Questionnaire& questionnaire,
                                                   const std::optional<std::string>& about);

/// The selected entries of a journal, by the definition of its newest. Nothing where there is no
/// entry, or this version can't use that definition.
[[nodiscard]] std::optional<report::Journal> read_journal(ScoredHistory& history,
                                                          const Selection& selection);

/// The command that continues a draft: "attune take closeness --form short". `name` is what the
/// questionnaire is asked for by, its id or a path.
[[nodiscard]] std::string resume_command(const std::string& name, const store::DraftKey& key);

/// The day from which a check-in is due: `period_days` calendar days after the local day of `last`,
/// or today where there is none.
[[nodiscard]] Date due_from(const std::optional<Instant>& last, Instant now, int period_days);

}  // namespace attune::app
