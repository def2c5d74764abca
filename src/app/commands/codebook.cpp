// SPDX-License-Identifier: MIT
// `attune codebook`: describes a questionnaire's data, for research.
#include <string>
#include <string_view>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/lists.hpp"

#include "app/commands.hpp"
#include "app/commands/check_ins.hpp"
#include "app/options.hpp"

namespace attune::app {
namespace {

constexpr OptionSpec codebook_options[] = {
    {"--to", "FORMAT", "Write markdown (default) or csv.", Value::required},
    output_option,
    force_option,
    {"--language", "LANG", "Use the texts of another language, where there are any.",
     Value::required},
    {"-a,--about", "WHOM", "Word the statements about one person: partner, ...", Value::required},
};

constexpr Example codebook_examples[] = {
    {"attune codebook closeness -o codebook.md",
     "A page to keep beside your data: variables, scores, how missing answers are treated."},
    {"attune codebook growth --to csv", "The same as a table, for a spreadsheet or R."},
    {"attune codebook closeness --about partner -o codebook.md",
     "The page with the statements worded about a partner."},
};

struct CodebookExporter {
  std::string_view name;
  std::string (*render)(const report::Codebook&);
};

// The first is the default.
constexpr CodebookExporter codebook_exporters[] = {
    {"markdown", report::codebook_markdown},
    {"csv", report::codebook_csv},
};

const CodebookExporter& exporter_of(const Arguments& arguments) {
  const auto value = arguments.value("--to");
  if (!value) return codebook_exporters[0];
  std::vector<std::string> names;
  for (const CodebookExporter& exporter : codebook_exporters) {
    if (exporter.name == *value) return exporter;
    names.emplace_back(exporter.name);
  }
  throw unknown_name(ErrorKind::usage, "--to", *value, names);
}

ExitStatus run_codebook(const Arguments& arguments, World& world) {
  const CodebookExporter& exporter = exporter_of(arguments);
  store::LoadedDefinition loaded =
      store::Catalogue(world.paths.definitions)
          .load(arguments.operands().front(), arguments.value("--language"));
  report::Codebook codebook{std::move(loaded.questionnaire), std::move(loaded.sha256), {}};
  if (const auto about = arguments.value("--about")) {
    codebook.about = known_about(codebook.questionnaire, *about);
  }
  std::optional<OutputFile> file = create_output(output_of(arguments), overwrite_of(arguments));
  return write_result(world.streams, file, exporter.render(codebook));
}

}  // namespace

const Command codebook_row{
    "codebook",
    "describe a questionnaire's data, for research",
    R"(Writes what belongs beside a file of data: each variable with its values, how each score is
       computed, what missing answers do. As a page, or as a table for other tools to read.)",
    {"NAME|FILE", 1, 1},
    codebook_options,
    codebook_examples,
    run_codebook,
    OpensHistory::no};

}  // namespace attune::app
