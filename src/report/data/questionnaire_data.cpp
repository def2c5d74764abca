// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/lists.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// --- the definition as JSON -------------------------------------------------------------------

Json response_scale_json(const ResponseScale& scale) {
  Json labels = Json::object();
  for (const Label& label : scale.labels) labels[std::to_string(label.value)] = label.text;
  return {{"id", scale.id}, {"min", scale.min}, {"max", scale.max}, {"labels", labels}};
}

Json norm_json(const Norm& norm) {
  Json json{{"sample", norm.sample}, {"n", norm.n}};
  if (norm.range) json["range"] = {norm.range->min, norm.range->max};
  if (norm.mean) json["mean"] = *norm.mean;
  if (norm.sd) json["sd"] = *norm.sd;
  for (const auto& [score, percentage] : norm.percentiles) {
    json["percentiles"].push_back({score, percentage});
  }
  json["source"] = norm.source;
  return json;
}

Json reliability_json(const Reliability& reliability) {
  Json json = Json::object();
  if (reliability.alpha) json["alpha"] = *reliability.alpha;
  if (reliability.retest) json["retest"] = *reliability.retest;
  if (reliability.days) json["days"] = *reliability.days;
  json["source"] = reliability.source;
  return json;
}

Json scale_json(const Questionnaire& questionnaire, const Scale& scale) {
  Json json{{"id", scale.id},
            {"name", scale.name},
            {"low", scale.low},
            {"high", scale.high},
            {"score", name_of(scale.method)},
            {"min_answered", scale.min_answered}};
  if (scale.parent) json["parent"] = questionnaire.scales[*scale.parent].id;
  if (scale.reliability) json["reliability"] = reliability_json(*scale.reliability);
  for (const Norm& norm : scale.norms) json["norms"].push_back(norm_json(norm));
  return json;
}

Json item_json(const Questionnaire& questionnaire, const Item& item) {
  Json json{{"id", item.id}, {"text", item.text}, {"kind", name_of(item.kind)}};
  if (item.scale) json["scale"] = questionnaire.scales[*item.scale].id;
  if (item.kind == ItemKind::rating) {
    json["response_scale"] = questionnaire.response_scales[item.response_scale].id;
    json["reverse"] = item.reverse;
  }
  if (item.kind == ItemKind::number) {
    json["min"] = item.min;
    json["max"] = item.max;
    if (!item.unit.empty()) json["unit"] = item.unit;
  }
  if (item.kind == ItemKind::choice) {
    json["multiple"] = item.multiple;
    for (const Choice& choice : item.choices) {
      json["choices"].push_back({{"id", choice.id}, {"text", choice.text}});
    }
  }
  return json;
}

Json form_json(const Questionnaire& questionnaire, const Form& form) {
  Json items = Json::array();
  for (const std::size_t item : form.items) items.push_back(questionnaire.items[item].id);
  return {{"id", form.id}, {"items", items}};
}

Json rate_definition_json(const Questionnaire& questionnaire, const Rate& rate) {
  const Item& item = questionnaire.items[rate.item];
  const auto ids = [&item](const std::vector<std::size_t>& choices) {
    Json json = Json::array();
    for (const std::size_t choice : choices) json.push_back(item.choices[choice].id);
    return json;
  };
  Json json{{"id", rate.id},      {"name", rate.name},
            {"item", item.id},    {"counts", ids(rate.counts)},
            {"of", ids(rate.of)}, {"unit", rate.unit}};
  if (!rate.low.empty()) json["low"] = rate.low;
  if (!rate.high.empty()) json["high"] = rate.high;
  return json;
}

Json derived_json(const Questionnaire& questionnaire, const Derived& derived) {
  Json weights = Json::object();
  for (const Term& term : derived.terms) {
    weights[questionnaire.scales[term.scale].id] = term.weight;
  }
  Json json{{"id", derived.id}, {"name", derived.name}};
  if (!derived.low.empty()) json["low"] = derived.low;
  if (!derived.high.empty()) json["high"] = derived.high;
  json["weights"] = std::move(weights);
  return json;
}

Json together_ids_json(const Questionnaire& questionnaire, const Together& pair) {
  return {questionnaire.items[pair.first].id, questionnaire.items[pair.second].id};
}

template <class Part, class ToJson>
Json array_of(const std::vector<Part>& parts, const ToJson& to_json) {
  Json out = Json::array();
  for (const Part& part : parts) out.push_back(to_json(part));
  return out;
}

// --- the codebook as CSV ----------------------------------------------------------------------

// A label may hold what separates the values; a backslash before it keeps the list readable back.
std::string listed_values(const std::vector<AnswerValue>& values) {
  std::string list;
  for (const AnswerValue& value : values) {
    if (!list.empty()) list += '|';
    list += value.code + '=';
    for (const char c : value.label) {
      if (c == '|' || c == '\\') list += '\\';
      list += c;
    }
  }
  return list;
}

struct ValueRange {
  std::string min;
  std::string max;
};

ValueRange value_range(const Questionnaire& questionnaire, const Item& item) {
  if (item.kind == ItemKind::number) {
    return {render_decimal(item.min, 10), render_decimal(item.max, 10)};
  }
  if (item.kind != ItemKind::rating) return {};
  const ResponseScale& scale = questionnaire.response_scales[item.response_scale];
  return {std::to_string(scale.min), std::to_string(scale.max)};
}

std::string scale_id(const Questionnaire& questionnaire, const std::optional<std::size_t>& scale) {
  return scale ? questionnaire.scales[*scale].id : std::string();
}

std::string item_line(const Codebook& codebook, std::size_t index) {
  const Questionnaire& questionnaire = codebook.questionnaire;
  const Item& item = questionnaire.items[index];
  const ValueRange range = value_range(questionnaire, item);
  const bool is_rating = item.kind == ItemKind::rating;
  return csv_line(
      {csv_cell(item.id), csv_cell(statement(questionnaire, item, codebook.about)),
       std::string(type_in_table(item)), range.min, range.max, csv_cell(item.unit),
       csv_cell(listed_values(answer_values(questionnaire, item))),
       csv_cell(scale_id(questionnaire, item.scale)),
       csv_cell(item.scale ? scale_id(questionnaire, questionnaire.scales[*item.scale].parent)
                           : ""),
       !is_rating ? "" : (item.reverse ? "yes" : "no"),
       csv_cell(joined(forms_with(questionnaire, index), "|")),
       csv_cell(rule_in_words(questionnaire, item.ask_when))});
}

std::string score_line(const Questionnaire& questionnaire, std::size_t index) {
  const Scale& scale = questionnaire.scales[index];
  const ScoreRange range =
      score_range(questionnaire, index, counted_items(questionnaire, index).size());
  return csv_line({csv_cell(scale.id), csv_cell(scale.name), "score", render_decimal(range.min),
                   render_decimal(range.max), "", "", "",
                   csv_cell(scale_id(questionnaire, scale.parent)), "", "", ""});
}

std::string derived_score_line(const Questionnaire& questionnaire, std::size_t index) {
  const Derived& derived = questionnaire.derived[index];
  const ScoreRange range = scoring::derived_range(questionnaire, 0, index);
  return csv_line({csv_cell(derived.id), csv_cell(derived.name), "derived",
                   render_decimal(range.min), render_decimal(range.max), "", "", "", "", "", "",
                   ""});
}

}  // namespace

std::string questionnaire_json(const Questionnaire& questionnaire, const std::string& sha256) {
  Json json{{"schema", "attune.questionnaire"},
            {"version", 1},
            {"questionnaire",
             {{"id", questionnaire.id},
              {"version", questionnaire.version},
              {"sha256", sha256},
              {"title", questionnaire.title},
              {"summary", questionnaire.summary},
              {"language", questionnaire.language},
              {"status", questionnaire.status},
              {"source", questionnaire.source},
              {"license", questionnaire.license}}}};
  const auto with = [&](const auto& to_json) {
    return [&](const auto& part) { return to_json(questionnaire, part); };
  };
  json["response_scales"] = array_of(questionnaire.response_scales, response_scale_json);
  json["scales"] = array_of(questionnaire.scales, with(scale_json));
  json["derived"] = array_of(questionnaire.derived, with(derived_json));
  json["items"] = array_of(questionnaire.items, with(item_json));
  json["forms"] = array_of(questionnaire.forms, with(form_json));
  json["rates"] = array_of(questionnaire.rates, with(rate_definition_json));
  json["together"] = array_of(questionnaire.together, with(together_ids_json));
  json["about"] = Json::object();
  for (const About& about : questionnaire.abouts) json["about"][about.id] = about.phrase;
  return json_line(json);
}

std::string codebook_csv(const Codebook& codebook) {
  std::string csv =
      "variable,label,type,min,max,unit,values,scale,parent,reverse,forms,asked_when\n";
  for (std::size_t i = 0; i < codebook.questionnaire.items.size(); ++i) {
    csv += item_line(codebook, i);
  }
  for (std::size_t i = 0; i < codebook.questionnaire.scales.size(); ++i) {
    csv += score_line(codebook.questionnaire, i);
  }
  for (std::size_t i = 0; i < codebook.questionnaire.derived.size(); ++i) {
    csv += derived_score_line(codebook.questionnaire, i);
  }
  return csv;
}

}  // namespace attune::report
