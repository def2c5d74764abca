// SPDX-License-Identifier: MIT
#include "app/terminal/line_editor.hpp"

#include <algorithm>

#include "attune/text.hpp"

namespace attune::app {
namespace {

// Where the last character of `text`, as a person sees it, begins; 0 when there is none.
std::size_t last_character(std::string_view text) {
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    start = at;
    at += std::max<std::size_t>(first_cluster_bytes(text.substr(at)), 1);
  }
  return start;
}

std::size_t last_word(std::string_view text) {
  const std::size_t end = text.find_last_not_of(' ');
  const std::size_t space = text.find_last_of(' ', end);
  return end == std::string_view::npos || space == std::string_view::npos ? 0 : space + 1;
}

}  // namespace

void LineEditor::clear() {
  text_.clear();
  caret_ = 0;
}

void LineEditor::erase_from(std::size_t start) {
  text_.erase(start, caret_ - start);
  caret_ = start;
}

bool LineEditor::take(const Key& key) {
  const std::string_view rest = std::string_view(text_).substr(caret_);
  const std::size_t next = rest.empty() ? 0 : first_cluster_bytes(rest);
  switch (key.kind) {
    case KeyKind::character:
      text_.insert(caret_, key.text);
      caret_ += key.text.size();
      return true;
    case KeyKind::backspace:
      erase_from(last_character(before_caret()));
      return true;
    case KeyKind::erase:
      text_.erase(caret_, next);
      return true;
    case KeyKind::erase_line:
      erase_from(0);
      return true;
    case KeyKind::erase_word:
      erase_from(last_word(before_caret()));
      return true;
    case KeyKind::left:
      caret_ = last_character(before_caret());
      return true;
    case KeyKind::right:
      caret_ += next;
      return true;
    case KeyKind::home:
      caret_ = 0;
      return true;
    case KeyKind::end:
      caret_ = text_.size();
      return true;
    default:
      return false;
  }
}

}  // namespace attune::app
