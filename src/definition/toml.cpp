// SPDX-License-Identifier: MIT
// The one source that includes toml++. Its assertions are off in every build: they guard against
// what a wrong text would do next, and a wrong text comes back as an error.
#ifndef NDEBUG
#define NDEBUG
#endif
#define TOML_EXCEPTIONS 0
#define TOML_FLOAT_CHARCONV 1
#define TOML_ENABLE_FORMATTERS 0
#include "definition/toml.hpp"

#include <algorithm>
#include <array>
#include <toml++/toml.h>
#include <utility>

namespace attune::definition {

namespace {

constexpr std::size_t max_keys = 512;

Place begin_of(const toml::source_region& region) {
  return {static_cast<std::uint32_t>(region.begin.line),
          static_cast<std::uint32_t>(region.begin.column)};
}

// A value in our tree. Dates and what is no number are words that the outline refuses, so that
// they never come here.
Node node_of(const toml::node& value, Findings& findings) {
  Node node;
  node.at = begin_of(value.source());
  if (const auto* text = value.as_string()) {
    node.kind = NodeKind::text;
    node.text = text->get();
  } else if (const auto* whole = value.as_integer()) {
    node.kind = NodeKind::whole;
    node.whole = whole->get();
    node.real = static_cast<double>(node.whole);
  } else if (const auto* real = value.as_floating_point()) {
    node.kind = NodeKind::real;
    node.real = real->get();
  } else if (const auto* boolean = value.as_boolean()) {
    node.kind = NodeKind::boolean;
    node.whole = boolean->get() ? 1 : 0;
  } else if (const auto* array = value.as_array()) {
    node.kind = NodeKind::array;
    node.children.reserve(array->size());
    for (const toml::node& child : *array) node.children.push_back(node_of(child, findings));
  } else if (const auto* table = value.as_table()) {
    node.children.reserve(table->size());
    for (const auto& [key, child] : *table) {
      Node& added = node.children.emplace_back(node_of(child, findings));
      added.key = key.str();
      added.key_at = begin_of(key.source());
    }
    // toml++ keeps its tables sorted by key.
    std::sort(node.children.begin(), node.children.end(),
              [](const Node& left, const Node& right) { return left.key_at < right.key_at; });
    if (node.children.size() > max_keys) {
      findings.error(node.children[max_keys].key_at, "a table has more than 512 keys");
    }
  }
  return node;
}

bool is_readable(std::string_view text) { return toml::parse(text).succeeded(); }

// A header that can't be opened, or not be added to. toml++ notices the latter at the end of its
// line or after it.
Mistake refused_header(const Outline& outline, std::string_view text, std::size_t at) {
  const std::vector<KeyPart>& key = outline.key;
  if (at == outline.statement) {
    const bool is_array = text.substr(at).starts_with("[[");
    return {at, in_quotes(key.back().name) + " is given twice",
            is_array ? "all of its parts need a [[header]] of their own" : ""};
  }
  if (key.size() == 2) {
    return {key[0].at, in_quotes(key[0].name) + " is given already and can't be added to here", {}};
  }
  const std::size_t end = key.back().at + key.back().name.size();
  return {key[0].at,
          in_quotes(text.substr(key[0].at, end - key[0].at)) +
              " is part of something that is given already and can't be added to here",
          {}};
}

// What toml++ refuses at byte `at` of a text whose outline is right: a word that is no number, or a
// key or header that is taken.
Mistake refused_by_library(std::string_view text, std::size_t at) {
  Outline outline = outline_of(text, at);
  if (!outline.word.empty() && !is_readable("x = " + std::string(outline.word))) {
    return refused_word(outline.word, static_cast<std::size_t>(outline.word.data() - text.data()));
  }
  const std::string_view before = text.substr(0, outline.statement);
  if (!is_readable(before)) outline = outline_of(before);
  if (outline.is_header) return refused_header(outline, text, at);
  const KeyPart& last = outline.key.back();
  for (const KeyPart& part : outline.key) {
    if (part.at != at || part.at == last.at) continue;
    return {at, in_quotes(part.name) + " is given already and can't be added to here", {}};
  }
  return {last.at, in_quotes(last.name) + " is given twice", {}};
}

}  // namespace

std::optional<Node> read_toml(std::string_view text, Findings& findings) {
  if (!passes_text_gate(text, findings)) return std::nullopt;
  Outline outline = outline_of(text);
  // With a mistake in its outline the text is read up to there, as the mistakes before it come
  // first.
  const bool is_right = outline.mistakes.empty();
  const toml::parse_result read = toml::parse(is_right ? text : text.substr(0, outline.statement));
  if (!read.succeeded()) {
    const std::size_t at = byte_at_place(text, begin_of(read.error().source()));
    outline.mistakes = {refused_by_library(text, at)};
  }
  if (!outline.mistakes.empty()) {
    for (Mistake& mistake : outline.mistakes) {
      findings.error(place_of_byte(text, mistake.at), std::move(mistake.message),
                     std::move(mistake.advice));
    }
    return std::nullopt;
  }
  Node root = node_of(read.table(), findings);
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
