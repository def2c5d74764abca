// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <fmt/format.h>

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
  for (int part = 0; part < 3; ++part) {
    const std::size_t end = part < 2 ? text.find('.') : text.size();
    if (end == std::string_view::npos || end == 0 || end > 6) return false;
    const std::string_view digits = text.substr(0, end);
    if (!std::all_of(digits.begin(), digits.end(), is_ascii_digit)) {
      return false;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return text.empty();
}

void read_labels(DefinitionDraft& draft, TableReader& table, ResponseScale& scale) {
  const Node* labels = table.table("labels", Presence::required);
  if (labels == nullptr) return;
  for (const Node& node : labels->children) {
    const std::optional<std::int64_t> value = parse_whole(node.key);
    if (!value || *value < scale.min || *value > scale.max) {
      draft.findings.error(node.key_at, fmt::format("{} is not an answer from {} to {}",
                                                    in_quotes(node.key), scale.min, scale.max));
      continue;
    }
    scale.labels.push_back({static_cast<int>(*value), read_text(draft.findings, node, {})});
  }
  std::sort(scale.labels.begin(), scale.labels.end(),
            [](const Label& left, const Label& right) { return left.value < right.value; });
  const auto equal = [](const Label& left, const Label& right) {
    return left.value == right.value;
  };
  if (std::adjacent_find(scale.labels.begin(), scale.labels.end(), equal) != scale.labels.end()) {
    draft.findings.error(labels->at, "an answer has two labels");  // 1 and 01
  }
  for (const int end : {scale.min, scale.max}) {
    const bool has_label = std::any_of(scale.labels.begin(), scale.labels.end(),
                                       [end](const Label& label) { return label.value == end; });
    if (!has_label) draft.findings.error(labels->at, fmt::format("{} has no label", end));
  }
}

void check_format(DefinitionDraft& draft, TableReader& root) {
  const Node* format = root.find("format");
  if (format == nullptr) {
    draft.findings.error({}, "'format' is missing", "write format = 1 in the first line");
  } else if (format->kind != NodeKind::whole || format->whole != 1) {
    draft.findings.error(format->at, "this format is not known", "write format = 1");
  }
}

}  // namespace

void read_header(DefinitionDraft& draft, TableReader& root, std::string_view expected_id) {
  check_format(draft, root);
  const Node* node = root.table("questionnaire", Presence::required);
  if (node == nullptr) return;
  TableReader table(draft.findings, *node, "[questionnaire]");
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
  questionnaire.instructions = table.text("instructions", several_lines);
  questionnaire.language = read_language(table);
  questionnaire.status = table.text("status");
  questionnaire.source = table.text("source", several_lines);
  questionnaire.license = table.text("license");
  questionnaire.minutes = table.whole("minutes", 1, max_minutes);
  questionnaire.recheck_days = table.whole("recheck_days", 1, max_recheck_days);
  constexpr std::array<std::pair<std::string_view, Wording>, 2> words{
      {{"included", Wording::included}, {"not included", Wording::not_included}}};
  draft.wording = table.word("wording", words, Presence::optional, Wording::included);
  table.finish();
}

void read_about(DefinitionDraft& draft, TableReader& root) {
  const Node* node = root.table("about");
  if (node == nullptr) return;
  draft.nodes.about = node;
  if (node->children.empty()) draft.findings.error(node->at, "[about] names nobody");
  if (node->children.size() > max_abouts) {
    draft.findings.error(node->at, "[about] has more than 50 entries");
    return;
  }
  for (const Node& child : node->children) {
    if (!is_id(child.key)) {
      draft.findings.error(child.key_at, in_quotes(child.key) + " is not an id");
    }
    draft.questionnaire.abouts.push_back(
        {std::string(child.key), read_text(draft.findings, child, {})});
  }
}

void read_response_scales(DefinitionDraft& draft, TableReader& root) {
  for (const Node* node : root.tables("response_scales", max_response_scales)) {
    TableReader table(draft.findings, *node, "this response scale");
    ResponseScale scale;
    scale.id = read_new_id(table, draft.questionnaire.response_scales);
    const std::optional<int> min = table.whole("min", 0, max_response, Presence::required);
    const std::optional<int> max = table.whole("max", 0, max_response, Presence::required);
    if (min && max && *min >= *max) {
      table.error("max", "'max' must be larger than 'min'");
    } else if (min && max) {
      scale.min = *min;
      scale.max = *max;
      read_labels(draft, table, scale);
    }
    table.find("labels");
    table.finish();
    draft.nodes.response_scales.push_back(node);
    draft.questionnaire.response_scales.push_back(std::move(scale));
  }
}

}  // namespace attune::definition
