// SPDX-License-Identifier: MIT
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/profile.hpp"

#include "report/profile_parts.hpp"
#include "report/sentences.hpp"
#include "report/steps.hpp"

namespace attune {
namespace detail {
namespace {

void add_closing(Document& document, const Profile& profile, const ProfileOptions& options) {
  document.emplace_back(Heading{2, "Please keep in mind"});
  const std::string status = with_full_stop(profile.questionnaire.status);
  const std::string_view limits =
      profile.questionnaire.scales.empty() ? limits_of_notes : limits_of_scores;
  document.emplace_back(
      Paragraph{fmt::format("Status of this questionnaire: {} {}", status, limits)});
  add_support(document, options.contact);
}

// How far from the middle, as a share of half the range: 0 in the middle, 1 at an end.
double distance_from_middle(const Profile& profile, std::size_t scale) {
  const ScoreRange range = range_of(profile, scale);
  const double half = (range.max - range.min) / 2;
  return std::abs(profile.scores[scale].estimate->score - range.min - half) / half;
}

std::string standout_words(const Profile& profile, const Standout& standout) {
  const Scale& scale = profile.questionnaire.scales[standout.scale];
  const std::string& meaning = standout.high ? scale.high : scale.low;
  const bool is_slight = distance_from_middle(profile, standout.scale) < 1.0 / 3;
  return fmt::format("{}, {}: {}{}", scale.name, score_text(profile, standout.scale),
                     is_slight ? "leans a little towards: " : "", meaning);
}

}  // namespace

std::optional<std::size_t> about_of(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  if (profile.record.about) return find_about(questionnaire, *profile.record.about);
  if (questionnaire.abouts.empty()) return {};
  return 0;
}

const std::string& form_title(const Profile& profile) {
  const Form& form = profile.questionnaire.forms[profile.form];
  return form.title.empty() ? form.id : form.title;
}

void add_header(Document& document, const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  document.emplace_back(Heading{1, questionnaire.title});
  Facts facts;
  if (const auto about = about_of(profile)) {
    facts.rows.emplace_back("About", questionnaire.abouts[*about].phrase);
  } else if (profile.record.about) {
    facts.rows.emplace_back("About", *profile.record.about);
  }
  std::string date = render_local_date(profile.record.taken_at);
  if (questionnaire.scales.empty()) date += ", " + render_local_time(profile.record.taken_at);
  facts.rows.emplace_back("Date", std::move(date));
  if (profile.form > 0 && profile.form < questionnaire.forms.size()) {
    facts.rows.emplace_back("Form", form_title(profile));
  }
  facts.rows.emplace_back("Version", questionnaire.version);
  document.emplace_back(std::move(facts));
}

void add_standouts(Document& document, const Profile& profile) {
  Bullets bullets;
  for (const Standout& standout : profile.interpretation.standouts) {
    if (!profile.scores[standout.scale].estimate) continue;
    if (!is_shown_alone(profile, standout.scale)) continue;
    bullets.items.push_back(standout_words(profile, standout));
  }
  if (bullets.items.empty()) return;
  document.emplace_back(Heading{2, "What stands out"});
  document.emplace_back(Paragraph{bullets.items.size() == 1
                                      ? "This lies furthest from the middle:"
                                      : "These lie furthest from the middle:"});
  document.emplace_back(std::move(bullets));
}

void add_next_steps(Document& document, const Profile& profile) {
  if (profile.interpretation.next_steps.empty()) return;
  document.emplace_back(Heading{2, "Next steps"});
  add_steps(document, profile, StepNames::hidden);
}

void add_care_notes(Document& document, const Profile& profile) {
  const auto& notes = profile.interpretation.care_notes;
  if (notes.empty()) return;
  document.emplace_back(Heading{2, "A word on the answers"});
  for (const CareNote& note : notes) document.emplace_back(Paragraph{note.text, Tone::caution});
  document.emplace_back(
      Paragraph{"Every answer still counts in the scores above. If you were tired or in a hurry, "
                "you can answer again on a quieter day."});
}

void add_support(Document& document, const std::string& contact) {
  document.emplace_back(
      Paragraph{"If you are in distress, or afraid of someone, you need not carry it alone: talk "
                "to a person you trust, a doctor, a therapist or a crisis line where you live. In "
                "danger, call the emergency services."});
  if (contact.empty()) return;
  document.emplace_back(Paragraph{fmt::format("Your own line: {}", contact)});
}

void add_noted(Document& document, const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  Facts facts;
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
    const auto& answer = profile.responses.answers[i];
    if (!answer || std::holds_alternative<Skipped>(*answer)) continue;
    const Item& item = questionnaire.items[i];
    facts.rows.emplace_back(statement(questionnaire, item, about_of(profile)),
                            describe_answer(questionnaire, item, *answer));
  }
  document.emplace_back(Heading{2, "What you noted"});
  if (facts.rows.empty()) {
    document.emplace_back(Paragraph{"Nothing this time, and that is fine."});
    return;
  }
  document.emplace_back(std::move(facts));
  document.emplace_back(
      Paragraph{"There is no score here. Thank you for taking the time to notice."});
}

}  // namespace detail

Document profile_document(const Profile& profile, const ProfileOptions& options) {
  Document document;
  detail::add_header(document, profile);
  if (profile.questionnaire.scales.empty()) {
    detail::add_noted(document, profile);
  } else {
    detail::add_scores(document, profile);
    detail::add_derived(document, profile);
    detail::add_plane(document, profile);
    detail::add_standouts(document, profile);
  }
  detail::add_next_steps(document, profile);
  detail::add_care_notes(document, profile);
  if (options.explain == Explain::yes) detail::add_explanation(document, profile);
  detail::add_closing(document, profile, options);
  return document;
}

}  // namespace attune
