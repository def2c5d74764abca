// SPDX-License-Identifier: MIT
#pragma once

/// Texts of numbers that come again and again, each made only once.

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "attune/decimal.hpp"

#include "batch/row_sums.hpp"

namespace attune::detail {

/// Bytes that must be writable behind the place where a text is appended.
inline constexpr std::size_t text_slack = 64;

/// Characters of the longest finite number: a sign, 309 digits, a point, 17 decimals. A
/// questionnaire that was not read from a file may publish errors of any size.
inline constexpr std::size_t longest_number = 328;

/// Appends `text` at `at`, without a null byte, and gives the place behind it.
inline char* append(char* at, const std::string& text) {
  std::memcpy(at, text.data(), text.size());  // NOLINT(bugprone-not-null-terminated-result)
  return at + text.size();
}

/// Texts of the values of a function of small whole numbers.
class NumberTexts {
 public:
  /// Values at 0 ≤ index < `count` are remembered, others are rendered each time.
  NumberTexts(std::size_t count, int digits) : texts_(count), count_(count), digits_(digits) {}
  NumberTexts() = default;

  /// Appends the text of `value(index)` at `at` and gives the place behind it.
  template <class Value>
  char* append_value(char* at, std::size_t index, Value value) {
    if (index < count_) {
      const Text& text = texts_[index];
      if (text.size > 0) {
        std::memcpy(at, text.bytes.data(), text.bytes.size());
        return at + text.size;
      }
    }
    return append_new(at, index, value);
  }

 private:
  struct Text {
    std::array<char, 15> bytes{};
    std::uint8_t size = 0;  // 0: not made yet
  };

  template <class Value>
  char* append_new(char* at, std::size_t index, Value value) {
    const std::string made = render_decimal(value(), digits_);
    if (index < count_ && made.size() <= sizeof(Text::bytes)) {
      std::memcpy(texts_[index].bytes.data(), made.data(), made.size());
      texts_[index].size = static_cast<std::uint8_t>(made.size());
    }
    return append(at, made);
  }

  std::vector<Text> texts_;
  std::size_t count_ = 0;
  int digits_ = 4;
};

/// Texts of what depends only on how many answers there are and how they spread: n·Σx² − (Σx)², a
/// whole number.
class SpreadTexts {
 public:
  /// For up to `most_answers` answers from a range that is `width` wide.
  SpreadTexts(std::size_t most_answers, double width, int digits)
      : texts_(most_answers + 1), width_(width), digits_(digits) {}

  template <class Value>
  char* append_value(char* at, const ShiftedSums& sums, Value value) {
    NumberTexts* texts = texts_[static_cast<std::size_t>(sums.answered)].get();
    if (texts == nullptr) texts = make_texts(sums.answered);
    return texts->append_value(at, static_cast<std::size_t>(spread(sums)), value);
  }

  [[nodiscard]] static std::int64_t spread(const ShiftedSums& sums) {
    return std::int64_t{sums.answered} * sums.squares - std::int64_t{sums.sum} * sums.sum;
  }

 private:
  NumberTexts* make_texts(std::int64_t n) {
    const double largest = static_cast<double>(n * n) * width_ * width_ / 4;
    const std::size_t count = largest < most_remembered ? static_cast<std::size_t>(largest) + 1 : 0;
    std::unique_ptr<NumberTexts>& texts = texts_[static_cast<std::size_t>(n)];
    texts = std::make_unique<NumberTexts>(count, digits_);
    return texts.get();
  }

  // Beyond so many possible spreads, remembering them costs more than rendering them.
  static constexpr double most_remembered = 16'384;
  std::vector<std::unique_ptr<NumberTexts>> texts_;  // by number of answers
  double width_;
  int digits_;
};

}  // namespace attune::detail
