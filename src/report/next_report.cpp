// SPDX-License-Identifier: MIT
#include "attune/next_report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "attune/date.hpp"

#include "report/profile_parts.hpp"
#include "report/steps.hpp"

namespace attune {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_tries_shown = 10;

Facts origin_of(const Profile& profile) {
  const Questionnaire& questionnaire = profile.questionnaire;
  Facts facts;
  facts.rows.emplace_back("From", fmt::format("{}, {}", questionnaire.title,
                                              render_local_date(profile.record.taken_at)));
  if (const auto about = detail::about_of(profile)) {
    facts.rows.emplace_back("About", questionnaire.abouts[*about].phrase);
  } else if (profile.record.about) {
    facts.rows.emplace_back("About", *profile.record.about);
  }
  return facts;
}

// The title of a step; its id when the questionnaire no longer has it.
std::string title_of(const Questionnaire& questionnaire, const std::string& step) {
  for (const NextStep& each : questionnaire.next_steps) {
    if (each.id == step) return each.title;
  }
  return step;
}

void add_tried(Document& document, const Profile& profile) {
  if (profile.tried.empty()) return;
  document.emplace_back(Heading{2, "What you tried"});
  Facts facts;
  const std::size_t shown = std::min(profile.tried.size(), most_tries_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const TriedStep& tried = profile.tried[profile.tried.size() - 1 - i];
    std::string what = title_of(profile.questionnaire, tried.step);
    if (!tried.note.empty()) what += fmt::format(": \"{}\"", tried.note);
    // A line each: a note can't look like another entry.
    std::replace(what.begin(), what.end(), '\n', ' ');
    facts.rows.emplace_back(render_local_date(tried.at), std::move(what));
  }
  document.emplace_back(std::move(facts));
  if (shown == profile.tried.size()) return;
  document.emplace_back(Paragraph{fmt::format(
      "And {} before that. The output as json has them all.", profile.tried.size() - shown)});
}

}  // namespace

Document next_document(const Profile& profile) {
  Document document{Heading{1, "Next steps"}, origin_of(profile)};
  if (profile.questionnaire.next_steps.empty()) {
    document.emplace_back(Paragraph{"This questionnaire suggests no steps, and that is fine."});
    return document;
  }
  detail::add_steps(document, profile, detail::StepNames::shown);
  document.emplace_back(Heading{2, "When you have tried one"});
  document.emplace_back(
      Paragraph{"Say so by its name. --note adds a line on how it went, for you alone:"});
  document.emplace_back(
      Paragraph{fmt::format("attune next {} --tried NAME --note", profile.questionnaire.id)});
  add_tried(document, profile);
  return document;
}

std::string next_json(const Profile& profile) {
  const Record& record = profile.record;
  Json tried = Json::array();
  for (const TriedStep& each : profile.tried) {
    tried.push_back({{"step", each.step}, {"at", render_rfc3339(each.at)}, {"note", each.note}});
  }
  Json out;
  out["schema"] = "attune.next";
  out["version"] = 1;
  out["questionnaire"] = {{"id", profile.questionnaire.id},
                          {"version", profile.questionnaire.version}};
  out["id"] = record.id.empty() ? Json(nullptr) : Json(record.id);
  out["taken_at"] = render_rfc3339(record.taken_at);
  out["about"] = record.about ? Json(*record.about) : Json(nullptr);
  out["next_steps"] = detail::steps_json(profile);
  out["tried"] = std::move(tried);
  // Foreign bytes that are not UTF-8 must not end the program: they become U+FFFD.
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace attune
