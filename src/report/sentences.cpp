// SPDX-License-Identifier: MIT
#include "report/sentences.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <variant>

#include "report/axis.hpp"

namespace attune::detail {
namespace {

std::string end_of_scale(double value, const std::string& label) {
  return label.empty() ? tick_label(value) : fmt::format("{} ({})", tick_label(value), label);
}

}  // namespace

std::string with_full_stop(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  if (text.empty()) return text;
  constexpr std::string_view ends = ".!?";
  if (ends.find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string title_of(const Document& document) {
  for (const Block& block : document) {
    if (const auto* heading = std::get_if<Heading>(&block)) return heading->text;
  }
  return "attune";
}

std::string interval(double low, double high, double min, double max) {
  return fmt::format("{} to {}", shown(low, min, max), shown(high, min, max));
}

std::string likely_range(const Ruler& ruler) {
  return fmt::format(
      "on a scale from {} to {}, most likely between {} and {}.",
      end_of_scale(ruler.min, ruler.low_label), end_of_scale(ruler.max, ruler.high_label),
      shown(ruler.low, ruler.min, ruler.max), shown(ruler.high, ruler.min, ruler.max));
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
  const std::string scale =
      fmt::format("on a scale from {} to {}", end_of_scale(series.min, series.low_label),
                  end_of_scale(series.max, series.high_label));
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

}  // namespace attune::detail
