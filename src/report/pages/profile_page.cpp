// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/profile.hpp"
#include "attune/scoring.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

constexpr std::size_t most_tries_shown = 10;

// Whom the statements are worded about, as `statement` takes it.
std::optional<std::size_t> about_of(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  if (profile.record.about) return find_about(questionnaire, *profile.record.about);
  if (questionnaire.abouts.empty()) return {};
  return 0;
}

void add_about(Facts& facts, const Profile& profile) {
  if (const auto about = about_of(profile)) {
    facts.rows.emplace_back("About", profile.questionnaire.abouts[*about].phrase);
  } else if (profile.record.about) {
    facts.rows.emplace_back("About", *profile.record.about);
  }
}

// How far from the middle, as a share of half the range: 0 in the middle, 1 at an end.
double distance_from_middle(double score, ScoreRange range) {
  const double half = (range.max - range.min) / 2;
  return std::abs(score - range.min - half) / half;
}

std::string standout_words(const Profile& profile, const interpretation::Standout& standout) {
  const Scale& scale = profile.questionnaire.scales[standout.scale];
  const Estimate& estimate = *profile.scores[standout.scale].estimate;
  const ScoreRange range = range_of(profile.questionnaire, profile.scores, standout.scale);
  const bool is_slight = distance_from_middle(estimate.score, range) < 1.0 / 3;
  return fmt::format("{}, {}: {}{}", scale.name, with_margin(estimate.score, estimate.se, range),
                     is_slight ? "leans a little towards: " : "",
                     standout.high ? scale.high : scale.low);
}

// What was answered, in words: for forms that have no scales.
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
    say(document, "Nothing this time, and that is fine.");
    return;
  }
  document.emplace_back(std::move(facts));
  say(document, "There is no score here. Thank you for taking the time to notice.");
}

// --- how each answer counts -------------------------------------------------------------------

std::string pull_with_sign(double pull) {
  const std::string text = render_fixed(pull, 2);
  return pull > 0 && text != "0.00" ? '+' + text : text;
}

std::vector<scoring::Contribution> strongest_first(const Profile& profile, std::size_t scale) {
  std::vector<scoring::Contribution> parts =
      scoring::contributions(profile.questionnaire, profile.form, profile.responses, scale);
  std::stable_sort(parts.begin(), parts.end(),
                   [](const scoring::Contribution& a, const scoring::Contribution& b) {
                     return std::abs(a.pull) > std::abs(b.pull);
                   });
  return parts;
}

std::string contributions_in_words(const Scale& scale, double score,
                                   const std::vector<scoring::Contribution>& parts) {
  return fmt::format(
      "{} of {} answers gives {}. Each answer counts so that a higher number means: {}. Changing "
      "one answer by one step moves the score by {}.",
      scale.method == ScoreMethod::mean ? "The mean" : "The sum", parts.size(),
      render_fixed(score, 2), scale.high, render_decimal(std::abs(parts.front().one_step), 2));
}

Table contributions_table(const Profile& profile, const std::vector<scoring::Contribution>& parts) {
  Table table{{"Statement", "Answer", "Counts as", "Pull"},
              {Align::left, Align::right, Align::right, Align::right},
              {}};
  for (const scoring::Contribution& part : parts) {
    const Item& item = profile.questionnaire.items[part.item];
    const std::string text = statement(profile.questionnaire, item, about_of(profile));
    table.rows.push_back({text.empty() ? item.id : text, tick_label(part.raw),
                          tick_label(part.keyed), pull_with_sign(part.pull)});
  }
  return table;
}

// --- next steps -------------------------------------------------------------------------------

// "You tried this 2 times, last on 2026-10-01: "it went well"", or nothing for no tries.
std::string tried_words(const Tries& tries) {
  if (tries.last == nullptr) return {};
  const std::string date = render_local_date(tries.last->at);
  const std::string note =
      tries.last->note.empty() ? "." : fmt::format(": \"{}\"", tries.last->note);
  if (tries.count == 1) return fmt::format("You tried this on {}{}", date, note);
  return fmt::format("You tried this {} times, last on {}{}", tries.count, date, note);
}

// Whether a step is shown with the name that one types for it.
enum class StepNames { hidden, shown };

void add_chosen_steps(Document& document, const Profile& profile, StepNames names) {
  const bool any_score =
      std::any_of(profile.scores.begin(), profile.scores.end(),
                  [](const ScaleScore& score) { return score.estimate.has_value(); });
  const std::string_view origin =
      any_score ? "" : " Without scores these are general ideas, not drawn from your answers.";
  say(document,
      fmt::format("Each is meant for one week. One is enough; pick what speaks to you.{}", origin));
  for (const std::size_t index : profile.interpretation.next_steps) {
    const NextStep& step = profile.questionnaire.next_steps[index];
    document.emplace_back(Step{step.title, step.why, step.try_this, std::string(name_of(step.size)),
                               names == StepNames::shown ? step.id : std::string(),
                               tried_words(tries_of(profile, step.id))});
  }
}

// The title of a step; its id when the questionnaire no longer has it.
std::string step_title(const Questionnaire& questionnaire, const std::string& step) {
  for (const NextStep& each : questionnaire.next_steps) {
    if (each.id == step) return each.title;
  }
  return step;
}

void add_tried(Document& document, const Profile& profile) {
  if (profile.tried.empty()) return;
  document.emplace_back(Heading{2, "What you tried"});
  Facts facts;
  const std::size_t count = std::min(profile.tried.size(), most_tries_shown);
  for (std::size_t i = 0; i < count; ++i) {
    const TriedStep& tried = profile.tried[profile.tried.size() - 1 - i];
    std::string what = step_title(profile.questionnaire, tried.step);
    if (!tried.note.empty()) what += fmt::format(": \"{}\"", tried.note);
    // A line each: a note can't look like another entry.
    std::replace(what.begin(), what.end(), '\n', ' ');
    facts.rows.emplace_back(render_local_date(tried.at), std::move(what));
  }
  document.emplace_back(std::move(facts));
  if (count == profile.tried.size()) return;
  say(document, fmt::format("And {} before that. The output as json has them all.",
                            profile.tried.size() - count));
}

}  // namespace

Tries tries_of(const Profile& profile, std::string_view step) {
  Tries tries;
  for (const TriedStep& each : profile.tried) {
    if (each.step != step) continue;
    ++tries.count;
    tries.last = &each;
  }
  return tries;
}

const std::string& form_title(const Profile& profile) {
  const Form& form = profile.questionnaire.forms[profile.form];
  return form.title.empty() ? form.id : form.title;
}

void add_profile_header(Document& document, const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  document.emplace_back(Heading{1, questionnaire.title});
  Facts facts;
  add_about(facts, profile);
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
  for (const interpretation::Standout& standout : profile.interpretation.standouts) {
    if (!profile.scores[standout.scale].estimate) continue;
    if (!is_shown_alone(profile, standout.scale)) continue;
    bullets.items.push_back(standout_words(profile, standout));
  }
  if (bullets.items.empty()) return;
  document.emplace_back(Heading{2, "What stands out"});
  say(document, bullets.items.size() == 1 ? "This lies furthest from the middle:"
                                          : "These lie furthest from the middle:");
  document.emplace_back(std::move(bullets));
}

void add_next_steps(Document& document, const Profile& profile) {
  if (profile.interpretation.next_steps.empty()) return;
  document.emplace_back(Heading{2, "Next steps"});
  add_chosen_steps(document, profile, StepNames::hidden);
}

void add_care_notes(Document& document, const Profile& profile) {
  const auto& notes = profile.interpretation.care_notes;
  if (notes.empty()) return;
  document.emplace_back(Heading{2, "A word on the answers"});
  for (const interpretation::CareNote& note : notes) say(document, Tone::caution, note.text);
  say(document,
      "Every answer still counts in the scores above. If you were tired or in a hurry, you can "
      "answer again on a quieter day.");
}

void add_explanation(Document& document, const Profile& profile) {
  document.emplace_back(Heading{2, "How each answer counts"});
  say(document,
      "Pull is how far an answer moves the score away from where the other answers are: up with +, "
      "down with -. The strongest come first.");
  for (std::size_t i = 0; i < profile.questionnaire.scales.size(); ++i) {
    const Scale& scale = profile.questionnaire.scales[i];
    const auto& estimate = profile.scores[i].estimate;
    if (scale.parent || !estimate) continue;
    const std::vector<scoring::Contribution> parts = strongest_first(profile, i);
    if (parts.empty()) continue;
    document.emplace_back(Heading{3, scale.name});
    say(document, contributions_in_words(scale, estimate->score, parts));
    document.emplace_back(contributions_table(profile, parts));
  }
}

Document profile_document(const Profile& profile, const ProfileOptions& options) {
  const bool has_scales = !profile.questionnaire.scales.empty();
  Document document;
  add_profile_header(document, profile);
  if (has_scales) {
    add_scores(document, profile);
    add_derived(document, profile);
    add_plane(document, profile);
    add_standouts(document, profile);
  } else {
    add_noted(document, profile);
  }
  add_next_steps(document, profile);
  add_care_notes(document, profile);
  if (options.explain == Explain::yes) add_explanation(document, profile);
  document.emplace_back(Heading{2, "Please keep in mind"});
  add_status(document, profile.questionnaire.status,
             has_scales ? limits_of_scores : limits_of_notes);
  add_support(document, options.contact);
  return document;
}

Document next_document(const Profile& profile) {
  Document document{Heading{1, "Next steps"}};
  Facts origin{{{"From", fmt::format("{}, {}", profile.questionnaire.title,
                                     render_local_date(profile.record.taken_at))}}};
  add_about(origin, profile);
  document.emplace_back(std::move(origin));
  if (profile.questionnaire.next_steps.empty()) {
    say(document, "This questionnaire suggests no steps, and that is fine.");
    return document;
  }
  add_chosen_steps(document, profile, StepNames::shown);
  document.emplace_back(Heading{2, "When you have tried one"});
  say(document, "Say so by its name. --note adds a line on how it went, for you alone:");
  say(document, fmt::format("attune next {} --tried NAME --note", profile.questionnaire.id));
  add_tried(document, profile);
  return document;
}

}  // namespace attune::report
