// SPDX-License-Identifier: MIT
#pragma once

/// From the bytes of a TOML file to a small tree in the order of the file, and the problems found
/// in it. toml++ reads what has passed the gate here.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/definition.hpp"

namespace attune::definition {

/// Where something stands: line and column from 1, the column in code points.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  auto operator<=>(const Place&) const = default;
};

/// Collects problems while a text is read. A hostile file can hold a mistake in every few bytes, so
/// only the first `max_findings` are kept; the rest is summed up in one line.
class Findings {
 public:
  static constexpr std::size_t max_findings = 1000;

  void error(Place at, std::string message, std::string advice = {}) {
    add(Severity::error, at, std::move(message), std::move(advice));
  }
  void warning(Place at, std::string message, std::string advice = {}) {
    add(Severity::warning, at, std::move(message), std::move(advice));
  }

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }

  /// All of them in order of place; those at one place in the order they were found.
  [[nodiscard]] Problems problems() const;

  /// "did you mean 'a' or 'b'?" for the candidates nearest to `name`, or an empty text. Only the
  /// first few mistakes get it: a file of nothing but wrong names must not take long.
  [[nodiscard]] std::string did_you_mean(std::string_view name,
                                         const std::vector<std::string>& candidates);

 private:
  void add(Severity severity, Place at, std::string message, std::string advice);

  Problems problems_;
  std::size_t errors_ = 0;
  std::size_t left_out_ = 0;
  int near_names_left_ = 20;
};

/// Whether a byte of UTF-8 goes on with the character before it.
[[nodiscard]] inline bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// `text` in single quotes, made safe to print and cut to a length that fits a message.
[[nodiscard]] std::string in_quotes(std::string_view text);

enum class NodeKind : std::uint8_t { text, whole, real, boolean, array, table };

/// One value of a file; the children of arrays and tables are in the order of the file.
struct Node {
  NodeKind kind = NodeKind::table;
  Place at;      ///< where the value (of a table: its header or first key) begins
  Place key_at;  ///< where its key begins; 1:1 in arrays
  std::string key;
  std::string text;        ///< kind text
  std::int64_t whole = 0;  ///< kind whole; 0 or 1 for boolean
  double real = 0;         ///< kinds real and whole
  std::vector<Node> children;

  /// The child with this key, or null.
  [[nodiscard]] const Node* find(std::string_view name) const;

  /// Where the child with this key stands, or this table itself without it.
  [[nodiscard]] Place place_of(std::string_view name) const {
    const Node* child = find(name);
    return child != nullptr ? child->at : at;
  }

  [[nodiscard]] bool is_number() const { return kind == NodeKind::whole || kind == NodeKind::real; }
};

/// The words for a kind in messages: "a text", "a table".
[[nodiscard]] std::string_view describe(NodeKind kind);

/// The root table of a file, or nothing when it can't be read: then the findings say why. Reads
/// TOML 1.0 without dates, times, inf and nan, which have no place in a definition, behind the text
/// gate. Values may nest 16 deep, a dotted key may have 8 parts, a table 512 keys, and a file
/// 200,000 values and 20,000 headers and parts of keys: with these limits time and memory are
/// small, whatever the text.
[[nodiscard]] std::optional<Node> read_toml(std::string_view text, Findings& findings);

/// The text gate: whether `text` may be read at all, before anything looks at its meaning. It has
/// at most 1 MiB, strict UTF-8, and no character that hides or reorders what a person sees (control
/// characters other than newline, CRLF and tab; bidirectional controls; invisible tag characters),
/// in comments and keys as in strings. A byte order mark at the start is allowed.
[[nodiscard]] bool passes_text_gate(std::string_view text, Findings& findings);

}  // namespace attune::definition
