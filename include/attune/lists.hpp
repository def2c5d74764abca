// SPDX-License-Identifier: MIT
#pragma once

/// What is there: the list of questionnaires, one of them in full, the records of a history,
/// unfinished drafts. For people a document, for programs JSON (one line that ends with a newline)
/// and CSV (lines that end with LF). Not for one record in full (report.hpp).
///
///     out << record_list_csv(entries);

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"
#include "attune/scores.hpp"

namespace attune::report {

/// What `attune list` knows of one questionnaire.
struct Listing {
  Questionnaire questionnaire;
  std::string problem;  ///< why it can't be used, or empty; then only its id is meaningful
};

/// An entry per questionnaire: its id, how long it takes, its summary. Those without their
/// statements come last, in a group of their own.
[[nodiscard]] Document list_document(const std::vector<Listing>& listings);

/// An array of objects.
[[nodiscard]] std::string list_json(const std::vector<Listing>& listings);

/// One record as the list shows it.
struct ListedRecord {
  Record record;
  const Questionnaire* questionnaire = nullptr;  ///< that it is scored by; null where this version
                                                 ///< can't use it: a problem stands for the scores
  Scores scores;
  Scores derived;  ///< parallel to Questionnaire::derived
};

/// A table per questionnaire, a row per record: id, date, form, about, main scores, region.
[[nodiscard]] Document record_list_document(const std::vector<ListedRecord>& records);

/// An array: "id", "questionnaire", "version", "form", "about", "taken_at", "scores" (each scale
/// with its "score" and "se", null when not scored), "derived" (the same, where the definition has
/// any), "region".
[[nodiscard]] std::string record_list_json(const std::vector<ListedRecord>& records);

/// Columns as in the profile's CSV; with several questionnaires every scale and every derived score
/// has its columns, empty where a record does not have it.
[[nodiscard]] std::string record_list_csv(const std::vector<ListedRecord>& records);

/// An unfinished administration as the list shows it.
struct ListedDraft {
  std::int64_t id = 0;
  std::string questionnaire;
  std::string form;
  std::optional<std::string> about;
  Instant started_at;
  std::size_t confirmed = 0;
  std::size_t items = 0;
  std::string resume;  ///< the command that goes on with it
};

[[nodiscard]] Document draft_list_document(const std::vector<ListedDraft>& drafts);
[[nodiscard]] std::string draft_list_json(const std::vector<ListedDraft>& drafts);

// One questionnaire described: for a person who wonders what it asks, and as a researcher puts it
// beside a file of data: what each variable holds, how scores come from it. Not for data itself
// (report.hpp, rows).

/// One questionnaire in full: what it measures, status, source, licence, items with their keys,
/// scores, published numbers, forms, abouts.
[[nodiscard]] Document questionnaire_document(const Questionnaire& questionnaire);

/// What a codebook is about. `about` (an index into `abouts`) says whose phrase stands for
/// "{about}" in the statements; nothing: the first.
struct Codebook {
  Questionnaire questionnaire;
  std::string sha256;  ///< of the definition's text, 64 hexadecimal digits
  std::optional<std::size_t> about;
};

/// For people: tables of variables and of scores, formulas in words, what missing answers do, norms
/// and reliability with their sources.
[[nodiscard]] Document codebook_document(const Codebook& codebook);

/// A header and a row for each item, then for each score: variable, label, type, min, max, unit,
/// values, scale, parent, reverse, forms, asked_when. Quoted as RFC 4180 says; a text that a
/// spreadsheet would run as a formula gets a leading apostrophe. `values` is a list of
/// code=label joined by '|', in which '|' and '\' are written with a '\' before.
[[nodiscard]] std::string codebook_csv(const Codebook& codebook);

}  // namespace attune::report
