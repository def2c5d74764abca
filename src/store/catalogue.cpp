// SPDX-License-Identifier: MIT
#include "attune/catalogue.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <system_error>

#include "attune/text.hpp"

namespace attune {
namespace {

constexpr std::string_view extension = ".toml";

Error not_found(std::string message, std::string place, std::vector<std::string> advice) {
  return {.kind = ErrorKind::not_found,
          .message = std::move(message),
          .place = std::move(place),
          .advice = std::move(advice)};
}

LoadError failed(Error error, std::filesystem::path path = {}, Problems problems = {}) {
  return {.error = std::move(error), .path = std::move(path), .problems = std::move(problems)};
}

LoadError refused(const std::filesystem::path& path, std::string_view what, Problems problems) {
  const auto errors = std::count_if(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.severity == Severity::error;
  });
  return failed({.kind = ErrorKind::bad_data,
                 .message = fmt::format("{} has {} error{}", what, errors, errors == 1 ? "" : "s"),
                 .place = escape(path.native()),
                 .advice = {}},
                path, std::move(problems));
}

bool is_path(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(extension);
}

// What the file must call itself; a path with another ending says nothing about that.
std::string expected_id(const std::filesystem::path& path) {
  return path.extension() == extension ? path.stem().string() : std::string();
}

// Whether the name ends as texts of a language do: "closeness.de", "closeness.pt-br".
std::string_view language_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view language = name.substr(dot + 1);
  const std::size_t primary = std::min(language.find('-'), language.size());
  const bool letters = std::all_of(language.begin(), language.begin() + primary,
                                   [](char c) { return c >= 'a' && c <= 'z'; });
  return letters && (primary == 2 || primary == 3) ? language : std::string_view();
}

// Calls visit(name, path) for each file "<name>.toml" of `directory` whose name is an id. A
// directory that can't be read has none.
template <class Visit>
void visit_files(const std::filesystem::path& directory, Visit visit) {
  std::error_code error;
  std::filesystem::directory_iterator file(directory, error);
  for (; !error && file != std::filesystem::directory_iterator(); file.increment(error)) {
    const std::filesystem::path& path = file->path();
    if (path.extension() != extension) continue;
    const std::string name = path.stem().string();
    if (is_id(name)) visit(name, path);
  }
}

// The first of `directories` that has such a file. What is there but can't be used is found too:
// the person who put it there is told, rather than given another file of that name.
std::optional<std::filesystem::path> find_file(
    const std::vector<std::filesystem::path>& directories, const std::string& file_name) {
  for (const std::filesystem::path& directory : directories) {
    std::filesystem::path path = directory / file_name;
    std::error_code error;
    if (std::filesystem::exists(path, error)) return path;
  }
  return std::nullopt;
}

Result<LoadedDefinition, LoadError> load_definition(const std::filesystem::path& path,
                                                    Hashing hashing) {
  Result<std::string> read = attempt([&] { return read_regular_file(path, max_definition_bytes); });
  // By its pointer: g++ 12 can't see that a moved-from `*read` is never null after `if (!read)`.
  std::string* text = read.operator->();
  if (text == nullptr) return failed(read.error(), path);
  Definition definition =
      check_definition(*text, {.expected_id = expected_id(path), .depth = CheckDepth::use});
  if (!definition.questionnaire) {
    return refused(path, "this definition", std::move(definition.problems));
  }
  std::string hash = hashing == Hashing::yes ? sha256(*text) : std::string();
  return LoadedDefinition{.path = path,
                          .text = std::move(*text),
                          .sha256 = std::move(hash),
                          .questionnaire = std::move(*definition.questionnaire)};
}

Result<LoadedDefinition, LoadError> with_texts_of(LoadedDefinition loaded,
                                                  const std::filesystem::path& path,
                                                  std::string_view language) {
  Result<std::string> text = attempt([&] { return read_regular_file(path, max_definition_bytes); });
  if (!text) return failed(text.error(), path);
  TextsFile file = check_texts(*text, loaded.questionnaire, CheckDepth::use);
  if (!file.texts) return refused(path, "this language file", std::move(file.problems));
  if (file.texts->language != language) {
    return failed({.kind = ErrorKind::bad_data,
                   .message = fmt::format("its name says language '{}', its text '{}'", language,
                                          escape(file.texts->language)),
                   .place = escape(path.native()),
                   .advice = {}},
                  path);
  }
  loaded.questionnaire = with_texts(std::move(loaded.questionnaire), *file.texts);
  return loaded;
}

LoadError unknown_language(const std::vector<std::filesystem::path>& directories,
                           const LoadedDefinition& loaded, std::string_view language) {
  const Questionnaire& questionnaire = loaded.questionnaire;
  std::set<std::string> languages{questionnaire.language};
  for (const std::filesystem::path& directory : directories) {
    visit_files(directory, [&](const std::string& name, const std::filesystem::path&) {
      const std::string_view found = language_of(name);
      if (!found.empty() && name == fmt::format("{}.{}", questionnaire.id, found)) {
        languages.emplace(found);
      }
    });
  }
  const std::vector<std::string> names(languages.begin(), languages.end());
  return failed(not_found(fmt::format("there is no language '{}' for '{}'", escape(language),
                                      escape(questionnaire.id)),
                          {}, {fmt::format("it can be asked in {}", join_or(names))}),
                loaded.path);
}

// `directories`: where texts may be, in order of precedence.
Result<LoadedDefinition, LoadError> in_language(
    LoadedDefinition loaded, const std::vector<std::filesystem::path>& directories,
    const std::optional<std::string>& language) {
  const std::string wanted = language.value_or(loaded.questionnaire.language);
  // What is no id can't be part of a file's name: "../x" stays a language nobody knows.
  const std::optional<std::filesystem::path> path =
      is_id(wanted) ? find_file(directories,
                                fmt::format("{}.{}{}", loaded.questionnaire.id, wanted, extension))
                    : std::nullopt;
  if (path) return with_texts_of(std::move(loaded), *path, wanted);
  if (wanted == loaded.questionnaire.language) return loaded;
  return unknown_language(directories, loaded, wanted);
}

}  // namespace

Catalogue::Catalogue(std::vector<std::filesystem::path> directories) {
  for (std::filesystem::path& directory : directories) {
    std::filesystem::path keys = directory / "keys";
    directories_.push_back(std::move(directory));
    directories_.push_back(std::move(keys));
  }
}

Result<LoadedDefinition, LoadError> Catalogue::load(std::string_view name_or_path,
                                                    const std::optional<std::string>& language,
                                                    Hashing hashing) const {
  if (is_path(name_or_path)) {
    const std::filesystem::path path(name_or_path);
    Result<LoadedDefinition, LoadError> loaded = load_definition(path, hashing);
    if (!loaded) return loaded;
    return in_language(std::move(*loaded), {path.parent_path()}, language);
  }
  const std::optional<std::filesystem::path> path =
      is_id(name_or_path) ? find_file(directories_, std::string(name_or_path) += extension)
                          : std::nullopt;
  if (!path) return unknown_name(name_or_path);
  Result<LoadedDefinition, LoadError> loaded = load_definition(*path, hashing);
  if (!loaded) return loaded;
  auto last = std::find(directories_.begin(), directories_.end(), path->parent_path());
  return in_language(std::move(*loaded), {directories_.begin(), last + 1}, language);
}

Result<Problems> Catalogue::check(const std::filesystem::path& path) const {
  Result<std::string> text = attempt([&] { return read_regular_file(path, max_definition_bytes); });
  if (!text) return text.error();
  const std::string name = path.stem().string();
  if (const std::string_view language = language_of(name); !language.empty()) {
    const std::string base = name.substr(0, name.size() - language.size() - 1);
    std::vector<std::filesystem::path> directories{path.parent_path()};
    directories.insert(directories.end(), directories_.begin(), directories_.end());
    if (const auto definition = find_file(directories, base + std::string(extension))) {
      const Result<LoadedDefinition, LoadError> loaded = load_definition(*definition, Hashing::no);
      if (!loaded) return loaded.error().error;
      return check_texts(*text, loaded->questionnaire, CheckDepth::full).problems;
    }
  }
  return check_definition(*text, {.expected_id = expected_id(path), .depth = CheckDepth::full})
      .problems;
}

LoadError Catalogue::unknown_name(std::string_view name) const {
  std::vector<std::string> ids;
  for (CatalogueEntry& entry : entries()) ids.push_back(std::move(entry.id));
  const std::vector<std::string> near = nearest(name, ids);
  std::vector<std::string> advice;
  if (!near.empty()) advice.push_back(fmt::format("did you mean {}?", join_or(near)));
  advice.emplace_back("attune list shows the questionnaires; a file needs a '/' or ends in .toml");
  return failed(not_found(fmt::format("there is no questionnaire '{}'", escape(name)), {},
                          std::move(advice)));
}

std::vector<CatalogueEntry> Catalogue::entries() const {
  std::map<std::string, std::filesystem::path> found;
  for (const std::filesystem::path& directory : directories_) {
    visit_files(directory, [&](const std::string& name, const std::filesystem::path& path) {
      found.try_emplace(name, path);
    });
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

}  // namespace attune
