// SPDX-License-Identifier: MIT
#pragma once

/// The main scores of one sitting without its answers: a file that two people may exchange, written
/// and read back. Not for the history's own export (transfer.hpp), and not for finding or opening
/// files: the text is handed in.
///
///     out << shared_scores_json(shared_scores(profile));
///     const SharedScores theirs = parse_shared_scores(text, HeldAnswers::refuse);

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/profile.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"

namespace attune::report {

/// A main scale by its id. Without an estimate the score has a reason.
struct SharedScale {
  std::string id;
  ScaleScore score;
};

struct SharedScores {
  std::string questionnaire;
  std::string version;
  std::string sha256;  ///< of the definition's text
  std::string form;
  std::string language;
  std::string status;
  std::string taken_on;  ///< the local day, "2026-11-24"; the time of day is nobody's business
  std::optional<std::string> about;  ///< the key
  std::vector<SharedScale> scales;   ///< main scales alone
};

/// What of a profile may be shared.
[[nodiscard]] SharedScores shared_scores(const Profile& profile);

/// One line of JSON, schema "attune.scores" version 1, ending with a newline: questionnaire, local
/// day, whom it is about, and per main scale score, se, low, high, answered, items and, where it is
/// not scored, a reason. No record id, no answers, no facets, no notes, no steps. Numbers carry
/// full precision.
[[nodiscard]] std::string shared_scores_json(const SharedScores& scores);

/// The largest file that is read.
inline constexpr std::size_t max_shared_bytes = std::size_t{1024} * 1024;

/// What to do with a file that holds the answers to single items: whoever is handed one should not
/// read it by accident.
enum class HeldAnswers { refuse, ignore };

/// Reads "attune.scores" and "attune.profile", each of version 1; of a profile only what could have
/// been shared. Throws Error, bad_data without a place: no strict UTF-8, more than 16 levels, a key
/// twice, another schema, a member that is missing, of another type, or impossible (numbers are
/// finite, low ≤ score ≤ high, se ≥ 0, answered ≤ items ≤ 500; texts are printable); exports of a
/// history, which have no scores to read; answers, unless they are to be ignored. A newer
/// version is a configuration error.
[[nodiscard]] SharedScores parse_shared_scores(std::string_view text, HeldAnswers answers);

/// The scores laid out for `questionnaire`: a main scale that the file does not have, and every
/// facet, is not scored. Throws Error, bad_data, where a number lies outside of its scale's range.
[[nodiscard]] Scores scores_for(const Questionnaire& questionnaire, const SharedScores& shared);

}  // namespace attune::report
