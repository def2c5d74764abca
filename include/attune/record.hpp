// SPDX-License-Identifier: MIT
#pragma once

/// A completed administration as it is kept: raw answers in the order shown, never scores.
/// By item id, so that it outlives the definition's order; the definition's text is named by its
/// SHA-256.
///
///     Responses responses = responses_of(record, questionnaire);

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attune/date.hpp"
#include "attune/questionnaire.hpp"
#include "attune/responses.hpp"

namespace attune {

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
  std::string note;  ///< how it went, in a line; may be empty

  friend bool operator==(const TriedStep&, const TriedStep&) = default;
};

/// The answers of `record` laid out for `questionnaire`. Answers to items that it does not have are
/// left out.
[[nodiscard]] Responses responses_of(const Record& record, const Questionnaire& questionnaire);

[[nodiscard]] Responses responses_of(const std::vector<RecordedAnswer>& answers,
                                     const Questionnaire& questionnaire);

/// The same into `responses`, whose memory is used again: for thousands of records.
void lay_out(const std::vector<RecordedAnswer>& answers, const Questionnaire& questionnaire,
             Responses& responses);

/// The reverse: `responses` by item id, in the order shown; items without an answer are absent.
[[nodiscard]] std::vector<RecordedAnswer> recorded_answers(const Responses& responses,
                                                           const Questionnaire& questionnaire);

}  // namespace attune
