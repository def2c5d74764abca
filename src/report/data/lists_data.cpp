// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "attune/date.hpp"
#include "attune/interpretation.hpp"
#include "attune/lists.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// The score and the error of each of `parts`, a questionnaire's scales or derived scores.
template <class Part>
Json listed_scores_json(const std::vector<Part>& parts, const Scores& scores) {
  Json out = Json::object();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out[parts[i].id] = {{"score", or_null(scores[i].estimate, &Estimate::score)},
                        {"se", or_null(scores[i].estimate, &Estimate::se)}};
  }
  return out;
}

// The ids of the scales, or of the derived scores, of all records, in the order in which they first
// appear.
template <class Part>
std::vector<std::string> ids_in(const std::vector<ListedRecord>& records,
                                std::vector<Part> Questionnaire::*parts) {
  std::vector<std::string> ids;
  for (const ListedRecord& each : records) {
    for (const Part& part : definition_of(each).*parts) {
      if (std::ranges::find(ids, part.id) == ids.end()) ids.push_back(part.id);
    }
  }
  return ids;
}

// The values of each id; empty where this record has no such score.
template <class Part>
void add_listed_values(std::vector<Json>& row, const std::vector<Part>& parts, const Scores& scores,
                       const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const auto index = find_by_id(parts, id);
    const auto estimate = index ? scores[*index].estimate : std::nullopt;
    row.push_back(or_null(estimate, &Estimate::score));
    row.push_back(or_null(estimate, &Estimate::se));
    if (std::is_same_v<Part, Scale>) row.push_back(index ? Json(scores[*index].answered) : Json());
  }
}

Json region_id(const ListedRecord& each) {
  const auto reading = interpretation::region_of(definition_of(each), each.scores);
  const Region* region = clear_region(definition_of(each), reading);
  return region != nullptr ? Json(region->id) : Json(nullptr);
}

// A label may hold what separates the values; a backslash before it keeps the list readable back.
std::string listed_values(const std::vector<Choice>& values) {
  std::string list;
  for (const auto& [code, label] : values) {
    if (!list.empty()) list += '|';
    list += code + '=';
    for (const char c : label) {
      if (c == '|' || c == '\\') list += '\\';
      list += c;
    }
  }
  return list;
}

std::string item_row(const Codebook& codebook, std::size_t index) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  const Item& item = questionnaire.items[index];
  Json min;
  Json max;
  Json reverse;
  if (item.kind == ItemKind::number) {
    min = item.min;
    max = item.max;
  } else if (item.kind == ItemKind::rating) {
    const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
    min = scale.min;
    max = scale.max;
    reverse = item.reverse ? "yes" : "no";
  }
  const Scale* scale = item.scale ? &questionnaire.scales[*item.scale] : nullptr;
  std::vector<std::string> forms;
  for (const Form& form : questionnaire.forms) {
    if (std::ranges::find(form.items, index) != form.items.end()) forms.push_back(form.id);
  }
  return csv_row({item.id, statement(questionnaire, item, codebook.about), type_in_table(item), min,
                  max, item.unit, listed_values(answer_values(questionnaire, item)),
                  scale != nullptr ? scale->id : "",
                  scale != nullptr && scale->parent ? questionnaire.scales[*scale->parent].id : "",
                  reverse, joined(forms, "|"), rule_in_words(questionnaire, item.ask_when)},
                 10);
}

}  // namespace

std::string list_json(const std::vector<Listing>& listings) {
  return json_line(array_of(listings, [](const Listing& listing) -> Json {
    const Questionnaire& questionnaire = listing.questionnaire;
    if (!listing.problem.empty()) {
      return {{"id", questionnaire.id}, {"problem", listing.problem}};
    }
    return {{"id", questionnaire.id},
            {"version", questionnaire.version},
            {"title", questionnaire.title},
            {"summary", questionnaire.summary},
            {"language", questionnaire.language},
            {"status", questionnaire.status},
            {"items", questionnaire.items.size()},
            {"forms", array_of(questionnaire.forms, &Form::id)},
            {"wording", is_key_alone(questionnaire) ? "not included" : "included"}};
  }));
}

std::string record_list_json(const std::vector<ListedRecord>& records) {
  return json_line(array_of(records, [](const ListedRecord& each) {
    const Record& record = each.record;
    const Questionnaire& questionnaire = definition_of(each);
    Json out{{"id", record.id},
             {"questionnaire", record.questionnaire},
             {"version", record.version},
             {"form", record.form},
             {"about", or_null(record.about)},
             {"taken_at", render_rfc3339(record.taken_at)},
             {"scores", listed_scores_json(questionnaire.scales, each.scores)}};
    if (!each.derived.empty()) {
      out["derived"] = listed_scores_json(questionnaire.derived, each.derived);
    }
    out["region"] = region_id(each);
    if (each.questionnaire == nullptr) out["problem"] = unusable_definition;
    return out;
  }));
}

std::string record_list_csv(const std::vector<ListedRecord>& records) {
  const std::vector<std::string> scales = ids_in(records, &Questionnaire::scales);
  const std::vector<std::string> derived = ids_in(records, &Questionnaire::derived);
  std::vector<Json> header{"id", "questionnaire", "version", "form", "about", "taken_at"};
  for (const std::string& id : scales)
    header.insert(header.end(), {id, id + "_se", id + "_answered"});
  for (const std::string& id : derived) header.insert(header.end(), {id, id + "_se"});
  header.emplace_back("region");
  std::string csv = csv_row(header);
  for (const ListedRecord& each : records) {
    const Record& record = each.record;
    const Questionnaire& questionnaire = definition_of(each);
    std::vector<Json> row{record.id,   record.questionnaire,  record.version,
                          record.form, or_null(record.about), render_rfc3339(record.taken_at)};
    add_listed_values(row, questionnaire.scales, each.scores, scales);
    add_listed_values(row, questionnaire.derived, each.derived, derived);
    row.push_back(region_id(each));
    csv += csv_row(row);
  }
  return csv;
}

std::string draft_list_json(const std::vector<ListedDraft>& drafts) {
  return json_line(array_of(drafts, [](const ListedDraft& draft) -> Json {
    return {{"id", draft.id},
            {"questionnaire", draft.questionnaire},
            {"form", draft.form},
            {"about", or_null(draft.about)},
            {"started_at", render_rfc3339(draft.started_at)},
            {"answered", draft.confirmed},
            {"items", draft.items},
            {"resume", draft.resume}};
  }));
}

std::string codebook_csv(const Codebook& codebook) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  std::string csv =
      "variable,label,type,min,max,unit,values,scale,parent,reverse,forms,asked_when\n";
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) csv += item_row(codebook, i);
  const auto add_score = [&](const auto& score, const char* type, ScoreRange range,
                             const Json& parent) {
    csv += csv_row({score.id, score.name, type, range.min, range.max, nullptr, nullptr, nullptr,
                    parent, nullptr, nullptr, nullptr});
  };
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    add_score(scale, "score", score_range(questionnaire, i, counted_items(questionnaire, i).size()),
              scale.parent ? Json(questionnaire.scales[*scale.parent].id) : Json(nullptr));
  }
  for (std::size_t i = 0; i < questionnaire.derived.size(); ++i) {
    add_score(questionnaire.derived[i], "derived", scoring::derived_range(questionnaire, 0, i), {});
  }
  return csv;
}

}  // namespace attune::report
