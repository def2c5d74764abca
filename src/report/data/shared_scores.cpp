// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/comparison.hpp"
#include "attune/date.hpp"
#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "report/data/values.hpp"

namespace attune::report {
namespace {

constexpr int most_levels = 16;
constexpr std::size_t most_bytes = 16'000;  // of a text: 4,000 characters, as a definition has it
constexpr std::size_t most_scales = 100;
constexpr std::size_t most_items = 500;

// Scores are written with all their digits, so only rounding in the last one is forgiven.
constexpr double rounding = 1e-9;

[[noreturn]] void refuse(std::string message, std::vector<std::string> advice = {},
                         ErrorKind kind = ErrorKind::bad_data) {
  throw Error{kind, std::move(message), {}, std::move(advice)};
}

// A value and the way to it: "scores.anxiety.se".
class Place {
 public:
  Place(const Json& json, std::string path) : json_(json), path_(std::move(path)) {}

  [[nodiscard]] const Json& json() const { return json_; }

  [[nodiscard]] Place member(const std::string& name) const {
    if (!json_.is_object()) refuse_as("an object");
    const auto found = json_.find(name);
    std::string path = path_.empty() ? name : path_ + "." + name;
    if (found == json_.end()) refuse(fmt::format("'{}' is missing", escape(path)));
    return {*found, std::move(path)};
  }

  [[nodiscard]] std::string text() const {
    if (!json_.is_string()) refuse_as("a text");
    std::string text = json_.get<std::string>();
    if (text.size() > most_bytes) refuse(fmt::format("'{}' is too long", escape(path_)));
    if (escape_lines(text) != text) {
      refuse(fmt::format("'{}' holds characters that can't be shown", escape(path_)));
    }
    return text;
  }

  [[nodiscard]] std::string id() const {
    std::string text = this->text();
    if (!is_id(text)) refuse_as("an id");
    return text;
  }

  [[nodiscard]] double number() const {
    if (!json_.is_number()) refuse_as("a number");
    return json_.get<double>();
  }

  [[nodiscard]] std::size_t count(std::size_t most) const {
    const bool is_whole = json_.is_number_unsigned() && json_.get<std::uint64_t>() <= most;
    if (!is_whole) refuse_as(fmt::format("a whole number from 0 to {}", most));
    return json_.get<std::size_t>();
  }

  [[noreturn]] void refuse_as(std::string_view expected) const {
    refuse(fmt::format("'{}' is not {}", escape(path_), expected));
  }

 private:
  const Json& json_;
  std::string path_;
};

bool has_key(const Json& json, std::string_view key) {
  if (json.is_object()) {
    for (const auto& [name, value] : json.items()) {
      if (name == key || has_key(value, key)) return true;
    }
  } else if (json.is_array()) {
    return std::any_of(json.begin(), json.end(),
                       [&](const Json& each) { return has_key(each, key); });
  }
  return false;
}

std::string schema_of(const Json& json) {
  const auto found = json.is_object() ? json.find("schema") : json.end();
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const std::vector<std::string>& how_to_share() {
  static const std::vector<std::string> advice{
      "attune history show ID --format json --scores-only writes scores without answers"};
  return advice;
}

Json json_of_text(std::string_view text) {
  try {
    return parse_json(text, most_levels);
  } catch (Error& error) {
    error.advice = how_to_share();
    throw;
  }
}

bool is_export(std::string_view schema) {
  return schema == "attune.record" || schema == "attune.tried";
}

// An export of a history has many lines, each of which is JSON by itself.
bool begins_as_export(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return false;
  try {
    return is_export(schema_of(parse_json(text.substr(0, end), most_levels)));
  } catch (const Error&) {
    return false;
  }
}

void refuse_answers(const Json& json) {
  if (!has_key(json, "answers") && !has_key(json, "contributions")) return;
  std::vector<std::string> advice = how_to_share();
  advice.emplace_back("--accept-answers uses its scores and nothing else");
  refuse("holds answers to single items, which tell more than scores", std::move(advice));
}

void check_range(const SharedScale& scale, ScoreRange range) {
  const Estimate& estimate = *scale.score.estimate;
  if (estimate.low >= range.min - rounding && estimate.high <= range.max + rounding) return;
  refuse(fmt::format("'scores.{}' lies outside of its range, {} to {}", scale.id,
                     render_decimal(range.min), render_decimal(range.max)));
}

std::string hash_at(const Place& place) {
  std::string hash = place.text();
  const bool is_hash = hash.size() == 64 && std::all_of(hash.begin(), hash.end(), [](char c) {
                         return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                       });
  if (!is_hash) place.refuse_as("a SHA-256");
  return hash;
}

Estimate estimate_at(const Place& place) {
  const Estimate estimate{place.member("score").number(), place.member("se").number(),
                          place.member("low").number(), place.member("high").number()};
  if (estimate.se < 0) place.member("se").refuse_as("0 or more");
  if (estimate.low > estimate.score) place.member("low").refuse_as("at most the score");
  if (estimate.high < estimate.score) place.member("high").refuse_as("at least the score");
  return estimate;
}

ScaleScore score_at(const Place& place) {
  ScaleScore score;
  score.items = place.member("items").count(most_items);
  score.answered = place.member("answered").count(score.items);
  if (place.member("score").json().is_null()) {
    score.reason = place.member("reason").text();
    return score;
  }
  score.estimate = estimate_at(place);
  if (score.answered == 0) place.member("answered").refuse_as("1 or more, as there is a score");
  return score;
}

// The main scales; a facet names its parent.
std::vector<SharedScale> scales_at(const Place& place) {
  if (!place.json().is_object()) place.refuse_as("an object");
  if (place.json().size() > most_scales) refuse("'scores' has more than 100 scales");
  std::vector<SharedScale> scales;
  for (const auto& [id, value] : place.json().items()) {
    const Place scale = place.member(id);
    if (!is_id(id)) scale.refuse_as("a scale: its name is no id");
    if (!value.is_object()) scale.refuse_as("an object");
    if (!value.contains("parent")) scales.push_back({id, score_at(scale)});
  }
  if (scales.empty()) refuse("'scores' is empty: this questionnaire has nothing to compare");
  return scales;
}

std::string day_at(const Place& root, std::string_view schema) {
  if (schema == "attune.profile") {
    const Place place = root.member("taken_at");
    const auto instant = parse_rfc3339(place.text());
    if (!instant) place.refuse_as("a time");
    return render_local_date(*instant);
  }
  const Place place = root.member("taken_on");
  std::string day = place.text();
  if (!parse_date(day)) place.refuse_as("a day");
  return day;
}

}  // namespace

SharedScores parse_shared_scores(std::string_view text, HeldAnswers answers) {
  if (text.size() > max_shared_bytes) refuse("is larger than 1 MiB");
  if (invalid_utf8(text)) refuse("is not UTF-8");
  const bool is_history = begins_as_export(text);
  const Json json = is_history ? Json() : json_of_text(text);
  const std::string schema = schema_of(json);
  if (is_history || is_export(schema)) {
    refuse("is an export of a history and is not read here", how_to_share());
  }
  if (answers == HeldAnswers::refuse) refuse_answers(json);
  if (schema != "attune.scores" && schema != "attune.profile") {
    refuse("has no scores of attune: its 'schema' is neither attune.scores nor attune.profile",
           how_to_share());
  }
  const Place root(json, "");
  const double version = root.member("version").number();
  if (version > 1) {
    refuse("was written by a newer attune", {}, ErrorKind::configuration);
  }
  if (version != 1) root.member("version").refuse_as("1");
  const Place questionnaire = root.member("questionnaire");
  SharedScores shared;
  shared.questionnaire = questionnaire.member("id").id();
  // The catalogue would take such a name for that of a file.
  if (shared.questionnaire.ends_with(".toml")) {
    questionnaire.member("id").refuse_as("that of a questionnaire");
  }
  shared.version = questionnaire.member("version").text();
  shared.sha256 = hash_at(questionnaire.member("sha256"));
  shared.form = questionnaire.member("form").id();
  shared.language = questionnaire.member("language").text();
  shared.status = questionnaire.member("status").text();
  shared.taken_on = day_at(root, schema);
  if (const Place about = root.member("about"); !about.json().is_null()) shared.about = about.id();
  shared.scales = scales_at(root.member("scores"));
  return shared;
}

SharedScores shared_scores(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  const Record& record = profile.record;
  SharedScores shared;
  shared.questionnaire = questionnaire.id;
  shared.version = questionnaire.version;
  shared.sha256 = record.sha256;
  shared.form = record.form;
  shared.language = record.language;
  shared.status = questionnaire.status;
  shared.taken_on = render_local_date(record.taken_at);
  shared.about = record.about;
  for (std::size_t i = 0; i < questionnaire.scales.size(); ++i) {
    const Scale& scale = questionnaire.scales[i];
    if (!scale.parent) shared.scales.push_back({scale.id, profile.scores[i]});
  }
  return shared;
}

std::string shared_scores_json(const SharedScores& scores) {
  Json out{{"schema", "attune.scores"},
           {"version", 1},
           {"questionnaire",
            {{"id", scores.questionnaire},
             {"version", scores.version},
             {"sha256", scores.sha256},
             {"form", scores.form},
             {"language", scores.language},
             {"status", scores.status}}},
           {"taken_on", scores.taken_on},
           {"about", or_null(scores.about)}};
  Json& by_scale = out["scores"] = Json::object();
  for (const SharedScale& scale : scores.scales) by_scale[scale.id] = score_json(scale.score);
  return json_line(out);
}

Scores scores_for(const Questionnaire& questionnaire, const SharedScores& shared) {
  Scores scores(questionnaire.scales.size());
  for (ScaleScore& score : scores) score.reason = "it is not among the scores of this file";
  for (const SharedScale& scale : shared.scales) {
    const auto index = find_scale(questionnaire, scale.id);
    if (!index || questionnaire.scales[*index].parent) continue;
    if (scale.score.estimate) {
      check_range(scale, score_range(questionnaire, *index, scale.score.items));
    }
    scores[*index] = scale.score;
  }
  return scores;
}

}  // namespace attune::report
