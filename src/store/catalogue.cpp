// SPDX-License-Identifier: MIT
#include "attune/catalogue.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <system_error>

#include "attune/text.hpp"

namespace attune::store {
namespace {

constexpr std::string_view extension = ".toml";

// An XDG directory: the variable when it is absolute ("all paths must be absolute; a relative one
// is to be ignored"), else the standard place below the home, else nothing.
std::filesystem::path base_directory(const std::string& variable, const std::string& home,
                                     std::string_view below_home) {
  if (variable.starts_with('/')) return std::filesystem::path(variable) / "attune";
  if (home.starts_with('/')) return std::filesystem::path(home) / below_home / "attune";
  return {};
}

[[noreturn]] void refuse(const std::filesystem::path& path, std::string_view what,
                         definition::Problems problems) {
  const auto errors =
      std::ranges::count(problems, definition::Severity::error, &definition::Problem::severity);
  throw LoadError{
      {ErrorKind::bad_data,
       fmt::format("this {} has {}", what, counted(static_cast<std::size_t>(errors), "error")),
       escape(path.native())},
      std::move(problems)};
}

bool is_path(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(extension);
}

// What the file must call itself; a path with another ending says nothing about that.
std::string expected_id(const std::filesystem::path& path) {
  return path.extension() == extension ? path.stem().string() : std::string();
}

// The end of a name that texts of a language have: "closeness.de", "closeness.pt-br".
std::string_view language_of(std::string_view name) {
  const std::string_view end = name.substr(name.rfind('.') + 1);
  return end.size() < name.size() && definition::is_language(end) ? end : std::string_view();
}

// The text of a definition or of a language, and where it is from; not looked into yet.
using FoundText = LoadedDefinition;

FoundText read_found(const std::filesystem::path& path) {
  FoundText found{path, read_regular_file(path, max_definition_bytes), {}, {}};
  found.sha256 = sha256(found.text);
  return found;
}

// Where texts may be, in order of precedence; the shipped ones come last.
struct SearchPath {
  std::vector<std::filesystem::path> directories;
  bool has_shipped = false;
};

// The first "<name>.toml". What is there but can't be used is found, too, so
// that its fault is reported rather than hidden by another file of that name.
std::optional<FoundText> find_text(const SearchPath& search, std::string_view name) {
  for (const std::filesystem::path& directory : search.directories) {
    const std::filesystem::path path = directory / std::string(name).append(extension);
    std::error_code error;
    if (std::filesystem::exists(path, error)) return read_found(path);
  }
  for (const definition::ShippedDefinition& shipped : definition::shipped_definitions()) {
    if (!search.has_shipped || shipped.id != name) continue;
    return FoundText{{}, std::string(shipped.text), std::string(shipped.sha256), {}};
  }
  return std::nullopt;
}

LoadedDefinition load_found(FoundText found) {
  definition::Definition definition = definition::check_definition(
      found.text, definition::CheckDepth::use, expected_id(found.path));
  if (!definition.questionnaire) {
    refuse(found.path, "definition", std::move(definition.problems));
  }
  found.questionnaire = *std::move(definition.questionnaire);
  return found;
}

void apply_texts(LoadedDefinition& loaded, const FoundText& found, std::string_view language) {
  definition::TextsFile file =
      definition::check_texts(found.text, loaded.questionnaire, definition::CheckDepth::use);
  if (!file.texts) {
    refuse(found.path, "language file", std::move(file.problems));
  }
  if (file.texts->language != language) {
    throw Error(ErrorKind::bad_data,
                fmt::format("its name says language '{}', its text '{}'", language,
                            escape(file.texts->language)),
                escape(found.path.native()));
  }
  loaded.questionnaire = definition::with_texts(std::move(loaded.questionnaire), *file.texts);
}

LoadedDefinition in_language(LoadedDefinition loaded, const SearchPath& search,
                             const std::optional<std::string>& language) {
  const std::string& own = loaded.questionnaire.language;
  const std::string wanted = language.value_or(own);
  // What is no id can't be part of a file's name: "../x" stays a language nobody knows.
  const std::optional<FoundText> found =
      is_id(wanted) ? find_text(search, fmt::format("{}.{}", loaded.questionnaire.id, wanted))
                    : std::nullopt;
  if (found) {
    apply_texts(loaded, *found, wanted);
  } else if (wanted != own) {
    const std::string& id = loaded.questionnaire.id;
    throw Error(ErrorKind::not_found,
                fmt::format("there is no language '{}' for '{}'", escape(wanted), escape(id)), {},
                {fmt::format("attune wording {} FILE --language LANG adds one", escape(id))});
  }
  return loaded;
}

[[noreturn]] void unknown_name(std::string_view name, const std::vector<CatalogueEntry>& entries) {
  const std::vector<std::string> near = nearest(name, ids_of(entries));
  std::vector<std::string> advice;
  if (!near.empty()) advice.push_back(fmt::format("did you mean {}?", join_or(near)));
  advice.emplace_back("attune list shows the questionnaires; a file needs a '/' or ends in .toml");
  throw Error(ErrorKind::not_found, fmt::format("there is no questionnaire '{}'", escape(name)), {},
              std::move(advice));
}

}  // namespace

Paths find_paths(const std::string& home, const std::string& xdg_data_home,
                 const std::string& xdg_config_home) {
  Paths paths;
  paths.data = base_directory(xdg_data_home, home, ".local/share");
  paths.config = base_directory(xdg_config_home, home, ".config");
  if (!paths.config.empty()) paths.definitions.push_back(paths.config / "questionnaires");
  return paths;
}

LoadedDefinition Catalogue::load(std::string_view name_or_path,
                                 const std::optional<std::string>& language) const {
  if (is_path(name_or_path)) {
    const std::filesystem::path path(name_or_path);
    return in_language(load_found(read_found(path)), {{path.parent_path()}, false}, language);
  }
  SearchPath search{directories_, true};
  std::optional<FoundText> found;
  if (is_id(name_or_path)) found = find_text(search, name_or_path);
  if (!found) unknown_name(name_or_path, entries());
  if (!found->path.empty()) {
    const auto own = std::ranges::find(directories_, found->path.parent_path());
    search = {{directories_.begin(), own + 1}, false};
  }
  return in_language(load_found(std::move(*found)), search, language);
}

definition::Problems Catalogue::check(const std::filesystem::path& path) const {
  const std::string text = read_regular_file(path, max_definition_bytes);
  const std::string name = path.stem().string();
  if (const std::string_view language = language_of(name); !language.empty()) {
    SearchPath search{{path.parent_path()}, true};
    search.directories.insert(search.directories.end(), directories_.begin(), directories_.end());
    const std::string_view base =
        std::string_view(name).substr(0, name.size() - language.size() - 1);
    if (std::optional<FoundText> found = find_text(search, base)) {
      const LoadedDefinition loaded = load_found(*std::move(found));
      return definition::check_texts(text, loaded.questionnaire, definition::CheckDepth::full)
          .problems;
    }
  }
  return definition::check_definition(text, definition::CheckDepth::full, expected_id(path))
      .problems;
}

std::vector<CatalogueEntry> Catalogue::entries() const {
  std::map<std::string, std::filesystem::path> found;
  for (const std::filesystem::path& directory : directories_) {
    std::error_code error;  // a directory that can't be read has none
    std::filesystem::directory_iterator file(directory, error);
    for (; !error && file != std::filesystem::directory_iterator(); file.increment(error)) {
      const std::filesystem::path& path = file->path();
      const std::string name = path.stem().string();
      if (path.extension() == extension && is_id(name)) found.try_emplace(name, path);
    }
  }
  for (const definition::ShippedDefinition& shipped : definition::shipped_definitions()) {
    found.try_emplace(std::string(shipped.id));
  }
  std::vector<CatalogueEntry> entries;
  for (const auto& [name, path] : found) {
    // "closeness.de" is texts for "closeness" when there is such a questionnaire.
    const std::string_view language = language_of(name);
    const bool texts =
        !language.empty() && found.contains(name.substr(0, name.size() - language.size() - 1));
    if (!texts) entries.push_back({.id = name, .path = path});
  }
  return entries;
}

}  // namespace attune::store
