// SPDX-License-Identifier: MIT
#include "app/commands/profiles.hpp"

#include <fmt/format.h>

#include "attune/definition.hpp"
#include "attune/interpretation.hpp"
#include "attune/scoring.hpp"
#include "attune/text.hpp"

#include "app/options.hpp"

namespace attune::app {

report::Profile make_profile(Questionnaire questionnaire, std::size_t form, Record record,
                             Responses responses, std::vector<TriedStep> tried) {
  report::Profile profile;
  profile.questionnaire = std::move(questionnaire);
  profile.form = form;
  profile.record = std::move(record);
  profile.responses = std::move(responses);
  profile.tried = std::move(tried);
  profile.scores = scoring::score(profile.questionnaire, form, profile.responses);
  profile.derived = scoring::derive(profile.questionnaire, form, profile.scores);
  profile.interpretation =
      interpretation::interpret(profile.questionnaire, profile.responses, profile.scores,
                                interpretation::times_tried(profile.questionnaire, profile.tried));
  return profile;
}

Error unusable_definition(const Record& record) {
  return {ErrorKind::bad_data,
          fmt::format("its questionnaire, {} {}, can't be used by this version",
                      escape(record.questionnaire), escape(record.version)),
          record.id,
          {"the answers are kept; attune history export writes them"}};
}

report::Profile profile_of(store::History& history, const Record& record, ScoredBy scored_by,
                           Tries tries) {
  const std::string& sha256 = scored_by == ScoredBy::newest ? record.scored_with : record.sha256;
  const std::optional<std::string> text = history.definition_text(sha256);
  definition::Definition definition =
      definition::check_definition(text.value_or(""), {{}, definition::CheckDepth::use});
  const auto form =
      definition.questionnaire ? find_form(*definition.questionnaire, record.form) : std::nullopt;
  if (!form) throw unusable_definition(record);
  std::vector<TriedStep> tried = history.tried_steps(record.questionnaire);
  if (tries == Tries::before) {
    std::erase_if(tried, [&](const TriedStep& step) {
      return step.at.microseconds > record.taken_at.microseconds;
    });
  }
  Responses responses = responses_of(record.answers, *definition.questionnaire);
  return make_profile(*std::move(definition.questionnaire), *form, record, std::move(responses),
                      std::move(tried));
}

definition::Config read_config(const store::Paths& paths) {
  const std::filesystem::path path = paths.config / "config.toml";
  std::string text;
  try {
    text = store::read_regular_file(path, store::max_definition_bytes);
  } catch (const Error& error) {
    if (error.kind == ErrorKind::not_found) return {};
    throw store::LoadError{error, path, {}};
  }
  definition::ConfigFile file = definition::check_config(text);
  if (file.config) return *std::move(file.config);
  throw store::LoadError{{ErrorKind::configuration, "can't be used", path.native(), {}},
                         path,
                         std::move(file.problems)};
}

Extent extent_of(const Arguments& arguments, Format format) {
  if (!arguments.has("--scores-only")) return Extent::whole;
  if (format != Format::json) {
    throw Error{
        ErrorKind::usage, "is written as JSON alone", "--scores-only", {"add --format json"}};
  }
  if (arguments.has("--explain")) {
    throw Error{ErrorKind::usage,
                "leaves out the answers, and --explain shows them",
                "--scores-only",
                {"leave one of them out"}};
  }
  return Extent::scores_only;
}

report::SharedScores scores_to_share(const report::Profile& profile, ScoredBy scored_by) {
  report::SharedScores shared = report::shared_scores(profile);
  const std::string& scored_with = profile.record.scored_with;
  if (scored_by == ScoredBy::newest && !scored_with.empty()) shared.sha256 = scored_with;
  return shared;
}

std::string render_profile(const report::Profile& profile, Format format,
                           const report::ProfileOptions& options, const report::TextStyle& style) {
  switch (format) {
    case Format::json:
      return report::profile_json(profile, options);
    case Format::csv:
      return report::profile_csv(profile);
    default:
      return render_document(report::profile_document(profile, options), format, style,
                             {profile.questionnaire.language});
  }
}

}  // namespace attune::app
