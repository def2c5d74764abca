// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <map>
#include <optional>
#include <utility>

#include "attune/definition.hpp"

#include "definition/text_paths.hpp"

namespace attune::definition {

namespace {

// A text that may be replaced: what it must keep to, and what stands there now.
struct ReplaceableText {
  TextRule rule;
  std::string_view original;
};
using TextsByPath = std::map<std::string, ReplaceableText, std::less<>>;

TextsByPath replaceable_texts(const Questionnaire& questionnaire) {
  TextsByPath places;
  visit_texts(questionnaire,
              [&places](const std::string& path, const std::string& text, TextRule rule) {
                places.insert_or_assign(path, ReplaceableText{rule, text});
              });
  return places;
}

class TextsReader {
 public:
  TextsReader(Findings& findings, TextsByPath places)
      : findings_(findings), places_(std::move(places)) {}

  // Takes every text at and below `node`. The depth of the tree is that of the keys in the file.
  void read(const Node& node, const std::string& path) {
    if (node.kind == NodeKind::table) {
      for (const Node& child : node.children) {
        if (path.size() < max_path_bytes) read(child, path + "." + child.key);
      }
    } else if (node.kind == NodeKind::text) {
      take(node, path);
    } else {
      refuse_kind(findings_, node, "a text: a text-only file holds no numbers, lists or rules");
    }
  }

  // Warns of the texts that are still in the questionnaire's own language. Those of a key that
  // comes without its wording are missing from the definition too.
  void warn_of_missing() {
    for (const auto& [path, place] : places_) {
      if (texts_.contains(path)) continue;
      findings_.warning({}, fmt::format("{} has no text here", in_quotes(path)),
                        "the definition's own text is shown instead");
    }
  }

  [[nodiscard]] std::map<std::string, std::string> texts() && { return std::move(texts_); }

 private:
  static constexpr std::size_t max_path_bytes = 300;

  void take(const Node& node, const std::string& path) {
    const auto found = places_.find(path);
    if (found == places_.end()) return refuse_path(node, path);
    if (texts_.contains(path)) {
      findings_.error(node.key_at, in_quotes(path) + " is given twice");
      return;
    }
    std::string text = read_text(findings_, node, found->second.rule);
    const bool about_lost = found->second.original.find("{about}") != std::string_view::npos &&
                            text.find("{about}") == std::string::npos;
    if (about_lost && !text.empty()) {
      findings_.warning(node.at, "the original has {about}, this text has not",
                        "without it the text reads the same whoever it is about");
    }
    texts_.emplace(path, std::move(text));
  }

  void refuse_path(const Node& node, const std::string& path) {
    std::vector<std::string> candidates;
    const std::string_view section = std::string_view(path).substr(0, path.find('.') + 1);
    for (const auto& [known, place] : places_) {
      if (known.starts_with(section)) candidates.push_back(known);
    }
    findings_.error(node.key_at, fmt::format("there is no text {} to replace", in_quotes(path)),
                    findings_.did_you_mean(path, candidates));
  }

  Findings& findings_;
  TextsByPath places_;
  std::map<std::string, std::string> texts_;
};

void check_texts_header(TableReader& root, const Questionnaire& questionnaire, Texts& texts) {
  root.whole("format", 1, 1, Presence::required);
  texts.texts_for = root.text("texts_for");
  if (!texts.texts_for.empty() && texts.texts_for != questionnaire.id) {
    root.error("texts_for", fmt::format("this file is for {}, not for '{}'",
                                        in_quotes(texts.texts_for), questionnaire.id));
  }
  texts.language = read_language(root);
}

void read_texts(Findings& findings, const Node& file, const Questionnaire& questionnaire,
                CheckDepth depth, Texts& texts) {
  TableReader root(findings, file, "a text-only file");
  check_texts_header(root, questionnaire, texts);
  TextsReader reader(findings, replaceable_texts(questionnaire));
  for (const std::string_view section :
       {"questionnaire", "about", "response_scales", "scales", "derived", "items", "choices",
        "units", "forms", "rates", "regions", "next_steps", "pairings"}) {
    if (const Node* node = root.find(section)) reader.read(*node, std::string(section));
  }
  root.finish();
  if (depth == CheckDepth::full) reader.warn_of_missing();
  texts.by_path = std::move(reader).texts();
}

// A basic TOML string; the text holds no control characters but newline.
std::string toml_quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else {
      result += c;
    }
  }
  return result + "\"";
}

}  // namespace

TextsFile check_texts(std::string_view text, const Questionnaire& questionnaire, CheckDepth depth) {
  Findings findings;
  TextsFile file;
  if (const std::optional<Node> root = read_toml(text, findings)) {
    Texts texts;
    read_texts(findings, *root, questionnaire, depth, texts);
    if (!findings.has_errors()) file.texts = std::move(texts);
  }
  file.problems = findings.problems();
  return file;
}

Questionnaire with_texts(Questionnaire questionnaire, const Texts& texts) {
  visit_texts(questionnaire, [&texts](const std::string& path, std::string& text, TextRule) {
    const auto found = texts.by_path.find(path);
    if (found != texts.by_path.end()) text = found->second;
  });
  questionnaire.language = texts.language;
  return questionnaire;
}

std::string render_wording(const Questionnaire& questionnaire, std::string_view language,
                           const std::vector<std::string>& lines) {
  std::string file = fmt::format("format = 1\ntexts_for = {}\nlanguage = {}\n\n[items]\n",
                                 toml_quoted(questionnaire.id), toml_quoted(language));
  for (std::size_t index = 0; index < questionnaire.items.size() && index < lines.size(); ++index) {
    file += fmt::format("{} = {}\n", toml_quoted(questionnaire.items[index].id),
                        toml_quoted(lines[index]));
  }
  return file;
}

}  // namespace attune::definition
