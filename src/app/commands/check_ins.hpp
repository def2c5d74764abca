// SPDX-License-Identifier: MIT
#pragma once

/// Records read back and scored: what every command that looks at the history shares.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "attune/history.hpp"
#include "attune/profile.hpp"
#include "attune/scoring.hpp"

#include "app/arguments.hpp"

namespace attune {

/// What puts a record in its place among others: its time, then the order of keeping.
using TakenOrder = std::pair<std::int64_t, std::int64_t>;

/// Which check-ins a command is about.
struct Selection {
  RecordFilter filter;
  std::optional<std::string> about;
  WantedScales scales = WantedScales::all;
  std::optional<TakenOrder> up_to;  ///< later check-ins are no part of a series, only counted
};

/// From the options `--about`, `--since` and `--until`, and a questionnaire's name. Errors: usage.
[[nodiscard]] Result<Selection> selection_of(const Arguments& arguments,
                                             std::optional<std::string> questionnaire);

/// The definitions of a history by the hash of their text, each read once.
class KeptDefinitions {
 public:
  explicit KeptDefinitions(History& history) : history_(history) {}

  /// Null when this version can't use the text. Errors: the history's.
  [[nodiscard]] Result<const Questionnaire*> find(const std::string& sha256);

 private:
  History& history_;
  std::map<std::string, std::unique_ptr<Questionnaire>, std::less<>> by_hash_;
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

/// Hands each selected check-in to `visit`, in the order they were kept.
[[nodiscard]] Result<void> visit_check_ins(History& history, KeptDefinitions& definitions,
                                           const Selection& selection,
                                           const std::function<void(const CheckIn&)>& visit);

enum class ScoredBy { newest, as_taken };

/// Which steps tried are seen beside a profile: those before it was taken, so that it reads as it
/// did then, or all.
enum class Tries { before, all };

/// The whole profile of a record, by the definition it is scored with or the one it was taken with.
/// Errors: the history's; bad_data when this version can't use the definition.
[[nodiscard]] Result<Profile> profile_of(History& history, const Record& record, ScoredBy scored_by,
                                         Tries tries);

/// The profile of answers by their definition.
[[nodiscard]] Profile make_profile(Questionnaire questionnaire, std::size_t form, Record record,
                                   Responses responses, std::vector<TriedStep> tried);

/// Whom a record is about: its about, or the questionnaire's first where none was named. Nothing
/// for a questionnaire that is about no one.
[[nodiscard]] std::optional<std::string> about_of(const Record& record,
                                                  const Questionnaire& questionnaire);

[[nodiscard]] TakenOrder order_of(const Record& record);

/// Whether `a` is before `b` in time, the order of keeping deciding between equals.
[[nodiscard]] bool is_earlier(const Record& a, const Record& b);

}  // namespace attune
