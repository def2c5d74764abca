// SPDX-License-Identifier: MIT
#pragma once

/// All answers of a record as one text: a JSON array of [item, answer, seconds] in the order shown,
/// where the answer is a number, null (skipped), an array of choice ids, or a string. One value
/// rather than a row per answer, so that years of check-ins are read in milliseconds; JSON, so that
/// any tool can still take it apart (json_each in SQLite).

#include <string>
#include <string_view>
#include <vector>

#include "attune/history.hpp"
#include "attune/record.hpp"

namespace attune::detail {

[[nodiscard]] std::string pack_answers(const std::vector<RecordedAnswer>& answers);

/// The reverse, into `answers`, whose memory is used again. False when `text` is not one that
/// `pack_answers` writes; then `answers` holds what was read before. Times that are skipped are not
/// looked at.
[[nodiscard]] bool unpack_answers(std::string_view text, std::vector<RecordedAnswer>& answers,
                                  AnswerTimes times = AnswerTimes::read);

}  // namespace attune::detail
