// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "attune/definition.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "definition/draft.hpp"
#include "kinds.hpp"
#include "targets.hpp"

namespace attune::test {
namespace {

std::map<std::string, std::string> texts_of(Questionnaire questionnaire) {
  std::map<std::string, std::string> texts;
  for (const definition::TextPlace& place : definition::texts_of(questionnaire)) {
    texts[place.path] = *place.text;
  }
  return texts;
}

// Someone who gives every rating the answer `value`, as far as it is legal.
Responses all_alike(const Questionnaire& questionnaire, int value) {
  Responses responses = empty_responses(questionnaire);
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
    const Item& item = questionnaire.items[i];
    if (item.kind != ItemKind::rating) continue;
    const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
    responses.answers[i] = 1.0 * std::clamp(value, scale.min, scale.max);
    responses.order.push_back(i);
  }
  return responses;
}

void expect_same_scores(const Questionnaire& one, const Questionnaire& other) {
  for (const int value : {0, 3, 10}) {
    const Responses responses = all_alike(one, value);
    const Scores scores = scoring::score(one, 0, responses);
    const Scores others = scoring::score(other, 0, responses);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      expect(scores[i].estimate && others[i].estimate &&
                 scores[i].estimate->score == others[i].estimate->score &&
                 scores[i].estimate->se == others[i].estimate->se,
             "words change no score");
    }
    for (std::size_t i = 0; i < one.next_steps.size(); ++i) {
      expect(holds(one.next_steps[i].when, responses, &scores) ==
                 holds(other.next_steps[i].when, responses, &others),
             "words change no rule");
    }
  }
}

// A text-only file as it was found.
void expect_texts(std::string_view bytes) {
  const definition::TextsFile full =
      definition::check_texts(bytes, kinds(), definition::CheckDepth::full);
  const definition::TextsFile use =
      definition::check_texts(bytes, kinds(), definition::CheckDepth::use);
  expect_problems_in_order(full.problems, bytes);
  expect(full.texts.has_value() != has_errors(full.problems), "texts, or an error");
  expect(full.texts.has_value() == use.texts.has_value(), "a text that is missing is no error");
  if (!full.texts) return;
  expect(full.texts->by_path == use.texts->by_path, "both depths read the same");
  const Questionnaire changed = definition::with_texts(kinds(), *full.texts);
  std::map<std::string, std::string> wanted = texts_of(kinds());
  for (const auto& [path, text] : full.texts->by_path) {
    expect(wanted.contains(path), "only texts that are there are replaced");
    expect(escape_lines(text) == text && !text.empty(), "each text can be shown");
    wanted[path] = text;
  }
  expect(texts_of(changed) == wanted, "each text is replaced, and no other");
  expect(changed.language == full.texts->language, "the language is that of the texts");
  expect_same_scores(kinds(), changed);
}

bool is_plain(const std::string& line) {
  return line.size() <= 4'000 && std::all_of(line.begin(), line.end(), [](char c) {
           return c >= ' ' && c <= '~' && c != '{';
         });
}

// Lines as `attune wording` takes them: what it writes is read back word for word.
void expect_lines(std::string_view bytes) {
  std::vector<std::string> lines = definition::statements_in(bytes);
  for (const std::string& line : lines) {
    expect(!line.empty() && line.find('\n') == std::string::npos, "a statement is one line");
    expect(
        line.find_first_not_of(" \t\r") == 0 && line.find_last_not_of(" \t\r") + 1 == line.size(),
        "spaces around it are dropped");
  }
  lines.resize(kinds().items.size(), "A line.");
  const std::string file = definition::render_wording(kinds(), "en", lines);
  const definition::TextsFile checked =
      definition::check_texts(file, kinds(), definition::CheckDepth::use);
  expect(checked.texts || !std::all_of(lines.begin(), lines.end(), is_plain),
         "plain lines are taken");
  if (!checked.texts) return;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto found = checked.texts->by_path.find("items." + kinds().items[i].id);
    expect(found != checked.texts->by_path.end() && found->second == lines[i],
           "a statement is read as it was given");
  }
}

}  // namespace

void wording_target(std::string_view bytes) {
  if (bytes.starts_with('=')) return expect_lines(bytes.substr(1));
  expect_texts(bytes);
}

}  // namespace attune::test
