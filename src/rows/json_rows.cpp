// SPDX-License-Identifier: MIT
//
// JSON Lines: a line is an object whose members are the columns.
#include <algorithm>
#include <cstring>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

#include "rows/columns.hpp"

namespace attune::rows {
namespace {

class JsonReader final : public RowReader {
 public:
  JsonReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options,
             ReadBytes read_bytes);
  [[nodiscard]] std::vector<std::string> absent_columns() const override;

  // What the parser calls, a line at a time. What lies deeper than the members of the line's object
  // is passed over. False ends the line.
  bool null();
  bool boolean(bool value) { return take_literal(value ? "true" : "false"); }
  bool number_integer(std::int64_t value) { return take_whole(value); }
  bool number_unsigned(std::uint64_t value);
  bool number_float(double /*value*/, const std::string& text) { return take_literal(text); }
  bool string(const std::string& text) { return take(text, CellForm::string); }
  bool binary(const nlohmann::json::binary_t& /*bytes*/) { return false; }
  bool start_object(std::size_t /*size*/) { return begin_nested(true); }
  bool start_array(std::size_t /*size*/) { return begin_nested(false); }
  bool key(const std::string& name);
  bool end_object() { return end_nested(); }
  bool end_array() { return end_nested(); }
  static bool parse_error(std::size_t /*place*/, const std::string& /*token*/,
                          const nlohmann::json::exception& /*error*/) {
    return false;
  }

 private:
  struct Member {
    std::string name;
    RowColumn use;
    std::size_t last_row = 0;  // that had it, counted from 1
  };

  Place read_header(Place at, Place /*end*/) override { return at; }
  Place read_row(Place at, Place end) override;
  void add_members(const std::vector<std::string>& names,
                   std::optional<std::size_t> RowColumn::*to);
  void check_first_line() const;
  [[nodiscard]] bool is_wanted_value() const { return depth_ == 1 && member_ != nullptr; }
  bool begin_nested(bool is_object);
  bool end_nested();
  bool take_literal(std::string_view text) { return take(text, CellForm::literal); }
  bool take_whole(std::int64_t value);
  bool take(std::string_view text, CellForm form);

  std::vector<Member> members_;                          // that are wanted
  std::unordered_map<std::string, std::size_t> places_;  // of their names
  std::vector<std::string> texts_;                       // of kept cells, which the parser forgets
  std::vector<bool> takes_digits_;  // by item: no code for a missing answer is one of its answers
  std::vector<std::string> first_names_;  // the members of the first line
  std::size_t line_count_ = 0;
  // Of one line.
  Member* member_ = nullptr;  // whose value comes next; null where it isn't wanted
  std::size_t expected_ = 0;  // the place that its name has if the members come in order
  std::size_t depth_ = 0;
};

JsonReader::JsonReader(const Questionnaire& questionnaire, std::size_t form, RowOptions options,
                       ReadBytes read_bytes)
    : RowReader(questionnaire, form, std::move(options), std::move(read_bytes)),
      texts_(kept_.size()) {
  add_members(item_columns_, &RowColumn::item);
  add_members(options_.keep, &RowColumn::kept);
  for (const AnswerRange& range : keying_.ranges) {
    takes_digits_.push_back(!missing_.any_within(range));
  }
}

void JsonReader::add_members(const std::vector<std::string>& names,
                             std::optional<std::size_t> RowColumn::*to) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto [found, is_new] = places_.try_emplace(names[i], members_.size());
    if (is_new) members_.push_back({names[i], {}});
    members_[found->second].use.*to = i;
  }
}

// There is no header, but a first line without any of the items is the wrong file, or has other
// names for them.
void JsonReader::check_first_line() const {
  const auto is_item = [&](const std::string& name) {
    return std::find(item_columns_.begin(), item_columns_.end(), name) != item_columns_.end();
  };
  if (first_names_.empty() || std::any_of(first_names_.begin(), first_names_.end(), is_item))
    return;
  throw column_error(item_columns_, {}, first_names_, item_columns_.size());
}

std::vector<std::string> JsonReader::absent_columns() const {
  std::vector<std::string> absent;
  for (const Member& member : members_) {
    if (line_count_ > 0 && member.last_row == 0) absent.push_back(member.name);
  }
  return absent;
}

RowReader::Place JsonReader::read_row(Place at, Place end) {
  const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
  if (found == nullptr) return nullptr;
  const auto* const line_end = static_cast<Place>(found);
  const std::string_view line(at, static_cast<std::size_t>(line_end - at));
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
    is_blank_ = true;
    return line_end + 1;
  }
  ++line_count_;
  depth_ = 0;
  expected_ = 0;
  std::fill(answers_.begin(), answers_.end(), scoring::no_answer);
  // The parser takes a zero byte for the end of its input.
  const bool is_object =
      line.find('\0') == std::string_view::npos && nlohmann::json::sax_parse(at, line_end, this);
  if (line_count_ == 1) check_first_line();
  if (!is_object) {
    forget_problem();  // What was wrong with one of its members means little then.
    note_problem("", "the line is not a JSON object");
  }
  return line_end + 1;
}

bool JsonReader::key(const std::string& name) {
  if (depth_ > 1) return true;
  if (line_count_ == 1) first_names_.push_back(name);
  if (expected_ == members_.size() || members_[expected_].name != name) {
    const auto found = places_.find(name);
    member_ = nullptr;
    if (found == places_.end()) return true;
    expected_ = found->second;
  }
  member_ = &members_[expected_++];
  if (member_->last_row == line_count_) note_problem(name, "is there more than once");
  member_->last_row = line_count_;
  return true;
}

bool JsonReader::begin_nested(bool is_object) {
  if (depth_ == 0 && !is_object) return false;
  if (is_wanted_value()) note_problem(member_->name, "is not a single value");
  ++depth_;
  return true;
}

bool JsonReader::end_nested() {
  --depth_;
  return true;
}

bool JsonReader::null() {
  if (depth_ == 0) return false;
  if (is_wanted_value() && member_->use.kept) kept_[*member_->use.kept] = {};
  return true;
}

bool JsonReader::number_unsigned(std::uint64_t value) {
  return value <= INT64_MAX ? take_whole(static_cast<std::int64_t>(value))
                            : take_literal(std::to_string(value));
}

bool JsonReader::take_whole(std::int64_t value) {
  if (is_wanted_value() && member_->use.item && !member_->use.kept) {
    const std::size_t item = *member_->use.item;
    const AnswerRange range = keying_.ranges[item];
    if (takes_digits_[item] && value >= range.min && value <= range.max) {
      answers_[item] = static_cast<scoring::RawRating>(value);
      return true;
    }
  }
  return take_literal(std::to_string(value));
}

bool JsonReader::take(std::string_view text, CellForm form) {
  if (depth_ == 0) return false;
  if (!is_wanted_value()) return true;
  if (const auto kept = member_->use.kept) {
    texts_[*kept] = text;
    kept_[*kept] = {texts_[*kept], form};
  }
  if (member_->use.item) take_answer(*member_->use.item, member_->name, text);
  return true;
}

}  // namespace

std::unique_ptr<RowReader> open_json_rows(const Questionnaire& questionnaire, std::size_t form,
                                          RowOptions options, ReadBytes read_bytes) {
  return std::make_unique<JsonReader>(questionnaire, form, std::move(options),
                                      std::move(read_bytes));
}

}  // namespace attune::rows
