// SPDX-License-Identifier: MIT
#pragma once

/// Records as JSON Lines, to keep, to move and to read elsewhere; attune-history(5) documents them.
/// One line per record, then one per step tried. A definition's text stands in the first record
/// that names it. What is exported whole is imported whole: import(export(x)) = x.
///
///     out << render_export(history.records({}), history.tried_steps({}), definitions);

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/error.hpp"
#include "attune/history.hpp"

namespace attune::store {

/// The text of a definition by its hash; empty when it is not kept.
using DefinitionTexts = std::function<std::string(const std::string& sha256)>;

/// The lines of an export, each ending with a newline. Each says which of how many it is, so that a
/// reader notices a file that was cut off.
[[nodiscard]] std::string render_export(const std::vector<Record>& records,
                                        const std::vector<TriedStep>& tried,
                                        const DefinitionTexts& texts);

inline constexpr std::size_t max_export_bytes = std::size_t{256} * 1024 * 1024;

/// Reads and checks a whole export. Errors have `file` and the number of the line as place:
/// bad_data for what is damaged, cut off or no export; configuration for lines of a newer
/// version. Ids, hashes, times and texts have to be legal, and each definition text has to have its
/// hash.
[[nodiscard]] Import read_export(std::string_view text, std::string_view file);

/// What only the texts of the questionnaires and the clock can tell: that each record has the id,
/// version, form, about and items of its text, answers that are legal, and no time more than a year
/// after `now`. Records whose text this version can't use are taken as they are. `kept` gives the
/// texts that the history has. Error bad_data, its place the record's id.
void check_records(const Import& import, const DefinitionTexts& kept, Instant now);

}  // namespace attune::store
