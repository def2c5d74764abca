// SPDX-License-Identifier: MIT
#include "report/render/chart.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>

#include "attune/text.hpp"

namespace attune::report {
namespace {

double round_step(double range, std::size_t most) {
  const double least = range / static_cast<double>(most - 1);
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

constexpr std::int64_t microseconds_per_day = 86'400'000'000;
constexpr double minutes_per_day = 1440;

// Between two moments closer than this nothing can be told apart on any page.
constexpr double one_minute = 1 / minutes_per_day;

// On axes from here on a date between is moved to the nearest beginning of a month.
constexpr double days_that_call_for_months = 150;

constexpr std::size_t gap_between_labels = 2;

// The day itself, or the beginning of the month that is nearest to it, in days since 1970-01-01.
std::int64_t day_near(double local_day, double span) {
  const auto day = static_cast<std::int64_t>(std::floor(local_day));
  if (span < days_that_call_for_months) return day;
  Date date = date_of_days(day);
  if (date.day > 15 && ++date.month > 12) {
    date.month = 1;
    ++date.year;
  }
  date.day = 1;
  return days_since_epoch(date);
}

// `text` around its cell, moved inwards at the ends.
DateLabel label_at(std::size_t cell, std::string text, const Axis& axis) {
  const std::size_t half = (text.size() - 1) / 2;
  const std::size_t latest = axis.cells > text.size() ? axis.cells - text.size() : 0;
  return {cell, std::min(cell - std::min(cell, half), latest), std::move(text)};
}

// The first, those of `between` that leave enough room to their neighbours, and the last.
std::vector<DateLabel> with_room(const DateLabel& first, const std::vector<DateLabel>& between,
                                 const DateLabel& last) {
  const auto end_of = [](const DateLabel& label) { return label.start + label.text.size(); };
  std::vector<DateLabel> labels{first};
  for (const DateLabel& label : between) {
    if (end_of(labels.back()) + gap_between_labels <= label.start &&
        end_of(label) + gap_between_labels <= last.start) {
      labels.push_back(label);
    }
  }
  if (end_of(labels.back()) < last.start) labels.push_back(last);
  return labels;
}

// The check-ins of a series at the mean of all that `place_of` puts into one of `places`.
template <typename PlaceOf>
std::vector<DrawnMark> means(const Series& series, std::size_t places, PlaceOf place_of) {
  std::vector<DrawnMark> marks(places);
  for (std::size_t i = 0; i < series.marks.size(); ++i) {
    const SeriesMark& mark = series.marks[i];
    DrawnMark& drawn = marks[place_of(i)];
    if (drawn.count == 0) drawn.first = mark.at;
    drawn.last = mark.at;
    drawn.at += local_days(mark.at);
    drawn.score += mark.score;
    drawn.low += mark.low;
    drawn.high += mark.high;
    ++drawn.count;
  }
  for (DrawnMark& drawn : marks) {
    const double n = static_cast<double>(std::max<std::size_t>(drawn.count, 1));
    drawn.at /= n;
    drawn.score /= n;
    drawn.low /= n;
    drawn.high /= n;
  }
  return marks;
}

}  // namespace

std::size_t Axis::cell(double value) const {
  const auto last = static_cast<double>(cells - 1);
  const double place = (value - min) / (max - min) * last;
  if (!(place > 0)) return 0;
  return static_cast<std::size_t>(std::round(std::min(place, last)));
}

std::vector<double> ticks(double min, double max, std::size_t most) {
  if (!(max > min) || !std::isfinite(max - min) || most < 3) return {min, max};
  const double step = std::max(round_step(max - min, most), max - min <= 1 ? 0.0 : 1.0);
  std::vector<double> values{min};
  for (double at = std::floor(min / step + 1) * step; at < max - step * 1e-6; at += step) {
    if (at > min + step * 1e-6) values.push_back(at);
  }
  values.push_back(max);
  return values;
}

std::size_t even_cells(double min, double max, std::size_t most, std::size_t most_per) {
  const double range = max - min;
  most = std::max<std::size_t>(most, 2);
  const bool is_short = range >= 1 && range <= 12 && range == std::floor(range);
  if (!is_short || static_cast<double>(most) < range + 1) {
    return std::min(most, most_per * 6 + 1);
  }
  const auto steps = static_cast<std::size_t>(range);
  return steps * std::min((most - 1) / steps, std::max<std::size_t>(most_per * 6 / steps, 1)) + 1;
}

double local_days(Instant at) {
  return static_cast<double>(at.microseconds) / static_cast<double>(microseconds_per_day) +
         at.offset_minutes / minutes_per_day;
}

Axis time_axis(const std::vector<SeriesMark>& marks, std::size_t cells) {
  const double first = local_days(marks.front().at);
  const double last = local_days(marks.back().at);
  if (last - first < one_minute) return {first - 1, first + 1, cells};
  return {first, last, cells};
}

std::vector<DateLabel> date_labels(const Series& series, const Axis& axis) {
  const Instant first = series.marks.front().at;
  const Instant last = series.marks.back().at;
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
    const std::int64_t day = day_near(axis.min + share * span, span);
    return label_at(axis.cell(static_cast<double>(day)),
                    render_local_date({day * microseconds_per_day, 0}), axis);
  };
  const auto label_of = [&](Instant at) {
    return label_at(axis.cell(local_days(at)), render_local_date(at), axis);
  };
  const DateLabel start = label_of(first);
  const DateLabel finish = label_of(last);
  // Where a change needs the room of the first or the last date, it has it.
  if (series.levels.size() == 2) {
    const DateLabel change = label_of(series.levels[1].first);
    std::vector<DateLabel> labels = with_room(start, {change}, finish);
    if (labels.size() == 3) return labels;
    return change.start < end / 2 ? with_room(change, {}, finish) : with_room(start, {}, change);
  }
  if (const auto& stretch = series.different) {
    const DateLabel from = label_of(stretch->first);
    const DateLabel to = label_of(stretch->last);
    std::vector<DateLabel> labels = with_room(start, {from, to}, finish);
    const std::vector<DateLabel> alone = with_room(from, {}, to);
    return labels.size() == 4 || alone.size() < 2 ? labels : alone;
  }
  std::vector<DateLabel> labels = with_room(start, {between(1 / 3.0), between(2 / 3.0)}, finish);
  return labels.size() == 4 ? labels : with_room(start, {between(0.5)}, finish);
}

std::vector<DrawnMark> marks_by_cell(const Series& series, const Axis& time) {
  return means(series, time.cells,
               [&](std::size_t i) { return time.cell(local_days(series.marks[i].at)); });
}

std::vector<DrawnMark> drawn_marks(const Series& series) {
  const std::size_t count = series.marks.size();
  if (count <= most_drawn_marks) {
    return means(series, count, [](std::size_t i) { return i; });
  }
  std::vector<DrawnMark> marks = marks_by_cell(series, time_axis(series.marks, most_drawn_marks));
  std::erase_if(marks, [](const DrawnMark& mark) { return mark.count == 0; });
  return marks;
}

std::string letter_of(const Plane& plane, std::size_t point) {
  constexpr std::string_view all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  if (plane.points.size() < 2) return {};
  return {point < all.size() ? all[point] : '*'};
}

std::vector<std::string> area_label(const std::string& name, std::size_t most_columns,
                                    std::size_t most_lines) {
  std::vector<std::string> lines = wrap(name, most_columns);
  if (lines.size() > most_lines || joined(lines, " ") != name) return {};
  for (std::size_t columns = widest_line(lines); columns > 1;) {
    std::vector<std::string> narrower = wrap(name, --columns);
    if (narrower.size() > lines.size() || joined(narrower, " ") != name) break;
    lines = std::move(narrower);
  }
  return lines;
}

std::size_t widest_line(const std::vector<std::string>& lines) {
  std::size_t columns = 0;
  for (const std::string& line : lines) columns = std::max(columns, display_width(line));
  return columns;
}

}  // namespace attune::report
