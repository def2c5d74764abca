// SPDX-License-Identifier: MIT
#include "definition/table_reader.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

namespace attune::detail {

namespace {

constexpr std::size_t max_characters = 4000;
constexpr double max_number = 1e9;

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// "{about}" where it is not replaced, or another word in braces anywhere.
void check_placeholders(const Source& source, const Node& node, Placeholder placeholder) {
  const std::string_view text = node.text;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
    const std::size_t close = text.find_first_not_of(letters, open + 1);
    if (close == std::string_view::npos) return;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (text[close] != '}' || name.empty()) continue;
    if (name != "about") {
      source.findings.error(
          node.at,
          fmt::format("{} is replaced by nothing", quoted(text.substr(open, close - open + 1))),
          "the only placeholder is {about}, in the text of an item");
    } else if (placeholder == Placeholder::none) {
      source.findings.error(node.at, "{about} is not replaced here",
                            "it stands in the text of an item only");
    }
  }
}

// The place of a character: exact when the text has no escapes, else where the text begins.
Offset place_of_character(const Source& source, const Node& node, std::size_t index) {
  const char* begin = source.text.data();
  const char* character = node.text.data() + index;
  if (std::less<>()(character, begin) || !std::less<>()(character, begin + source.text.size())) {
    return node.at;
  }
  return static_cast<Offset>(character - begin);
}

}  // namespace

void refuse_kind(const Source& source, const Node& node, std::string_view expected) {
  source.findings.error(node.at,
                        fmt::format("expected {}, found {}", expected, describe(node.kind)));
}

std::string read_text(const Source& source, const Node& node, TextRule rule) {
  if (node.kind != NodeKind::text) {
    refuse_kind(source, node, "a text in double quotes");
    return {};
  }
  const std::string_view text = node.text;
  Findings& findings = source.findings;
  const std::size_t errors = findings.errors();
  if (text.find_first_not_of(" \t\n") == std::string_view::npos) {
    findings.error(node.at, "the text is empty");
  }
  if (text.size() > max_characters && count_characters(text) > max_characters) {
    findings.error(node.at, "the text is longer than 4,000 characters");
  }
  if (const std::size_t tab = text.find('\t'); tab != std::string_view::npos) {
    findings.error(place_of_character(source, node, tab), "a text holds no tab", "use spaces");
  }
  if (rule.lines == Lines::one && text.find('\n') != std::string_view::npos) {
    findings.error(node.at, "this text must be a single line");
  }
  if (text.find('{') != std::string_view::npos) {
    check_placeholders(source, node, rule.placeholder);
  }
  return findings.errors() == errors ? std::string(text) : std::string();
}

const Node* TableReader::find(std::string_view key, Presence presence) {
  if (asked_count_ < asked_.size()) asked_[asked_count_++] = key;
  const Node* node = source_.tree.find(table_, key);
  if (node != nullptr) {
    remember(node);
  } else if (presence == Presence::required) {
    source_.findings.error(table_.at, fmt::format("'{}' is missing from {}", key, what_));
  }
  return node;
}

void TableReader::remember(const Node* node) {
  const auto found_end = found_.begin() + static_cast<std::ptrdiff_t>(found_count_);
  if (found_count_ == found_.size() || std::find(found_.begin(), found_end, node) != found_end) {
    return;
  }
  found_[found_count_++] = node;
}

Offset TableReader::place_of(std::string_view key) const {
  const Node* node = source_.tree.find(table_, key);
  return node != nullptr ? node->at : table_.at;
}

std::string TableReader::text(std::string_view key, TextRule rule, Presence presence) {
  const Node* node = find(key, presence);
  return node != nullptr ? read_text(source_, *node, rule) : std::string();
}

std::string TableReader::id() {
  const Node* node = find("id", Presence::required);
  if (node == nullptr) return {};
  if (node->kind != NodeKind::text) {
    refuse_kind(source_, *node, "an id in double quotes");
  } else if (!is_id(node->text)) {
    source_.findings.error(node->at, quoted(node->text) + " is not an id",
                           "an id has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins with a "
                           "letter or a digit");
  } else {
    return std::string(node->text);
  }
  return {};
}

std::optional<int> TableReader::whole(std::string_view key, int min, int max, Presence presence) {
  const Node* node = find(key, presence);
  if (node == nullptr) return {};
  if (node->kind != NodeKind::whole) {
    refuse_kind(source_, *node, "a whole number");
    return {};
  }
  if (node->whole < min || node->whole > max) {
    error(key, fmt::format("'{}' must be from {} to {}", key, min, max));
    return {};
  }
  return static_cast<int>(node->whole);
}

std::optional<double> TableReader::number(std::string_view key, Presence presence) {
  const Node* node = find(key, presence);
  if (node == nullptr) return {};
  if (node->kind != NodeKind::whole && node->kind != NodeKind::real) {
    refuse_kind(source_, *node, "a number");
    return {};
  }
  if (!(std::abs(node->real) <= max_number)) {
    error(key, fmt::format("'{}' is too large", key));
    return {};
  }
  return node->real;
}

bool TableReader::flag(std::string_view key) {
  const Node* node = find(key);
  if (node == nullptr) return false;
  if (node->kind != NodeKind::boolean) refuse_kind(source_, *node, "true or false");
  return node->kind == NodeKind::boolean && node->whole != 0;
}

std::vector<const Node*> TableReader::tables(std::string_view key, std::size_t max) {
  std::vector<const Node*> tables;
  const Node* node = find(key);
  if (node == nullptr) return tables;
  if (node->kind != NodeKind::array) {
    source_.findings.error(node->at, fmt::format("'{}' must be an array of tables", key),
                           fmt::format("write [[{}]] before each of them", key));
    return tables;
  }
  tables.reserve(std::min<std::size_t>(node->count, max));
  for (const Node& child : source_.tree.children(*node)) {
    if (child.kind != NodeKind::table) {
      refuse_kind(source_, child, "a table");
    } else if (tables.size() == max) {
      source_.findings.error(child.at, fmt::format("there are more than {} of '{}'", max, key));
      break;
    } else {
      tables.push_back(&child);
    }
  }
  return tables;
}

void TableReader::error(std::string_view key, std::string message, std::string advice) {
  source_.findings.error(place_of(key), std::move(message), std::move(advice));
}

void TableReader::finish() {
  if (found_count_ == table_.count) return;  // as a rule: every key there is was asked for
  const auto asked_end = asked_.begin() + static_cast<std::ptrdiff_t>(asked_count_);
  for (const Node& child : source_.tree.children(table_)) {
    if (std::find(asked_.begin(), asked_end, child.key) != asked_end) continue;
    const std::vector<std::string> known(asked_.begin(), asked_end);
    source_.findings.error(child.key_at,
                           fmt::format("{} is not a key of {}", quoted(child.key), what_),
                           source_.findings.did_you_mean(child.key, known));
  }
}

void TableReader::refuse_word(const Node& node, const std::vector<std::string>& words) {
  if (node.kind != NodeKind::text) return refuse_kind(source_, node, "a text in double quotes");
  std::vector<std::string> allowed;
  allowed.reserve(words.size());
  for (const std::string& word : words) allowed.push_back(quoted(word));
  source_.findings.error(node.at, quoted(node.text) + " is not known here",
                         "write " + join_or(allowed));
}

}  // namespace attune::detail
