// SPDX-License-Identifier: MIT
#pragma once

/// Two sittings of one questionnaire side by side: two people, or one person twice. Even-handed:
/// what is said of the one is said of the other. Not for more than two (relationships.hpp) and not
/// for change over time (trend_report.hpp).
///
///     out << render_text(comparison_document(comparison), style);

#include <optional>
#include <string>

#include "attune/document.hpp"
#include "attune/pairing.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"

namespace attune {

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
[[nodiscard]] std::optional<ScoreDifference> difference_of(const Comparison& comparison,
                                                           std::size_t scale);

/// The pairing of two people; nothing for one person, and where `pairing_of` has none.
[[nodiscard]] std::optional<PairingReading> pairing_of(const Comparison& comparison);

/// Both on one plane, their scores with the differences in a table and in a plain sentence per main
/// scale, the pairing with a step for each and one for both, and what all that does not say.
[[nodiscard]] Document comparison_document(const Comparison& comparison);

/// One line of JSON, schema "attune.comparison" version 1, ending with a newline. Numbers carry
/// full precision; what there is no value for is null. A difference is the second score less the
/// first.
[[nodiscard]] std::string comparison_json(const Comparison& comparison);

}  // namespace attune
