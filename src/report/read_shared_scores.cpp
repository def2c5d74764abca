// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "attune/date.hpp"
#include "attune/shared_scores.hpp"
#include "attune/text.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

constexpr int most_levels = 16;
constexpr std::size_t most_bytes = 16'000;  // of a text: 4,000 characters, as a definition has it
constexpr std::size_t most_scales = 100;
constexpr std::size_t most_items = 500;

// Why a text can't be taken; thrown within this file only, so that the readers below can be written
// as one expression each. parse_shared_scores turns it into an Error.
struct Refused {
  std::string message;
  std::vector<std::string> advice;
  ErrorKind kind = ErrorKind::bad_data;
};

[[noreturn]] void refuse(std::string message, std::vector<std::string> advice = {}) {
  throw Refused{std::move(message), std::move(advice)};
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

// Before the parser sees a byte; it keeps no stack of its own, but a tree this deep is nobody's.
bool is_too_deep(std::string_view text) {
  int level = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      if (++level > most_levels) return true;
    } else if (c == '}' || c == ']') {
      --level;
    }
  }
  return false;
}

// The value of a text, or a discarded one. Of two members with one name either could be meant.
Json parse(std::string_view text) {
  std::vector<std::set<std::string>> names;
  const auto see = [&](int, Json::parse_event_t event, Json& value) {
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event != Json::parse_event_t::key) return true;
    const std::string name = value.get<std::string>();
    if (!names.back().insert(name).second) {
      refuse(fmt::format("'{}' is given twice", escape(name)));
    }
    return true;
  };
  return Json::parse(text, see, false);
}

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

bool is_export(const Json& json) {
  const std::string schema = schema_of(json);
  return schema == "attune.record" || schema == "attune.tried";
}

const std::vector<std::string>& how_to_share() {
  static const std::vector<std::string> advice{
      "attune history show ID --format json --scores-only writes scores without answers"};
  return advice;
}

// Files that attune writes for other ends.
void refuse_other_kinds(const Json& json) {
  if (is_export(json)) refuse("is an export of a history and is not read here", how_to_share());
}

void refuse_answers(const Json& json) {
  if (!has_key(json, "answers") && !has_key(json, "contributions")) return;
  std::vector<std::string> advice = how_to_share();
  advice.emplace_back("--accept-answers uses its scores and nothing else");
  refuse("holds answers to single items, which tell more than scores", std::move(advice));
}

// An export has many lines, each of which is JSON by itself.
[[noreturn]] void refuse_text(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end != std::string_view::npos) refuse_other_kinds(parse(text.substr(0, end)));
  refuse("is not JSON, or was cut off", how_to_share());
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

SharedScores read(std::string_view text, HeldAnswers answers) {
  if (text.size() > max_shared_bytes) refuse("is larger than 1 MiB");
  if (invalid_utf8(text)) refuse("is not UTF-8");
  if (is_too_deep(text)) refuse("is nested more than 16 deep");
  const Json json = parse(text);
  if (json.is_discarded()) refuse_text(text);
  refuse_other_kinds(json);
  if (answers == HeldAnswers::refuse) refuse_answers(json);
  const std::string schema = schema_of(json);
  if (schema != "attune.scores" && schema != "attune.profile") {
    refuse("has no scores of attune: its 'schema' is neither attune.scores nor attune.profile",
           how_to_share());
  }
  const Place root(json, "");
  const double version = root.member("version").number();
  if (version > 1) throw Refused{"was written by a newer attune", {}, ErrorKind::configuration};
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

}  // namespace

Result<SharedScores> parse_shared_scores(std::string_view text, HeldAnswers answers) {
  try {
    return read(text, answers);
  } catch (Refused& refused) {
    return Error{refused.kind, std::move(refused.message), {}, std::move(refused.advice)};
  }
}

}  // namespace attune
