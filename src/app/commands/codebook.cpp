// SPDX-License-Identifier: MIT
#include "app/commands/codebook.hpp"

#include <array>
#include <string_view>
#include <vector>

#include "attune/codebook.hpp"

#include "app/commands/about.hpp"
#include "app/messages.hpp"

namespace attune {
namespace {

struct Exporter {
  std::string_view name;
  CodebookFormat format;
  std::string (*render)(const Codebook&);
};

constexpr std::array<Exporter, 2> exporters{{
    {"markdown", CodebookFormat::markdown, codebook_markdown},
    {"csv", CodebookFormat::csv, codebook_csv},
}};

}  // namespace

Result<CodebookFormat> codebook_format_of(const Arguments& arguments) {
  const auto value = arguments.value("--to");
  if (!value) return CodebookFormat::markdown;
  std::vector<std::string> names;
  for (const Exporter& exporter : exporters) {
    if (exporter.name == *value) return exporter.format;
    names.emplace_back(exporter.name);
  }
  return unknown_name(ErrorKind::usage, "--to", *value, names);
}

ExitStatus write_codebook(const CodebookOptions& options, const Catalogue& catalogue,
                          Streams& streams) {
  const auto loaded = catalogue.load(options.name, options.language);
  if (!loaded) return report(streams, loaded.error());
  Codebook codebook{loaded->questionnaire, loaded->sha256, {}};
  if (options.about) {
    const Result<std::size_t> about = known_about(codebook.questionnaire, *options.about);
    if (!about) return report(streams, about.error());
    codebook.about = *about;
  }
  Result<std::optional<OutputFile>> file = create_output(options.output, options.overwrite);
  if (!file) return report(streams, file.error());
  const Exporter& exporter = exporters[static_cast<std::size_t>(options.format)];
  return write_result(streams, *file, exporter.render(codebook));
}

}  // namespace attune
