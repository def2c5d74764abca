// SPDX-License-Identifier: MIT
#include "app/commands/analyze.hpp"

#include "app/messages.hpp"

namespace attune {
namespace {

std::string render(const RowKey& key, const Analysis& analysis, Format format,
                   const TextStyle& style) {
  switch (format) {
    case Format::json:
      return analysis_json(key.questionnaire, key.form, analysis);
    case Format::csv:
      return analysis_csv(key.questionnaire, analysis);
    default:
      return render_text(analysis_document(key.questionnaire, key.form, analysis), style);
  }
}

}  // namespace

ExitStatus analyze_rows(const AnalyzeRequest& request, const TextStyle& style,
                        const Catalogue& catalogue, Streams& streams) {
  const Result<RowKey, ExitStatus> key = load_row_key(request.source, catalogue, streams);
  if (!key) return key.error();
  const Result<RowInput> input = RowInput::open(request.source.input, streams);
  if (!input) return report(streams, input.error());
  Result<std::optional<OutputFile>> file = create_output(request.output, request.overwrite);
  if (!file) return report(streams, file.error());
  RowReader reader(key->questionnaire, key->form, request.source.options);
  ItemAnalysis analysis(key->questionnaire, key->form, request.missing);
  const ExitStatus status =
      run_rows(*input, reader, analysis, request.run, streams, [] { return true; });
  if (status != ExitStatus::done && status != ExitStatus::no) return status;
  const std::string text = render(*key, analysis.result(), request.format, style);
  const ExitStatus written = write_result(streams, *file, text);
  return written == ExitStatus::done ? status : written;
}

}  // namespace attune
