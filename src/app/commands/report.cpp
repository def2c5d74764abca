// SPDX-License-Identifier: MIT
#include "app/commands/report.hpp"

#include <utility>

#include "app/commands/profile_output.hpp"
#include "app/commands/series.hpp"
#include "app/document_output.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

// Without any history there is no record either, whatever the word is.
Error nothing_yet(const ReportSubject& subject) {
  Selection selection = subject.selection;
  selection.filter.questionnaire = subject.word.value_or("closeness");
  if (subject.word != "last") return no_check_ins(nullptr, selection);
  return {ErrorKind::not_found,
          "there are no records yet",
          "report",
          {"attune take makes the first one"}};
}

std::string render(const Document& document, const std::string& language,
                   const ReportRequest& request, const ReportOutput& output) {
  TextStyle style = output.style;
  if (output.file) style.colour = Colour::off;
  return render_document(document, request.format, style, {language, request.series_rows});
}

}  // namespace

ExitStatus show_report(const ReportRequest& request, ReportOutput& output, const Paths& paths,
                       std::optional<History>& history, Streams& streams) {
  if (!history) return report(streams, nothing_yet(request.subject));
  const Result<Config, LoadError> config = read_config(paths);
  if (!config) return report(streams, config.error());
  Result<ReportValues> values =
      read_report(*history, request.subject, Catalogue(paths.definitions));
  if (!values) return report(streams, values.error());
  ReportOptions options = request.options;
  options.contact = config->contact;
  options.made_with = "attune " ATTUNE_VERSION;
  const std::string language = values->profile.questionnaire.language;
  const Document document = report_document(*std::move(values), options);
  return write_result(streams, output.file, render(document, language, request, output));
}

}  // namespace attune
