// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "app/terminal/keys.hpp"

namespace attune::app {

/// A line as it is typed, edited as in a shell: arrows, Home, End, Delete, Ctrl-A, E, U and W.
class LineEditor {
 public:
  /// Does what `key` stands for; false where it stands for nothing in a line.
  bool take(const Key& key);

  void clear();

  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string_view before_caret() const {
    return std::string_view(text_).substr(0, caret_);
  }

 private:
  void erase_from(std::size_t start);

  std::string text_;
  std::size_t caret_ = 0;  // bytes before it
};

}  // namespace attune::app
