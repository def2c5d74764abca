// SPDX-License-Identifier: MIT
#include "app/commands/definitions.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/overview.hpp"
#include "attune/text.hpp"

#include "app/messages.hpp"
#include "app/output_file.hpp"

namespace attune {
namespace {

Listing listing_of_entry(const CatalogueEntry& entry, const Catalogue& catalogue) {
  // By its name, so that a wording in the person's own directory is found.
  const auto loaded = try_load(catalogue, entry.id, {});
  if (loaded) return listing_of(loaded->questionnaire);
  Listing listing;
  listing.id = entry.id;
  listing.problem = fmt::format("attune check {} tells why", entry.path.native());
  return listing;
}

std::size_t errors_in(const Problems& problems) {
  return static_cast<std::size_t>(
      std::count_if(problems.begin(), problems.end(),
                    [](const Problem& problem) { return problem.severity == Severity::error; }));
}

}  // namespace

ExitStatus list_questionnaires(Format format, const TextStyle& style, const Catalogue& catalogue,
                               Streams& streams) {
  std::vector<Listing> listings;
  for (const CatalogueEntry& entry : catalogue.entries()) {
    listings.push_back(listing_of_entry(entry, catalogue));
  }
  streams.out.write(format == Format::json ? list_json(listings)
                                           : render_text(list_document(listings), style));
  return ExitStatus::done;
}

ExitStatus show_questionnaire(const std::string& name, const std::optional<std::string>& language,
                              Format format, const TextStyle& style, const Catalogue& catalogue,
                              Streams& streams) {
  const auto loaded = try_load(catalogue, name, language);
  if (!loaded) return report(streams, loaded.error());
  streams.out.write(format == Format::json
                        ? questionnaire_json(loaded->questionnaire, loaded->sha256)
                        : render_text(questionnaire_document(loaded->questionnaire), style));
  return ExitStatus::done;
}

ExitStatus check_files(const std::vector<std::string>& files, const Catalogue& catalogue,
                       Streams& streams) {
  ExitStatus status = ExitStatus::done;
  for (const std::string& file : files) {
    const Result<Problems> problems = attempt([&] { return catalogue.check(file); });
    if (!problems) {
      status = report(streams, problems.error());
      continue;
    }
    for (const Problem& problem : *problems) write_problem(streams.out, file, problem);
    if (errors_in(*problems) > 0 && status == ExitStatus::done) status = ExitStatus::no;
  }
  return status;
}

ExitStatus init_definition(const std::string& id, const std::optional<std::string>& output,
                           Overwrite overwrite, Streams& streams) {
  if (!is_id(id)) {
    return report(streams,
                  Error{ErrorKind::usage,
                        fmt::format("'{}' can't be a name", escape(id)),
                        "init",
                        {"use small letters, digits, '.', '_' and '-', at most 64 of them"}});
  }
  const std::string path = output.value_or(id + ".toml");
  if (path == "-") {
    streams.out.write(starter_definition(id));
    return ExitStatus::done;
  }
  Result<OutputFile> file = OutputFile::create(path, overwrite);
  if (!file) return report(streams, file.error());
  const Result<void> written = file->commit(starter_definition(id));
  if (!written) return report(streams, written.error());
  streams.err.write(fmt::format("Written: {0}. Edit it, then: attune check {0}\n", escape(path)));
  return ExitStatus::done;
}

}  // namespace attune
