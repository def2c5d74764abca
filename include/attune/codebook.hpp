// SPDX-License-Identifier: MIT
#pragma once

/// One questionnaire described: for a person who wonders what it asks, and as a researcher puts it
/// beside a file of data: what each variable holds, how scores come from it. Not for data itself
/// (profile.hpp, rows).
///
///     out << codebook_markdown({questionnaire, sha256, about});

#include <cstddef>
#include <optional>
#include <string>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"

namespace attune::report {

/// One questionnaire in full: what it measures, scales, items with their keys, forms, abouts,
/// status, source, licence.
[[nodiscard]] Document questionnaire_document(const Questionnaire& questionnaire);

/// The same as one line of JSON, schema "attune.questionnaire" version 1, ending with a newline.
[[nodiscard]] std::string questionnaire_json(const Questionnaire& questionnaire,
                                             const std::string& sha256);

/// What a codebook is about. `about` (an index into `abouts`) says whose phrase stands for
/// "{about}" in the statements; nothing: the first.
struct Codebook {
  Questionnaire questionnaire;
  std::string sha256;  ///< of the definition's text, 64 hexadecimal digits
  std::optional<std::size_t> about;
};

/// For people: CommonMark with tables of variables and of scores, formulas in words, what missing
/// answers do, norms and reliability with their sources. No text of the definition can form markup.
[[nodiscard]] std::string codebook_markdown(const Codebook& codebook);

/// A header and a row for each item, then for each score: variable, label, type, min, max, unit,
/// values, scale, parent, reverse, forms, asked_when. Quoted as RFC 4180 says; lines end with LF; a
/// text that a spreadsheet would run as a formula gets a leading apostrophe. `values` is a list of
/// code=label joined by '|', in which '|' and '\' are written with a '\' before.
[[nodiscard]] std::string codebook_csv(const Codebook& codebook);

}  // namespace attune::report
