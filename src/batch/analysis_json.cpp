// SPDX-License-Identifier: MIT
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "attune/item_analysis.hpp"

#include "report/json_text.hpp"

namespace attune {
namespace {

using detail::append_json;

using NamedStatistic = std::pair<std::string_view, const Statistic*>;

void append_count(std::string& out, std::string_view name, std::uint64_t count) {
  append_json(out, name);
  out += ':' + std::to_string(count) + ',';
}

// The numbers by name, and why there are none where there are none.
void append_statistics(std::string& out, std::initializer_list<NamedStatistic> statistics) {
  std::string reasons;
  for (const auto& [name, statistic] : statistics) {
    append_json(out, name);
    out += ':';
    if (statistic->value) {
      append_json(out, *statistic->value);
    } else {
      out += "null";
      reasons += reasons.empty() ? "" : ",";
      append_json(reasons, name);
      reasons += ':';
      append_json(reasons, name_of(statistic->absence));
    }
    out += ',';
  }
  if (!reasons.empty()) out += "\"reasons\":{" + reasons + "},";
}

// Takes the comma off the last member.
void close(std::string& out, char bracket) {
  if (out.back() == ',') out.pop_back();
  out += bracket;
}

void append_answers(std::string& out, const ItemStatistics& item) {
  out += "\"answers\":{";
  for (std::size_t i = 0; i < item.raw.size(); ++i) {
    append_count(out, std::to_string(item.range.min + static_cast<int>(i)), item.raw[i]);
  }
  close(out, '}');
}

void append_item(std::string& out, const Questionnaire& questionnaire, const ItemStatistics& item) {
  const Item& definition = questionnaire.items[item.item];
  append_json(out, definition.id);
  out += ":{\"reverse\":";
  out += definition.reverse ? "true," : "false,";
  append_count(out, "answered", item.answered);
  append_count(out, "missing", item.missing);
  append_statistics(out, {{"mean", &item.mean},
                          {"sd", &item.sd},
                          {"item_rest_r", &item.item_rest_r},
                          {"alpha_if_dropped", &item.alpha_if_dropped},
                          {"loading", &item.loading},
                          {"key_r", &item.key_r}});
  append_answers(out, item);
  out += ",\"flag\":";
  if (item.flag == ItemFlag::none) {
    out += "null";
  } else {
    append_json(out, name_of(item.flag));
  }
  out += "},";
}

void append_scale(std::string& out, const Questionnaire& questionnaire,
                  const ScaleStatistics& scale) {
  const Scale& definition = questionnaire.scales[scale.scale];
  append_json(out, definition.id);
  out += ":{";
  if (definition.parent) {
    out += "\"parent\":";
    append_json(out, questionnaire.scales[*definition.parent].id);
    out += ',';
  }
  append_count(out, "n", scale.n);
  append_count(out, "incomplete", scale.incomplete);
  append_count(out, "smallest_n", scale.smallest_n);
  append_statistics(
      out,
      {{"mean", &scale.mean}, {"sd", &scale.sd}, {"alpha", &scale.alpha}, {"omega", &scale.omega}});
  out += "\"heywood\":[";
  for (const std::size_t item : scale.heywood) {
    append_json(out, questionnaire.items[item].id);
    out += ',';
  }
  close(out, ']');
  out += ",\"even_split\":";
  out += scale.even_split ? "true" : "false";
  out += ",\"items\":{";
  for (const ItemStatistics& item : scale.items) append_item(out, questionnaire, item);
  close(out, '}');
  out += "},";
}

void append_correlation(std::string& out, const Questionnaire& questionnaire,
                        const ScaleCorrelation& correlation) {
  out += "{\"scales\":[";
  append_json(out, questionnaire.scales[correlation.first].id);
  out += ',';
  append_json(out, questionnaire.scales[correlation.second].id);
  out += "],";
  append_count(out, "n", correlation.n);
  append_statistics(out, {{"r", &correlation.r}});
  close(out, '}');
  out += ',';
}

}  // namespace

std::string analysis_json(const Questionnaire& questionnaire, std::size_t form,
                          const Analysis& analysis) {
  std::string out = "{\"schema\":\"attune.analysis\",\"version\":1,\"questionnaire\":{\"id\":";
  append_json(out, questionnaire.id);
  out += ",\"version\":";
  append_json(out, questionnaire.version);
  out += ",\"form\":";
  append_json(out, questionnaire.forms[form].id);
  out += "},";
  append_count(out, "rows", analysis.rows);
  append_count(out, "left_out", analysis.left_out);
  out += "\"missing_answers\":";
  append_json(out, analysis.missing == MissingAnswers::listwise ? "listwise" : "pairwise");
  out += ",\"scales\":{";
  for (const ScaleStatistics& scale : analysis.scales) append_scale(out, questionnaire, scale);
  close(out, '}');
  out += ",\"correlations\":[";
  for (const ScaleCorrelation& correlation : analysis.correlations) {
    append_correlation(out, questionnaire, correlation);
  }
  close(out, ']');
  out += "}\n";
  return out;
}

}  // namespace attune
