// SPDX-License-Identifier: MIT
// Which items of a scale are asked about: those whose key looks wrong, and no others.
#include <algorithm>
#include <cmath>
#include <doctest/doctest.h>
#include <string>
#include <string_view>
#include <vector>

#include "attune/item_analysis.hpp"

#include "analysis_rows.hpp"

using namespace attune;        // NOLINT: a test file
using namespace attune::test;  // NOLINT: a test file

namespace {

// The sum of twelve uniform numbers less their mean: nearly normal, variance 1.
double normal(Numbers& numbers) {
  double sum = 0;
  for (int i = 0; i < 12; ++i) sum += numbers.between(0, 9999) / 10000.0;
  return sum - 6;
}

// Raw answers from 1 to 7 of a one-factor model: item i is answered by its loading, turned around
// where `truth` has a '-'.
RawRows simulated(std::string_view truth, const std::vector<double>& loadings, std::size_t count,
                  unsigned long long seed) {
  Numbers numbers(seed);
  RawRows rows;
  for (std::size_t row = 0; row < count; ++row) {
    const double level = normal(numbers);
    rows.emplace_back();
    for (std::size_t i = 0; i < truth.size(); ++i) {
      const double own = std::sqrt(1 - loadings[i] * loadings[i]);
      const double latent = loadings[i] * level + own * normal(numbers);
      const double signed_latent = truth[i] == '-' ? -latent : latent;
      rows.back().push_back(
          std::clamp(static_cast<int>(std::lround(4 + 1.4 * signed_latent)), 1, 7));
    }
  }
  return rows;
}

// A '!' for each item that is flagged, '.' for the others.
std::string flags_of(const rows::ScaleStatistics& scale) {
  std::string flags;
  for (const rows::ItemStatistics& item : scale.items) {
    flags += item.flag == rows::ItemFlag::key ? '!' : '.';
  }
  return flags;
}

// The same for items whose item-rest r alone is negative.
std::string negative_of(const rows::ScaleStatistics& scale) {
  std::string flags;
  for (const rows::ItemStatistics& item : scale.items) flags += *item.item_rest_r < 0 ? '!' : '.';
  return flags;
}

std::string differences(std::string_view truth, std::string_view key) {
  std::string flags;
  for (std::size_t i = 0; i < truth.size(); ++i) flags += truth[i] == key[i] ? '.' : '!';
  return flags;
}

}  // namespace

TEST_CASE("exactly the items with a wrong key are flagged, while they are fewer than the others") {
  const std::string_view truth = "++-+-++-+--+";
  const std::string_view keys[] = {
      "++-+-++-+--+",  // right
      "+--+-++-+--+",  // one reversed in vain
      "++++-++-+--+",  // one reversal forgotten
      "++++-++-++-+",  // two
      "-+-++-+-+--+",  // three, of both kinds
      "++++++++++++",  // all five reversals forgotten
      "+++-+-+-+--+",  // five, of both kinds
  };
  const std::vector<double> loadings = {0.6, 0.7, 0.5, 0.8, 0.6, 0.4, 0.7, 0.6, 0.5, 0.6, 0.7, 0.5};
  for (const std::string_view key : keys) {
    for (unsigned long long seed = 1; seed <= 5; ++seed) {
      CAPTURE(key);
      CAPTURE(seed);
      const rows::Analysis analysis =
          analyzed(scale_of(key), simulated(truth, loadings, 300, seed));
      CHECK(flags_of(analysis.scales[0]) == differences(truth, key));
      CHECK_FALSE(analysis.scales[0].even_split);
    }
  }
}

TEST_CASE("strong items with a wrong key don't make weak ones with a right key look wrong") {
  const std::vector<double> loadings = {0.9, 0.9, 0.9, 0.9, 0.35, 0.35, 0.35, 0.35, 0.35};
  const RawRows rows = simulated("+++++++++", loadings, 1000, 3);
  const rows::Analysis analysis = analyzed(scale_of("----+++++"), rows);
  // The base rule alone would name the wrong ones.
  CHECK(negative_of(analysis.scales[0]) == "....!!!!!");
  CHECK(flags_of(analysis.scales[0]) == "!!!!.....");
}

TEST_CASE("the evidence is the correlation with the others once they all point one way") {
  const RawRows rows = simulated("++++++", {0.7, 0.7, 0.7, 0.7, 0.7, 0.7}, 400, 9);
  const rows::Analysis right = analyzed(scale_of("++++++"), rows);
  const rows::Analysis wrong = analyzed(scale_of("+-++-+"), rows);
  for (std::size_t i = 0; i < 6; ++i) {
    const double r = *right.scales[0].items[i].item_rest_r;
    const double turned = i == 1 || i == 4 ? -r : r;
    CHECK(*right.scales[0].items[i].key_r == r);
    CHECK(*wrong.scales[0].items[i].key_r == doctest::Approx(turned).epsilon(1e-12));
  }
}

TEST_CASE("where as many items pull one way as the other, the reversed half is named as a guess") {
  // What data look like whose answers were reversed before: the key reverses them a second time.
  const RawRows rows = simulated("++++++", {0.7, 0.6, 0.7, 0.6, 0.7, 0.6}, 400, 5);
  const rows::ScaleStatistics scale = analyzed(scale_of("+-+--+"), rows).scales[0];
  CHECK(scale.even_split);
  CHECK(flags_of(scale) == ".!.!!.");
  // Reversals that the definition forgot: nothing in the key tells the halves apart.
  const RawRows mixed = simulated("+-+--+", {0.7, 0.6, 0.7, 0.6, 0.7, 0.6}, 400, 5);
  const rows::ScaleStatistics unknown = analyzed(scale_of("++++++"), mixed).scales[0];
  CHECK(unknown.even_split);
  CHECK(flags_of(unknown) == ".!.!!.");
}

TEST_CASE("two items that pull against each other are asked about") {
  const RawRows rows = {{1, 5}, {3, 2}, {5, 1}, {6, 2}};
  const rows::ScaleStatistics plain = analyzed(scale_of("++"), rows).scales[0];
  CHECK(plain.even_split);
  CHECK(flags_of(plain) == ".!");
  CHECK(flags_of(analyzed(scale_of("+-"), rows).scales[0]) == "..");
  const RawRows alike = {{1, 1}, {3, 2}, {5, 6}, {6, 5}};
  CHECK(flags_of(analyzed(scale_of("-+"), alike).scales[0]) == "!.");
}

TEST_CASE("an item on which nobody differs is no question of its key") {
  RawRows rows = simulated("++++", {0.7, 0.7, 0.7, 0.7}, 100, 2);
  for (auto& row : rows) row[2] = 4;
  const rows::ScaleStatistics scale = analyzed(scale_of("++++"), rows).scales[0];
  CHECK(scale.items[2].flag == rows::ItemFlag::no_variance);
  CHECK(flags_of(scale) == "....");
}
