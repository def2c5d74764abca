// SPDX-License-Identifier: MIT
#include "attune/config.hpp"

#include <utility>

#include "definition/table_reader.hpp"
#include "definition/text_gate.hpp"
#include "definition/toml_reader.hpp"

namespace attune {

ConfigFile check_config(std::string_view text) {
  detail::Findings findings;
  ConfigFile file;
  if (detail::passes_text_gate(text, findings)) {
    if (const std::optional<detail::Tree> tree = detail::read_toml(text, findings)) {
      const detail::Source source{text, *tree, findings};
      detail::TableReader root(source, tree->root(), "the configuration");
      Config config;
      config.contact = root.text("contact", {}, detail::Presence::optional);
      root.finish();
      if (!findings.has_errors()) file.config = std::move(config);
    }
  }
  file.problems = findings.problems(text);
  return file;
}

}  // namespace attune
