// SPDX-License-Identifier: MIT
#include "app/commands/profile_output.hpp"

#include "app/document_output.hpp"

namespace attune {

Result<Config, LoadError> read_config(const Paths& paths) {
  const std::filesystem::path path = paths.config / "config.toml";
  const Result<std::string> text =
      attempt([&] { return read_regular_file(path, max_definition_bytes); });
  if (!text && text.error().kind == ErrorKind::not_found) return Config{};
  if (!text) return LoadError{text.error(), path, {}};
  ConfigFile file = check_config(*text);
  if (file.config) return *std::move(file.config);
  return LoadError{{ErrorKind::configuration, "can't be used", path.native(), {}},
                   path,
                   std::move(file.problems)};
}

Result<Extent> extent_of(const Arguments& arguments, Format format) {
  if (!arguments.has("--scores-only")) return Extent::whole;
  if (format != Format::json) {
    return Error{
        ErrorKind::usage, "is written as JSON alone", "--scores-only", {"add --format json"}};
  }
  if (arguments.has("--explain")) {
    return Error{ErrorKind::usage,
                 "leaves out the answers, and --explain shows them",
                 "--scores-only",
                 {"leave one of them out"}};
  }
  return Extent::scores_only;
}

SharedScores scores_to_share(const Profile& profile, ScoredBy scored_by) {
  SharedScores shared = shared_scores(profile);
  const std::string& scored_with = profile.record.scored_with;
  if (scored_by == ScoredBy::newest && !scored_with.empty()) shared.sha256 = scored_with;
  return shared;
}

std::string render_profile(const Profile& profile, Format format, const ProfileOptions& options,
                           const TextStyle& style) {
  switch (format) {
    case Format::json:
      return profile_json(profile, options);
    case Format::csv:
      return profile_csv(profile);
    default:
      return render_document(profile_document(profile, options), format, style,
                             {profile.questionnaire.language});
  }
}

}  // namespace attune
