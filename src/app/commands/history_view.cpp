// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>

#include "attune/interpretation.hpp"
#include "attune/record_list.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "app/commands/history.hpp"
#include "app/commands/profile_output.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

// A record as the list shows it, and what puts it in its place there.
struct Entry {
  std::int64_t microseconds = 0;
  std::int64_t sequence = 0;
  ListedRecord listed;
};

void add_scores(ListedRecord& listed, const CheckIn& check_in) {
  const Questionnaire& questionnaire = *check_in.questionnaire;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    listed.scores.push_back({scale.id, scale.name, scale.parent.has_value(), check_in.scores[i]});
  }
  const Scores derived = derive(questionnaire, check_in.form, check_in.scores);
  for (std::size_t i = 0; i < derived.size(); ++i) {
    const Derived& definition = questionnaire.derived[i];
    listed.derived.push_back({definition.id, definition.name, false, derived[i]});
  }
  const auto reading = region_of(questionnaire, check_in.scores);
  if (!reading) return;
  const Region& region = questionnaire.regions[reading->region];
  listed.region = region.id;
  if (is_clear(*reading)) listed.region_name = region.name;
}

Entry entry_of(const CheckIn& check_in) {
  const Record& record = check_in.record;
  Entry entry{record.taken_at.microseconds, record.sequence, {}};
  entry.listed.id = record.id;
  entry.listed.questionnaire = record.questionnaire;
  entry.listed.version = record.version;
  entry.listed.form = record.form;
  entry.listed.about = record.about;
  entry.listed.taken_at = record.taken_at;
  if (check_in.questionnaire == nullptr) {
    entry.listed.problem = "this version can't use its questionnaire";
  } else {
    add_scores(entry.listed, check_in);
  }
  return entry;
}

Result<std::vector<ListedRecord>> list_of(const Selection& selection, MaybeHistory& history) {
  std::vector<Entry> entries;
  if (history) {
    KeptDefinitions definitions(*history);
    const Result<void> visited =
        visit_check_ins(*history, definitions, selection,
                        [&](const CheckIn& check_in) { entries.push_back(entry_of(check_in)); });
    if (!visited) return visited.error();
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.microseconds, a.sequence) < std::pair(b.microseconds, b.sequence);
  });
  std::vector<ListedRecord> records;
  records.reserve(entries.size());
  for (Entry& entry : entries) records.push_back(std::move(entry.listed));
  return records;
}

// Why no record can be of this questionnaire, where that is so.
std::optional<Error> unknown_questionnaire(const std::string& name, const Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const CatalogueEntry& entry : catalogue.entries()) {
    if (entry.id == name) return {};
    ids.push_back(entry.id);
  }
  Error error = unknown_name(ErrorKind::not_found, "history list", name, ids);
  error.message = fmt::format("there are no records of '{}'", escape(name));
  if (error.advice.empty()) error.advice.emplace_back("attune list shows the questionnaires");
  return error;
}

Result<Record> newest_record(History& history) {
  std::optional<Record> newest;
  const Result<void> visited = attempt([&] {
    return history.visit_records({}, [&](const Record& record) {
      if (!newest || is_earlier(*newest, record)) newest = record;
    });
  });
  if (!visited) return visited.error();
  if (!newest) return no_records();
  return *std::move(newest);
}

Error unknown_record(History& history, const std::string& id) {
  std::vector<std::string> ids;
  const Result<void> visited = attempt([&] {
    return history.visit_records({}, [&](const Record& record) { ids.push_back(record.id); });
  });
  if (!visited) return visited.error();
  if (ids.empty()) return no_records();
  Error error = unknown_name(ErrorKind::not_found, "history", id, ids);
  error.message = fmt::format("there is no record '{}'", escape(id));
  error.advice.emplace_back("attune history list shows the ids; last means the newest");
  return error;
}

std::string resume_command(const Draft& draft) {
  std::string command = "attune take";
  if (draft.key.questionnaire != "closeness") command += " " + draft.key.questionnaire;
  if (draft.key.form != "full") command += " --form " + draft.key.form;
  if (draft.key.about) command += " --about " + *draft.key.about;
  return command;
}

}  // namespace

Error no_records() {
  return {ErrorKind::not_found,
          "there are no records yet",
          "history",
          {"attune take makes the first one"}};
}

Result<Record> find_record(History& history, const std::string& id) {
  if (id == "last") return newest_record(history);
  Result<std::optional<Record>> record = attempt([&] { return history.find_record(id); });
  if (!record) return record.error();
  if (!*record) return unknown_record(history, id);
  return **std::move(record);
}

ExitStatus list_records(const Selection& selection, Format format, const TextStyle& style,
                        const Catalogue& catalogue, MaybeHistory& history, Streams& streams) {
  const Result<std::vector<ListedRecord>> records = list_of(selection, history);
  if (!records) return report(streams, records.error());
  if (records->empty() && selection.filter.questionnaire) {
    if (const auto error = unknown_questionnaire(*selection.filter.questionnaire, catalogue)) {
      return report(streams, *error);
    }
  }
  switch (format) {
    case Format::json:
      streams.out.write(record_list_json(*records));
      break;
    case Format::csv:
      streams.out.write(record_list_csv(*records));
      break;
    default:
      streams.out.write(render_text(record_list_document(*records), style));
  }
  return ExitStatus::done;
}

ExitStatus show_record(const ShowRecordOptions& options, const TextStyle& style, const Paths& paths,
                       MaybeHistory& history, Streams& streams) {
  if (!history) return report(streams, no_records());
  Result<std::optional<OutputFile>> file = create_output(options.output, options.overwrite);
  if (!file) return report(streams, file.error());
  const Result<Config, LoadError> config = read_config(paths);
  if (!config) return report(streams, config.error());
  const Result<Record> record = find_record(*history, options.id);
  if (!record) return report(streams, record.error());
  const Result<Profile> profile = profile_of(*history, *record, options.scored_by, Tries::before);
  if (!profile) return report(streams, profile.error());
  TextStyle own_style = style;
  if (options.output) own_style.colour = Colour::off;
  const std::string text =
      options.extent == Extent::scores_only
          ? shared_scores_json(scores_to_share(*profile, options.scored_by))
          : render_profile(*profile, options.format, {options.explain, config->contact}, own_style);
  return write_result(streams, *file, text);
}

ExitStatus list_drafts(Format format, const TextStyle& style, MaybeHistory& history,
                       Streams& streams) {
  std::vector<ListedDraft> listed;
  if (history) {
    const Result<std::vector<Draft>> drafts = attempt([&] { return history->drafts(); });
    if (!drafts) return report(streams, drafts.error());
    for (const Draft& draft : *drafts) {
      listed.push_back({draft.id, draft.key.questionnaire, draft.key.form, draft.key.about,
                        draft.started_at, draft.answers.size(), draft.order.size(),
                        resume_command(draft)});
    }
  }
  streams.out.write(format == Format::json ? draft_list_json(listed)
                                           : render_text(draft_list_document(listed), style));
  return ExitStatus::done;
}

}  // namespace attune
