// SPDX-License-Identifier: MIT
// The one source that includes toml++. A wrong text comes back as an error; what the library
// asserts on the way there is neither checked nor taken for granted by the compiler.
#undef NDEBUG
#define TOML_ASSERT(...) static_assert(true)
#define TOML_EXCEPTIONS 0
#define TOML_FLOAT_CHARCONV 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 16
#include "definition/toml.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <toml++/toml.h>
#include <utility>

namespace attune::definition {

namespace {

constexpr std::size_t max_keys = 512;
static_assert(TOML_MAX_NESTED_VALUES == max_depth);

Place begin_of(const toml::source_region& region) {
  return {static_cast<std::uint32_t>(region.begin.line),
          static_cast<std::uint32_t>(region.begin.column)};
}

void fill(Node& node, toml::node& value, Findings& findings);

// toml++ keeps its tables sorted by key; here they are in the order of the file.
void fill_table(Node& node, toml::table& table, Findings& findings) {
  struct Entry {
    Place at;
    const toml::key* key;
    toml::node* value;
  };
  std::vector<Entry> entries;
  entries.reserve(table.size());
  for (auto&& [key, value] : table) entries.push_back({begin_of(key.source()), &key, &value});
  std::sort(entries.begin(), entries.end(),
            [](const Entry& left, const Entry& right) { return left.at < right.at; });
  if (entries.size() > max_keys) {
    findings.error(entries[max_keys].at, "a table has more than 512 keys");
  }
  node.children.reserve(entries.size());
  for (const Entry& entry : entries) {
    Node& child = node.children.emplace_back();
    child.key = entry.key->str();
    child.key_at = entry.at;
    refuse_hidden_characters(findings, child.key_at, child.key);
    fill(child, *entry.value, findings);
  }
}

// Takes a value over into our tree.
void fill(Node& node, toml::node& value, Findings& findings) {
  node.at = begin_of(value.source());
  if (auto* text = value.as_string()) {
    node.kind = NodeKind::text;
    node.text = std::move(text->get());
    refuse_hidden_characters(findings, node.at, node.text);
  } else if (const auto* whole = value.as_integer()) {
    node.kind = NodeKind::whole;
    node.whole = whole->get();
    node.real = static_cast<double>(node.whole);
  } else if (const auto* real = value.as_floating_point()) {
    node.kind = NodeKind::real;
    node.real = real->get();
    if (!std::isfinite(node.real)) findings.error(node.at, "expected a number, found inf or nan");
  } else if (const auto* boolean = value.as_boolean()) {
    node.kind = NodeKind::boolean;
    node.whole = boolean->get() ? 1 : 0;
  } else if (auto* array = value.as_array()) {
    node.kind = NodeKind::array;
    node.children.reserve(array->size());
    for (toml::node& child : *array) fill(node.children.emplace_back(), child, findings);
  } else if (auto* table = value.as_table()) {
    fill_table(node, *table, findings);
  } else {
    findings.error(node.at, std::string(no_date), std::string(date_advice));
  }
}

}  // namespace

bool is_toml(std::string_view text) { return toml::parse(text).succeeded(); }

std::optional<Node> read_toml(std::string_view text, Findings& findings) {
  if (!passes_text_gate(text, findings)) return std::nullopt;
  // Beyond its limits a text is not read; a mistake before that comes first.
  std::optional<Mistake> mistake = beyond_limits(text);
  const std::size_t end = mistake ? mistake->at : text.size();
  toml::parse_result read = toml::parse(text.substr(0, end));
  if (!read.succeeded()) {
    const std::size_t at = byte_at_place(text, begin_of(read.error().source()));
    if (!mistake || at < end) mistake = explain_mistake(text, at);
  }
  if (mistake) {
    findings.error(place_of_byte(text, mistake->at), std::move(mistake->message),
                   std::move(mistake->advice));
    return std::nullopt;
  }
  Node root;
  fill(root, read.table(), findings);
  root.at = {};
  if (findings.has_errors()) return std::nullopt;
  return root;
}

const Node* Node::find(std::string_view name) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [name](const Node& child) { return child.key == name; });
  return found != children.end() ? &*found : nullptr;
}

std::string_view describe(NodeKind kind) {
  constexpr std::array<std::string_view, 6> names{"a text",        "a whole number", "a number",
                                                  "true or false", "an array",       "a table"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace attune::definition
