// SPDX-License-Identifier: MIT
#pragma once

/// From the bytes of a TOML file to a checked Questionnaire, with every problem at its line and
/// column. Not for finding or reading files (catalogue.hpp): the text is handed in.
///
///     Definition definition = check_definition(text, CheckDepth::full, "closeness");
///     for (const Problem& p : definition.problems) print(file, p.line, p.column, p.message);

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "attune/questionnaire.hpp"

namespace attune::definition {

/// An error makes the definition unusable; a warning is advice to its author.
enum class Severity { error, warning };

/// One problem and where: 1-based line, 1-based column in code points. `message` is lower case with
/// no full stop; `advice` (may be empty) says what would be right.
struct Problem {
  Severity severity = Severity::error;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::string message;
  std::string advice;
};
using Problems = std::vector<Problem>;

/// `use`: everything that a correct administration, scoring and interpretation rests on.
/// `full`: also the proofs and warnings for authors: keying on one side, reachable ends and rules,
/// readability.
enum class CheckDepth { use, full };

/// The questionnaire, present exactly when no problem is an error, and all problems in order of
/// place.
struct Definition {
  std::optional<Questionnaire> questionnaire;
  Problems problems;
};

/// Reads and checks one definition. Whatever the bytes, it ends soon and in little memory: at most
/// 1 MiB is accepted, a byte order mark and CRLF are. A mistake of syntax is
/// reported alone, since what follows from it would only repeat it. At most 1,000 problems are
/// listed; a last one says how many are not. `expected_id` is the file's name without .toml; empty:
/// not compared.
[[nodiscard]] Definition check_definition(std::string_view text, CheckDepth depth,
                                          std::string_view expected_id = {});

/// Texts of one language, or the wording of a published key: no keys, no numbers, so they can't
/// change a score. The tables of the file spell the paths:
///
///     questionnaire.title|summary|instructions|status      about.<id>
///     response_scales.<id>.<answer>                        items.<id>
///     scales.<id>.name|low|high|typical                    choices.<item>.<id>
///     scales.<id>.bands.<id>                               units.<item>
///     regions.<id>.name|text                               forms.<id>
///     next_steps.<id>.title|why|try                        rates.<id>.name|unit|low|high
///     derived.<id>.name|low|high                           rates.<id>.typical.text|of
///     pairings.<id>.name|text|for_one|for_other|for_both
struct Texts {
  std::string texts_for;
  std::string language;
  std::map<std::string, std::string> by_path;  ///< "items.sr1" → text
};

struct TextsFile {
  std::optional<Texts> texts;
  Problems problems;
};

/// Reads and checks a text-only file against the questionnaire it is for: unknown ids and keys are
/// errors, missing texts are warnings at `full` depth. A missing `{about}` where the original has
/// one is a warning.
[[nodiscard]] TextsFile check_texts(std::string_view text, const Questionnaire& questionnaire,
                                    CheckDepth depth);

/// `questionnaire` with the texts replaced, and its language with it.
[[nodiscard]] Questionnaire with_texts(Questionnaire questionnaire, const Texts& texts);

/// One statement per line; spaces around it are dropped, empty lines too.
[[nodiscard]] std::vector<std::string> statements_in(std::string_view text);

/// A text-only file with one statement per item of `questionnaire`, from `lines` in its order: what
/// `attune wording` writes. Precondition: one line per item, each legal text.
[[nodiscard]] std::string render_wording(const Questionnaire& questionnaire,
                                         std::string_view language,
                                         const std::vector<std::string>& lines);

/// Whether `tag` is a language tag such as "en" or "pt-BR" (the shape of RFC 5646, not its
/// registry).
[[nodiscard]] bool is_language(std::string_view tag);

/// A definition that is part of the program: one of the questionnaires, or the key of a published
/// instrument.
struct ShippedDefinition {
  std::string_view id;
  std::string_view text;    ///< its exact bytes
  std::string_view sha256;  ///< of `text`, as 64 lower-case hexadecimal digits
};

[[nodiscard]] std::span<const ShippedDefinition> shipped_definitions();

/// A commented starter definition for `id`: what `attune init` writes. It passes check_definition
/// at full depth.
[[nodiscard]] std::string starter_definition(std::string_view id);

/// A JSON Schema of definitions, for editors: share/attune.schema.json. What it refuses,
/// check_definition refuses, too.
[[nodiscard]] std::string_view schema_text();

// The person's configuration, config.toml in the configuration directory: the little that can't be
// an option each time. Not for finding or reading the file: the text is handed in.

struct ConfigFile {
  /// Whom to turn to in distress: one line, shown at the end of each profile; may be empty. Present
  /// exactly when there is no problem.
  std::optional<std::string> contact;
  Problems problems;
};

/// Reads and checks a configuration. Unknown keys are errors, with the nearest name.
[[nodiscard]] ConfigFile check_config(std::string_view text);

}  // namespace attune::definition
