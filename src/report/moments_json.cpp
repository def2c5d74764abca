// SPDX-License-Identifier: MIT
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/moments.hpp"

#include "report/change_json.hpp"
#include "report/moments_parts.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(std::optional<double> value) { return value ? Json(*value) : Json(nullptr); }

Json share_of(std::size_t count, std::size_t whole) {
  return or_null(RateTally{count, whole}.share());
}

void add_entries(Json& out, std::span<const Entry> entries) {
  const auto frequency = tally_frequency(entries);
  out["entries"] = entries.size();
  out["first"] = frequency ? Json(render_rfc3339(frequency->first)) : Json(nullptr);
  out["last"] = frequency ? Json(render_rfc3339(frequency->last)) : Json(nullptr);
  out["days"] = frequency ? frequency->days : 0;
  out["per_30_days"] = frequency ? or_null(frequency->per_30_days) : Json(nullptr);
}

Json choice_json(const Item& item, const ChoiceTally& tally) {
  Json choices = Json::array();
  for (std::size_t choice = 0; choice < tally.counts.size(); ++choice) {
    choices.push_back({{"id", item.choices[choice].id},
                       {"text", item.choices[choice].text},
                       {"count", tally.counts[choice]},
                       {"share", share_of(tally.counts[choice], tally.answered)}});
  }
  return choices;
}

Json item_json(const Questionnaire& questionnaire, std::size_t index,
               std::span<const Entry> entries, const MomentsOptions& options) {
  const Item& item = questionnaire.items[index];
  Json out{{"id", item.id},
           {"text", statement(questionnaire, item, options.about)},
           {"kind", name_of(item.kind)}};
  if (item.kind == ItemKind::choice) {
    const ChoiceTally tally = tally_choices(questionnaire, index, entries);
    out["answered"] = tally.answered;
    out["choices"] = choice_json(item, tally);
  } else if (item.kind != ItemKind::text) {
    const auto tally = tally_numbers(index, entries);
    out["answered"] = tally ? tally->answered : 0;
    out["mean"] = tally ? Json(tally->mean) : Json(nullptr);
    out["min"] = tally ? Json(tally->min) : Json(nullptr);
    out["max"] = tally ? Json(tally->max) : Json(nullptr);
    if (!item.unit.empty()) out["unit"] = item.unit;
  } else {
    const auto has_text = [index](const Entry& entry) {
      const auto& answer = entry.responses.answers[index];
      return answer && std::holds_alternative<std::string>(*answer);
    };
    out["answered"] = std::count_if(entries.begin(), entries.end(), has_text);
  }
  return out;
}

Json times_json(std::span<const Entry> entries) {
  const TimeTally tally = tally_times(entries);
  Json out = Json::object();
  for (std::size_t day = 0; day < tally.counts.size(); ++day) {
    Json parts = Json::object();
    for (std::size_t part = 0; part < day_parts; ++part) {
      parts[std::string(detail::name_of(static_cast<DayPart>(part)))] = tally.counts[day][part];
    }
    out[std::string(detail::weekday_id(day))] = std::move(parts);
  }
  return out;
}

Json together_json(const Questionnaire& questionnaire, std::span<const Entry> entries) {
  Json out = Json::array();
  for (const Together& together : questionnaire.together) {
    const Item& first = questionnaire.items[together.first];
    const Item& second = questionnaire.items[together.second];
    Json meetings = Json::array();
    for (const Meeting& meeting : tally_meetings(questionnaire, together, entries)) {
      meetings.push_back({{"first", first.choices[meeting.first].id},
                          {"second", second.choices[meeting.second].id},
                          {"count", meeting.count},
                          {"of", meeting.of}});
    }
    out.push_back({{"first", first.id}, {"second", second.id}, {"meetings", meetings}});
  }
  return out;
}

Json tally_json(RateTally tally) {
  return {{"counted", tally.counted},
          {"whole", tally.whole},
          {"share", share_of(tally.counted, tally.whole)}};
}

Json rate_json(const Questionnaire& questionnaire, const Rate& rate,
               std::span<const Entry> entries) {
  const RateTrend trend = tally_rate_trend(questionnaire, rate, entries);
  const RatePeriods periods = tally_rate_periods(questionnaire, rate, entries);
  Json out{{"id", rate.id}, {"name", rate.name}, {"unit", rate.unit}};
  out.update(tally_json(trend.all));
  out["periods"] = Json::array();
  for (const RatePeriod& period : periods.periods) {
    Json part{{"period", detail::period_id(periods.length, period)}};
    part.update(tally_json(period.tally));
    out["periods"].push_back(std::move(part));
  }
  out["first_90_days"] = tally_json(trend.first);
  out["last_90_days"] = tally_json(trend.last);
  out["change"] = trend.change ? detail::change_json(*trend.change) : Json(nullptr);
  return out;
}

Json notes_json(const Questionnaire& questionnaire, std::span<const Entry> entries) {
  Json out = Json::array();
  for (const Entry& entry : entries) {
    for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
      const auto& answer = entry.responses.answers[item];
      const std::string* text = answer ? std::get_if<std::string>(&*answer) : nullptr;
      if (text == nullptr) continue;
      out.push_back({{"at", render_rfc3339(entry.at)},
                     {"item", questionnaire.items[item].id},
                     {"text", *text}});
    }
  }
  return out;
}

}  // namespace

nlohmann::ordered_json detail::change_json(const ShareDifference& change) {
  return {{"change", change.difference},
          {"low", change.low},
          {"high", change.high},
          {"verdict", name_of(change.verdict)},
          {"method", "shares"}};
}

std::string moments_json(const Questionnaire& questionnaire, std::span<const Entry> entries,
                         const MomentsOptions& options) {
  Json out{{"schema", "attune.moments"},
           {"version", 1},
           {"questionnaire",
            {{"id", questionnaire.id},
             {"version", questionnaire.version},
             {"language", questionnaire.language},
             {"status", questionnaire.status}}}};
  out["about"] = options.about ? Json(questionnaire.abouts[*options.about].id) : Json(nullptr);
  add_entries(out, entries);
  out["items"] = Json::array();
  for (std::size_t item = 0; item < questionnaire.items.size(); ++item) {
    out["items"].push_back(item_json(questionnaire, item, entries, options));
  }
  out["times"] = times_json(entries);
  out["together"] = together_json(questionnaire, entries);
  out["rates"] = Json::array();
  for (const Rate& rate : questionnaire.rates) {
    out["rates"].push_back(rate_json(questionnaire, rate, entries));
  }
  if (options.notes == Notes::show) out["notes"] = notes_json(questionnaire, entries);
  // Foreign bytes that are not UTF-8 must not end the program: they become U+FFFD.
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace attune
