// SPDX-License-Identifier: MIT
#include "app/commands/profile_output.hpp"

namespace attune {

Result<Config, LoadError> read_config(const Paths& paths) {
  const std::filesystem::path path = paths.config / "config.toml";
  const Result<std::string> text = read_regular_file(path, max_definition_bytes);
  if (!text && text.error().kind == ErrorKind::not_found) return Config{};
  if (!text) return LoadError{text.error(), path, {}};
  ConfigFile file = check_config(*text);
  if (file.config) return *std::move(file.config);
  return LoadError{{ErrorKind::configuration, "can't be used", path.native(), {}},
                   path,
                   std::move(file.problems)};
}

std::string render_profile(const Profile& profile, Format format, const ProfileOptions& options,
                           const TextStyle& style) {
  switch (format) {
    case Format::json:
      return profile_json(profile, options);
    case Format::csv:
      return profile_csv(profile);
    case Format::markdown:
      return render_markdown(profile_document(profile, options));
    case Format::fhir:
      return profile_fhir(profile);
    case Format::text:
      break;
  }
  return render_text(profile_document(profile, options), style);
}

}  // namespace attune
