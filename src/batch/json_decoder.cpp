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
constexpr std::ptrdiff_t shortest_match = word_bytes;  // a member and its value have more bytes
constexpr std::size_t most_members = 4096;             // remembered, besides those that are wanted

class JsonDecoder final : public RowDecoder {
 public:
  JsonDecoder(const Questionnaire& questionnaire, std::size_t form, RowOptions options);
  std::vector<std::string> absent_columns() const override;

 private:
  Result<Place> read_header(Place at, Place end) override;
  Place read_row(Place at, Place end) override;
  Place read_line(Place at, Place end);
  Place follow_shape(Place at, Place end);
  Place read_member(Place at, Place end);
  Place read_value(const Member& member, Place at, Place end);
  void use_value(const Member& member, const JsonValue& value);
  std::size_t place_of(std::string name);
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
  return column_error(wanted_.items, {}, names, wanted_.items.size());
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
  // Held here, as a store into a slot could change any member for all the compiler knows.
  std::int16_t* const slots = answers_.data();
  const std::size_t row = row_;
  const std::span<Look> looks = shape_.looks();
  Look* look = looks.data() + expected_;
  for (Look* const last = looks.data() + looks.size(); look != last; ++look) {
    if (end - at < shortest_match || !look->matches(at, end)) break;
    at += look->size;
    look->last_row = row;
    const auto value = static_cast<unsigned char>(*at - look->lowest);
    if (look->takes_digit && value <= look->width && (at[1] == ',' || at[1] == '}')) {
      slots[look->slot] = static_cast<std::int16_t>(*at - '0' + 1);
      ++at;
      continue;
    }
    at = read_value(shape_.member(static_cast<std::size_t>(look - looks.data())), at, end);
    if (at == nullptr) return nullptr;
  }
  expected_ = static_cast<std::size_t>(look - looks.data());
  return at;
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
  const std::size_t place = place_of(json_text(name->text));
  if (place == Shape::none) return read_value(other_, at, end);
  const Member& member = shape_.member(place);
  Look& look = shape_.look(place);
  if (look.last_row == row_) note(member.name, "is there more than once");
  look.last_row = row_;
  is_in_order_ = is_in_order_ && place >= expected_;
  expected_ = place + 1;
  // Only the first of the shape may begin a line: an opening brace can't be taken for a comma.
  if (is_first == (place == 0)) look.set_text(view(start, at));
  return read_value(member, at, end);
}

// The place of the member of that name in the shape, added where it is new and worth it.
std::size_t JsonDecoder::place_of(std::string name) {
  const std::size_t place = shape_.find(name);
  if (place != Shape::none) return place;
  Member member;
  Look look;
  const auto item = std::find(wanted_.items.begin(), wanted_.items.end(), name);
  const auto kept = std::find(wanted_.kept.begin(), wanted_.kept.end(), name);
  const bool is_wanted = item != wanted_.items.end() || kept != wanted_.kept.end();
  if (!is_wanted && shape_.size() >= most_members) return Shape::none;
  if (item != wanted_.items.end()) {
    member.column.item = static_cast<std::uint16_t>(item - wanted_.items.begin());
    const AnswerRange range = layout_.ranges[member.column.item];
    look.slot = member.column.item;
    look.lowest = static_cast<char>('0' + range.min);
    look.width = static_cast<std::uint8_t>(range.max - range.min);
    look.takes_digit = range.max <= largest_digit && !missing_.any_within(range);
  }
  if (kept != wanted_.kept.end()) {
    member.column.kept = static_cast<std::uint16_t>(kept - wanted_.kept.begin());
    look.takes_digit = false;
  }
  member.name = std::move(name);
  return shape_.add(std::move(member), std::move(look));
}

JsonDecoder::Place JsonDecoder::read_value(const Member& member, Place at, Place end) {
  at = skip_spaces(at, end);  // There may be more of them than in the shape that was followed.
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
  std::string unescaped;
  if (value.kind == JsonKind::string) {
    if (value.has_escapes) unescaped = json_text(value.text);
    text = value.has_escapes ? std::string_view(unescaped) : text.substr(1, text.size() - 2);
  }
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
