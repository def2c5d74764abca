// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "attune/text.hpp"

#include "report/axis.hpp"
#include "report/drawing.hpp"
#include "report/markup.hpp"
#include "report/plane_names.hpp"

namespace attune::detail {
namespace {

// The plot on a page of 320 pixels, in em; on wider ones words take up less of it.
constexpr double narrowest_em = 17;
constexpr double height_em = 20;
constexpr double character_em = 0.56;
constexpr double line_em = 1.25;
constexpr std::size_t most_lines = 3;

constexpr std::size_t most_positions = 60;  // more of them run into one another

/// A rectangle in shares of the plot; `top` is the smaller number.
struct Box {
  double left = 0;
  double top = 0;
  double right = 1;
  double bottom = 1;
};

double place_x(const Plane& plane, double value) {
  return share_of(value, plane.min_x, plane.max_x);
}
double place_y(const Plane& plane, double value) {
  return 1 - share_of(value, plane.min_y, plane.max_y);
}

Box box_of(const Plane& plane, const PlanePoint& point) {
  return {place_x(plane, point.low_x), place_y(plane, point.high_y), place_x(plane, point.high_x),
          place_y(plane, point.low_y)};
}

double overlap(const Box& a, const Box& b) {
  const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

// Long ways are drawn as the means of neighbours in time.
std::vector<PlanePosition> drawn_positions(const std::vector<PlanePosition>& all) {
  if (all.size() <= most_positions) return all;
  std::vector<PlanePosition> drawn;
  for (std::size_t part = 0; part < most_positions; ++part) {
    const std::size_t first = part * all.size() / most_positions;
    const std::size_t end = (part + 1) * all.size() / most_positions;
    PlanePosition mean{0, 0};
    for (std::size_t i = first; i < end; ++i) {
      mean.x += all[i].x;
      mean.y += all[i].y;
    }
    const double n = static_cast<double>(end - first);
    drawn.push_back({mean.x / n, mean.y / n});
  }
  return drawn;
}

std::string draw_frame(const Plane& plane) {
  std::string out;
  for (const double cut : plane.cuts_x) {
    const std::string x = percent_of(place_x(plane, cut));
    out += line_element("cut", x, "0%", x, "100%");
  }
  for (const double cut : plane.cuts_y) {
    const std::string y = percent_of(place_y(plane, cut));
    out += line_element("cut", "0%", y, "100%", y);
  }
  out += rect_element("frame", 0, 0, 1, 1);
  for (const double tick : ticks(plane.min_x, plane.max_x, 7)) {
    out += text_element("tick", {place_x(plane, tick), 1, 0, 1.3}, tick_label(tick));
  }
  for (const double tick : ticks(plane.min_y, plane.max_y, 7)) {
    out += text_element("tick", {0, place_y(plane, tick), -0.6, 0.32, "end"}, tick_label(tick));
  }
  out += text_element("strong", {0, 0, -1.5, -0.8, "start"},
                      fit(plane.y_name, static_cast<std::size_t>(narrowest_em / character_em)));
  out += text_element("strong", {1, 1, 0, 2.7, "end"},
                      fit(plane.x_name, static_cast<std::size_t>(narrowest_em / character_em)));
  return out;
}

// The older, the fainter; the last of them leads to the point.
std::string draw_way(const Plane& plane, const std::vector<PlanePosition>& positions) {
  if (positions.empty()) return {};
  std::string out;
  const PlanePoint& point = plane.points.front();
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const bool is_last = i + 1 == positions.size();
    const PlanePosition next = is_last ? PlanePosition{point.x, point.y} : positions[i + 1];
    const double x = place_x(plane, positions[i].x);
    const double y = place_y(plane, positions[i].y);
    const double age =
        static_cast<double>(positions.size() - i) / static_cast<double>(positions.size());
    out += fmt::format(R"(<g opacity="{:.2f}">)", 0.7 - 0.45 * age);
    out += line_element("way", percent_of(x), percent_of(y), percent_of(place_x(plane, next.x)),
                        percent_of(place_y(plane, next.y)));
    out += circle_element("trace", x, y, 0.25) + "</g>";
  }
  return out;
}

std::string draw_points(const Plane& plane) {
  std::string out;
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    const Box box = box_of(plane, plane.points[i]);
    out += rect_element(i == 0 ? "box" : "other-box", box.left, box.top, box.right, box.bottom);
  }
  for (std::size_t i = plane.points.size(); i-- > 0;) {
    const double x = place_x(plane, plane.points[i].x);
    const double y = place_y(plane, plane.points[i].y);
    out += i == 0 ? circle_element("point", x, y, 0.55) : diamond_element("other-point", x, y);
  }
  return out;
}

// The area between the cuts around its centre.
Box bounds_of(const PlaneArea& area, const Plane& plane) {
  Box bounds;
  for (const double cut : plane.cuts_x) {
    const double x = place_x(plane, cut);
    if (cut <= area.x) bounds.left = std::max(bounds.left, x);
    if (cut > area.x) bounds.right = std::min(bounds.right, x);
  }
  for (const double cut : plane.cuts_y) {
    const double y = place_y(plane, cut);
    if (cut > area.y) bounds.top = std::max(bounds.top, y);
    if (cut <= area.y) bounds.bottom = std::min(bounds.bottom, y);
  }
  return bounds;
}

// The name in lines that fit the area on the narrowest page; or nothing.
std::optional<std::vector<std::string>> lines_of(const std::string& name, const Box& bounds) {
  const double columns = (bounds.right - bounds.left) * narrowest_em / character_em - 1;
  const double lines = (bounds.bottom - bounds.top) * height_em / line_em;
  if (columns < 1) return {};
  return even_lines(name, static_cast<std::size_t>(columns),
                    std::min(most_lines, static_cast<std::size_t>(lines)));
}

// How much a block of words would hide: of a point most, of a box or the way a little.
double cost_of(const Plane& plane, const std::vector<PlanePosition>& positions, const Box& words) {
  double cost = 0;
  for (const PlanePoint& point : plane.points) {
    const double x = place_x(plane, point.x);
    const double y = place_y(plane, point.y);
    cost += 100 * overlap(words, {x - 0.06, y - 0.04, x + 0.06, y + 0.04});
    cost += overlap(words, box_of(plane, point));
  }
  for (const PlanePosition& position : positions) {
    const double x = place_x(plane, position.x);
    const double y = place_y(plane, position.y);
    cost += 3 * overlap(words, {x - 0.02, y - 0.015, x + 0.02, y + 0.015});
  }
  return cost;
}

std::string draw_name(const Plane& plane, const std::vector<PlanePosition>& positions,
                      const std::vector<std::string>& lines, const Box& bounds) {
  std::size_t widest = 0;
  for (const std::string& line : lines) widest = std::max(widest, display_width(line));
  const double half_width = static_cast<double>(widest) * character_em / narrowest_em / 2;
  const double height = static_cast<double>(lines.size()) * line_em / height_em;
  const double x = (bounds.left + bounds.right) / 2;
  const double gap = 0.02;
  const double free = bounds.bottom - bounds.top - height - 2 * gap;
  double best_top = 0;
  double best_cost = -1;
  for (const double way : {0.5, 0.0, 1.0, 0.25, 0.75}) {
    const double top = bounds.top + gap + std::max(free, 0.0) * way;
    const double cost =
        cost_of(plane, positions, {x - half_width, top, x + half_width, top + height});
    if (best_cost >= 0 && cost >= best_cost) continue;
    best_cost = cost;
    best_top = top;
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    out +=
        text_element("area", {x, best_top, 0, line_em * static_cast<double>(i) + 0.95}, lines[i]);
  }
  return out;
}

// The names within their areas; where one does not fit, letters, which the note explains.
std::string draw_names(const Plane& plane, const std::vector<PlanePosition>& positions,
                       std::string& note) {
  std::vector<std::vector<std::string>> names;
  for (const PlaneArea& area : plane.areas) {
    auto lines = lines_of(area.name, bounds_of(area, plane));
    if (!lines) break;
    names.push_back(std::move(*lines));
  }
  const bool fit_all = names.size() == plane.areas.size();
  std::string out;
  for (std::size_t i = 0; i < plane.areas.size(); ++i) {
    const std::string letter(1, static_cast<char>('A' + i % 26));
    out += draw_name(plane, positions, fit_all ? names[i] : std::vector{letter},
                     bounds_of(plane.areas[i], plane));
    if (fit_all) continue;
    note += fmt::format("{}{}: {}", note.empty() ? "" : "; ", letter, plane.areas[i].name);
  }
  if (!fit_all) note += '.';
  return out;
}

std::vector<LegendSign> legend_of(const Plane& plane, std::size_t drawn) {
  std::vector<LegendSign> legend;
  const bool has_names = !plane.points.front().name.empty();
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    const std::string& name = plane.points[i].name;
    legend.push_back({i == 0 ? SignKind::point : SignKind::other_point, has_names ? name
                                                                        : plane.earlier.empty()
                                                                            ? "your scores"
                                                                            : "now"});
  }
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    legend.push_back({i == 0 ? SignKind::box : SignKind::other_box,
                      has_names ? plane.points[i].name + ", margin of error" : "margin of error"});
  }
  if (drawn == 0) return legend;
  legend.push_back({SignKind::trace, drawn < plane.earlier.size()
                                         ? "earlier check-ins, means of several"
                                         : "earlier check-ins, the older the fainter"});
  return legend;
}

}  // namespace

Drawing draw(const Plane& plane) {
  Drawing drawing;
  if (plane.points.empty()) return drawing;
  const std::vector<PlanePosition> positions = drawn_positions(plane.earlier);
  drawing.height_em = height_em;
  drawing.margins = {2, 0.7, 3.2, 1.8};
  drawing.body = draw_frame(plane);
  drawing.body += draw_names(plane, positions, drawing.note);
  drawing.body += draw_way(plane, positions);
  drawing.body += draw_points(plane);
  drawing.legend = legend_of(plane, positions.size());
  return drawing;
}

}  // namespace attune::detail
