// SPDX-License-Identifier: MIT
// An analysis as text, JSON and CSV.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <string>

#include "attune/item_analysis.hpp"

#include "analysis_rows.hpp"
#include "report_checks.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

using Json = nlohmann::json;

std::string text_of(const Questionnaire& questionnaire, const rows::Analysis& analysis,
                    std::size_t width = 80) {
  std::string text = report::render_text(rows::analysis_document(questionnaire, 0, analysis),
                                         {.width_columns = width});
  return text;
}

// The words of a text on one line, whatever its width.
std::string words_of(const std::string& text) {
  std::string words;
  for (const char c : text) {
    const char next = c == '\n' ? ' ' : c;
    if (next != ' ' || words.empty() || words.back() != ' ') words += next;
  }
  return words;
}

bool has(const std::string& text, std::string_view part) {
  return words_of(text).find(part) != std::string::npos;
}

// Two main scales, one with a facet of two of its items.
Questionnaire two_scales() {
  Questionnaire questionnaire = blank();
  questionnaire.version = "1.2.0";
  questionnaire.title = "A sample";
  const std::size_t anxiety = add_scale(questionnaire, "anxiety");
  questionnaire.scales[anxiety].name = "Anxiety";
  const std::size_t loss = add_scale(questionnaire, "loss", anxiety);
  questionnaire.scales[loss].name = "Loss";
  const std::size_t avoidance = add_scale(questionnaire, "avoidance");
  questionnaire.scales[avoidance].name = "Avoidance";
  add_items(questionnaire, loss, "++");
  add_items(questionnaire, anxiety, "++");
  add_items(questionnaire, avoidance, "-");
  return questionnaire;
}

RawRows two_scale_rows() {
  RawRows rows = ten_rows;
  for (auto& row : rows) row.push_back(row[0]);
  rows.push_back({3, skip, 4, 2, 5});
  return rows;
}

}  // namespace

TEST_CASE("the text has the numbers of each scale and item") {
  const auto questionnaire = two_scales();
  const std::string text = text_of(questionnaire, analyzed(questionnaire, two_scale_rows()));
  CHECK(has(text, "A sample, item analysis"));
  CHECK(has(text, "Questionnaire sample 1.2.0, form full"));
  CHECK(has(text, "Rows 11"));
  CHECK(has(text, "Anxiety 4 10 4.40 1.71 0.967"));
  CHECK(has(text, "i1 + 0 4.00 2.00 0.98 0.940"));
  CHECK(has(text, "i2 + 1 4.40 1.71 0.93 0.953"));
  CHECK(has(text, "Loss 2 10 4.20 1.83"));
  // Avoidance is the first item turned around. Its r with the sum of all four, from R's numbers for
  // that item: (v + r·sd·sd of rest)/(sd·sd of all) = (4 + 0.97889·2·4.8922)/(2·6.8508) = 0.99.
  CHECK(has(text, "Anxiety and Avoidance −0.99 10"));
  // A single item has no alpha.
  CHECK(has(text, "Avoidance 1 11"));
}

TEST_CASE("no line is wider than the page, and narrow pages lose no number") {
  const auto questionnaire = two_scales();
  const rows::Analysis analysis = analyzed(questionnaire, two_scale_rows());
  for (const std::size_t width : {80U, 60U, 40U}) {
    CHECK(widest_line(text_of(questionnaire, analysis, width)) <= width);
    CHECK(has(text_of(questionnaire, analysis, width), "0.953"));
  }
}

TEST_CASE("a key that looks wrong is asked about with its evidence") {
  Questionnaire questionnaire = scale_of("++-+");
  const std::string text = text_of(questionnaire, analyzed(questionnaire, ten_rows));
  CHECK(has(text, "pulls against the others of its scale. Is it keyed the right way?"));
  CHECK(has(text, "i3 ease reversed −0.90"));
  CHECK_FALSE(has(text, "Nothing:"));
  CHECK_FALSE(has(text, "may be chance"));
}

TEST_CASE("nothing is asked where every item goes with the others") {
  const auto questionnaire = scale_of("++++");
  const std::string text = text_of(questionnaire, analyzed(questionnaire, ten_rows));
  CHECK(has(text, "Nothing: no item pulls against the others of its scale."));
}

TEST_CASE("nothing is promised where no item could be compared") {
  const auto questionnaire = scale_of("+");
  const std::string text = text_of(questionnaire, analyzed(questionnaire, {{1}, {4}, {6}}));
  CHECK(has(text, "These rows can't tell whether an item pulls against the others."));
}

TEST_CASE("an item is asked about once, in its main scale") {
  Questionnaire questionnaire = two_scales();
  questionnaire.items[1].reverse = true;
  const std::string text = text_of(questionnaire, analyzed(questionnaire, two_scale_rows()));
  CHECK(has(text, "i2 Anxiety reversed −0.93"));
  CHECK_FALSE(has(text, "i2 Loss"));
}

TEST_CASE("a weak contradiction in few rows is said to be no more than chance may do") {
  // r of the third with the sum of the others: −0.27 over 6 rows; 2/√6 = 0.82.
  const RawRows rows = {{1, 2, 4}, {2, 1, 5}, {3, 4, 3}, {4, 3, 6}, {5, 6, 4}, {6, 5, 3}};
  const auto questionnaire = scale_of("+++");
  const std::string text = text_of(questionnaire, analyzed(questionnaire, rows));
  CHECK(has(text, "an r between −0.82 and 0 may be chance."));
}

TEST_CASE("an even split says that the answers can't tell") {
  // Two items follow the level and two run against it, one of each key.
  const auto questionnaire = scale_of("++--");
  const RawRows rows = {{1, 7, 7, 2}, {3, 5, 5, 3}, {5, 3, 2, 5}, {6, 2, 2, 6}};
  const std::string text = text_of(questionnaire, analyzed(questionnaire, rows));
  CHECK(has(text, "as many items pull one way as the other"));
}

TEST_CASE("reversed items that pull against all others may have been reversed before") {
  const auto questionnaire = scale_of("+-");
  const RawRows rows = {{1, 1}, {3, 2}, {5, 6}, {6, 5}};
  const std::string text = text_of(questionnaire, analyzed(questionnaire, rows));
  CHECK(has(text, "the reversed items pull against all others"));
  CHECK(has(text, "--keyed"));
}

TEST_CASE("answers that leave a part of their range out may have been given on another") {
  const auto questionnaire = scale_of("+-");
  const auto doubted = [&](RawRows rows, std::size_t count) {
    while (rows.size() < count) rows.push_back(rows[rows.size() % 2]);
    const auto found = rows::doubts(questionnaire, analyzed(questionnaire, rows));
    return found.empty() ? "" : found.back();
  };
  CHECK(doubted({{1, 5}, {5, 1}}, 20) ==
        "No answer is above 5, though the scale runs from 1 to 7. If the answers were given from 1 "
        "to "
        "5, use --range 1-5.");
  CHECK(doubted({{3, 7}, {7, 3}}, 20).starts_with("No answer is below 3, "));
  CHECK(doubted({{1, 5}, {5, 1}}, 19).empty());
  CHECK(doubted({{1, 7}, {7, 1}}, 20).empty());
  CHECK(doubted({{4, 4}, {4, 4}}, 20).empty());  // nobody differs: another remark
}

TEST_CASE("an item on which nobody differs is named") {
  const auto questionnaire = scale_of("++-");
  const std::string text =
      text_of(questionnaire, analyzed(questionnaire, {{1, 2, 6}, {3, 3, 6}, {4, 6, 6}}));
  CHECK(has(text, "i3 (ease): everyone gave the same answer."));
}

TEST_CASE("fewer than two rows are told in one sentence") {
  const auto questionnaire = scale_of("+++");
  CHECK(
      has(text_of(questionnaire, analyzed(questionnaire, {})), "There are no rows. It takes two"));
  const std::string one = text_of(questionnaire, analyzed(questionnaire, {{1, 2, 3}}));
  CHECK(has(one, "There is one row. It takes two"));
  CHECK_FALSE(has(one, "Alpha"));
}

TEST_CASE("where many keys look wrong, it is said that the others may be") {
  RawRows rows = ten_rows;
  for (auto& row : rows)
    row.insert(row.end(), {row[0], row[2], row[1], row[3], row[0], 8 - row[0]});
  const auto few = scale_of("+-+-+++++-");
  CHECK_FALSE(has(text_of(few, analyzed(few, rows)), "it is the right ones that stand out"));
  const auto many = scale_of("+-+-++-++-");
  CHECK(has(text_of(many, analyzed(many, rows)), "it is the right ones that stand out"));
}

TEST_CASE(
    "where just the reversed items pull against the others, they were perhaps reversed before") {
  const auto keyed = scale_of("+-+-");
  RawRows rows = ten_rows;
  for (auto& row : rows) row.resize(4);
  CHECK(has(text_of(keyed, analyzed(keyed, rows)), "--keyed"));
  const auto right = scale_of("++++");
  CHECK_FALSE(has(text_of(right, analyzed(right, rows)), "--keyed"));
}

TEST_CASE("the JSON has every number in full, and a reason where there is none") {
  const auto questionnaire = two_scales();
  const std::string line =
      rows::analysis_json(questionnaire, 0, analyzed(questionnaire, two_scale_rows()));
  CHECK(line.find('\n') == line.size() - 1);
  const Json json = Json::parse(line);
  CHECK(json["schema"] == "attune.analysis");
  CHECK(json["version"] == 1);
  CHECK(json["questionnaire"] == Json{{"id", "sample"}, {"version", "1.2.0"}, {"form", "full"}});
  CHECK(json["rows"] == 11);
  CHECK(json["left_out"] == 0);
  const Json& anxiety = json["scales"]["anxiety"];
  CHECK(anxiety["n"] == 10);
  CHECK(anxiety["incomplete"] == 1);
  CHECK(anxiety["alpha"].get<double>() == doctest::Approx(0.967171717172).epsilon(1e-11));
  CHECK(anxiety["items"]["i2"]["missing"] == 1);
  CHECK(anxiety["items"]["i2"]["flag"].is_null());
  CHECK_FALSE(anxiety.contains("reasons"));
  CHECK(json["scales"]["loss"]["parent"] == "anxiety");
  const Json& single = json["scales"]["avoidance"]["items"]["i5"];
  CHECK(single["reverse"] == true);
  CHECK(single["reasons"]["item_rest_r"] == "fewer than two items");
  CHECK(json["correlations"][0]["scales"] == Json{"anxiety", "avoidance"});
  CHECK(json["correlations"][0]["n"] == 10);
}

TEST_CASE("the JSON of no rows is sound") {
  const auto questionnaire = two_scales();
  const Json json = Json::parse(rows::analysis_json(questionnaire, 0, analyzed(questionnaire, {})));
  CHECK(json["scales"]["anxiety"]["alpha"].is_null());
  CHECK(json["correlations"][0]["reasons"]["r"] == "no rows");
}

TEST_CASE("the CSV has a row for each item of each scale") {
  const auto questionnaire = two_scales();
  const auto lines =
      lines_of(rows::analysis_csv(questionnaire, analyzed(questionnaire, two_scale_rows())));
  REQUIRE(lines.size() == 8);
  CHECK(lines[0] ==
        "scale,item,reverse,n,answered,missing,mean,sd,item_rest_r,alpha_if_dropped,key_r,flag");
  // R's values of the reference rows, at four decimals.
  CHECK(lines[2].starts_with("anxiety,i2,no,10,10,1,4.4,1.7127,0.9339,0.9528,"));
  CHECK(lines[5].starts_with("loss,i1,no,10,11,0,4,2,"));
  CHECK(lines[7].starts_with("avoidance,i5,yes,11,11,0,"));
}
