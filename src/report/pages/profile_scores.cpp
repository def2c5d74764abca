// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// Of the range: half a step of 1..7. Further off, a facet leans towards an end.
constexpr double near_the_middle = 1.0 / 12;

constexpr std::size_t most_facets_in_short = 2;  // of each scale

// A share written with four decimals is meant, as 0.3333 is for a third.
constexpr double share_tolerance = 1e-3;

ScoreRange profile_range(const Profile& profile, std::size_t scale) {
  return range_of(profile.questionnaire, profile.scores, scale);
}

std::string words_of_id(std::string id) {
  std::ranges::replace_if(
      id, [](char c) { return c == '-' || c == '_'; }, ' ');
  return id;
}

// A main scale that the form does not ask about at all was left out on purpose.
bool is_on_page(const Profile& profile, std::size_t scale) {
  return profile.scores[scale].items > 0 &&
         interpretation::is_shown_alone(profile.questionnaire, profile.scores, scale);
}

std::string not_scored(const std::string& name, const std::string& reason) {
  return with_full_stop(fmt::format("{} is not scored: {}", name, reason));
}

// "middle", or "middle (could be low)" when the interval reaches into other bands.
std::string band_in_words(const Profile& profile, std::size_t scale, std::string_view open = " (",
                          std::string_view close = ")") {
  const Scale& definition = profile.questionnaire.scales[scale];
  const Estimate& estimate = *profile.scores[scale].estimate;
  const std::optional<std::size_t> band = interpretation::band_of(definition, estimate.score);
  if (!band) return {};
  std::vector<std::string> others;
  for (const double end : {estimate.low, estimate.high}) {
    const std::optional<std::size_t> other = interpretation::band_of(definition, end);
    if (other && *other != *band) others.push_back(words_of_id(definition.bands[*other].id));
  }
  const std::string could_be =
      others.empty() ? "" : fmt::format("{}could be {}{}", open, joined(others, " or "), close);
  return words_of_id(definition.bands[*band].id) + could_be;
}

// With one more decimal where a rounded one would read as of another band.
std::string shown_score(const Profile& profile, std::size_t scale) {
  const double score = profile.scores[scale].estimate->score;
  std::string text = shown(score, profile_range(profile, scale));
  const auto band_at = [&](double value) {
    return interpretation::band_of(profile.questionnaire.scales[scale], value);
  };
  const bool is_told = band_at(parse_decimal(text).value_or(score)) == band_at(score);
  return is_told ? text : render_fixed(score, 2);
}

// Bands are half-open, each up to where the next begins.
std::vector<RulerBand> ruler_bands(const Scale& scale, ScoreRange range) {
  std::vector<RulerBand> bands;
  double from = range.min;
  for (const Band& band : scale.bands) {
    const double to = std::min(band.below.value_or(range.max), range.max);
    if (to > from) bands.push_back({words_of_id(band.id), from, to});
    from = std::max(from, to);
  }
  return bands;
}

// One line on where a scale's score lies among the samples whose norms apply; nothing without any.
std::string norms_in_words(const Profile& profile, std::size_t scale) {
  std::vector<std::string> places;
  for (const auto& [index, position] :
       scoring::norm_readings(profile.questionnaire, scale, profile.scores[scale])) {
    const Norm& norm = profile.questionnaire.scales[scale].norms[index];
    // A percentile is rounded to 5, so what is shown as 1 or 99 lies below 2.5 or above 97.5.
    std::string share = fmt::format("about {} in 100", render_decimal(position.percentile, 0));
    if (position.percentile < 2.5) share = "fewer than 3 in 100";
    if (position.percentile > 97.5) share = "more than 97 in 100";
    std::string people = std::to_string(norm.n);
    for (std::size_t end = people.size(); end > 3; end -= 3) people.insert(end - 3, ",");
    const bool is_normal = position.method == scoring::NormMethod::normal;
    places.push_back(fmt::format("{} {} (n = {}{})", share, norm.sample, people,
                                 is_normal ? ", by a normal curve" : ""));
  }
  if (places.empty()) return {};
  return fmt::format("For comparison, this score or a lower one: {}.", joined(places, ", "));
}

// The place of a score in its range: 0 at the low end, 1 at the high one; -1 where it has none.
double relative_score(const Profile& profile, std::size_t scale) {
  const auto& estimate = profile.scores[scale].estimate;
  const ScoreRange range = profile_range(profile, scale);
  return estimate ? (estimate->score - range.min) / (range.max - range.min) : -1;
}

// What the end means on whose side of the middle the whole margin of error lies.
std::string pole_of(const Profile& profile, std::size_t scale) {
  const Estimate& estimate = *profile.scores[scale].estimate;
  const ScoreRange range = profile_range(profile, scale);
  const double middle = (range.min + range.max) / 2;
  if (estimate.low > middle) return profile.questionnaire.scales[scale].high;
  return estimate.high < middle ? profile.questionnaire.scales[scale].low : "";
}

Ruler scale_ruler(const Profile& profile, std::size_t scale) {
  const Scale& definition = profile.questionnaire.scales[scale];
  const Estimate& estimate = *profile.scores[scale].estimate;
  const ScoreRange range = profile_range(profile, scale);
  Ruler ruler = ruler_with(definition.name, range, estimate, definition.low, definition.high);
  ruler.value.replace(0, shown(estimate.score, range).size(), shown_score(profile, scale));
  return ruler;
}

// The facets of a scale, strongest first, then those that are not scored; equal ones in the order
// of the definition.
void add_facets(Document& document, const Profile& profile, std::size_t parent) {
  const auto& scales = profile.questionnaire.scales;
  std::vector<std::size_t> facets;
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (scales[i].parent == parent && is_on_page(profile, i)) facets.push_back(i);
  }
  std::ranges::stable_sort(facets, std::ranges::greater{},
                           [&](std::size_t facet) { return relative_score(profile, facet); });
  Table table = table_with({"Facet"}, {"Score"});
  add_column(table, "Meaning");
  Document others;
  for (const std::size_t facet : facets) {
    const Scale& scale = scales[facet];
    const ScaleScore& score = profile.scores[facet];
    if (!score.estimate) {
      // Where the whole is not scored, that says enough.
      if (profile.scores[parent].estimate) say(others, not_scored(scale.name, score.reason));
      continue;
    }
    Ruler ruler = scale_ruler(profile, facet);
    ruler.remark = pole_of(profile, facet);
    if (ruler.remark.empty()) {
      const double off_middle = relative_score(profile, facet) - 0.5;
      ruler.remark = std::abs(off_middle) < near_the_middle
                         ? "near the middle"
                         : "perhaps " + (off_middle > 0 ? scale.high : scale.low);
    }
    if (score.answered < score.items) {
      ruler.remark += ", answered " + count_of(score.answered, score.items);
    }
    add_ruler(table, std::move(ruler));
  }
  if (!table.rows.empty()) {
    say(document, Tone::quiet, "Its facets, highest first:");
    document.emplace_back(std::move(table));
  }
  document.insert(document.end(), others.begin(), others.end());
}

// The text of the band that holds the whole margin of error, and the sentences.
std::string words_under(const Profile& profile, std::size_t scale) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const Scale& definition = questionnaire.scales[scale];
  const Estimate& estimate = *profile.scores[scale].estimate;
  std::vector<std::string> words;
  const auto band = interpretation::band_of(definition, estimate.low);
  if (band && band == interpretation::band_of(definition, estimate.high)) {
    words.push_back(definition.bands[*band].text);
  }
  for (const std::size_t index : profile.interpretation.sentences) {
    const Sentence& sentence = questionnaire.sentences[index];
    if (sentence.under != scale) continue;
    words.push_back(addressed(questionnaire, sentence.text, about_of(profile)));
  }
  std::erase(words, "");
  return joined(words, " ");
}

void add_main_scale(Document& document, const Profile& profile, std::size_t index) {
  const Scale& scale = profile.questionnaire.scales[index];
  const ScaleScore& score = profile.scores[index];
  if (!score.estimate) {
    say(document, not_scored(scale.name, score.reason));
  } else {
    Ruler ruler = scale_ruler(profile, index);
    ruler.bands = ruler_bands(scale, profile_range(profile, index));
    const std::string band = band_in_words(profile, index);
    ruler.remark = fmt::format("{}{}answered {}", band, band.empty() ? "" : ", ",
                               count_of(score.answered, score.items));
    document.emplace_back(std::move(ruler));
    say(document, words_under(profile, index));
    say(document, Tone::quiet, norms_in_words(profile, index));
  }
  add_facets(document, profile, index);
}

void add_main_scales(Document& document, const Profile& profile) {
  const auto& scales = profile.questionnaire.scales;
  bool has_any = false;
  bool has_norms = false;
  bool lacks_scales = false;
  bool lacks_facets = false;
  std::vector<std::string> published;  // whose margins do not come from this sitting
  for (std::size_t i = 0; i < scales.size(); ++i) {
    has_norms = has_norms || (!scales[i].parent && !norms_in_words(profile, i).empty());
    const auto& estimate = profile.scores[i].estimate;
    if (!is_on_page(profile, i)) {
      (scales[i].parent ? lacks_facets : lacks_scales) = true;
    } else if (estimate) {
      has_any = true;
      if (estimate->method == ErrorMethod::classical) published.push_back(scales[i].name);
    }
  }
  document.emplace_back(Heading{2, "Your scores"});
  if (has_any) {
    say(document,
        "A score is an estimate: with many more statements of this kind it would most likely come "
        "out within the margin shown here (±). The margin says nothing about good and bad days: "
        "next week you might answer differently.");
  }
  if (!published.empty()) {
    say(document, Tone::quiet,
        fmt::format("The margin rests on published reliability and norms for: {}.",
                    joined(published, ", ")));
  }
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (!scales[i].parent && is_on_page(profile, i)) add_main_scale(document, profile, i);
  }
  // What the form says too little about, in one line rather than a reason for each.
  if (lacks_scales) {
    say(document, Tone::quiet, "Scales that this form does not ask about are left out.");
  }
  if (lacks_facets) {
    say(document, Tone::quiet,
        "This form has too few statements for the facets, so they are left out.");
  }
  if (has_norms) {
    say(document, Tone::quiet,
        "A sample is other people who answered the same statements. It shows what was common among "
        "them, not what is right for you.");
  }
}

// Those that the form can't have are left out.
void add_derived(Document& document, const Profile& profile) {
  Document blocks;
  bool is_any_scored = false;
  for (std::size_t i = 0; i < profile.questionnaire.derived.size(); ++i) {
    const Derived& derived = profile.questionnaire.derived[i];
    const ScaleScore& score = profile.derived[i];
    is_any_scored = is_any_scored || score.estimate;
    // The form asks for every scale that it is made of.
    const bool is_possible = std::ranges::all_of(
        derived.terms, [&](const Term& term) { return profile.scores[term.scale].items > 0; });
    if (!is_possible) continue;
    if (!score.estimate) {
      say(blocks, not_scored(derived.name, score.reason));
      continue;
    }
    const ScoreRange range = scoring::derived_range(profile.questionnaire, profile.form, i);
    Ruler ruler = ruler_with(derived.name, range, *score.estimate, derived.low, derived.high);
    ruler.remark = "derived: " + terms_in_words(profile.questionnaire, derived);
    blocks.emplace_back(std::move(ruler));
  }
  if (blocks.empty()) return;
  document.emplace_back(Heading{2, "Derived scores"});
  if (is_any_scored) {
    say(document,
        "Worked out from the scores above. No question asks about them directly, and their margins "
        "carry the margins of all the scores they are made of.");
  }
  document.insert(document.end(), blocks.begin(), blocks.end());
}

// A name stands in the middle of the largest rectangle between borders that its region covers.
std::vector<PlaneArea> named_areas(const Questionnaire& questionnaire, std::size_t x_scale,
                                   const Plane& plane) {
  const auto borders = [](const PlaneAxis& axis) {
    std::vector<double> values = axis.cuts;
    values.insert(values.begin(), axis.min);
    values.push_back(axis.max);
    return values;
  };
  const std::vector<double> xs = borders(plane.x);
  const std::vector<double> ys = borders(plane.y);
  std::vector<PlaneArea> areas;
  for (const Region& region : questionnaire.regions) {
    const auto holds_at = [&](double x, double y) {
      return holds(region.when, [&](const Condition& condition) {
        return within(condition, condition.index == x_scale ? x : y);
      });
    };
    PlaneArea area;
    double largest = 0;
    for (std::size_t i = 1; i < xs.size(); ++i) {
      for (std::size_t j = 1; j < ys.size(); ++j) {
        const double size = (xs[i] - xs[i - 1]) * (ys[j] - ys[j - 1]);
        const bool is_covered = holds_at((xs[i] + xs[i - 1]) / 2, (ys[j] + ys[j - 1]) / 2);
        if (size <= largest || !is_covered) continue;
        largest = size;
        area = {region.name, xs[i - 1], xs[i], ys[j - 1], ys[j]};
      }
    }
    if (largest > 0) areas.push_back(std::move(area));
  }
  return areas;
}

// Where the point is and how sure that is, said before the region's text.
std::string place_words(const Questionnaire& questionnaire,
                        const interpretation::RegionReading& reading) {
  const auto quoted = [&](std::size_t region) {
    return fmt::format("'{}'", questionnaire.regions[region].name);
  };
  std::vector<std::size_t> regions{reading.region};
  regions.insert(regions.end(), reading.neighbours.begin(), reading.neighbours.end());
  std::vector<double> probabilities;
  for (const std::size_t region : regions) probabilities.push_back(reading.probabilities[region]);
  std::vector<std::string> parts = chances(probabilities);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i] += " for " + quoted(regions[i]);
  const std::string all = joined(parts, ", ", " and ");
  if (!interpretation::is_clear(reading)) {
    return fmt::format(
        "Your answers are between areas: with the margin of error, the chances are {}. No name "
        "fits well enough to settle on; the scores above say more.",
        all);
  }
  const std::string place = "Your answers fall in the area " + quoted(reading.region);
  if (!reading.near_border) return place + ", even allowing for both margins of error.";
  return fmt::format("{}, near its border: with the margin of error, the chances are {}.", place,
                     all);
}

// The plane, its border in words, the region's text, what a region is not.
void add_plane(Document& document, const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  if (!plane_axes(questionnaire)) return;
  std::optional<Plane> plane = plane_with(questionnaire, profile.scores);
  if (!plane) {
    return say(document, "The areas are left out: they need both scores.");
  }
  const auto& reading = profile.interpretation.region;
  const Region* region = clear_region(questionnaire, reading);
  if (region != nullptr) {
    plane->description += fmt::format("; together in the area '{}'", region->name);
  }
  plane->description += '.';
  document.emplace_back(Heading{2, "Both scores together"});
  document.emplace_back(*std::move(plane));
  if (reading) say(document, place_words(questionnaire, *reading));
  // What an area says holds for who lies there with the whole margin of error.
  if (region != nullptr && !reading->near_border) {
    say(document, addressed(questionnaire, region->text, about_of(profile)));
  }
  say(document,
      "An area is a place on a map, not a type of person. In life there are no such sharp borders, "
      "and they are not those of low and high. Answers about someone else may fall elsewhere.");
}

// Of a scale's facets that are clearly towards an end: the one furthest from the middle, and the
// next of the other side, or else the next.
void add_standing_out(std::vector<std::string>& words, const Profile& profile, std::size_t parent) {
  const auto& scales = profile.questionnaire.scales;
  std::vector<std::size_t> facets;
  for (std::size_t i = 0; i < scales.size(); ++i) {
    const bool is_clear = scales[i].parent == parent && profile.scores[i].estimate &&
                          is_on_page(profile, i) && !pole_of(profile, i).empty();
    if (is_clear) facets.push_back(i);
  }
  std::ranges::stable_sort(facets, std::ranges::greater{}, [&](std::size_t facet) {
    return std::abs(relative_score(profile, facet) - 0.5);
  });
  const auto is_high = [&](std::size_t facet) { return relative_score(profile, facet) > 0.5; };
  const auto other_side = std::ranges::find_if(
      facets, [&](std::size_t facet) { return is_high(facet) != is_high(facets.front()); });
  if (other_side != facets.end()) std::swap(facets[1], *other_side);
  facets.resize(std::min(facets.size(), most_facets_in_short));
  for (const std::size_t facet : facets) {
    words.push_back(fmt::format("{} ({} {})", pole_of(profile, facet), scales[facet].name,
                                shown_score(profile, facet)));
  }
}

// What has moved since the check-in before, and since the first ones; nothing where there is
// nothing to compare with.
std::string change_words(const Profile& profile) {
  std::string day;
  std::vector<std::string> before;
  std::vector<std::string> moved;
  std::string words;  // on what has changed
  const auto by = [](const ScaleSeries& scale, const trend::Change& change) {
    return fmt::format("{} {} by {}", scale.name, change.change < 0 ? "fell" : "rose",
                       size_with_margin(change, scale.range));
  };
  for (const ScaleSeries& scale : profile.trend.scales) {
    const auto& since_first = scale.trend.since_first;
    const auto& since_last = scale.trend.since_last;
    if (!since_last || scale.points.back().id != profile.record.id) continue;
    const trend::SeriesPoint& last = scale.points.rbegin()[1];
    if (day.empty()) day = render_local_date(last.taken_at);
    if (render_local_date(last.taken_at) != day) continue;
    before.push_back(fmt::format("{} {}", scale.name, shown(last.estimate.score, scale.range)));
    if (since_last->verdict != trend::Verdict::no_change) moved.push_back(by(scale, *since_last));
    if (since_first->verdict != trend::Verdict::changed) continue;
    const int year = local_date(scale.points.back().taken_at).year;
    words += fmt::format(" {} has changed: {}.", scale.name,
                         change_in_words(scale.trend, scale.range, year));
  }
  if (day.empty()) return {};
  const std::string since_then =
      moved.empty() ? "No clear change since then."
                    : fmt::format(
                          "Since then, {}: more than the margin of error. The next check-ins will "
                          "show whether that lasts.",
                          joined(moved, ", ", " and "));
  return fmt::format("Previous check-in ({}): {}. {}{}", day, joined(before, ", "), since_then,
                     words);
}

}  // namespace

ScoreRange range_of(const Questionnaire& questionnaire, const Scores& scores, std::size_t scale) {
  return score_range(questionnaire, scale, scores[scale].items);
}

const Region* clear_region(const Questionnaire& questionnaire,
                           const std::optional<interpretation::RegionReading>& reading) {
  const bool is_clear = reading && interpretation::is_clear(*reading);
  return is_clear ? &questionnaire.regions[reading->region] : nullptr;
}

std::string area_in_words(const Questionnaire& questionnaire,
                          const std::optional<interpretation::RegionReading>& reading) {
  const Region* region = clear_region(questionnaire, reading);
  if (region == nullptr) return "between areas";
  return fmt::format("'{}'{}", region->name, reading->near_border ? ", near its border" : "");
}

std::string terms_in_words(const Questionnaire& questionnaire, const Derived& derived) {
  const auto& terms = derived.terms;
  const auto count = static_cast<double>(terms.size());
  const auto name = [&](const Term& term) { return questionnaire.scales[term.scale].name; };
  const bool is_mean = std::ranges::all_of(terms, [count](const Term& term) {
    return std::abs(term.weight * count - 1) < share_tolerance;
  });
  if (is_mean) return "the mean of " + joined(texts_of(terms, name), ", ", " and ");
  std::string words;
  for (const Term& term : terms) {
    const bool is_first = &term == &terms.front();
    const std::string_view sign = term.weight < 0 ? "−" : "+";
    if (!is_first) words += fmt::format(" {} ", sign);
    if (is_first && term.weight < 0) words += sign;
    const double size = std::abs(term.weight);
    if (size != 1) words += render_decimal(size) + " × ";
    words += name(term);
  }
  return words;
}

std::optional<Plane> plane_with(const Questionnaire& questionnaire, const Scores& scores) {
  const auto axes = plane_axes(questionnaire);
  if (!axes) return {};
  const auto& x = scores[axes->first].estimate;
  const auto& y = scores[axes->second].estimate;
  if (!x || !y) return {};
  const auto axis_of = [&](std::size_t scale) -> PlaneAxis {
    const ScoreRange range = range_of(questionnaire, scores, scale);
    return {questionnaire.scales[scale].name, range.min, range.max,
            interpretation::region_cuts(questionnaire, scale, range)};
  };
  Plane plane;
  plane.x = axis_of(axes->first);
  plane.y = axis_of(axes->second);
  plane.areas = named_areas(questionnaire, axes->first, plane);
  plane.points = {{x->score, y->score, x->low, x->high, y->low, y->high, {}}};
  const auto place = [](const PlaneAxis& axis, double score) {
    return fmt::format("{} {} on a scale from {} to {}", axis.name, shown(score, axis),
                       tick_label(axis.min), tick_label(axis.max));
  };
  plane.description = fmt::format("{}; {}", place(plane.x, x->score), place(plane.y, y->score));
  return plane;
}

void add_scores(Document& document, const Profile& profile) {
  // "In short" has said it.
  if (std::ranges::all_of(profile.scores, [](const auto& each) { return each.answered == 0; })) {
    return;
  }
  add_main_scales(document, profile);
  add_derived(document, profile);
  add_plane(document, profile);
}

std::optional<std::size_t> about_of(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  if (profile.record.about) return find_about(questionnaire, *profile.record.about);
  return questionnaire.abouts.empty() ? std::nullopt : std::optional<std::size_t>(0);
}

std::vector<std::string> score_lines(const Profile& profile) {
  std::vector<std::string> lines;
  for (const std::size_t i : main_scales(profile.questionnaire)) {
    if (!profile.scores[i].estimate) continue;
    const Ruler ruler = scale_ruler(profile, i);
    const std::string band = band_in_words(profile, i);
    lines.push_back(
        fmt::format("{} {}{}{}", ruler.name, ruler.value, band.empty() ? "" : ", ", band));
  }
  return lines;
}

void add_in_short(Document& document, const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  document.emplace_back(Heading{2, "In short"});
  std::vector<std::string> scores;
  std::vector<std::string> of_oneself;
  std::vector<std::string> standing_out;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    if (scale.parent || !profile.scores[i].estimate) continue;
    const auto place = interpretation::band_of(scale, profile.scores[i].estimate->score);
    const bool is_at_an_end = !place || *place == 0 || *place + 1 == scale.bands.size();
    const std::string pole = is_at_an_end ? pole_of(profile, i) : "";
    const std::string band =
        pole.empty() ? band_in_words(profile, i) : band_in_words(profile, i, ", ", "");
    std::string score = fmt::format("{} {}{}", scale.name, shown_score(profile, i),
                                    band.empty() ? "" : ", " + band);
    if (!pole.empty()) score = fmt::format("{} ({})", pole, score);
    (is_about_oneself(questionnaire, i) ? of_oneself : scores).push_back(std::move(score));
    add_standing_out(standing_out, profile, i);
  }
  if (scores.empty() && of_oneself.empty()) {
    return say(document,
               fmt::format("There is no score: too few statements were answered. attune take {} "
                           "asks them again.",
                           questionnaire.id));
  }
  std::vector<std::string> words;
  const auto add = [&](const std::string& lead, const std::vector<std::string>& parts,
                       std::string_view between) {
    if (!parts.empty()) words.push_back(lead + joined(parts, between) + '.');
  };
  const auto about = about_of(profile);
  const bool is_named = about && !questionnaire.abouts[*about].you.empty();
  add(is_named ? addressed(questionnaire, "With {about}: ", about) : "", scores, "; ");
  add("About yourself: ", of_oneself, "; ");
  if (const auto& reading = profile.interpretation.region) {
    add("Both scores together: ", {area_in_words(questionnaire, reading)}, "");
  }
  add("What stands out here: ", standing_out, ", ");
  say(document, joined(words, " "));
  say(document, change_words(profile));
}

}  // namespace attune::report
