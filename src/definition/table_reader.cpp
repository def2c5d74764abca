// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "attune/text.hpp"

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

constexpr std::size_t max_characters = 4000;
constexpr double max_number = 1e9;

std::size_t count_characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, is_continuation));
}

// "{about}" where it is not replaced, or another word in braces anywhere.
void check_placeholders(Findings& findings, const Node& node, TextRule rule) {
  const std::string_view text = node.text;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
    const std::size_t close = text.find_first_not_of(letters, open + 1);
    if (close == std::string_view::npos) return;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    if (text[close] != '}' || name.empty()) continue;
    if (name != "about") {
      findings.error(
          node.at,
          fmt::format("{} is replaced by nothing", in_quotes(text.substr(open, close - open + 1))),
          "the only placeholder is {about}");
    } else if (rule != TextRule::about_person) {
      findings.error(
          node.at, "{about} is not replaced here",
          "it stands in the text of an item, a sentence, a region or a step, where [about] "
          "names people");
    }
  }
}

}  // namespace

void Findings::add(Severity severity, Place at, std::string message, std::string advice) {
  if (severity == Severity::error) ++errors_;
  if (problems_.size() < max_findings) {
    problems_.push_back({severity, at.line, at.column, std::move(message), std::move(advice)});
  } else {
    ++left_out_;
  }
}

Problems Findings::problems() const {
  Problems problems = problems_;
  std::ranges::stable_sort(
      problems, {}, [](const Problem& problem) { return std::pair(problem.line, problem.column); });
  if (left_out_ > 0) {
    Problem problem = problems.back();
    // An error among those left out must not be mistaken for advice.
    problem.severity = has_errors() ? Severity::error : Severity::warning;
    problem.message = std::to_string(left_out_) + " more problems are not shown";
    problem.advice = "mend these first";
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::string in_quotes(std::string_view text) {
  std::size_t end = std::min<std::size_t>(text.size(), 60);
  while (end < text.size() && end > 0 && is_continuation(text[end])) --end;
  return "'" + escape(text.substr(0, end)) + (end < text.size() ? "...'" : "'");
}

std::string Findings::did_you_mean(std::string_view name,
                                   const std::vector<std::string>& candidates) {
  if (near_names_left_ == 0) return {};
  --near_names_left_;
  std::vector<std::string> near = nearest(name, candidates);
  if (near.empty()) return {};
  for (std::string& candidate : near) candidate = in_quotes(candidate);
  return "did you mean " + join_or(near) + "?";
}

void refuse_kind(Findings& findings, const Node& node, std::string_view expected) {
  findings.error(node.at, fmt::format("expected {}, found {}", expected, describe(node.kind)));
}

std::string read_text(Findings& findings, const Node& node, TextRule rule) {
  if (node.kind != NodeKind::text) {
    refuse_kind(findings, node, "a text in double quotes");
    return {};
  }
  const std::string_view text = node.text;
  const std::size_t errors = findings.errors();
  if (text.find_first_not_of(" \n") == std::string_view::npos) {
    findings.error(node.at, "the text is empty");
  }
  if (text.size() > max_characters && count_characters(text) > max_characters) {
    findings.error(node.at, "the text is longer than 4,000 characters");
  }
  if (rule == TextRule::one_line && text.find('\n') != std::string_view::npos) {
    findings.error(node.at, "this text must be a single line");
  }
  if (text.find('{') != std::string_view::npos) {
    check_placeholders(findings, node, rule);
  }
  return findings.errors() == errors ? std::string(text) : std::string();
}

const Node* TableReader::find(std::string_view key, Presence presence) {
  asked_.push_back(key);
  const Node* node = table_.find(key);
  if (node == nullptr && presence == Presence::required) {
    findings_.error(table_.at, fmt::format("'{}' is missing from {}", key, what_));
  }
  return node;
}

std::string TableReader::text(std::string_view key, TextRule rule, Presence presence) {
  const Node* node = find(key, presence);
  return node != nullptr ? read_text(findings_, *node, rule) : std::string();
}

std::string TableReader::id() {
  const Node* node = find_kind("id", NodeKind::text, "an id in double quotes", Presence::required);
  if (node == nullptr) return {};
  if (is_id(node->text)) return node->text;
  findings_.error(node->at, in_quotes(node->text) + " is not an id",
                  "an id has 1 to 64 of a-z, 0-9, '.', '_' and '-', and begins with a letter or a "
                  "digit");
  return {};
}

std::optional<int> TableReader::whole(std::string_view key, int min, int max, Presence presence) {
  const Node* node = find_kind(key, NodeKind::whole, "a whole number", presence);
  if (node == nullptr) return {};
  if (node->whole >= min && node->whole <= max) return static_cast<int>(node->whole);
  error(key, fmt::format("'{}' must be from {} to {}", key, min, max));
  return {};
}

std::optional<double> TableReader::number(std::string_view key, Presence presence) {
  const Node* node = find(key, presence);
  if (node == nullptr) return {};
  if (!node->is_number()) {
    refuse_kind(findings_, *node, "a number");
  } else if (!(std::abs(node->real) <= max_number)) {
    error(key, fmt::format("'{}' is too large", key));
  } else {
    return node->real;
  }
  return {};
}

bool TableReader::flag(std::string_view key) {
  const Node* node = find_kind(key, NodeKind::boolean, "true or false", Presence::optional);
  return node != nullptr && node->whole != 0;
}

const Node* TableReader::table(std::string_view key, Presence presence) {
  return find_kind(key, NodeKind::table, "a table", presence);
}

const Node* TableReader::find_kind(std::string_view key, NodeKind kind, std::string_view expected,
                                   Presence presence) {
  const Node* node = find(key, presence);
  if (node == nullptr || node->kind == kind) return node;
  refuse_kind(findings_, *node, expected);
  return nullptr;
}

std::vector<const Node*> TableReader::tables(std::string_view key, std::size_t max) {
  std::vector<const Node*> tables;
  const Node* node = find(key);
  if (node == nullptr) return tables;
  if (node->kind != NodeKind::array) {
    findings_.error(node->at, fmt::format("'{}' must be an array of tables", key),
                    fmt::format("write [[{}]] before each of them", key));
    return tables;
  }
  tables.reserve(std::min(node->children.size(), max));
  for (const Node& child : node->children) {
    if (child.kind != NodeKind::table) {
      refuse_kind(findings_, child, "a table");
    } else if (tables.size() == max) {
      findings_.error(child.at, fmt::format("there are more than {} of '{}'", max, key));
      break;
    } else {
      tables.push_back(&child);
    }
  }
  return tables;
}

void TableReader::error(std::string_view key, std::string message, std::string advice) {
  findings_.error(table_.place_of(key), std::move(message), std::move(advice));
}

void TableReader::finish() {
  for (const Node& child : table_.children) {
    if (std::ranges::find(asked_, child.key) != asked_.end()) continue;
    findings_.error(child.key_at, fmt::format("{} is not a key of {}", in_quotes(child.key), what_),
                    findings_.did_you_mean(child.key, {asked_.begin(), asked_.end()}));
  }
}

void TableReader::refuse_word(const Node& node, const std::vector<std::string>& words) {
  if (node.kind != NodeKind::text) return refuse_kind(findings_, node, "a text in double quotes");
  findings_.error(node.at, in_quotes(node.text) + " is not known here", "write " + join_or(words));
}

bool is_language(std::string_view tag) {
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const std::vector<std::string_view> parts = split(tag, '-');
  const std::string_view language = parts.front();
  if (language.size() < 2 || language.size() > 3 || tag.size() > 35) return false;
  if (language.find_first_not_of(letters.substr(0, 26)) != std::string_view::npos) return false;
  return std::ranges::all_of(parts, [&](std::string_view part) {
    return !part.empty() && part.size() <= 8 &&
           part.find_first_not_of(letters) == std::string_view::npos;
  });
}

std::string read_language(TableReader& table) {
  std::string language = table.text("language");
  if (!language.empty() && !is_language(language)) {
    table.error("language", in_quotes(language) + " is not a language tag",
                "write a tag such as 'en' or 'pt-BR'");
  }
  return language;
}

}  // namespace attune::definition
