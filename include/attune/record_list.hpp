// SPDX-License-Identifier: MIT
#pragma once

/// The records of a history as a list: for people a table, for programs JSON and CSV. Not for one
/// record in full (profile.hpp) and not for change over time (trend_report.hpp).
///
///     out << record_list_csv(entries);

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/scores.hpp"

namespace attune {

/// One scale, or one derived score, of one record.
struct ListedScore {
  std::string id;
  std::string name;
  bool is_facet = false;
  ScaleScore score;
};

/// One record as the list shows it.
struct ListedRecord {
  std::string id;
  std::string questionnaire;
  std::string version;
  std::string form;
  std::optional<std::string> about;
  Instant taken_at;
  std::vector<ListedScore> scores;    ///< in the order of the definition; empty for a log form
  std::vector<ListedScore> derived;   ///< in the order of the definition; mostly empty
  std::optional<std::string> region;  ///< id
  std::string region_name;            ///< empty when no region is clear
  std::string problem;                ///< why there are no scores, or empty
};

/// A table per questionnaire, a row per record: id, date, form, about, main scores, region.
[[nodiscard]] Document record_list_document(const std::vector<ListedRecord>& records);

/// An array on one line, ending with a newline: "id", "questionnaire", "version", "form", "about",
/// "taken_at", "scores" (each scale with its "score" and "se", null when not scored), "derived"
/// (the same, where the definition has any), "region".
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

}  // namespace attune
