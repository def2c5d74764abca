// SPDX-License-Identifier: MIT
#include "app/terminal/screen.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "attune/text.hpp"

#include "report/render/text_page.hpp"

namespace attune::app {
namespace {

constexpr std::size_t rows_unknown = 24;
constexpr std::size_t fewest_columns = 30;
constexpr std::size_t fewest_rows = 10;
constexpr std::size_t row_from_columns = 100;  // from here on a scale is one row, pole to pole
constexpr std::size_t widest_row = 120;
constexpr std::size_t most_options = 30;  // of a rating, for a cursor to walk along
constexpr std::size_t long_list = 9;      // longer ones stand in columns
constexpr std::size_t indent = 2;

// How much room a question takes, the most first.
enum class Spacing { airy, tight, columns, poles, bare };

using report::Ink;
using report::repeated;

// Writes lines top down, in the colours and the characters the terminal has.
class Sheet {
 public:
  Sheet(const Administration& administration, TerminalSize size)
      : administration_(administration), columns_(text_columns(size)), size_(size) {
    if (size.columns >= row_from_columns) columns_ = std::min(size.columns - 1, widest_row);
  }

  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] TerminalSize size() const { return size_; }
  [[nodiscard]] std::size_t rows() const { return size_.rows == 0 ? rows_unknown : size_.rows; }
  [[nodiscard]] std::size_t count() const { return screen.lines.size(); }

  [[nodiscard]] std::string_view sign(std::string_view utf8, std::string_view ascii) const {
    return administration_.charset == report::Charset::utf8 ? utf8 : ascii;
  }

  [[nodiscard]] std::string inked(std::string_view text, Ink ink) const {
    if (!administration_.colour || ink == Ink::plain || text.empty()) return std::string(text);
    return fmt::format("{}{}\x1B[0m", report::sgr_of_ink[static_cast<std::size_t>(ink)], text);
  }

  void line(std::string_view text, Ink ink = Ink::plain) {
    screen.lines.push_back({inked(text, ink), display_width(text)});
  }

  void blank() { screen.lines.emplace_back(); }

  // `text`, wrapped, each line after `start` columns, the first of which hold the label.
  void wrapped(std::string_view text, std::size_t start, Ink ink = Ink::plain,
               std::string_view label = {}) {
    std::string margin = pad_right(label, start);
    for (const std::string& part : wrap(text, columns_ - std::min(start, columns_ - 1))) {
      line(margin + part, ink);
      margin.assign(start, ' ');
    }
  }

  // What can be pressed, as much on each line as fits.
  void keys(const std::vector<std::string>& parts) {
    std::string row(indent, ' ');
    for (const std::string& part : parts) {
      const bool is_first = row.size() == indent;
      if (!is_first && display_width(row) + 3 + display_width(part) > columns_) {
        line(row, Ink::quiet);
        row.assign(indent, ' ');
      } else if (!is_first) {
        row += "   ";
      }
      row += part;
    }
    line(row, Ink::quiet);
  }

  // The questionnaire and the person, where there is room, and how far the sitting has come.
  void header(std::size_t done, std::size_t count, std::string_view words, bool with_title) {
    const Questionnaire& questionnaire = administration_.questionnaire;
    if (with_title) {
      const std::string title = shown(questionnaire.title, administration_.charset);
      const std::string about =
          administration_.about
              ? "about " + shown(questionnaire.abouts[*administration_.about].phrase,
                                 administration_.charset)
              : "";
      const std::size_t used = display_width(title) + display_width(about);
      if (used + 2 > columns_) {
        wrapped(title, 0, Ink::quiet);
        if (!about.empty()) wrapped(about, 0, Ink::quiet);
      } else {
        line(title + std::string(about.empty() ? 0 : columns_ - used, ' ') + about, Ink::quiet);
      }
    }
    const std::size_t width = columns_ - std::min(columns_ - 1, display_width(words) + 2);
    const std::size_t filled = count == 0 ? 0 : width * done / count;
    const std::string bar = repeated(sign("━", "="), filled);
    const std::string rest = repeated(sign("─", "-"), width - filled);
    screen.lines.push_back({fmt::format("{}{}  {}", inked(bar, Ink::accent),
                                        inked(rest, Ink::quiet), inked(words, Ink::plain)),
                            width + 2 + display_width(words)});
  }

  // What is typed, wrapped, with the terminal's cursor in it: the lines around it where there are
  // many.
  void input(const LineEditor& editor) {
    constexpr std::size_t most_lines = 6;
    const bool hidden = administration_.privacy == Privacy::closed && !editor.empty();
    const std::string typed = hidden ? "(hidden)" : shown(editor.text(), administration_.charset);
    std::string_view rest = typed;
    const std::string before =
        hidden ? typed : shown(editor.before_caret(), administration_.charset);
    std::vector<std::string> lines(1);
    std::size_t caret_line = 0;
    std::size_t caret_column = 0;
    std::size_t used = 0;
    const auto note_caret = [&] {
      if (typed.size() - rest.size() != before.size()) return;
      caret_line = lines.size() - 1;
      caret_column = used;
    };
    note_caret();
    while (!rest.empty()) {
      const std::string_view cluster =
          rest.substr(0, std::max<std::size_t>(first_cluster_bytes(rest), 1));
      const std::size_t width = display_width(cluster);
      if (used + width + indent + 1 > columns_) {
        lines.emplace_back();
        used = 0;
      }
      lines.back() += cluster;
      used += width;
      rest.remove_prefix(cluster.size());
      note_caret();
    }
    const std::size_t first = caret_line < most_lines ? 0 : caret_line - most_lines + 1;
    for (std::size_t i = first; i < std::min(lines.size(), first + most_lines); ++i) {
      if (i == caret_line) screen.caret_line = count();
      line((i == 0 ? "> " : "  ") + lines[i]);
    }
    screen.caret_column = caret_column + indent;
  }

  // The finished screen; without a line to type on, the cursor is left behind the last one.
  [[nodiscard]] Screen take() {
    if (screen.caret_column == 0 && !screen.lines.empty()) {
      screen.caret_line = count() - 1;
      screen.caret_column = screen.lines.back().columns;
    }
    return std::move(screen);
  }

  Screen screen;

 private:
  const Administration& administration_;
  std::size_t columns_;
  TerminalSize size_;
};

// One option as it is laid out: the mark of the cursor, whether it is chosen, its number, its text.
struct Entry {
  std::string text;
  bool is_current = false;
};

std::vector<Entry> entries(const Sheet& sheet, const std::vector<OptionText>& options, Way way,
                           const Progress& progress) {
  std::vector<Entry> list;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const bool is_current = progress.cursor == i;
    const bool is_chosen = i < progress.chosen.size() && progress.chosen[i];
    std::string text = fmt::format(" {} ", is_current ? sheet.sign("▸", ">") : " ");
    if (way == Way::several) text += is_chosen ? "[x] " : "[ ] ";
    list.push_back({fmt::format("{}{}  {}", text, options[i].key, options[i].text), is_current});
  }
  return list;
}

// As few rows as the widest entry lets fit, in columns that are filled downwards.
std::size_t rows_in_columns(const Sheet& sheet, const std::vector<Entry>& list) {
  std::size_t widest = 0;
  for (const Entry& entry : list) widest = std::max(widest, display_width(entry.text));
  const std::size_t across = std::max<std::size_t>((sheet.columns() + 1) / (widest + 1), 1);
  return (list.size() + across - 1) / across;
}

// In columns, down first. Where `room` is too small, the rows around the cursor.
void put_in_columns(Sheet& sheet, const std::vector<Entry>& list, std::size_t room) {
  std::size_t widest = 0;
  for (const Entry& entry : list) widest = std::max(widest, display_width(entry.text));
  const std::size_t rows = rows_in_columns(sheet, list);
  const std::size_t shown_rows = rows <= room ? rows : std::max<std::size_t>(room, 2) - 1;
  const auto current = std::ranges::find(list, true, &Entry::is_current) - list.begin();
  const std::size_t at = static_cast<std::size_t>(current) % list.size() % rows;
  const std::size_t first = at < shown_rows ? 0 : at - shown_rows + 1;
  for (std::size_t row = first; row < first + shown_rows; ++row) {
    ScreenLine line;
    for (std::size_t i = row; i < list.size(); i += rows) {
      const std::string cell =
          pad_right(fit(list[i].text, sheet.columns()), i + rows < list.size() ? widest + 1 : 0);
      line.text += sheet.inked(cell, list[i].is_current ? Ink::accent : Ink::plain);
      line.columns += display_width(cell);
    }
    sheet.screen.lines.push_back(std::move(line));
  }
  if (shown_rows < rows) sheet.line("   Up and Down show the others", Ink::quiet);
}

std::string centred(std::string_view text, std::size_t columns) {
  const std::size_t left = columns - std::min(columns, display_width(text));
  return pad_right(std::string(left / 2, ' ') + std::string(text), columns);
}

// A scale as one row from pole to pole, each label under its number.
void put_in_a_row(Sheet& sheet, const std::vector<OptionText>& options, const Progress& progress) {
  const std::size_t whole = std::min(sheet.size().columns - 1, widest_row) - indent;
  const std::size_t width = whole / options.size();
  std::vector<std::vector<std::string>> cells;
  std::size_t rows = 0;
  for (const OptionText& option : options) {
    cells.push_back(wrap(option.text, width - 2));
    rows = std::max(rows, cells.back().size());
  }
  for (std::size_t row = 0; row <= rows; ++row) {
    ScreenLine line{std::string(indent, ' '), indent + width * options.size()};
    for (std::size_t i = 0; i < options.size(); ++i) {
      const bool is_current = progress.cursor == i;
      const std::string mark = is_current ? fmt::format("{} ", sheet.sign("▸", ">")) : "";
      const std::string text = row == 0                 ? mark + options[i].key
                               : row <= cells[i].size() ? cells[i][row - 1]
                                                        : "";
      line.text += sheet.inked(centred(text, width), is_current ? Ink::accent : Ink::plain);
    }
    sheet.screen.lines.push_back(std::move(line));
  }
}

// `room`: the rows there are for them.
void put_options(Sheet& sheet, const QuestionText& text, Way way, const Progress& progress,
                 Spacing spacing, std::size_t room) {
  if (way == Way::digit && text.is_rating && sheet.size().columns >= row_from_columns) {
    put_in_a_row(sheet, text.options, progress);
  } else if (text.is_rating && spacing >= Spacing::poles && !text.options.empty()) {
    const OptionText& low = text.options.front();
    const OptionText& high = text.options.back();
    const std::string_view mark = sheet.sign("▸", ">");
    const auto at = progress.cursor;
    sheet.wrapped(at ? fmt::format("{} {} {}", mark, text.options[*at].key, text.options[*at].text)
                     : fmt::format("{} {} {} {} {}", low.key, low.text, sheet.sign("…", "..."),
                                   high.key, high.text),
                  indent, at ? Ink::accent : Ink::plain);
  } else if (spacing >= Spacing::columns || text.options.size() > long_list) {
    put_in_columns(sheet, entries(sheet, text.options, way, progress), room);
  } else {
    const std::size_t start = (way == Way::several ? 9 : 5) + text.options.size() / 10;
    const std::vector<Entry> list = entries(sheet, text.options, way, progress);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::size_t label = list[i].text.size() - text.options[i].text.size();
      sheet.wrapped(text.options[i].text, start + 1, list[i].is_current ? Ink::accent : Ink::plain,
                    std::string_view(list[i].text).substr(0, label));
    }
  }
}

std::vector<std::string> question_keys(const Sheet& sheet, const Administration& administration,
                                       const Item& item, Way way) {
  const std::string slash = item.kind == ItemKind::text ? "/" : "";
  const std::string legal = legal_answers(administration.questionnaire, item);
  const std::size_t sideways = sideways_step(administration, sheet.size());
  const std::string_view arrows = sheet.sign(sideways == 1  ? "←→"
                                             : sideways > 1 ? "←↑↓→"
                                                            : "↑↓",
                                             "arrows");
  std::string how = fmt::format("Type {}, then Enter", legal);
  const bool open = administration.privacy == Privacy::open;
  if (way == Way::digit) how = open ? fmt::format("{} or {} Enter", legal, arrows) : legal;
  if (way == Way::pick) how = fmt::format("{} or {}, then Enter", legal, arrows);
  if (way == Way::several) how = fmt::format("{} or {}, Space marks, Enter goes on", legal, arrows);
  const std::string quit = way == Way::digit ? "q save and quit" : slash + "q quit";
  return {how, slash + "s skip", slash + "< back", slash + "? help", quit};
}

Screen laid_out(const Administration& administration, const Progress& progress, TerminalSize size,
                Spacing spacing) {
  Sheet sheet(administration, size);
  const session::Session& session = administration.session;
  const Item& item = administration.questionnaire.items[session.item()];
  const QuestionText text = question_text(administration);
  const Way way = way_to_answer(administration);
  const bool airy = spacing == Spacing::airy;
  sheet.header(session.position() - 1, session.count(), text.heading, airy);
  if (airy) sheet.blank();
  sheet.wrapped(text.statement, airy ? indent : 0, Ink::strong);
  if (airy) sheet.blank();
  // Below them come the keys and what is remarked on, a line each where room is short.
  const std::size_t taken = sheet.count() + 3 + progress.notice.size() / sheet.columns();
  put_options(
      sheet, text, way, progress, spacing,
      spacing == Spacing::bare ? sheet.rows() - std::min(taken, sheet.rows()) : most_options);
  const bool types = way == Way::line;
  if (types && !text.earlier.empty()) sheet.wrapped(text.earlier, airy ? indent : 0);
  if (airy) sheet.blank();
  if (spacing == Spacing::bare) {
    sheet.keys({item.kind == ItemKind::text ? "/? help" : "? help"});
  } else {
    sheet.keys(question_keys(sheet, administration, item, way));
  }
  if (!progress.notice.empty()) {
    sheet.wrapped(shown(progress.notice, administration.charset), indent);
  } else if (!progress.last.empty()) {
    sheet.line(fit(std::string(indent, ' ') + shown(progress.last, administration.charset),
                   sheet.columns()),
               Ink::quiet);
  } else if (!types) {
    sheet.blank();
  }
  if (types) sheet.input(progress.line);
  return sheet.take();
}

}  // namespace

Way way_to_answer(const Administration& administration) {
  const Questionnaire& questionnaire = administration.questionnaire;
  const Item& item = questionnaire.items[administration.session.item()];
  if (answers_by_one_key(questionnaire, item)) return Way::digit;
  const bool is_list = item.kind == ItemKind::choice ||
                       (item.kind == ItemKind::rating &&
                        question_text(administration).options.size() <= most_options);
  if (!is_list || administration.privacy == Privacy::closed) return Way::line;
  return item.multiple ? Way::several : Way::pick;
}

std::size_t sideways_step(const Administration& administration, TerminalSize size) {
  const QuestionText text = question_text(administration);
  const Way way = way_to_answer(administration);
  if (administration.privacy == Privacy::closed || text.options.empty()) return 0;
  if (text.is_rating && way == Way::digit) return size.columns >= row_from_columns ? 1 : 0;
  if (text.options.size() <= long_list) return 0;
  const Sheet sheet(administration, size);
  const std::size_t rows = rows_in_columns(sheet, entries(sheet, text.options, way, {}));
  return rows < text.options.size() ? rows : 0;
}

bool is_large_enough(TerminalSize size) {
  return (size.columns == 0 || size.columns >= fewest_columns) &&
         (size.rows == 0 || size.rows >= fewest_rows);
}

Screen question_screen(const Administration& administration, const Progress& progress,
                       TerminalSize size) {
  const std::size_t rows = size.rows == 0 ? rows_unknown : size.rows;
  Screen screen;
  for (const Spacing spacing :
       {Spacing::airy, Spacing::tight, Spacing::columns, Spacing::poles, Spacing::bare}) {
    screen = laid_out(administration, progress, size, spacing);
    if (screen.lines.size() < rows) break;
  }
  return screen;
}

std::vector<ReviewRow> review_rows(const Administration& administration) {
  const std::vector<std::size_t> asked = administration.session.asked();
  const Responses responses = administration.session.responses();
  const std::vector<OptionText> answers = review_answers(administration);
  const bool open = administration.privacy == Privacy::open;
  const bool has_profile = open && !administration.questionnaire.scales.empty();
  std::vector<ReviewRow> rows{{{}, has_profile ? "Finish and read your profile" : "Finish"}};
  for (const bool skipped : {true, false}) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if ((responses.answers[asked[i]] == Answer(Skipped{})) != skipped) continue;
      rows.push_back({asked[i], pad_right(answers[i].key, 4) + answers[i].text});
    }
  }
  return rows;
}

Screen review_screen(const Administration& administration, const Progress& progress,
                     TerminalSize size) {
  Sheet sheet(administration, size);
  const session::Session& session = administration.session;
  const bool airy = sheet.rows() >= 20;
  sheet.header(session.count(), session.count(),
               fmt::format("{} of {} answered", session.answered(), session.count()), airy);
  if (airy) sheet.blank();
  sheet.wrapped(review_summary(administration), indent);
  if (airy) sheet.blank();
  Sheet below(administration, size);
  if (airy) below.blank();
  below.keys({fmt::format("{} Enter choose", sheet.sign("↑↓", "arrows")),
              "a number finds a question", "f finish", "< back", "q save and quit"});
  if (!progress.notice.empty()) below.wrapped(progress.notice, indent);

  const std::vector<ReviewRow> rows = review_rows(administration);
  const std::size_t taken = sheet.count() + below.count() + 1;
  std::size_t room = std::max<std::size_t>(sheet.rows() - std::min(taken, sheet.rows()), 3);
  if (rows.size() > room) --room;  // for the line that says so
  const std::size_t cursor = progress.cursor.value_or(0);
  const std::size_t first = cursor < room ? 0 : cursor - room + 1;
  const std::size_t end_row = std::min(rows.size(), first + room);
  const std::size_t width = std::max(sheet.columns(), sheet.size().columns) - 1;
  for (std::size_t i = first; i < end_row; ++i) {
    const std::string_view mark = i == cursor ? sheet.sign(" ▸ ", " > ") : "   ";
    const std::string row = std::string(mark) + rows[i].text;
    const std::string_view end = display_width(row) > width ? sheet.sign("…", "...") : "";
    sheet.line(std::string(fit(row, width - display_width(end))) + std::string(end),
               i == cursor ? Ink::accent : Ink::plain);
  }
  if (end_row < rows.size()) {
    sheet.line(fmt::format("   {} more below", rows.size() - end_row), Ink::quiet);
  } else if (first > 0) {
    sheet.line("   end of the list", Ink::quiet);
  }
  for (ScreenLine& line : below.screen.lines) sheet.screen.lines.push_back(std::move(line));
  return sheet.take();
}

Screen help_screen(const Administration& administration, TerminalSize size) {
  Sheet sheet(administration, size);
  const auto add = [&](std::string_view key, std::string_view meaning) {
    sheet.wrapped(meaning, 11, Ink::plain, key);
  };
  const Way way = way_to_answer(administration);
  const bool row = sideways_step(administration, size) > 0;
  if (way == Way::digit) add("  digit", "answer, and go to the next question");
  if (way != Way::line) {
    add(row ? "  arrows" : "  Up, Down", "move to an answer (also k and j); Enter takes it");
  }
  if (way == Way::several) add("  Space", "mark an answer; there may be several");
  add("  <", row ? "back (also Backspace)" : "back (also Left or Backspace)");
  add(row ? "  >" : "  Right", "forward, over answered questions");
  add("  s", "skip the question");
  add("  q", "save and quit; the same command continues");
  if (way == Way::line) sheet.wrapped("In a line of text, write / before s, <, ? or q.", indent);
  sheet.wrapped("Enter goes on.", indent, Ink::quiet);
  return sheet.take();
}

Screen too_small_screen(const Administration& administration, TerminalSize size) {
  Sheet sheet(administration, size);
  sheet.wrapped(
      fmt::format("Too small to show a question: make this window at least {} columns wide and {} "
                  "rows high. q quits.",
                  fewest_columns, fewest_rows),
      0);
  return sheet.take();
}

}  // namespace attune::app
