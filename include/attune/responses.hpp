// SPDX-License-Identifier: MIT
#pragma once

/// Answers as they were given: raw, never keyed, with a skip kept apart from "not asked yet"; and a
/// completed administration as it is kept. Not for scoring (scoring.hpp).
///
///     Answer answer = parse_answer(questionnaire, item, "4");

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/date.hpp"
#include "attune/error.hpp"
#include "attune/questionnaire.hpp"

namespace attune {

/// The person saw the item and chose to leave it out. Never scored as any number.
struct Skipped {
  friend bool operator==(Skipped, Skipped) = default;
};

/// Ids of the chosen choices, in the order of the definition.
using ChosenIds = std::vector<std::string>;

/// One answer: skipped; a rating (whole) or number; choices; or a line of text.
using Answer = std::variant<Skipped, double, ChosenIds, std::string>;

/// All answers of one sitting, parallel to `Questionnaire::items`: nothing where the item was not
/// (yet) asked.
struct Responses {
  std::vector<std::optional<Answer>> answers;
  std::vector<std::size_t> order;  ///< item indexes in the order shown
  std::vector<double>
      seconds;  ///< parallel to `answers`; time to the first answer, 0 = not measured
};

/// Responses with no answer yet, sized for `questionnaire`.
[[nodiscard]] Responses empty_responses(const Questionnaire& questionnaire);

/// The rating of an item, or nothing when it was not asked, skipped, or is of another kind.
[[nodiscard]] inline std::optional<double> rating(const Responses& responses, std::size_t item) {
  const std::optional<Answer>& answer = responses.answers[item];
  const double* value = answer ? std::get_if<double>(&*answer) : nullptr;
  return value != nullptr ? std::optional<double>(*value) : std::nullopt;
}

/// Reads one answer as it is written in `--answers`, in plain mode and in the history: a whole
/// number within the response scale for ratings; a decimal number within min..max; choice ids or
/// their 1-based numbers joined by '+' (one only unless `multiple`); any printable line of at most
/// 4,000 characters for texts. Spaces around it are ignored. Empty text is an error, never an
/// answer. Errors are `bad_data` with the item's id as place and the legal answers as advice.
[[nodiscard]] Answer parse_answer(const Questionnaire& questionnaire, const Item& item,
                                  std::string_view text);

/// The text that `parse_answer` reads back. Skipped gives an empty string, which it does not read.
[[nodiscard]] std::string render_answer(const Answer& answer);

/// The answer in words for a person: "5, slightly agree", "45 minutes", the choice texts, the line
/// itself, "skipped".
[[nodiscard]] std::string describe_answer(const Questionnaire& questionnaire, const Item& item,
                                          const Answer& answer);

// A completed administration as it is kept: raw answers in the order shown, never scores.
// By item id, so that it outlives the definition's order; the definition's text is named by its
// SHA-256.

struct RecordedAnswer {
  std::string item;
  Answer answer;       ///< Skipped when the item was left out
  double seconds = 0;  ///< time to the first answer; 0 = not measured

  friend bool operator==(const RecordedAnswer&, const RecordedAnswer&) = default;
};

struct Record {
  std::int64_t sequence = 0;  ///< orders records that share a time; 0 until it is kept
  std::string id;             ///< ten characters of [0-9a-z]; empty until it is kept
  std::string questionnaire;
  std::string version;
  std::string sha256;       ///< of the definition text it was taken with, 64 hexadecimal digits
  std::string scored_with;  ///< of the text it is scored with: `sha256`, or a newer one since it
                            ///< was rescored; empty until it is kept
  std::string form;
  std::string language;
  std::optional<std::string> about;
  Instant started_at;
  Instant taken_at;
  std::vector<RecordedAnswer> answers;  ///< in the order shown; items never asked are absent
  std::string note;

  friend bool operator==(const Record&, const Record&) = default;
};

/// A next step that the person marked as tried.
struct TriedStep {
  std::string questionnaire;
  std::string step;  ///< id within that questionnaire
  Instant at;
  std::string note;                       ///< how it went, in a line; may be empty
  std::optional<std::string> about = {};  ///< with whom; nothing in marks that are older than this

  friend bool operator==(const TriedStep&, const TriedStep&) = default;
};

/// Why the answers of a record can't be to this questionnaire: its form or an item is not there, or
/// `parse_answer` would never give an answer. Empty where they can.
[[nodiscard]] std::string misfit_of(const Record& record, const Questionnaire& questionnaire);

/// The answers of a record or a draft laid out for `questionnaire`. Answers to items that it does
/// not have are left out.
[[nodiscard]] Responses responses_of(const std::vector<RecordedAnswer>& answers,
                                     const Questionnaire& questionnaire);

/// The reverse: `responses` by item id, in the order shown; items without an answer are absent.
[[nodiscard]] std::vector<RecordedAnswer> recorded_answers(const Responses& responses,
                                                           const Questionnaire& questionnaire);

}  // namespace attune
