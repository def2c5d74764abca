// SPDX-License-Identifier: MIT
#include "report/render/sentences.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string_view>
#include <variant>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "report/render/chart.hpp"

namespace attune::report {
namespace {

constexpr double widest_range_with_decimals = 20;

// No scale of a questionnaire comes near this; it keeps absurd values from filling the page.
constexpr double largest_written_out = 1e9;

std::string written(double value, int decimals, std::string (*render)(double, int)) {
  if (!std::isfinite(value)) return "?";
  if (std::abs(value) > largest_written_out) return fmt::format("{:.1e}", value);
  return render(value, decimals);
}

// A ruler or a series.
template <typename Scaled>
std::string on_scale(const Scaled& of) {
  const auto end = [](double value, const std::string& label) {
    return label.empty() ? tick_label(value) : fmt::format("{} ({})", tick_label(value), label);
  };
  return fmt::format("on a scale from {} to {}", end(of.min, of.low_label),
                     end(of.max, of.high_label));
}

Table score_table(const std::string& of, const std::string& score) {
  return {{of, score, "Likely range"}, {Align::left, Align::right, Align::right}, {}};
}

}  // namespace

std::string shown(double value, double min, double max) {
  return written(value, max - min > widest_range_with_decimals ? 0 : 1, render_fixed);
}

std::string tick_label(double value) { return written(value, 2, render_decimal); }

std::string with_full_stop(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  if (text.empty()) return text;
  constexpr std::string_view ends = ".!?";
  if (ends.find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string interval(double low, double high, double min, double max) {
  return fmt::format("{} to {}", shown(low, min, max), shown(high, min, max));
}

std::string likely_range(const Ruler& ruler) {
  return fmt::format("{}, most likely between {} and {}.", on_scale(ruler),
                     shown(ruler.low, ruler.min, ruler.max),
                     shown(ruler.high, ruler.min, ruler.max));
}

std::string sentence(const Ruler& ruler) {
  std::string text = fmt::format("{}: {} {}", ruler.name, shown(ruler.score, ruler.min, ruler.max),
                                 likely_range(ruler));
  if (!ruler.remark.empty()) text += ' ' + with_full_stop(capitalised(ruler.remark));
  return text;
}

std::string sentence(const Plane& plane) {
  if (!plane.description.empty()) return plane.description;
  std::string text;
  for (const PlanePoint& point : plane.points) {
    if (!text.empty()) text += ' ';
    if (!point.name.empty()) text += point.name + ": ";
    text += fmt::format("{} {}, {} {}.", plane.x_name, shown(point.x, plane.min_x, plane.max_x),
                        plane.y_name, shown(point.y, plane.min_y, plane.max_y));
  }
  return text;
}

std::string sentence(const Series& series) {
  if (series.marks.empty()) return {};
  const auto number = [&](double value) { return shown(value, series.min, series.max); };
  const auto by_score = [](const SeriesMark& a, const SeriesMark& b) { return a.score < b.score; };
  const auto [lowest, highest] =
      std::minmax_element(series.marks.begin(), series.marks.end(), by_score);
  const std::string first_date = render_local_date(series.marks.front().at);
  const std::string last_date = render_local_date(series.marks.back().at);
  const std::string scale = on_scale(series);
  if (series.marks.size() == 1) {
    return fmt::format("{}, one check-in on {} {}: {}.", series.name, first_date, scale,
                       number(series.marks.front().score));
  }
  const std::string days = first_date == last_date
                               ? "on " + first_date
                               : fmt::format("from {} to {}", first_date, last_date);
  std::string text =
      fmt::format("{}, {} check-ins {} {}: at first {}, at last {}, lowest {}, highest {}.",
                  series.name, series.marks.size(), days, scale, number(series.marks.front().score),
                  number(series.marks.back().score), number(lowest->score), number(highest->score));
  if (series.band) text += fmt::format(" Your usual range is {}.", band_words(series));
  return text;
}

std::string band_words(const Series& series) {
  return interval(std::max(series.band->low, series.min), std::min(series.band->high, series.max),
                  series.min, series.max);
}

std::vector<const Ruler*> small_rulers_at(const Document& document, std::size_t at) {
  std::vector<const Ruler*> group;
  for (; at < document.size(); ++at) {
    const auto* ruler = std::get_if<Ruler>(&document[at]);
    if (ruler == nullptr || ruler->indent == 0) break;
    group.push_back(ruler);
  }
  return group;
}

bool have_meaning(std::span<const Ruler* const> rulers) {
  return std::any_of(rulers.begin(), rulers.end(),
                     [](const Ruler* ruler) { return !ruler->remark.empty(); });
}

Table table_of_rulers(std::span<const Ruler* const> rulers) {
  Table table = score_table(rulers.front()->kind, "Score");
  const bool has_meaning = have_meaning(rulers);
  if (has_meaning) {
    table.header.emplace_back("Meaning");
    table.align.push_back(Align::left);
  }
  for (const Ruler* ruler : rulers) {
    auto& row = table.rows.emplace_back(std::vector{
        ruler->name, ruler->value, interval(ruler->low, ruler->high, ruler->min, ruler->max)});
    if (has_meaning) row.push_back(ruler->remark);
  }
  return table;
}

Table table_of_plane(const Plane& plane) {
  Table table = score_table("Dimension", "Score");
  const bool has_names = std::any_of(plane.points.begin(), plane.points.end(),
                                     [](const PlanePoint& point) { return !point.name.empty(); });
  for (const PlanePoint& point : plane.points) {
    table.rows.push_back({plane.x_name, shown(point.x, plane.min_x, plane.max_x),
                          interval(point.low_x, point.high_x, plane.min_x, plane.max_x)});
    table.rows.push_back({plane.y_name, shown(point.y, plane.min_y, plane.max_y),
                          interval(point.low_y, point.high_y, plane.min_y, plane.max_y)});
  }
  if (!has_names) return table;
  table.header.insert(table.header.begin(), "Who");
  table.align.insert(table.align.begin(), Align::left);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    table.rows[i].insert(table.rows[i].begin(), plane.points[i / 2].name);
  }
  return table;
}

Table table_of_series(const Series& series, SeriesRows rows) {
  const std::vector<DrawnMark> marks = drawn_marks(series, rows);
  const bool is_thinned = marks.size() < series.marks.size();
  Table table = score_table("Date", series.name);
  if (is_thinned) {
    table.header.emplace_back("Check-ins");
    table.align.push_back(Align::right);
  }
  table.rows.reserve(marks.size());
  for (const DrawnMark& mark : marks) {
    const std::string first = render_local_date(mark.first);
    const std::string last = render_local_date(mark.last);
    auto& row = table.rows.emplace_back(
        std::vector{first == last ? first : fmt::format("{} to {}", first, last),
                    shown(mark.score, series.min, series.max),
                    interval(mark.low, mark.high, series.min, series.max)});
    if (is_thinned) row.push_back(fmt::format("{}", mark.count));
  }
  return table;
}

}  // namespace attune::report
