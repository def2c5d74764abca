// SPDX-License-Identifier: MIT
#include "rows/columns.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "rows/recognise.hpp"

namespace attune::rows {
namespace {

constexpr std::int64_t longest_span = 500;
constexpr std::size_t listed_names = 12;
constexpr std::size_t longest_looked_at = 256;  // the parts of longer names take long to compare
constexpr std::size_t shortest_beginning = 6;   // of names that begin alike
constexpr std::size_t shortest_run = 5;         // listed by its first and last
constexpr std::size_t shown_cell_columns = 24;

using Names = std::vector<std::string>;

Error bad_column_list(std::string message) {
  return Error(ErrorKind::usage, std::move(message), "", {"for example: Q1-Q36, or a,b,c"});
}

// A name without what is often written otherwise: capitals, blanks, hyphens, points.
std::string bare_name(std::string_view name) {
  std::string bare = lower_case(name);
  std::erase_if(bare, [](char c) { return c == ' ' || c == '-' || c == '_' || c == '.'; });
  return bare;
}

// The first place of each bare name.
std::map<std::string, std::size_t> bare_places(const Names& found) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < found.size(); ++i) places.emplace(bare_name(found[i]), i);
  return places;
}

std::size_t place_of(const Names& found, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(found, name) - found.begin());
}

bool has_all(const Names& found, const Names& names) {
  return std::ranges::all_of(
      names, [&](const auto& each) { return place_of(found, each) < found.size(); });
}

// "Q12" as 12: the place of a column, counted from 1; nothing where there is none.
std::optional<std::size_t> parse_place(std::string_view text, const Names& found) {
  const auto number = parse_whole(text);
  if (!number || *number < 1 || *number > static_cast<std::int64_t>(found.size())) return {};
  return static_cast<std::size_t>(*number - 1);
}

// Two names that differ in one number: Q1A and Q36A. A number keeps its leading zeros.
struct Numbered {
  std::string_view before;
  std::string_view behind;
  std::size_t width = 0;
  std::int64_t low = 0;
  std::int64_t high = 0;
};

std::optional<Numbered> numbered(std::string_view from, std::string_view to) {
  const auto end = std::ranges::mismatch(from, to);
  auto before = static_cast<std::size_t>(end.in1 - from.begin());
  while (before > 0 && is_ascii_digit(from[before - 1])) --before;
  std::size_t behind = 0;
  const std::size_t shorter = std::min(from.size(), to.size()) - before;
  while (behind < shorter && from[from.size() - behind - 1] == to[to.size() - behind - 1]) ++behind;
  while (behind > 0 && is_ascii_digit(from[from.size() - behind])) --behind;
  const std::string_view first = from.substr(before, from.size() - before - behind);
  const auto low = parse_whole(first);
  const auto high = parse_whole(to.substr(before, to.size() - before - behind));
  if (!low || !high || *low < 0) return {};
  return Numbered{from.substr(0, before), from.substr(from.size() - behind),
                  first.starts_with('0') ? first.size() : 0, *low, *high};
}

// The names from a first to a last between which one number counts up. Empty where none does.
Names numbered_names(std::string_view from, std::string_view to) {
  const auto ends = numbered(from, to);
  if (!ends) return {};
  if (ends->high < ends->low)
    throw bad_column_list(fmt::format("'{}-{}' does not ascend", escape(from), escape(to)));
  if (ends->high - ends->low >= longest_span) {
    throw bad_column_list(
        fmt::format("'{}-{}' names more than {} columns", escape(from), escape(to), longest_span));
  }
  Names names;
  for (std::int64_t i = ends->low; i <= ends->high; ++i)
    names.push_back(fmt::format("{}{:0{}}{}", ends->before, i, ends->width, ends->behind));
  return names;
}

// How many of `names` from a place on are counted up by one number: Q1, Q2, Q3. At least one.
std::size_t run_at(const Names& names, std::size_t first) {
  std::size_t end = first + 1;
  for (; end < names.size(); ++end) {
    const auto ends = numbered(names[first], names[end]);
    if (!ends || ends->high - ends->low != static_cast<std::int64_t>(end - first)) break;
  }
  return end - first;
}

void add_names(const Names& names, std::vector<PickedColumn>& picked) {
  for (const std::string& name : names) picked.push_back({name, {}});
}

void add_places(std::size_t first, std::size_t last, const Names& found,
                std::vector<PickedColumn>& picked) {
  for (std::size_t i = first; i <= last; ++i) picked.push_back({found[i], i});
}

// Adds the columns from a first to a last: those between whose names one number counts up, or all
// as they stand, or by their places. False where `part` is a name with a hyphen in it.
bool add_span(std::string_view part, const Names& found, std::vector<PickedColumn>& picked) {
  Names not_found;
  for (std::size_t hyphen = part.find('-', 1); hyphen < part.size() - 1;
       hyphen = part.find('-', hyphen + 1)) {
    const std::string_view from = part.substr(0, hyphen);
    const std::string_view to = part.substr(hyphen + 1);
    const std::size_t first = place_of(found, from);
    const std::size_t last = place_of(found, to);
    const bool stands = first <= last && last < found.size();
    const Names names = numbered_names(from, to);
    if (!names.empty() && has_all(found, names)) {
      add_names(names, picked);
      return true;
    }
    if (stands) {
      add_places(first, last, found, picked);
      return true;
    }
    const auto first_place = parse_place(from, found);
    const auto last_place = parse_place(to, found);
    if (first_place && last_place && *first_place <= *last_place) {
      add_places(*first_place, *last_place, found, picked);
      return true;
    }
    if (not_found.empty()) not_found = names;
  }
  add_names(not_found, picked);
  return !not_found.empty();
}

// Adds what a pattern such as "mother_*" stands for: the ids of the items with what is before and
// behind the star; where no such columns are there, those with a number in its place, the lowest
// first; where there are none either, all that begin and end like this, as they stand. False where
// nothing does.
bool add_pattern(std::string_view part, const Names& found, const Names& ids,
                 std::vector<PickedColumn>& picked) {
  const std::size_t star = part.find('*');
  if (star == std::string_view::npos) return false;
  const std::string_view before = part.substr(0, star);
  const std::string_view behind = part.substr(star + 1);
  const auto by_bare_name = bare_places(found);
  std::vector<std::size_t> places;
  for (const std::string& id : ids) {
    const auto at = by_bare_name.find(bare_name(fmt::format("{}{}{}", before, id, behind)));
    if (at == by_bare_name.end()) break;
    places.push_back(at->second);
  }
  if (!ids.empty() && places.size() == ids.size()) {
    for (const std::size_t place : places) add_places(place, place, found, picked);
    return true;
  }
  std::vector<std::pair<std::optional<std::int64_t>, std::size_t>> matches;  // number and place
  for (std::size_t i = 0; i < found.size(); ++i) {
    std::string_view name = found[i];
    if (name.size() <= before.size() + behind.size() || !name.starts_with(before) ||
        !name.ends_with(behind))
      continue;
    name.remove_prefix(before.size());
    name.remove_suffix(behind.size());
    matches.emplace_back(parse_whole(name), i);
  }
  std::ranges::sort(matches);  // those with a number last
  const bool has_numbers = !matches.empty() && matches.back().first;
  for (const auto& [number, place] : matches) {
    if (number.has_value() == has_numbers) add_places(place, place, found, picked);
  }
  return !matches.empty();
}

// "'a', 'Q1' to 'Q36' and 30 more".
std::string listed_for_message(const Names& names) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t shown = 0; at < names.size() && shown < listed_names; ++shown) {
    const std::size_t run = run_at(names, at);
    if (at > 0) out += ", ";
    out += quoted_for_message(names[at]);
    if (run >= shortest_run) out += " to " + quoted_for_message(names[at + run - 1]);
    at += run >= shortest_run ? run : 1;
  }
  if (at < names.size()) out += fmt::format(" and {} more", names.size() - at);
  return out;
}

// What may name the columns of so many items: those whose ids are missing behind a beginning; as
// many whose names are numbered, whatever their order; as many side by side whose names begin
// alike.
std::string columns_advice(const Names& found, const Names& missing, std::size_t items) {
  const std::string first_id = bare_name(missing.front());
  const auto places = bare_places(found);
  for (const std::string& name : found) {
    if (missing.size() != items || name.size() > longest_looked_at ||
        !bare_name(name).ends_with(first_id))
      continue;
    std::size_t cut = name.size();
    while (cut > 0 && bare_name(name.substr(cut)) != first_id) --cut;
    const std::string before = name.substr(0, cut);
    const auto is_there = [&](const std::string& id) {
      return places.contains(bare_name(before + id));
    };
    if (cut > 0 && std::ranges::all_of(missing, is_there)) {
      return fmt::format("the ids of the items have a prefix here: --columns '{}*'",
                         escape(before));
    }
  }
  // By what stands around a number of theirs: the names with each number there.
  std::map<std::pair<std::string_view, std::string_view>, std::map<std::int64_t, std::string_view>>
      groups;
  for (const std::string_view name : found) {
    for (std::size_t at = 0, end = 0; at < name.size() && name.size() <= longest_looked_at;
         at = end + 1) {
      for (end = at; end < name.size() && is_ascii_digit(name[end]);) ++end;
      const auto number = parse_whole(name.substr(at, end - at));
      if (number) groups[{name.substr(0, at), name.substr(end)}].emplace(*number, name);
    }
  }
  for (const auto& [around, names] : groups) {
    std::vector<std::string_view> run;
    for (const auto& [number, name] : names) {
      if (!names.contains(number - 1)) run.clear();
      run.push_back(name);
      if (run.size() != items || items < 3 || names.contains(number + 1)) continue;
      return fmt::format("if these are the items in their order: --columns '{}-{}'",
                         escape(run.front()), escape(run.back()));
    }
  }
  for (std::size_t at = 0; at < found.size();) {
    const std::string_view beginning = std::string_view(found[at]).substr(0, shortest_beginning);
    std::size_t end = at + 1;
    while (end < found.size() && beginning.size() == shortest_beginning &&
           found[end].starts_with(beginning))
      ++end;
    if (end - at == items && items > 1) {
      return fmt::format("if these are the items in their order: --columns {}-{}, their places",
                         at + 1, end);
    }
    at = end;
  }
  return fmt::format(
      "name the columns of all {} items in their order: --columns a,b,c, or by their "
      "places: --columns FIRST-LAST",
      items);
}

// The name that is the same when bare comes before those that differ more.
std::vector<std::string> near_column_names(const std::string& name,
                                           const std::vector<std::string>& found) {
  for (const std::string& each : found) {
    if (bare_name(each) == bare_name(name)) return {each};
  }
  return nearest(name, found);
}

// What the parser of a line calls. False ends the line.
struct LineCutter {
  const std::unordered_map<std::string, std::size_t>& places;
  std::vector<CutCell>& cells;
  std::string& texts;
  std::vector<std::string>* names;
  std::optional<std::size_t> column = std::nullopt;  // of the value that comes next, where wanted
  std::size_t depth = 0;

  bool take(std::string_view text, CellForm form, std::string_view fault = {}) {
    if (depth == 0) return false;
    if (depth > 1 || !column) return true;
    texts += text;
    const std::string_view kept(texts.data() + texts.size() - text.size(), text.size());
    cells.push_back({*column, {kept, form}, fault});
    return true;
  }
  bool end_nested() {
    --depth;
    return true;
  }

  bool null() { return take({}, CellForm::none); }
  bool boolean(bool value) { return take(value ? "true" : "false", CellForm::literal); }
  bool number_integer(std::int64_t value) { return take(std::to_string(value), CellForm::literal); }
  bool number_unsigned(std::uint64_t value) {
    return take(std::to_string(value), CellForm::literal);
  }
  bool number_float(double /*value*/, const std::string& text) {
    return take(text, CellForm::literal);
  }
  bool string(const std::string& text) { return take(text, CellForm::string); }
  bool binary(const nlohmann::json::binary_t& /*bytes*/) { return false; }
  bool start_object(std::size_t /*size*/) {
    if (depth > 0) return start_array(0);
    depth = 1;
    return true;
  }
  bool start_array(std::size_t /*size*/) {
    if (!take({}, CellForm::none, "is not a single value")) return false;
    ++depth;
    return true;
  }
  bool key(const std::string& name) {
    if (depth > 1) return true;
    if (names != nullptr) names->push_back(name);
    const auto found = places.find(name);
    column = found == places.end() ? std::nullopt : std::optional(found->second);
    return true;
  }
  bool end_object() { return end_nested(); }
  bool end_array() { return end_nested(); }
  static bool parse_error(std::size_t /*place*/, const std::string& /*token*/,
                          const nlohmann::json::exception& /*error*/) {
    return false;
  }
};

// `line` with null for each NaN outside its texts, which Python writes for a value that is not
// there.
std::string nan_as_null(std::string_view line) {
  std::string out;
  bool is_text = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') is_text = !is_text;
    if (line[i] == '\\' && i + 1 < line.size()) out += line[i++];
    const bool is_nan = !is_text && line.substr(i).starts_with("NaN");
    if (is_nan) i += 2;
    out += is_nan ? "null" : line.substr(i, 1);
  }
  return out;
}

}  // namespace

std::vector<std::size_t> scored_items(const Questionnaire& questionnaire, std::size_t form) {
  std::vector<std::size_t> items;
  for (const std::size_t item : questionnaire.forms[form].items) {
    if (questionnaire.items[item].scale) items.push_back(item);
  }
  return items;
}

std::vector<std::string> parse_column_list(std::string_view text) {
  std::vector<std::string> parts(1);
  bool is_quoted = false;
  for (const char c : text) {
    if (c == '"' && (is_quoted || parts.back().empty() || parts.back().front() == '"'))
      is_quoted = !is_quoted;
    if (c == ',' && !is_quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (is_quoted) throw bad_column_list("a quote in the list is not closed");
  for (const std::string& part : parts) {
    if (part.empty()) throw bad_column_list("a name in the list is empty");
  }
  return parts;
}

std::vector<PickedColumn> pick_columns(const std::vector<std::string>& parts,
                                       const std::vector<std::string>& found,
                                       const std::vector<std::string>& ids) {
  std::vector<PickedColumn> picked;
  for (const std::string& part : parts) {
    const bool is_quoted = part.size() > 1 && part.starts_with('"') && part.ends_with('"');
    if (is_quoted) {
      picked.push_back({text_of({part, CellForm::quoted}), {}});
    } else if (place_of(found, part) < found.size()) {
      picked.push_back({part, {}});
    } else if (!add_pattern(part, found, ids, picked) && !add_span(part, found, picked)) {
      const auto place = parse_place(part, found);
      picked.push_back({place ? found[*place] : part, place});
    }
  }
  std::set<std::pair<std::string_view, std::size_t>> seen;
  for (const PickedColumn& column : picked) {
    const std::size_t place = column.place.value_or(place_of(found, column.name));
    if (!seen.insert({column.name, place}).second) {
      throw bad_column_list(fmt::format("'{}' is named twice", escape(column.name)));
    }
  }
  return picked;
}

bool order_by_id(std::vector<PickedColumn>& columns, const std::vector<std::string>& ids) {
  std::vector<PickedColumn> ordered;
  for (const std::string& id : ids) {
    const auto has_id = [&](const PickedColumn& column) {
      return bare_name(column.name) == bare_name(id);
    };
    const auto found = std::ranges::find_if(columns, has_id);
    const bool is_taken =
        found != columns.end() &&
        std::ranges::find(ordered, found->name, &PickedColumn::name) != ordered.end();
    if (found == columns.end() || is_taken) return false;
    ordered.push_back(*found);
  }
  const bool is_other =
      !std::ranges::equal(ordered, columns, {}, &PickedColumn::name, &PickedColumn::name);
  columns = std::move(ordered);
  return is_other;
}

std::string order_remark(const std::vector<PickedColumn>& columns) {
  std::vector<std::pair<std::int64_t, std::string_view>> numbers;
  std::optional<Numbered> first;
  for (const PickedColumn& column : columns) {
    const auto ends = numbered(columns.front().name, column.name);
    if (!first) first = ends;
    const bool is_first = &column == &columns.front();
    if (!column.place ||
        (!is_first && (!ends || ends->before != first->before || ends->behind != first->behind)))
      return {};
    if (ends && numbers.empty()) numbers.emplace_back(ends->low, columns.front().name);
    if (ends) numbers.emplace_back(ends->high, column.name);
  }
  if (numbers.empty() || std::ranges::is_sorted(numbers)) return {};
  std::ranges::sort(numbers);
  const auto& [low, lowest] = numbers.front();
  const auto& [high, highest] = numbers.back();
  if (high - low >= static_cast<std::int64_t>(numbers.size())) return {};
  return fmt::format(
      "the columns are not in the order of their numbers; --columns '{}-{}' takes them in "
      "that order",
      escape(lowest), escape(highest));
}

bool looks_like_data(const std::vector<std::string>& names) {
  std::set<std::string_view> numbers;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (!parse_decimal(trim(name))) continue;
    ++count;
    numbers.insert(name);
  }
  return 2 * count > names.size() && numbers.size() < count;
}

std::string quoted_for_message(std::string_view text) {
  const std::string safe = escape(text.substr(0, 4 * shown_cell_columns));
  const std::string_view shown = fit(safe, shown_cell_columns);
  const bool is_cut = shown.size() < safe.size() || text.size() > 4 * shown_cell_columns;
  return fmt::format("'{}{}'", shown, is_cut ? "..." : "");
}

Error column_error(const std::vector<std::string>& missing,
                   const std::vector<std::string>& repeated, const std::vector<std::string>& found,
                   std::size_t items) {
  Error error(ErrorKind::bad_data, "");
  error.advice = {"found: " + (found.empty() ? "nothing" : listed_for_message(found))};
  if (missing.empty()) {
    error.message = fmt::format("more than one column {}", listed_for_message(repeated));
    error.advice.emplace_back("each can be named by its place, counted from 1");
    return error;
  }
  error.message = fmt::format("no {} {}", missing.size() == 1 ? "column" : "columns",
                              listed_for_message(missing));
  const bool is_data = looks_like_data(found);
  const std::vector<std::string> near = near_column_names(missing.front(), found);
  if (!near.empty() && !is_data) {
    error.advice.push_back(fmt::format("nearest to {}: {}", quoted_for_message(missing.front()),
                                       listed_for_message(near)));
  }
  if (!repeated.empty()) {
    error.advice.push_back("more than once: " + listed_for_message(repeated));
  }
  if (std::ranges::any_of(found, [](const auto& name) { return invalid_utf8(name).has_value(); }))
    error.advice.emplace_back(latin_1_advice);
  if (is_data)
    error.advice.emplace_back("the first row looks like data; if it is, use --no-header");
  if (items > 0) {
    error.advice.emplace_back(
        found.size() == 1 ? "there is only one column: --separator says what separates cells; if "
                            "the names are in the second line: tail -n +2 FILE >data.csv"
                          : columns_advice(found, missing, items));
  }
  return error;
}

std::string text_of(const Cell& cell) {
  if (cell.form != CellForm::quoted) return std::string(cell.text);
  std::string out;
  for (std::size_t i = 1; i + 1 < cell.text.size(); ++i) {
    out += cell.text[i];
    if (cell.text[i] == '"') ++i;
  }
  return out;
}

bool cut_json_line(std::string_view line,
                   const std::unordered_map<std::string, std::size_t>& places,
                   std::vector<CutCell>& cells, std::string& texts,
                   std::vector<std::string>* names) {
  // The parser takes a zero byte for the end of its input.
  if (line.find('\0') != std::string_view::npos) return false;
  std::string with_null;
  if (line.find("NaN") != std::string_view::npos) line = with_null = nan_as_null(line);
  // No text is longer than what stands for it in the line, so that those taken stay in their place.
  texts.clear();
  texts.reserve(line.size());
  LineCutter cutter{places, cells, texts, names};
  return nlohmann::json::sax_parse(line.begin(), line.end(), &cutter);
}

}  // namespace attune::rows
