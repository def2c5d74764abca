// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "report/axis.hpp"
#include "report/drawing.hpp"
#include "report/drawn_marks.hpp"
#include "report/markup.hpp"
#include "report/sentences.hpp"
#include "report/series_dates.hpp"

namespace attune::detail {
namespace {

// Dates of ten characters beside one another fit the narrowest plot up to so many characters.
constexpr std::size_t date_cells = 36;

// Points stay so far from both ends of the axis, in shares of its length.
constexpr double inset = 0.025;

struct Frame {
  const Series& series;
  double start = 0;
  double span = 0;  // 0 when all check-ins are of one moment

  [[nodiscard]] double x(double at) const {
    return span > 0 ? inset + (1 - 2 * inset) * (at - start) / span : 0.5;
  }
  [[nodiscard]] double y(double value) const { return 1 - share_of(value, series.min, series.max); }
};

std::string draw_ground(const Frame& frame) {
  std::string out;
  const Series& series = frame.series;
  if (series.band) {
    out += rect_element("band", 0, frame.y(series.band->high), 1, frame.y(series.band->low));
  }
  for (const double tick : ticks(series.min, series.max, 7)) {
    const std::string y = percent_of(frame.y(tick));
    out += line_element(tick > series.min ? "grid" : "axis", "0%", y, "100%", y);
    out += text_element("tick", {0, frame.y(tick), -0.6, 0.32, "end"}, tick_label(tick));
  }
  return out;
}

std::string draw_dates(const Frame& frame) {
  const Axis axis = time_axis(frame.series.marks, date_cells);
  const std::vector<DateLabel> labels = date_labels(frame.series.marks, axis);
  std::string out;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    TextPlace place{0.5, 1, 0, 1.5};
    if (labels[i].tick && frame.span > 0) {
      place.x = frame.x(frame.start + frame.span * static_cast<double>(*labels[i].tick) /
                                          static_cast<double>(date_cells - 1));
    }
    if (labels.size() > 1 && i == 0) place.anchor = "start";
    if (labels.size() > 1 && i + 1 == labels.size()) place.anchor = "end";
    out += text_element("tick", place, labels[i].text);
  }
  return out;
}

std::string draw_marks(const Frame& frame, const std::vector<DrawnMark>& marks) {
  std::string out;
  for (std::size_t i = 1; i < marks.size(); ++i) {
    out += line_element("way", percent_of(frame.x(marks[i - 1].at)),
                        percent_of(frame.y(marks[i - 1].score)), percent_of(frame.x(marks[i].at)),
                        percent_of(frame.y(marks[i].score)));
  }
  for (const DrawnMark& mark : marks) {
    const std::string x = percent_of(frame.x(mark.at));
    out +=
        line_element("error", x, percent_of(frame.y(mark.high)), x, percent_of(frame.y(mark.low)));
  }
  const double radius = marks.size() > 40 ? 0.28 : 0.42;
  for (const DrawnMark& mark : marks) {
    out += circle_element("point", frame.x(mark.at), frame.y(mark.score), radius);
  }
  return out;
}

}  // namespace

Drawing draw(const Series& series) {
  const double start = local_days(series.marks.front().at);
  const Frame frame{series, start, local_days(series.marks.back().at) - start};
  const std::vector<DrawnMark> marks = drawn_marks(series);
  const bool is_thinned = marks.size() < series.marks.size();
  Drawing drawing;
  drawing.height_em = 13;
  drawing.margins = {0.8, 0.6, 2, 1.8};
  drawing.body = draw_ground(frame) + draw_dates(frame) + draw_marks(frame, marks);
  drawing.legend = {
      {SignKind::point, is_thinned ? "check-ins close in time, at their mean" : "a check-in"},
      {SignKind::error, "its margin of error"}};
  if (series.band) {
    drawing.legend.push_back(
        {SignKind::band, fmt::format("your usual range, {}", band_words(series))});
  }
  if (is_thinned) {
    drawing.note =
        fmt::format("{} check-ins are drawn as {} marks.", series.marks.size(), marks.size());
  }
  return drawing;
}

}  // namespace attune::detail
