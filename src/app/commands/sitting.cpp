// SPDX-License-Identifier: MIT
#include "app/commands/sitting.hpp"

#include <fmt/format.h>

#include "attune/session.hpp"
#include "attune/text.hpp"

#include "app/commands/about.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

template <class Part>
std::vector<std::string> ids_of(const std::vector<Part>& parts) {
  std::vector<std::string> ids;
  ids.reserve(parts.size());
  for (const Part& part : parts) ids.push_back(part.id);
  return ids;
}

std::vector<std::string> ids_in_order(const Sitting& sitting) {
  std::vector<std::string> ids;
  for (const std::size_t item : sitting.order) {
    ids.push_back(sitting.definition.questionnaire.items[item].id);
  }
  return ids;
}

// Puts the definition that the draft was begun with in the place of the one found now.
std::optional<Error> return_to_text(Sitting& sitting, const Draft& draft, History& history) {
  const Result<std::optional<std::string>> text =
      attempt([&] { return history.definition_text(draft.sha256); });
  if (!text) return text.error();
  Definition earlier =
      check_definition(text->value_or(""), {draft.key.questionnaire, CheckDepth::use});
  const auto form =
      earlier.questionnaire ? find_form(*earlier.questionnaire, draft.key.form) : std::nullopt;
  if (!form) {
    return Error{ErrorKind::bad_data,
                 "the draft was begun with a text that this version can't use",
                 draft.key.questionnaire,
                 {"--fresh starts anew and keeps the draft"}};
  }
  sitting.definition.text = **text;
  sitting.definition.sha256 = draft.sha256;
  sitting.definition.questionnaire = *std::move(earlier.questionnaire);
  sitting.form = *form;
  if (draft.key.about) {
    sitting.about = find_about(sitting.definition.questionnaire, *draft.key.about);
  }
  return {};
}

}  // namespace

Result<Sitting> prepare(LoadedDefinition definition, const TakeOptions& options, const Clock& clock,
                        Random& random) {
  Sitting sitting;
  sitting.definition = std::move(definition);
  const Questionnaire& questionnaire = sitting.definition.questionnaire;
  const std::string form_name = options.form.value_or("full");
  const auto form = find_form(questionnaire, form_name);
  if (!form) {
    return unknown_name(ErrorKind::usage, "--form", form_name, ids_of(questionnaire.forms));
  }
  sitting.form = *form;
  if (options.about) {
    const Result<std::size_t> about = known_about(questionnaire, *options.about);
    if (!about) return about.error();
    sitting.about = *about;
  }
  std::optional<std::uint64_t> seed = options.seed;
  if (options.shuffle && !seed) seed = random.next();
  sitting.order = plan(questionnaire, *form, seed);
  sitting.started_at = clock.now();
  sitting.draft.key = {questionnaire.id, form_name, options.about};
  sitting.draft.version = questionnaire.version;
  sitting.draft.sha256 = sitting.definition.sha256;
  sitting.draft.language = questionnaire.language;
  sitting.draft.started_at = sitting.started_at;
  sitting.draft.order = ids_in_order(sitting);
  return sitting;
}

Result<Resumed> resume_draft(Sitting& sitting, History& history) {
  Result<std::optional<Draft>> found =
      attempt([&] { return history.find_draft(sitting.draft.key); });
  if (!found) return found.error();
  if (!*found) return Resumed::nothing;
  Draft& draft = **found;
  const bool same_text = draft.sha256 == sitting.definition.sha256;
  if (!same_text) {
    if (auto error = return_to_text(sitting, draft, history)) return *std::move(error);
  }
  sitting.order.clear();
  for (const std::string& id : draft.order) {
    if (const auto item = find_item(sitting.definition.questionnaire, id)) {
      sitting.order.push_back(*item);
    }
  }
  sitting.started_at = draft.started_at;
  sitting.draft = std::move(draft);
  return same_text ? Resumed::draft : Resumed::draft_of_earlier_text;
}

std::string resume_command(const Sitting& sitting, const TakeOptions& options) {
  std::string command = "attune take";
  if (options.name != "closeness") command += " " + options.name;
  if (options.form) command += " --form " + *options.form;
  if (sitting.draft.key.about) command += " --about " + *sitting.draft.key.about;
  return command;
}

Record make_record(const Sitting& sitting, const Responses& responses, Instant taken_at,
                   std::string id) {
  const Questionnaire& questionnaire = sitting.definition.questionnaire;
  Record record;
  record.id = std::move(id);
  record.questionnaire = questionnaire.id;
  record.version = questionnaire.version;
  record.sha256 = sitting.definition.sha256;
  record.form = questionnaire.forms[sitting.form].id;
  record.language = questionnaire.language;
  record.about = sitting.draft.key.about;
  record.started_at = sitting.started_at;
  record.taken_at = taken_at;
  record.answers = recorded_answers(responses, questionnaire);
  return record;
}

}  // namespace attune
