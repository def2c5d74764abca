// SPDX-License-Identifier: MIT
#include "report/render/chart.hpp"

#include <algorithm>
#include <cmath>
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

void add_to_mark(DrawnMark& drawn, const SeriesMark& mark) {
  if (drawn.count == 0) drawn.first = mark.at;
  drawn.last = mark.at;
  drawn.at += local_days(mark.at);
  drawn.score += mark.score;
  drawn.low += mark.low;
  drawn.high += mark.high;
  ++drawn.count;
}

void divide_mark(DrawnMark& drawn) {
  const double n = static_cast<double>(std::max<std::size_t>(drawn.count, 1));
  drawn.at /= n;
  drawn.score /= n;
  drawn.low /= n;
  drawn.high /= n;
}

bool breaks_a_word(std::string_view name, std::size_t columns) {
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    if (display_width(name.substr(0, end)) > columns) return true;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return false;
}

// As few lines as it takes, as even as possible.
std::optional<std::vector<std::string>> even_lines(const std::string& name, AreaRoom room) {
  auto [columns, most_lines] = room;
  if (columns == 0 || breaks_a_word(name, columns)) return {};
  std::vector<std::string> lines = wrap(name, columns);
  if (lines.size() > most_lines) return {};
  for (; columns > 0 && !breaks_a_word(name, columns); --columns) {
    std::vector<std::string> narrower = wrap(name, columns);
    if (narrower.size() > lines.size()) break;
    lines = std::move(narrower);
  }
  return lines;
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

std::vector<DrawnMark> single_marks(const Series& series) {
  std::vector<DrawnMark> marks(series.marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) add_to_mark(marks[i], series.marks[i]);
  return marks;
}

std::vector<DrawnMark> marks_by_cell(const Series& series, const Axis& time) {
  std::vector<DrawnMark> marks(time.cells);
  for (const SeriesMark& mark : series.marks) {
    add_to_mark(marks[time.cell(local_days(mark.at))], mark);
  }
  for (DrawnMark& mark : marks) divide_mark(mark);
  return marks;
}

std::vector<DrawnMark> drawn_marks(const Series& series) {
  if (series.marks.size() <= most_drawn_marks) return single_marks(series);
  std::vector<DrawnMark> marks = marks_by_cell(series, time_axis(series.marks, most_drawn_marks));
  std::erase_if(marks, [](const DrawnMark& mark) { return mark.count == 0; });
  return marks;
}

std::optional<std::vector<std::vector<std::string>>> names_within(
    const std::vector<std::string>& names, const std::vector<AreaRoom>& rooms) {
  std::vector<std::vector<std::string>> blocks;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto lines = even_lines(names[i], rooms[i]);
    if (!lines) return {};
    blocks.push_back(*std::move(lines));
  }
  return blocks;
}

std::string area_letter(std::size_t area) {
  return std::string(1, static_cast<char>('A' + area % 26));
}

std::size_t widest_line(const std::vector<std::string>& lines) {
  std::size_t columns = 0;
  for (const std::string& line : lines) columns = std::max(columns, display_width(line));
  return columns;
}

}  // namespace attune::report
