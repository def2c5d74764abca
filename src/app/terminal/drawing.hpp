// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "app/terminal/console.hpp"

namespace attune {

/// A block of lines at the end of the terminal's text that is drawn again in place. Never the
/// alternate screen.
class Drawing {
 public:
  explicit Drawing(Console& console) : console_(console) {}

  /// Replaces what is drawn. The cursor stays behind the last line.
  void show(const std::vector<std::string>& lines);

  /// Takes what is drawn off the screen.
  void erase();

  /// Gives up what is drawn: the shell has written below it, and it can't be found any more.
  void forget() { lines_.clear(); }

  /// Leaves what is drawn standing and goes on below it.
  void keep();

 private:
  Console& console_;
  std::vector<std::string> lines_;
};

}  // namespace attune
