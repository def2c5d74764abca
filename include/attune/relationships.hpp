// SPDX-License-Identifier: MIT
#pragma once

/// One person's relationships side by side: the same questionnaire answered about several people.
/// Not for change over time (trend_report.hpp); each relationship has one sitting here.
///
///     out << render_text(relationships_document(relationships), style);

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"
#include "attune/spread.hpp"

namespace attune {

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
  std::string title;          ///< may be empty: the id is shown
  std::string status;         ///< of the questionnaire; may be empty
  std::vector<ComparedScale> scales;
  std::vector<Relationship> rows;  ///< in the order to be shown
  std::vector<About> others;       ///< abouts of the questionnaire without a sitting yet
};

/// The spread of one scale over the rows in which it is scored; nothing for fewer than two of them.
/// `lowest` and `highest` are indexes into `rows`.
[[nodiscard]] std::optional<Spread> spread_of(const Relationships& relationships,
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

}  // namespace attune
