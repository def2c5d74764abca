// SPDX-License-Identifier: MIT
// `attune list`, `show`, `codebook`, `check`, `init` and `wording`: definitions rather than
// answers. None of them opens the history.
#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <string>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/definition.hpp"
#include "attune/lists.hpp"
#include "attune/text.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

constexpr std::size_t most_files = 10'000;
constexpr std::size_t most_wording_bytes = std::size_t{1024} * 1024;

constexpr Format show_formats[] = {Format::text, Format::toml};
constexpr Format codebook_formats[] = {Format::text, Format::csv, Format::markdown, Format::html};

store::LoadedDefinition load(const Arguments& arguments, const World& world) {
  return world.catalogue.load(arguments.operands().front(), arguments.value("--language"));
}

ExitStatus run_list(const Arguments& arguments, World& world) {
  Destination destination = destination_of(arguments, world, format_of(arguments, text_or_json));
  std::vector<report::Listing> listings;
  for (const store::CatalogueEntry& entry : world.catalogue.entries()) {
    try {
      // By its name, so that a wording in the person's own directory is found.
      listings.push_back({world.catalogue.load(entry.id, {}).questionnaire, {}});
    } catch (const Error&) {
      report::Listing& listing = listings.emplace_back();
      listing.questionnaire.id = entry.id;
      listing.problem = fmt::format("attune check {} tells why", entry.path.native());
    }
  }
  return write_result(world.streams, destination,
                      {.json = [&] { return report::list_json(listings); },
                       .document = [&] { return report::list_document(listings); }});
}

ExitStatus run_show(const Arguments& arguments, World& world) {
  Destination destination = destination_of(arguments, world, format_of(arguments, show_formats));
  const store::LoadedDefinition loaded = load(arguments, world);
  if (destination.format == Format::toml) {
    return write_result(world.streams, destination.file, loaded.text);
  }
  const auto document = [&] { return report::questionnaire_document(loaded.questionnaire); };
  return write_result(world.streams, destination, {.document = document});
}

ExitStatus run_codebook(const Arguments& arguments, World& world) {
  const Format format = format_of(arguments, codebook_formats);
  store::LoadedDefinition loaded = load(arguments, world);
  report::Codebook codebook{std::move(loaded.questionnaire), std::move(loaded.sha256), {}};
  if (const auto about = asked_about(arguments)) {
    codebook.about = known_about(codebook.questionnaire, *about);
  }
  Destination destination = destination_of(arguments, world, format);
  return write_result(world.streams, destination,
                      {.csv = [&] { return report::codebook_csv(codebook); },
                       .document = [&] { return report::codebook_document(codebook); },
                       .language = codebook.questionnaire.language});
}

// Prints every problem of every file.
ExitStatus run_check(const Arguments& arguments, World& world) {
  ExitStatus status = ExitStatus::done;
  for (const std::string& file : arguments.operands()) {
    try {
      for (const definition::Problem& problem : world.catalogue.check(file)) {
        write_problem(world.streams.out, file, problem);
        const bool is_error = problem.severity == definition::Severity::error;
        if (is_error && status == ExitStatus::done) status = ExitStatus::no;
      }
    } catch (Error& error) {  // the other files are checked all the same
      name_file_here(error, "check", file);
      status = report(world.streams, error);
    }
  }
  return status;
}

ExitStatus run_init(const Arguments& arguments, World& world) {
  const bool is_schema = arguments.has("--schema");
  if (arguments.operands().empty() != is_schema) {
    throw usage_error("init", "takes either NAME or --schema", "write, for example: init mine");
  }
  const std::string id = is_schema ? "attune" : arguments.operands().front();
  if (!is_id(id)) {
    throw usage_error("init", fmt::format("'{}' can't be a name", escape(id)),
                      "use small letters, digits, '.', '_' and '-', at most 64 of them");
  }
  const std::string text =
      is_schema ? std::string(definition::schema_text()) : definition::starter_definition(id);
  const std::string path = arguments.value("--output").value_or(is_schema ? "-" : id + ".toml");
  if (path == "-") {
    world.streams.out.write(text);
    return ExitStatus::done;
  }
  OutputFile::create(path, overwrite_of(arguments), world.paths.data).commit(text);
  say(world.streams.err,
      is_schema ? fmt::format("Written: {}\n", escape(path))
                : fmt::format("Written: {0}. Edit it, then: attune check {0}\n", escape(path)));
  return ExitStatus::done;
}

// One statement for every item, in their order. Where the named forms part the items evenly, as for
// the same statements about several people, those of one form are enough: they come in each, behind
// its title.
std::vector<std::string> statements_for(const Questionnaire& questionnaire, const std::string& file,
                                        const std::vector<std::string>& lines) {
  const std::size_t count = questionnaire.items.size();
  if (lines.size() == count) return lines;
  const std::span<const Form> forms = std::span(questionnaire.forms).subspan(1);
  std::vector<std::size_t> parts;  // all items, where the forms are such parts
  std::vector<std::string> statements;
  for (const Form& form : forms) {
    if (form.items.size() != forms.front().items.size() || form.title.empty()) break;
    parts.insert(parts.end(), form.items.begin(), form.items.end());
    for (const std::string& line : lines) statements.push_back(form.title + ": " + line);
  }
  const bool has_parts = parts == questionnaire.forms.front().items;
  if (has_parts && statements.size() == count) return statements;
  std::string advice = "write one statement per line, in the order of the items";
  if (has_parts)
    advice += fmt::format(", or the {} that come again in every form", count / forms.size());
  throw Error(ErrorKind::bad_data, fmt::format("{} lines for {} items", lines.size(), count), file,
              {std::move(advice)});
}

// Of the file made of a list of statements, the lines before the first of them.
constexpr std::size_t lines_before = 5;

// The problems of that file (`wording`), in the places of the list that the user gave. What comes
// again in other forms is reported once.
void report_in_list(const definition::Problems& problems, std::string_view wording,
                    std::string_view list, const std::string& file, Output& out) {
  std::vector<std::size_t> lines;  // of the list that have a statement
  const std::vector<std::string_view> listed = split(list, '\n');
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (!trim(listed[i]).empty()) lines.push_back(i);
  }
  for (definition::Problem problem : problems) {
    if (problem.line > lines_before + lines.size()) continue;
    if (problem.line > lines_before) {
      const std::string_view made = split(wording, '\n')[problem.line - 1];
      const std::size_t line = lines[problem.line - lines_before - 1];
      const std::size_t before = made.size() - trim(listed[line]).size() - 1;  // the closing quote
      problem.line = static_cast<std::uint32_t>(line + 1);
      problem.column -=
          static_cast<std::uint32_t>(std::min<std::size_t>(before, problem.column - 1));
    }
    write_problem(out, file, problem);
  }
}

// Says which statements are the same, or begin with what was copied along.
void advise_on_statements(const std::vector<std::string>& statements, Streams& streams) {
  // Of one statement it may be meant, of all it is not.
  const auto has_mark = [](std::string_view line) {
    constexpr std::string_view marks[] = {"\u2022", "\u00B7", "\u2013", "\u201C"};
    return std::string_view("0123456789(-*\"").find(line.front()) != std::string_view::npos ||
           std::ranges::any_of(marks, [&](const auto& mark) { return line.starts_with(mark); });
  };
  if (std::ranges::all_of(statements, has_mark)) {
    say(streams.err,
        "All statements begin with a number, a bullet or a quote, which is shown with them; take "
        "these out of the list, and use --force.\n");
  }
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto first = std::ranges::find(statements, statements[i]);
    const auto place = static_cast<std::size_t>(first - statements.begin());
    if (place < i)
      say(streams.err, fmt::format("Statements {} and {} are the same.\n", place + 1, i + 1));
  }
}

ExitStatus run_wording(const Arguments& arguments, World& world) {
  const std::string& file = arguments.operands()[1];
  const Questionnaire questionnaire =
      world.catalogue.load(arguments.operands()[0], {}).questionnaire;
  const std::string language = arguments.value("--language").value_or(questionnaire.language);
  std::string list = file == "-" ? read_all(world.streams.in, most_wording_bytes, file)
                                 : store::read_regular_file(file, most_wording_bytes);
  if (list.starts_with("\uFEFF")) list.erase(0, std::string_view("\uFEFF").size());
  const std::vector<std::string> statements = definition::statements_in(list);
  const std::string wording = definition::render_wording(
      questionnaire, language, statements_for(questionnaire, file, statements));
  const definition::TextsFile checked =
      definition::check_texts(wording, questionnaire, definition::CheckDepth::use);
  if (!checked.texts) {
    report_in_list(checked.problems, wording, list, file, world.streams.err);
    return ExitStatus::bad_data;
  }
  advise_on_statements(statements, world.streams);
  const auto directory = world.paths.config / "questionnaires";
  store::make_private_directory(directory);
  const auto path = directory / fmt::format("{}.{}.toml", questionnaire.id, language);
  OutputFile::create(path, overwrite_of(arguments), world.paths.data).commit(wording);
  say(world.streams.err,
      fmt::format("Written: {}. To be asked with it: attune take {}{}\n", escape(path.native()),
                  questionnaire.id,
                  language == questionnaire.language ? "" : " --language " + language));
  return ExitStatus::done;
}

}  // namespace

const Command list_row{
    "list",
    "the questionnaires",
    R"(Lists every questionnaire that can be taken by name: your own and the built-in ones, each with
       its summary.)",
    {"", 0, 0},
    {text_or_json_option},
    {{"attune list", "What can be taken, with the number of items and the time it takes."},
     {"attune list --format json | jq -r '.[].id'", "The names alone, for a script."}},
    run_list,
    OpensHistory::no};

const Command show_row{
    "show",
    "one of them in full",
    "Shows a questionnaire with its scales, items, keys, forms, status, source and licence.",
    {"NAME|FILE", 1, 1},
    {{"--format", "FORMAT", "Print text (default) or toml: the definition itself."},
     {"--language", "LANG", "Show the texts of another language, where there are any."}},
    {{"attune show closeness",
      "Every statement with its scale and key, the source and the licence."},
     {"attune show closeness --format toml >mine.toml", "Begin a definition of your own with it."}},
    run_show,
    OpensHistory::no};

const Command codebook_row{
    "codebook",
    "describe the variables",
    R"(Writes what belongs beside a file of data: each variable with its values, how each score is
       computed, and how missing answers are treated. It is a page, or a table for other tools to
       read.)",
    {"NAME|FILE", 1, 1},
    {{"--format", "FORMAT", "Print text (default), csv, markdown or html."},
     {"--language", "LANG", "Use the texts of another language, where there are any."},
     {"-a,--about", "WHOM", "Word the statements about one person: partner, ..."}},
    {{"attune codebook closeness -o codebook.md",
      "A page to keep beside your data: variables, scores, how missing answers are treated."},
     {"attune codebook growth --format csv", "The same as a table, for a spreadsheet or R."},
     {"attune codebook closeness --about partner -o codebook.md",
      "The page with the statements worded about a partner."}},
    run_codebook,
    OpensHistory::no};

const Command check_row{
    "check",
    "verify a definition",
    R"(Verifies definitions and prints every problem at once as file:line:col: message. Warnings are
       advice to the author; only errors change the exit status.)",
    {"FILE...", 1, most_files},
    {},
    {{"attune check mine.toml", "Verify a definition you are writing; no output means no problem."},
     {"attune check questionnaires/*.toml",
      "Verify several; the exit status is 1 if one has errors."}},
    run_check,
    OpensHistory::no};

const Command init_row{
    "init",
    "begin one of your own",
    R"(Writes a short, commented definition that is already correct, to be edited into one of your
       own. attune-questionnaire(5) documents the format; with --schema the same is written for
       editors, which then complete the keys and mark mistakes.)",
    {"NAME", 0, 1},
    {{"-o,--output", "FILE", "Write to FILE instead of NAME.toml; - is standard output."},
     {"--schema", "", "Print the JSON Schema of definitions instead."},
     force_option},
    {{"attune init mine", "Write mine.toml, a commented definition to edit."},
     {"attune init mine -o - | less", "Look at it first."},
     {"attune init --schema -o attune.schema.json",
      "Write what an editor with Taplo needs, beside the definition."}},
    run_init,
    OpensHistory::no};

const Command wording_row{
    "wording",
    "wording or translation",
    R"(Makes a text-only file in your own directory from one statement per line, in the order of the
       items. It holds no keys and no numbers, so it can't change a score. Use it for a translation,
       or for the published wording of an instrument whose key alone is shipped.)",
    {"NAME FILE", 2, 2},
    {{"--language", "LANG",
      "The language of the statements; that of the questionnaire by default."},
     {"--force", "", "Replace a wording added before."}},
    {{"attune wording closeness statements.txt --language de",
      "Add your own German translation of the 36 statements."},
     {"attune wording mine - < statements.txt", "Read the lines from standard input."}},
    run_wording,
    OpensHistory::no};

}  // namespace attune::app
