// SPDX-License-Identifier: MIT
#include "attune/definition.hpp"

#include <algorithm>
#include <fmt/format.h>
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

void check_format(Findings& findings, TableReader& root) {
  const Node* format = root.find("format");
  if (format == nullptr) {
    findings.error({}, "'format' is missing", "write format = 1 in the first line");
  } else if (format->kind != NodeKind::whole || format->whole != 1) {
    findings.error(format->at, "this format is not known", "write format = 1");
  }
}

void read_parts(DefinitionDraft& draft, const Node& file, const CheckOptions& options) {
  TableReader root(draft.findings, file, "a definition");
  check_format(draft.findings, root);
  root.inner(
      "questionnaire", "[questionnaire]",
      [&](TableReader& table) { read_header(draft, table, options.expected_id); },
      Presence::required);
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

Definition check_definition(std::string_view text, const CheckOptions& options) {
  return read_file<Definition>(text, [&](Findings& findings, const Node& root) {
    DefinitionDraft draft{findings, {}, {}};
    read_parts(draft, root, options);
    check_parts(draft);
    // Proofs rest on a sound definition; with errors in it they would only repeat them.
    if (options.depth == CheckDepth::full && !findings.has_errors()) advise(draft);
    return std::move(draft.questionnaire);
  });
}

ConfigFile check_config(std::string_view text) {
  return read_file<ConfigFile>(text, [](Findings& findings, const Node& root) {
    TableReader reader(findings, root, "the configuration");
    Config config{reader.text("contact", {}, Presence::optional)};
    reader.finish();
    return config;
  });
}

std::string starter_definition(std::string_view id) {
  return replace_all(std::string(starter_text()), "@id@", id);
}

}  // namespace attune::definition
