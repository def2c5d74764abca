// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/scoring.hpp"
#include "attune/trend.hpp"

namespace attune::trend {

namespace {

// The items of `scale` that a form asks.
std::vector<std::size_t> items_of(const Questionnaire& questionnaire, std::size_t form,
                                  std::size_t scale) {
  const std::vector<std::size_t>& asked = questionnaire.forms[form].items;
  std::vector<std::size_t> items;
  std::copy_if(asked.begin(), asked.end(), std::back_inserter(items), [&](std::size_t item) {
    return counts_for(questionnaire, questionnaire.items[item], scale);
  });
  return items;
}

}  // namespace

std::string scoring_key(const Questionnaire& questionnaire, std::size_t form, std::size_t scale) {
  std::vector<std::string> items;
  for (const Item& item : questionnaire.items) {
    if (!counts_for(questionnaire, item, scale)) continue;
    const ResponseScale& response_scale = questionnaire.response_scales[item.response_scale];
    items.push_back(fmt::format(" {}{} {}..{}", item.reverse ? "-" : "+", item.id,
                                response_scale.min, response_scale.max));
  }
  std::sort(items.begin(), items.end());
  // A sum over fewer items has another range; a mean has the same for every form.
  const ScoreRange range =
      score_range(questionnaire, scale, items_of(questionnaire, form, scale).size());
  std::string key =
      fmt::format("{} {} {}", name_of(questionnaire.scales[scale].method), range.min, range.max);
  for (const std::string& item : items) key += item;
  return key;
}

const SeriesCollector::FormPlan& SeriesCollector::plan_for(const Questionnaire& questionnaire,
                                                           std::size_t form) {
  const auto [found, is_new] = plans_.try_emplace({&questionnaire, form});
  FormPlan& plan = found->second;
  if (!is_new) return plan;
  for (const Item& item : questionnaire.items) {
    const auto next = static_cast<std::uint32_t>(numbers_.size());
    plan.numbers.push_back(numbers_.emplace(item.id, next).first->second);
  }
  for (std::size_t scale = 0; scale < questionnaire.scales.size(); ++scale) {
    const Scale& each = questionnaire.scales[scale];
    if (scale_ ? each.id != *scale_ : each.parent.has_value()) continue;
    ScalePlan& wanted = plan.scales.emplace_back();
    wanted.scale = scale;
    wanted.items = items_of(questionnaire, form, scale);
    std::sort(wanted.items.begin(), wanted.items.end(),
              [&](std::size_t a, std::size_t b) { return plan.numbers[a] < plan.numbers[b]; });
    wanted.range = score_range(questionnaire, scale, wanted.items.size());
    wanted.key = keys_.emplace(scoring_key(questionnaire, form, scale), keys_.size()).first->second;
  }
  return plan;
}

void SeriesCollector::add(const Record& record, const Questionnaire& questionnaire,
                          std::size_t form, const Responses& responses, const Scores& scores) {
  const FormPlan& plan = plan_for(questionnaire, form);
  ++newest_.count;
  const std::pair at(record.taken_at.microseconds, record.sequence);
  if (newest_.questionnaire == nullptr || newest_.at < at) {
    newest_ = {newest_.count, at, &questionnaire, form};
  }
  for (const ScalePlan& wanted : plan.scales) {
    if (!scores[wanted.scale].estimate) continue;
    KeyedPoint& added = points_[questionnaire.scales[wanted.scale].id].emplace_back();
    added.sequence = record.sequence;
    added.key = wanted.key;
    added.point.id = record.id;
    added.point.taken_at = record.taken_at;
    added.point.estimate = *scores[wanted.scale].estimate;
    added.point.answers.reserve(wanted.items.size());
    for (const std::size_t item : wanted.items) {
      const std::optional<double> raw = rating(responses, item);
      if (!raw) continue;
      added.point.answers.push_back(
          {plan.numbers[item], static_cast<std::int32_t>(scoring::keyed(
                                   questionnaire, questionnaire.items[item], *raw))});
    }
  }
}

std::vector<CollectedScale> SeriesCollector::take() {
  std::vector<CollectedScale> series;
  if (newest_.questionnaire == nullptr) return series;
  for (const ScalePlan& wanted : plan_for(*newest_.questionnaire, newest_.form).scales) {
    CollectedScale& collected = series.emplace_back();
    collected.scale = wanted.scale;
    collected.range = wanted.range;
    std::deque<KeyedPoint>& points = points_[newest_.questionnaire->scales[wanted.scale].id];
    const auto is_earlier = [](const KeyedPoint& a, const KeyedPoint& b) {
      return std::pair(a.point.taken_at.microseconds, a.sequence) <
             std::pair(b.point.taken_at.microseconds, b.sequence);
    };
    if (!std::is_sorted(points.begin(), points.end(), is_earlier)) {
      std::sort(points.begin(), points.end(), is_earlier);
    }
    collected.points.reserve(points.size());
    for (KeyedPoint& each : points) {
      if (each.key == wanted.key) {
        collected.points.push_back(std::move(each.point));
      } else {
        ++collected.left_out;
      }
    }
  }
  points_.clear();
  return series;
}

}  // namespace attune::trend
