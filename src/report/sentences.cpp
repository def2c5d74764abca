// SPDX-License-Identifier: MIT
#include "report/sentences.hpp"

#include <fmt/format.h>

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
  const std::string text = fmt::format(
      "{}: {} {}", ruler.name, shown(ruler.score, ruler.min, ruler.max), likely_range(ruler));
  if (ruler.remark.empty()) return text;
  return text + ' ' + with_full_stop(capitalised(ruler.remark));
}

std::string sentence(const Plane& plane) {
  if (!plane.description.empty()) return plane.description;
  return fmt::format("{} {}, {} {}.", plane.x_name, shown(plane.x, plane.min_x, plane.max_x),
                     plane.y_name, shown(plane.y, plane.min_y, plane.max_y));
}

}  // namespace attune::detail
