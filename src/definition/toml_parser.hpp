// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "definition/findings.hpp"
#include "definition/toml_tree.hpp"

namespace attune::detail {

/// The parser behind read_toml. Functions that return bool report their own mistake before they
/// return false, and leave the cursor where reading may be taken up again.
class TomlParser {
 public:
  TomlParser(std::string_view text, Findings& findings);

  /// False when a mistake of syntax was found.
  bool read_document();

  [[nodiscard]] Tree& tree() { return tree_; }

 private:
  static constexpr std::size_t max_depth = 16;
  static constexpr std::size_t max_key_parts = 8;
  static constexpr std::size_t max_nodes = 200'000;
  static constexpr std::size_t max_keys = 512;
  static constexpr std::size_t max_syntax_errors = 20;

  struct KeyPart {
    std::string_view name;
    Offset at = 0;
  };
  struct Key {
    std::array<KeyPart, max_key_parts> parts;
    std::size_t count = 0;

    [[nodiscard]] const KeyPart& last() const { return parts[count - 1]; }
  };
  enum class Quotes { basic, literal };

  // toml_parser.cpp: statements, headers and keys
  bool read_statement();
  bool read_header();
  bool read_key_value(NodeIndex table, std::size_t depth);
  bool read_key(Key& key);
  bool read_key_part(KeyPart& part);
  bool end_statement();
  void skip_to_next_header();

  // toml_tables.cpp: where a key's value goes
  NodeIndex open_section(const Key& key, Offset at);
  NodeIndex append_section(const Key& key, Offset at);
  NodeIndex descend(NodeIndex table, const KeyPart& part, NodeOrigin origin);
  NodeIndex add_keyed(NodeIndex table, const KeyPart& part);
  NodeIndex add_child(NodeIndex parent);
  NodeIndex new_node();
  [[nodiscard]] NodeIndex find(NodeIndex table, std::string_view key) const;

  // toml_values.cpp: values of every kind but text
  bool read_value(NodeIndex node, std::size_t depth);
  bool read_array(NodeIndex node, std::size_t depth);
  bool read_inline_table(NodeIndex node, std::size_t depth);
  bool read_bare_value(NodeIndex node);
  bool refuse_bare_value(std::string_view token);

  // toml_texts.cpp: quoted texts
  bool read_text(std::string_view& text);
  bool read_single_line(std::string_view& text, Quotes quotes);
  bool read_multi_line(std::string_view& text, Quotes quotes);
  bool unescape(std::string& text);
  void skip_line_continuation();
  void refuse_backslash(Offset at);

  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';  // the gate lets no NUL pass
  }
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] bool at_newline() const { return peek() == '\n' || peek() == '\r'; }
  [[nodiscard]] bool line_ended() const { return done() || at_newline() || peek() == '#'; }
  [[nodiscard]] Offset here() const { return static_cast<Offset>(at_); }
  [[nodiscard]] std::string_view found() const;
  void skip_spaces();
  void skip_comment();
  void skip_blank_lines();
  bool fail(Offset at, std::string message, std::string advice = {});
  NodeIndex give_up(Offset at, std::string message);

  std::string_view text_;
  std::size_t at_ = 0;
  Findings& findings_;
  Tree tree_;
  NodeIndex section_ = 0;  // the table that key-value lines belong to
  std::size_t syntax_errors_ = 0;
  bool given_up_ = false;  // a limit was passed: nothing more is read
};

}  // namespace attune::detail
