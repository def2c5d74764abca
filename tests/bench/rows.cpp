// SPDX-License-Identifier: MIT
// Writes made-up responses to 36 items, always the same ones:  rows COUNT csv|jsonl
// Columns: id, country, age, note, q1 … q36; one latent trait of the odd items, one of the even
// ones, answers 1 to 7, 1.5 % of them missing, and a note in one row of twenty-five.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

namespace {

constexpr int item_count = 36;
constexpr std::size_t flush_at = 1 << 20;

// SplitMix64 (Steele, Lea & Flood 2014).
struct Random {
  std::uint64_t state = 20261124;

  std::uint64_t next() {
    state += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = state;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
    return mixed ^ mixed >> 31;
  }
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  // The sum of twelve uniform numbers, less six: near enough to normal for answers in whole steps.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }
};

struct Traits {
  double odd = 0;
  double even = 0;
};

// The items that the ECR words the other way round (Brennan, Clark & Shaver 1998).
constexpr int reversed_items[] = {3, 15, 19, 22, 25, 27, 29, 31, 33, 35};

char answer(Random& random, const Traits& traits, int item) {
  double trait = item % 2 == 1 ? traits.odd : traits.even;
  const auto* const end = std::end(reversed_items);
  if (std::find(std::begin(reversed_items), end, item) != end) trait = -trait;
  const double value = std::round(4 + 1.2 * trait + 1.1 * random.normal());
  return static_cast<char>('0' + static_cast<int>(std::fmin(7, std::fmax(1, value))));
}

struct Person {
  std::uint64_t number = 0;
  std::string_view country;
  std::uint64_t age = 0;
  bool has_note = false;
};

void write_csv(std::string& out, const Person& person) {
  out += "p" + std::to_string(person.number) + ',';
  out += person.country;
  out += ',' + std::to_string(person.age) + ',';
  if (person.has_note) out += "\"late, and \"\"tired\"\"\"";
}

void write_json(std::string& out, const Person& person) {
  out += "{\"id\":\"p" + std::to_string(person.number) + "\",\"country\":\"";
  out += person.country;
  out += "\",\"age\":" + std::to_string(person.age) + ",\"note\":\"";
  if (person.has_note) out += "late, and \\\"tired\\\"";
  out += '"';
}

void write_answer(std::string& out, bool is_json, int item, char value) {
  if (is_json) out += ",\"q" + std::to_string(item) + "\":";
  if (!is_json) out += ',';
  if (value != 0) out += value;
  if (value == 0 && is_json) out += "null";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  constexpr std::string_view countries[] = {"BR", "DE", "IN", "KE", "PL", "US"};
  const bool is_json = std::string_view(argv[2]) == "jsonl";
  const auto count = static_cast<std::uint64_t>(std::atoll(argv[1]));
  Random random;
  std::string out;
  if (!is_json) {
    out = "id,country,age,note";
    for (int item = 1; item <= item_count; ++item) out += ",q" + std::to_string(item);
    out += '\n';
  }
  for (std::uint64_t number = 1; number <= count; ++number) {
    const Traits traits{random.normal(), random.normal()};
    const Person person{number, countries[random.below(6)], 18 + random.below(60),
                        random.below(25) == 0};
    is_json ? write_json(out, person) : write_csv(out, person);
    for (int item = 1; item <= item_count; ++item) {
      const char value = answer(random, traits, item);
      write_answer(out, is_json, item, random.below(1000) < 15 ? '\0' : value);
    }
    out += is_json ? "}\n" : "\n";
    if (out.size() < flush_at) continue;
    std::fwrite(out.data(), 1, out.size(), stdout);
    out.clear();
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
