// SPDX-License-Identifier: MIT
#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "attune/date.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

const std::string* text_in(const trend::Entry& entry, std::size_t item) {
  const auto& answer = entry.responses.answers[item];
  return answer ? std::get_if<std::string>(&*answer) : nullptr;
}

Json item_counts_json(const Questionnaire& questionnaire, std::size_t index,
                      std::span<const trend::Entry> entries, const MomentsOptions& options) {
  const Item& item = questionnaire.items[index];
  Json out{{"id", item.id},
           {"text", statement(questionnaire, item, options.about)},
           {"kind", name_of(item.kind)}};
  switch (item.kind) {
    case ItemKind::choice: {
      const trend::ChoiceTally tally = trend::tally_choices(questionnaire, index, entries);
      out["answered"] = tally.answered;
      Json& choices = out["choices"] = Json::array();
      for (std::size_t choice = 0; choice < tally.counts.size(); ++choice) {
        const trend::RateTally made{tally.counts[choice], tally.answered};
        choices.push_back({{"id", item.choices[choice].id},
                           {"text", item.choices[choice].text},
                           {"count", made.counted},
                           {"share", or_null(made.share())}});
      }
      break;
    }
    case ItemKind::rating:
    case ItemKind::number: {
      const auto tally = trend::tally_numbers(index, entries);
      out["answered"] = tally ? tally->answered : 0;
      out["mean"] = tally ? Json(tally->mean) : Json(nullptr);
      out["min"] = tally ? Json(tally->min) : Json(nullptr);
      out["max"] = tally ? Json(tally->max) : Json(nullptr);
      if (!item.unit.empty()) out["unit"] = item.unit;
      break;
    }
    case ItemKind::text:
      out["answered"] = std::count_if(
          entries.begin(), entries.end(),
          [index](const trend::Entry& entry) { return text_in(entry, index) != nullptr; });
      break;
  }
  return out;
}

Json together_json(const Questionnaire& questionnaire, const Together& together,
                   std::span<const trend::Entry> entries) {
  const Item& first = questionnaire.items[together.first];
  const Item& second = questionnaire.items[together.second];
  Json meetings = Json::array();
  for (const trend::Meeting& meeting : trend::tally_meetings(questionnaire, together, entries)) {
    meetings.push_back({{"first", first.choices[meeting.first].id},
                        {"second", second.choices[meeting.second].id},
                        {"count", meeting.count},
                        {"of", meeting.of}});
  }
  return {{"first", first.id}, {"second", second.id}, {"meetings", std::move(meetings)}};
}

Json rate_json(const Questionnaire& questionnaire, const Rate& rate,
               std::span<const trend::Entry> entries) {
  const trend::RateTrend trend = trend::tally_rate_trend(questionnaire, rate, entries);
  const trend::RatePeriods periods = trend::tally_rate_periods(questionnaire, rate, entries);
  Json out{{"id", rate.id}, {"name", rate.name}, {"unit", rate.unit}};
  out.update(tally_json(trend.all));
  out["periods"] = Json::array();
  for (const trend::RatePeriod& period : periods.periods) {
    Json part{{"period", period_id(periods.length, period)}};
    part.update(tally_json(period.tally));
    out["periods"].push_back(std::move(part));
  }
  out["first_90_days"] = tally_json(trend.first);
  out["last_90_days"] = tally_json(trend.last);
  out["change"] = nullptr;
  if (const auto& change = trend.change) {
    out["change"] =
        change_json({change->difference, change->low, change->high, change->verdict, "shares"});
  }
  return out;
}

Json moments_value(const Questionnaire& questionnaire, std::span<const trend::Entry> entries,
                   const MomentsOptions& options) {
  Json out{{"schema", "attune.moments"},
           {"version", 1},
           {"questionnaire",
            {{"id", questionnaire.id},
             {"version", questionnaire.version},
             {"language", questionnaire.language},
             {"status", questionnaire.status}}}};
  out["about"] = options.about ? Json(questionnaire.abouts[*options.about].id) : Json(nullptr);
  const auto frequency = trend::tally_frequency(entries);
  out["entries"] = entries.size();
  out["first"] = frequency ? Json(render_rfc3339(frequency->first)) : Json(nullptr);
  out["last"] = frequency ? Json(render_rfc3339(frequency->last)) : Json(nullptr);
  out["days"] = frequency ? frequency->days : 0;
  out["per_30_days"] = frequency ? or_null(frequency->per_30_days) : Json(nullptr);
  for (const char* list : {"items", "times", "together", "rates"}) out[list] = Json::array();
  for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
    out["items"].push_back(item_counts_json(questionnaire, item, entries, options));
  }
  const trend::TimeTally times = trend::tally_times(entries);
  out["times"] = Json::object();
  for (std::size_t day = 0; day < times.counts.size(); ++day) {
    Json& parts = out["times"][std::string(weekday_ids[day])] = Json::object();
    for (std::size_t part = 0; part < trend::day_parts; ++part) {
      parts[std::string(day_part_ids[part])] = times.counts[day][part];
    }
  }
  for (const Together& together : questionnaire.together) {
    out["together"].push_back(together_json(questionnaire, together, entries));
  }
  for (const Rate& rate : questionnaire.rates) {
    out["rates"].push_back(rate_json(questionnaire, rate, entries));
  }
  if (options.notes == Notes::hide) return out;
  Json& notes = out["notes"] = Json::array();
  for (const trend::Entry& entry : entries) {
    for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
      const std::string* text = text_in(entry, item);
      if (text == nullptr) continue;
      notes.push_back({{"at", render_rfc3339(entry.at)},
                       {"item", questionnaire.items[item].id},
                       {"text", *text}});
    }
  }
  return out;
}

}  // namespace

std::string moments_json(const Questionnaire& questionnaire, std::span<const trend::Entry> entries,
                         const MomentsOptions& options) {
  return json_line(moments_value(questionnaire, entries, options));
}

std::string moments_csv(const Questionnaire& questionnaire, std::span<const trend::Entry> entries) {
  const Json moments = moments_value(questionnaire, entries, {});
  std::string csv = "part,item,key,value,of\n";
  const auto add = [&csv](const char* part, const Json& item, const Json& key, const Json& value,
                          const Json& whole) {
    csv += csv_row({part, item, key, value, whole});
  };
  for (const char* key : {"entries", "days", "per_30_days"}) {
    add("entries", nullptr, key, moments[key], nullptr);
  }
  for (const Json& item : moments["items"]) {
    if (item.contains("choices")) {
      for (const Json& choice : item["choices"]) {
        add("choice", item["id"], choice["id"], choice["count"], item["answered"]);
      }
    } else if (item.contains("mean")) {
      for (const char* key : {"mean", "min", "max"}) {
        add("number", item["id"], key, item[key], item["answered"]);
      }
    }
  }
  for (const auto& [day, parts] : moments["times"].items()) {
    for (const auto& [part, count] : parts.items()) {
      add("time", day, part, count, moments["entries"]);
    }
  }
  const auto pair_of = [](const Json& both) {
    return both["first"].get<std::string>() + "+" + both["second"].get<std::string>();
  };
  for (const Json& together : moments["together"]) {
    for (const Json& meeting : together["meetings"]) {
      add("together", pair_of(together), pair_of(meeting), meeting["count"], meeting["of"]);
    }
  }
  for (const Json& rate : moments["rates"]) {
    const auto add_tally = [&](const Json& key, const Json& tally) {
      add("rate", rate["id"], key, tally["counted"], tally["whole"]);
    };
    add_tally("all", rate);
    for (const char* key : {"first_90_days", "last_90_days"}) add_tally(key, rate[key]);
    for (const Json& period : rate["periods"]) add_tally(period["period"], period);
  }
  return csv;
}

}  // namespace attune::report
