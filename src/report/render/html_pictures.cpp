// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "report/render/chart.hpp"
#include "report/render/html_parts.hpp"
#include "report/render/sentences.hpp"

namespace attune::report {
namespace {

// Where `value` lies between `min` and `max`, as a share of 1.
double share_of(double value, double min, double max) {
  if (!(max > min)) return 0;
  return std::clamp((value - min) / (max - min), 0.0, 1.0);
}

// "33.33%": a share of 1, at most two decimals; outside of 0..1 (and no number) the nearest end.
std::string percent_of(double share) {
  const double within = share > 0 ? std::min(share, 1.0) : 0.0;  // NaN becomes 0
  return render_decimal(within * 100, 2) + '%';
}

// A place in shares of the plot; y is 0 at the top.
struct Spot {
  double x = 0;
  double y = 0;
};

// A rectangle in shares of the plot; `top` is the smaller number.
struct ShareBox {
  double left = 0;
  double top = 0;
  double right = 1;
  double bottom = 1;
};

// The elements that pictures are made of; their class says what they stand for.

std::string line_element(std::string_view kind, const Spot& from, const Spot& to) {
  return fmt::format(R"(<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>)", kind,
                     percent_of(from.x), percent_of(from.y), percent_of(to.x), percent_of(to.y));
}

std::string rect_element(std::string_view kind, const ShareBox& box) {
  return fmt::format(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>)", kind,
                     percent_of(box.left), percent_of(box.top), percent_of(box.right - box.left),
                     percent_of(box.bottom - box.top));
}

std::string circle_element(std::string_view kind, const Spot& centre, double r_em) {
  return fmt::format(R"(<circle class="{}" cx="{}" cy="{}" r="{}"/>)", kind, percent_of(centre.x),
                     percent_of(centre.y), em(r_em));
}

// A diamond of the size of a point. A path has no percentages; a coordinate system of its own puts
// it in its place.
std::string diamond_element(std::string_view kind, const Spot& centre) {
  return fmt::format(R"(<svg x="{}" y="{}" width="1" height="1" overflow="visible">)"
                     R"(<path class="{}" d="M0-9 9 0 0 9-9 0z"/></svg>)",
                     percent_of(centre.x), percent_of(centre.y), kind);
}

// Where a text stands: a place in the plot, moved by em, and which part of it is there.
struct TextPlace {
  Spot spot;
  double dx_em = 0;
  double dy_em = 0;
  std::string_view anchor = "middle";  // start, middle, end
};

std::string text_element(std::string_view kind, const TextPlace& place, std::string_view text) {
  return fmt::format(R"(<text class="{}" x="{}" y="{}" dx="{}" dy="{}" text-anchor="{}">{}</text>)",
                     kind, percent_of(place.spot.x), percent_of(place.spot.y), em(place.dx_em),
                     em(place.dy_em), place.anchor, markup_text(text));
}

// The narrowest plot, on a page of 320 pixels, and the mean width of a character, both in em.
constexpr double narrowest_ruler_em = 18;
constexpr double ruler_character_em = 0.55;

double place_on(const Ruler& ruler, double value) { return share_of(value, ruler.min, ruler.max); }

// Every other band has a ground of its own, so that their borders show without another line.
std::string ruler_bands(const Ruler& ruler) {
  std::string out;
  for (std::size_t i = 0; i < ruler.bands.size(); ++i) {
    const RulerBand& band = ruler.bands[i];
    const double left = place_on(ruler, band.min);
    const double right = place_on(ruler, band.max);
    if (i % 2 == 0) out += rect_element("section", {left, 0, right, 1});
    const double room = (right - left) * narrowest_ruler_em / ruler_character_em;
    if (static_cast<double>(display_width(band.name)) > room) continue;
    out += text_element("tick", {{(left + right) / 2, 0}, 0, -0.4}, band.name);
  }
  return out;
}

// The axis in the middle, with ticks of a height.
std::string ruler_axis(const Ruler& ruler, const std::vector<double>& tick_values, double height) {
  std::string out = line_element("axis", {0, 0.5}, {1, 0.5});
  for (const double tick : tick_values) {
    const double x = place_on(ruler, tick);
    out += line_element("axis", {x, 0.5 - height / 2}, {x, 0.5 + height / 2});
  }
  return out;
}

std::string ruler_score(const Ruler& ruler, double radius_em) {
  return line_element("range", {place_on(ruler, ruler.low), 0.5},
                      {place_on(ruler, ruler.high), 0.5}) +
         circle_element("point", {place_on(ruler, ruler.score), 0.5}, radius_em);
}

SvgPicture small_ruler(const Ruler& ruler) {
  SvgPicture picture;
  picture.height_em = 1.2;
  picture.margins = {0, 0.5, 0, 0.5};
  picture.body = ruler_axis(ruler, {ruler.min, (ruler.min + ruler.max) / 2, ruler.max}, 0.5) +
                 ruler_score(ruler, 0.42);
  return picture;
}

// The plot of a plane on a page of 320 pixels, in em; on wider ones words take up less of it.
constexpr double narrowest_plane_em = 17;
constexpr double plane_height_em = 20;
constexpr double plane_character_em = 0.56;
constexpr double plane_line_em = 1.25;
constexpr std::size_t most_name_lines = 3;

constexpr std::size_t most_positions = 60;  // more of them run into one another

Spot spot_on(const Plane& plane, double x, double y) {
  return {share_of(x, plane.min_x, plane.max_x), 1 - share_of(y, plane.min_y, plane.max_y)};
}

ShareBox error_box(const Plane& plane, const PlanePoint& point) {
  const Spot top_left = spot_on(plane, point.low_x, point.high_y);
  const Spot bottom_right = spot_on(plane, point.high_x, point.low_y);
  return {top_left.x, top_left.y, bottom_right.x, bottom_right.y};
}

// So far to the left and right of a spot, and so far above and below it.
ShareBox box_around(const Spot& spot, double half_width, double half_height) {
  return {spot.x - half_width, spot.y - half_height, spot.x + half_width, spot.y + half_height};
}

double overlap(const ShareBox& a, const ShareBox& b) {
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

std::string plane_ground(const Plane& plane) {
  std::string out;
  for (const double cut : plane.cuts_x) {
    const double x = spot_on(plane, cut, 0).x;
    out += line_element("cut", {x, 0}, {x, 1});
  }
  for (const double cut : plane.cuts_y) {
    const double y = spot_on(plane, 0, cut).y;
    out += line_element("cut", {0, y}, {1, y});
  }
  out += rect_element("frame", {});
  for (const double tick : ticks(plane.min_x, plane.max_x, 7)) {
    out += text_element("tick", {{spot_on(plane, tick, 0).x, 1}, 0, 1.3}, tick_label(tick));
  }
  for (const double tick : ticks(plane.min_y, plane.max_y, 7)) {
    out +=
        text_element("tick", {{0, spot_on(plane, 0, tick).y}, -0.6, 0.32, "end"}, tick_label(tick));
  }
  constexpr auto columns = static_cast<std::size_t>(narrowest_plane_em / plane_character_em);
  out += text_element("strong", {{0, 0}, -1.5, -0.8, "start"}, fit(plane.y_name, columns));
  out += text_element("strong", {{1, 1}, 0, 2.7, "end"}, fit(plane.x_name, columns));
  return out;
}

// The older, the fainter; the last of them leads to the point.
std::string plane_way(const Plane& plane, const std::vector<PlanePosition>& positions) {
  std::string out;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Spot spot = spot_on(plane, positions[i].x, positions[i].y);
    const bool is_last = i + 1 == positions.size();
    const Spot next = is_last ? spot_on(plane, plane.points.front().x, plane.points.front().y)
                              : spot_on(plane, positions[i + 1].x, positions[i + 1].y);
    const double age =
        static_cast<double>(positions.size() - i) / static_cast<double>(positions.size());
    out += fmt::format(R"(<g opacity="{:.2f}">)", 0.7 - 0.45 * age);
    out += line_element("way", spot, next) + circle_element("trace", spot, 0.25) + "</g>";
  }
  return out;
}

std::string plane_points(const Plane& plane) {
  std::string out;
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    out += rect_element(i == 0 ? "box" : "other-box", error_box(plane, plane.points[i]));
  }
  for (std::size_t i = plane.points.size(); i-- > 0;) {
    const Spot spot = spot_on(plane, plane.points[i].x, plane.points[i].y);
    out += i == 0 ? circle_element("point", spot, 0.55) : diamond_element("other-point", spot);
  }
  return out;
}

// The area between the cuts around its centre.
ShareBox area_bounds(const Plane& plane, const PlaneArea& area) {
  ShareBox bounds;
  for (const double cut : plane.cuts_x) {
    const double x = spot_on(plane, cut, 0).x;
    if (cut <= area.x) bounds.left = std::max(bounds.left, x);
    if (cut > area.x) bounds.right = std::min(bounds.right, x);
  }
  for (const double cut : plane.cuts_y) {
    const double y = spot_on(plane, 0, cut).y;
    if (cut > area.y) bounds.top = std::max(bounds.top, y);
    if (cut <= area.y) bounds.bottom = std::min(bounds.bottom, y);
  }
  return bounds;
}

// What fits an area on the narrowest page.
AreaRoom area_room(const ShareBox& bounds) {
  const double columns = (bounds.right - bounds.left) * narrowest_plane_em / plane_character_em - 1;
  const double lines = (bounds.bottom - bounds.top) * plane_height_em / plane_line_em;
  return {static_cast<std::size_t>(std::max(columns, 0.0)),
          std::min(most_name_lines, static_cast<std::size_t>(std::max(lines, 0.0)))};
}

// How much a block of words would hide: of a point most, of a box or the way a little.
double cost_of_hiding(const Plane& plane, const std::vector<PlanePosition>& positions,
                      const ShareBox& words) {
  double cost = 0;
  for (const PlanePoint& point : plane.points) {
    cost += 100 * overlap(words, box_around(spot_on(plane, point.x, point.y), 0.06, 0.04));
    cost += overlap(words, error_box(plane, point));
  }
  for (const PlanePosition& position : positions) {
    cost += 3 * overlap(words, box_around(spot_on(plane, position.x, position.y), 0.02, 0.015));
  }
  return cost;
}

std::string area_name(const Plane& plane, const std::vector<PlanePosition>& positions,
                      const std::vector<std::string>& lines, const ShareBox& bounds) {
  const double half_width =
      static_cast<double>(widest_line(lines)) * plane_character_em / narrowest_plane_em / 2;
  const double height = static_cast<double>(lines.size()) * plane_line_em / plane_height_em;
  const double x = (bounds.left + bounds.right) / 2;
  const double gap = 0.02;
  const double free = bounds.bottom - bounds.top - height - 2 * gap;
  double best_top = 0;
  double best_cost = -1;
  for (const double way : {0.5, 0.0, 1.0, 0.25, 0.75}) {
    const double top = bounds.top + gap + std::max(free, 0.0) * way;
    const double cost =
        cost_of_hiding(plane, positions, {x - half_width, top, x + half_width, top + height});
    if (best_cost >= 0 && cost >= best_cost) continue;
    best_cost = cost;
    best_top = top;
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double down = plane_line_em * static_cast<double>(i) + 0.95;
    out += text_element("area", {{x, best_top}, 0, down}, lines[i]);
  }
  return out;
}

// The names within their areas; where one does not fit, letters, which the note explains.
std::string area_names(const Plane& plane, const std::vector<PlanePosition>& positions,
                       std::string& note) {
  std::vector<std::string> names;
  std::vector<ShareBox> bounds;
  std::vector<AreaRoom> rooms;
  for (const PlaneArea& area : plane.areas) {
    names.push_back(area.name);
    bounds.push_back(area_bounds(plane, area));
    rooms.push_back(area_room(bounds.back()));
  }
  const auto blocks = names_within(names, rooms);
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    out +=
        area_name(plane, positions, blocks ? (*blocks)[i] : std::vector{area_letter(i)}, bounds[i]);
    if (blocks) continue;
    note += fmt::format("{}{}: {}", note.empty() ? "" : "; ", area_letter(i), names[i]);
  }
  if (!blocks) note += '.';
  return out;
}

std::vector<LegendEntry> plane_legend(const Plane& plane, std::size_t drawn) {
  std::vector<LegendEntry> legend;
  const bool has_names = !plane.points.front().name.empty();
  const std::string alone = plane.earlier.empty() ? "your scores" : "now";
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    legend.push_back({i == 0 ? LegendSign::point : LegendSign::other_point,
                      has_names ? plane.points[i].name : alone});
  }
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    legend.push_back({i == 0 ? LegendSign::box : LegendSign::other_box,
                      has_names ? plane.points[i].name + ", margin of error" : "margin of error"});
  }
  if (drawn == 0) return legend;
  legend.push_back({LegendSign::trace, drawn < plane.earlier.size()
                                           ? "earlier check-ins, means of several"
                                           : "earlier check-ins, the older the fainter"});
  return legend;
}

// Dates of ten characters beside one another fit the narrowest plot up to so many characters.
constexpr std::size_t date_cells = 36;

// Points stay so far from both ends of the axis, in shares of its length.
constexpr double inset = 0.025;

struct SeriesFrame {
  const Series& series;
  double start = 0;
  double span = 0;  // 0 when all check-ins are of one moment

  [[nodiscard]] double x(double at) const {
    return span > 0 ? inset + (1 - 2 * inset) * (at - start) / span : 0.5;
  }
  [[nodiscard]] double y(double value) const { return 1 - share_of(value, series.min, series.max); }
};

std::string series_ground(const SeriesFrame& frame) {
  std::string out;
  const Series& series = frame.series;
  if (series.band) {
    out += rect_element("band", {0, frame.y(series.band->high), 1, frame.y(series.band->low)});
  }
  for (const double tick : ticks(series.min, series.max, 7)) {
    const double y = frame.y(tick);
    out += line_element(tick > series.min ? "grid" : "axis", {0, y}, {1, y});
    out += text_element("tick", {{0, y}, -0.6, 0.32, "end"}, tick_label(tick));
  }
  return out;
}

std::string series_dates(const SeriesFrame& frame) {
  const Axis axis = time_axis(frame.series.marks, date_cells);
  const std::vector<DateLabel> labels = date_labels(frame.series.marks, axis);
  std::string out;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    TextPlace place{{0.5, 1}, 0, 1.5};
    if (labels[i].tick && frame.span > 0) {
      place.spot.x = frame.x(frame.start + frame.span * static_cast<double>(*labels[i].tick) /
                                               static_cast<double>(date_cells - 1));
    }
    if (labels.size() > 1 && i == 0) place.anchor = "start";
    if (labels.size() > 1 && i + 1 == labels.size()) place.anchor = "end";
    out += text_element("tick", place, labels[i].text);
  }
  return out;
}

std::string series_marks(const SeriesFrame& frame, const std::vector<DrawnMark>& marks) {
  std::string out;
  const auto spot = [&](const DrawnMark& mark) {
    return Spot{frame.x(mark.at), frame.y(mark.score)};
  };
  for (std::size_t i = 1; i < marks.size(); ++i) {
    out += line_element("way", spot(marks[i - 1]), spot(marks[i]));
  }
  for (const DrawnMark& mark : marks) {
    const double x = frame.x(mark.at);
    out += line_element("error", {x, frame.y(mark.high)}, {x, frame.y(mark.low)});
  }
  const double radius = marks.size() > 40 ? 0.28 : 0.42;
  for (const DrawnMark& mark : marks) out += circle_element("point", spot(mark), radius);
  return out;
}

std::string row_picture(const Bar& bar) {
  if (!(bar.share > 0)) return {};
  return rect_element("trace", {0, 0.25, std::max(bar.share, 0.02), 0.75});
}

std::string row_picture(const Sparkline& sparkline) {
  const auto& marks = sparkline.marks;
  if (marks.empty()) return {};
  const double start = marks.front().at;
  const double span = marks.back().at - start;
  const auto spot = [&](const Mark& mark) {
    return Spot{span > 0 ? 0.04 + 0.92 * (mark.at - start) / span : 0.5,
                0.92 - 0.84 * share_of(mark.value, sparkline.min, sparkline.max)};
  };
  std::string out;
  for (std::size_t i = 1; i < marks.size(); ++i) {
    out += line_element("way", spot(marks[i - 1]), spot(marks[i]));
  }
  return out + circle_element("trace", spot(marks.back()), 0.2);
}

}  // namespace

SvgPicture svg_picture(const Ruler& ruler) {
  if (ruler.indent > 0) return small_ruler(ruler);
  const std::vector<double> tick_values = ticks(ruler.min, ruler.max, 7);
  SvgPicture picture;
  picture.height_em = 1.8;
  picture.margins = {ruler.bands.empty() ? 0.2 : 1.4, 0.7, 1.4, 0.7};
  picture.body = ruler_bands(ruler) + ruler_axis(ruler, tick_values, 0.4);
  for (const double tick : tick_values) {
    picture.body += text_element("tick", {{place_on(ruler, tick), 1}, 0, 1.1}, tick_label(tick));
  }
  picture.body += ruler_score(ruler, 0.55);
  return picture;
}

SvgPicture svg_picture(const Plane& plane) {
  const std::vector<PlanePosition> positions = drawn_positions(plane.earlier);
  SvgPicture picture;
  picture.height_em = plane_height_em;
  picture.margins = {2, 0.7, 3.2, 1.8};
  picture.body = plane_ground(plane);
  picture.body += area_names(plane, positions, picture.note);
  picture.body += plane_way(plane, positions);
  picture.body += plane_points(plane);
  picture.legend = plane_legend(plane, positions.size());
  return picture;
}

SvgPicture svg_picture(const Series& series) {
  const double start = local_days(series.marks.front().at);
  const SeriesFrame frame{series, start, local_days(series.marks.back().at) - start};
  const std::vector<DrawnMark> marks = drawn_marks(series);
  const bool is_thinned = marks.size() < series.marks.size();
  SvgPicture picture;
  picture.height_em = 13;
  picture.margins = {0.8, 0.6, 2, 1.8};
  picture.body = series_ground(frame) + series_dates(frame) + series_marks(frame, marks);
  picture.legend = {
      {LegendSign::point, is_thinned ? "check-ins close in time, at their mean" : "a check-in"},
      {LegendSign::error, "its margin of error"}};
  if (series.band) {
    picture.legend.push_back(
        {LegendSign::band, fmt::format("your usual range, {}", band_words(series))});
  }
  if (is_thinned) {
    picture.note =
        fmt::format("{} check-ins are drawn as {} marks.", series.marks.size(), marks.size());
  }
  return picture;
}

std::string svg_sign(LegendSign sign) {
  switch (sign) {
    case LegendSign::point:
      return circle_element("point", {0.5, 0.5}, 0.5);
    case LegendSign::other_point:
      return diamond_element("other-point", {0.5, 0.5});
    case LegendSign::trace:
      return line_element("way", {0.1, 0.7}, {0.9, 0.3}) +
             circle_element("trace", {0.1, 0.7}, 0.22) + circle_element("trace", {0.9, 0.3}, 0.22);
    case LegendSign::box:
      return rect_element("box", {0.05, 0, 0.95, 1});
    case LegendSign::other_box:
      return rect_element("other-box", {0.05, 0, 0.95, 1});
    case LegendSign::error:
      return R"(<line class="error" x1="50%" y1="0" x2="50%" y2="100%"/>)";
    case LegendSign::band:
      return rect_element("band", {});
  }
  return {};
}

std::string svg_in_row(const Picture& picture) {
  return std::visit([](const auto& any) { return row_picture(any); }, picture);
}

}  // namespace attune::report
