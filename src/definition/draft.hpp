// SPDX-License-Identifier: MIT
#pragma once

/// A questionnaire while it is read from the tree of a file and checked.

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "attune/definition.hpp"
#include "attune/questionnaire.hpp"

#include "definition/toml.hpp"

namespace attune::definition {

enum class Presence { required, optional };

/// What a text must keep to: 1..4000 characters, not only spaces, one line where it is shown within
/// a line, and {about} only where it is replaced: in the text of an item, a sentence, a region or a
/// step. Tabs and other control characters are refused before, with the syntax.
enum class TextRule { one_line, several_lines, about_person };

/// The text of `node` when it is a legal one; otherwise the problem is reported and the result is
/// empty.
[[nodiscard]] std::string read_text(Findings& findings, const Node& node,
                                    TextRule rule = TextRule::one_line);

/// Reports that `node` is of another kind than `expected`.
void refuse_kind(Findings& findings, const Node& node, std::string_view expected);

/// Typed access to one table. Each function reports what is wrong with its key; `finish` reports
/// the keys that nobody asked for. `what` names the table in messages: "this item".
class TableReader {
 public:
  TableReader(Findings& findings, const Node& table, std::string_view what)
      : findings_(findings), table_(table), what_(what) {}

  [[nodiscard]] const Node& node() const { return table_; }

  /// The value of `key`, or null. `key` has to outlive this.
  const Node* find(std::string_view key, Presence presence = Presence::optional);

  [[nodiscard]] bool has(std::string_view key) const { return table_.find(key) != nullptr; }

  std::string text(std::string_view key, TextRule rule = TextRule::one_line,
                   Presence presence = Presence::required);
  std::string id();
  std::optional<int> whole(std::string_view key, int min, int max,
                           Presence presence = Presence::optional);
  std::optional<double> number(std::string_view key, Presence presence = Presence::optional);
  bool flag(std::string_view key);

  /// One of a few words, the names of `values`; `otherwise` without the key.
  template <class Value>
  Value word(std::string_view key, std::initializer_list<std::type_identity_t<Value>> values,
             Value otherwise, Presence presence = Presence::optional) {
    const Node* node = find(key, presence);
    if (node == nullptr) return otherwise;
    std::vector<std::string> names;
    for (const Value value : values) {
      if (node->kind == NodeKind::text && node->text == name_of(value)) return value;
      names.push_back(in_quotes(name_of(value)));
    }
    refuse_word(*node, names);
    return otherwise;
  }

  /// The table at `key`; another kind of value is reported.
  const Node* table(std::string_view key, Presence presence = Presence::optional);

  /// The tables of an array: [[key]] sections or inline. At most `max` are returned.
  std::vector<const Node*> tables(std::string_view key, std::size_t max);

  /// Calls `read` with a reader of each of these tables, and reports the keys it did not ask for.
  template <class Read>
  std::vector<const Node*> each(std::string_view key, std::size_t max, std::string_view what,
                                Read read) {
    std::vector<const Node*> nodes = tables(key, max);
    for (const Node* node : nodes) read_whole(*node, what, read);
    return nodes;
  }

  /// The same for the one table at `key`, if there is one.
  template <class Read>
  void inner(std::string_view key, std::string_view what, Read read,
             Presence presence = Presence::optional) {
    if (const Node* node = table(key, presence)) read_whole(*node, what, read);
  }

  /// Reads the tables of an array into `all`, each with an 'id' of its own.
  template <class Part, class Read>
  std::vector<const Node*> parts(std::string_view key, std::size_t max, std::string_view what,
                                 std::vector<Part>& all, Read read) {
    return each(key, max, what, [&](TableReader& reader) {
      Part part;
      part.id = reader.id();
      if (!part.id.empty() && find_by_id(all, part.id)) {
        reader.error("id", in_quotes(part.id) + " is given twice");
      }
      read(reader, part);
      all.push_back(std::move(part));
    });
  }

  /// Reports a problem where the value of `key` stands, or at the table itself without it.
  void error(std::string_view key, std::string message, std::string advice = {});

  /// Reports unknown keys, with the nearest known one.
  void finish();

 private:
  template <class Read>
  void read_whole(const Node& node, std::string_view what, Read& read) {
    TableReader reader(findings_, node, what);
    read(reader);
    reader.finish();
  }

  /// The value of `key` when it is of this kind; another one is reported as not `expected`.
  const Node* find_kind(std::string_view key, NodeKind kind, std::string_view expected,
                        Presence presence);

  void refuse_word(const Node& node, const std::vector<std::string>& words);

  Findings& findings_;
  const Node& table_;
  std::string_view what_;
  std::vector<std::string_view> asked_;
};

/// What `read` makes of the tree of a file, without errors, and all problems.
template <class File, class Read>
[[nodiscard]] File read_file(std::string_view text, Read read) {
  Findings findings;
  const std::optional<Node> root = read_toml(text, findings);
  auto value = root ? std::optional(read(findings, *root)) : std::nullopt;
  if (findings.has_errors()) value.reset();
  return {std::move(value), findings.problems()};
}

/// The required key `language`, a language tag. It becomes part of a file name, so nothing else may
/// pass.
[[nodiscard]] std::string read_language(TableReader& table);

/// The tables that the parts of a questionnaire were read from, parallel to its vectors: the checks
/// that come after reading find there where a problem stands.
struct PartNodes {
  std::vector<const Node*> response_scales;
  std::vector<const Node*> scales;
  std::vector<const Node*> items;
  std::vector<const Node*> forms;  ///< forms[0] is built in and has none
  std::vector<const Node*> pairs;
  std::vector<const Node*> regions;
  std::vector<const Node*> next_steps;
  std::vector<const Node*> pairings;
};

enum class Wording { included, not_included };
[[nodiscard]] constexpr std::string_view name_of(Wording wording) {
  return wording == Wording::included ? "included" : "not included";
}

/// What a rule is for.
enum class RuleOf { item, sentence, region, step, pairing };

/// A condition, what its rule is for, and where the alternative of the rule stands that it is part
/// of.
struct PlacedCondition {
  Condition condition;
  RuleOf rule_of;
  Place at;
};

/// Every part of the file has its place in the vectors even when something in it is wrong, so that
/// one mistake doesn't cause others.
struct DefinitionDraft {
  Findings& findings;
  Questionnaire questionnaire;
  PartNodes nodes;
  Wording wording = Wording::included;
  std::vector<PlacedCondition> conditions;
};

/// The most minutes that a questionnaire or a form may say it takes.
inline constexpr int max_minutes = 600;

// Readers, in the order they build on one another: each takes its own keys of the file's root.
void read_scales(DefinitionDraft& draft, TableReader& root);
void read_derived(DefinitionDraft& draft, TableReader& root);  ///< and rates
void read_rules(DefinitionDraft& draft, TableReader& root);    ///< sentences, regions, steps, ...

/// A rule over scales and items; with `earlier_than` an item's index, over the items before it
/// alone. Its conditions are added to those of the draft.
inline constexpr std::size_t any_subject = static_cast<std::size_t>(-1);
[[nodiscard]] Rule read_rule(DefinitionDraft& draft, const Node& node, RuleOf rule_of,
                             std::size_t earlier_than = any_subject);

/// The place among `parts` of the id that `node` holds. Another kind of value than `expected` and
/// an unknown id are reported; `refusal` follows the unknown one.
template <class Part>
[[nodiscard]] std::optional<std::size_t> read_reference(Findings& findings, const Node& node,
                                                        std::string_view expected,
                                                        const std::vector<Part>& parts,
                                                        std::string_view refusal) {
  if (node.kind != NodeKind::text) {
    refuse_kind(findings, node, expected);
    return {};
  }
  const std::optional<std::size_t> found = find_by_id(parts, node.text);
  if (!found) {
    findings.error(node.at, in_quotes(node.text).append(refusal),
                   findings.did_you_mean(node.text, ids_of(parts)));
  }
  return found;
}

/// The places among `parts` of the ids that an array names; unknown and repeated ones are reported
/// and left out. `expected` is what each of them is: "the id of an item".
template <class Part>
[[nodiscard]] std::vector<std::size_t> read_references(Findings& findings, const Node& node,
                                                       std::string_view expected,
                                                       const std::vector<Part>& parts,
                                                       std::string_view refusal) {
  std::vector<std::size_t> named;
  if (node.kind != NodeKind::array) {
    refuse_kind(findings, node, "an array of ids");
    return named;
  }
  for (const Node& child : node.children) {
    const std::optional<std::size_t> index =
        read_reference(findings, child, expected, parts, refusal);
    if (!index) continue;
    if (std::ranges::find(named, *index) != named.end()) {
      findings.error(child.at, in_quotes(child.text) + " is named twice");
    } else {
      named.push_back(*index);
    }
  }
  return named;
}

/// The bounds that a condition has.
[[nodiscard]] std::set<double> present_bounds(const Condition& condition);

/// The values of `range` that stand for all others where `bounds` cut it: its ends, each cut, and
/// one point between neighbours. Ascending.
[[nodiscard]] std::vector<double> test_points(ScoreRange range, const std::set<double>& bounds);

/// The scores a scale can have in the full form.
[[nodiscard]] ScoreRange full_range(const Questionnaire& questionnaire, std::size_t scale);

/// Checks at depth `use`: what administration and scoring rest on.
void check_parts(DefinitionDraft& draft);

/// Checks at depth `full`: warnings for authors. They rest on a definition without errors.
void advise(DefinitionDraft& draft);

/// A text that a text-only file may replace.
struct TextPlace {
  std::string path;  ///< "items.sr1", "scales.avoidance.bands.low", "choices.urge.none"
  std::string* text = nullptr;
  TextRule rule = TextRule::one_line;
};

/// All of them in the order of a definition. This is the one place that says which texts those are
/// and what their paths look like.
[[nodiscard]] std::vector<TextPlace> texts_of(Questionnaire& questionnaire);

/// Warns of statements, and of answers to one item, that have the same text in any case.
void warn_of_twins(Findings& findings, Questionnaire questionnaire);

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
