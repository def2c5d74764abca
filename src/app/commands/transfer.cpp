// SPDX-License-Identifier: MIT
#include "app/commands/transfer.hpp"

#include <array>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/messages.hpp"

namespace attune {
namespace {

std::vector<ExportedScore> exported_scores(const CheckIn& check_in) {
  std::vector<ExportedScore> scores;
  if (check_in.questionnaire == nullptr) return scores;
  for (std::size_t i = 0; i < check_in.scores.size(); ++i) {
    scores.push_back({check_in.questionnaire->scales[i].id, check_in.scores[i].estimate});
  }
  return scores;
}

Result<std::string> export_text(const ExportOptions& options, History& history) {
  const RecordFilter filter{.questionnaire = options.questionnaire};
  std::size_t count = 0;
  const Result<std::vector<TriedStep>> tried =
      attempt([&] { return history.tried_steps(options.questionnaire); });
  if (!tried) return tried.error();
  const Result<void> counted =
      attempt([&] { return history.visit_records(filter, [&](const Record&) { ++count; }); });
  if (!counted) return counted.error();

  std::string text;
  std::optional<Error> failure;
  const DefinitionTexts texts = [&](const std::string& sha256) {
    const Result<std::optional<std::string>> found =
        attempt([&] { return history.definition_text(sha256); });
    if (!found) failure = found.error();
    return found ? found->value_or("") : std::string();
  };
  ExportLines lines(count + tried->size(), options.redact);
  KeptDefinitions definitions(history);
  const Result<void> visited =
      visit_check_ins(history, definitions, {filter, {}}, [&](const CheckIn& check_in) {
        text += lines.record(check_in.record, texts, exported_scores(check_in));
      });
  if (!visited) return visited.error();
  if (failure) return *failure;
  for (const TriedStep& step : *tried) text += lines.tried(step);
  return text;
}

Result<std::string> read_file_or_input(const std::string& file, const Streams& streams) {
  if (file != "-") return attempt([&] { return read_regular_file(file, max_export_bytes); });
  Result<std::string> text = read_all(streams.in, max_export_bytes);
  if (!text) text.error().place = "standard input";
  return text;
}

// Adds the line to an error about a record, which knows only its id.
void add_line(Error& error, const Import& import, const std::string& file) {
  for (std::size_t i = 0; i < import.records.size(); ++i) {
    if (import.records[i].id != error.place) continue;
    error.place = fmt::format("{}:{}: {}", file, import.lines[i], error.place);
    return;
  }
}

}  // namespace

Result<Redact> redact_of(const Arguments& arguments) {
  const auto value = arguments.value("--redact");
  if (!value) return Redact::nothing;
  if (*value == "text") return Redact::text;
  if (*value == "answers") return Redact::answers;
  return unknown_name(ErrorKind::usage, "--redact", *value,
                      std::array<std::string, 2>{"text", "answers"});
}

ExitStatus export_history(const ExportOptions& options, MaybeHistory& history, Streams& streams) {
  Result<std::optional<OutputFile>> file = create_output(options.output, options.overwrite);
  if (!file) return report(streams, file.error());
  std::string text;
  if (history) {
    Result<std::string> exported = export_text(options, *history);
    if (!exported) return report(streams, exported.error());
    text = *std::move(exported);
  }
  return write_result(streams, *file, text);
}

ExitStatus import_history(const std::string& file, const Clock& clock,
                          const std::function<Result<History>()>& open, Streams& streams) {
  const std::string name = file == "-" ? "standard input" : file;
  const Result<std::string> text = read_file_or_input(file, streams);
  if (!text) return report(streams, text.error());
  Result<Import> import = attempt([&] { return read_export(*text); });
  if (!import) {
    Error error = std::move(import).error();
    error.place = fmt::format("{}:{}", name, error.place);
    return report(streams, error);
  }
  Result<History> history = open();
  if (!history) return report(streams, history.error());
  Result<Imported> imported = attempt([&] { return history->add_import(*import, clock.now()); });
  if (!imported) {
    Error error = std::move(imported).error();
    add_line(error, *import, name);
    return report(streams, error);
  }
  const std::size_t known = import->records.size() - imported->records;
  streams.out.write(
      fmt::format("Imported: {} record{}", imported->records, imported->records == 1 ? "" : "s"));
  if (imported->tried > 0) {
    streams.out.write(
        fmt::format(" and {} step{} tried", imported->tried, imported->tried == 1 ? "" : "s"));
  }
  streams.out.write(
      known == 0 ? ".\n"
                 : fmt::format("; {} {} there already.\n", known, known == 1 ? "was" : "were"));
  return ExitStatus::done;
}

}  // namespace attune
