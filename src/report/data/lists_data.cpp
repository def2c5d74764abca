// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/lists.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"

namespace attune::report {
namespace {

using ListedScores = std::vector<ListedScore>;

Json listed_scores_json(const ListedScores& scores) {
  Json out = Json::object();
  for (const ListedScore& each : scores) {
    const auto& estimate = each.score.estimate;
    out[each.id] = {{"score", estimate ? Json(estimate->score) : Json(nullptr)},
                    {"se", estimate ? Json(estimate->se) : Json(nullptr)}};
  }
  return out;
}

Json listed_record_json(const ListedRecord& record) {
  Json out{{"id", record.id},
           {"questionnaire", record.questionnaire},
           {"version", record.version},
           {"form", record.form},
           {"about", or_null(record.about)},
           {"taken_at", render_rfc3339(record.taken_at)},
           {"scores", listed_scores_json(record.scores)}};
  if (!record.derived.empty()) out["derived"] = listed_scores_json(record.derived);
  out["region"] = or_null(record.region);
  if (!record.problem.empty()) out["problem"] = record.problem;
  return out;
}

// The ids among the scores of any record, in the order in which they first appear.
std::vector<std::string> ids_in(const std::vector<ListedRecord>& records,
                                ListedScores ListedRecord::*scores) {
  std::vector<std::string> ids;
  for (const ListedRecord& record : records) {
    for (const ListedScore& each : record.*scores) {
      if (std::find(ids.begin(), ids.end(), each.id) == ids.end()) ids.push_back(each.id);
    }
  }
  return ids;
}

// The cells of each id; empty where this record has no such score.
void add_listed_cells(std::vector<std::string>& row, const ListedScores& scores,
                      const std::vector<std::string>& ids, AnsweredColumn answered) {
  for (const std::string& id : ids) {
    const auto found = std::find_if(scores.begin(), scores.end(),
                                    [&](const ListedScore& listed) { return listed.id == id; });
    if (found != scores.end()) {
      add_score_cells(row, found->score, answered);
    } else {
      row.resize(row.size() + (answered == AnsweredColumn::yes ? 3 : 2));
    }
  }
}

}  // namespace

std::string list_json(const std::vector<Listing>& listings) {
  Json out = Json::array();
  for (const Listing& listing : listings) {
    if (!listing.problem.empty()) {
      out.push_back({{"id", listing.id}, {"problem", listing.problem}});
      continue;
    }
    out.push_back({{"id", listing.id},
                   {"version", listing.version},
                   {"title", listing.title},
                   {"summary", listing.summary},
                   {"language", listing.language},
                   {"status", listing.status},
                   {"items", listing.items},
                   {"forms", listing.forms},
                   {"wording", listing.is_key_alone ? "not included" : "included"}});
  }
  return json_line(out);
}

std::string record_list_json(const std::vector<ListedRecord>& records) {
  Json out = Json::array();
  for (const ListedRecord& record : records) out.push_back(listed_record_json(record));
  return json_line(out);
}

std::string record_list_csv(const std::vector<ListedRecord>& records) {
  const std::vector<std::string> scales = ids_in(records, &ListedRecord::scores);
  const std::vector<std::string> derived = ids_in(records, &ListedRecord::derived);
  std::vector<std::string> header{"id", "questionnaire", "version", "form", "about", "taken_at"};
  for (const std::string& id : scales) add_score_columns(header, id, AnsweredColumn::yes);
  for (const std::string& id : derived) add_score_columns(header, id, AnsweredColumn::no);
  header.emplace_back("region");
  std::string csv = csv_line(header);
  for (const ListedRecord& record : records) {
    std::vector<std::string> row{csv_cell(record.id),
                                 csv_cell(record.questionnaire),
                                 csv_cell(record.version),
                                 csv_cell(record.form),
                                 csv_cell(record.about.value_or("")),
                                 csv_cell(render_rfc3339(record.taken_at))};
    add_listed_cells(row, record.scores, scales, AnsweredColumn::yes);
    add_listed_cells(row, record.derived, derived, AnsweredColumn::no);
    row.push_back(csv_cell(record.region.value_or("")));
    csv += csv_line(row);
  }
  return csv;
}

std::string draft_list_json(const std::vector<ListedDraft>& drafts) {
  Json out = Json::array();
  for (const ListedDraft& draft : drafts) {
    out.push_back({{"id", draft.id},
                   {"questionnaire", draft.questionnaire},
                   {"form", draft.form},
                   {"about", or_null(draft.about)},
                   {"started_at", render_rfc3339(draft.started_at)},
                   {"answered", draft.confirmed},
                   {"items", draft.items},
                   {"resume", draft.resume}});
  }
  return json_line(out);
}

}  // namespace attune::report
