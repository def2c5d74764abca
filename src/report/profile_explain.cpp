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

namespace attune::detail {
namespace {

std::string with_sign(double value) {
  const std::string text = render_fixed(value, 2);
  return value > 0 && text != "0.00" ? '+' + text : text;
}

std::string shortened_statement(const Profile& profile, std::size_t item) {
  const Item& definition = profile.questionnaire.items[item];
  std::string text = statement(profile.questionnaire, definition, about_of(profile));
  return text.empty() ? definition.id : text;
}

std::vector<Contribution> strongest_first(const Profile& profile, std::size_t scale) {
  std::vector<Contribution> parts =
      contributions(profile.questionnaire, profile.form, profile.responses, scale);
  std::stable_sort(parts.begin(), parts.end(), [](const Contribution& a, const Contribution& b) {
    return std::abs(a.pull) > std::abs(b.pull);
  });
  return parts;
}

std::string introduction(const Profile& profile, std::size_t scale,
                         const std::vector<Contribution>& parts) {
  const Scale& definition = profile.questionnaire.scales[scale];
  const double score = profile.scores[scale].estimate->score;
  return fmt::format(
      "{} of {} answers gives {}. Each answer counts so that a higher number means: {}. Changing "
      "one "
      "answer by one step moves the score by {}.",
      definition.method == ScoreMethod::mean ? "The mean" : "The sum", parts.size(),
      render_fixed(score, 2), definition.high, render_decimal(std::abs(parts.front().one_step), 2));
}

Table table_of(const Profile& profile, const std::vector<Contribution>& parts) {
  Table table{{"Statement", "Answer", "Counts as", "Pull"},
              {Align::left, Align::right, Align::right, Align::right},
              {}};
  for (const Contribution& part : parts) {
    table.rows.push_back({shortened_statement(profile, part.item), tick_label(part.raw),
                          tick_label(part.keyed), with_sign(part.pull)});
  }
  return table;
}

}  // namespace

void add_explanation(Document& document, const Profile& profile) {
  document.emplace_back(Heading{2, "How each answer counts"});
  document.emplace_back(
      Paragraph{"Pull is how far an answer moves the score away from where the other answers "
                "are: up with +, down with -. The strongest come first."});
  for (std::size_t i = 0; i < profile.questionnaire.scales.size(); ++i) {
    if (profile.questionnaire.scales[i].parent) continue;
    const std::vector<Contribution> parts = strongest_first(profile, i);
    if (parts.empty() || !profile.scores[i].estimate) continue;
    document.emplace_back(Heading{3, profile.questionnaire.scales[i].name});
    document.emplace_back(Paragraph{introduction(profile, i, parts)});
    document.emplace_back(table_of(profile, parts));
  }
}

}  // namespace attune::detail
