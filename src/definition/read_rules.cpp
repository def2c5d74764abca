// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

// Generous for people, and small enough that proofs over all combinations stay quick.
constexpr std::size_t max_alternatives = 50;
constexpr std::size_t max_conditions = 20;
constexpr std::size_t max_sentences = 300;
constexpr std::size_t max_regions = 16;
constexpr std::size_t max_next_steps = 200;
constexpr std::size_t max_pairings = 20;
constexpr int max_priority = 1000;  // and least −max_priority

bool find_subject(DefinitionDraft& draft, const Node& node, std::size_t earlier_than,
                  Condition& condition) {
  const Questionnaire& questionnaire = draft.questionnaire;
  const std::optional<std::size_t> item = find_item(questionnaire, node.key);
  const std::optional<std::size_t> scale = find_scale(questionnaire, node.key);
  const bool items_alone = earlier_than != any_subject;
  if (item ? *item < earlier_than : scale && !items_alone) {
    condition.subject = item ? Subject::item : Subject::scale;
    condition.index = item ? *item : *scale;
    return true;
  }
  const std::string name = in_quotes(node.key);
  if (item || scale) {
    draft.findings.error(node.key_at,
                         name + (item ? " is not asked before this item" : " is a scale"),
                         "'ask_when' refers to earlier items");
  } else if (find_by_id(questionnaire.derived, node.key)) {
    draft.findings.error(node.key_at, name + " is a derived score",
                         "a rule reads scales and items; name the scales it is made of");
  } else {
    std::vector<std::string> candidates = ids_of(questionnaire.items);
    if (!items_alone) {
      std::ranges::copy(ids_of(questionnaire.scales), std::back_inserter(candidates));
    }
    draft.findings.error(
        node.key_at, name + (items_alone ? " is not an item" : " is neither a scale nor an item"),
        draft.findings.did_you_mean(node.key, candidates));
  }
  return false;
}

// One `subject = { bounds }`. False when it can't be used.
bool read_condition(DefinitionDraft& draft, const Node& node, std::size_t earlier_than,
                    Condition& condition) {
  const std::size_t errors = draft.findings.errors();
  if (!find_subject(draft, node, earlier_than, condition)) return false;
  if (node.kind != NodeKind::table) {
    refuse_kind(draft.findings, node, "a table such as { at_least = 4 }");
    return false;
  }
  TableReader table(draft.findings, node, "this condition");
  if (node.children.empty()) draft.findings.error(node.at, "the condition is empty");
  const Item* item =
      condition.subject == Subject::item ? &draft.questionnaire.items[condition.index] : nullptr;
  if (item != nullptr && item->kind == ItemKind::text) {
    draft.findings.error(node.key_at,
                         fmt::format("'{}' is a line of text, which no rule reads", item->id));
    return false;
  }
  if (item != nullptr && item->kind == ItemKind::choice) {
    const Node* is = table.find("is", Presence::required);
    if (is != nullptr && read_reference(draft.findings, *is, "the id of a choice", item->choices,
                                        fmt::format(" is not a choice of '{}'", item->id))) {
      condition.is = is->text;
    }
  } else {
    condition.at_least = table.number("at_least");
    condition.above = table.number("above");
    condition.at_most = table.number("at_most");
    condition.below = table.number("below");
    if (table.find("is") != nullptr) {
      table.error("is", "'is' compares the answer of a choice item");
    }
  }
  table.finish();
  return draft.findings.errors() == errors;
}

std::vector<Condition> read_alternative(DefinitionDraft& draft, const Node& node, RuleOf rule_of,
                                        std::size_t earlier_than) {
  std::vector<Condition> conditions;
  if (node.kind != NodeKind::table) {
    refuse_kind(draft.findings, node, "a table of conditions");
    return conditions;
  }
  if (node.children.empty()) draft.findings.error(node.at, "the rule has no condition");
  if (node.children.size() > max_conditions) {
    draft.findings.error(node.at, "a rule has more than 20 conditions");
    return conditions;
  }
  for (const Node& child : node.children) {
    Condition condition;
    if (!read_condition(draft, child, earlier_than, condition)) continue;
    draft.conditions.push_back({condition, rule_of, node.at});
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

void read_claims(DefinitionDraft& draft, TableReader& table, Sentence& sentence) {
  const Node* claims = table.table("claims");
  if (claims == nullptr) return;
  for (const Node& claim : claims->children) {
    const auto scale = find_scale(draft.questionnaire, claim.key);
    if (!scale) {
      draft.findings.error(claim.key_at, in_quotes(claim.key) + " is not a scale");
    } else if (claim.kind != NodeKind::text || (claim.text != "low" && claim.text != "high")) {
      draft.findings.error(claim.at, "a claim is 'low' or 'high'");
    } else {
      sentence.claims.push_back({*scale, claim.text == "low" ? Pole::low : Pole::high});
    }
  }
}

void read_sentence(DefinitionDraft& draft, TableReader& table, Sentence& sentence) {
  const Questionnaire& questionnaire = draft.questionnaire;
  if (const Node* under = table.find("under", Presence::required)) {
    sentence.under = read_reference(draft.findings, *under, "the id of a scale",
                                    questionnaire.scales, " is not a scale")
                         .value_or(0);
    if (sentence.under < questionnaire.scales.size() && questionnaire.scales[sentence.under].parent)
      table.error("under", in_quotes(under->text) + " is a facet itself");
  }
  sentence.text = table.text("text", TextRule::about_person);
  if (const Node* when = table.find("when")) {
    sentence.when = read_rule(draft, *when, RuleOf::sentence);
  }
  if (const Node* unless = table.find("unless")) {
    sentence.unless = read_references(draft.findings, *unless, "the id of a sentence",
                                      questionnaire.sentences, " is no sentence before this one");
  }
  read_claims(draft, table, sentence);
}

void read_next_step(DefinitionDraft& draft, TableReader& table, NextStep& step) {
  step.title = table.text("title");
  step.why = table.text("why", TextRule::about_person);
  step.try_this = table.text("try", TextRule::about_person);
  step.size = table.word("size", {StepSize::small, StepSize::medium, StepSize::support},
                         StepSize::small, Presence::required);
  step.priority = table.whole("priority", -max_priority, max_priority).value_or(0);
  if (const Node* when = table.find("when")) step.when = read_rule(draft, *when, RuleOf::step);
  if (const Node* people = table.find("for")) {
    step.abouts = read_references(draft.findings, *people, "a key of [about]",
                                  draft.questionnaire.abouts, " is not a key of [about]");
  }
}

void read_pairing(DefinitionDraft& draft, TableReader& table, Pairing& pairing) {
  pairing.name = table.text("name");
  pairing.text = table.text("text", TextRule::several_lines);
  const Node* one = table.find("one");
  const Node* other = table.find("other");
  // Both rules or neither: what one person brings does nothing without the other.
  if ((one == nullptr) != (other == nullptr)) {
    draft.findings.error(
        table.node().at,
        fmt::format("'{}' is missing from this pairing", one == nullptr ? "one" : "other"),
        "only the fallback has no rules, and it has neither");
  }
  if (one != nullptr) pairing.one = read_rule(draft, *one, RuleOf::pairing);
  if (other != nullptr) pairing.other = read_rule(draft, *other, RuleOf::pairing);
  pairing.for_one = table.text("for_one", TextRule::several_lines);
  pairing.for_other = table.text("for_other", TextRule::several_lines, Presence::optional);
  pairing.for_both = table.text("for_both", TextRule::several_lines);
  pairing.priority = table.whole("priority", -max_priority, max_priority).value_or(0);
  if (one == nullptr && other == nullptr && table.has("for_other")) {
    table.error("for_other", "without rules neither person is the one or the other",
                "'for_one' alone is for each of them");
  }
}

}  // namespace

Rule read_rule(DefinitionDraft& draft, const Node& node, RuleOf rule_of, std::size_t earlier_than) {
  if (node.kind != NodeKind::array) return {read_alternative(draft, node, rule_of, earlier_than)};
  Rule rule;
  if (node.children.empty()) draft.findings.error(node.at, "the rule has no condition");
  if (node.children.size() > max_alternatives) {
    draft.findings.error(node.at, "a rule has more than 50 alternatives");
    return rule;
  }
  for (const Node& child : node.children) {
    rule.push_back(read_alternative(draft, child, rule_of, earlier_than));
  }
  return rule;
}

void read_rules(DefinitionDraft& draft, TableReader& root) {
  root.parts(
      "sentences", max_sentences, "this sentence", draft.questionnaire.sentences,
      [&](TableReader& table, Sentence& sentence) { read_sentence(draft, table, sentence); });
  draft.nodes.regions =
      root.parts("regions", max_regions, "this region", draft.questionnaire.regions,
                 [&](TableReader& table, Region& region) {
                   region.name = table.text("name");
                   region.text = table.text("text", TextRule::about_person);
                   const Node* when = table.find("when", Presence::required);
                   if (when == nullptr) return;
                   region.when = read_rule(draft, *when, RuleOf::region);
                 });
  draft.nodes.next_steps =
      root.parts("next_steps", max_next_steps, "this next step", draft.questionnaire.next_steps,
                 [&](TableReader& table, NextStep& step) { read_next_step(draft, table, step); });
  draft.nodes.pairings = root.parts(
      "pairings", max_pairings, "this pairing", draft.questionnaire.pairings,
      [&](TableReader& table, Pairing& pairing) { read_pairing(draft, table, pairing); });
}

}  // namespace attune::definition
