// SPDX-License-Identifier: MIT
#pragma once

/// Finds definitions and reads them: by a path, in the person's own folder, among those that are
/// part of the program. The checks are definition.hpp's; this adds what only the file system knows.
///
///     LoadedDefinition loaded = catalogue.load("closeness", {});

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/definition.hpp"
#include "attune/error.hpp"
#include "attune/questionnaire.hpp"

namespace attune::store {

// Where the person's files are, computed from values alone: nothing here reads
// the environment or touches a file. The rules are those of the XDG Base Directory Specification.

struct Paths {
  std::filesystem::path data;    ///< of the history; empty when no home is known
  std::filesystem::path config;  ///< empty when no home is known
  /// Directories of definitions, the first having precedence: the person's own.
  std::vector<std::filesystem::path> definitions;
};

/// The paths that follow from the variables of these names, which are ignored unless absolute; the
/// home of the password database stands for HOME when that is unset. Empty: not set.
[[nodiscard]] Paths find_paths(const std::string& home, const std::string& xdg_data_home,
                               const std::string& xdg_config_home);

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits (FIPS 180-4).
[[nodiscard]] std::string sha256(std::string_view bytes);

/// All of a regular file of at most `limit` bytes. Devices, FIFOs, sockets and folders are refused
/// without being read or waited for (not_found, "is not a regular file"); a larger file is
/// bad_data; symbolic links are followed.
[[nodiscard]] std::string read_regular_file(const std::filesystem::path& path, std::size_t limit);

inline constexpr std::size_t max_definition_bytes = std::size_t{1024} * 1024;

struct LoadedDefinition {
  std::filesystem::path path;  ///< empty when it is part of the program
  std::string text;            ///< the definition's exact bytes
  std::string sha256;          ///< of `text`
  Questionnaire questionnaire;
};

/// One definition as `list` shows it.
struct CatalogueEntry {
  std::string id;
  std::filesystem::path path;  ///< empty when it is part of the program
};

/// A file that was read and can't be used: its place is the file, and these say why.
struct LoadError : Error {
  definition::Problems problems;
};

class Catalogue {
 public:
  /// `directories` in the order of precedence; those that do not exist are passed over. The shipped
  /// definitions come last.
  explicit Catalogue(std::vector<std::filesystem::path> directories)
      : directories_(std::move(directories)) {}

  /// Loads a definition by id or by path (whatever holds a '/' or ends in ".toml"). Errors: a
  /// LoadError; not_found, with the nearest ids as advice; those of `read_regular_file`. Texts of
  /// `language` are applied: `<id>.<language>.toml` beside it or in an earlier directory. With no
  /// language, a file for the definition's own language is applied when one exists (the wording a
  /// person added to a key). An unknown language is not_found.
  [[nodiscard]] LoadedDefinition load(std::string_view name_or_path,
                                      const std::optional<std::string>& language) const;

  /// Every problem of one file, warnings included: of a definition, or of the texts for one that is
  /// beside it or has its name. Throws Error when the file can't be read.
  [[nodiscard]] definition::Problems check(const std::filesystem::path& path) const;

  /// Every definition by id, each once (the first directory wins), sorted. By the files' names
  /// alone: none is read.
  [[nodiscard]] std::vector<CatalogueEntry> entries() const;

 private:
  std::vector<std::filesystem::path> directories_;
};

}  // namespace attune::store
