// SPDX-License-Identifier: MIT
#pragma once

/// The screens of the key mode, laid out to the size of the terminal: nothing of a statement is
/// ever off the screen, and where room is short the rest gives way.

#include <optional>
#include <string>
#include <vector>

#include "app/terminal/front_end.hpp"
#include "app/terminal/keys.hpp"

namespace attune::app {

/// A line as it is drawn, colours included, and the columns it takes.
struct ScreenLine {
  std::string text;
  std::size_t columns = 0;
};

struct Screen {
  std::vector<ScreenLine> lines;
  std::size_t caret_line = 0;  ///< where the terminal's cursor is left
  std::size_t caret_column = 0;
};

/// What the person has done so far at the question or the review that is shown.
struct Progress {
  std::optional<std::size_t> cursor;  ///< the option, or the row of the review, it stands on
  std::vector<bool> chosen;           ///< the options that are marked, where several may be
  LineEditor line;                    ///< what has been typed
  std::string notice;                 ///< a remark on the last key, or empty
  std::string last;                   ///< the answer before this question, or empty
};

/// How an item is answered in key mode.
enum class Way {
  digit,    ///< a digit or the cursor; either answers at once
  pick,     ///< the cursor; typed numbers move it
  several,  ///< options are marked, Enter goes on
  line,     ///< typed, then Enter
};
[[nodiscard]] Way way_to_answer(const Administration& administration);

/// How many answers lie between one and its neighbour to the side: 1 where a rating stands in one
/// row from pole to pole (from 100 columns on), the length of a column where choices stand in
/// several, else 0: then left and right lead to other questions.
[[nodiscard]] std::size_t sideways_step(const Administration& administration, TerminalSize size);

/// One row of the review: finishing, or a question to open again.
struct ReviewRow {
  std::optional<std::size_t> item;  ///< nothing: finish
  std::string text;
};

/// Finishing first, then what is skipped, then the rest in order.
[[nodiscard]] std::vector<ReviewRow> review_rows(const Administration& administration);

/// Whether a question can be shown at all: at least 30 columns and 10 rows, or an unknown size.
[[nodiscard]] bool is_large_enough(TerminalSize size);

[[nodiscard]] Screen question_screen(const Administration& administration, const Progress& progress,
                                     TerminalSize size);
[[nodiscard]] Screen review_screen(const Administration& administration, const Progress& progress,
                                   TerminalSize size);
[[nodiscard]] Screen help_screen(const Administration& administration, TerminalSize size);
[[nodiscard]] Screen too_small_screen(const Administration& administration, TerminalSize size);

}  // namespace attune::app
