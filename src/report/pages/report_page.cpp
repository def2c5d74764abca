// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "attune/interpretation.hpp"
#include "attune/report.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {
namespace {

// What counts of entries are not, beside scores.
constexpr std::string_view limits_of_journals =
    "The journals count what you wrote down, not all that happened. Small numbers rise and fall by "
    "chance; what stays over many weeks tells more.";

bool is_journal(const ReportValues& values) { return values.profile.questionnaire.scales.empty(); }

// Lines of the person's own are asked for; without that they are not even looked at.
void add_journals(Document& document, const ReportValues& values, Notes notes) {
  for (const Journal& journal : values.journals) {
    if (journal.entries.empty()) continue;
    const auto& id = values.profile.record.about;
    const auto about = id ? find_about(journal.questionnaire, *id) : std::nullopt;
    if (!is_journal(values)) document.emplace_back(Heading{2, journal.questionnaire.title});
    add_summary(document, journal.questionnaire, journal.entries, {notes, about},
                is_journal(values) ? 2 : 3);
  }
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

// --- where it comes from ----------------------------------------------------------------------

// Where the check-ins before the profile's own lay on its plane, oldest first: those that have a
// score on both of its dimensions. None where it has no plane.
std::vector<PlanePosition> earlier_positions(const Profile& profile, const TrendReport& trend) {
  std::vector<PlanePosition> positions;
  const auto axes = plane_axes(profile.questionnaire);
  if (!axes) return positions;
  const auto points_on = [&](std::size_t scale) {
    std::span<const trend::SeriesPoint> points;
    for (const ScaleSeries& series : trend.scales) {
      if (series.id == profile.questionnaire.scales[scale].id) points = series.points;
    }
    return points;
  };
  std::unordered_map<std::string_view, double> heights;
  for (const trend::SeriesPoint& point : points_on(axes->second)) {
    heights.emplace(point.id, point.estimate.score);
  }
  for (const trend::SeriesPoint& point : points_on(axes->first)) {
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
  if (has_scales) add_fact(facts, "Form", form_title(profile));
  add_fact(facts, "Language", record.language);
  if (has_scales) {
    add_fact(facts, "Sitting",
             fmt::format("{}, kept as {}", render_local_date(record.taken_at), record.id));
  }
  const std::string first = render_local_date(values.check_ins.first);
  const std::string last = render_local_date(values.check_ins.last);
  const std::string dates =
      first == last ? "on " + first : fmt::format("the first on {}, the last on {}", first, last);
  add_fact(facts, has_scales ? "Check-ins" : "Entries",
           fmt::format("{}, {}", values.check_ins.count, dates));
  add_fact(facts, "Left out", kept_back);
  add_fact(facts, "Made with", made_with);
  document.emplace_back(Heading{2, "Where this comes from"});
  document.emplace_back(std::move(facts));
}

}  // namespace

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
  if (is_journal(values)) {
    document.emplace_back(Heading{1, profile.questionnaire.title});
    add_journals(document, values, options.notes);
  } else {
    add_profile_header(document, profile);
    add_scores(document, profile, earlier_positions(profile, values.trend));
    if (const ScaleSeries* series = longest(values.trend)) {
      document.emplace_back(Heading{2, "Over time"});
      if (series->points.size() > 1) {
        add_over_time(document, values.trend, 3);
      } else {
        say(document, first_check_in_words(values.trend));
      }
    }
    add_journals(document, values, options.notes);
    add_next_steps(document, profile);
    add_care_notes(document, profile);
    if (!profile.record.note.empty()) {
      document.emplace_back(Heading{2, "Your note"});
      say(document, profile.record.note);
    }
    if (options.explain == Explain::yes) add_explanation(document, profile);
  }
  document.emplace_back(Heading{2, "What these numbers mean, and what they don't"});
  add_trend_limits(document, values.trend);
  const bool has_patterns =
      std::any_of(values.journals.begin(), values.journals.end(),
                  [](const Journal& journal) { return shows_patterns(journal.entries); });
  if (has_patterns) say(document, is_journal(values) ? limits_of_counts : limits_of_journals);
  say(document, is_journal(values) ? limits_of_notes : limits_of_scores);
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
