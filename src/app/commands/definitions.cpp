// SPDX-License-Identifier: MIT
// `attune list`, `show`, `check` and `init`: definitions rather than answers. None of them opens
// the history.
#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/lists.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/options.hpp"

namespace attune::app {
namespace {

constexpr std::size_t most_files = 10'000;

constexpr OptionSpec list_options[] = {text_or_json_option};
constexpr Example list_examples[] = {
    {"attune list", "What can be taken, with the number of items and the time it takes."},
    {"attune list --format json | jq -r '.[].id'", "The names alone, for a script."},
};

constexpr Format show_formats[] = {Format::text, Format::json, Format::toml};
constexpr OptionSpec show_options[] = {
    {"--format", "FORMAT", "Print text (default), json, or toml: the definition itself.",
     Value::required},
    {"--language", "LANG", "Show the texts of another language, where there are any.",
     Value::required},
};
constexpr Example show_examples[] = {
    {"attune show closeness",
     "Every statement with its scale and key, the source and the licence."},
    {"attune show closeness --format json | jq '.items | length'", "Count the items in a script."},
    {"attune show closeness --format toml >mine.toml", "Begin a definition of your own with it."},
};

constexpr Example check_examples[] = {
    {"attune check mine.toml", "Verify a definition you are writing; no output means no problem."},
    {"attune check questionnaires/*.toml",
     "Verify several; the exit status is 1 if one has errors."},
};

constexpr OptionSpec init_options[] = {
    {"-o,--output", "FILE", "Write to FILE instead of NAME.toml; - is standard output.",
     Value::required},
    force_option,
};
constexpr Example init_examples[] = {
    {"attune init mine", "Write mine.toml, a commented definition to edit."},
    {"attune init mine -o - | less", "Look at it first."},
};

report::Listing listing_of_entry(const store::CatalogueEntry& entry,
                                 const store::Catalogue& catalogue) {
  try {
    // By its name, so that a wording in the person's own directory is found.
    return {catalogue.load(entry.id, {}).questionnaire, {}};
  } catch (const store::LoadError&) {
    report::Listing listing;
    listing.questionnaire.id = entry.id;
    listing.problem = fmt::format("attune check {} tells why", entry.path.native());
    return listing;
  }
}

ExitStatus run_list(const Arguments& arguments, World& world) {
  const Format format = format_of(arguments, text_or_json);
  const store::Catalogue catalogue(world.paths.definitions);
  std::vector<report::Listing> listings;
  for (const store::CatalogueEntry& entry : catalogue.entries()) {
    listings.push_back(listing_of_entry(entry, catalogue));
  }
  world.streams.out.write(
      format == Format::json
          ? report::list_json(listings)
          : report::render_text(report::list_document(listings), text_style_of(arguments, world)));
  return ExitStatus::done;
}

ExitStatus run_show(const Arguments& arguments, World& world) {
  const Format format = format_of(arguments, show_formats);
  const store::LoadedDefinition loaded =
      store::Catalogue(world.paths.definitions)
          .load(arguments.operands().front(), arguments.value("--language"));
  if (format == Format::toml) {
    world.streams.out.write(loaded.text);
    return ExitStatus::done;
  }
  world.streams.out.write(
      format == Format::json
          ? report::questionnaire_json(loaded.questionnaire, loaded.sha256)
          : report::render_text(report::questionnaire_document(loaded.questionnaire),
                                text_style_of(arguments, world)));
  return ExitStatus::done;
}

bool is_error(const definition::Problem& problem) {
  return problem.severity == definition::Severity::error;
}

// Every problem of a file on standard output.
ExitStatus check_file(const std::string& file, const store::Catalogue& catalogue,
                      Streams& streams) {
  const definition::Problems problems = catalogue.check(file);
  for (const definition::Problem& problem : problems) write_problem(streams.out, file, problem);
  const bool has_errors = std::any_of(problems.begin(), problems.end(), is_error);
  return has_errors ? ExitStatus::no : ExitStatus::done;
}

ExitStatus run_check(const Arguments& arguments, World& world) {
  const store::Catalogue catalogue(world.paths.definitions);
  ExitStatus status = ExitStatus::done;
  for (const std::string& file : arguments.operands()) {
    try {
      const ExitStatus checked = check_file(file, catalogue, world.streams);
      if (status == ExitStatus::done) status = checked;
    } catch (const Error& error) {  // the other files are checked all the same
      status = report(world.streams, error);
    }
  }
  return status;
}

ExitStatus run_init(const Arguments& arguments, World& world) {
  const std::string& id = arguments.operands().front();
  if (!is_id(id)) {
    throw Error{ErrorKind::usage,
                fmt::format("'{}' can't be a name", escape(id)),
                "init",
                {"use small letters, digits, '.', '_' and '-', at most 64 of them"}};
  }
  const std::string path = arguments.value("--output").value_or(id + ".toml");
  if (path == "-") {
    world.streams.out.write(definition::starter_definition(id));
    return ExitStatus::done;
  }
  OutputFile::create(path, overwrite_of(arguments)).commit(definition::starter_definition(id));
  world.streams.err.write(
      fmt::format("Written: {0}. Edit it, then: attune check {0}\n", escape(path)));
  return ExitStatus::done;
}

}  // namespace

const Command list_row{
    "list",
    "the questionnaires there are",
    R"(Lists every questionnaire that can be taken by name: your own and the built-in ones, each with
       its summary.)",
    {"", 0, 0},
    list_options,
    list_examples,
    run_list,
    OpensHistory::no};

const Command show_row{
    "show",
    "one questionnaire in full, with its key",
    "Shows a questionnaire with its scales, items, keys, forms, status, source and licence.",
    {"NAME|FILE", 1, 1},
    show_options,
    show_examples,
    run_show,
    OpensHistory::no};

const Command check_row{
    "check",
    "verify definition files",
    R"(Verifies definitions and prints every problem at once as file:line:col: message. Warnings are
       advice to the author; only errors change the exit status.)",
    {"FILE...", 1, most_files},
    {},
    check_examples,
    run_check,
    OpensHistory::no};

const Command init_row{
    "init",
    "write a starter definition to edit",
    R"(Writes a short, commented definition that is already correct, to be edited into one of your
       own. attune-questionnaire(5) documents the format.)",
    {"NAME", 1, 1},
    init_options,
    init_examples,
    run_init,
    OpensHistory::no};

}  // namespace attune::app
