// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/lists.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// --- questionnaires ---------------------------------------------------------------------------

// What stands beside the name in the list.
std::string listing_in_words(const Listing& listing) {
  if (!listing.problem.empty()) return "can't be used: " + listing.problem;
  const std::string minutes =
      listing.minutes.empty() ? "" : fmt::format(", about {} min", listing.minutes);
  const std::string forms =
      listing.forms.size() > 1 ? ", forms " + join_or(listing.forms) : std::string();
  return fmt::format("{} ({} items{}{})", listing.summary, listing.items, minutes, forms);
}

// --- records ----------------------------------------------------------------------------------

std::string with_form(const std::string& questionnaire, const std::string& form) {
  return form == "full" ? questionnaire : fmt::format("{}, {}", questionnaire, form);
}

using RecordGroup = std::vector<const ListedRecord*>;

// The records of one questionnaire together, in the order in which questionnaires first appear.
std::vector<RecordGroup> by_questionnaire(const std::vector<ListedRecord>& records) {
  std::vector<RecordGroup> groups;
  for (const ListedRecord& record : records) {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const RecordGroup& group) {
      return group.front()->questionnaire == record.questionnaire;
    });
    RecordGroup& group = found == groups.end() ? groups.emplace_back() : *found;
    group.push_back(&record);
  }
  return groups;
}

// A column of the table: its header and what a record has in it.
struct RecordColumn {
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

void add_scale_columns(std::vector<RecordColumn>& columns, const RecordGroup& group) {
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
std::vector<RecordColumn> record_columns(const RecordGroup& group) {
  const auto any = [&](auto holds) { return std::any_of(group.begin(), group.end(), holds); };
  std::vector<RecordColumn> columns;
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

Table records_table(const RecordGroup& group) {
  const std::vector<RecordColumn> columns = record_columns(group);
  Table table;
  for (const RecordColumn& column : columns) {
    table.header.push_back(column.header);
    table.align.push_back(column.align);
  }
  for (const ListedRecord* record : group) {
    auto& row = table.rows.emplace_back();
    for (const RecordColumn& column : columns) row.push_back(column.cell(*record));
  }
  return table;
}

}  // namespace

Listing listing_of(const Questionnaire& questionnaire) {
  Listing listing;
  listing.id = questionnaire.id;
  listing.version = questionnaire.version;
  listing.title = questionnaire.title;
  listing.summary = questionnaire.summary;
  listing.language = questionnaire.language;
  listing.status = questionnaire.status;
  listing.items = questionnaire.items.size();
  for (const Form& form : questionnaire.forms) listing.forms.push_back(form.id);
  listing.is_key_alone = std::all_of(questionnaire.items.begin(), questionnaire.items.end(),
                                     [](const Item& item) { return item.text.empty(); });
  if (questionnaire.minutes) listing.minutes = fmt::format("{}", *questionnaire.minutes);
  return listing;
}

Document list_document(const std::vector<Listing>& listings) {
  Facts questionnaires;
  Facts keys;
  for (const Listing& listing : listings) {
    (listing.is_key_alone ? keys : questionnaires)
        .rows.emplace_back(listing.id, listing_in_words(listing));
  }
  Document document;
  if (!questionnaires.rows.empty()) document.push_back(std::move(questionnaires));
  if (keys.rows.empty()) return document;
  document.push_back(Heading{2, "Published keys, without their wording"});
  say(document,
      "They score answers you already have. To be asked, add the statements first: attune wording "
      "NAME FILE");
  document.push_back(std::move(keys));
  return document;
}

Document record_list_document(const std::vector<ListedRecord>& records) {
  if (records.empty()) return {Paragraph{"No records fit."}};
  Document document;
  for (const RecordGroup& group : by_questionnaire(records)) {
    document.emplace_back(Heading{2, group.front()->questionnaire});
    document.emplace_back(records_table(group));
  }
  return document;
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

}  // namespace attune::report
