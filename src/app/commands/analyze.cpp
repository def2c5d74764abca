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
    case Format::text:
    case Format::markdown:
    case Format::fhir:  // of a profile alone
      break;
  }
  return render_text(analysis_document(key.questionnaire, key.form, analysis), style);
}

}  // namespace

ExitStatus analyze_rows(const AnalyzeRequest& request, const TextStyle& style,
                        const Catalogue& catalogue, Streams& streams) {
  const Result<RowKey, ExitStatus> key = load_row_key(request.source, catalogue, streams);
  if (!key) return key.error();
  const Result<RowInput> input = RowInput::open(request.source.input, streams);
  if (!input) return report(streams, input.error());
  // Made before the rows are read: nobody wants to wait for a file that can't be written.
  std::optional<OutputFile> file;
  if (request.output) {
    Result<OutputFile> created = OutputFile::create(*request.output, request.overwrite);
    if (!created) return report(streams, created.error());
    file.emplace(*std::move(created));
  }
  RowReader reader(key->questionnaire, key->form, request.source.options);
  ItemAnalysis analysis(key->questionnaire, key->form, request.missing);
  const ExitStatus status =
      run_rows(*input, reader, analysis, request.run, streams, [] { return true; });
  if (status != ExitStatus::done && status != ExitStatus::no) return status;
  const std::string text = render(*key, analysis.result(), request.format, style);
  if (!file) {
    streams.out.write(text);
    return status;
  }
  const Result<void> written = file->commit(text);
  return written ? status : report(streams, written.error());
}

}  // namespace attune
