// SPDX-License-Identifier: MIT
//
// The lines of one file mostly have the same members in the same order. So the bytes between the
// values are remembered as the shape of a line, and the next line is only compared with it; a
// member that differs is read in the general way, and the shape is followed again behind it.
#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <numeric>

#include "batch/json_shape.hpp"
#include "batch/json_value.hpp"
#include "batch/row_decoder.hpp"

namespace attune::detail {
namespace {

constexpr int largest_digit = 9;
constexpr std::size_t most_members = 4096;  // remembered, besides those that are wanted

class JsonDecoder final : public RowDecoder {
 public:
  JsonDecoder(const Questionnaire& questionnaire, std::size_t form, RowOptions options);
  std::vector<std::string> absent_columns() const override;

 private:
  Result<Place> read_header(Place at, Place end) override;
  Place read_row(Place at, Place end) override;
  Place read_line(Place at, Place end);
  Place follow_shape(Place at, Place end);
  Place read_digit(const Member& member, Place at);
  Place read_member(Place at, Place end);
  Place read_value(const Member& member, Place at, Place end);
  void use_value(const Member& member, const JsonValue& value);
  Member& member_named(std::string name);
  [[nodiscard]] bool is_line_end(Place at, Place end);

  Place line_ = nullptr;  // where the row being read starts
  Shape shape_;
  Member other_;  // stands for members beyond those that are remembered
  std::size_t row_ = 0;
  std::size_t expected_ = 0;  // the place in the shape of the member that should come next
  bool is_in_order_ = true;   // the members of this row came in the order of the shape so far
};

std::string_view view(const char* at, const char* end) {
  return {at, static_cast<std::size_t>(end - at)};
}

const char* skip_spaces(const char* at, const char* end) {
  return skip_json_spaces(view(at, end)).data();
}

JsonDecoder::JsonDecoder(const Questionnaire& questionnaire, std::size_t form, RowOptions options)
    : RowDecoder(questionnaire, form, std::move(options)) {
  std::vector<std::size_t> order(wanted_.items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  begin_rows(order);
}

// Names of the members of a line, as far as it is legal.
std::vector<std::string> member_names(std::string_view line) {
  std::vector<std::string> names;
  line = skip_json_spaces(line);
  while (!line.empty() && (line.front() == '{' || line.front() == ',')) {
    line = skip_json_spaces(line.substr(1));
    const auto name = scan_json(line);
    if (!name || name->kind != JsonKind::string) break;
    line = skip_json_spaces(line.substr(name->text.size()));
    if (!line.starts_with(':')) break;
    line = skip_json_spaces(line.substr(1));
    const auto value = scan_json(line);
    if (!value) break;
    names.push_back(json_text(name->text));
    line = skip_json_spaces(line.substr(value->text.size()));
  }
  return names;
}

bool has_any(const std::vector<std::string>& names, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  });
}

// There is no header, but a first line without any of the items is the wrong file, or has other
// names for them.
Result<JsonDecoder::Place> JsonDecoder::read_header(Place at, Place end) {
  if (at == end) return at;
  const void* line_end = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
  if (line_end == nullptr) return Place{nullptr};
  const std::vector<std::string> names = member_names(view(at, static_cast<Place>(line_end)));
  if (names.empty() || has_any(names, wanted_.items)) return at;
  return column_error(wanted_.items, {}, names);
}

std::vector<std::string> JsonDecoder::absent_columns() const {
  std::vector<std::string> absent;
  if (row_ == 0) return absent;
  for (const std::vector<std::string>* names : {&wanted_.items, &wanted_.kept}) {
    for (const std::string& name : *names) {
      if (shape_.find(name) == Shape::none) absent.push_back(name);
    }
  }
  return absent;
}

JsonDecoder::Place JsonDecoder::read_row(Place at, Place end) {
  const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
  if (found == nullptr) return nullptr;
  const auto* line_end = static_cast<Place>(found);
  if (skip_spaces(at, line_end) == line_end) {
    is_blank_ = true;
    return line_end + 1;
  }
  ++row_;
  expected_ = 0;
  is_in_order_ = true;
  std::fill(answers_.begin(), answers_.end(), std::int16_t{0});
  if (read_line(at, line_end) == nullptr) note("", "the line is not a JSON object");
  return line_end + 1;
}

// The place behind the object that is the whole line; null when it is none.
JsonDecoder::Place JsonDecoder::read_line(Place at, Place end) {
  line_ = at;
  const Place first = skip_spaces(at, end);
  if (*first != '{') return nullptr;
  const Place behind_brace = skip_spaces(first + 1, end);
  if (behind_brace < end && *behind_brace == '}')
    return is_line_end(behind_brace, end) ? end : nullptr;
  while (at != nullptr && at < end) {
    if (is_in_order_) at = follow_shape(at, end);
    if (at == nullptr || is_line_end(at, end)) return at;
    at = read_member(at, end);
  }
  return nullptr;
}

// Whether the object, and with it the line, ends here.
bool JsonDecoder::is_line_end(Place at, Place end) {
  at = skip_spaces(at, end);
  return at < end && *at == '}' && skip_spaces(at + 1, end) == end;
}

// Reads members as long as they are those that the shape expects.
JsonDecoder::Place JsonDecoder::follow_shape(Place at, Place end) {
  for (; expected_ < shape_.size(); ++expected_) {
    Member& member = shape_[expected_];
    if (!member.matches(view(at, end))) break;
    at += member.before.size();
    member.last_row = row_;
    const Place next = member.takes_digit ? read_digit(member, at) : nullptr;
    at = next != nullptr ? next : read_value(member, at, end);
    if (at == nullptr) return nullptr;
  }
  return at;
}

// A digit that is a legal answer and ends its value; null for anything else. The line ends with a
// LF, so that there is always another byte.
JsonDecoder::Place JsonDecoder::read_digit(const Member& member, Place at) {
  const int digit = *at - '0';
  const AnswerRange range = layout_.ranges[member.column.item];
  if (digit < range.min || digit > range.max) return nullptr;
  if (at[1] != ',' && at[1] != '}') return nullptr;
  answers_[member.column.item] = static_cast<std::int16_t>(digit + 1);
  return at + 1;
}

// Reads a member in the general way, its comma or the opening brace first.
JsonDecoder::Place JsonDecoder::read_member(Place start, Place end) {
  Place at = skip_spaces(start, end);
  const bool is_first = start == line_;
  if (at == end || *at != (is_first ? '{' : ',')) return nullptr;
  at = skip_spaces(at + 1, end);
  const auto name = scan_json(view(at, end));
  if (!name || name->kind != JsonKind::string) return nullptr;
  at = skip_spaces(at + name->text.size(), end);
  if (at == end || *at != ':') return nullptr;
  at = skip_spaces(at + 1, end);
  Member& member = member_named(json_text(name->text));
  if (member.last_row == row_ && &member != &other_) {
    note(member.name, "is there more than once");
  }
  member.last_row = row_;
  // Only the first of the shape may begin a line: an opening brace can't be taken for a comma.
  if (is_first == (expected_ == 1)) member.set_before(view(start, at));
  return read_value(member, at, end);
}

// The member of that name, remembered if it is new; and where in the shape the line goes on.
Member& JsonDecoder::member_named(std::string name) {
  std::size_t place = shape_.find(name);
  if (place == Shape::none) {
    Member member;
    const auto item = std::find(wanted_.items.begin(), wanted_.items.end(), name);
    const auto kept = std::find(wanted_.kept.begin(), wanted_.kept.end(), name);
    if (item != wanted_.items.end()) {
      member.column.item = static_cast<std::uint16_t>(item - wanted_.items.begin());
      const AnswerRange range = layout_.ranges[member.column.item];
      member.takes_digit = range.max <= largest_digit && !missing_.any_within(range);
    }
    if (kept != wanted_.kept.end()) {
      member.column.kept = static_cast<std::uint16_t>(kept - wanted_.kept.begin());
      member.takes_digit = false;
    }
    const bool is_wanted = item != wanted_.items.end() || kept != wanted_.kept.end();
    if (!is_wanted && shape_.size() >= most_members) return other_;
    member.name = std::move(name);
    place = shape_.add(std::move(member));
  }
  is_in_order_ = is_in_order_ && place >= expected_;
  expected_ = place + 1;
  return shape_[place];
}

JsonDecoder::Place JsonDecoder::read_value(const Member& member, Place at, Place end) {
  const auto value = scan_json(view(at, end));
  if (!value) return nullptr;
  use_value(member, *value);
  at += value->text.size();
  return at;
}

void JsonDecoder::use_value(const Member& member, const JsonValue& value) {
  if (member.column.kept != no_place) {
    if (value.kind == JsonKind::nested) {
      note(member.name, "is not a single value");
    } else {
      kept_[member.column.kept] = {value.text, CellForm::json};
    }
  }
  if (member.column.item == no_place || value.kind == JsonKind::null) return;
  std::string_view text = value.text;
  if (value.kind == JsonKind::string) text = text.substr(1, text.size() - 2);
  const AnswerRange range = layout_.ranges[member.column.item];
  if (const auto answer = slot_value(text, range, missing_)) {
    answers_[member.column.item] = *answer;
  } else {
    note(member.name, illegal_answer(text, range));
  }
}

}  // namespace

std::unique_ptr<RowDecoder> make_json_decoder(const Questionnaire& questionnaire, std::size_t form,
                                              RowOptions options) {
  return std::make_unique<JsonDecoder>(questionnaire, form, std::move(options));
}

}  // namespace attune::detail
