// SPDX-License-Identifier: MIT
#pragma once

/// Sittings of one questionnaire side by side. A comparison has two: two people, or one person
/// twice; even-handed: what is said of the one is said of the other. Relationships are one person's
/// sittings about several people, one about each. Not for change over time (report.hpp).
///
///     out << render_text(comparison_document(comparison), style);

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/interpretation.hpp"
#include "attune/questionnaire.hpp"
#include "attune/report.hpp"
#include "attune/scores.hpp"
#include "attune/trend.hpp"

namespace attune::report {

/// How a person is spoken of: by name, or as the reader.
enum class Address { name, you };

struct ComparedPerson {
  std::string name;  ///< not empty, and not that of the other
  Address address = Address::name;
  std::string version;               ///< of the definition that gave the scores
  std::string sha256;                ///< of its text
  std::string form;                  ///< its id
  std::optional<std::string> about;  ///< its key
  std::string taken_on;              ///< the local day, "2026-11-24"
  Scores scores;                     ///< parallel to the questionnaire's scales; facets unscored
};

/// Whose sittings they are. What two positions do to each other takes two people.
enum class Between { two_people, one_person };

struct Comparison {
  Questionnaire questionnaire;  ///< gives the names, the plane and the pairings
  std::string sha256;           ///< of its text
  Between between = Between::two_people;
  ComparedPerson first;
  ComparedPerson second;
  std::string contact;  ///< the reader's own line on where to turn; may be empty
};

/// The difference of the two on a scale. Nothing when one is not scored, or when their scores have
/// different ranges: sums over other numbers of items.
[[nodiscard]] std::optional<interpretation::ScoreDifference> difference_of(
    const Comparison& comparison, std::size_t scale);

/// The pairing of two people; nothing for one person, and where `pairing_of` has none.
[[nodiscard]] std::optional<interpretation::PairingReading> pairing_of(
    const Comparison& comparison);

/// Both on one plane, their scores with the differences in a table and in a plain sentence per main
/// scale, the pairing with a step for each and one for both, and what all that does not say.
[[nodiscard]] Document comparison_document(const Comparison& comparison);

/// One line of JSON, schema "attune.comparison" version 1, ending with a newline. Numbers carry
/// full precision; what there is no value for is null. A difference is the second score less the
/// first.
[[nodiscard]] std::string comparison_json(const Comparison& comparison);

/// A main scale that the relationships are compared on.
struct ComparedScale {
  std::string id;
  std::string name;
  std::string low;   ///< what the low end means
  std::string high;  ///< what the high end means
  ScoreRange range{1, 7};
};

/// The area of the plane that a sitting fell into, where one fits clearly.
struct NamedRegion {
  std::string id;
  std::string name;
};

/// One sitting about one person.
struct Relationship {
  std::string about;   ///< its key
  std::string phrase;  ///< may be empty: the key is shown
  std::string id;      ///< of the record
  Instant taken_at;
  std::vector<ScaleScore> scores;  ///< parallel to `scales`; those not scored have a reason
  std::optional<NamedRegion> region;
};

struct Relationships {
  std::string questionnaire;  ///< its id
  std::string title;
  std::string status;  ///< of the questionnaire
  std::vector<ComparedScale> scales;
  std::vector<Relationship> rows;  ///< in the order to be shown
  std::vector<About> others;       ///< abouts of the questionnaire without a sitting yet
};

/// The spread of one scale over the rows in which it is scored; nothing for fewer than two of them.
/// `lowest` and `highest` are indexes into `rows`.
[[nodiscard]] std::optional<trend::Spread> spread_of(const Relationships& relationships,
                                                     std::size_t scale);

/// A table of all scores, and per scale the scores under one another with one plain sentence: how
/// far apart they lie, and whether the error of single sittings could explain it. With fewer than
/// two rows it says how to add one.
[[nodiscard]] Document relationships_document(const Relationships& relationships);

/// One line of JSON, schema "attune.relationships" version 1, ending with a newline. Numbers carry
/// full precision; what there is no value for is null, and a scale that is not scored has a
/// "reason".
[[nodiscard]] std::string relationships_json(const Relationships& relationships);

/// A header and one row per relationship: questionnaire, about, id, taken_at, then per scale X,
/// X_se, X_answered, then region. At most 4 decimals; not scored is empty. Lines end with LF.
[[nodiscard]] std::string relationships_csv(const Relationships& relationships);

// The main scores of one sitting without its answers: a file that two people may exchange, written
// and read back. Not for the history's own export (transfer.hpp), and not for finding or opening
// files: the text is handed in.

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
