// SPDX-License-Identifier: MIT
#include "attune/definition.hpp"

#include <optional>
#include <utility>

#include "definition/draft.hpp"

namespace attune::definition {

namespace {

void read_parts(DefinitionDraft& draft, const Node& file, const CheckOptions& options) {
  TableReader root(draft.findings, file, "a definition");
  read_header(draft, root, options.expected_id);
  read_about(draft, root);
  read_response_scales(draft, root);
  read_scales(draft, root);
  read_items(draft, root);
  read_forms(draft, root);
  read_pairs(draft, root);
  read_derived(draft, root);
  read_rates(draft, root);
  read_together(draft, root);
  read_regions(draft, root);
  read_next_steps(draft, root);
  read_pairings(draft, root);
  root.finish();
}

void check_parts(DefinitionDraft& draft) {
  check_scales(draft);
  check_forms(draft);
  check_pairs(draft);
  check_plane(draft);
  check_next_steps(draft);
  check_pairings(draft);
}

void advise(DefinitionDraft& draft) {
  check_keying(draft);
  check_respondents(draft);
  check_rules(draft);
  check_unused_parts(draft);
  check_wording(draft);
}

}  // namespace

Definition check_definition(std::string_view text, const CheckOptions& options) {
  Findings findings;
  Definition definition;
  if (const std::optional<Node> root = read_toml(text, findings)) {
    DefinitionDraft draft{findings, {}, {}};
    read_parts(draft, *root, options);
    check_parts(draft);
    // Proofs rest on a sound definition; with errors in it they would only repeat them.
    if (options.depth == CheckDepth::full && !findings.has_errors()) advise(draft);
    if (!findings.has_errors()) definition.questionnaire = std::move(draft.questionnaire);
  }
  definition.problems = findings.problems();
  return definition;
}

ConfigFile check_config(std::string_view text) {
  Findings findings;
  ConfigFile file;
  if (const std::optional<Node> root = read_toml(text, findings)) {
    TableReader reader(findings, *root, "the configuration");
    Config config;
    config.contact = reader.text("contact", {}, Presence::optional);
    reader.finish();
    if (!findings.has_errors()) file.config = std::move(config);
  }
  file.problems = findings.problems();
  return file;
}

std::string starter_definition(std::string_view id) {
  constexpr std::string_view placeholder = "@id@";
  std::string text(starter_text());
  for (std::size_t at = text.find(placeholder); at != std::string::npos;
       at = text.find(placeholder, at + id.size())) {
    text.replace(at, placeholder.size(), id);
  }
  return text;
}

}  // namespace attune::definition
