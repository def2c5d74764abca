// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "attune/overview.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const ResponseScale& scale) {
  Json labels = Json::object();
  for (const Label& label : scale.labels) labels[std::to_string(label.value)] = label.text;
  return {{"id", scale.id}, {"min", scale.min}, {"max", scale.max}, {"labels", labels}};
}

Json json_of(const Norm& norm) {
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

Json json_of(const Reliability& reliability) {
  Json json = Json::object();
  if (reliability.alpha) json["alpha"] = *reliability.alpha;
  if (reliability.retest) json["retest"] = *reliability.retest;
  if (reliability.days) json["days"] = *reliability.days;
  json["source"] = reliability.source;
  return json;
}

Json json_of(const Questionnaire& questionnaire, const Scale& scale) {
  Json json{{"id", scale.id},
            {"name", scale.name},
            {"low", scale.low},
            {"high", scale.high},
            {"score", name_of(scale.method)},
            {"min_answered", scale.min_answered}};
  if (scale.parent) json["parent"] = questionnaire.scales[*scale.parent].id;
  if (scale.reliability) json["reliability"] = json_of(*scale.reliability);
  for (const Norm& norm : scale.norms) json["norms"].push_back(json_of(norm));
  return json;
}

Json json_of(const Questionnaire& questionnaire, const Item& item) {
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

Json json_of(const Questionnaire& questionnaire, const Form& form) {
  Json items = Json::array();
  for (const std::size_t item : form.items) items.push_back(questionnaire.items[item].id);
  return {{"id", form.id}, {"items", items}};
}

Json json_of(const Questionnaire& questionnaire, const Rate& rate) {
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

Json json_of(const Questionnaire& questionnaire, const Derived& derived) {
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

// Texts are checked UTF-8; should one slip through, it is replaced rather than thrown about.
std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
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
  for (const char* list :
       {"response_scales", "scales", "derived", "items", "forms", "rates", "together"})
    json[list] = Json::array();
  for (const ResponseScale& scale : questionnaire.response_scales) {
    json["response_scales"].push_back(json_of(scale));
  }
  for (const Scale& scale : questionnaire.scales) {
    json["scales"].push_back(json_of(questionnaire, scale));
  }
  for (const Derived& derived : questionnaire.derived) {
    json["derived"].push_back(json_of(questionnaire, derived));
  }
  for (const Item& item : questionnaire.items)
    json["items"].push_back(json_of(questionnaire, item));
  for (const Form& form : questionnaire.forms)
    json["forms"].push_back(json_of(questionnaire, form));
  for (const Rate& rate : questionnaire.rates)
    json["rates"].push_back(json_of(questionnaire, rate));
  for (const Together& pair : questionnaire.together) {
    json["together"].push_back(
        {questionnaire.items[pair.first].id, questionnaire.items[pair.second].id});
  }
  json["about"] = Json::object();
  for (const About& about : questionnaire.abouts) json["about"][about.id] = about.phrase;
  return line_of(json);
}

std::string list_json(const std::vector<Listing>& listings) {
  Json array = Json::array();
  for (const Listing& listing : listings) {
    if (!listing.problem.empty()) {
      array.push_back({{"id", listing.id}, {"problem", listing.problem}});
      continue;
    }
    array.push_back({{"id", listing.id},
                     {"version", listing.version},
                     {"title", listing.title},
                     {"summary", listing.summary},
                     {"language", listing.language},
                     {"status", listing.status},
                     {"items", listing.items},
                     {"forms", listing.forms},
                     {"wording", listing.is_key_alone ? "not included" : "included"}});
  }
  return line_of(array);
}

}  // namespace attune
