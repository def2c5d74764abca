// SPDX-License-Identifier: MIT
#include <cmath>
#include <fmt/format.h>
#include <string>

#include "attune/decimal.hpp"
#include "attune/scoring.hpp"

#include "report/profile_parts.hpp"

namespace attune::detail {
namespace {

// "46,610"
std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, ",");
  return digits;
}

// A percentile is rounded to 5, so what is shown as 1 or 99 lies below 2.5 or above 97.5.
std::string share_in_words(double percentile) {
  if (percentile < 2.5) return "fewer than 3 in 100";
  if (percentile > 97.5) return "more than 97 in 100";
  return fmt::format("about {} in 100", render_decimal(percentile, 0));
}

}  // namespace

std::string norms_in_words(const Profile& profile, std::size_t scale) {
  std::string words;
  for (const NormReading& reading :
       norm_readings(profile.questionnaire, scale, profile.scores[scale])) {
    const Norm& norm = profile.questionnaire.scales[scale].norms[reading.norm];
    const bool is_normal = reading.position.method == NormMethod::normal;
    words += words.empty() ? "For comparison, this score or a lower one: " : ", ";
    words += fmt::format("{} {} (n = {}{})", share_in_words(reading.position.percentile),
                         norm.sample, grouped(norm.n), is_normal ? ", by a normal curve" : "");
  }
  return words.empty() ? words : words + '.';
}

}  // namespace attune::detail
