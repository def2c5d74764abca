// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <variant>

#include "attune/report.hpp"

#include "report_checks.hpp"
#include "sample_profile.hpp"

using namespace attune;  // NOLINT: a test file
using namespace attune::test;
using Json = nlohmann::ordered_json;

namespace {

TriedStep tried(std::string step, std::string_view at, std::string note = "") {
  return {"sample", std::move(step), *parse_rfc3339(at), std::move(note)};
}

// "second" was tried twice, "first" not yet.
report::Profile with_tries() {
  report::Profile profile = sample_profile();
  profile.tried = {tried("second", "2026-09-20T08:00:00Z", "hard at first"),
                   tried("gone", "2026-09-25T08:00:00Z"),
                   // The day is that of the place where it was lived.
                   tried("second", "2026-09-30T23:30:00-05:00", "it went well")};
  return profile;
}

std::vector<std::string> remarks(const report::Document& document) {
  std::vector<std::string> found;
  for (const report::Block& block : document) {
    if (const auto* step = std::get_if<report::Step>(&block)) found.push_back(step->remark);
  }
  return found;
}

report::Facts last_facts(const report::Document& document) {
  report::Facts found;
  for (const report::Block& block : document) {
    if (const auto* facts = std::get_if<report::Facts>(&block)) found = *facts;
  }
  return found;
}

bool has(const std::string& text, std::string_view words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a profile says beside each step how often it was tried and how it went") {
  report::Profile profile = with_tries();
  using Remarks = std::vector<std::string>;
  CHECK(remarks(report::profile_document(profile, {})) ==
        Remarks{"You tried this 2 times, last on 2026-09-30: \"it went well\"", ""});
  profile.tried = {tried("first", "2026-10-01T08:00:00Z"),
                   tried("second", "2026-10-02T08:00:00Z", "so so")};
  CHECK(remarks(report::profile_document(profile, {})) ==
        Remarks{"You tried this on 2026-10-02: \"so so\"", "You tried this on 2026-10-01."});
  const std::string markdown = report::render_markdown(report::profile_document(profile, {}));
  CHECK(has(markdown, "\nYou tried this on 2026-10-02: \"so so\"\n"));
}

TEST_CASE("the JSON of a profile counts the tries and dates the last") {
  const Json steps = Json::parse(report::profile_json(with_tries(), {}))["next_steps"];
  CHECK(steps[0]["id"] == "second");
  CHECK(steps[0]["tried"] == 2);
  CHECK(steps[0]["last_tried"] == "2026-09-30");
  CHECK(steps[1]["tried"] == 0);
  CHECK(steps[1]["last_tried"].is_null());
}

TEST_CASE("the list of steps gives each the name that one types") {
  const std::string text = report::render_text(report::next_document(with_tries()), {});
  CHECK(has(text, "Name: second\n"));
  CHECK(has(text, "Name: first\n"));
  CHECK(has(text, "attune next sample --tried second --note\n"));
  CHECK(has(text, "A sample, 2026-11-24"));
  CHECK_FALSE(
      has(report::render_text(report::profile_document(with_tries(), {}), {}), "Name: second"));
}

TEST_CASE("the list of steps says what was tried, the last first") {
  using Rows = std::vector<std::pair<std::string, std::string>>;
  CHECK(last_facts(report::next_document(with_tries())).rows ==
        Rows{{"2026-09-30", "Second step: \"it went well\""},
             {"2026-09-25", "gone"},
             {"2026-09-20", "Second step: \"hard at first\""}});
  CHECK_FALSE(
      has(report::render_text(report::next_document(sample_profile()), {}), "What you tried"));
}

TEST_CASE("a long list of tries is cut to the last ten, and says so") {
  report::Profile profile = sample_profile();
  for (int i = 0; i < 12; ++i) {
    profile.tried.push_back(tried("first", "2026-10-01T08:00:00Z", std::to_string(i)));
  }
  const report::Document document = report::next_document(profile);
  REQUIRE(last_facts(document).rows.size() == 10);
  CHECK(last_facts(document).rows[9].second == "First step: \"2\"");
  CHECK(has(report::render_text(document, {}), "And 2 before that."));
}

TEST_CASE("the JSON of the steps has the promised keys, and every try with its note") {
  const report::Profile profile = with_tries();
  const Json json = Json::parse(report::next_json(profile));
  CHECK(json == Json::parse(R"({"schema":"attune.next","version":1,
    "questionnaire":{"id":"sample","version":"1.2.0"},"id":null,
    "taken_at":"2026-11-24T09:14:00+01:00","about":"partner",
    "next_steps":[
      {"id":"second","title":"Second step","why":"Why two.","try":"Try two.","size":"support",
       "tried":2,"last_tried":"2026-09-30"},
      {"id":"first","title":"First step","why":"Its reason.","try":"Its try.","size":"small",
       "tried":0,"last_tried":null}],
    "tried":[
      {"step":"second","at":"2026-09-20T08:00:00Z","about":null,"note":"hard at first"},
      {"step":"gone","at":"2026-09-25T08:00:00Z","about":null,"note":""},
      {"step":"second","at":"2026-09-30T23:30:00-05:00","about":null,"note":"it went well"}]})"));
  CHECK(report::next_json(profile).ends_with("}\n"));
  CHECK(lines_of(report::next_json(profile)).size() == 1);
}

TEST_CASE("a hostile note reaches nobody as more than text") {
  for (std::string note : hostile_texts()) {
    CAPTURE(escape(note));
    report::Profile profile = sample_profile();
    profile.tried = {tried("second", "2026-10-01T08:00:00Z", note + "\nx\n# heading")};
    for (const report::Document& document :
         {report::profile_document(profile, {}), report::next_document(profile)}) {
      for (const std::string& out :
           {report::render_text(document, {}), report::render_markdown(document)}) {
        for (const char c : out) {
          const auto byte = static_cast<unsigned char>(c);
          CHECK((byte >= 0x20 || byte == '\n'));
          CHECK(byte != 0x7F);
        }
        CHECK_FALSE(has(out, "\u202E"));
        CHECK_FALSE(has(out, "\n# heading"));
      }
    }
    CHECK_FALSE(has(last_facts(report::next_document(profile)).rows[0].second, "\n"));
    CHECK(Json::accept(report::next_json(profile)));
    CHECK(Json::accept(report::profile_json(profile, {})));
  }
}
