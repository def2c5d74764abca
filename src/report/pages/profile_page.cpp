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
#include "attune/report.hpp"
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
  if (facts.rows.empty()) return say(document, "Nothing this time, and that is fine.");
  document.emplace_back(std::move(facts));
  say(document, "There is no score here. Thank you for taking the time to notice.");
}

// --- next steps -------------------------------------------------------------------------------

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
    std::string tried;
    if (const auto tries = tries_of(profile, step.id); !tries.empty()) {
      const std::string date = render_local_date(tries.back()->at);
      const std::string& note = tries.back()->note;
      tried = tries.size() == 1
                  ? "You tried this on " + date
                  : fmt::format("You tried this {} times, last on {}", tries.size(), date);
      tried += note.empty() ? "." : fmt::format(": \"{}\"", note);
    }
    document.emplace_back(Step{step.title, step.why, step.try_this, std::string(name_of(step.size)),
                               names == StepNames::shown ? step.id : "", std::move(tried)});
  }
}

void add_tried(Document& document, const Profile& profile) {
  if (profile.tried.empty()) return;
  document.emplace_back(Heading{2, "What you tried"});
  Facts facts;
  const std::size_t count = std::min(profile.tried.size(), most_tries_shown);
  for (std::size_t i = 0; i < count; ++i) {
    const TriedStep& tried = profile.tried[profile.tried.size() - 1 - i];
    std::string what = tried.step;  // where the questionnaire no longer has it
    for (const NextStep& step : profile.questionnaire.next_steps) {
      if (step.id == tried.step) what = step.title;
    }
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

std::vector<const TriedStep*> tries_of(const Profile& profile, std::string_view step) {
  std::vector<const TriedStep*> tries;
  for (const TriedStep& each : profile.tried) {
    if (each.step == step) tries.push_back(&each);
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
  add_fact(facts, "About", about_in_words(questionnaire, profile.record.about));
  std::string date = render_local_date(profile.record.taken_at);
  if (questionnaire.scales.empty()) date += ", " + render_local_time(profile.record.taken_at);
  facts.rows.emplace_back("Date", std::move(date));
  if (profile.form > 0 && profile.form < questionnaire.forms.size()) {
    facts.rows.emplace_back("Form", form_title(profile));
  }
  facts.rows.emplace_back("Version", questionnaire.version);
  document.emplace_back(std::move(facts));
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
  const Questionnaire& questionnaire = profile.questionnaire;
  document.emplace_back(Heading{2, "How each answer counts"});
  say(document,
      "Pull is how far an answer moves the score away from where the other answers are: up with +, "
      "down with -. The strongest come first.");
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    const auto& estimate = profile.scores[i].estimate;
    if (scale.parent || !estimate) continue;
    auto parts = scoring::contributions(questionnaire, profile.form, profile.responses, i);
    if (parts.empty()) continue;
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
      return std::abs(a.pull) > std::abs(b.pull);
    });
    document.emplace_back(Heading{3, scale.name});
    say(document,
        fmt::format("{} of {} answers gives {}. Each answer counts so that a higher number means: "
                    "{}. Changing one answer by one step moves the score by {}.",
                    scale.method == ScoreMethod::mean ? "The mean" : "The sum", parts.size(),
                    render_fixed(estimate->score, 2), scale.high,
                    render_decimal(std::abs(parts.front().one_step), 2)));
    Table table = table_with({"Statement"}, {"Answer", "Counts as", "Pull"});
    for (const scoring::Contribution& part : parts) {
      const Item& item = questionnaire.items[part.item];
      const std::string text = statement(questionnaire, item, about_of(profile));
      const std::string pull = render_fixed(part.pull, 2);
      const bool has_plus = part.pull > 0 && pull != "0.00";
      table.rows.push_back({text.empty() ? item.id : text, tick_label(part.raw),
                            tick_label(part.keyed), has_plus ? '+' + pull : pull});
    }
    document.emplace_back(std::move(table));
  }
}

Document profile_document(const Profile& profile, const ProfileOptions& options) {
  const bool has_scales = !profile.questionnaire.scales.empty();
  Document document;
  add_profile_header(document, profile);
  if (has_scales) {
    add_scores(document, profile);
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
  add_fact(origin, "About", about_in_words(profile.questionnaire, profile.record.about));
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
