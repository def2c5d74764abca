// SPDX-License-Identifier: MIT
#include "report/picture_tables.hpp"

#include <fmt/format.h>
#include <string>
#include <variant>

#include "report/axis.hpp"
#include "report/drawn_marks.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

std::vector<std::string> plane_row(const std::string& dimension, double score, double low,
                                   double high, double min, double max) {
  return {dimension, shown(score, min, max), interval(low, high, min, max)};
}

std::string days_of(const DrawnMark& mark) {
  const std::string first = render_local_date(mark.first);
  const std::string last = render_local_date(mark.last);
  return first == last ? first : fmt::format("{} to {}", first, last);
}

}  // namespace

std::vector<const Ruler*> small_rulers_at(const Document& document, std::size_t at) {
  std::vector<const Ruler*> group;
  for (; at < document.size(); ++at) {
    const auto* ruler = std::get_if<Ruler>(&document[at]);
    if (ruler == nullptr || ruler->indent == 0) break;
    group.push_back(ruler);
  }
  return group;
}

Table table_of(std::span<const Ruler* const> rulers) {
  Table table{{rulers.front()->kind, "Score", "Likely range"},
              {Align::left, Align::right, Align::right},
              {}};
  bool has_meaning = false;
  for (const Ruler* ruler : rulers) {
    has_meaning = has_meaning || !ruler->remark.empty();
    table.rows.push_back({ruler->name, ruler->value,
                          interval(ruler->low, ruler->high, ruler->min, ruler->max),
                          ruler->remark});
  }
  if (has_meaning) {
    table.header.emplace_back("Meaning");
    table.align.push_back(Align::left);
  } else {
    for (auto& row : table.rows) row.pop_back();
  }
  return table;
}

Table table_of(const Plane& plane) {
  Table table{
      {"Dimension", "Score", "Likely range"}, {Align::left, Align::right, Align::right}, {}};
  bool has_names = false;
  for (const PlanePoint& point : plane.points) {
    has_names = has_names || !point.name.empty();
    table.rows.push_back(
        plane_row(plane.x_name, point.x, point.low_x, point.high_x, plane.min_x, plane.max_x));
    table.rows.push_back(
        plane_row(plane.y_name, point.y, point.low_y, point.high_y, plane.min_y, plane.max_y));
  }
  if (!has_names) return table;
  table.header.insert(table.header.begin(), "Who");
  table.align.insert(table.align.begin(), Align::left);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    table.rows[i].insert(table.rows[i].begin(), plane.points[i / 2].name);
  }
  return table;
}

Table table_of(const Series& series, SeriesRows rows) {
  const std::vector<DrawnMark> marks =
      rows == SeriesRows::all ? single_marks(series) : drawn_marks(series);
  const bool is_thinned = marks.size() < series.marks.size();
  Table table{{"Date", series.name, "Likely range"}, {Align::left, Align::right, Align::right}, {}};
  if (is_thinned) {
    table.header.emplace_back("Check-ins");
    table.align.push_back(Align::right);
  }
  table.rows.reserve(marks.size());
  for (const DrawnMark& mark : marks) {
    auto& row = table.rows.emplace_back(
        std::vector<std::string>{days_of(mark), shown(mark.score, series.min, series.max),
                                 interval(mark.low, mark.high, series.min, series.max)});
    if (is_thinned) row.push_back(fmt::format("{}", mark.count));
  }
  return table;
}

}  // namespace attune::detail
