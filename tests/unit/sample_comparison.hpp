// SPDX-License-Identifier: MIT
#pragma once

/// Two people of the sample questionnaire, which gets pairings here, and ways to look at a
/// comparison of them.

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "attune/report.hpp"

#include "builders.hpp"
#include "sample_profile.hpp"

namespace attune::test {

inline Questionnaire paired_questionnaire() {
  Questionnaire questionnaire = sample_questionnaire();
  const Rule calm = quadrant(false, false);
  Pairing reach{"reach",
                "One reaches",
                "Text of reach.",
                {{at_least(0, 4)}},
                {{at_least(1, 4)}},
                "Step of one.",
                "Step of the other.",
                "Step of both.",
                0};
  Pairing at_ease{"ease",
                  "Both at ease",
                  "Text of ease.",
                  calm,
                  calm,
                  "Step of each.",
                  "",
                  "Step of both at ease.",
                  0};
  Pairing fallback{"else",
                   "Near the middle",
                   "Text of the middle.",
                   {},
                   {},
                   "Step of anyone.",
                   "",
                   "Step of both near the middle.",
                   0};
  questionnaire.pairings = {reach, at_ease, fallback};
  return questionnaire;
}

inline report::ComparedPerson person(std::string name, double anxiety, double avoidance) {
  report::ComparedPerson result;
  result.name = std::move(name);
  result.sitting.version = "1.2.0";
  result.sitting.sha256 = std::string(64, 'a');
  result.sitting.form = "full";
  result.sitting.about = "partner";
  result.sitting.taken_on = "2026-11-24";
  result.scores = {scored(anxiety, 0.3), scored(avoidance, 0.4), unscored(), unscored(),
                   unscored()};
  return result;
}

// Ana anxious, Ben avoidant.
inline report::Comparison sample_comparison() {
  report::Comparison comparison;
  comparison.questionnaire = paired_questionnaire();
  comparison.sha256 = std::string(64, 'a');
  comparison.first = person("Ana", 5, 2);
  comparison.second = person("Ben", 2, 5.5);
  return comparison;
}

inline std::string text_of(const report::Comparison& comparison) {
  std::string text =
      report::render_text(report::comparison_document(comparison), {.pictures = false});
  for (char& c : text) c = c == '\n' ? ' ' : c;
  std::string single;
  for (const char c : text) {
    if (c != ' ' || single.empty() || single.back() != ' ') single += c;
  }
  return single;
}

inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

inline const report::Plane* plane_in(const report::Document& document) {
  for (const report::Block& block : document) {
    if (const auto* plane = std::get_if<report::Plane>(&block)) return plane;
  }
  return nullptr;
}

// The text below a heading, up to the next one.
inline std::string below_heading(const report::Document& document, std::string_view heading) {
  std::string text;
  bool is_below = false;
  for (const report::Block& block : document) {
    if (const auto* found = std::get_if<report::Heading>(&block)) {
      is_below = found->text == heading;
    } else if (is_below && std::holds_alternative<report::Paragraph>(block)) {
      text += std::get<report::Paragraph>(block).text;
    } else if (is_below && std::holds_alternative<report::Bullets>(block)) {
      for (const std::string& item : std::get<report::Bullets>(block).items) text += item + "\n";
    }
  }
  return text;
}

}  // namespace attune::test
