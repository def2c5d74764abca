// SPDX-License-Identifier: MIT
#pragma once

/// The one intermediate form of everything people read: a list of blocks that text, Markdown and
/// HTML render. Not for machine formats: JSON and CSV take the typed values.
///
///     Document document{Heading{1, "Your profile"}, Paragraph{"…"}};
///     out << render_text(document, {.width_columns = 80});

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attune/date.hpp"

namespace attune::report {

struct Heading {
  int level = 1;  ///< 1..3
  std::string text;
};

/// How a paragraph is meant; renderers may show it, its words must carry it alone.
enum class Tone { plain, quiet, caution };

/// A text that ends with a colon announces the next block and stands close to it.
struct Paragraph {
  std::string text;
  Tone tone = Tone::plain;
};

/// "Label: text" lines under one another, the texts aligned; below the labels where these are long.
struct Facts {
  std::vector<std::pair<std::string, std::string>> rows;
};

struct Bullets {
  std::vector<std::string> items;
};

enum class Align { left, right };

/// A bar that fills `share` (0..1) of its room; above 0 it leaves at least a trace.
struct Bar {
  double share = 0;
};

/// A named part of a ruler, in the units of its scale.
struct RulerBand {
  std::string name;
  double min = 1;
  double max = 7;
};

/// A scale from min to max with a score, its interval and the words at both ends. As a picture in a
/// table it is the line alone.
struct Ruler {
  std::string name;
  double min = 1;
  double max = 7;
  double score = 4;
  double low = 4;
  double high = 4;
  std::string low_label;
  std::string high_label;
  std::string value;             ///< "3.4 ± 0.6"; a sentence says score, low and high in its place
  std::string remark;            ///< band, "answered 16 of 16"
  std::vector<RulerBand> bands;  ///< drawn where there is room; the remark names that of the score
};

/// A rectangle of the plane, in the axes' units, and the name that is drawn inside it.
struct PlaneArea {
  std::string name;
  double low_x = 1, high_x = 7, low_y = 1, high_y = 7;
};

/// A position on the plane with its error box.
struct PlanePoint {
  double x = 4, y = 4;
  double low_x = 4, high_x = 4, low_y = 4, high_y = 4;
  std::string name;  ///< tells several apart; one alone needs none
};

/// One dimension of a plane.
struct PlaneAxis {
  std::string name;
  double min = 1;
  double max = 7;
  std::vector<double> cuts;  ///< borders between areas
};

/// Two dimensions with one point or several, which then are letters.
struct Plane {
  PlaneAxis x;
  PlaneAxis y;
  std::vector<PlanePoint> points;
  std::vector<PlaneArea> areas;
  std::string description;  ///< the same in one sentence, for screen readers and Markdown
};

/// One check-in of a series, in the units of its scale.
struct SeriesMark {
  Instant at;
  double score = 4;
  double low = 4;
  double high = 4;
};

/// The part of a scale that single values usually stay within.
struct SeriesBand {
  double low = 1;
  double high = 7;
  std::optional<Instant> until{};  ///< the last mark that it is meant for; nothing: for all
};

/// What the marks of a time lie around: one level, or a line from one to another.
struct SeriesLevel {
  Instant first;  ///< mark,
  Instant last;   ///< and the last one
  double from = 1;
  double to = 1;
};

/// Scores of one scale over time, ascending. The picture has as many rows and columns for ten
/// thousand check-ins as for ten: those that share a column are drawn as their mean. As a picture
/// in a table it is a line of small marks side by side, as high as they lie between min and max,
/// which then is the part of the scale that they are seen in; a time without any stays empty.
struct Series {
  std::string name;
  double min = 1;
  double max = 7;
  std::string low_label;
  std::string high_label;
  std::vector<SeriesMark> marks;
  std::optional<SeriesBand> band;
  std::vector<SeriesLevel> levels{};       ///< before and after a date, or one line over all marks
  std::optional<SeriesLevel> different{};  ///< marks unlike those before and after them
};

using Picture = std::variant<Bar, Series, Ruler>;

struct Table {
  std::vector<std::string> header;
  std::vector<Align> align;  ///< parallel to header
  std::vector<std::vector<std::string>> rows;
  std::string picture_header;
  std::vector<Picture> pictures;  ///< empty, or parallel to rows: a last column for the eye alone,
                                  ///< left out in Markdown and without pictures
  std::string picture_note;       ///< how to read them, said below them; may be empty
};

/// A suggested step: title, its reason, what to try, its size in a word.
struct Step {
  std::string title;
  std::string why;
  std::string try_this;
  std::string size;
  std::string id;      ///< what one types to name it; may be empty
  std::string remark;  ///< one line on what became of it; may be empty
};

using Block = std::variant<Heading, Paragraph, Facts, Bullets, Table, Ruler, Plane, Series, Step>;
using Document = std::vector<Block>;

enum class Colour { off, on };
enum class Charset { ascii, utf8 };

struct TextStyle {
  std::size_t width_columns = 80;  ///< 20..200; values outside are brought to the nearest end
  Colour colour = Colour::off;
  Charset charset = Charset::utf8;
  bool pictures = true;  ///< false: rulers, planes and series as sentences only, for screen readers
  std::size_t height_rows = 0;  ///< of the terminal: charts grow with it; 0: there is none
};

/// Plain text for a terminal or a file. Every text is escaped; no line is wider than the width, and
/// prose keeps to 78 columns. A table too wide for the page becomes a few lines per row. Colour is
/// an aid only: the bytes without it are the same. Ends with a newline.
[[nodiscard]] std::string render_text(const Document& document, const TextStyle& style);

/// CommonMark with pipe tables. Texts are escaped so that they can't form markup or raw HTML.
/// Pictures become sentences.
[[nodiscard]] std::string render_markdown(const Document& document);

/// One page of HTML that needs nothing besides itself: no script, no other file, no network. The
/// first heading is its title. Every picture has its sentence for screen readers, and a series its
/// numbers in a table; steps have room to write. Light or dark as the reader's system is,
/// readable from 320 pixels on, black on white in print. Every text is escaped. `language` of the
/// texts: a BCP 47 tag.
[[nodiscard]] std::string render_html(const Document& document, std::string_view language = "en");

}  // namespace attune::report
