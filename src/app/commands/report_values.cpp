// SPDX-License-Identifier: MIT
#include "app/commands/report_values.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

#include "attune/text.hpp"

#include "app/commands/history.hpp"
#include "app/commands/moments.hpp"
#include "app/commands/series.hpp"
#include "app/commands/trend.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

constexpr const char* default_questionnaire = "closeness";

Error named_twice(const std::string& word) {
  return {ErrorKind::usage,
          fmt::format("'{}' is one record, whomever it is about", escape(word)),
          "--about",
          {"leave it out, or name a questionnaire in place of the record"}};
}

// The record that the word names, if it names one.
Result<std::optional<Record>> named_record(History& history, const ReportSubject& subject) {
  if (!subject.word) return std::optional<Record>();
  if (*subject.word != "last") {
    Result<std::optional<Record>> found =
        attempt([&] { return history.find_record(*subject.word); });
    if (found && *found && subject.selection.about) return named_twice(*subject.word);
    return found;
  }
  if (subject.selection.about) return named_twice(*subject.word);
  Result<Record> newest = find_record(history, *subject.word);
  if (!newest) return newest.error();
  return std::optional<Record>(*std::move(newest));
}

// Why nothing was found, where the word is neither a record nor a questionnaire.
Error nothing_found(History& history, const ReportSubject& subject, const Selection& selection,
                    const Catalogue& catalogue) {
  Error none = no_check_ins(&history, selection);
  const std::string& name = *selection.filter.questionnaire;
  std::set<std::string> known;
  std::vector<std::string> candidates;
  const Result<void> visited = attempt([&] {
    return history.visit_records({}, [&](const Record& record) {
      known.insert(record.questionnaire);
      candidates.push_back(record.id);
    });
  });
  if (!visited) return visited.error();
  if (known.count(name) > 0) return none;
  for (const CatalogueEntry& entry : catalogue.entries()) known.insert(entry.id);
  if (!subject.word || known.count(name) > 0) {
    none.advice = {fmt::format("attune take {} makes the first one", escape(name))};
    return none;
  }
  candidates.insert(candidates.end(), known.begin(), known.end());
  Error error = unknown_name(ErrorKind::not_found, "report", name, candidates);
  error.message = fmt::format("there is no record and no questionnaire '{}'", escape(name));
  error.advice.emplace_back("attune history list shows the ids, attune list the names");
  return error;
}

// One journal's entries that are wanted; nothing where its newest definition has scores after all.
Result<std::optional<Journal>> read_journal(History& history, KeptDefinitions& definitions,
                                            const Selection& selection) {
  Result<std::vector<Record>> records = attempt([&] { return history.records(selection.filter); });
  if (!records) return records.error();
  const auto newest = std::max_element(records->begin(), records->end(), is_earlier);
  if (newest == records->end()) return std::optional<Journal>();
  const Result<const Questionnaire*> found = definitions.find(newest->scored_with);
  if (!found) return found.error();
  const Questionnaire* questionnaire = *found;
  if (questionnaire == nullptr || !questionnaire->scales.empty()) return std::optional<Journal>();
  if (selection.up_to) {
    const auto is_later = [&](const Record& each) { return order_of(each) > *selection.up_to; };
    records->erase(std::remove_if(records->begin(), records->end(), is_later), records->end());
  }
  const auto about = questionnaire->abouts.empty() ? std::nullopt : selection.about;
  return std::optional<Journal>({*questionnaire, entries_of(*records, *questionnaire, about)});
}

// Every journal but the questionnaire that is reported, by name.
Result<std::vector<Journal>> read_journals(History& history, KeptDefinitions& definitions,
                                           Selection selection) {
  const Result<std::vector<std::string>> hashes =
      attempt([&] { return history.kept_definitions(); });
  if (!hashes) return hashes.error();
  std::set<std::string> names;
  for (const std::string& hash : *hashes) {
    const Result<const Questionnaire*> found = definitions.find(hash);
    if (!found) return found.error();
    if (*found != nullptr && (*found)->scales.empty()) names.insert((*found)->id);
  }
  names.erase(*selection.filter.questionnaire);
  std::vector<Journal> journals;
  for (const std::string& name : names) {
    selection.filter.questionnaire = name;
    Result<std::optional<Journal>> journal = read_journal(history, definitions, selection);
    if (!journal) return journal.error();
    if (*journal) journals.push_back(**std::move(journal));
  }
  return journals;
}

// Of all entries, whomever they are about.
CheckInDates dates_of(const std::vector<Entry>& entries) {
  CheckInDates dates;
  dates.count = entries.size();
  if (const auto frequency = tally_frequency(entries)) {
    dates.first = frequency->first;
    dates.last = frequency->last;
  }
  return dates;
}

// A profile of the newest check-in knows every step that was tried, as `next` does; an earlier one
// those that were tried until then.
Result<ReportValues> values_of(History& history, KeptDefinitions& definitions, const Record& record,
                               AboutSeries& series, const std::string& about, Selection selection) {
  const bool is_newest = series.later == 0;
  Result<Profile> profile =
      profile_of(history, record, ScoredBy::newest, is_newest ? Tries::all : Tries::before);
  if (!profile) return profile.error();
  ReportValues values;
  values.profile = *std::move(profile);
  values.check_ins = {series.collector.count(), series.first, series.last};
  if (is_newest) {
    selection.up_to.reset();
  } else {
    selection.up_to = order_of(record);
  }
  if (values.profile.questionnaire.scales.empty()) {
    Result<std::optional<Journal>> journal = read_journal(history, definitions, selection);
    if (!journal) return journal.error();
    if (!*journal) return values;
    values.journals.push_back(**std::move(journal));
    values.check_ins = dates_of(values.journals.front().entries);
    return values;
  }
  values.trend = trend_report(series, about, {});
  selection.about = about_of(record, values.profile.questionnaire);
  Result<std::vector<Journal>> journals = read_journals(history, definitions, selection);
  if (!journals) return journals.error();
  values.journals = *std::move(journals);
  return values;
}

Error not_of_these_days(const Record& record) {
  return {ErrorKind::not_found, "is not of these days", record.id, {}};
}

SeriesByAbout::iterator newest_series(SeriesByAbout& series) {
  return std::max_element(series.begin(), series.end(), [](const auto& a, const auto& b) {
    return a.second.newest < b.second.newest;
  });
}

}  // namespace

Result<ReportValues> read_report(History& history, const ReportSubject& subject,
                                 const Catalogue& catalogue) {
  Result<std::optional<Record>> named = named_record(history, subject);
  if (!named) return named.error();
  KeptDefinitions definitions(history);
  Selection selection = subject.selection;
  selection.filter.questionnaire =
      *named ? (*named)->questionnaire : subject.word.value_or(default_questionnaire);
  if (*named) {
    selection.up_to = order_of(**named);
    const auto own = definitions.find((*named)->scored_with);
    if (!own) return own.error();
    if (*own == nullptr) {
      return profile_of(history, **named, ScoredBy::newest, Tries::before).error();
    }
    selection.about = about_of(**named, **own);
  }
  Result<SeriesByAbout> series = collect_series(history, definitions, selection, {});
  if (!series && series.error().kind == ErrorKind::not_found) {
    return *named ? not_of_these_days(**named)
                  : nothing_found(history, subject, selection, catalogue);
  }
  if (!series) return series.error();
  const auto chosen = newest_series(*series);
  const std::string& id = chosen->second.newest_id;
  if (*named && id != (*named)->id) return not_of_these_days(**named);
  if (!*named) named = attempt([&] { return history.find_record(id); });
  if (!named) return named.error();
  if (!*named) return nothing_found(history, subject, selection, catalogue);
  Selection wanted = subject.selection;
  wanted.filter.questionnaire = selection.filter.questionnaire;
  return values_of(history, definitions, **named, chosen->second, chosen->first, wanted);
}

}  // namespace attune
