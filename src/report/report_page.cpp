// SPDX-License-Identifier: MIT
#include "attune/report_page.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <variant>

#include "report/moments_parts.hpp"
#include "report/profile_parts.hpp"
#include "report/report_parts.hpp"
#include "report/trend_parts.hpp"

namespace attune {
namespace detail {
namespace {

bool is_journal(const ReportValues& values) { return values.profile.questionnaire.scales.empty(); }

void add_trend(Document& document, const TrendReport& trend) {
  const ScaleSeries* series = longest(trend);
  if (series == nullptr) return;
  document.emplace_back(Heading{2, "Over time"});
  if (series->points.size() > 1) return add_over_time(document, trend, 3);
  document.emplace_back(Paragraph{first_check_in_words(trend)});
}

// Lines of the person's own are asked for; without that they are not even looked at.
void add_journals(Document& document, const ReportValues& values, Notes notes) {
  Said said;
  for (const Journal& journal : values.journals) {
    if (journal.entries.empty()) continue;
    const auto about = values.profile.record.about && !journal.questionnaire.abouts.empty()
                           ? find_about(journal.questionnaire, *values.profile.record.about)
                           : std::nullopt;
    if (!is_journal(values)) document.emplace_back(Heading{2, journal.questionnaire.title});
    add_summary(document, journal.questionnaire, journal.entries,
                {notes, about, is_journal(values) ? 2 : 3}, said);
  }
}

void add_note(Document& document, const Profile& profile) {
  if (profile.record.note.empty()) return;
  document.emplace_back(Heading{2, "Your note"});
  document.emplace_back(Paragraph{profile.record.note});
}

void add_meaning(Document& document, const ReportValues& values, const ReportOptions& options) {
  document.emplace_back(Heading{2, "What these numbers mean, and what they don't"});
  const ScaleSeries* series = longest(values.trend);
  if (series != nullptr && series->points.size() > 1) {
    document.emplace_back(Paragraph{trend_limits(values.trend)});
  }
  if (std::string words = left_out_words(values.trend); !words.empty()) {
    document.emplace_back(Paragraph{std::move(words)});
  }
  const bool has_patterns =
      std::any_of(values.journals.begin(), values.journals.end(),
                  [](const Journal& journal) { return shows_patterns(journal.entries); });
  if (has_patterns) {
    document.emplace_back(Paragraph{
        std::string(is_journal(values) ? limits_of_counts
                                       : "The journals count what you wrote down, not all "
                                         "that happened. Small numbers rise and fall by "
                                         "chance; what stays over many weeks tells more.")});
  }
  document.emplace_back(
      Paragraph{std::string(is_journal(values) ? limits_of_notes : limits_of_scores)});
  add_support(document, options.contact);
}

bool has_line(const Entry& entry) {
  return std::any_of(entry.responses.answers.begin(), entry.responses.answers.end(),
                     [](const std::optional<Answer>& answer) {
                       return answer && std::holds_alternative<std::string>(*answer);
                     });
}

// Takes the lines of journals out; says whether there were any.
bool remove_lines(std::vector<Journal>& journals) {
  bool found = false;
  for (Journal& journal : journals) {
    for (Entry& entry : journal.entries) {
      if (!has_line(entry)) continue;
      found = true;
      for (auto& answer : entry.responses.answers) {
        if (answer && std::holds_alternative<std::string>(*answer)) answer.reset();
      }
    }
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

Document journal_page(const ReportValues& values, const ReportOptions& options) {
  Document document{Heading{1, values.profile.questionnaire.title}};
  add_journals(document, values, options.notes);
  add_meaning(document, values, options);
  return document;
}

Document profile_page(const ReportValues& values, const ReportOptions& options) {
  const Profile& profile = values.profile;
  Document document;
  add_header(document, profile);
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
}  // namespace detail

Document report_document(ReportValues values, const ReportOptions& options) {
  ReportOptions own_options = options;
  const std::string kept_back = detail::keep_back(values, own_options);
  Document document = detail::is_journal(values) ? detail::journal_page(values, own_options)
                                                 : detail::profile_page(values, own_options);
  detail::add_provenance(document, values, kept_back, options.made_with);
  return document;
}

ReportValues without_words(ReportValues values) {
  values.profile.record.note.clear();
  for (RecordedAnswer& answer : values.profile.record.answers) {
    if (std::holds_alternative<std::string>(answer.answer)) answer.answer = Skipped{};
  }
  for (TriedStep& step : values.profile.tried) step.note.clear();
  detail::name_items_by_id(values.profile.questionnaire);
  for (auto& answer : values.profile.responses.answers) {
    if (answer && std::holds_alternative<std::string>(*answer)) answer.reset();
  }
  for (Journal& journal : values.journals) detail::name_items_by_id(journal.questionnaire);
  detail::remove_lines(values.journals);
  return values;
}

}  // namespace attune
