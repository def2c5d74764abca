// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "definition/toml.hpp"

namespace attune::definition {

enum class Presence { required, optional };
enum class Lines { one, several };
enum class Placeholder { none, about };

/// What a text must keep to: 1..4000 characters, not only spaces, one line where it is shown within
/// a line, and {about} only where it is replaced. Tabs and other control characters are refused
/// before, as syntax.
struct TextRule {
  Lines lines = Lines::one;
  Placeholder placeholder = Placeholder::none;
};

inline constexpr TextRule several_lines{Lines::several, Placeholder::none};

/// The text of `node` when it is a legal one; otherwise the problem is reported and the result is
/// empty.
[[nodiscard]] std::string read_text(Findings& findings, const Node& node, TextRule rule);

/// Typed access to one table. Each function reports what is wrong with its key; `finish` reports
/// the keys that nobody asked for. `what` names the table in messages: "this item".
class TableReader {
 public:
  TableReader(Findings& findings, const Node& table, std::string_view what)
      : findings_(findings), table_(table), what_(what) {}

  [[nodiscard]] const Node& node() const { return table_; }
  [[nodiscard]] Place at() const { return table_.at; }

  const Node* find(std::string_view key, Presence presence = Presence::optional);

  [[nodiscard]] bool has(std::string_view key) const { return table_.find(key) != nullptr; }

  /// Where the value of `key` stands, or the table itself without it.
  [[nodiscard]] Place place_of(std::string_view key) const { return table_.place_of(key); }

  std::string text(std::string_view key, TextRule rule = {},
                   Presence presence = Presence::required);
  std::string id();
  std::optional<int> whole(std::string_view key, int min, int max,
                           Presence presence = Presence::optional);
  std::optional<double> number(std::string_view key, Presence presence = Presence::optional);
  bool flag(std::string_view key);

  /// One of a few words, with the value each stands for.
  template <class Value, std::size_t count>
  Value word(std::string_view key,
             const std::array<std::pair<std::string_view, Value>, count>& words, Presence presence,
             Value otherwise);

  /// The table at `key`; another kind of value is reported.
  const Node* table(std::string_view key, Presence presence = Presence::optional);

  /// The tables of an array: [[key]] sections or inline. At most `max` are returned.
  std::vector<const Node*> tables(std::string_view key, std::size_t max);

  void error(std::string_view key, std::string message, std::string advice = {});

  /// Reports unknown keys, with the nearest known one.
  void finish();

 private:
  void refuse_word(const Node& node, const std::vector<std::string>& words);

  Findings& findings_;
  const Node& table_;
  std::string_view what_;
  std::vector<std::string> asked_;
};

template <class Value, std::size_t count>
Value TableReader::word(std::string_view key,
                        const std::array<std::pair<std::string_view, Value>, count>& words,
                        Presence presence, Value otherwise) {
  const Node* node = find(key, presence);
  if (node == nullptr) return otherwise;
  if (node->kind == NodeKind::text) {
    for (const auto& [name, value] : words) {
      if (node->text == name) return value;
    }
  }
  std::vector<std::string> names;
  names.reserve(words.size());
  for (const auto& [name, value] : words) names.emplace_back(name);
  refuse_word(*node, names);
  return otherwise;
}

/// Reports that `node` is of another kind than `expected`.
void refuse_kind(Findings& findings, const Node& node, std::string_view expected);

/// The required key `language`, a language tag. It becomes part of a file name, so nothing else may
/// pass.
[[nodiscard]] std::string read_language(TableReader& table);

}  // namespace attune::definition
