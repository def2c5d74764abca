// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/scoring.hpp"
#include "attune/trend.hpp"

namespace attune::trend {

std::string scoring_key(const Questionnaire& questionnaire, std::size_t form, std::size_t scale) {
  std::vector<std::string> items;
  for (const std::size_t index : items_of(questionnaire, full_form, scale)) {
    const Item& item = questionnaire.items[index];
    const AnswerRange answers = answer_range(questionnaire, item);
    items.push_back(
        fmt::format(" {}{} {}..{}", item.reverse ? "-" : "+", item.id, answers.min, answers.max));
  }
  std::ranges::sort(items);
  // A sum over fewer items has another range; a mean has the same for every form.
  const ScoreRange range =
      score_range(questionnaire, scale, items_of(questionnaire, form, scale).size());
  return fmt::format("{} {} {}{}", name_of(questionnaire.scales[scale].method), range.min,
                     range.max, fmt::join(items, ""));
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
    std::ranges::sort(wanted.items, {}, [&](std::size_t item) { return plan.numbers[item]; });
    wanted.range = score_range(questionnaire, scale, wanted.items.size());
    wanted.key = keys_.emplace(scoring_key(questionnaire, form, scale), keys_.size()).first->second;
  }
  return plan;
}

void SeriesCollector::add(const Record& record, const Questionnaire& questionnaire,
                          std::size_t form, const Responses& responses, const Scores& scores) {
  const FormPlan& plan = plan_for(questionnaire, form);
  const std::pair at(record.taken_at.microseconds, record.sequence);
  const bool is_only = check_ins_.count++ == 0;
  if (is_only || at.first < check_ins_.first.microseconds) check_ins_.first = record.taken_at;
  if (is_only || check_ins_.newest < at) {
    check_ins_.last = record.taken_at;
    check_ins_.newest = at;
    check_ins_.newest_id = record.id;
    questionnaire_ = &questionnaire;
    form_ = form;
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
  if (questionnaire_ == nullptr) return series;
  for (const ScalePlan& wanted : plan_for(*questionnaire_, form_).scales) {
    CollectedScale& collected = series.emplace_back();
    collected.scale = wanted.scale;
    collected.range = wanted.range;
    std::deque<KeyedPoint>& points = points_[questionnaire_->scales[wanted.scale].id];
    const auto time = [](const KeyedPoint& each) {
      return std::pair(each.point.taken_at.microseconds, each.sequence);
    };
    if (!std::ranges::is_sorted(points, {}, time)) std::ranges::sort(points, {}, time);
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
