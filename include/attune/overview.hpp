// SPDX-License-Identifier: MIT
#pragma once

/// Questionnaires described: the list of them, and one in full with its key, for people and for
/// programs. Not for results (profile.hpp).
///
///     out << render_text(questionnaire_document(questionnaire), style);

#include <string>
#include <vector>

#include "attune/document.hpp"
#include "attune/questionnaire.hpp"

namespace attune {

/// One questionnaire in full: what it measures, scales, items with their keys, forms, abouts,
/// status, source, licence.
[[nodiscard]] Document questionnaire_document(const Questionnaire& questionnaire);

/// The same as one line of JSON, schema "attune.questionnaire" version 1, ending with a newline.
[[nodiscard]] std::string questionnaire_json(const Questionnaire& questionnaire,
                                             const std::string& sha256);

/// What `attune list` knows of one questionnaire.
struct Listing {
  std::string id;
  std::string version;
  std::string title;
  std::string summary;
  std::string language;
  std::string status;
  std::size_t items = 0;
  std::vector<std::string> forms;
  std::string minutes;        ///< "6", or empty
  bool is_key_alone = false;  ///< its statements are not included, and nobody has added them
  std::string problem;        ///< why it can't be used, or empty; then only `id` is meaningful
};

/// The listing of a usable questionnaire.
[[nodiscard]] Listing listing_of(const Questionnaire& questionnaire);

/// An entry per questionnaire: its id, how long it takes, its summary. Those without their
/// statements come last, in a group of their own.
[[nodiscard]] Document list_document(const std::vector<Listing>& listings);

/// An array of objects on one line, ending with a newline.
[[nodiscard]] std::string list_json(const std::vector<Listing>& listings);

}  // namespace attune
