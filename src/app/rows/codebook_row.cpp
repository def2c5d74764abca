// SPDX-License-Identifier: MIT
#include "app/commands/codebook.hpp"
#include "app/messages.hpp"
#include "app/rows/parts.hpp"
#include "app/rows/rows.hpp"

namespace attune {
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

ExitStatus run_codebook(const Arguments& arguments, World& world) {
  const Result<CodebookFormat> format = codebook_format_of(arguments);
  if (!format) return report(world.streams, format.error());
  return write_codebook({arguments.operands().front(), *format, arguments.value("--language"),
                         arguments.value("--about"), output_of(arguments), overwrite_of(arguments)},
                        Catalogue(world.paths.definitions), world.streams);
}

}  // namespace

const Command codebook_row{
    "codebook",
    "describe a questionnaire's data, for research",
    "Writes what belongs beside a file of data: each variable with its values, how each score is "
    "computed, what missing answers do. As a page, or as a table for other tools to read.",
    {"NAME|FILE", 1, 1},
    codebook_options,
    codebook_examples,
    run_codebook,
    OpensHistory::no};

}  // namespace attune
