// SPDX-License-Identifier: MIT
#include "attune/definition.hpp"

#include <optional>
#include <utility>

#include "definition/draft.hpp"
#include "definition/text_gate.hpp"
#include "definition/toml_reader.hpp"

namespace attune {

namespace {

void read_parts(detail::Draft& draft, const CheckOptions& options) {
  detail::TableReader root(draft.source, draft.source.tree.root(), "a definition");
  detail::read_header(draft, root, options.expected_id);
  detail::read_about(draft, root);
  detail::read_response_scales(draft, root);
  detail::read_scales(draft, root);
  detail::read_items(draft, root);
  detail::read_forms(draft, root);
  detail::read_pairs(draft, root);
  detail::read_derived(draft, root);
  detail::read_rates(draft, root);
  detail::read_together(draft, root);
  detail::read_regions(draft, root);
  detail::read_next_steps(draft, root);
  detail::read_pairings(draft, root);
  root.finish();
}

void check_parts(detail::Draft& draft) {
  detail::check_scales(draft);
  detail::check_forms(draft);
  detail::check_pairs(draft);
  detail::check_plane(draft);
  detail::check_next_steps(draft);
  detail::check_pairings(draft);
}

void advise(detail::Draft& draft) {
  detail::check_keying(draft);
  detail::check_respondents(draft);
  detail::check_rules(draft);
  detail::check_unused_parts(draft);
  detail::check_wording(draft);
}

}  // namespace

Definition check_definition(std::string_view text, const CheckOptions& options) {
  detail::Findings findings;
  Definition definition;
  if (detail::passes_text_gate(text, findings)) {
    if (std::optional<detail::Tree> tree = detail::read_toml(text, findings)) {
      detail::Draft draft{{text, *tree, findings}, {}, {}};
      read_parts(draft, options);
      check_parts(draft);
      // Proofs rest on a sound definition; with errors in it they would only repeat them.
      if (options.depth == CheckDepth::full && !findings.has_errors()) advise(draft);
      if (!findings.has_errors()) definition.questionnaire = std::move(draft.questionnaire);
    }
  }
  definition.problems = findings.problems(text);
  return definition;
}

}  // namespace attune
