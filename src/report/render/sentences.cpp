// SPDX-License-Identifier: MIT
#include "report/render/sentences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "report/render/chart.hpp"

namespace attune::report {
namespace {

constexpr double widest_range_with_decimals = 20;

// No scale of a questionnaire comes near this; it keeps absurd values from filling the page.
constexpr double largest_written_out = 1e9;

std::string written(double value, int decimals, std::string (*render)(double, int)) {
  if (!std::isfinite(value)) return "?";
  if (std::abs(value) > largest_written_out) return fmt::format("{:.1e}", value);
  return render(value, decimals);
}

// A ruler or a series.
template <typename Scaled>
std::string on_scale(const Scaled& of) {
  const auto end = [](double value, const std::string& label) {
    return label.empty() ? tick_label(value) : fmt::format("{} ({})", tick_label(value), label);
  };
  return fmt::format("on a scale from {} to {}", end(of.min, of.low_label),
                     end(of.max, of.high_label));
}

}  // namespace

std::string shown(double value, double min, double max) {
  return written(value, max - min > widest_range_with_decimals ? 0 : 1, render_fixed);
}

std::string tick_label(double value) { return written(value, 2, render_decimal); }

std::string with_full_stop(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  if (text.empty()) return text;
  constexpr std::string_view ends = ".!?";
  if (ends.find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string day_or_days(const Instant& first, const Instant& last) {
  const std::string from = render_local_date(first);
  const std::string to = render_local_date(last);
  return from == to ? from : fmt::format("{} to {}", from, to);
}

std::string days_in_words(const Instant& first, const Instant& last) {
  return (local_date(first) == local_date(last) ? "on " : "from ") + day_or_days(first, last);
}

std::string date_in_words(Date date, int year) {
  constexpr std::array<std::string_view, 12> months{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::string_view month = months.at(static_cast<std::size_t>(date.month) - 1);
  if (date.year == year) return fmt::format("{} {}", date.day, month);
  return fmt::format("{} {} {}", date.day, month, date.year);
}

std::string dates_in_words(Date first, Date last, int year) {
  if (first == last) return "on " + date_in_words(last, year);
  if (first.year != last.year) year = 0;  // both are said
  return fmt::format("from {} to {}", date_in_words(first, last.year), date_in_words(last, year));
}

Table table_with(std::vector<std::string> left, const std::vector<std::string>& right) {
  Table table;
  table.align.assign(left.size(), Align::left);
  table.header = std::move(left);
  for (const std::string& header : right) add_column(table, header, Align::right);
  return table;
}

void add_column(Table& table, std::string header, Align align) {
  table.header.push_back(std::move(header));
  table.align.push_back(align);
}

void add_ruler(Table& table, Ruler ruler) {
  table.rows.push_back({ruler.name, ruler.value});
  if (table.header.size() > 2) table.rows.back().push_back(ruler.remark);
  table.pictures.emplace_back(std::move(ruler));
}

void leave_out(Table& table, std::size_t column, std::string_view usual) {
  const auto is_usual = [&](const auto& row) { return row[column] == usual; };
  if (std::ranges::all_of(table.rows, is_usual)) leave_out(table, column);
}

void leave_out(Table& table, std::size_t column) {
  const auto at = static_cast<std::ptrdiff_t>(column);
  table.header.erase(table.header.begin() + at);
  table.align.erase(table.align.begin() + at);
  for (auto& row : table.rows) row.erase(row.begin() + at);
}

std::string with_margin(double value, double se, ScoreRange range) {
  return fmt::format("{} ± {}", shown(value, range), shown(z_95 * se, range));
}

std::string with_sign(double value, const std::string& size) {
  const bool is_zero = size.find_first_not_of("0.") == std::string::npos;
  const std::string_view sign = value > 0 ? "+" : "−";
  return is_zero ? size : fmt::format("{}{}", sign, size);
}

std::string size_with_margin(const trend::Change& change, ScoreRange range) {
  return fmt::format("{} ± {}", shown(std::abs(change.change), range),
                     shown(change.high - change.change, range));
}

std::string signed_with_margin(const trend::Change& change, ScoreRange range) {
  return fmt::format("{} ± {}", with_sign(change.change, shown(std::abs(change.change), range)),
                     shown(change.high - change.change, range));
}

// The first is rounded by itself; what it leaves of the sum is shared out by the largest
// remainders.
std::vector<std::string> chances(const std::vector<double>& probabilities) {
  const double sum = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
  std::vector<long> tenths;
  for (const double each : probabilities) tenths.push_back(static_cast<long>(each * 10));
  tenths.front() = std::lround(probabilities.front() * 10);
  const auto cut_off = [&](std::size_t i) {
    return probabilities[i] * 10 - static_cast<double>(tenths[i]);
  };
  std::vector<std::size_t> order(tenths.size() - 1);
  std::iota(order.begin(), order.end(), 1U);
  std::ranges::stable_sort(order, std::greater(), cut_off);
  long left = std::lround(sum * 10) - std::accumulate(tenths.begin(), tenths.end(), 0L);
  for (const std::size_t i : order) tenths[i] += left-- > 0 ? 1 : 0;
  std::vector<std::string> words;
  for (const long each : tenths) {
    words.push_back(each == 0  ? "less than 1 in 10"
                    : each > 9 ? "more than 9 in 10"
                               : fmt::format("about {} in 10", each));
  }
  return words;
}

std::string_view in_words(trend::Verdict verdict) {
  if (verdict == trend::Verdict::changed) return "changed";
  return verdict == trend::Verdict::maybe ? "maybe changed" : "no clear change";
}

std::string count_of(std::size_t count, std::size_t whole) {
  return fmt::format("{} of {}", count, whole);
}

Ruler ruler_with(std::string name, ScoreRange range, const Estimate& estimate,
                 const std::string& low_label, const std::string& high_label) {
  Ruler ruler{std::move(name), range.min,     range.max, estimate.score,
              estimate.low,    estimate.high, low_label, high_label};
  ruler.value = with_margin(estimate.score, estimate.se, range);
  return ruler;
}

std::string likely_range(const Ruler& ruler) {
  return fmt::format("{}, most likely between {} and {}.", on_scale(ruler), shown(ruler.low, ruler),
                     shown(ruler.high, ruler));
}

std::string sentence(const Ruler& ruler) {
  std::string text =
      fmt::format("{}: {} {}", ruler.name, shown(ruler.score, ruler), likely_range(ruler));
  if (!ruler.remark.empty()) text += ' ' + with_full_stop(capitalised(ruler.remark));
  return text;
}

std::string sentence(const Series& series) {
  if (series.marks.empty()) return {};
  const auto number = [&](double value) { return shown(value, series); };
  const SeriesMark& first = series.marks.front();
  const SeriesMark& last = series.marks.back();
  const std::string days = days_in_words(first.at, last.at);
  if (series.marks.size() == 1) {
    return fmt::format("{}, one check-in {} {}: {}.", series.name, days, on_scale(series),
                       number(first.score));
  }
  const auto [lowest, highest] = std::ranges::minmax_element(series.marks, {}, &SeriesMark::score);
  std::string text =
      fmt::format("{}, {} check-ins {} {}: at first {}, at last {}, lowest {}, highest {}.",
                  series.name, series.marks.size(), days, on_scale(series), number(first.score),
                  number(last.score), number(lowest->score), number(highest->score));
  if (series.band) text += fmt::format(" {}.", capitalised(band_words(series)));
  if (!series.levels.empty()) text += fmt::format(" The average is {}.", level_words(series));
  if (series.different) text += fmt::format(" It was different {}.", different_words(series));
  constexpr std::size_t most_listed = 12;
  const std::size_t listed = std::min(series.marks.size(), most_listed);
  std::vector<std::string> newest;
  for (const SeriesMark& mark : std::span(series.marks).last(listed)) {
    newest.push_back(fmt::format("{} {}", render_local_date(mark.at), number(mark.score)));
  }
  const bool all = listed == series.marks.size();
  return fmt::format("{} {}: {}.", text, all ? "One by one" : fmt::format("The newest {}", listed),
                     joined(newest, ", "));
}

std::string level_words(const Series& series) {
  const int year = local_date(series.marks.back().at).year;
  const SeriesLevel& before = series.levels.front();
  const SeriesLevel& after = series.levels.back();
  if (series.levels.size() == 1) {
    return fmt::format("from {} steadily {} to {}", shown(before.from, series),
                       before.to < before.from ? "down" : "up", shown(before.to, series));
  }
  return fmt::format("{} until {}, {} from {}", shown(before.to, series),
                     date_in_words(local_date(before.last), year), shown(after.from, series),
                     date_in_words(local_date(after.first), year));
}

std::string different_words(const Series& series) {
  const auto& [first, last, average, end] = *series.different;
  return fmt::format(
      "{}, average {}",
      dates_in_words(local_date(first), local_date(last), local_date(series.marks.back().at).year),
      shown(average, series));
}

std::string margin_words(const Series& series) {
  double sum = 0;
  for (const SeriesMark& mark : series.marks) sum += (mark.high - mark.low) / 2;
  return shown(sum / static_cast<double>(series.marks.size()), series);
}

std::string band_words(const Series& series) {
  const SeriesBand& band = *series.band;
  const std::string range =
      interval(std::max(band.low, series.min), std::min(band.high, series.max), series);
  if (!band.until) return "your usual range: " + range;
  const int year = local_date(series.marks.back().at).year;
  return fmt::format("your usual range until {}: {}", date_in_words(local_date(*band.until), year),
                     range);
}

Table table_of_series(const Series& series) {
  const std::vector<DrawnMark> marks = drawn_marks(series);
  const bool is_thinned = marks.size() < series.marks.size();
  Table table = table_with({"Date"}, {series.name, "Likely range"});
  if (is_thinned) add_column(table, "Check-ins", Align::right);
  table.rows.reserve(marks.size());
  for (const DrawnMark& mark : marks) {
    auto& row = table.rows.emplace_back(std::vector{day_or_days(mark.first, mark.last),
                                                    shown(mark.score, series),
                                                    interval(mark.low, mark.high, series)});
    if (is_thinned) row.push_back(fmt::format("{}", mark.count));
  }
  return table;
}

}  // namespace attune::report
