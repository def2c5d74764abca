// SPDX-License-Identifier: MIT
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "attune/date.hpp"
#include "attune/moments.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"
#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

Json tally_json(std::size_t counted, std::size_t whole) {
  return {{"counted", counted},
          {"whole", whole},
          {"share", or_null(trend::RateTally{counted, whole}.share())}};
}

void add_frequency(Json& out, std::span<const trend::Entry> entries) {
  const auto frequency = trend::tally_frequency(entries);
  out["entries"] = entries.size();
  out["first"] = frequency ? Json(render_rfc3339(frequency->first)) : Json(nullptr);
  out["last"] = frequency ? Json(render_rfc3339(frequency->last)) : Json(nullptr);
  out["days"] = frequency ? frequency->days : 0;
  out["per_30_days"] = frequency ? or_null(frequency->per_30_days) : Json(nullptr);
}

void add_choice_counts(Json& out, const Item& item, const trend::ChoiceTally& tally) {
  out["answered"] = tally.answered;
  Json& choices = out["choices"] = Json::array();
  for (std::size_t choice = 0; choice < tally.counts.size(); ++choice) {
    choices.push_back(
        {{"id", item.choices[choice].id},
         {"text", item.choices[choice].text},
         {"count", tally.counts[choice]},
         {"share", or_null(trend::RateTally{tally.counts[choice], tally.answered}.share())}});
  }
}

void add_numbers(Json& out, const Item& item, const std::optional<trend::NumberTally>& tally) {
  out["answered"] = tally ? tally->answered : 0;
  out["mean"] = tally ? Json(tally->mean) : Json(nullptr);
  out["min"] = tally ? Json(tally->min) : Json(nullptr);
  out["max"] = tally ? Json(tally->max) : Json(nullptr);
  if (!item.unit.empty()) out["unit"] = item.unit;
}

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
    case ItemKind::choice:
      add_choice_counts(out, item, trend::tally_choices(questionnaire, index, entries));
      break;
    case ItemKind::rating:
    case ItemKind::number:
      add_numbers(out, item, trend::tally_numbers(index, entries));
      break;
    case ItemKind::text:
      out["answered"] = std::count_if(
          entries.begin(), entries.end(),
          [index](const trend::Entry& entry) { return text_in(entry, index) != nullptr; });
      break;
  }
  return out;
}

Json times_json(std::span<const trend::Entry> entries) {
  const trend::TimeTally tally = trend::tally_times(entries);
  Json out = Json::object();
  for (std::size_t day = 0; day < tally.counts.size(); ++day) {
    Json& parts = out[std::string(weekday_id(day))] = Json::object();
    for (std::size_t part = 0; part < trend::day_parts; ++part) {
      parts[std::string(day_part_id(static_cast<trend::DayPart>(part)))] = tally.counts[day][part];
    }
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
  out.update(tally_json(trend.all.counted, trend.all.whole));
  out["periods"] = Json::array();
  for (const trend::RatePeriod& period : periods.periods) {
    Json part{{"period", period_id(periods.length, period)}};
    part.update(tally_json(period.tally.counted, period.tally.whole));
    out["periods"].push_back(std::move(part));
  }
  out["first_90_days"] = tally_json(trend.first.counted, trend.first.whole);
  out["last_90_days"] = tally_json(trend.last.counted, trend.last.whole);
  out["change"] = trend.change ? change_json(*trend.change) : Json(nullptr);
  return out;
}

Json lines_json(const Questionnaire& questionnaire, std::span<const trend::Entry> entries) {
  Json out = Json::array();
  for (const trend::Entry& entry : entries) {
    for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
      const std::string* text = text_in(entry, item);
      if (text == nullptr) continue;
      out.push_back({{"at", render_rfc3339(entry.at)},
                     {"item", questionnaire.items[item].id},
                     {"text", *text}});
    }
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
  add_frequency(out, entries);
  for (const char* list : {"items", "times", "together", "rates"}) out[list] = Json::array();
  for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
    out["items"].push_back(item_counts_json(questionnaire, item, entries, options));
  }
  out["times"] = times_json(entries);
  for (const Together& together : questionnaire.together) {
    out["together"].push_back(together_json(questionnaire, together, entries));
  }
  for (const Rate& rate : questionnaire.rates) {
    out["rates"].push_back(rate_json(questionnaire, rate, entries));
  }
  if (options.notes == Notes::show) out["notes"] = lines_json(questionnaire, entries);
  return out;
}

// --- the same as a table ----------------------------------------------------------------------

class CsvOfMoments {
 public:
  void add(std::string_view part, const Json& item, const Json& key, const Json& value,
           const Json& whole = nullptr) {
    text_ += csv_line(
        {std::string(part), json_cell(item), json_cell(key), json_cell(value), json_cell(whole)});
  }

  void add_item(const Json& item) {
    if (item["kind"] == "text") return;
    if (item["kind"] == "choice") {
      for (const Json& choice : item["choices"]) {
        add("choice", item["id"], choice["id"], choice["count"], item["answered"]);
      }
      return;
    }
    for (const char* key : {"mean", "min", "max"}) {
      add("number", item["id"], key, item[key], item["answered"]);
    }
  }

  void add_meetings(const Json& together) {
    const auto pair = [](const Json& both) {
      return both["first"].get<std::string>() + "+" + both["second"].get<std::string>();
    };
    for (const Json& meeting : together["meetings"]) {
      add("together", pair(together), pair(meeting), meeting["count"], meeting["of"]);
    }
  }

  void add_rate(const Json& rate) {
    const auto add_tally = [&](const Json& key, const Json& tally) {
      add("rate", rate["id"], key, tally["counted"], tally["whole"]);
    };
    add_tally("all", rate);
    add_tally("first_90_days", rate["first_90_days"]);
    add_tally("last_90_days", rate["last_90_days"]);
    for (const Json& period : rate["periods"]) add_tally(period["period"], period);
  }

  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_ = "part,item,key,value,of\n";
};

}  // namespace

std::string moments_json(const Questionnaire& questionnaire, std::span<const trend::Entry> entries,
                         const MomentsOptions& options) {
  return json_line(moments_value(questionnaire, entries, options));
}

std::string moments_csv(const Questionnaire& questionnaire, std::span<const trend::Entry> entries) {
  const Json moments = moments_value(questionnaire, entries, {});
  CsvOfMoments csv;
  for (const char* key : {"entries", "days", "per_30_days"}) {
    csv.add("entries", nullptr, key, moments[key]);
  }
  for (const Json& item : moments["items"]) csv.add_item(item);
  for (const auto& [day, parts] : moments["times"].items()) {
    for (const auto& [part, count] : parts.items()) {
      csv.add("time", day, part, count, moments["entries"]);
    }
  }
  for (const Json& together : moments["together"]) csv.add_meetings(together);
  for (const Json& rate : moments["rates"]) csv.add_rate(rate);
  return std::move(csv).text();
}

}  // namespace attune::report
