// SPDX-License-Identifier: MIT
#pragma once

/// What stands in front of each field of a row: a separator, or the name of a JSON member.

#include <cstring>
#include <string>
#include <string_view>

namespace attune::detail {

/// A short text that is copied whole words at a time: the bytes behind it are overwritten.
class Label {
 public:
  explicit Label(std::string text) : text_(std::move(text)), size_(text_.size()) {
    text_.resize((size_ + word_bytes - 1) / word_bytes * word_bytes);
  }

  /// Appends it at `at` and gives the place behind it.
  [[nodiscard]] char* append(char* at) const {
    for (std::size_t i = 0; i < text_.size(); i += word_bytes) {
      std::memcpy(at + i, text_.data() + i, word_bytes);
    }
    return at + size_;
  }

  /// Bytes it may write.
  [[nodiscard]] std::size_t room() const { return text_.size(); }

 private:
  static constexpr std::size_t word_bytes = 16;
  std::string text_;
  std::size_t size_;
};

/// Makes labels, the first of a row differently from the others.
class LabelMaker {
 public:
  enum class Style { csv, tsv, json };
  explicit LabelMaker(Style style) : style_(style) {}

  [[nodiscard]] Label next(std::string_view name);

  /// The names so far as a first row; CSV and TSV.
  [[nodiscard]] const std::string& names() const { return names_; }

 private:
  Style style_;
  bool is_first_ = true;
  std::string names_;
};

}  // namespace attune::detail
