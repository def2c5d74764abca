// SPDX-License-Identifier: MIT
#include "attune/text.hpp"

#include "report/axis.hpp"
#include "report/drawing.hpp"
#include "report/markup.hpp"

namespace attune::detail {
namespace {

// The narrowest plot, on a page of 320 pixels, and the mean width of a character, both in em.
constexpr double narrowest_em = 18;
constexpr double character_em = 0.55;

constexpr double axis_at = 0.5;

double place_of(const Ruler& ruler, double value) { return share_of(value, ruler.min, ruler.max); }

// Every other band has a ground of its own, so that their borders show without another line.
std::string draw_bands(const Ruler& ruler) {
  std::string out;
  for (std::size_t i = 0; i < ruler.bands.size(); ++i) {
    const RulerBand& band = ruler.bands[i];
    const double left = place_of(ruler, band.min);
    const double right = place_of(ruler, band.max);
    if (i % 2 == 0) out += rect_element("section", left, 0, right, 1);
    const double room = (right - left) * narrowest_em / character_em;
    if (static_cast<double>(display_width(band.name)) > room) continue;
    out += text_element("tick", {(left + right) / 2, 0, 0, -0.4}, band.name);
  }
  return out;
}

std::string draw_axis(const Ruler& ruler, const std::vector<double>& tick_values,
                      std::string_view tick_top, std::string_view tick_bottom) {
  const std::string middle = percent_of(axis_at);
  std::string out = line_element("axis", "0%", middle, "100%", middle);
  for (const double tick : tick_values) {
    const std::string x = percent_of(place_of(ruler, tick));
    out += line_element("axis", x, std::string(tick_top), x, std::string(tick_bottom));
  }
  return out;
}

std::string draw_score(const Ruler& ruler, double radius_em) {
  const std::string middle = percent_of(axis_at);
  return line_element("range", percent_of(place_of(ruler, ruler.low)), middle,
                      percent_of(place_of(ruler, ruler.high)), middle) +
         circle_element("point", place_of(ruler, ruler.score), axis_at, radius_em);
}

Drawing draw_small(const Ruler& ruler) {
  Drawing drawing;
  drawing.height_em = 1.2;
  drawing.margins = {0, 0.5, 0, 0.5};
  drawing.body =
      draw_axis(ruler, {ruler.min, (ruler.min + ruler.max) / 2, ruler.max}, "25%", "75%") +
      draw_score(ruler, 0.42);
  return drawing;
}

}  // namespace

Drawing draw(const Ruler& ruler) {
  if (ruler.indent > 0) return draw_small(ruler);
  const std::vector<double> tick_values = ticks(ruler.min, ruler.max, 7);
  Drawing drawing;
  drawing.height_em = 1.8;
  drawing.margins = {ruler.bands.empty() ? 0.2 : 1.4, 0.7, 1.4, 0.7};
  drawing.body = draw_bands(ruler) + draw_axis(ruler, tick_values, "30%", "70%");
  for (const double tick : tick_values) {
    drawing.body += text_element("tick", {place_of(ruler, tick), 1, 0, 1.1}, tick_label(tick));
  }
  drawing.body += draw_score(ruler, 0.55);
  return drawing;
}

}  // namespace attune::detail
