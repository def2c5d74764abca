// SPDX-License-Identifier: MIT
#include "rows/answers.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "rows/columns.hpp"

namespace attune::rows {
namespace {

constexpr std::string_view not_in_range =
    "codes for no answer are named with --missing, another range of answers with --range";
constexpr std::string_view is_label = "labels of the response scale are read with --labels";
constexpr std::string_view is_numbered = "numbers followed by their labels are read with --labels";
constexpr std::string_view is_code =
    "to turn codes such as A1 or AO01 into numbers, throughout the file: sed -E "
    "'s/\\bAO?0*([0-9]+)\\b/\\1/g' FILE "
    ">data.csv";
constexpr std::string_view is_text =
    "if the answers are labels of the response scale, use --labels; if this is a code for no "
    "answer, name it with --missing";

// Of ASCII, or a part of a character beyond it.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::optional<double> number_in(std::string_view text, char separator) {
  const auto number = parse_decimal(text);
  if (number || separator != ';') return number;
  return parse_decimal(replace_all(std::string(text), ",", "."));
}

struct NumberedLabel {
  std::int64_t number = 0;
  std::string_view label;
  bool is_apart = false;  // by more than blanks
};

// "5 - agree", "5. agree", "7 (strongly agree)", "5 agree". Nothing where another number follows,
// or the name of a month: a spreadsheet may have made "5-Jan" of something else.
std::optional<NumberedLabel> number_before_label(std::string_view text) {
  const std::size_t end = text.find_first_not_of("0123456789", text.starts_with('-') ? 1 : 0);
  if (end == std::string_view::npos) return {};
  constexpr std::string_view between = " -=:.)(";
  const std::size_t first = text.find_first_not_of(between, end);
  const auto number = parse_whole(text.substr(0, end));
  if (!number || first == std::string_view::npos || first == end) return {};
  std::string_view label = text.substr(first);
  bool is_apart = !trim(text.substr(end, first - end)).empty();
  for (const std::string_view dash : {"\u2013", "\u2014"}) {
    if (!label.starts_with(dash)) continue;
    label = trim(label.substr(dash.size()));
    is_apart = true;
  }
  if (label.ends_with(')')) label.remove_suffix(1);
  constexpr std::string_view months = "jan feb mar apr may jun jul aug sep oct nov dec";
  if (std::ranges::none_of(label, is_letter) || std::ranges::any_of(label, is_ascii_digit) ||
      (label.size() == 3 && months.find(lower_case(label)) != std::string_view::npos))
    return {};
  return NumberedLabel{*number, label, is_apart};
}

// "AO03", as LimeSurvey writes it.
bool is_answer_code(std::string_view text) {
  if (!text.starts_with('A')) return false;
  text.remove_prefix(text.starts_with("AO") ? 2 : 1);
  return !text.empty() && std::ranges::all_of(text, is_ascii_digit);
}

}  // namespace

AnswerReader::AnswerReader(const Questionnaire& questionnaire, const scoring::Keying::ItemKey& key,
                           const RowOptions& options)
    : range_(key.range), takes_labels_(options.labels) {
  const std::size_t scale = questionnaire.items[key.item].response_scale;
  for (const auto& [value, label] : questionnaire.response_scales[scale].labels)
    labels_.emplace_back(lower_case(trim(label)), value);
  // Answers are compared without the spaces around them.
  for (const std::string& code : options.missing)
    missing_.push_back({std::string(trim(code)), parse_decimal(trim(code))});
}

// Spaces around an answer mean nothing; a whole number may be written with decimals that are zero.
std::optional<scoring::RawRating> AnswerReader::read(std::string_view text, char separator) const {
  const std::string_view answer = trim(text);
  const auto number = number_in(answer, separator);
  const auto is_none = [&](const MissingCode& code) {
    return code.text == answer || (number && code.number == number);
  };
  if (answer.empty() || std::ranges::any_of(missing_, is_none)) return scoring::no_answer;
  const auto in_range = [&](auto value) { return value >= range_.min && value <= range_.max; };
  if (number && *number == std::floor(*number) && in_range(*number))
    return static_cast<scoring::RawRating>(*number);
  if (number || !takes_labels_) return {};
  if (const auto value = label_in(answer)) return static_cast<scoring::RawRating>(*value);
  const auto numbered = number_before_label(answer);
  if (!numbered || !in_range(numbered->number)) return {};
  // A known label has its own number.
  const auto meant = label_in(numbered->label);
  if (meant ? *meant != numbered->number : !numbered->is_apart) return {};
  return static_cast<scoring::RawRating>(numbered->number);
}

std::pair<std::string, std::string> AnswerReader::problem(std::string_view text,
                                                          char separator) const {
  const std::string_view answer = trim(text);
  std::string message =
      fmt::format("{} is not a whole number from {} to {}{}", quoted_for_message(text), range_.min,
                  range_.max, takes_labels_ ? ", or a label" : "");
  std::string advice(is_text);
  if (number_in(answer, separator)) {
    advice = not_in_range;
  } else if (label_in(answer)) {
    advice = is_label;
  } else if (number_before_label(answer)) {
    advice = takes_labels_ ? not_in_range : is_numbered;
  } else if (is_answer_code(answer)) {
    advice = is_code;
  } else if (takes_labels_ && !labels_.empty()) {
    std::vector<std::string> labels;
    for (const auto& [label, value] : labels_) labels.push_back(fmt::format("{} {}", value, label));
    const bool is_plain = answer.size() <= 80 && std::ranges::all_of(answer, [](char c) {
                            return is_letter(c) || is_ascii_digit(c) || c == ' ';
                          });
    advice = fmt::format(
        "the labels are {}; to replace such an answer with its label: sed 's/{}/LABEL/g' FILE "
        ">data.csv",
        join_or(labels), is_plain ? answer : "TEXT");
  }
  return {std::move(message), std::move(advice)};
}

std::pair<std::uint8_t, std::uint8_t> AnswerReader::digits() const {
  const auto is_answer = [&](const MissingCode& code) {
    return code.number && *code.number >= range_.min && *code.number <= range_.max;
  };
  if (range_.max > 9 || range_.max < 0 || std::ranges::any_of(missing_, is_answer)) return {};
  const int lowest = std::max(range_.min, 0);
  return {static_cast<std::uint8_t>('0' + lowest),
          static_cast<std::uint8_t>(range_.max - lowest + 1)};
}

std::optional<int> AnswerReader::label_in(std::string_view text) const {
  const auto found =
      std::ranges::find(labels_, lower_case(text), &std::pair<std::string, int>::first);
  return found == labels_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace attune::rows
