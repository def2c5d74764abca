// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "attune/decimal.hpp"
#include "attune/scoring.hpp"

#include "report/axis.hpp"
#include "report/profile_parts.hpp"
#include "report/sentences.hpp"

namespace attune::detail {
namespace {


// A share written with four decimals is meant, as 0.3333 is for a third.
constexpr double share_tolerance = 1e-3;

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

Block block_of(const Profile& profile, std::size_t index) {
  const Derived& derived = profile.questionnaire.derived[index];
  const ScaleScore& score = profile.derived[index];
  if (!score.estimate) {
    return Paragraph{
        with_full_stop(fmt::format("{} is not scored: {}", derived.name, score.reason))};
  }
  const ScoreRange range = derived_range(profile.questionnaire, profile.form, index);
  Ruler ruler;
  ruler.name = derived.name;
  ruler.min = range.min;
  ruler.max = range.max;
  ruler.score = score.estimate->score;
  ruler.low = score.estimate->low;
  ruler.high = score.estimate->high;
  ruler.low_label = derived.low;
  ruler.high_label = derived.high;
  ruler.value = fmt::format("{} ± {}", shown(ruler.score, range.min, range.max),
                            shown(z_95 * score.estimate->se, range.min, range.max));
  ruler.remark = "derived: " + terms_in_words(profile.questionnaire, derived);
  return ruler;
}

}  // namespace

std::string terms_in_words(const Questionnaire& questionnaire, const Derived& derived) {
  std::string words;
  if (is_mean(derived)) {
    for (std::size_t i = 0; i < derived.terms.size(); ++i) {
      if (i > 0) words += i + 1 == derived.terms.size() ? " and " : ", ";
      words += questionnaire.scales[derived.terms[i].scale].name;
    }
    return "the mean of " + words;
  }
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
    blocks.push_back(block_of(profile, i));
  }
  if (blocks.empty()) return;
  document.emplace_back(Heading{2, "Derived scores"});
  const bool is_any_scored =
      std::any_of(profile.derived.begin(), profile.derived.end(),
                  [](const ScaleScore& score) { return score.estimate.has_value(); });
  if (is_any_scored) {
    document.emplace_back(
        Paragraph{"Worked out from the scores above. No question asks about them directly, and "
                  "their margins carry the margins of all the scores they are made of."});
  }
  for (Block& block : blocks) document.push_back(std::move(block));
}

}  // namespace attune::detail
