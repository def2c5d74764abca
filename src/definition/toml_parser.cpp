// SPDX-License-Identifier: MIT
#include "definition/toml_parser.hpp"

#include <algorithm>
#include <utility>

#include "attune/text.hpp"

#include "definition/text_gate.hpp"
#include "definition/toml_reader.hpp"

namespace attune::detail {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

constexpr std::array<bool, 256> bare_key_bytes = [] {
  std::array<bool, 256> bytes{};
  for (const std::string_view range : {"az", "AZ", "09", "__", "--"}) {
    for (char c = range[0]; c <= range[1]; ++c) bytes[static_cast<unsigned char>(c)] = true;
  }
  return bytes;
}();

}  // namespace

std::string_view describe(NodeKind kind) {
  constexpr std::array<std::string_view, 6> names{"a text",        "a whole number", "a number",
                                                  "true or false", "an array",       "a table"};
  return names[static_cast<std::size_t>(kind)];
}

std::optional<Tree> read_toml(std::string_view text, Findings& findings) {
  TomlParser parser(text, findings);
  if (!parser.read_document()) return std::nullopt;
  return std::move(parser.tree());
}

TomlParser::TomlParser(std::string_view text, Findings& findings)
    : text_(text), at_(start_of_text(text)), findings_(findings) {
  tree_.nodes.reserve(std::min(max_nodes, text.size() / 24) + 16);
  tree_.nodes.front().origin = NodeOrigin::header;
}

bool TomlParser::read_document() {
  for (skip_blank_lines(); !done(); skip_blank_lines()) {
    if (!read_statement()) skip_to_next_header();
    if (given_up_ || syntax_errors_ >= max_syntax_errors) break;
  }
  return syntax_errors_ == 0;
}

bool TomlParser::read_statement() {
  const bool read = peek() == '[' ? read_header() : read_key_value(section_, 0);
  return read && end_statement();
}

bool TomlParser::end_statement() {
  skip_spaces();
  skip_comment();
  if (done() || at_newline()) return true;
  return fail(here(), "expected the end of the line, found " + quoted(found()));
}

bool TomlParser::read_header() {
  const Offset at = here();
  const bool array = peek(1) == '[';
  at_ += array ? 2 : 1;
  skip_spaces();
  Key key;
  if (!read_key(key)) return false;
  const std::string_view closing = array ? "]]" : "]";
  if (!text_.substr(at_).starts_with(closing)) {
    return fail(here(), "expected '" + std::string(closing) + "' at the end of the header");
  }
  at_ += closing.size();
  const NodeIndex section = array ? append_section(key, at) : open_section(key, at);
  // What follows a refused header is still read, into a table that nobody sees.
  section_ = section != no_node ? section : new_node();
  return section_ != no_node;
}

bool TomlParser::read_key_value(NodeIndex table, std::size_t depth) {
  Key key;
  if (!read_key(key)) return false;
  if (peek() != '=') return fail(here(), "expected '=' after the key");
  ++at_;
  skip_spaces();
  bool placed = true;
  for (std::size_t part = 0; placed && part + 1 < key.count; ++part) {
    table = descend(table, key.parts[part], NodeOrigin::dotted);
    placed = table != no_node;
  }
  // A value without a place (its key is taken) is read all the same, for the mistakes in it.
  NodeIndex node = placed ? add_keyed(table, key.last()) : no_node;
  if (node == no_node) node = new_node();
  return node != no_node && read_value(node, depth);
}

bool TomlParser::read_key(Key& key) {
  while (true) {
    if (key.count == max_key_parts) {
      return fail(here(), "a dotted key has more than 8 parts");
    }
    if (!read_key_part(key.parts[key.count++])) return false;
    skip_spaces();
    if (peek() != '.') return true;
    ++at_;
    skip_spaces();
  }
}

bool TomlParser::read_key_part(KeyPart& part) {
  part.at = here();
  if (peek() == '"' || peek() == '\'') {
    const Quotes quotes = peek() == '"' ? Quotes::basic : Quotes::literal;
    return read_single_line(part.name, quotes);
  }
  const std::size_t start = at_;
  while (bare_key_bytes[static_cast<unsigned char>(peek())]) ++at_;
  part.name = text_.substr(start, at_ - start);
  const bool foreign = static_cast<unsigned char>(peek()) >= 0x80;
  if (at_ > start && !foreign) return true;
  if (done() || at_newline()) return fail(here(), "expected a key");
  return fail(here(), "expected a key, found " + quoted(found()),
              foreign ? "a key without quotes holds only A-Z, a-z, 0-9, '_' and '-'" : "");
}

// After a mistake the next line that looks like a header is a safe place to take up reading: what
// lies between may be the rest of a broken array or text.
void TomlParser::skip_to_next_header() {
  while (!done()) {
    at_ = std::min(text_.find('\n', at_), text_.size());
    skip_blank_lines();
    if (peek() == '[' && (is_letter(peek(1)) || (peek(1) == '[' && is_letter(peek(2))))) return;
  }
}

std::string_view TomlParser::found() const {
  if (done()) return {};
  return text_.substr(at_, first_code_point(text_.substr(at_)).bytes);
}

void TomlParser::skip_spaces() {
  while (peek() == ' ' || peek() == '\t') ++at_;
}

void TomlParser::skip_comment() {
  if (peek() == '#') at_ = std::min(text_.find('\n', at_), text_.size());
}

void TomlParser::skip_blank_lines() {
  while (!done()) {
    skip_spaces();
    skip_comment();
    if (!at_newline()) return;
    ++at_;
  }
}

NodeIndex TomlParser::give_up(Offset at, std::string message) {
  if (!given_up_) fail(at, std::move(message));
  given_up_ = true;
  return no_node;
}

bool TomlParser::fail(Offset at, std::string message, std::string advice) {
  ++syntax_errors_;
  findings_.error(at, std::move(message), std::move(advice));
  return false;
}

}  // namespace attune::detail
