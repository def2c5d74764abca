// SPDX-License-Identifier: MIT
#include "report/drawn_marks.hpp"

#include "report/axis.hpp"
#include "report/series_dates.hpp"

namespace attune::detail {
namespace {

void add(DrawnMark& drawn, const SeriesMark& mark) {
  if (drawn.count == 0) drawn.first = mark.at;
  drawn.last = mark.at;
  drawn.at += local_days(mark.at);
  drawn.score += mark.score;
  drawn.low += mark.low;
  drawn.high += mark.high;
  ++drawn.count;
}

void divide(DrawnMark& drawn) {
  const double n = static_cast<double>(drawn.count);
  drawn.at /= n;
  drawn.score /= n;
  drawn.low /= n;
  drawn.high /= n;
}

}  // namespace

std::vector<DrawnMark> single_marks(const Series& series) {
  std::vector<DrawnMark> marks(series.marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) add(marks[i], series.marks[i]);
  return marks;
}

std::vector<DrawnMark> drawn_marks(const Series& series) {
  if (series.marks.size() <= most_drawn_marks) return single_marks(series);
  const Axis time = time_axis(series.marks, most_drawn_marks);
  std::vector<DrawnMark> parts(most_drawn_marks);
  for (const SeriesMark& mark : series.marks) add(parts[time.cell(local_days(mark.at))], mark);
  std::erase_if(parts, [](const DrawnMark& part) { return part.count == 0; });
  for (DrawnMark& part : parts) divide(part);
  return parts;
}

}  // namespace attune::detail
