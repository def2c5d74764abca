// SPDX-License-Identifier: MIT
#include "app/commands/check_ins.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "attune/definition.hpp"
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

Result<std::optional<Date>> date_option(const Arguments& arguments, const char* name) {
  const auto text = arguments.value(name);
  if (!text) return std::optional<Date>();
  const auto date = parse_date(*text);
  if (date) return date;
  return Error{ErrorKind::usage,
               fmt::format("'{}' is not a date", escape(*text)),
               name,
               {"write it as year-month-day: 2026-11-01"}};
}

Error unusable(const Record& record) {
  return {ErrorKind::bad_data,
          fmt::format("its questionnaire, {} {}, can't be used by this version",
                      escape(record.questionnaire), escape(record.version)),
          record.id,
          {"the answers are kept; attune history export writes them"}};
}

}  // namespace

Result<Selection> selection_of(const Arguments& arguments,
                               std::optional<std::string> questionnaire) {
  Selection selection;
  selection.filter.questionnaire = std::move(questionnaire);
  selection.about = arguments.value("--about");
  const Result<std::optional<Date>> since = date_option(arguments, "--since");
  if (!since) return since.error();
  const Result<std::optional<Date>> until = date_option(arguments, "--until");
  if (!until) return until.error();
  selection.filter.since = *since;
  selection.filter.until = *until;
  return selection;
}

Result<const Questionnaire*> KeptDefinitions::find(const std::string& sha256) {
  const auto known = by_hash_.find(sha256);
  if (known != by_hash_.end()) return const_cast<const Questionnaire*>(known->second.get());
  const Result<std::optional<std::string>> text = history_.definition_text(sha256);
  if (!text) return text.error();
  Definition definition = check_definition(text->value_or(""), {{}, CheckDepth::use});
  auto& kept = by_hash_[sha256];
  if (definition.questionnaire) {
    kept = std::make_unique<Questionnaire>(*std::move(definition.questionnaire));
  }
  return const_cast<const Questionnaire*>(kept.get());
}

Result<void> visit_check_ins(History& history, KeptDefinitions& definitions,
                             const Selection& selection,
                             const std::function<void(const CheckIn&)>& visit) {
  std::optional<Error> failure;
  Responses responses;
  const auto see = [&](const Record& record) {
    if (failure) return;
    const Result<const Questionnaire*> found = definitions.find(record.scored_with);
    if (!found) {
      failure = found.error();
      return;
    }
    const Questionnaire* questionnaire = *found;
    const auto form =
        questionnaire == nullptr ? std::nullopt : find_form(*questionnaire, record.form);
    if (!form) {
      const bool is_wanted = !selection.about || record.about == selection.about;
      if (is_wanted) visit({record, nullptr, 0, {}, {}});
      return;
    }
    if (selection.about && about_of(record, *questionnaire) != selection.about) return;
    lay_out(record.answers, *questionnaire, responses);
    visit({record, questionnaire, *form, responses,
           score(*questionnaire, *form, responses, selection.scales)});
  };
  Result<void> visited = attempt([&] { return history.visit_records(selection.filter, see); });
  if (failure) return *failure;
  return visited;
}

Result<Profile> profile_of(History& history, const Record& record, ScoredBy scored_by,
                           Tries tries) {
  const std::string& sha256 = scored_by == ScoredBy::newest ? record.scored_with : record.sha256;
  const Result<std::optional<std::string>> text =
      attempt([&] { return history.definition_text(sha256); });
  if (!text) return text.error();
  Definition definition = check_definition(text->value_or(""), {{}, CheckDepth::use});
  if (!definition.questionnaire) return unusable(record);
  const auto form = find_form(*definition.questionnaire, record.form);
  if (!form) return unusable(record);
  Result<std::vector<TriedStep>> tried =
      attempt([&] { return history.tried_steps(record.questionnaire); });
  if (!tried) return tried.error();
  if (tries == Tries::before) {
    const auto is_later = [&](const TriedStep& step) {
      return step.at.microseconds > record.taken_at.microseconds;
    };
    tried->erase(std::remove_if(tried->begin(), tried->end(), is_later), tried->end());
  }
  Responses responses = responses_of(record, *definition.questionnaire);
  return make_profile(*std::move(definition.questionnaire), *form, record, std::move(responses),
                      *std::move(tried));
}

Profile make_profile(Questionnaire questionnaire, std::size_t form, Record record,
                     Responses responses, std::vector<TriedStep> tried) {
  Profile profile;
  profile.questionnaire = std::move(questionnaire);
  profile.form = form;
  profile.record = std::move(record);
  profile.responses = std::move(responses);
  profile.tried = std::move(tried);
  profile.scores = score(profile.questionnaire, form, profile.responses);
  profile.derived = derive(profile.questionnaire, form, profile.scores);
  profile.interpretation = interpret(profile.questionnaire, profile.responses, profile.scores,
                                     times_tried(profile.questionnaire, profile.tried));
  return profile;
}

std::optional<std::string> about_of(const Record& record, const Questionnaire& questionnaire) {
  if (record.about || questionnaire.abouts.empty()) return record.about;
  return questionnaire.abouts.front().id;
}

TakenOrder order_of(const Record& record) {
  return {record.taken_at.microseconds, record.sequence};
}

bool is_earlier(const Record& a, const Record& b) { return order_of(a) < order_of(b); }

}  // namespace attune
