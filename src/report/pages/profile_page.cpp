// SPDX-License-Identifier: MIT
// A profile, its next steps, and the report, which shows the same sections among others.
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/interpretation.hpp"
#include "attune/report.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

constexpr std::size_t most_tries_shown = 10;

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

// Whether a step is shown with the name that one types for it.
enum class StepNames { hidden, shown };

void add_chosen_steps(Document& document, const Profile& profile, StepNames names) {
  const bool any_score = std::ranges::any_of(
      profile.scores, [](const ScaleScore& score) { return score.estimate.has_value(); });
  const std::string_view origin =
      any_score ? "" : " Without scores, these are general ideas, not based on your answers.";
  const Questionnaire& questionnaire = profile.questionnaire;
  const auto about = about_of(profile);
  const bool is_named =
      profile.record.about && about > 0U && !questionnaire.abouts[*about].you.empty();
  const std::string person = is_named ? questionnaire.abouts[*about].you : "someone close to you";
  say(document, Tone::caution,
      fmt::format(
          "If you are ever afraid of {}, or are hurt, threatened or controlled, skip these "
          "steps for now. Talk first to someone outside the relationship: a person you "
          "trust or a helpline, such as one for domestic abuse, on a phone nobody else checks. "
          "How you are treated is not your fault, and being kinder will not stop it.",
          person));
  say(document,
      fmt::format(
          "One step is enough for this week; choose the one that suits you. Small ones take "
          "little time, though they may not feel easy; medium ones ask for more time or effort.{}",
          origin));
  for (const std::size_t index : profile.interpretation.next_steps) {
    const NextStep& step = questionnaire.next_steps[index];
    std::string tried;
    if (const auto tries = tries_of(profile, step.id); !tries.empty()) {
      const std::string date = render_local_date(tries.back()->at);
      const std::string& note = tries.back()->note;
      tried = tries.size() == 1
                  ? "You tried this on " + date
                  : fmt::format("You tried this {} times, last on {}", tries.size(), date);
      tried += note.empty() ? "." : fmt::format(": \"{}\"", note);
    }
    const bool is_support = step.size == StepSize::support;
    document.emplace_back(Step{step.title, addressed(questionnaire, step.why, about),
                               addressed(questionnaire, step.try_this, about),
                               std::string(is_support ? "" : name_of(step.size)),
                               names == StepNames::shown ? step.id : "", std::move(tried)});
  }
  say(document, Tone::quiet,
      "If a step goes badly, you have not failed. Stop, do something that calms you, and make the "
      "next one smaller. If anyone, whether or not the step involved them, reacts with threats, "
      "insults or anger that frightens you, that is not your fault. Drop that step, and talk to "
      "someone who is kind to you.");
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
    std::ranges::replace(what, '\n', ' ');
    facts.rows.emplace_back(render_local_date(tried.at), std::move(what));
  }
  document.emplace_back(std::move(facts));
  if (count == profile.tried.size()) return;
  say(document, fmt::format("And {} before that. The output as json has them all.",
                            profile.tried.size() - count));
}

// "Short form", or the id of a form without a title. Precondition: the form exists.
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
  std::vector<std::string> words;
  for (const interpretation::CareNote& note : notes) words.push_back(note.text);
  say(document, Tone::caution, joined(words, " "));
  say(document,
      "All of this can have a good reason, and every answer counts as it stands. If you were tired "
      "or in a hurry, answering again on a quiet day may give a clearer picture.");
}

// An answer this many steps from the mean of its scale is marked.
constexpr double steps_to_stand_out = 2;

// Every main scale's answers with what each counts for, the highest first.
void add_explanation(Document& document, const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  document.emplace_back(Heading{2, "How each answer counts"});
  say(document,
      "An answer counts as it is, or reversed where agreeing points the other way. An answer that "
      "counts two or more steps above or below the average is marked.");
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    const auto& estimate = profile.scores[i].estimate;
    if (scale.parent || !estimate) continue;
    auto parts = scoring::contributions(questionnaire, profile.form, profile.responses, i);
    if (parts.empty()) continue;
    std::ranges::stable_sort(parts, std::ranges::greater{}, &scoring::Contribution::pull);
    double mean = 0;
    for (const auto& part : parts) mean += part.keyed / static_cast<double>(parts.size());
    document.emplace_back(Heading{3, scale.name});
    say(document,
        fmt::format("The {} of {} answers is {}. The high end means: {}. One answer a step "
                    "higher or lower moves the score by {}.",
                    scale.method == ScoreMethod::mean ? "average" : "sum", parts.size(),
                    render_fixed(estimate->score, 2), scale.high,
                    render_decimal(std::abs(parts.front().one_step), 2)));
    Table table = table_with({"Statement"}, {"Answer", "Counts as"});
    add_column(table, "Stands out");
    for (const scoring::Contribution& part : parts) {
      const Item& item = questionnaire.items[part.item];
      const std::string text = statement(questionnaire, item, about_of(profile));
      const bool stands_out = std::abs(part.keyed - mean) >= steps_to_stand_out;
      table.rows.push_back({text.empty() ? item.id : text, tick_label(part.raw),
                            tick_label(part.keyed),
                            !stands_out         ? ""
                            : part.keyed > mean ? "above"
                                                : "below"});
    }
    document.emplace_back(std::move(table));
  }
}

// Lines of the person's own are asked for; without that they are not even looked at.
void add_journals(Document& document, const ReportValues& values, Notes notes) {
  for (const Journal& journal : values.journals) {
    if (journal.entries.empty()) continue;
    const auto& id = values.profile.record.about;
    const auto about = id ? find_about(journal.questionnaire, *id) : std::nullopt;
    document.emplace_back(Heading{2, journal.questionnaire.title});
    add_summary(document, journal.questionnaire, journal.entries, {notes, about}, 3);
  }
}

// Takes the lines out; says whether there were any.
bool remove_lines(Responses& responses) {
  bool found = false;
  for (auto& answer : responses.answers) {
    if (!answer || !std::holds_alternative<std::string>(*answer)) continue;
    answer.reset();
    found = true;
  }
  return found;
}

bool remove_lines(std::vector<Journal>& journals) {
  bool found = false;
  for (Journal& journal : journals) {
    for (trend::Entry& entry : journal.entries) found = remove_lines(entry.responses) || found;
  }
  return found;
}

// Where to turn in distress, and the person's own line where there is one.
void add_support(Document& document, const std::string& contact) {
  say(document,
      "If you are in distress, you don't have to face it alone: talk to a person you trust, a "
      "doctor, a therapist or a crisis line where you live. If someone hurts, threatens or "
      "controls you (your money, your phone, who you see), even if they say sorry afterwards, a "
      "domestic abuse helpline can help. You can call even if you are unsure or want to keep the "
      "relationship. Call when that person can't overhear you, on a phone they don't check. If you "
      "are in danger now, or might harm yourself, call the emergency services.");
  add_own_line(document, contact);
}

// Where every number comes from, and what was left out (`kept_back`, in words; may be empty).
void add_provenance(Document& document, const ReportValues& values, const std::string& kept_back,
                    const std::string& made_with) {
  const Profile& profile = values.profile;
  const Questionnaire& questionnaire = profile.questionnaire;
  Facts facts;
  const Record& record = profile.record;
  // The definition that was answered and, where it is another, the one that the scores are by.
  add_fact(facts, "Questionnaire", fmt::format("{} {}", questionnaire.id, record.version));
  add_fact(facts, "Its text (SHA-256)", record.sha256);
  if (!record.scored_with.empty() && record.scored_with != record.sha256) {
    add_fact(facts, "Scored by", fmt::format("{} {}", questionnaire.id, questionnaire.version));
    add_fact(facts, "Its text (SHA-256)", record.scored_with);
  }
  add_fact(facts, "Status", questionnaire.status);
  add_fact(facts, "Source", questionnaire.source);
  add_fact(facts, "Licence", questionnaire.license);
  add_fact(facts, "Form", form_title(profile));
  add_fact(facts, "Language", record.language);
  add_fact(facts, "Sitting",
           fmt::format("{}, kept as {}", render_local_date(record.taken_at), record.id));
  const std::string first = render_local_date(values.check_ins.first);
  const std::string last = render_local_date(values.check_ins.last);
  const std::string dates =
      first == last ? "on " + first : fmt::format("the first on {}, the last on {}", first, last);
  add_fact(facts, "Check-ins", fmt::format("{}, {}", values.check_ins.count, dates));
  add_fact(facts, "Left out", kept_back);
  add_fact(facts, "Made with", made_with);
  document.emplace_back(Heading{2, "Where this comes from"});
  document.emplace_back(std::move(facts));
}

}  // namespace

void add_status(Document& document, const std::string& status, std::string_view limits) {
  say(document, fmt::format("Status of this questionnaire: {} {}", with_full_stop(status), limits));
}

void add_own_line(Document& document, const std::string& contact) {
  if (!contact.empty()) say(document, "Your own line: " + contact);
}

std::vector<const TriedStep*> tries_of(const Profile& profile, std::string_view step) {
  std::vector<const TriedStep*> tries;
  for (const TriedStep& each : profile.tried) {
    if (each.step == step) tries.push_back(&each);
  }
  return tries;
}

Document profile_document(const Profile& profile, const ProfileOptions& options) {
  const bool has_scales = !profile.questionnaire.scales.empty();
  Document document;
  add_profile_header(document, profile);
  if (has_scales) {
    add_in_short(document, profile);
    add_care_notes(document, profile);
    add_scores(document, profile);
  } else {
    add_noted(document, profile);
  }
  add_next_steps(document, profile);
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
  add_chosen_steps(document, profile, StepNames::shown);
  document.emplace_back(Heading{2, "When you have tried one"});
  say(document,
      "Mark it by its name. If nobody else can open this device, --note adds how it went:");
  const auto& steps = profile.interpretation.next_steps;
  say(document,
      fmt::format("attune next {} --tried {} --note", profile.questionnaire.id,
                  steps.empty() ? "NAME" : profile.questionnaire.next_steps[steps.front()].id));
  add_tried(document, profile);
  document.emplace_back(Heading{2, "Please keep in mind"});
  add_support(document, {});
  return document;
}

Document report_document(ReportValues values, const ReportOptions& options) {
  std::string contact = options.contact;
  std::string kept_back;  // what the page does not show of what it was handed, in words
  if (options.redaction == Redaction::words) {
    values = without_words(std::move(values));
    contact.clear();
    kept_back = "what was written in words, and the wording of the statements";
  } else if (options.notes == Notes::hide && remove_lines(values.journals)) {
    kept_back = "the lines written in journals";
  }
  const Profile& profile = values.profile;
  Document document;
  add_profile_header(document, profile);
  add_in_short(document, profile);
  add_care_notes(document, profile);
  add_scores(document, profile);
  if (const ScaleSeries* series = longest(profile.trend)) {
    document.emplace_back(Heading{2, "Over time"});
    if (series->points.size() > 1) {
      add_over_time(document, profile.trend, 3);
    } else {
      say(document, first_check_in_words(profile.trend));
    }
  }
  add_journals(document, values, options.notes);
  add_next_steps(document, profile);
  if (!profile.record.note.empty()) {
    document.emplace_back(Heading{2, "Your note"});
    say(document, profile.record.note);
  }
  if (options.explain == Explain::yes) add_explanation(document, profile);
  document.emplace_back(Heading{2, "What these numbers mean, and what they don't"});
  add_trend_limits(document, profile.trend);
  const bool has_patterns = std::ranges::any_of(
      values.journals, [](const Journal& journal) { return shows_patterns(journal.entries); });
  if (has_patterns) say(document, limits_of_counts);
  say(document, limits_of_scores);
  add_support(document, contact);
  add_provenance(document, values, kept_back, options.made_with);
  return document;
}

ReportValues without_words(ReportValues values) {
  const auto name_items_by_id = [](Questionnaire& questionnaire) {
    for (Item& item : questionnaire.items) item.text = item.id;
  };
  Profile& profile = values.profile;
  profile.record.note.clear();
  if (profile.record.about) {
    profile.record.about = kind_of_about(*profile.record.about);
    profile.trend.about_phrase = about_in_words(profile.questionnaire, profile.record.about);
    if (profile.trend.about) profile.trend.about = profile.record.about;
  }
  for (RecordedAnswer& answer : profile.record.answers) {
    if (std::holds_alternative<std::string>(answer.answer)) answer.answer = Skipped{};
  }
  for (TriedStep& step : profile.tried) step.note.clear();
  name_items_by_id(profile.questionnaire);
  remove_lines(profile.responses);
  for (Journal& journal : values.journals) name_items_by_id(journal.questionnaire);
  remove_lines(values.journals);
  return values;
}

}  // namespace attune::report
