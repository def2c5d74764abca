// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/commands/definitions.hpp"
#include "app/commands/wording_lines.hpp"
#include "app/messages.hpp"
#include "app/output_file.hpp"
#include "store/private_files.hpp"

namespace attune {
namespace {

constexpr std::size_t most_wording_bytes = std::size_t{1024} * 1024;

Result<std::string> read_wording(const std::string& file, const Streams& streams) {
  Result<std::string> text =
      file == "-" ? read_all(streams.in, most_wording_bytes)
                  : attempt([&] { return read_regular_file(file, most_wording_bytes); });
  if (!text && text.error().place.empty()) text.error().place = file;
  return text;
}

Error wrong_count(const Questionnaire& questionnaire, std::size_t lines, const std::string& file) {
  Error error{ErrorKind::bad_data,
              fmt::format("{} lines for {} items", lines, questionnaire.items.size()),
              file,
              {"write one statement per line, in the order of the items"}};
  if (const auto repeated = repeated_items(questionnaire)) {
    error.advice.push_back(fmt::format("or the {} that come for each of: {}", *repeated,
                                       titles_of_forms(questionnaire)));
  }
  return error;
}

}  // namespace

ExitStatus add_wording(const WordingOptions& options, const Catalogue& catalogue,
                       const Paths& paths, Streams& streams) {
  const auto loaded = try_load(catalogue, options.name, {});
  if (!loaded) return report(streams, loaded.error());
  const Result<std::string> text = read_wording(options.file, streams);
  if (!text) return report(streams, text.error());
  const Questionnaire& questionnaire = loaded->questionnaire;
  std::vector<std::string> statements = statements_in(*text);
  if (const auto repeated = repeated_items(questionnaire); statements.size() == repeated) {
    statements = repeat_for_forms(questionnaire, statements);
  }
  if (statements.size() != questionnaire.items.size()) {
    return report(streams, wrong_count(questionnaire, statements.size(), options.file));
  }
  const std::string wording_language = options.language.value_or(questionnaire.language);
  const std::string wording = render_wording(questionnaire, wording_language, statements);
  const TextsFile checked = check_texts(wording, questionnaire, CheckDepth::use);
  if (!checked.texts) {
    for (const Problem& problem : checked.problems)
      write_problem(streams.err, options.file, problem);
    return ExitStatus::bad_data;
  }
  const auto directory = paths.config / "questionnaires";
  const Result<void> made = attempt([&] { return detail::make_private_directory(directory); });
  if (!made) return report(streams, made.error());
  const auto path = directory / fmt::format("{}.{}.toml", questionnaire.id, wording_language);
  Result<OutputFile> output = OutputFile::create(path, options.overwrite);
  if (!output) return report(streams, output.error());
  const Result<void> written = output->commit(wording);
  if (!written) return report(streams, written.error());
  const std::string option = wording_language == questionnaire.language
                                 ? std::string()
                                 : " --language " + wording_language;
  streams.err.write(fmt::format("Written: {}. To be asked with it: attune take {}{}\n",
                                escape(path.native()), questionnaire.id, option));
  return ExitStatus::done;
}

}  // namespace attune
