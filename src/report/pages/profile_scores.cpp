// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// With one or two items the error of a facet covers most of its range.
constexpr std::size_t fewest_items_of_a_facet = 3;

// A share written with four decimals is meant, as 0.3333 is for a third.
constexpr double share_tolerance = 1e-3;

ScoreRange profile_range(const Profile& profile, std::size_t scale) {
  return range_of(profile.questionnaire, profile.scores, scale);
}

std::string words_of_id(std::string id) {
  std::replace(id.begin(), id.end(), '-', ' ');
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

// A main scale that the form does not ask about at all was left out on purpose.
bool is_on_page(const Profile& profile, std::size_t scale) {
  const bool is_main = !profile.questionnaire.scales[scale].parent;
  return is_main ? profile.scores[scale].items > 0 : is_shown_alone(profile, scale);
}

std::string answered_of(const ScaleScore& score) {
  return fmt::format("answered {} of {}", score.answered, score.items);
}

std::string not_scored(const std::string& name, const std::string& reason) {
  if (reason.empty()) return fmt::format("{} is not scored.", name);
  return with_full_stop(fmt::format("{} is not scored: {}", name, reason));
}

// --- bands ------------------------------------------------------------------------------------

// "middle", or "middle (could be low)" when the interval reaches into other bands.
std::string band_in_words(const Profile& profile, std::size_t scale) {
  const Scale& definition = profile.questionnaire.scales[scale];
  const std::optional<std::size_t> band = profile.interpretation.bands[scale];
  if (!band) return {};
  const Estimate& estimate = *profile.scores[scale].estimate;
  std::vector<std::string> others;
  for (const double end : {estimate.low, estimate.high}) {
    const std::optional<std::size_t> other = interpretation::band_of(definition, end);
    if (other && *other != *band) others.push_back(words_of_id(definition.bands[*other].id));
  }
  std::string words = words_of_id(definition.bands[*band].id);
  if (others.size() == 1) words += fmt::format(" (could be {})", others[0]);
  if (others.size() == 2) words += fmt::format(" (could be {} or {})", others[0], others[1]);
  return words;
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

// --- norms ------------------------------------------------------------------------------------

// "46,610"
std::string with_thousands(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, ",");
  return digits;
}

// A percentile is rounded to 5, so what is shown as 1 or 99 lies below 2.5 or above 97.5.
std::string percentile_in_words(double percentile) {
  if (percentile < 2.5) return "fewer than 3 in 100";
  if (percentile > 97.5) return "more than 97 in 100";
  return fmt::format("about {} in 100", render_decimal(percentile, 0));
}

// One line on where a scale's score lies among the samples whose norms apply; nothing without any.
std::string norms_in_words(const Profile& profile, std::size_t scale) {
  std::string words;
  for (const scoring::NormReading& reading :
       scoring::norm_readings(profile.questionnaire, scale, profile.scores[scale])) {
    const Norm& norm = profile.questionnaire.scales[scale].norms[reading.norm];
    const bool is_normal = reading.position.method == scoring::NormMethod::normal;
    words += words.empty() ? "For comparison, this score or a lower one: " : ", ";
    words +=
        fmt::format("{} {} (n = {}{})", percentile_in_words(reading.position.percentile),
                    norm.sample, with_thousands(norm.n), is_normal ? ", by a normal curve" : "");
  }
  return words.empty() ? words : words + '.';
}

// --- facets -----------------------------------------------------------------------------------

// The place of a score in its range: 0 at the low end, 1 at the high one; -1 where it has none.
double relative_score(const Profile& profile, std::size_t scale) {
  const auto& estimate = profile.scores[scale].estimate;
  const ScoreRange range = profile_range(profile, scale);
  return estimate ? (estimate->score - range.min) / (range.max - range.min) : -1;
}

// Which end's words a score leans to, in thirds of the range as the usual bands are.
std::string leaning(const Profile& profile, std::size_t scale) {
  const Scale& definition = profile.questionnaire.scales[scale];
  const double place = relative_score(profile, scale);
  if (place >= 2.0 / 3 - 1e-9) return definition.high;
  if (place <= 1.0 / 3 + 1e-9) return definition.low;
  return "in between";
}

// The facets of a scale, strongest first; equal ones in the order of the definition.
std::vector<std::size_t> facets_of(const Profile& profile, std::size_t parent) {
  std::vector<std::size_t> facets;
  for (std::size_t i = 0; i < profile.questionnaire.scales.size(); ++i) {
    if (profile.questionnaire.scales[i].parent == parent) facets.push_back(i);
  }
  std::stable_sort(facets.begin(), facets.end(), [&](std::size_t a, std::size_t b) {
    return relative_score(profile, a) > relative_score(profile, b);
  });
  return facets;
}

Ruler scale_ruler(const Profile& profile, std::size_t scale) {
  const Scale& definition = profile.questionnaire.scales[scale];
  return ruler_with(definition.name, profile_range(profile, scale), *profile.scores[scale].estimate,
                    definition.low, definition.high);
}

void add_facets(Document& document, const Profile& profile, std::size_t parent) {
  std::vector<std::string> unscored;
  bool has_heading = false;
  for (const std::size_t facet : facets_of(profile, parent)) {
    const ScaleScore& score = profile.scores[facet];
    if (!is_shown_alone(profile, facet)) continue;
    if (!score.estimate) {
      unscored.push_back(not_scored(profile.questionnaire.scales[facet].name, score.reason));
      continue;
    }
    if (!has_heading) say(document, Tone::quiet, "Its facets, strongest first:");
    has_heading = true;
    Ruler ruler = scale_ruler(profile, facet);
    ruler.indent = 1;
    ruler.remark = leaning(profile, facet);
    if (score.answered < score.items) ruler.remark += ", " + answered_of(score);
    document.emplace_back(std::move(ruler));
  }
  for (std::string& text : unscored) say(document, text);
}

// --- main scales ------------------------------------------------------------------------------

void add_main_scale(Document& document, const Profile& profile, std::size_t index) {
  const Scale& scale = profile.questionnaire.scales[index];
  const ScaleScore& score = profile.scores[index];
  if (!score.estimate) {
    say(document, not_scored(scale.name, score.reason));
  } else {
    Ruler ruler = scale_ruler(profile, index);
    ruler.bands = ruler_bands(scale, profile_range(profile, index));
    const std::string band = band_in_words(profile, index);
    ruler.remark = band.empty() ? answered_of(score) : band + ", " + answered_of(score);
    document.emplace_back(std::move(ruler));
    if (const auto& own = profile.interpretation.bands[index]) {
      say(document, scale.bands[*own].text);
    }
    say(document, Tone::quiet, norms_in_words(profile, index));
  }
  add_facets(document, profile, index);
}

// What the form says too little about, in one line rather than a reason for each.
void add_left_out(Document& document, const Profile& profile) {
  bool has_scales = false;
  bool has_facets = false;
  const auto& scales = profile.questionnaire.scales;
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (!is_on_page(profile, i)) (scales[i].parent ? has_facets : has_scales) = true;
  }
  if (has_scales) {
    say(document, Tone::quiet, "Scales that this form does not ask about are left out.");
  }
  if (has_facets) {
    say(document, Tone::quiet, "Facets about which this form asks too few questions are left out.");
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
    if (!estimate || estimate->method != ErrorMethod::classical) continue;
    if (!is_on_page(profile, i)) continue;
    if (!names.empty()) names += ", ";
    names += profile.questionnaire.scales[i].name;
  }
  if (names.empty()) return names;
  return fmt::format("The margin rests on published reliability and norms for: {}.", names);
}

// --- derived scores ---------------------------------------------------------------------------

bool is_mean(const Derived& derived) {
  const auto count = static_cast<double>(derived.terms.size());
  return std::all_of(derived.terms.begin(), derived.terms.end(), [&](const Term& term) {
    return std::abs(term.weight * count - 1) < share_tolerance;
  });
}

// Whether the form asks for every scale that the derived score is made of.
bool is_possible(const Profile& profile, const Derived& derived) {
  return std::all_of(derived.terms.begin(), derived.terms.end(),
                     [&](const Term& term) { return profile.scores[term.scale].items > 0; });
}

Block derived_block(const Profile& profile, std::size_t index) {
  const Derived& derived = profile.questionnaire.derived[index];
  const ScaleScore& score = profile.derived[index];
  if (!score.estimate) return Paragraph{not_scored(derived.name, score.reason)};
  const ScoreRange range = scoring::derived_range(profile.questionnaire, profile.form, index);
  Ruler ruler = ruler_with(derived.name, range, *score.estimate, derived.low, derived.high);
  ruler.remark = "derived: " + terms_in_words(profile.questionnaire, derived);
  return ruler;
}

}  // namespace

ScoreRange range_of(const Questionnaire& questionnaire, const Scores& scores, std::size_t scale) {
  return score_range(questionnaire, scale, scores[scale].items);
}

bool is_shown_alone(const Profile& profile, std::size_t scale) {
  return profile.scores[scale].items >= fewest_items_of_a_facet;
}

void add_scores(Document& document, const Profile& profile) {
  const auto& scales = profile.questionnaire.scales;
  bool has_any = false;
  for (std::size_t i = 0; i < scales.size(); ++i) {
    has_any = has_any || (profile.scores[i].estimate && is_on_page(profile, i));
  }
  document.emplace_back(Heading{2, "Your scores"});
  if (has_any) {
    say(document,
        "Every score has a margin of error (±). No set of questions measures exactly: with very "
        "many more of them, your score would probably come to lie within that margin.");
  }
  say(document, Tone::quiet, published_margins(profile));
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (!scales[i].parent && is_on_page(profile, i)) add_main_scale(document, profile, i);
  }
  add_left_out(document, profile);
  if (has_norms(profile)) {
    say(document, Tone::quiet,
        "A sample is other people who answered the same statements. It shows what was common among "
        "them, not what is right for you.");
  }
}

std::string terms_in_words(const Questionnaire& questionnaire, const Derived& derived) {
  if (is_mean(derived)) {
    std::vector<std::string> names;
    for (const Term& term : derived.terms) names.push_back(questionnaire.scales[term.scale].name);
    return "the mean of " + joined(names, ", ", " and ");
  }
  std::string words;
  for (const Term& term : derived.terms) {
    const bool is_first = &term == &derived.terms.front();
    const std::string_view sign = term.weight < 0 ? "−" : "+";
    if (!is_first) words += fmt::format(" {} ", sign);
    if (is_first && term.weight < 0) words += sign;
    const double size = std::abs(term.weight);
    if (size != 1) words += render_decimal(size) + " × ";
    words += questionnaire.scales[term.scale].name;
  }
  return words;
}

void add_derived(Document& document, const Profile& profile) {
  Document blocks;
  for (std::size_t i = 0; i < profile.questionnaire.derived.size(); ++i) {
    if (!is_possible(profile, profile.questionnaire.derived[i])) continue;
    blocks.push_back(derived_block(profile, i));
  }
  if (blocks.empty()) return;
  document.emplace_back(Heading{2, "Derived scores"});
  const bool is_any_scored =
      std::any_of(profile.derived.begin(), profile.derived.end(),
                  [](const ScaleScore& score) { return score.estimate.has_value(); });
  if (is_any_scored) {
    say(document,
        "Worked out from the scores above. No question asks about them directly, and their margins "
        "carry the margins of all the scores they are made of.");
  }
  for (Block& block : blocks) document.push_back(std::move(block));
}

}  // namespace attune::report
