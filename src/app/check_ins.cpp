// SPDX-License-Identifier: MIT
#include "app/check_ins.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <set>

#include "attune/decimal.hpp"
#include "attune/definition.hpp"
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

namespace attune::app {
namespace {

// Why a record has no profile in this version.
Error unusable_definition(const Record& record) {
  return Error(ErrorKind::bad_data,
               fmt::format("its questionnaire, {} {}, can't be used by this version",
                           escape(record.questionnaire), escape(record.version)),
               record.id, {"the answers are kept; attune history export writes them"});
}

// The main scales of the check-ins up to a profile's record, by the newest definition.
report::TrendReport trend_of(const report::Profile& profile, ScoredHistory& history) {
  const Record& record = profile.record;
  const Selection selection{{record.questionnaire, {}, {}},
                            about_of(record, profile.questionnaire)};
  SeriesByAbout series = collect_series(history, selection, {}, order_of(record));
  if (series.empty()) return {};
  return trend_report(series.begin()->second, series.begin()->first, {});
}

}  // namespace

TakenOrder order_of(const Record& record) {
  return {record.taken_at.microseconds, record.sequence};
}

Selection selection_of(const Arguments& arguments, const std::optional<std::string>& usual) {
  const auto name = first_operand(arguments);
  return {{name ? name : usual, date_of(arguments, "--since"), date_of(arguments, "--until")},
          asked_about(arguments)};
}

std::optional<std::string> asked_about(const Arguments& arguments) {
  std::optional<std::string> about = arguments.value("--about");
  if (!about || about->find(':') == std::string::npos) return about;
  about = composed(*about);
  const std::string_view kind = kind_of_about(*about);
  if (is_label(std::string_view(*about).substr(kind.size() + 1))) return about;
  throw usage_error("--about", fmt::format("'{}' has no label that can be kept", escape(*about)),
                    fmt::format("1 to 40 letters, digits, - and _ without blanks: {}:Ben",
                                kind.empty() ? "friend" : escape(kind)));
}

std::optional<std::string> about_of(const Record& record, const Questionnaire& questionnaire) {
  if (record.about || questionnaire.abouts.empty()) return record.about;
  return questionnaire.abouts.front().id;
}

std::size_t known_about(Questionnaire& questionnaire, const std::string& name) {
  if (const auto found = person_named(questionnaire, name)) return *found;
  if (questionnaire.abouts.empty()) {
    throw usage_error("--about", questionnaire.id + " is not about a person", "leave it out");
  }
  Error error = unknown_name(ErrorKind::usage, "--about", std::string(kind_of_about(name)),
                             ids_of(questionnaire.abouts));
  if (is_label(name) && nearest(name, ids_of(questionnaire.abouts)).empty()) {
    error.advice.push_back(fmt::format("put who they are to you before the name: friend:{}", name));
  }
  throw error;
}

const Questionnaire* ScoredHistory::questionnaire(const std::string& sha256,
                                                  const std::optional<std::string>& about) {
  auto known = by_hash_.find(sha256);
  if (known == by_hash_.end()) {
    definition::Definition definition = definition::check_definition(
        definition_text(sha256).value_or(""), definition::CheckDepth::use);
    known = by_hash_.emplace(sha256, std::move(definition.questionnaire)).first;
  }
  if (!known->second) return nullptr;
  if (about) person_named(*known->second, *about);
  return &*known->second;
}

void ScoredHistory::visit_check_ins(const Selection& selection,
                                    const std::function<void(const CheckIn&)>& visit) {
  std::map<std::pair<const Questionnaire*, std::size_t>, scoring::Keying> keyings;
  visit_records(selection.filter, [&](const Record& record) {
    const Questionnaire* own = questionnaire(record.scored_with, record.about);
    const auto form = own == nullptr ? std::nullopt : find_form(*own, record.form);
    const auto about = form ? about_of(record, *own) : record.about;
    if (selection.about && about != selection.about) return;
    if (!form) return visit({record, nullptr, 0, {}, {}});
    const Responses responses = responses_of(record.answers, *own);
    const auto [keying, is_new] = keyings.try_emplace({own, *form});
    if (is_new) keying->second = scoring::keying_of(*own, *form);
    visit({record, own, *form, responses, scoring::score(keying->second, responses)});
  });
}

std::optional<ScoredHistory> open_to_read(const World& world) {
  return std::optional<ScoredHistory>(
      store::History::open_read_only(world.paths.data, world.ask_passphrase));
}

std::optional<ScoredHistory> open_to_change(const World& world) {
  return std::optional<ScoredHistory>(
      store::History::open_existing(world.paths.data, world.ask_passphrase));
}

ScoredHistory existing(std::optional<ScoredHistory> history) {
  if (history) return *std::move(history);
  throw Error(ErrorKind::not_found, "there is no history yet", "history",
              {"attune take makes the first record"});
}

Error no_records() {
  return Error(ErrorKind::not_found, "there are no records yet", "history",
               {"attune take makes the first one"});
}

Error no_check_ins(store::History* history, const Selection& selection) {
  const std::string& name = *selection.filter.questionnaire;
  std::set<std::string> names;
  std::set<std::string> abouts;
  bool is_person = false;
  const auto see = [&](const Record& record) {
    names.insert(record.questionnaire);
    is_person = is_person || record.about == name;
    if (record.questionnaire == name && record.about) abouts.insert(*record.about);
  };
  if (history != nullptr) history->visit_records({}, see);
  Error error(ErrorKind::not_found,
              fmt::format("there are no check-ins with '{}' yet", escape(name)));
  if (is_person) {
    error.advice.push_back("whom it is about stands behind --about: --about " + escape(name));
  } else if (names.count(name) == 0) {
    const std::vector<std::string> others(names.begin(), names.end());
    const std::vector<std::string> near = nearest(name, others);
    error.advice.push_back(name == "closeness" ? "attune take makes the first one"
                           : near.empty()
                               ? "attune take NAME makes the first one, attune list shows the names"
                               : fmt::format("did you mean {}?", join_or(near)));
  } else if (selection.about && abouts.count(*selection.about) == 0) {
    error.message = fmt::format("there are no check-ins with '{}' about '{}' yet", escape(name),
                                escape(*selection.about));
    const std::vector<std::string> known(abouts.begin(), abouts.end());
    error.advice.push_back(known.empty() ? "attune take --about WHOM makes the first one"
                                         : fmt::format("there are: {}", join_or(known)));
  } else {
    error.message = fmt::format("no check-in with '{}' is from the days asked for", escape(name));
  }
  return error;
}

std::size_t answered(const store::Draft& draft) {
  const auto skipped =
      std::ranges::count(draft.answers, Answer(Skipped{}), &RecordedAnswer::answer);
  return draft.answers.size() - static_cast<std::size_t>(skipped);
}

std::string draft_words(const store::Draft& draft, Instant now) {
  const std::int64_t days_ago =
      days_since_epoch(local_date(now)) - days_since_epoch(local_date(draft.started_at));
  return fmt::format("You have {} of {} answers from {}. Go on with: {}", answered(draft),
                     draft.order.size(),
                     days_ago == 0   ? "today"
                     : days_ago == 1 ? "yesterday"
                                     : render_local_date(draft.started_at),
                     draft.key.about ? "attune history drafts"
                                     : resume_command(draft.key.questionnaire, draft.key));
}

std::string nothing_listed(store::History* history, const Selection& selection, Instant now) {
  const store::RecordFilter& filter = selection.filter;
  if (selection.about || filter.since || filter.until) return "No records fit.";
  const std::vector<store::Draft> drafts =
      history == nullptr || filter.questionnaire ? std::vector<store::Draft>{} : history->drafts();
  if (!drafts.empty()) return "No records yet. " + draft_words(drafts.back(), now);
  const std::string name = filter.questionnaire.value_or("");
  return fmt::format("No records {}yet. {} makes the first one.",
                     name.empty() ? "" : fmt::format("of {} ", escape(name)),
                     resume_command(name.empty() ? "closeness" : escape(name), {{}, "full", {}}));
}

std::optional<std::size_t> steps_back(std::string_view name) {
  if (name == "last") return 0;
  if (!name.starts_with("last~")) return {};
  const auto steps = parse_whole(name.substr(5));
  return steps && *steps >= 0 ? std::optional(static_cast<std::size_t>(*steps)) : std::nullopt;
}

Record find_record(store::History& history, const std::string& name,
                   const std::function<bool(const Record&)>& can_be_last) {
  std::optional<std::size_t> back = steps_back(name);
  if (!back) {
    if (auto found = history.find_record(name)) return *std::move(found);
  }
  std::vector<Record> known = history.records({});
  if (known.empty()) throw no_records();
  std::ranges::sort(known, std::greater(), order_of);
  if (back) {
    for (Record& each : known) {
      if ((!can_be_last || can_be_last(each)) && (*back)-- == 0) return std::move(each);
    }
    throw Error(ErrorKind::not_found,
                name == "last" ? std::string("no record has scores")
                               : fmt::format("there {} only {}", known.size() == 1 ? "is" : "are",
                                             counted(known.size(), "record")),
                "history",
                {name == "last" ? "attune take makes one" : "attune history list shows them"});
  }
  std::vector<Record> fitting = known;
  std::erase_if(fitting,
                [&](const Record& each) { return name.empty() || !each.id.starts_with(name); });
  if (fitting.size() == 1) return std::move(fitting.front());
  if (!fitting.empty()) {
    throw Error(ErrorKind::not_found,
                fmt::format("{} ids begin with '{}'", fitting.size(), escape(name)), "history",
                {"write more of it: " + join_or(ids_of(fitting))});
  }
  const std::vector<std::string> near = nearest(name, ids_of(known));
  Error error = unknown_name(ErrorKind::not_found, "history", name, near, "there is no record");
  error.advice.emplace_back(
      "attune history list shows the ids; last means the newest, last~1 the one before");
  throw error;
}

report::Profile make_profile(Questionnaire questionnaire, std::size_t form, Record record,
                             std::vector<TriedStep> tried) {
  report::Profile profile;
  profile.questionnaire = std::move(questionnaire);
  profile.form = form;
  profile.record = std::move(record);
  profile.responses = responses_of(profile.record.answers, profile.questionnaire);
  // What was tried with one person is no other's to read.
  const auto about = about_of(profile.record, profile.questionnaire);
  std::erase_if(tried, [&](const TriedStep& step) { return step.about && step.about != about; });
  profile.tried = std::move(tried);
  profile.scores = scoring::score(profile.questionnaire, form, profile.responses);
  profile.derived = scoring::derive(profile.questionnaire, form, profile.scores);
  profile.interpretation = interpretation::interpret(
      profile.questionnaire, profile.responses, profile.scores,
      interpretation::times_tried(profile.questionnaire, profile.tried),
      find_about(profile.questionnaire, profile.record.about.value_or("")));
  return profile;
}

report::Profile profile_of(ScoredHistory& history, const Record& record, Tries tries) {
  const Questionnaire* questionnaire = history.questionnaire(record.scored_with, record.about);
  const auto form =
      questionnaire == nullptr ? std::nullopt : find_form(*questionnaire, record.form);
  if (!form) throw unusable_definition(record);
  std::vector<TriedStep> tried = history.tried_steps(record.questionnaire);
  if (tries == Tries::before) {
    std::erase_if(tried, [&](const TriedStep& step) {
      return step.at.microseconds > record.taken_at.microseconds;
    });
  }
  return make_profile(*questionnaire, *form, record, std::move(tried));
}

std::string read_contact(const store::Paths& paths) {
  const std::filesystem::path path = paths.config / "config.toml";
  std::string text;
  try {
    text = store::read_regular_file(path, store::max_definition_bytes);
  } catch (const Error& error) {
    if (error.kind == ErrorKind::not_found) return {};
    throw;
  }
  definition::ConfigFile file = definition::check_config(text);
  if (file.contact) return *std::move(file.contact);
  throw store::LoadError{{ErrorKind::configuration, "can't be used", path.native()},
                         std::move(file.problems)};
}

void check_scores_only(const Arguments& arguments, Format format) {
  if (!arguments.has("--scores-only")) return;
  if (format != Format::json) {
    throw usage_error("--scores-only", "can only be written as JSON", "add --format json");
  }
  if (arguments.has("--explain")) {
    throw usage_error("--scores-only", "leaves out the answers, but --explain shows them",
                      "leave one of them out");
  }
}

ExitStatus write_profile(const Arguments& arguments, Streams& streams, Destination& destination,
                         report::Profile profile, const std::string& contact,
                         ScoredHistory* history) {
  const report::ProfileOptions options{
      arguments.has("--explain") ? report::Explain::yes : report::Explain::no, contact};
  const auto json = [&] {
    return arguments.has("--scores-only")
               ? report::shared_scores_json(report::shared_scores(profile))
               : report::profile_json(profile, options);
  };
  return write_result(streams, destination,
                      {json, [&] { return report::profile_csv(profile); },
                       [&] {
                         if (history != nullptr) profile.trend = trend_of(profile, *history);
                         return report::profile_document(profile, options);
                       },
                       profile.questionnaire.language});
}

SeriesByAbout collect_series(ScoredHistory& history, const Selection& selection,
                             const std::optional<std::string>& scale,
                             const std::optional<TakenOrder>& up_to) {
  SeriesByAbout series;
  history.visit_check_ins(selection, [&](const CheckIn& check_in) {
    if (check_in.questionnaire == nullptr) return;
    if (up_to && order_of(check_in.record) > *up_to) return;
    const auto one = scale ? find_scale(*check_in.questionnaire, *scale) : std::nullopt;
    if (one && check_in.scores[*one].items == 0) return;
    const bool is_pooled = one && is_about_oneself(*check_in.questionnaire, *one);
    const std::string about =
        is_pooled ? "" : about_of(check_in.record, *check_in.questionnaire).value_or("");
    series.try_emplace(about, scale)
        .first->second.add(check_in.record, *check_in.questionnaire, check_in.form,
                           check_in.responses, check_in.scores);
  });
  return series;
}

SeriesByAbout::iterator newest_series(SeriesByAbout& series) {
  return std::ranges::max_element(series, {},
                                  [](const auto& each) { return each.second.check_ins().newest; });
}

report::TrendReport trend_report(trend::SeriesCollector& series, const std::string& about,
                                 const std::optional<std::string>& asked_about) {
  const Questionnaire& questionnaire = *series.questionnaire();
  report::TrendReport report;
  report.questionnaire = questionnaire.id;
  report.title = questionnaire.title;
  report.status = questionnaire.status;
  report.language = questionnaire.language;
  if (const auto index = find_about(questionnaire, about)) {
    report.about_phrase = questionnaire.abouts[*index].phrase;
    if (*index > 0 || asked_about) report.about = about;
  }
  for (trend::CollectedScale& each : series.take()) {
    const Scale& scale = questionnaire.scales[each.scale];
    report::ScaleSeries& shown = report.scales.emplace_back();
    shown.id = scale.id;
    shown.name = scale.name;
    shown.low = scale.low;
    shown.high = scale.high;
    shown.range = each.range;
    shown.left_out = each.left_out;
    shown.points = std::move(each.points);
    if (!shown.points.empty()) {
      shown.wanted = interpretation::wanted_at(scale, shown.points.front().estimate.score);
    }
    shown.trend = trend::trend_of(shown.points, shown.range);
  }
  return report;
}

std::vector<trend::Entry> entries_of(const std::vector<Record>& records,
                                     const Questionnaire& questionnaire,
                                     const std::optional<std::string>& about) {
  std::vector<trend::Entry> entries;
  for (const Record& record : records) {
    if (about && record.about && record.about != about) continue;
    entries.push_back({record.taken_at, responses_of(record.answers, questionnaire)});
  }
  return entries;
}

std::optional<report::Journal> read_journal(ScoredHistory& history, const Selection& selection) {
  std::vector<Record> records = history.records(selection.filter);
  const auto newest = std::ranges::max_element(records, {}, order_of);
  if (newest == records.end()) return {};
  const Questionnaire* questionnaire = history.questionnaire(newest->scored_with, selection.about);
  if (questionnaire == nullptr) return {};
  const auto about = questionnaire->abouts.empty() ? std::nullopt : selection.about;
  return report::Journal{*questionnaire, entries_of(records, *questionnaire, about)};
}

void name_others(const SeriesByAbout& series, SeriesByAbout::const_iterator shown,
                 Streams& streams) {
  std::string others;
  for (auto each = series.begin(); each != series.end(); ++each) {
    if (each == shown) continue;
    others += fmt::format("{}{} ({})", others.empty() ? "" : ", ", escape(each->first),
                          each->second.count());
  }
  if (others.empty()) return;
  say(streams.err, fmt::format("Not shown, as people are not mixed: --about {}\n", others));
}

std::string resume_command(const std::string& name, const store::DraftKey& key) {
  std::string command = "attune take";
  if (name != "closeness") command += " " + name;
  if (key.form != "full") command += " --form " + key.form;
  if (key.about) command += " --about " + *key.about;
  return command;
}

Date due_from(const std::optional<Instant>& last, Instant now, int period_days) {
  if (!last) return local_date(now);
  return date_of_days(days_since_epoch(local_date(*last)) + period_days);
}

}  // namespace attune::app
