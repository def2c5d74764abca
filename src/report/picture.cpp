// SPDX-License-Identifier: MIT
#include "report/picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <variant>
#include <vector>

namespace attune::detail {
namespace {

constexpr std::size_t most_marks = 11;  // as many as fit beside the other columns of a page of 80

constexpr std::array<std::string_view, 8> utf8_heights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr std::array<std::string_view, 5> ascii_heights{"_", ".", "-", "'", "^"};

// The usual time between one mark and the next, the shorter of two where the middle is between
// them; 0 when all are at one time.
double usual_step(const std::vector<Mark>& marks) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < marks.size(); ++i) {
    const double step = marks[i].at - marks[i - 1].at;
    if (step > 0) steps.push_back(step);
  }
  if (steps.empty()) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>((steps.size() - 1) / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

// One place for each usual step, so that regular check-ins stand side by side and a pause shows.
std::size_t places_for(const std::vector<Mark>& marks, std::size_t most) {
  const double step = usual_step(marks);
  if (step <= 0) return 1;
  const double steps = std::round((marks.back().at - marks.front().at) / step);
  const auto last = static_cast<double>(most - 1);
  return static_cast<std::size_t>(std::clamp(steps, 1.0, last)) + 1;
}

std::string_view height_of(double place, Charset charset) {
  const std::size_t count = charset == Charset::utf8 ? utf8_heights.size() : ascii_heights.size();
  const double highest = static_cast<double>(count - 1);
  const double rounded = std::round(std::clamp(place, 0.0, 1.0) * highest);
  const auto index = static_cast<std::size_t>(rounded);
  return charset == Charset::utf8 ? utf8_heights[index] : ascii_heights[index];
}

std::string draw(const Sparkline& line, std::size_t columns, Charset charset) {
  const std::size_t most = std::min(columns, most_marks);
  if (line.marks.empty() || most < 2 || !(line.max > line.min)) return {};
  const std::size_t places = places_for(line.marks, most);
  const double start = line.marks.front().at;
  const double span = line.marks.back().at - start;
  std::vector<double> sums(places);
  std::vector<double> counts(places);
  for (const Mark& mark : line.marks) {
    const double way = span > 0 ? (mark.at - start) / span : 0;
    const double rounded = std::round(way * static_cast<double>(places - 1));
    const auto place = static_cast<std::size_t>(rounded);
    sums[place] += mark.value;
    counts[place] += 1;
  }
  std::string out;
  for (std::size_t place = 0; place < places; ++place) {
    if (counts[place] <= 0) {
      out += ' ';
    } else {
      const double mean = sums[place] / counts[place];
      out += height_of((mean - line.min) / (line.max - line.min), charset);
    }
  }
  return out;
}

// In steps of half a column, where the characters have one.
std::string draw(const Bar& bar, std::size_t columns, Charset charset) {
  const double share = std::clamp(bar.share, 0.0, 1.0);
  if (!(share > 0)) return {};
  const double steps = charset == Charset::utf8 ? 2 : 1;
  const double filled = std::round(share * static_cast<double>(columns) * steps);
  const auto whole = static_cast<std::size_t>(std::max(filled, 1.0));
  std::string out;
  if (charset == Charset::ascii) return std::string(whole, '=');
  for (std::size_t column = 0; column < whole / 2; ++column) out += "━";
  if (whole % 2 == 1) out += "╸";
  return out;
}

}  // namespace

std::string drawn(const Picture& picture, std::size_t columns, Charset charset) {
  return std::visit([&](const auto& any) { return draw(any, columns, charset); }, picture);
}

}  // namespace attune::detail
