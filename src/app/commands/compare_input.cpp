// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fmt/format.h>
#include <system_error>

#include "attune/text.hpp"

#include "app/commands/check_ins.hpp"
#include "app/commands/compare.hpp"
#include "app/commands/history.hpp"
#include "app/commands/profile_output.hpp"

namespace attune {
namespace {

Error no_such_record(const std::string& operand) {
  return {ErrorKind::not_found,
          fmt::format("there is no record and no file '{}'", escape(operand)),
          "compare",
          {"attune history list shows the ids of records, last is the newest"}};
}

Result<ComparedSide> read_record(const std::string& operand, std::optional<History>& history) {
  if (!history) return operand == "last" ? no_records() : no_such_record(operand);
  const Result<Record> record = find_record(*history, operand);
  if (!record) {
    Error error = record.error();
    if (error.kind == ErrorKind::not_found && operand != "last") {
      error.message = no_such_record(operand).message;
    }
    return error;
  }
  const Result<Profile> profile = profile_of(*history, *record, ScoredBy::newest, Tries::before);
  if (!profile) return profile.error();
  if (profile->questionnaire.scales.empty()) {
    return Error{ErrorKind::usage,
                 fmt::format("'{}' has no scores to compare", escape(profile->questionnaire.id)),
                 operand,
                 {"closeness and growth have"}};
  }
  return ComparedSide{operand, true, scores_to_share(*profile, ScoredBy::newest)};
}

Result<ComparedSide> read_file(const std::string& operand, HeldAnswers answers,
                               const Streams& streams) {
  const std::string place = operand == "-" ? "standard input" : operand;
  Result<std::string> text =
      operand == "-" ? read_all(streams.in, max_shared_bytes)
                     : attempt([&] { return read_regular_file(operand, max_shared_bytes); });
  if (!text) {
    text.error().place = place;
    return text.error();
  }
  Result<SharedScores> scores = parse_shared_scores(*text, answers);
  if (!scores) {
    scores.error().place = place;
    return scores.error();
  }
  return ComparedSide{operand, false, *std::move(scores)};
}

}  // namespace

bool is_record(const std::string& operand) {
  if (operand == "last") return true;
  if (operand == "-" || operand.find('/') != std::string::npos || operand.ends_with(".json")) {
    return false;
  }
  std::error_code ignored;
  return !std::filesystem::exists(operand, ignored);
}

Result<ComparedSide> read_side(const std::string& operand, HeldAnswers answers,
                               std::optional<History>& history, const Streams& streams) {
  return is_record(operand) ? read_record(operand, history) : read_file(operand, answers, streams);
}

}  // namespace attune
