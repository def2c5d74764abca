// SPDX-License-Identifier: MIT
#include "attune/definition.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <optional>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

constexpr int max_recheck_days = 3650;
constexpr std::size_t max_abouts = 50;
constexpr std::size_t max_response_scales = 50;
constexpr int max_response = 100;
constexpr std::size_t max_items = 500;
constexpr std::size_t max_choices = 50;
constexpr std::size_t max_forms = 50;
constexpr std::size_t max_pairs = 500;

// Three whole numbers joined by dots.
bool is_version(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '.');
  return parts.size() == 3 && std::ranges::all_of(parts, [](std::string_view part) {
           return !part.empty() && part.size() <= 6 && std::ranges::all_of(part, is_ascii_digit);
         });
}

void read_header(DefinitionDraft& draft, TableReader& table, std::string_view expected_id) {
  Questionnaire& questionnaire = draft.questionnaire;
  questionnaire.id = table.id();
  if (!questionnaire.id.empty() && !expected_id.empty() && questionnaire.id != expected_id) {
    table.error("id",
                fmt::format("{} differs from the name of the file", in_quotes(questionnaire.id)),
                fmt::format("write {}, or name the file {}.toml", in_quotes(expected_id),
                            questionnaire.id));
  }
  questionnaire.version = table.text("version");
  if (!questionnaire.version.empty() && !is_version(questionnaire.version)) {
    table.error("version", in_quotes(questionnaire.version) + " is not a version",
                "write three numbers, such as '1.0.0'");
  }
  questionnaire.title = table.text("title");
  questionnaire.summary = table.text("summary");
  questionnaire.instructions = table.text("instructions", TextRule::several_lines);
  questionnaire.language = read_language(table);
  questionnaire.status = table.text("status");
  questionnaire.source = table.text("source", TextRule::several_lines);
  questionnaire.license = table.text("license");
  questionnaire.minutes = table.whole("minutes", 1, max_minutes);
  questionnaire.recheck_days = table.whole("recheck_days", 1, max_recheck_days);
  draft.wording =
      table.word("wording", {Wording::included, Wording::not_included}, Wording::included);
}

void read_about(DefinitionDraft& draft, TableReader& root) {
  const Node* node = root.table("about");
  if (node == nullptr) return;
  if (node->children.empty()) draft.findings.error(node->at, "[about] names nobody");
  if (node->children.size() > max_abouts) {
    return draft.findings.error(node->at, "[about] has more than 50 entries");
  }
  for (const Node& child : node->children) {
    if (!is_id(child.key)) {
      draft.findings.error(child.key_at, in_quotes(child.key) + " is not an id");
    }
    draft.questionnaire.abouts.push_back({child.key, read_text(draft.findings, child), {}});
  }
  const Node* you = root.table("about_you");
  for (const Node& child : you == nullptr ? std::vector<Node>() : you->children) {
    if (const auto about = find_about(draft.questionnaire, child.key)) {
      draft.questionnaire.abouts[*about].you = read_text(draft.findings, child);
    } else {
      draft.findings.error(child.key_at, in_quotes(child.key) + " is not a key of [about]");
    }
  }
}

void read_labels(Findings& findings, const Node& labels, ResponseScale& scale) {
  for (const Node& node : labels.children) {
    const std::optional<std::int64_t> value = parse_whole(node.key);
    if (!value || node.key != std::to_string(*value) || *value < scale.min || *value > scale.max) {
      findings.error(node.key_at, fmt::format("{} is not an answer from {} to {}",
                                              in_quotes(node.key), scale.min, scale.max));
    } else {
      scale.labels.push_back({static_cast<int>(*value), read_text(findings, node)});
    }
  }
  std::ranges::sort(scale.labels, {}, &Label::value);
  for (const int end : {scale.min, scale.max}) {
    if (std::ranges::find(scale.labels, end, &Label::value) != scale.labels.end()) continue;
    findings.error(labels.at, fmt::format("{} has no label", end));
  }
}

void read_response_scale(Findings& findings, TableReader& table, ResponseScale& scale) {
  const std::optional<int> min = table.whole("min", 0, max_response, Presence::required);
  const std::optional<int> max = table.whole("max", 0, max_response, Presence::required);
  const Node* labels = table.table("labels", Presence::required);
  if (!min || !max) return;
  if (*min >= *max) return table.error("max", "'max' must be larger than 'min'");
  scale.min = *min;
  scale.max = *max;
  if (labels != nullptr) read_labels(findings, *labels, scale);
}

void read_item_text(DefinitionDraft& draft, TableReader& table, Item& item) {
  const Presence presence =
      draft.wording == Wording::included ? Presence::required : Presence::optional;
  item.text = table.text("text", TextRule::about_person, presence);
  if (item.text.find("{about}") != std::string::npos && draft.questionnaire.abouts.empty()) {
    table.error("text", "{about} has no phrase to stand for it", "add a table [about]");
  }
}

void read_rating_item(DefinitionDraft& draft, TableReader& table, Item& item) {
  Questionnaire& questionnaire = draft.questionnaire;
  if (questionnaire.response_scales.empty()) {
    draft.findings.error(table.node().at, "a rating needs a response scale",
                         "add [[response_scales]] with the legal answers");
    // A stand-in keeps every item's index valid for the checks that follow.
    questionnaire.response_scales.emplace_back();
    draft.nodes.response_scales.push_back(&table.node());
  }
  const Presence presence = questionnaire.scales.empty() ? Presence::optional : Presence::required;
  if (const Node* scale = table.find("scale", presence)) {
    item.scale = read_reference(draft.findings, *scale, "the id of a scale", questionnaire.scales,
                                " is not a scale of this questionnaire");
  }
  if (const Node* scale = table.find("response_scale")) {
    item.response_scale = read_reference(draft.findings, *scale, "the id of a response scale",
                                         questionnaire.response_scales, " is not a response scale")
                              .value_or(0);
  }
  item.reverse = table.flag("reverse");
}

void read_choice_item(DefinitionDraft& draft, TableReader& table, Item& item) {
  item.multiple = table.flag("multiple");
  if (table.find("choices", Presence::required) == nullptr) return;
  const std::size_t errors = draft.findings.errors();
  table.parts("choices", max_choices, "this choice", item.choices,
              [](TableReader& reader, Choice& choice) { choice.text = reader.text("text"); });
  if (errors == draft.findings.errors() && item.choices.size() < 2) {
    table.error("choices", "an item of kind 'choice' needs at least 2 choices");
  }
}

void read_number_item(TableReader& table, Item& item) {
  const std::optional<double> min = table.number("min", Presence::required);
  const std::optional<double> max = table.number("max", Presence::required);
  item.min = min.value_or(0);
  item.max = max.value_or(0);
  if (min && max && *min >= *max) table.error("max", "'max' must be larger than 'min'");
  item.unit = table.text("unit", {}, Presence::optional);
}

void read_item(DefinitionDraft& draft, TableReader& table, Item& item) {
  if (!item.id.empty() && find_scale(draft.questionnaire, item.id)) {
    table.error("id", in_quotes(item.id) + " is the id of a scale too",
                "rules name scales and items by id, so they must differ");
  }
  item.kind =
      table.word("kind", {ItemKind::rating, ItemKind::choice, ItemKind::number, ItemKind::text},
                 ItemKind::rating);
  read_item_text(draft, table, item);
  if (item.kind == ItemKind::rating) read_rating_item(draft, table, item);
  if (item.kind == ItemKind::choice) read_choice_item(draft, table, item);
  if (item.kind == ItemKind::number) read_number_item(table, item);
  table.find("ask_when");
}

std::vector<std::size_t> read_item_list(DefinitionDraft& draft, TableReader& table) {
  const Node* node = table.find("items", Presence::required);
  if (node == nullptr) return {};
  if (node->children.size() > max_items) {
    draft.findings.error(node->at, "'items' names more than 500 items");
    return {};
  }
  return read_references(draft.findings, *node, "the id of an item", draft.questionnaire.items,
                         " is not an item");
}

void read_forms(DefinitionDraft& draft, TableReader& root) {
  Questionnaire& questionnaire = draft.questionnaire;
  draft.nodes.forms = root.parts(
      "forms", max_forms, "this form", questionnaire.forms, [&](TableReader& table, Form& form) {
        if (form.id == "full") {
          table.error("id", "'full' is built in", "it has every item in the order of the file");
        }
        form.title = table.text("title", {}, Presence::optional);
        form.minutes = table.whole("minutes", 1, max_minutes);
        const std::size_t errors = draft.findings.errors();
        form.items = read_item_list(draft, table);
        if (form.items.empty() && errors == draft.findings.errors()) {
          table.error("items", "the form has no items");
        }
      });
  std::vector<std::size_t> all(questionnaire.items.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  questionnaire.forms.insert(questionnaire.forms.begin(),
                             {"full", "", questionnaire.minutes, std::move(all)});
  draft.nodes.forms.insert(draft.nodes.forms.begin(), nullptr);
}

void read_pairs(DefinitionDraft& draft, TableReader& root) {
  root.each("pairs", max_pairs, "this pair", [&](TableReader& table) {
    const std::size_t errors = draft.findings.errors();
    const std::vector<std::size_t> items = read_item_list(draft, table);
    const Relation relation = table.word("relation", {Relation::same, Relation::opposite},
                                         Relation::same, Presence::required);
    if (draft.findings.errors() != errors) return;
    if (items.size() != 2) return table.error("items", "a pair has two items");
    draft.questionnaire.pairs.push_back({items[0], items[1], relation});
    draft.nodes.pairs.push_back(&table.node());
  });
}

void read_items(DefinitionDraft& draft, TableReader& root) {
  std::vector<Item>& items = draft.questionnaire.items;
  draft.nodes.items =
      root.parts("items", max_items, "this item", items,
                 [&](TableReader& table, Item& item) { read_item(draft, table, item); });
  if (items.empty()) draft.findings.error(root.node().at, "the questionnaire has no items");
  for (std::size_t item = 0; item < items.size(); ++item) {
    const Node* rule = draft.nodes.items[item]->find("ask_when");
    if (rule == nullptr) continue;
    items[item].ask_when = read_rule(draft, *rule, RuleOf::item, item);
  }
  read_forms(draft, root);
  read_pairs(draft, root);
  root.find("together");  // what earlier versions counted; records keep definitions that have it
}

void check_format(Findings& findings, TableReader& root) {
  const Node* format = root.find("format");
  if (format == nullptr) {
    findings.error({}, "'format' is missing", "write format = 1 in the first line");
  } else if (format->kind != NodeKind::whole || format->whole != 1) {
    findings.error(format->at, "this format is not known", "write format = 1");
  }
}

void read_parts(DefinitionDraft& draft, const Node& file, std::string_view expected_id) {
  TableReader root(draft.findings, file, "a definition");
  check_format(draft.findings, root);
  root.inner(
      "questionnaire", "[questionnaire]",
      [&](TableReader& table) { read_header(draft, table, expected_id); }, Presence::required);
  read_about(draft, root);
  draft.nodes.response_scales = root.parts(
      "response_scales", max_response_scales, "this response scale",
      draft.questionnaire.response_scales, [&](TableReader& table, ResponseScale& scale) {
        read_response_scale(draft.findings, table, scale);
      });
  read_scales(draft, root);
  read_items(draft, root);
  read_derived(draft, root);
  read_rules(draft, root);
  root.finish();
}

}  // namespace

Definition check_definition(std::string_view text, CheckDepth depth, std::string_view expected_id) {
  return read_file<Definition>(text, [&](Findings& findings, const Node& root) {
    DefinitionDraft draft{findings, {}, {}};
    read_parts(draft, root, expected_id);
    check_parts(draft);
    // Proofs rest on a sound definition; with errors in it they would only repeat them.
    if (depth == CheckDepth::full && !findings.has_errors()) advise(draft);
    return std::move(draft.questionnaire);
  });
}

ConfigFile check_config(std::string_view text) {
  return read_file<ConfigFile>(text, [](Findings& findings, const Node& root) {
    TableReader reader(findings, root, "the configuration");
    std::string contact = reader.text("contact", {}, Presence::optional);
    reader.finish();
    return contact;
  });
}

std::string starter_definition(std::string_view id) {
  return replace_all(std::string(starter_text()), "@id@", id);
}

}  // namespace attune::definition
