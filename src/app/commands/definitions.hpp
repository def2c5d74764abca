// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/document.hpp"
#include "attune/paths.hpp"

#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/streams.hpp"

namespace attune {

/// The commands about definitions rather than answers. None of them opens the history.

/// `attune list`: every questionnaire that `take` finds by name.
ExitStatus list_questionnaires(Format format, const TextStyle& style, const Catalogue& catalogue,
                               Streams& streams);

/// `attune show NAME`: one questionnaire in full.
ExitStatus show_questionnaire(const std::string& name, const std::optional<std::string>& language,
                              Format format, const TextStyle& style, const Catalogue& catalogue,
                              Streams& streams);

/// `attune check FILE...`: every problem of every file on standard output.
ExitStatus check_files(const std::vector<std::string>& files, const Catalogue& catalogue,
                       Streams& streams);

/// `attune init ID`: writes `ID.toml` (or `output`, "-" for standard output) with a starter
/// definition.
ExitStatus init_definition(const std::string& id, const std::optional<std::string>& output,
                           Overwrite overwrite, Streams& streams);

struct WordingOptions {
  std::string name;
  std::string file;                     ///< one statement per line; "-" is standard input
  std::optional<std::string> language;  ///< that of the questionnaire when absent
  Overwrite overwrite = Overwrite::no;
};

/// `attune wording NAME FILE`: makes a text-only file of `language` in the person's own directory
/// from one statement per line.
ExitStatus add_wording(const WordingOptions& options, const Catalogue& catalogue,
                       const Paths& paths, Streams& streams);

}  // namespace attune
