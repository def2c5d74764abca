// SPDX-License-Identifier: MIT
#include "report/drawing.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <variant>

#include "report/markup.hpp"

namespace attune::detail {
namespace {

std::string draw_picture(const Bar& bar) {
  if (!(bar.share > 0)) return {};
  return rect_element("trace", 0, 0.25, std::max(bar.share, 0.02), 0.75);
}

std::string draw_picture(const Sparkline& sparkline) {
  std::string out;
  const auto& marks = sparkline.marks;
  if (marks.empty()) return out;
  const double start = marks.front().at;
  const double span = marks.back().at - start;
  const auto x = [&](const Mark& mark) {
    return span > 0 ? 0.04 + 0.92 * (mark.at - start) / span : 0.5;
  };
  const auto y = [&](const Mark& mark) {
    return 0.92 - 0.84 * share_of(mark.value, sparkline.min, sparkline.max);
  };
  for (std::size_t i = 1; i < marks.size(); ++i) {
    out += line_element("way", percent_of(x(marks[i - 1])), percent_of(y(marks[i - 1])),
                        percent_of(x(marks[i])), percent_of(y(marks[i])));
  }
  return out + circle_element("trace", x(marks.back()), y(marks.back()), 0.2);
}

}  // namespace

std::string draw(const Picture& picture) {
  return std::visit([](const auto& any) { return draw_picture(any); }, picture);
}

std::string draw(SignKind sign) {
  switch (sign) {
    case SignKind::point:
      return circle_element("point", 0.5, 0.5, 0.5);
    case SignKind::other_point:
      return diamond_element("other-point", 0.5, 0.5);
    case SignKind::trace:
      return line_element("way", "10%", "70%", "90%", "30%") +
             circle_element("trace", 0.1, 0.7, 0.22) + circle_element("trace", 0.9, 0.3, 0.22);
    case SignKind::box:
      return rect_element("box", 0.05, 0, 0.95, 1);
    case SignKind::other_box:
      return rect_element("other-box", 0.05, 0, 0.95, 1);
    case SignKind::error:
      return line_element("error", "50%", "0", "50%", "100%");
    case SignKind::band:
      return rect_element("band", 0, 0, 1, 1);
  }
  return {};
}

std::string line_element(std::string_view kind, const std::string& x1, const std::string& y1,
                         const std::string& x2, const std::string& y2) {
  return fmt::format(R"(<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>)", kind, x1, y1, x2, y2);
}

std::string rect_element(std::string_view kind, double left, double top, double right,
                         double bottom) {
  return fmt::format(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>)", kind,
                     percent_of(left), percent_of(top), percent_of(right - left),
                     percent_of(bottom - top));
}

std::string circle_element(std::string_view kind, double x, double y, double r_em) {
  return fmt::format(R"(<circle class="{}" cx="{}" cy="{}" r="{}"/>)", kind, percent_of(x),
                     percent_of(y), em(r_em));
}

// A path has no percentages; a coordinate system of its own puts it in its place.
std::string diamond_element(std::string_view kind, double x, double y) {
  return fmt::format(R"(<svg x="{}" y="{}" width="1" height="1" overflow="visible">)"
                     R"(<path class="{}" d="M0-9 9 0 0 9-9 0z"/></svg>)",
                     percent_of(x), percent_of(y), kind);
}

std::string text_element(std::string_view kind, const TextPlace& place, std::string_view text) {
  return fmt::format(R"(<text class="{}" x="{}" y="{}" dx="{}" dy="{}" text-anchor="{}">{}</text>)",
                     kind, percent_of(place.x), percent_of(place.y), em(place.dx_em),
                     em(place.dy_em), place.anchor, markup_text(text));
}

double share_of(double value, double min, double max) {
  if (!(max > min)) return 0;
  return std::clamp((value - min) / (max - min), 0.0, 1.0);
}

}  // namespace attune::detail
