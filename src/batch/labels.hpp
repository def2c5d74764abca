// SPDX-License-Identifier: MIT
#pragma once

/// What stands in front of each field of a row: a separator, or the name of a JSON member.

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>

namespace attune::detail {

/// A text that is mostly short, and then copied in one step: bytes behind it are overwritten.
class Label {
 public:
  explicit Label(std::string text) : rest_(std::move(text)), size_(rest_.size()) {
    std::memcpy(start_.data(), rest_.data(), std::min(size_, start_.size()));
  }

  /// Appends it at `at` and gives the place behind it.
  [[nodiscard]] char* append(char* at) const {
    const std::size_t size = size_;
    std::memcpy(at, start_.data(), start_.size());
    if (size > start_.size()) std::memcpy(at, rest_.data(), size);
    return at + size;
  }

  /// Bytes it may write.
  [[nodiscard]] std::size_t room() const { return std::max(size_, start_.size()); }

 private:
  std::array<char, 16> start_{};
  std::string rest_;
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
