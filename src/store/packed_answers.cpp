// SPDX-License-Identifier: MIT
#include "store/packed_answers.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <variant>

namespace attune::detail {
namespace {

constexpr std::string_view hexadecimal = "0123456789abcdef";

void add_number(std::string& text, double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  text.append(buffer.data(), end.ptr);
}

// Quotes, backslashes and control characters are all that JSON asks to escape.
void add_string(std::string& text, std::string_view value) {
  text += '"';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20) {
      text += "\\u00";
      text += hexadecimal[byte >> 4U];
      text += hexadecimal[byte & 15U];
    } else {
      text += c;
    }
  }
  text += '"';
}

void add_answer(std::string& text, const Answer& answer) {
  if (const double* number = std::get_if<double>(&answer)) return add_number(text, *number);
  if (const std::string* line = std::get_if<std::string>(&answer)) return add_string(text, *line);
  const ChosenIds* ids = std::get_if<ChosenIds>(&answer);
  if (ids == nullptr) {
    text += "null";
    return;
  }
  text += '[';
  for (const std::string& id : *ids) {
    if (text.back() != '[') text += ',';
    add_string(text, id);
  }
  text += ']';
}

// Takes a text apart from its beginning. What does not fit is remembered, so that only the end
// need be asked.
class Unpacker {
 public:
  explicit Unpacker(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  // Whether `c` comes next; it is then passed.
  bool pass(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!pass(c)) fail();
  }
  void expect(std::string_view word) {
    for (const char c : word) expect(c);
  }

  void number(double& value) {
    // Most answers are a single digit.
    if (end_ - at_ >= 2 && is_digit(at_[0]) && (at_[1] == ',' || at_[1] == ']')) {
      value = *at_++ - '0';
      return;
    }
    if (short_number(value)) return;
    const auto read = std::from_chars(at_, end_, value);
    if (read.ec != std::errc() || !std::isfinite(value)) return fail();
    at_ = read.ptr;
  }

  void skip_number() {
    while (at_ != end_ && *at_ != ']') ++at_;
  }

  void string(std::string& value) {
    expect('"');
    if (repeats(value)) return;
    const char* start = at_;
    while (at_ != end_ && *at_ != '"' && *at_ != '\\') ++at_;
    value.assign(start, at_);
    while (!failed_ && !pass('"')) {
      if (pass('\\')) {
        escaped(value);
      } else if (at_ == end_) {
        fail();
      } else {
        value += *at_++;
      }
    }
  }

  void answer(Answer& answer) {
    if (at_ == end_) return fail();
    if (*at_ == '"') return string(same_kind<std::string>(answer));
    if (*at_ == 'n') {
      answer = Skipped{};
      return expect(std::string_view("null"));
    }
    if (pass('[')) return choices(same_kind<ChosenIds>(answer));
    number(same_kind<double>(answer));
  }

  [[nodiscard]] bool ended_well() const { return !failed_ && at_ == end_; }

 private:
  // Whether the string that has begun is `value` already: one record asks what the last one asked.
  // What would be escaped in the text is left to be read.
  bool repeats(const std::string& value) {
    if (static_cast<std::size_t>(end_ - at_) <= value.size()) return false;
    const char* at = at_;
    for (const char c : value) {
      if (*at++ != c || c == '"' || c == '\\') return false;
    }
    if (*at != '"') return false;
    at_ = at + 1;
    return true;
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  // Numbers of a few digits, which almost all are: a whole number below 2^53 divided by a power of
  // ten that is exact gives the nearest double (Clinger 1990). False, with nothing read, for
  // others.
  bool short_number(double& value) {
    constexpr std::array<double, 10> powers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    constexpr int most_digits = 9;
    const char* at = at_;
    std::uint32_t whole = 0;
    int digits = 0;
    for (; at != end_ && is_digit(*at); ++at, ++digits) whole = take_digit(whole, *at);
    if (digits == 0) return false;
    int decimals = 0;
    if (at != end_ && *at == '.') {
      for (++at; at != end_ && is_digit(*at); ++at, ++decimals) whole = take_digit(whole, *at);
    }
    const bool is_end = at != end_ && (*at == ',' || *at == ']');
    if (!is_end || digits + decimals > most_digits) return false;
    value = whole / powers[static_cast<std::size_t>(decimals)];
    at_ = at;
    return true;
  }
  static std::uint32_t take_digit(std::uint32_t whole, char digit) {
    return whole * 10 + static_cast<std::uint32_t>(digit - '0');
  }

  void fail() {
    failed_ = true;
    at_ = end_;
  }

  // The value of this kind that `answer` holds, or a new one.
  template <class Kind>
  static Kind& same_kind(Answer& answer) {
    Kind* held = std::get_if<Kind>(&answer);
    return held != nullptr ? *held : answer.emplace<Kind>();
  }

  void choices(ChosenIds& ids) {
    ids.clear();
    if (pass(']')) return;
    do {
      string(ids.emplace_back());
    } while (pass(','));
    expect(']');
  }

  void escaped(std::string& value) {
    if (pass('"')) {
      value += '"';
    } else if (pass('\\')) {
      value += '\\';
    } else {
      expect(std::string_view("u00"));
      const std::size_t high = digit();
      value += static_cast<char>(high * 16 + digit());
    }
  }

  std::size_t digit() {
    const std::size_t value = at_ == end_ ? std::string_view::npos : hexadecimal.find(*at_);
    if (value == std::string_view::npos) {
      fail();
      return 0;
    }
    ++at_;
    return value;
  }

  const char* at_;
  const char* end_;
  bool failed_ = false;
};

}  // namespace

std::string pack_answers(const std::vector<RecordedAnswer>& answers) {
  std::string text = "[";
  for (const RecordedAnswer& answer : answers) {
    text += text.size() == 1 ? "[" : ",[";
    add_string(text, answer.item);
    text += ',';
    add_answer(text, answer.answer);
    text += ',';
    add_number(text, answer.seconds);
    text += ']';
  }
  return text + ']';
}

bool unpack_answers(std::string_view text, std::vector<RecordedAnswer>& answers,
                    AnswerTimes times) {
  Unpacker from(text);
  from.expect('[');
  std::size_t count = 0;
  if (!from.pass(']')) {
    do {
      if (count == answers.size()) answers.emplace_back();
      RecordedAnswer& into = answers[count++];
      from.expect('[');
      from.string(into.item);
      from.expect(',');
      from.answer(into.answer);
      from.expect(',');
      if (times == AnswerTimes::read) {
        from.number(into.seconds);
      } else {
        from.skip_number();
        into.seconds = 0;
      }
      from.expect(']');
    } while (from.pass(','));
    from.expect(']');
  }
  answers.resize(count);
  return from.ended_well();
}

}  // namespace attune::detail
