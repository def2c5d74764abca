// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "attune/definition.hpp"
#include "attune/questionnaire.hpp"

#include "definition/findings.hpp"
#include "definition/table_reader.hpp"

namespace attune::detail {

/// Where the parts of a questionnaire stand in the file, parallel to its vectors, for the checks
/// that come after reading. A rule's alternatives are parallel to the rule.
struct RulePlace {
  Offset at = 0;
  std::vector<Offset> alternatives;
};
struct ScalePlace {
  Offset at = 0;
  Offset typical = 0;
  std::vector<Offset> bands;
  std::vector<Offset> norms;
};
struct ItemPlace {
  Offset at = 0;
  Offset text = 0;
  RulePlace ask_when;
};
struct RuledPlace {
  Offset at = 0;
  RulePlace when;
};
struct PairingPlace {
  Offset at = 0;
  RulePlace one;
  RulePlace other;
};
struct Places {
  Offset about = 0;
  std::vector<Offset> response_scales;
  std::vector<ScalePlace> scales;
  std::vector<ItemPlace> items;
  std::vector<Offset> forms;  ///< forms[0] is built in and has no place
  std::vector<Offset> pairs;
  std::vector<RuledPlace> regions;
  std::vector<RuledPlace> next_steps;
  std::vector<PairingPlace> pairings;
};

enum class Wording { included, not_included };

/// A questionnaire while it is read and checked. Every part of the file has its place in the
/// vectors even when something in it is wrong, so that one mistake doesn't cause others.
struct Draft {
  Source source;
  Questionnaire questionnaire;
  Places places;
  Wording wording = Wording::included;

  [[nodiscard]] Findings& findings() const { return source.findings; }
};

/// The priorities that next steps and pairings may have go from −max_priority to this.
inline constexpr int max_priority = 1000;

// Readers, in the order they build on one another: each takes its own keys of the file's root.
void read_header(Draft& draft, TableReader& root, std::string_view expected_id);
void read_about(Draft& draft, TableReader& root);
void read_response_scales(Draft& draft, TableReader& root);
void read_scales(Draft& draft, TableReader& root);
void read_items(Draft& draft, TableReader& root);
void read_forms(Draft& draft, TableReader& root);
void read_pairs(Draft& draft, TableReader& root);
void read_derived(Draft& draft, TableReader& root);
void read_rates(Draft& draft, TableReader& root);
void read_together(Draft& draft, TableReader& root);
void read_regions(Draft& draft, TableReader& root);
void read_next_steps(Draft& draft, TableReader& root);
void read_pairings(Draft& draft, TableReader& root);

/// The `wanted` and the `progress` of a scale or a rate.
[[nodiscard]] Wanted read_wanted(TableReader& table);
[[nodiscard]] std::optional<int> read_progress(TableReader& table);

/// A rule over scales and items; with `earlier_than` an item's index, over the items before it
/// alone.
inline constexpr std::size_t any_subject = static_cast<std::size_t>(-1);
[[nodiscard]] Rule read_rule(Draft& draft, const Node& node, RulePlace& place,
                             std::size_t earlier_than = any_subject);

/// Ids of `parts` as candidates for advice.
template <class Part>
[[nodiscard]] std::vector<std::string> ids_of(const std::vector<Part>& parts) {
  std::vector<std::string> ids;
  ids.reserve(parts.size());
  for (const Part& part : parts) ids.push_back(part.id);
  return ids;
}

/// Whether `id` is among the parts read so far; reported at the 'id' of `table` when it is.
template <class Part>
void refuse_duplicate(TableReader& table, const std::vector<Part>& parts, std::string_view id) {
  for (const Part& part : parts) {
    if (!id.empty() && part.id == id) {
      table.error("id", quoted(id) + " is given twice");
      return;
    }
  }
}

// Checks at depth `use`: what administration and scoring rest on.
void check_scales(Draft& draft);
void check_forms(Draft& draft);
void check_pairs(Draft& draft);
void check_plane(Draft& draft);
void check_next_steps(Draft& draft);
void check_pairings(Draft& draft);

// Checks at depth `full`: warnings for authors.
void check_keying(Draft& draft);
void check_respondents(Draft& draft);
void check_rules(Draft& draft);
void check_unused_parts(Draft& draft);
void check_wording(Draft& draft);

}  // namespace attune::detail
