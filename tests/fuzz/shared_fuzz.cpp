// SPDX-License-Identifier: MIT
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "attune/date.hpp"
#include "attune/report.hpp"
#include "attune/text.hpp"

#include "kinds.hpp"
#include "targets.hpp"

namespace attune::test {
namespace {

void expect_legal(const report::SharedScale& scale) {
  expect(is_id(scale.id), "a scale has an id");
  expect(scale.score.answered <= scale.score.items && scale.score.items <= 500, "counts are small");
  if (!scale.score.estimate) return;
  const Estimate& estimate = *scale.score.estimate;
  expect(std::isfinite(estimate.score) && std::isfinite(estimate.low) &&
             std::isfinite(estimate.high) && std::isfinite(estimate.se),
         "numbers are finite");
  expect(estimate.low <= estimate.score && estimate.score <= estimate.high && estimate.se >= 0,
         "a score lies within its interval");
  expect(scale.score.answered > 0, "a score comes from answers");
}

void expect_legal(const report::SharedScores& shared) {
  expect(is_id(shared.questionnaire) && is_id(shared.form), "names are ids");
  expect(!shared.questionnaire.ends_with(".toml"), "a name is no file");
  expect(!shared.about || is_id(*shared.about), "a person is named by an id");
  expect(parse_date(shared.taken_on).has_value(), "the day is a day");
  expect(!shared.scales.empty() && shared.scales.size() <= 100, "there are scales, and not many");
  std::set<std::string> ids;
  for (const report::SharedScale& scale : shared.scales) {
    expect_legal(scale);
    expect(ids.insert(scale.id).second, "each scale is there once");
  }
  for (const std::string* text : {&shared.version, &shared.language, &shared.status}) {
    expect(escape_lines(*text) == *text, "each text can be shown");
  }
}

// What is read of a file; nothing when it is refused.
std::optional<report::SharedScores> read_unless_refused(std::string_view bytes) {
  try {
    return report::parse_shared_scores(bytes);
  } catch (const Error& error) {
    expect(error.place.empty(), "the caller knows the place");
    return {};
  }
}

std::optional<Scores> scores_unless_refused(const report::SharedScores& shared) {
  try {
    return report::scores_for(kinds(), shared);
  } catch (const Error& error) {
    expect(error.kind == ErrorKind::bad_data, "bad data, if anything");
    return {};
  }
}

void expect_laid_out(const report::SharedScores& shared) {
  const auto scores = scores_unless_refused(shared);
  if (!scores) return;
  expect(scores->size() == kinds().scales.size(), "each scale has a place");
  for (std::size_t i = 0; i < scores->size(); ++i) {
    const ScaleScore& score = (*scores)[i];
    if (!score.estimate) continue;
    const ScoreRange range = score_range(kinds(), i, score.items);
    expect(score.estimate->low >= range.min - 1e-9 && score.estimate->high <= range.max + 1e-9,
           "a score lies in the range of its scale");
    expect(!kinds().scales[i].parent, "a facet is never read from a file");
  }
}

}  // namespace

void shared_target(std::string_view bytes) {
  const auto read = read_unless_refused(bytes);
  if (!read) return;
  const std::string written = report::shared_scores_json(*read);
  expect(written.find("\"answers\"") == std::string::npos,
         "scores that are shared hold no answers");
  expect_legal(*read);
  const auto again = read_unless_refused(written);
  expect(again && report::shared_scores_json(*again) == written,
         "what is read can be written and read");
  expect_laid_out(*read);
}

}  // namespace attune::test
