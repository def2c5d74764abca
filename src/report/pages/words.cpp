// SPDX-License-Identifier: MIT
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <utility>

#include "attune/date.hpp"
#include "attune/decimal.hpp"

#include "report/pages/pages.hpp"

namespace attune::report {

std::string shown(double value, ScoreRange range) { return shown(value, range.min, range.max); }

std::string with_margin(double value, double se, ScoreRange range) {
  return fmt::format("{} ± {}", shown(value, range), shown(z_95 * se, range));
}

std::string with_sign(double value, const std::string& size) {
  const bool is_zero = size.find_first_not_of("0.") == std::string::npos;
  const std::string_view sign = value > 0 ? "+" : "−";
  return is_zero ? size : fmt::format("{}{}", sign, size);
}

std::string signed_with_margin(double difference, double margin, ScoreRange range) {
  return fmt::format("{} ± {}", with_sign(difference, shown(std::abs(difference), range)),
                     shown(margin, range));
}

std::string days_in_words(const Instant& first, const Instant& last) {
  const std::string from = render_local_date(first);
  const std::string to = render_local_date(last);
  return from == to ? "on " + from : fmt::format("from {} to {}", from, to);
}

std::string about_in_words(const Questionnaire& questionnaire,
                           const std::optional<std::string>& about) {
  const auto& abouts = questionnaire.abouts;
  if (!about) return abouts.empty() ? "" : abouts.front().phrase;
  const auto index = find_about(questionnaire, *about);
  return index ? abouts[*index].phrase : *about;
}

std::string chance(double probability) {
  if (probability < 0.05) return "less than 1 in 10";
  if (probability >= 0.95) return "more than 9 in 10";
  return fmt::format("about {} in 10", std::lround(probability * 10));
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator,
                   std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() && !last.empty() ? last : separator;
    text += parts[i];
  }
  return text;
}

std::string quantity(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string count_of(std::size_t count, std::size_t whole) {
  return fmt::format("{} of {}", count, whole);
}

Table table_with(std::vector<std::string> left, const std::vector<std::string>& right) {
  Table table;
  table.align.assign(left.size(), Align::left);
  table.header = std::move(left);
  for (const std::string& header : right) add_column(table, header, Align::right);
  return table;
}

void add_column(Table& table, std::string header, Align align) {
  table.header.push_back(std::move(header));
  table.align.push_back(align);
}

Ruler ruler_with(std::string name, ScoreRange range, const Estimate& estimate,
                 const std::string& low_label, const std::string& high_label) {
  Ruler ruler{std::move(name), range.min,     range.max, estimate.score,
              estimate.low,    estimate.high, low_label, high_label};
  ruler.value = with_margin(estimate.score, estimate.se, range);
  return ruler;
}

void add_fact(Facts& facts, std::string label, std::string text) {
  if (!text.empty()) facts.rows.emplace_back(std::move(label), std::move(text));
}

void say(Document& document, std::string_view text) { say(document, Tone::plain, text); }

void say(Document& document, Tone tone, std::string_view text) {
  if (!text.empty()) document.emplace_back(Paragraph{std::string(text), tone});
}

void add_status(Document& document, const std::string& status, std::string_view limits) {
  say(document, fmt::format("Status of this questionnaire: {} {}", with_full_stop(status), limits));
}

void add_own_line(Document& document, const std::string& contact) {
  if (!contact.empty()) say(document, "Your own line: " + contact);
}

void add_support(Document& document, const std::string& contact) {
  say(document,
      "If you are in distress, or afraid of someone, you need not carry it alone: talk to a person "
      "you trust, a doctor, a therapist or a crisis line where you live. In danger, call the "
      "emergency services.");
  add_own_line(document, contact);
}

}  // namespace attune::report
