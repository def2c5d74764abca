// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "attune/interpretation.hpp"

#include "report/axis.hpp"
#include "report/profile_parts.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {

// With one or two items the error of a facet covers most of its range.
constexpr std::size_t fewest_items_of_a_facet = 3;


std::string words_of(std::string id) {
  std::replace(id.begin(), id.end(), '-', ' ');
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

// A main scale that the form does not ask about at all was left out on purpose.
bool is_shown(const Profile& profile, std::size_t scale) {
  const bool is_main = !profile.questionnaire.scales[scale].parent;
  return is_main ? profile.scores[scale].items > 0 : is_shown_alone(profile, scale);
}

std::string answered_of(const ScaleScore& score) {
  return fmt::format("answered {} of {}", score.answered, score.items);
}

// "middle", or "middle (could be low)" when the interval reaches into other bands.
std::string band_words(const Profile& profile, std::size_t scale) {
  const Scale& definition = profile.questionnaire.scales[scale];
  const std::optional<std::size_t> band = profile.interpretation.bands[scale];
  if (!band) return {};
  const Estimate& estimate = *profile.scores[scale].estimate;
  std::vector<std::string> others;
  for (const double end : {estimate.low, estimate.high}) {
    const std::optional<std::size_t> other = band_of(definition, end);
    if (other && *other != *band) others.push_back(words_of(definition.bands[*other].id));
  }
  std::string words = words_of(definition.bands[*band].id);
  if (others.size() == 1) words += fmt::format(" (could be {})", others[0]);
  if (others.size() == 2) words += fmt::format(" (could be {} or {})", others[0], others[1]);
  return words;
}

// Which end's words a score leans to, in thirds of the range as the usual bands are.
std::string leaning(const Profile& profile, std::size_t scale) {
  const Scale& definition = profile.questionnaire.scales[scale];
  const ScoreRange range = range_of(profile, scale);
  const double place =
      (profile.scores[scale].estimate->score - range.min) / (range.max - range.min);
  if (place >= 2.0 / 3 - 1e-9) return definition.high;
  if (place <= 1.0 / 3 + 1e-9) return definition.low;
  return "in between";
}

Ruler ruler_of(const Profile& profile, std::size_t scale) {
  const Scale& definition = profile.questionnaire.scales[scale];
  const ScaleScore& score = profile.scores[scale];
  const ScoreRange range = range_of(profile, scale);
  Ruler ruler;
  ruler.name = definition.name;
  ruler.min = range.min;
  ruler.max = range.max;
  ruler.score = score.estimate->score;
  ruler.low = score.estimate->low;
  ruler.high = score.estimate->high;
  ruler.low_label = definition.low;
  ruler.high_label = definition.high;
  ruler.value = score_text(profile, scale);
  return ruler;
}

// Bands are half-open, each up to where the next begins.
std::vector<RulerBand> ruler_bands(const Profile& profile, std::size_t scale) {
  const ScoreRange range = range_of(profile, scale);
  std::vector<RulerBand> bands;
  double from = range.min;
  for (const Band& band : profile.questionnaire.scales[scale].bands) {
    const double to = std::min(band.below.value_or(range.max), range.max);
    if (to > from) bands.push_back({words_of(band.id), from, to});
    from = std::max(from, to);
  }
  return bands;
}

std::string not_scored(const Profile& profile, std::size_t scale) {
  const std::string& name = profile.questionnaire.scales[scale].name;
  const std::string& reason = profile.scores[scale].reason;
  if (reason.empty()) return fmt::format("{} is not scored.", name);
  return with_full_stop(fmt::format("{} is not scored: {}", name, reason));
}

// The scored facets of a scale, strongest first; equal ones in the order of the definition.
std::vector<std::size_t> facets_of(const Profile& profile, std::size_t parent) {
  std::vector<std::size_t> facets;
  for (std::size_t i = 0; i < profile.questionnaire.scales.size(); ++i) {
    if (profile.questionnaire.scales[i].parent == parent) facets.push_back(i);
  }
  const auto strength = [&](std::size_t facet) {
    const ScoreRange range = range_of(profile, facet);
    const auto& estimate = profile.scores[facet].estimate;
    return estimate ? (estimate->score - range.min) / (range.max - range.min) : -1;
  };
  std::stable_sort(facets.begin(), facets.end(),
                   [&](std::size_t a, std::size_t b) { return strength(a) > strength(b); });
  return facets;
}

void add_facets(Document& document, const Profile& profile, std::size_t parent) {
  std::vector<std::string> unscored;
  bool has_heading = false;
  for (const std::size_t facet : facets_of(profile, parent)) {
    const ScaleScore& score = profile.scores[facet];
    if (!is_shown_alone(profile, facet)) continue;
    if (!score.estimate) {
      unscored.push_back(not_scored(profile, facet));
      continue;
    }
    if (!has_heading) document.emplace_back(Paragraph{"Its facets, strongest first:", Tone::quiet});
    has_heading = true;
    Ruler ruler = ruler_of(profile, facet);
    ruler.indent = 1;
    ruler.remark = leaning(profile, facet);
    if (score.answered < score.items) ruler.remark += ", " + answered_of(score);
    document.emplace_back(std::move(ruler));
  }
  for (std::string& text : unscored) document.emplace_back(Paragraph{std::move(text)});
}

void add_main_scale(Document& document, const Profile& profile, std::size_t scale) {
  const ScaleScore& score = profile.scores[scale];
  if (!score.estimate) {
    document.emplace_back(Paragraph{not_scored(profile, scale)});
  } else {
    Ruler ruler = ruler_of(profile, scale);
    ruler.bands = ruler_bands(profile, scale);
    const std::string band = band_words(profile, scale);
    ruler.remark = band.empty() ? answered_of(score) : band + ", " + answered_of(score);
    document.emplace_back(std::move(ruler));
    if (const auto& index = profile.interpretation.bands[scale]) {
      document.emplace_back(Paragraph{profile.questionnaire.scales[scale].bands[*index].text});
    }
    if (std::string norms = norms_in_words(profile, scale); !norms.empty()) {
      document.emplace_back(Paragraph{std::move(norms), Tone::quiet});
    }
  }
  add_facets(document, profile, scale);
}

// What the form says too little about, in one line rather than a reason for each.
void add_left_out(Document& document, const Profile& profile) {
  bool has_scales = false;
  bool has_facets = false;
  const auto& scales = profile.questionnaire.scales;
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (!is_shown(profile, i)) (scales[i].parent ? has_facets : has_scales) = true;
  }
  if (has_scales) {
    document.emplace_back(
        Paragraph{"Scales that this form does not ask about are left out.", Tone::quiet});
  }
  if (has_facets) {
    document.emplace_back(Paragraph{
        "Facets about which this form asks too few questions are left out.", Tone::quiet});
  }
}

bool has_norms(const Profile& profile) {
  for (std::size_t i = 0; i < profile.scores.size(); ++i) {
    const bool is_main = !profile.questionnaire.scales[i].parent;
    if (is_main && !norms_in_words(profile, i).empty()) return true;
  }
  return false;
}

// Which margins do not come from this sitting; empty when all do.
std::string published_margins(const Profile& profile) {
  std::string names;
  for (std::size_t i = 0; i < profile.scores.size(); ++i) {
    const auto& estimate = profile.scores[i].estimate;
    if (!estimate || estimate->method != ErrorMethod::classical || !is_shown(profile, i)) continue;
    if (!names.empty()) names += ", ";
    names += profile.questionnaire.scales[i].name;
  }
  if (names.empty()) return names;
  return fmt::format("The margin rests on published reliability and norms for: {}.", names);
}

}  // namespace

ScoreRange range_of(const Profile& profile, std::size_t scale) {
  return score_range(profile.questionnaire, scale, profile.scores[scale].items);
}

bool is_shown_alone(const Profile& profile, std::size_t scale) {
  return profile.scores[scale].items >= fewest_items_of_a_facet;
}

std::string score_text(const Profile& profile, std::size_t scale) {
  const Estimate& estimate = *profile.scores[scale].estimate;
  const ScoreRange range = range_of(profile, scale);
  return fmt::format("{} ± {}", shown(estimate.score, range.min, range.max),
                     shown(z_95 * estimate.se, range.min, range.max));
}

void add_scores(Document& document, const Profile& profile) {
  const auto& scales = profile.questionnaire.scales;
  bool has_any = false;
  for (std::size_t i = 0; i < scales.size(); ++i) {
    has_any = has_any || (profile.scores[i].estimate && is_shown(profile, i));
  }
  document.emplace_back(Heading{2, "Your scores"});
  if (has_any) {
    document.emplace_back(
        Paragraph{"Every score has a margin of error (±). No set of questions measures "
                  "exactly: with very many more of them, your score would probably come to lie "
                  "within that margin."});
  }
  if (const std::string published = published_margins(profile); !published.empty()) {
    document.emplace_back(Paragraph{published, Tone::quiet});
  }
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (!scales[i].parent && is_shown(profile, i)) add_main_scale(document, profile, i);
  }
  add_left_out(document, profile);
  if (has_norms(profile)) {
    document.emplace_back(
        Paragraph{"A sample is other people who answered the same statements. It shows what was "
                  "common among them, not what is right for you.",
                  Tone::quiet});
  }
}

}  // namespace attune::detail
