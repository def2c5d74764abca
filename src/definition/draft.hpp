// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/definition.hpp"
#include "attune/questionnaire.hpp"
#include "attune/scores.hpp"

#include "definition/table_reader.hpp"

namespace attune::definition {

/// The tables that the parts of a questionnaire were read from, parallel to its vectors: the checks
/// that come after reading find there where a problem stands.
struct PartNodes {
  const Node* about = nullptr;
  std::vector<const Node*> response_scales;
  std::vector<const Node*> scales;
  std::vector<const Node*> items;
  std::vector<const Node*> forms;  ///< forms[0] is built in and has none
  std::vector<const Node*> pairs;
  std::vector<const Node*> regions;
  std::vector<const Node*> next_steps;
  std::vector<const Node*> pairings;
};

/// Where an alternative of the rule at `key` of `table` stands.
[[nodiscard]] Place place_of_alternative(const Node& table, std::string_view key,
                                         std::size_t alternative);

enum class Wording { included, not_included };

/// A questionnaire while it is read and checked. Every part of the file has its place in the
/// vectors even when something in it is wrong, so that one mistake doesn't cause others.
struct DefinitionDraft {
  Findings& findings;
  Questionnaire questionnaire;
  PartNodes nodes;
  Wording wording = Wording::included;
};

/// The priorities that next steps and pairings may have go from −max_priority to this.
inline constexpr int max_priority = 1000;

/// The most minutes that a questionnaire or a form may say it takes.
inline constexpr int max_minutes = 600;

// Readers, in the order they build on one another: each takes its own keys of the file's root.
void read_header(DefinitionDraft& draft, TableReader& root, std::string_view expected_id);
void read_about(DefinitionDraft& draft, TableReader& root);
void read_response_scales(DefinitionDraft& draft, TableReader& root);
void read_scales(DefinitionDraft& draft, TableReader& root);
void read_items(DefinitionDraft& draft, TableReader& root);
void read_forms(DefinitionDraft& draft, TableReader& root);
void read_pairs(DefinitionDraft& draft, TableReader& root);
void read_derived(DefinitionDraft& draft, TableReader& root);
void read_rates(DefinitionDraft& draft, TableReader& root);
void read_together(DefinitionDraft& draft, TableReader& root);
void read_regions(DefinitionDraft& draft, TableReader& root);
void read_next_steps(DefinitionDraft& draft, TableReader& root);
void read_pairings(DefinitionDraft& draft, TableReader& root);

/// The `wanted` and the `progress` of a scale or a rate.
[[nodiscard]] Wanted read_wanted(TableReader& table);
[[nodiscard]] std::optional<int> read_progress(TableReader& table);

/// A rule over scales and items; with `earlier_than` an item's index, over the items before it
/// alone.
inline constexpr std::size_t any_subject = static_cast<std::size_t>(-1);
[[nodiscard]] Rule read_rule(DefinitionDraft& draft, const Node& node,
                             std::size_t earlier_than = any_subject);

/// The places among `ids` of the ids that an array names; unknown and repeated ones are reported
/// and left out. `what`: "item" or "choice"; `refusal` follows the name of an unknown one.
[[nodiscard]] std::vector<std::size_t> read_ids(Findings& findings, const Node& node,
                                                std::string_view what, std::string_view refusal,
                                                const std::vector<std::string>& ids);

/// Ids of `parts` as candidates for advice.
template <class Part>
[[nodiscard]] std::vector<std::string> ids_of(const std::vector<Part>& parts) {
  std::vector<std::string> ids;
  ids.reserve(parts.size());
  for (const Part& part : parts) ids.push_back(part.id);
  return ids;
}

/// Reports `id` at the 'id' of `table` when one of `parts` has it already.
template <class Part>
void refuse_duplicate(TableReader& table, const std::vector<Part>& parts, std::string_view id) {
  const auto has_id = [id](const Part& part) { return !id.empty() && part.id == id; };
  if (std::any_of(parts.begin(), parts.end(), has_id)) {
    table.error("id", in_quotes(id) + " is given twice");
  }
}

/// The 'id' of `table`, which none of `parts` may have.
template <class Part>
[[nodiscard]] std::string read_new_id(TableReader& table, const std::vector<Part>& parts) {
  std::string id = table.id();
  refuse_duplicate(table, parts, id);
  return id;
}

/// The scores a scale can have in the full form.
[[nodiscard]] ScoreRange full_range(const Questionnaire& questionnaire, std::size_t scale);

// Checks at depth `use`: what administration and scoring rest on.
void check_scales(DefinitionDraft& draft);
void check_forms(DefinitionDraft& draft);
void check_pairs(DefinitionDraft& draft);
void check_plane(DefinitionDraft& draft);
void check_next_steps(DefinitionDraft& draft);
void check_pairings(DefinitionDraft& draft);

// Checks at depth `full`: warnings for authors.
void check_keying(DefinitionDraft& draft);
void check_respondents(DefinitionDraft& draft);
void check_rules(DefinitionDraft& draft);
void check_unused_parts(DefinitionDraft& draft);
void check_wording(DefinitionDraft& draft);

/// The text of starter.toml, in which "@id@" stands for the questionnaire's id.
[[nodiscard]] std::string_view starter_text();

/// The words of an English text in lower case; apostrophes within a word stay.
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

/// Syllables of an English word in lower case, by its spelling. An estimate: it knows the common
/// silent endings and the vowels that are spoken apart.
[[nodiscard]] std::size_t count_syllables(std::string_view word);

/// Flesch-Kincaid grade level, 0.39 words/sentences + 11.8 syllables/words − 15.59 (Kincaid,
/// Fishburne, Rogers & Chissom 1975). English only. 0 for a text without words.
[[nodiscard]] double reading_grade(std::string_view text);

}  // namespace attune::definition
