// SPDX-License-Identifier: MIT
#include "report/series_dates.hpp"

#include <algorithm>
#include <cmath>

namespace attune::detail {
namespace {

constexpr double microseconds_per_day = 86'400e6;
constexpr double minutes_per_day = 1440;

// Between two moments closer than this nothing can be told apart on any page.
constexpr double one_minute = 1 / minutes_per_day;

// On axes from here on a date between is moved to the nearest beginning of a month.
constexpr double days_that_call_for_months = 150;

constexpr std::size_t gap_between_labels = 2;

// The day itself, or the beginning of the month that is nearest to it.
Date day_near(double local_day, double span) {
  Date date = date_of_days(static_cast<std::int64_t>(std::floor(local_day)));
  if (span < days_that_call_for_months) return date;
  if (date.day > 15 && ++date.month > 12) {
    date.month = 1;
    ++date.year;
  }
  date.day = 1;
  return date;
}

std::string date_text(Date date) {
  // Noon of the day, so that no offset can move it.
  return render_local_date({days_since_epoch(date) * 86'400'000'000 + 43'200'000'000, 0});
}

// `text` around its cell, moved inwards at the ends.
DateLabel label_at(std::size_t cell, std::string text, const Axis& axis) {
  const std::size_t half = (text.size() - 1) / 2;
  const std::size_t latest = axis.cells > text.size() ? axis.cells - text.size() : 0;
  return {cell, std::min(cell - std::min(cell, half), latest), std::move(text)};
}

bool fits_between(const DateLabel& left, const DateLabel& label, const DateLabel& right) {
  return left.start + left.text.size() + gap_between_labels <= label.start &&
         label.start + label.text.size() + gap_between_labels <= right.start;
}

// Those of `between` that leave enough room to their neighbours.
std::vector<DateLabel> with_room(DateLabel first, std::vector<DateLabel> between, DateLabel last) {
  std::vector<DateLabel> labels{std::move(first)};
  for (DateLabel& label : between) {
    if (fits_between(labels.back(), label, last)) labels.push_back(std::move(label));
  }
  if (labels.back().start + labels.back().text.size() < last.start) {
    labels.push_back(std::move(last));
  }
  return labels;
}

}  // namespace

double local_days(Instant at) {
  return static_cast<double>(at.microseconds) / microseconds_per_day +
         at.offset_minutes / minutes_per_day;
}

Axis time_axis(const std::vector<SeriesMark>& marks, std::size_t cells) {
  const double first = local_days(marks.front().at);
  const double last = local_days(marks.back().at);
  if (last - first < one_minute) return {first - 1, first + 1, cells};
  return {first, last, cells};
}

std::vector<DateLabel> date_labels(const std::vector<SeriesMark>& marks, const Axis& axis) {
  const Instant first = marks.front().at;
  const Instant last = marks.back().at;
  const double span = local_days(last) - local_days(first);
  const std::string first_date = render_local_date(first);
  if (span < one_minute) return {label_at(axis.cell(local_days(first)), first_date, axis)};
  const std::size_t end = axis.cells - 1;
  if (first_date == render_local_date(last)) {
    DateLabel day = label_at(end / 2, first_date, axis);
    day.tick.reset();
    return with_room(label_at(0, render_local_time(first), axis), {std::move(day)},
                     label_at(end, render_local_time(last), axis));
  }
  const auto between = [&](double share) {
    const Date date = day_near(axis.min + share * span, span);
    return label_at(axis.cell(static_cast<double>(days_since_epoch(date))), date_text(date), axis);
  };
  const DateLabel start = label_at(0, first_date, axis);
  const DateLabel finish = label_at(end, render_local_date(last), axis);
  std::vector<DateLabel> labels = with_room(start, {between(1 / 3.0), between(2 / 3.0)}, finish);
  return labels.size() == 4 ? labels : with_room(start, {between(0.5)}, finish);
}

}  // namespace attune::detail
