// SPDX-License-Identifier: MIT
// `attune score` and `attune analyze`: many responses, a row each, from a file or a pipe.
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "attune/catalogue.hpp"
#include "attune/decimal.hpp"
#include "attune/document.hpp"
#include "attune/item_analysis.hpp"
#include "attune/rows.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/options.hpp"
#include "report/render/sentences.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

// How rows are read.
constexpr OptionSpec reading_options[] = {
    {"--from", "FORMAT",
     "Read csv, tsv or jsonl; without it, the file's name and its first row show it."},
    {"--separator", "CHARACTER",
     "What stands between cells (, ; | or tab), where the first row shows it wrongly."},
    {"--form", "FORM", "Score the items of this form only."},
    {"--columns", "LIST",
     "The columns of the items, in their order: Q1-Q36, a,b,c, their places 2-37, or 'mother_*' "
     "for ids with something before or behind. Without it, columns are found by the items' ids."},
    {"--no-header", "", "The first row is data; columns are numbered from 1: --columns 2-37."},
    {"--skip-rows", "N",
     "Pass over N rows below the header. The two of Qualtrics are noticed without it."},
    {"--range", "MIN-MAX",
     "The data used this range of answers instead of the key's: 1-5, or -3-3."},
    {"--missing", "CODES", "Codes for no answer besides the empty cell: 0,NA,-9."},
    {"--labels", "", "Answers may be labels of the response scale: Strongly agree."},
    {"--keyed", "", "Reversed items were reversed before; take every answer as it is."},
    {"--dry-run", "",
     "Say what would be read and which column is which item, from the first 1,000 rows."}};

std::vector<OptionSpec> reading_options_and(std::initializer_list<OptionSpec> own) {
  std::vector<OptionSpec> all(std::begin(reading_options), std::end(reading_options));
  all.insert(all.end(), own);
  return all;
}

constexpr int largest_answer = 100;  // and, below 0, the smallest
constexpr std::int64_t most_skipped_rows = 1000;
constexpr std::size_t shown_problems = 20;
// Of a dry run: what it reads, rows with their scores, and kinds of problems.
constexpr std::size_t dry_rows = 1000;
constexpr std::size_t shown_rows = 3;
constexpr std::size_t shown_kinds = 5;

constexpr Format row_formats[] = {Format::csv, Format::tsv, Format::jsonl};

rows::RowFormat row_format(Format format) {
  if (format == Format::tsv) return rows::RowFormat::tsv;
  return format == Format::jsonl ? rows::RowFormat::jsonl : rows::RowFormat::csv;
}

// Which rows are scored by which key.
struct RowSource {
  Questionnaire questionnaire;
  std::size_t form = 0;
  std::string input = "-";
  rows::RowOptions options;
};

store::FileDescriptor open_row_file(const std::string& path) {
  std::error_code ignored;  // opening it tells
  if (std::filesystem::is_directory(path, ignored)) {
    throw Error(ErrorKind::not_found, "is a folder", escape(path));
  }
  store::FileDescriptor file(path, O_RDONLY | O_NOCTTY);
  if (!file.is_open()) throw store::file_error("can't open this file", path, errno);
  posix_fadvise(file.number(), 0, 0, POSIX_FADV_SEQUENTIAL);
  return file;
}

AnswerRange parse_answer_range(std::string_view text) {
  const std::size_t hyphen = text.find('-', 1);  // before it a minus
  if (hyphen != std::string_view::npos) {
    const auto min = parse_whole(text.substr(0, hyphen));
    const auto max = parse_whole(text.substr(hyphen + 1));
    if (min && max && *min >= -largest_answer && *min < *max && *max <= largest_answer) {
      return {static_cast<int>(*min), static_cast<int>(*max)};
    }
  }
  throw usage_error("--range", fmt::format("'{}' is not a range of answers", escape(text)),
                    "two whole numbers from -100 to 100, the smaller first: 1-5, or -3-3");
}

char parse_separator(std::string_view text) {
  if (text == "tab" || text == "\\t") return '\t';
  if (text.size() == 1 && (text[0] == '\t' || (text[0] >= ' ' && text[0] < 0x7F)) && text[0] != '"')
    return text[0];
  throw usage_error("--separator", fmt::format("'{}' is not a separator", escape(text)),
                    "one character, or tab");
}

std::vector<std::string> column_list_of(const Arguments& arguments, std::string_view option) {
  const auto value = arguments.value(option);
  if (!value) return {};
  try {
    return rows::parse_column_list(*value);
  } catch (Error& error) {
    error.place = option;
    throw;
  }
}

// Whether the options fit the questionnaire.
void check_row_source(const RowSource& source) {
  const Questionnaire& questionnaire = source.questionnaire;
  const std::vector<std::size_t> items = rows::scored_items(questionnaire, source.form);
  if (items.empty()) {
    throw usage_error({},
                      fmt::format("'{}' has no items that count for a score", questionnaire.id));
  }
  const auto uses_another = [&](std::size_t item) {
    return questionnaire.items[item].response_scale !=
           questionnaire.items[items.front()].response_scale;
  };
  if (source.options.range && source.options.labels) {
    throw usage_error("--labels", "the labels stand for answers on the range of the key",
                      "they can't be used with --range");
  }
  if (!source.options.range || std::ranges::none_of(items, uses_another)) return;
  throw usage_error("--range",
                    fmt::format("the items of '{}' do not share one range", questionnaire.id),
                    "it can only be used where all items are answered on the same response scale");
}

RowSource row_source_of(const Arguments& arguments, const World& world) {
  RowSource source;
  if (arguments.operands().size() > 1) source.input = arguments.operands()[1];
  rows::RowOptions& options = source.options;
  const auto meant = format_of_ending(source.input);
  const auto from = named_format(arguments, "--from", row_formats);
  if (from)
    options.format = row_format(*from);
  else if (meant == Format::tsv || meant == Format::jsonl)
    options.format = row_format(*meant);
  if (const auto text = arguments.value("--separator")) options.separator = parse_separator(*text);
  options.skip_rows = whole_of(arguments, "--skip-rows", 0, most_skipped_rows, "a number of rows");
  options.labels = arguments.has("--labels");
  if (arguments.value("--columns")) options.columns = column_list_of(arguments, "--columns");
  options.keep = column_list_of(arguments, "--keep");
  if (const auto text = arguments.value("--range")) options.range = parse_answer_range(*text);
  if (const auto codes = arguments.value("--missing")) {
    for (const std::string_view code : split(*codes, ',')) options.missing.emplace_back(code);
  }
  options.has_header = !arguments.has("--no-header");
  const store::Catalogue catalogue(world.paths.definitions);
  source.questionnaire = catalogue.load(arguments.operands().front(), std::nullopt).questionnaire;
  source.form = form_of(arguments, source.questionnaire);
  check_row_source(source);
  if (arguments.has("--keyed")) {
    for (Item& item : source.questionnaire.items) item.reverse = false;
  }
  return source;
}

// `name` as a word of a shell command.
std::string shell_word(const std::string& name) {
  constexpr std::string_view plain =
      "-._/,+@%:=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (name.starts_with('-')) return shell_word("./" + name);
  if (name.find_first_not_of(plain) == std::string::npos) return name;
  return fmt::format("'{}'", replace_all(name, "'", R"('\'')"));
}

// The rows of an input, read once from its start to its end. Problems are reported on standard
// error as they come, the first of them in full, then how many there were.
class RowRun {
 public:
  // `of_problems` is what becomes of rows with problems: "their scores are empty"; if it is
  // empty, nothing is said of them. `flush` is
  // called before more bytes are waited for, and says whether anyone wants to go on.
  RowRun(const RowSource& source, Streams& streams, std::string_view of_problems,
         std::function<bool()> flush)
      : streams_(streams),
        name_(source.input == "-" ? "standard input" : escape(source.input)),
        of_problems_(of_problems),
        flush_(std::move(flush)),
        reader_(source.questionnaire, source.form, source.options,
                [this](char* to, std::size_t most) { return read(to, most); }) {
    if (source.input != "-") {
      file_.emplace(open_row_file(source.input));
    } else if (streams.in_is_terminal) {  // nobody types rows by hand
      throw usage_error(name_, "no rows to read", "name a file, or pipe rows into the command");
    }
  }
  RowRun(const RowRun&) = delete;
  RowRun& operator=(const RowRun&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  // What is known of the input once its first bytes are read.
  const rows::RowLayout& open() {
    try {
      const rows::RowLayout& layout = reader_.open();
      for (const std::string& remark : layout.remarks)
        say(streams_.err, fmt::format("attune: {}: {}\n", name_, remark));
      return layout;
    } catch (Error& error) {
      if (error.place.empty()) error.place = name_;
      for (std::string& line : error.advice) line = advice_for_file(line);
      throw;
    }
  }

  // The next row; null at the end.
  [[nodiscard]] const rows::Row* next() {
    const rows::Row* const row = is_wanted_ ? reader_.next() : nullptr;
    // Where nobody wants more, the last row was cut off.
    if (row == nullptr || !is_wanted_) return nullptr;
    ++rows_;
    if (row->problem != nullptr) report_problem(*row->problem);
    return row;
  }

  // What would help with the problems so far.
  [[nodiscard]] const std::set<std::string>& advice() const { return advice_; }

  // For after the last row; `doubts` are of all scores. Gives `no` when rows had problems or
  // columns were in no row.
  [[nodiscard]] ExitStatus finish(std::span<const std::string> doubts = {}) {
    is_wanted_ = flush_() && is_wanted_;
    if (!is_wanted_) return ExitStatus::done;
    if (const auto& [first, cells] = reader_.remark(); cells > 0) {
      report_place(first,
                   fmt::format("{} ({} in columns that are not used; no score depends on it)",
                               first.message, counted(cells, "cell")));
    }
    if (problems_ > 0) {
      say(streams_.err, fmt::format("attune: {}: problems in {} of {}{}; {}\n", name_, problems_,
                                    counted(rows_, "row"),
                                    problems_ > shown_problems
                                        ? fmt::format(", the first {} are shown", shown_problems)
                                        : "",
                                    of_problems_));
    }
    for (const std::string& line : advice_) say(streams_.err, fmt::format("  {}\n", line));
    for (const std::string& doubt : doubts)
      say(streams_.err, fmt::format("attune: {}: {}\n", name_, doubt));
    std::vector<std::string> absent = reader_.absent_columns();
    if (absent.empty()) return problems_ > 0 ? ExitStatus::no : ExitStatus::done;
    for (std::string& name : absent) name = fmt::format("'{}'", escape(name));
    report(streams_,
           Error(ErrorKind::bad_data, fmt::format("no row has {}", join_or(absent)), name_,
                 {"they count as not answered; --columns names the columns of the items"}));
    return ExitStatus::no;
  }

 private:
  std::size_t read(char* to, std::size_t most) {
    is_wanted_ = flush_();
    if (!is_wanted_) return 0;
    streams_.err.flush();
    return read_some(file_ ? file_->number() : streams_.in, {to, most}, name_);
  }

  void report_problem(const rows::RowProblem& problem) {
    if (++problems_ <= shown_problems && !of_problems_.empty())
      report_place(problem, problem.message);
    if (!problem.advice.empty()) advice_.insert(advice_for_file(problem.advice));
  }

  void report_place(const rows::RowProblem& problem, std::string_view message) {
    const std::string column =
        problem.column.empty() ? std::string() : fmt::format(", column {}", escape(problem.column));
    say(streams_.err, fmt::format("attune: {}:{}: row {}{}: {}\n", name_, problem.line, problem.row,
                                  column, message));
  }

  // An advice of the reader, for this file. A command that it has writes over nothing.
  [[nodiscard]] std::string advice_for_file(std::string_view advice) const {
    std::string out(advice);
    for (const char* ending : {".csv", ".jsonl"}) {
      std::string free_name = fmt::format("data{}", ending);
      for (int i = 2; std::filesystem::exists(free_name); ++i)
        free_name = fmt::format("data-{}{}", i, ending);
      out = replace_all(std::move(out), fmt::format("data{}", ending), free_name);
    }
    if (name_ == "standard input") return out;
    return replace_all(std::move(out), "FILE", shell_word(name_));
  }

  Streams& streams_;
  std::string name_;
  std::optional<store::FileDescriptor> file_;  // nothing: standard input
  std::string_view of_problems_;
  std::function<bool()> flush_;
  rows::RowReader reader_;
  bool is_wanted_ = true;
  std::size_t rows_ = 0;
  std::size_t problems_ = 0;  // rows with one
  std::set<std::string> advice_;
};

rows::ScoreOptions score_options_of(const Arguments& arguments) {
  rows::ScoreOptions options;
  if (const auto text = arguments.value("--min-answered")) {
    options.min_answered = parse_decimal(*text);
    if (!options.min_answered || *options.min_answered < 0 || *options.min_answered > 1) {
      throw usage_error("--min-answered", fmt::format("'{}' is not a share", escape(*text)),
                        "a number from 0 (one answer is enough) to 1 (every item)");
    }
  }
  if (const auto digits = whole_of(arguments, "--digits", 0, 17, "a number of decimals"))
    options.digits = static_cast<int>(*digits);
  options.columns = {.se = arguments.has("--se"),
                     .facets = arguments.has("--facets"),
                     .care = arguments.has("--care"),
                     .region = arguments.has("--region"),
                     .error = arguments.has("--mark-errors")};
  return options;
}

void check_region(const RowSource& source) {
  if (!plane_axes(source.questionnaire)) {
    throw usage_error("--region", fmt::format("'{}' has no regions", source.questionnaire.id));
  }
  if (!source.options.range) return;
  throw usage_error("--region", "the regions are drawn on the range of the key",
                    "it can't be used with --range");
}

// A kept column may not bear the name of one that is added: a program would read one for the other.
void check_kept(const rows::RowLayout& layout, const rows::RowScores& scores) {
  const auto added = std::span(scores.names()).subspan(layout.keep.size());
  for (const std::string& name : layout.keep) {
    if (std::ranges::find(added, name) == added.end()) continue;
    throw usage_error("--keep", fmt::format("'{}' is the name of a column of scores", escape(name)),
                      "give that column of the data another name");
  }
}

// Cells that are kept pass through as they are, but not to a terminal, which would obey them.
std::string for_terminal(std::string_view rows) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(rows, '\t')) parts.push_back(escape_lines(part));
  return joined(parts, "\t");
}

// Says what would be read, from the first rows alone.
ExitStatus run_dry(const RowSource& source, rows::ScoreOptions options, World& world) {
  RowRun rows(source, world.streams, {}, [] { return true; });
  rows::DryRun run{rows.name(), source.options, rows.open(), {}, {}, {}, {}};
  rows::RowLayout layout = run.layout;
  layout.keep.clear();
  layout.separator = ',';
  options.format = layout.format = rows::RowFormat::csv;
  rows::RowScores scores(source.questionnaire, source.form, layout, source.options.range, options);
  run.first_scores = report::table_with({"Row"}, scores.names());
  rows::ItemAnalysis analysis(source.questionnaire, source.form, source.options.range);
  std::map<std::string, std::size_t> problems;
  std::size_t count = 0;
  for (const rows::Row* row = nullptr; count < dry_rows && (row = rows.next()) != nullptr;) {
    analysis.take(*row);
    if (row->problem != nullptr) ++problems[row->problem->message];
    if (++count > shown_rows) continue;
    std::string text;
    scores.append(text, *row);
    text.pop_back();  // its line end
    std::vector<std::string>& cells = run.first_scores.rows.emplace_back();
    cells.push_back(std::to_string(count));
    for (const std::string_view cell : split(text, ',')) cells.emplace_back(cell);
  }
  run.analysis = analysis.result();
  run.advice.assign(rows.advice().begin(), rows.advice().end());
  run.problems.assign(problems.begin(), problems.end());
  std::ranges::stable_sort(run.problems, std::greater(),
                           [](const auto& each) { return each.second; });
  if (run.problems.size() > shown_kinds) run.problems.resize(shown_kinds);
  const report::TextStyle style = text_style(world.environment, world.streams);
  Destination here{Format::text, style, {}};
  write_result(world.streams, here, {.document = [&] {
                 return rows::dry_run_document(source.questionnaire, source.form, run);
               }});
  return problems.empty() ? ExitStatus::done : ExitStatus::no;
}

ExitStatus run_score(const Arguments& arguments, World& world) {
  Streams& streams = world.streams;
  const RowSource source = row_source_of(arguments, world);
  rows::ScoreOptions options = score_options_of(arguments);
  const Format format = format_of(arguments, row_formats);
  if (options.columns.region) check_region(source);
  if (arguments.has("--dry-run")) return run_dry(source, options, world);
  std::optional<OutputFile> file;
  std::string text;
  RowRun rows(source, streams, "their scores are empty", [&] {
    Output& out = file ? file->content() : streams.out;
    out.write(!file && streams.out_is_terminal ? for_terminal(text) : text);
    text.clear();
    return out.flush() && !out.is_closed();
  });
  if (auto created = create_output(arguments, world)) file.emplace(*std::move(created));

  const rows::RowLayout& layout = rows.open();
  options.format = format == Format::text ? layout.format : row_format(format);
  rows::RowScores scores(source.questionnaire, source.form, layout, source.options.range, options);
  check_kept(layout, scores);
  if (source.options.has_header && options.format != rows::RowFormat::jsonl)
    scores.append_names(text);
  rows::ItemAnalysis first_rows(source.questionnaire, source.form, source.options.range);
  std::size_t count = 0;
  while (const rows::Row* row = rows.next()) {
    scores.append(text, *row);
    if (count++ < dry_rows) first_rows.take(*row);
  }
  const rows::Analysis beginning = first_rows.result();
  std::vector<std::string> doubts;
  if (beginning.rows >= rows::rows_to_question)
    doubts = rows::doubts(source.questionnaire, beginning);
  const ExitStatus status = rows.finish(doubts);
  if (file) file->commit();
  return status;
}

ExitStatus run_analyze(const Arguments& arguments, World& world) {
  const Format format = format_of(arguments, text_or_data);
  const RowSource source = row_source_of(arguments, world);
  if (arguments.has("--dry-run")) return run_dry(source, {}, world);
  RowRun rows(source, world.streams, "they are left out", [] { return true; });
  Destination destination = destination_of(arguments, world, format);
  rows.open();
  rows::ItemAnalysis analysis(source.questionnaire, source.form, source.options.range);
  while (const rows::Row* row = rows.next()) analysis.take(*row);
  const ExitStatus status = rows.finish();
  const rows::Analysis result = analysis.result();
  write_result(
      world.streams, destination,
      {[&] { return rows::analysis_json(source.questionnaire, source.form, result); },
       [&] { return rows::analysis_csv(source.questionnaire, result); },
       [&] { return rows::analysis_document(source.questionnaire, source.form, result); }});
  return status;
}

}  // namespace

const Command score_row{
    "score",
    "score many responses",
    R"(Scores every row of a file (or of standard input) and writes a row of scores for each: a
       column for each scale and one with the number of answered items. A scale with too few answers
       is empty. A row that can't be read is reported on standard error and left empty; nothing is
       clamped or guessed. attune-score(1) has the details.)",
    {"NAME [FILE|-]", 1, 2},
    reading_options_and(
        {{"--format", "FORMAT",
          "Write csv, tsv or jsonl; without it, what FILE's ending says, or the same as the "
          "input."},
         {"--keep", "LIST", "Pass these columns through, in front of the scores: id,country."},
         {"--min-answered", "SHARE",
          "The share of a scale's items that has to be answered, 0 to 1, instead of the "
          "definition's."},
         {"--se", "", "Add the standard error of each score."},
         {"--facets", "", "Add the facets."},
         {"--care", "",
          "Add the longest run of one answer, the spread of the answers, and their share."},
         {"--region", "", "Add the region of the plane that holds each row's point."},
         {"--digits", "N", "Round to at most N decimals, 0 to 17 (4 otherwise)."},
         {"--mark-errors", "", "Add a column that says why a row could not be read."},
         output_option,
         force_option}),
    {{"attune score closeness answers.csv --keep id", "A column for each scale beside your ids."},
     {"attune score closeness answers.csv --dry-run", "First see what would be read."},
     {"attune score ecr data.csv --columns Q1-Q36 --range 1-5 --missing 0",
      "Data with other names, another range and a code for no answer."},
     {"attune score closeness rows.jsonl | jq -r .anxiety", "JSON Lines in, the same out."},
     {"attune score closeness big.csv --se --facets -o scores.csv",
      "Everything there is, into a file."}},
    run_score,
    OpensHistory::no};

const Command analyze_row{
    "analyze",
    "do the items fit together?",
    R"(Reads many responses, as score does, and says how well the items of each scale go together:
       alpha of each scale; mean and spread of each item, and how closely it follows the others.
       An item that pulls against them is named: its key may be wrong. A row that can't be read is
       reported on standard error and left out. attune-analyze(1) has the details.)",
    {"NAME [FILE|-]", 1, 2},
    reading_options_and({{"--format", "FORMAT", "Print text (default), json or csv."}}),
    {{"attune analyze closeness answers.csv", "Reliability, and every item beside the others."},
     {"attune analyze ecr data.csv --columns Q1-Q36 --range 1-5 --missing 0",
      "Data with other names, another range and a code for no answer."},
     {"attune analyze closeness rows.jsonl --format json | jq .scales.anxiety.alpha",
      "One number, for a script."},
     {"attune analyze closeness answers.csv --format csv -o items.csv",
      "A row for each item, for a spreadsheet or R."}},
    run_analyze,
    OpensHistory::no};

}  // namespace attune::app
