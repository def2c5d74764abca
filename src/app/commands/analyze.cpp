// SPDX-License-Identifier: MIT
#include "attune/document.hpp"
#include "attune/item_analysis.hpp"

#include "app/commands.hpp"
#include "app/commands/row_input.hpp"
#include "app/options.hpp"

namespace attune::app {
namespace {

ExitStatus run_analyze(const Arguments& arguments, World& world) {
  const Format format = format_of(arguments, text_or_data);
  const RowSource source = row_source_of(arguments, world);
  RowRun rows(source, arguments, world.streams, "they are left out", [] { return true; });
  Destination destination = destination_of(arguments, world, format);
  rows::ItemAnalysis analysis(source.questionnaire, source.form, source.options.range);
  while (const rows::Row* row = rows.next()) analysis.take(*row);
  const ExitStatus status = rows.finish();
  if (status == ExitStatus::bad_data) return status;
  const rows::Analysis result = analysis.result();
  const Questionnaire& questionnaire = source.questionnaire;
  write_result(world.streams, destination,
               {[&] { return rows::analysis_json(questionnaire, source.form, result); },
                [&] { return rows::analysis_csv(questionnaire, result); },
                [&] { return rows::analysis_document(questionnaire, source.form, result); }});
  return status;
}

}  // namespace

const Command analyze_row{
    "analyze",
    "do the items fit together?",
    R"(Reads many responses, as score does, and says how well the items of each scale go together:
       alpha of each scale; mean and spread of each item, and how closely it follows the others.
       An item that pulls against them is named: its key may be wrong. A row that can't be read is
       reported on standard error and left out. attune-analyze(1) has the details.)",
    {"NAME [FILE|-]", 1, 2},
    {from_option,
     form_option,
     columns_option,
     no_header_option,
     range_option,
     missing_option,
     {"--format", "FORMAT", "Print text (default), json or csv."},
     strict_option,
     output_option,
     force_option},
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
