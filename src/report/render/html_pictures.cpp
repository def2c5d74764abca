// SPDX-License-Identifier: MIT
// Pictures as SVG. What belongs to a value is placed in percent of the plot, words and signs in em,
// so that one drawing serves a page of any width, at any size of type.
#include <algorithm>
#include <array>
#include <cmath>
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

// Where `value` lies on the range of a ruler, a series or a dimension, as a share of 1.
template <class Scaled>
double share_of(double value, const Scaled& on) {
  if (!(on.max > on.min)) return 0;
  return std::clamp((value - on.min) / (on.max - on.min), 0.0, 1.0);
}

// "33.33%": a share of 1, at most two decimals; outside of 0..1 (and no number) the nearest end.
std::string percent_of(double share) {
  const double within = share > 0 ? std::min(share, 1.0) : 0.0;  // NaN becomes 0
  return render_decimal(within * 100, 2) + '%';
}

// "1.5em"
std::string em(double value) { return render_decimal(value, 2) + "em"; }

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

// A number to the left of its place on a vertical axis.
std::string row_number(double y, double value) {
  return text_element("tick", {{0, y}, -0.6, 0.32, "end"}, tick_label(value));
}

// The picture, spoken as one sentence; page.css gives it its size, and room for ticks and names.
std::string drawing(const std::string& spoken, const std::string& elements) {
  return fmt::format(R"(<svg class="drawing" role="img" aria-label="{}">{}</svg>)",
                     markup_text(spoken), elements);
}

// What a sign means; it is drawn as in the picture, within 2.4 em by 1 em.
std::string legend_entry(const std::string& sign, const std::string& text) {
  return fmt::format(R"(<li><svg aria-hidden="true">{}</svg><span>{}</span></li>)", sign,
                     markup_text(text));
}

std::string quiet_line(const std::string& text) {
  return fmt::format(R"(<p class="end">{}</p>)", markup_text(text));
}

// `note`: what else has to be known to read the picture; may be empty.
std::string legend_of(const std::string& entries, const std::string& note) {
  return R"(<ul class="legend">)" + entries + "</ul>" + (note.empty() ? "" : quiet_line(note));
}

// The narrowest plot, on a page of 320 pixels, and the mean width of a character, both in em.
constexpr double narrowest_ruler_em = 18;
constexpr double ruler_character_em = 0.55;

// Every other band has a ground of its own, so that their borders show without another line.
std::string ruler_bands(const Ruler& ruler) {
  std::string out;
  for (std::size_t i = 0; i < ruler.bands.size(); ++i) {
    const RulerBand& band = ruler.bands[i];
    const double left = share_of(band.min, ruler);
    const double right = share_of(band.max, ruler);
    if (i % 2 == 0) out += rect_element("section", {left, 0, right, 1});
    const double room = (right - left) * narrowest_ruler_em / ruler_character_em;
    if (static_cast<double>(display_width(band.name)) > room) continue;
    out += text_element("tick", {{(left + right) / 2, 0}, 0, -0.4}, band.name);
  }
  return out;
}

// The line with its ticks, `half_tick` to either side, as a share of the height.
std::string ruler_line(const Ruler& ruler, const std::vector<double>& tick_values,
                       double half_tick) {
  std::string out = line_element("axis", {0, 0.5}, {1, 0.5});
  for (const double tick : tick_values) {
    const double x = share_of(tick, ruler);
    out += line_element("axis", {x, 0.5 - half_tick}, {x, 0.5 + half_tick});
  }
  return out;
}

// The score and its likely range.
std::string ruler_score(const Ruler& ruler, double r_em) {
  return line_element("range", {share_of(ruler.low, ruler), 0.5},
                      {share_of(ruler.high, ruler), 0.5}) +
         circle_element("point", {share_of(ruler.score, ruler), 0.5}, r_em);
}

std::string ruler_drawing(const Ruler& ruler) {
  const std::vector<double> tick_values = ticks(ruler.min, ruler.max, 7);
  std::string out = ruler_bands(ruler) + ruler_line(ruler, tick_values, 0.2);
  for (const double tick : tick_values) {
    out += text_element("tick", {{share_of(tick, ruler), 1}, 0, 1.1}, tick_label(tick));
  }
  return drawing(sentence(ruler), out + ruler_score(ruler, 0.55));
}

// Both sides of the plot of a plane on a page of 320 pixels, in em; on wider ones words take up
// less of it. It is a square, so that a step on one dimension is as long as one on the other.
constexpr double narrowest_plane_em = 17;
constexpr double plane_character_em = 0.56;
constexpr double plane_line_em = 1.25;
constexpr std::size_t most_name_lines = 3;

Spot spot_on(const Plane& plane, double x, double y) {
  return {share_of(x, plane.x), 1 - share_of(y, plane.y)};
}

// The margins of a point, or an area.
template <class Box>
ShareBox box_on(const Plane& plane, const Box& box) {
  const Spot top_left = spot_on(plane, box.low_x, box.high_y);
  const Spot bottom_right = spot_on(plane, box.high_x, box.low_y);
  return {top_left.x, top_left.y, bottom_right.x, bottom_right.y};
}

double overlap(const ShareBox& a, const ShareBox& b) {
  const double width = std::min(a.right, b.right) - std::max(a.left, b.left);
  const double height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

ShareBox around(const Spot& spot, double half) {
  return {spot.x - half, spot.y - half, spot.x + half, spot.y + half};
}

std::string plane_ground(const Plane& plane) {
  std::string out;
  for (const double cut : plane.x.cuts) {
    const double x = spot_on(plane, cut, 0).x;
    out += line_element("cut", {x, 0}, {x, 1});
  }
  for (const double cut : plane.y.cuts) {
    const double y = spot_on(plane, 0, cut).y;
    out += line_element("cut", {0, y}, {1, y});
  }
  out += rect_element("frame", {});
  for (const double tick : ticks(plane.x.min, plane.x.max, 7)) {
    out += text_element("tick", {{spot_on(plane, tick, 0).x, 1}, 0, 1.3}, tick_label(tick));
  }
  for (const double tick : ticks(plane.y.min, plane.y.max, 7)) {
    out += row_number(spot_on(plane, 0, tick).y, tick);
  }
  constexpr auto columns = static_cast<std::size_t>(narrowest_plane_em / plane_character_em);
  out += text_element("strong", {{0, 0}, -1.5, -0.8, "start"}, fit(plane.y.name, columns));
  out += text_element("strong", {{1, 1}, 0, 2.7, "end"}, fit(plane.x.name, columns));
  return out;
}

// A name as it fits an area on the narrowest page.
std::vector<std::string> label_in(const ShareBox& area, const std::string& name) {
  const double columns = (area.right - area.left) * narrowest_plane_em / plane_character_em - 1;
  const double lines = (area.bottom - area.top) * narrowest_plane_em / plane_line_em;
  return area_label(name, static_cast<std::size_t>(std::max(columns, 0.0)),
                    std::min(most_name_lines, static_cast<std::size_t>(std::max(lines, 0.0))));
}

// How much a block of words would hide: of a point most, of a cut less, of a box or of letters that
// stand already a little.
double cost_of_hiding(const Plane& plane, const ShareBox& words,
                      const std::vector<Spot>& letters = {}) {
  double cost = 0;
  for (const PlanePoint& point : plane.points) {
    cost += 100 * overlap(words, around(spot_on(plane, point.x, point.y), 0.07));
    cost += overlap(words, box_on(plane, point));
  }
  for (const double cut : plane.x.cuts) {
    const double x = spot_on(plane, cut, 0).x;
    cost += 100 * overlap(words, {x - 0.005, 0, x + 0.005, 1});
  }
  for (const double cut : plane.y.cuts) {
    const double y = spot_on(plane, 0, cut).y;
    cost += 100 * overlap(words, {0, y - 0.005, 1, y + 0.005});
  }
  for (const Spot& spot : letters) cost += 3 * overlap(words, around(spot, 0.02));
  return cost;
}

// Each point's letter at the corner of it that hides least, those away from the cuts in the middle
// first, but not beyond the frame.
std::string plane_letters(const Plane& plane) {
  constexpr double away = 0.95 / narrowest_plane_em;
  constexpr double half = 0.45 / narrowest_plane_em;
  const auto outward = [](double at) {
    const bool has_room = std::abs(at - 0.5) < 0.4;
    return (at < 0.5) == has_room ? -away : away;
  };
  std::string out;
  std::vector<Spot> spots;  // of letters
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    const Spot point = spot_on(plane, plane.points[i].x, plane.points[i].y);
    const double right = outward(point.x);
    const double down = outward(point.y);
    const auto cost = [&](const Spot& by) {
      return cost_of_hiding(plane, around({point.x + by.x, point.y + by.y}, half), spots);
    };
    const std::array<Spot, 4> corners{
        {{right, down}, {right, -down}, {-right, down}, {-right, -down}}};
    const Spot best = *std::ranges::min_element(corners, {}, cost);
    spots.push_back({point.x + best.x, point.y + best.y});
    out += text_element("letter",
                        {point, best.x * narrowest_plane_em, best.y * narrowest_plane_em + 0.36},
                        letter_of(plane, i));
  }
  return out;
}

// A point alone has the box of its margins; several have crosses, which stay apart, and letters.
std::string plane_points(const Plane& plane) {
  const bool is_alone = plane.points.size() == 1;
  std::string margins;
  std::string points;
  for (const PlanePoint& point : plane.points) {
    const Spot spot = spot_on(plane, point.x, point.y);
    const ShareBox box = box_on(plane, point);
    margins += is_alone ? rect_element("box", box)
                        : line_element("cross", {box.left, spot.y}, {box.right, spot.y}) +
                              line_element("cross", {spot.x, box.top}, {spot.x, box.bottom});
    points += circle_element("point", spot, is_alone ? 0.55 : 0.45);
  }
  return margins + points + (is_alone ? "" : plane_letters(plane));
}

std::string area_name(const Plane& plane, const std::vector<std::string>& lines,
                      const ShareBox& area) {
  const double half_width =
      static_cast<double>(widest_line(lines)) * plane_character_em / narrowest_plane_em / 2;
  const double height = static_cast<double>(lines.size()) * plane_line_em / narrowest_plane_em;
  const double x = (area.left + area.right) / 2;
  const double gap = 0.02;
  const double free = std::max(area.bottom - area.top - height - 2 * gap, 0.0);
  const auto top_at = [&](double share) { return area.top + gap + free * share; };
  const auto cost = [&](double share) {
    const double top = top_at(share);
    return cost_of_hiding(plane, {x - half_width, top, x + half_width, top + height});
  };
  constexpr std::array places{0.5, 0.0, 1.0, 0.25, 0.75};  // the middle where it hides no more
  const double best_top = top_at(*std::ranges::min_element(places, {}, cost));
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double down = plane_line_em * static_cast<double>(i) + 0.95;
    out += text_element("area", {{x, best_top}, 0, down}, lines[i]);
  }
  return out;
}

// The names within their areas; one that does not fit is left to the words below the picture.
std::string area_names(const Plane& plane) {
  std::string out;
  for (const PlaneArea& area : plane.areas) {
    const ShareBox box = box_on(plane, area);
    out += area_name(plane, label_in(box, area.name), box);
  }
  return out;
}

std::string plane_legend(const Plane& plane) {
  if (plane.points.size() == 1) {
    const std::string& name = plane.points.front().name;
    return legend_of(legend_entry(circle_element("point", {0.5, 0.5}, 0.5),
                                  name.empty() ? "your scores" : name) +
                         legend_entry(rect_element("box", {0.05, 0, 0.95, 1}), "margin of error"),
                     "");
  }
  std::string entries;
  for (std::size_t i = 0; i < plane.points.size(); ++i) {
    entries += fmt::format("<li><b>{}</b><span>{}</span></li>", letter_of(plane, i),
                           markup_text(plane.points[i].name));
  }
  const std::string cross =
      line_element("cross", {0.05, 0.5}, {0.95, 0.5}) + line_element("cross", {0.5, 0}, {0.5, 1});
  return legend_of(entries + legend_entry(cross, "margins of error"), "");
}

// Dates of ten characters beside one another fit the narrowest plot up to so many characters.
constexpr std::size_t date_cells = 44;

// Points stay so far from both ends of the axis, in shares of its length.
constexpr double inset = 0.025;

// With more check-ins than these their margins would cover everything.
constexpr std::size_t most_margins = 60;

std::string series_elements(const Series& series, const std::vector<DrawnMark>& marks) {
  const double start = local_days(series.marks.front().at);
  const double span = local_days(series.marks.back().at) - start;
  const auto x = [&](double at) {
    return span > 0 ? inset + (1 - 2 * inset) * (at - start) / span : 0.5;
  };
  const auto y = [&](double value) { return 1 - share_of(value, series); };
  const auto spot = [&](const DrawnMark& mark) { return Spot{x(mark.at), y(mark.score)}; };

  std::string out;
  if (const auto& stretch = series.different) {
    out += rect_element("stretch", {x(local_days(stretch->first)) - inset, 0,
                                    x(local_days(stretch->last)) + inset, 1});
  }
  if (const auto& band = series.band) {
    const double end = band->until ? x(local_days(*band->until)) + inset : 1;
    out += rect_element("band", {0, y(band->high), end, y(band->low)});
  }
  for (const double tick : ticks(series.min, series.max, 7)) {
    out += line_element(tick > series.min ? "grid" : "axis", {0, y(tick)}, {1, y(tick)});
    out += row_number(y(tick), tick);
  }
  const std::vector<DateLabel> labels = date_labels(series, time_axis(series.marks, date_cells));
  for (const DateLabel& label : labels) {
    TextPlace place{{0.5, 1}, 0, 1.5};
    if (label.tick && span > 0) {
      place.spot.x =
          x(start + span * static_cast<double>(*label.tick) / static_cast<double>(date_cells - 1));
    }
    if (labels.size() > 1 && label.tick == 0) place.anchor = "start";
    if (labels.size() > 1 && label.tick == date_cells - 1) place.anchor = "end";
    out += text_element("tick", place, label.text);
  }
  for (std::size_t i = 1; i < marks.size(); ++i) {
    out += line_element("way", spot(marks[i - 1]), spot(marks[i]));
  }
  for (const SeriesLevel& level : series.levels) {
    out += line_element("level", {x(local_days(level.first)), y(level.from)},
                        {x(local_days(level.last)), y(level.to)});
  }
  for (const DrawnMark& mark : marks) {
    if (marks.size() > most_margins) break;
    out += line_element("error", {x(mark.at), y(mark.high)}, {x(mark.at), y(mark.low)});
  }
  const double radius = marks.size() > 40 ? 0.28 : 0.42;
  for (const DrawnMark& mark : marks) out += circle_element("point", spot(mark), radius);
  return out;
}

std::string series_legend(const Series& series, std::size_t drawn) {
  const bool is_thinned = drawn < series.marks.size();
  std::string entries =
      legend_entry(circle_element("point", {0.5, 0.5}, 0.5),
                   is_thinned ? "check-ins close in time, at their mean" : "a check-in");
  std::string note;
  if (drawn <= most_margins) {
    entries += legend_entry(R"(<line class="error" x1="50%" y1="0" x2="50%" y2="100%"/>)",
                            "its margin of error");
  } else {
    note = fmt::format("The margin of error of one check-in is ± {}.", margin_words(series));
  }
  if (series.band) {
    entries += legend_entry(rect_element("band", {}), band_words(series));
  }
  if (!series.levels.empty()) {
    entries +=
        legend_entry(line_element("level", {0, 0.5}, {1, 0.5}), "average, " + level_words(series));
  }
  if (series.different) {
    entries += legend_entry(rect_element("stretch", {}), "different " + different_words(series));
  }
  if (is_thinned) {
    note += fmt::format(" {} check-ins are drawn as {} marks.", series.marks.size(), drawn);
  }
  return legend_of(entries, note);
}

std::string html_end(double value, const std::string& label) {
  return label.empty() ? "" : quiet_line(tick_label(value) + ": " + label);
}

std::string row_picture(const Bar& bar) {
  const std::string filled =
      bar.share > 0 ? rect_element("trace", {0, 0.25, std::max(bar.share, 0.02), 0.75}) : "";
  return R"(<svg class="bar" aria-hidden="true">)" + filled + "</svg>";
}

// The newest mark is a point; the ends of the part of the scale stand beside it.
std::string row_picture(const Series& series) {
  const auto& marks = series.marks;
  if (marks.empty()) return {};
  const double start = local_days(marks.front().at);
  const double span = local_days(marks.back().at) - start;
  const auto spot = [&](const SeriesMark& mark) {
    return Spot{span > 0 ? 0.02 + 0.93 * (local_days(mark.at) - start) / span : 0.5,
                0.9 - 0.8 * share_of(mark.score, series)};
  };
  std::string out =
      line_element("grid", {0, 0.1}, {1, 0.1}) + line_element("grid", {0, 0.9}, {1, 0.9});
  for (std::size_t i = 1; i < marks.size(); ++i) {
    out += line_element("way", spot(marks[i - 1]), spot(marks[i]));
  }
  return fmt::format(R"(<div class="course" aria-hidden="true"><svg aria-hidden="true">{}{}</svg>)"
                     R"(<span>{}</span><span>{}</span></div>)",
                     out, circle_element("trace", spot(marks.back()), 0.28),
                     shown(series.max, series), shown(series.min, series));
}

std::string row_picture(const Ruler& ruler) {
  const std::vector<double> ends_and_middle{ruler.min, (ruler.min + ruler.max) / 2, ruler.max};
  return fmt::format(R"(<div class="line">{}</div>)",
                     drawing(sentence(ruler),
                             ruler_line(ruler, ends_and_middle, 0.25) + ruler_score(ruler, 0.42)));
}

}  // namespace

std::string html_figure(const Ruler& ruler) {
  std::string ends;
  if (!ruler.low_label.empty() || !ruler.high_label.empty()) {
    ends = fmt::format(R"(<div class="ends"><span>{}</span><span>{}</span></div>)",
                       markup_text(ruler.low_label), markup_text(ruler.high_label));
  }
  return fmt::format(R"(<figure class="ruler"><figcaption><b>{}</b><span class="value">{}</span>)"
                     R"(<span class="quiet">{}</span></figcaption>{}{}</figure>)",
                     markup_text(ruler.name), markup_text(ruler.value), markup_text(ruler.remark),
                     ruler_drawing(ruler), ends);
}

std::string html_figure(const Plane& plane) {
  const std::string elements = plane_ground(plane) + area_names(plane) + plane_points(plane);
  return fmt::format(R"(<figure class="plane">{}{}</figure>)", drawing(sentence(plane), elements),
                     plane_legend(plane));
}

std::string html_figure(const Series& series) {
  const std::vector<DrawnMark> marks = drawn_marks(series);
  return fmt::format(
      R"(<figure class="series"><figcaption><b>{}</b></figcaption>{}{}{}{}</figure>)",
      markup_text(series.name), html_end(series.max, series.high_label),
      drawing(sentence(series), series_elements(series, marks)),
      html_end(series.min, series.low_label), series_legend(series, marks.size()));
}

std::string html_in_row(const Picture& picture) {
  return std::visit([](const auto& any) { return row_picture(any); }, picture);
}

}  // namespace attune::report
