// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <map>
#include <utility>

#include "attune/definition.hpp"
#include "attune/text.hpp"

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

class TextsReader {
 public:
  TextsReader(Findings& findings, const std::vector<TextPlace>& places, Texts& texts)
      : findings_(findings), texts_(texts.by_path) {
    for (const TextPlace& place : places) places_.insert_or_assign(place.path, &place);
  }

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

 private:
  static constexpr std::size_t max_path_bytes = 300;

  void take(const Node& node, const std::string& path) {
    const auto found = places_.find(path);
    if (found == places_.end()) return refuse_path(node, path);
    if (texts_.contains(path)) {
      return findings_.error(node.key_at, in_quotes(path) + " is given twice");
    }
    const TextPlace& place = *found->second;
    std::string text = read_text(findings_, node, place.rule);
    const bool about_lost = place.text->find("{about}") != std::string::npos &&
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
  std::map<std::string, const TextPlace*> places_;
  std::map<std::string, std::string>& texts_;
};

Texts read_texts(Findings& findings, const Node& file, Questionnaire questionnaire,
                 CheckDepth depth) {
  Texts texts;
  TableReader root(findings, file, "a text-only file");
  root.whole("format", 1, 1, Presence::required);
  texts.texts_for = root.text("texts_for");
  if (!texts.texts_for.empty() && texts.texts_for != questionnaire.id) {
    root.error("texts_for", fmt::format("this file is for {}, not for '{}'",
                                        in_quotes(texts.texts_for), questionnaire.id));
  }
  texts.language = read_language(root);
  const std::vector<TextPlace> places = texts_of(questionnaire);
  TextsReader reader(findings, places, texts);
  for (const std::string_view section :
       {"questionnaire", "about", "about_you", "response_scales", "scales", "derived", "items",
        "choices", "units", "forms", "rates", "sentences", "regions", "next_steps", "pairings"}) {
    if (const Node* node = root.find(section)) reader.read(*node, std::string(section));
  }
  root.finish();
  if (depth == CheckDepth::full) {
    reader.warn_of_missing();
    warn_of_twins(findings, with_texts(std::move(questionnaire), texts));
  }
  return texts;
}

// A basic TOML string; the text holds no control characters but newline.
std::string toml_quoted(std::string_view text) {
  std::string escaped = replace_all(std::string(text), "\\", "\\\\");
  escaped = replace_all(replace_all(escaped, "\"", "\\\""), "\n", "\\n");
  return '"' + escaped + '"';
}

}  // namespace

std::vector<TextPlace> texts_of(Questionnaire& questionnaire) {
  std::vector<TextPlace> places;
  // Texts that a definition may leave out are there to be replaced only where it has them.
  const auto add = [&places](std::string path, std::string& text, TextRule rule = {}) {
    if (!text.empty()) places.push_back({std::move(path), &text, rule});
  };
  add("questionnaire.title", questionnaire.title);
  add("questionnaire.summary", questionnaire.summary);
  add("questionnaire.instructions", questionnaire.instructions, TextRule::several_lines);
  add("questionnaire.status", questionnaire.status);
  for (About& about : questionnaire.abouts) {
    add("about." + about.id, about.phrase);
    add("about_you." + about.id, about.you);
  }
  for (ResponseScale& scale : questionnaire.response_scales) {
    const std::string path = "response_scales." + scale.id + ".";
    for (Label& label : scale.labels) add(path + std::to_string(label.value), label.text);
  }
  for (Scale& scale : questionnaire.scales) {
    const std::string path = "scales." + scale.id + ".";
    add(path + "name", scale.name);
    add(path + "low", scale.low);
    add(path + "high", scale.high);
    if (scale.typical) add(path + "typical", scale.typical->of);
    for (Band& band : scale.bands)
      add(path + "bands." + band.id, band.text, TextRule::several_lines);
  }
  for (Derived& derived : questionnaire.derived) {
    const std::string path = "derived." + derived.id + ".";
    add(path + "name", derived.name);
    add(path + "low", derived.low);
    add(path + "high", derived.high);
  }
  for (Item& item : questionnaire.items) {
    // The statements of a key without its wording are empty, and the first to be given.
    places.push_back({"items." + item.id, &item.text,
                      questionnaire.abouts.empty() ? TextRule::one_line : TextRule::about_person});
    const std::string path = "choices." + item.id + ".";
    for (Choice& choice : item.choices) add(path + choice.id, choice.text);
    add("units." + item.id, item.unit);
  }
  for (Form& form : questionnaire.forms) add("forms." + form.id, form.title);
  for (Rate& rate : questionnaire.rates) {
    const std::string path = "rates." + rate.id + ".";
    add(path + "name", rate.name);
    add(path + "unit", rate.unit);
    add(path + "low", rate.low);
    add(path + "high", rate.high);
    if (!rate.typical) continue;
    add(path + "typical.text", rate.typical->text);
    add(path + "typical.of", rate.typical->of);
  }
  for (Sentence& sentence : questionnaire.sentences) {
    add("sentences." + sentence.id, sentence.text, TextRule::about_person);
  }
  for (Region& region : questionnaire.regions) {
    add("regions." + region.id + ".name", region.name);
    add("regions." + region.id + ".text", region.text, TextRule::about_person);
  }
  for (NextStep& step : questionnaire.next_steps) {
    const std::string path = "next_steps." + step.id + ".";
    add(path + "title", step.title);
    add(path + "why", step.why, TextRule::about_person);
    add(path + "try", step.try_this, TextRule::about_person);
  }
  for (Pairing& pairing : questionnaire.pairings) {
    const std::string path = "pairings." + pairing.id + ".";
    add(path + "name", pairing.name);
    add(path + "text", pairing.text, TextRule::several_lines);
    add(path + "for_one", pairing.for_one, TextRule::several_lines);
    add(path + "for_other", pairing.for_other, TextRule::several_lines);
    add(path + "for_both", pairing.for_both, TextRule::several_lines);
  }
  return places;
}

void warn_of_twins(Findings& findings, Questionnaire questionnaire) {
  std::map<std::pair<std::string, std::string>, std::string> seen;
  for (const auto& [path, text, rule] : texts_of(questionnaire)) {
    const std::string list = path.substr(0, path.rfind('.'));
    if (text->empty() ||
        (list != "items" && !list.starts_with("choices.") && !list.starts_with("response_scales.")))
      continue;
    const auto [first, is_new] = seen.emplace(std::pair(list, lower_case(*text)), path);
    if (is_new) continue;
    findings.warning({}, fmt::format("'{}' and '{}' have the same text", first->second, path),
                     "the words are all that tells them apart");
  }
}

TextsFile check_texts(std::string_view text, const Questionnaire& questionnaire, CheckDepth depth) {
  return read_file<TextsFile>(text, [&](Findings& findings, const Node& root) {
    return read_texts(findings, root, questionnaire, depth);
  });
}

Questionnaire with_texts(Questionnaire questionnaire, const Texts& texts) {
  for (const TextPlace& place : texts_of(questionnaire)) {
    const auto found = texts.by_path.find(place.path);
    if (found != texts.by_path.end()) *place.text = found->second;
  }
  questionnaire.language = texts.language;
  return questionnaire;
}

std::vector<std::string> statements_in(std::string_view text) {
  std::vector<std::string> statements;
  for (const std::string_view line : split(text, '\n')) {
    if (const std::string_view statement = trim(line); !statement.empty()) {
      statements.emplace_back(statement);
    }
  }
  return statements;
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
