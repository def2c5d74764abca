// SPDX-License-Identifier: MIT
#include "attune/record_list.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

#include "attune/decimal.hpp"

#include "report/csv.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

std::string with_form(const std::string& questionnaire, const std::string& form) {
  return form == "full" ? questionnaire : fmt::format("{}, {}", questionnaire, form);
}

using Group = std::vector<const ListedRecord*>;

// The records of one questionnaire together, in the order in which questionnaires first appear.
std::vector<Group> grouped(const std::vector<ListedRecord>& records) {
  std::vector<Group> groups;
  for (const ListedRecord& record : records) {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return group.front()->questionnaire == record.questionnaire;
    });
    Group& group = found == groups.end() ? groups.emplace_back() : *found;
    group.push_back(&record);
  }
  return groups;
}

// A column of the table: its header and what a record has in it.
struct Column {
  std::string header;
  Align align = Align::left;
  std::function<std::string(const ListedRecord&)> cell;
};

std::string score_cell(const ListedRecord& record, const std::string& scale) {
  for (const ListedScore& each : record.scores) {
    if (each.id == scale) {
      return each.score.estimate ? render_fixed(each.score.estimate->score, 1) : "-";
    }
  }
  return {};
}

std::string date_cell(const ListedRecord& record) {
  const std::string date = render_local_date(record.taken_at);
  // Of a log form there are many a day.
  return record.scores.empty() ? date + ' ' + render_local_time(record.taken_at) : date;
}

void add_scale_columns(std::vector<Column>& columns, const Group& group) {
  std::vector<std::string> seen;
  for (const ListedRecord* record : group) {
    for (const ListedScore& each : record->scores) {
      if (each.is_facet || std::find(seen.begin(), seen.end(), each.id) != seen.end()) continue;
      seen.push_back(each.id);
      columns.push_back({each.name, Align::right, [id = each.id](const ListedRecord& listed) {
                           return score_cell(listed, id);
                         }});
    }
  }
}

// Columns that would be empty throughout are left out.
std::vector<Column> columns_of(const Group& group) {
  const auto any = [&](auto holds) { return std::any_of(group.begin(), group.end(), holds); };
  std::vector<Column> columns;
  columns.push_back({"Id", Align::left, [](const ListedRecord& record) { return record.id; }});
  columns.push_back({"Date", Align::left, date_cell});
  if (any([](const ListedRecord* record) { return record->form != "full"; })) {
    columns.push_back(
        {"Form", Align::left, [](const ListedRecord& record) { return record.form; }});
  }
  if (any([](const ListedRecord* record) { return record->about.has_value(); })) {
    columns.push_back({"About", Align::left,
                       [](const ListedRecord& record) { return record.about.value_or("-"); }});
  }
  add_scale_columns(columns, group);
  if (any([](const ListedRecord* record) { return !record->region_name.empty(); })) {
    columns.push_back(
        {"Region", Align::left, [](const ListedRecord& record) { return record.region_name; }});
  }
  if (any([](const ListedRecord* record) { return !record->problem.empty(); })) {
    columns.push_back(
        {"Problem", Align::left, [](const ListedRecord& record) { return record.problem; }});
  }
  return columns;
}

Table table_of(const Group& group) {
  const std::vector<Column> columns = columns_of(group);
  Table table;
  for (const Column& column : columns) {
    table.header.push_back(column.header);
    table.align.push_back(column.align);
  }
  for (const ListedRecord* record : group) {
    auto& row = table.rows.emplace_back();
    for (const Column& column : columns) row.push_back(column.cell(*record));
  }
  return table;
}

Json score_json(const ScaleScore& score) {
  if (!score.estimate) return {{"score", nullptr}, {"se", nullptr}};
  return {{"score", score.estimate->score}, {"se", score.estimate->se}};
}

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json scores_json(const std::vector<ListedScore>& listed) {
  Json scores = Json::object();
  for (const ListedScore& each : listed) scores[each.id] = score_json(each.score);
  return scores;
}

Json json_of(const ListedRecord& record) {
  Json json{{"id", record.id},
            {"questionnaire", record.questionnaire},
            {"version", record.version},
            {"form", record.form},
            {"about", or_null(record.about)},
            {"taken_at", render_rfc3339(record.taken_at)},
            {"scores", scores_json(record.scores)}};
  if (!record.derived.empty()) json["derived"] = scores_json(record.derived);
  json["region"] = or_null(record.region);
  if (!record.problem.empty()) json["problem"] = record.problem;
  return json;
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

using ListedScores = std::vector<ListedScore>;

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

const ListedScore* find_score(const ListedScores& scores, const std::string& id) {
  const auto found = std::find_if(scores.begin(), scores.end(),
                                  [&](const ListedScore& listed) { return listed.id == id; });
  return found == scores.end() ? nullptr : &*found;
}

void add_score_cells(std::vector<std::string>& row, const ListedScore* listed) {
  const bool is_scored = listed != nullptr && listed->score.estimate;
  row.push_back(is_scored ? render_decimal(listed->score.estimate->score) : "");
  row.push_back(is_scored ? render_decimal(listed->score.estimate->se) : "");
}

}  // namespace

Document record_list_document(const std::vector<ListedRecord>& records) {
  if (records.empty()) return {Paragraph{"No records fit."}};
  Document document;
  for (const Group& group : grouped(records)) {
    document.emplace_back(Heading{2, group.front()->questionnaire});
    document.emplace_back(table_of(group));
  }
  return document;
}

std::string record_list_json(const std::vector<ListedRecord>& records) {
  Json json = Json::array();
  for (const ListedRecord& record : records) json.push_back(json_of(record));
  return line_of(json);
}

std::string record_list_csv(const std::vector<ListedRecord>& records) {
  using detail::csv_cell;
  const std::vector<std::string> scales = ids_in(records, &ListedRecord::scores);
  const std::vector<std::string> derived = ids_in(records, &ListedRecord::derived);
  std::vector<std::string> header{"id", "questionnaire", "version", "form", "about", "taken_at"};
  for (const std::string& id : scales) {
    header.insert(header.end(), {csv_cell(id), csv_cell(id + "_se"), csv_cell(id + "_answered")});
  }
  for (const std::string& id : derived) {
    header.insert(header.end(), {csv_cell(id), csv_cell(id + "_se")});
  }
  header.emplace_back("region");
  std::string csv = detail::csv_line(header);
  for (const ListedRecord& record : records) {
    std::vector<std::string> row{csv_cell(record.id),
                                 csv_cell(record.questionnaire),
                                 csv_cell(record.version),
                                 csv_cell(record.form),
                                 csv_cell(record.about.value_or("")),
                                 csv_cell(render_rfc3339(record.taken_at))};
    for (const std::string& id : scales) {
      const ListedScore* listed = find_score(record.scores, id);
      add_score_cells(row, listed);
      row.push_back(listed != nullptr ? std::to_string(listed->score.answered) : "");
    }
    for (const std::string& id : derived) add_score_cells(row, find_score(record.derived, id));
    row.push_back(csv_cell(record.region.value_or("")));
    csv += detail::csv_line(row);
  }
  return csv;
}

Document draft_list_document(const std::vector<ListedDraft>& drafts) {
  if (drafts.empty()) return {Paragraph{"No drafts: nothing is unfinished."}};
  Table table;
  table.header = {"Draft", "Begun", "Questionnaire", "About", "Answered", "Go on with"};
  table.align.assign(table.header.size(), Align::left);
  for (const ListedDraft& draft : drafts) {
    table.rows.push_back({std::to_string(draft.id), render_local_date(draft.started_at),
                          with_form(draft.questionnaire, draft.form), draft.about.value_or(""),
                          fmt::format("{} of {}", draft.confirmed, draft.items), draft.resume});
  }
  return {std::move(table)};
}

std::string draft_list_json(const std::vector<ListedDraft>& drafts) {
  Json json = Json::array();
  for (const ListedDraft& draft : drafts) {
    json.push_back({{"id", draft.id},
                    {"questionnaire", draft.questionnaire},
                    {"form", draft.form},
                    {"about", or_null(draft.about)},
                    {"started_at", render_rfc3339(draft.started_at)},
                    {"answered", draft.confirmed},
                    {"items", draft.items},
                    {"resume", draft.resume}});
  }
  return line_of(json);
}

}  // namespace attune
