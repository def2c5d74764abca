// SPDX-License-Identifier: MIT
#include "attune/report_page.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "attune/interpretation.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// What counts of entries are not, beside scores.
constexpr std::string_view limits_of_journals =
    "The journals count what you wrote down, not all that happened. Small numbers rise and fall by "
    "chance; what stays over many weeks tells more.";

bool is_journal(const ReportValues& values) { return values.profile.questionnaire.scales.empty(); }

void add_trend(Document& document, const TrendReport& trend) {
  const ScaleSeries* series = longest(trend);
  if (series == nullptr) return;
  document.emplace_back(Heading{2, "Over time"});
  if (series->points.size() > 1) return add_over_time(document, trend, 3);
  say(document, first_check_in_words(trend));
}

// Lines of the person's own are asked for; without that they are not even looked at.
void add_journals(Document& document, const ReportValues& values, Notes notes) {
  Document journals;
  for (const Journal& journal : values.journals) {
    if (journal.entries.empty()) continue;
    const auto about = values.profile.record.about && !journal.questionnaire.abouts.empty()
                           ? find_about(journal.questionnaire, *values.profile.record.about)
                           : std::nullopt;
    if (!is_journal(values)) journals.emplace_back(Heading{2, journal.questionnaire.title});
    add_summary(journals, journal.questionnaire, journal.entries,
                {notes, about, is_journal(values) ? 2 : 3});
  }
  explain_once(journals);
  std::move(journals.begin(), journals.end(), std::back_inserter(document));
}

void add_note(Document& document, const Profile& profile) {
  if (profile.record.note.empty()) return;
  document.emplace_back(Heading{2, "Your note"});
  say(document, profile.record.note);
}

void add_meaning(Document& document, const ReportValues& values, const ReportOptions& options) {
  document.emplace_back(Heading{2, "What these numbers mean, and what they don't"});
  add_trend_limits(document, values.trend);
  const bool has_patterns =
      std::any_of(values.journals.begin(), values.journals.end(),
                  [](const Journal& journal) { return shows_patterns(journal.entries); });
  if (has_patterns) {
    say(document, is_journal(values) ? limits_of_counts : limits_of_journals);
  }
  say(document, is_journal(values) ? limits_of_notes : limits_of_scores);
  add_support(document, options.contact);
}

// --- what is kept back ------------------------------------------------------------------------

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

void name_items_by_id(Questionnaire& questionnaire) {
  for (Item& item : questionnaire.items) item.text = item.id;
}

// What the page does not show of what it was handed, in words; empty when it shows all.
std::string keep_back(ReportValues& values, ReportOptions& options) {
  if (options.redaction == Redaction::words) {
    values = without_words(std::move(values));
    options.contact.clear();
    return "what was written in words, and the wording of the statements";
  }
  if (options.notes == Notes::hide && remove_lines(values.journals)) {
    return "the lines written in journals";
  }
  return {};
}

// --- where it comes from ----------------------------------------------------------------------

const ScaleSeries* series_with_id(const TrendReport& trend, const std::string& scale) {
  const auto found = std::find_if(trend.scales.begin(), trend.scales.end(),
                                  [&](const ScaleSeries& each) { return each.id == scale; });
  return found == trend.scales.end() ? nullptr : &*found;
}

// The definition that was answered and, where it is another, the one that the scores are by.
void add_definitions(Facts& facts, const Profile& profile) {
  const Record& record = profile.record;
  const Questionnaire& questionnaire = profile.questionnaire;
  add_fact(facts, "Questionnaire", fmt::format("{} {}", questionnaire.id, record.version));
  add_fact(facts, "Its text (SHA-256)", record.sha256);
  if (record.scored_with.empty() || record.scored_with == record.sha256) return;
  add_fact(facts, "Scored by", fmt::format("{} {}", questionnaire.id, questionnaire.version));
  add_fact(facts, "Its text (SHA-256)", record.scored_with);
}

std::string check_ins_in_words(const CheckInDates& check_ins) {
  const std::string first = render_local_date(check_ins.first);
  const std::string last = render_local_date(check_ins.last);
  if (first == last) return fmt::format("{}, on {}", check_ins.count, first);
  return fmt::format("{}, the first on {}, the last on {}", check_ins.count, first, last);
}

// Where the check-ins before the profile's own lay on its plane, oldest first: those that have a
// score on both of its dimensions. None where it has no plane.
std::vector<PlanePosition> earlier_positions(const Profile& profile, const TrendReport& trend) {
  std::vector<PlanePosition> positions;
  const auto axes = plane_axes(profile.questionnaire);
  if (!axes) return positions;
  const ScaleSeries* x = series_with_id(trend, profile.questionnaire.scales[axes->first].id);
  const ScaleSeries* y = series_with_id(trend, profile.questionnaire.scales[axes->second].id);
  if (x == nullptr || y == nullptr) return positions;
  std::unordered_map<std::string_view, double> heights;
  heights.reserve(y->points.size());
  for (const trend::SeriesPoint& point : y->points) heights.emplace(point.id, point.estimate.score);
  for (const trend::SeriesPoint& point : x->points) {
    const auto height = heights.find(point.id);
    if (height == heights.end() || point.id == profile.record.id) continue;
    positions.push_back({point.estimate.score, height->second});
  }
  return positions;
}

// Where every number comes from, and what was left out (`kept_back`, in words; may be empty).
void add_provenance(Document& document, const ReportValues& values, const std::string& kept_back,
                    const std::string& made_with) {
  const Profile& profile = values.profile;
  const Questionnaire& questionnaire = profile.questionnaire;
  const bool has_scales = !questionnaire.scales.empty();
  Facts facts;
  add_definitions(facts, profile);
  add_fact(facts, "Status", questionnaire.status);
  add_fact(facts, "Source", questionnaire.source);
  add_fact(facts, "Licence", questionnaire.license);
  if (has_scales) add_fact(facts, "Form", form_title(profile));
  add_fact(facts, "Language", profile.record.language);
  if (has_scales) {
    add_fact(facts, "Sitting",
             fmt::format("{}, kept as {}", render_local_date(profile.record.taken_at),
                         profile.record.id));
  }
  add_fact(facts, has_scales ? "Check-ins" : "Entries", check_ins_in_words(values.check_ins));
  add_fact(facts, "Left out", kept_back);
  add_fact(facts, "Made with", made_with);
  document.emplace_back(Heading{2, "Where this comes from"});
  document.emplace_back(std::move(facts));
}

// --- the pages --------------------------------------------------------------------------------

Document journal_page(const ReportValues& values, const ReportOptions& options) {
  Document document{Heading{1, values.profile.questionnaire.title}};
  add_journals(document, values, options.notes);
  add_meaning(document, values, options);
  return document;
}

Document profile_page(const ReportValues& values, const ReportOptions& options) {
  const Profile& profile = values.profile;
  Document document;
  add_profile_header(document, profile);
  add_scores(document, profile);
  add_derived(document, profile);
  add_plane(document, profile, earlier_positions(profile, values.trend));
  add_standouts(document, profile);
  add_trend(document, values.trend);
  add_journals(document, values, options.notes);
  add_next_steps(document, profile);
  add_care_notes(document, profile);
  add_note(document, profile);
  if (options.explain == Explain::yes) add_explanation(document, profile);
  add_meaning(document, values, options);
  return document;
}

}  // namespace

Document report_document(ReportValues values, const ReportOptions& options) {
  ReportOptions own_options = options;
  const std::string kept_back = keep_back(values, own_options);
  Document document =
      is_journal(values) ? journal_page(values, own_options) : profile_page(values, own_options);
  add_provenance(document, values, kept_back, options.made_with);
  return document;
}

ReportValues without_words(ReportValues values) {
  values.profile.record.note.clear();
  for (RecordedAnswer& answer : values.profile.record.answers) {
    if (std::holds_alternative<std::string>(answer.answer)) answer.answer = Skipped{};
  }
  for (TriedStep& step : values.profile.tried) step.note.clear();
  name_items_by_id(values.profile.questionnaire);
  remove_lines(values.profile.responses);
  for (Journal& journal : values.journals) name_items_by_id(journal.questionnaire);
  remove_lines(values.journals);
  return values;
}

}  // namespace attune::report
