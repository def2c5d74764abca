// SPDX-License-Identifier: MIT
#include "app/commands/score.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/messages.hpp"

namespace attune {
namespace {

std::optional<Error> check_range(const Questionnaire& questionnaire,
                                 const std::vector<std::size_t>& items) {
  const auto uses_another = [&](std::size_t item) {
    return questionnaire.items[item].response_scale !=
           questionnaire.items[items.front()].response_scale;
  };
  if (std::none_of(items.begin(), items.end(), uses_another)) return std::nullopt;
  return Error{ErrorKind::usage,
               fmt::format("the items of '{}' do not share one range", questionnaire.id),
               "--range",
               {"it can only be used where all items are answered on the same response scale"}};
}

std::optional<Error> check_fit(const Questionnaire& questionnaire, std::size_t form,
                               const RowOptions& options) {
  const std::vector<std::size_t> items = scored_items(questionnaire, form);
  if (items.empty()) {
    return Error{ErrorKind::usage,
                 fmt::format("'{}' has no items that count for a score", questionnaire.id),
                 "",
                 {}};
  }
  if (options.columns && options.columns->size() != items.size()) {
    return Error{
        ErrorKind::usage,
        fmt::format("{} {} for {} {}", options.columns->size(),
                    options.columns->size() == 1 ? "column" : "columns", items.size(),
                    items.size() == 1 ? "item" : "items"),
        "--columns",
        {fmt::format("name one for each item, from '{}' to '{}'",
                     questionnaire.items[items.front()].id, questionnaire.items[items.back()].id)}};
  }
  return options.range ? check_range(questionnaire, items) : std::nullopt;
}

std::optional<Error> check_region(const Questionnaire& questionnaire, const ScoreRequest& request) {
  if (!request.options.columns.region) return std::nullopt;
  if (!plane_axes(questionnaire)) {
    return Error{
        ErrorKind::usage, fmt::format("'{}' has no regions", questionnaire.id), "--region", {}};
  }
  if (!request.source.options.range) return std::nullopt;
  return Error{ErrorKind::usage,
               "the regions are drawn on the range of the key",
               "--region",
               {"it can't be used with --range"}};
}

// Says which samples the percentiles are of, as no number of that kind means anything without.
std::optional<Error> tell_norms(const RowKey& key, const ScoreRequest& request, Streams& streams) {
  if (!request.options.columns.percentile) return std::nullopt;
  std::string told;
  for (std::size_t i = 0; i < key.questionnaire.scales.size(); ++i) {
    const Scale& scale = key.questionnaire.scales[i];
    if (scale.parent && !request.options.columns.facets) continue;
    const Norm* norm =
        percentile_norm(key.questionnaire, key.form, i, request.source.options.range);
    if (norm == nullptr) continue;
    told += fmt::format("{}_percentile: place among {} (n = {}), rounded to 5\n", scale.id,
                        escape(norm->sample), norm->n);
  }
  if (told.empty()) {
    return Error{ErrorKind::usage,
                 fmt::format("'{}' has no norms for this range of answers", key.questionnaire.id),
                 "--percentiles",
                 {fmt::format("attune show {} lists its norms", key.questionnaire.id)}};
  }
  streams.err.write(told);
  return std::nullopt;
}

// A kept column may not bear the name of one that is added: a program would read one for the other.
std::optional<Error> check_kept(const Questionnaire& questionnaire, const ScoreRequest& request) {
  const ScoreColumns& columns = request.options.columns;
  std::vector<std::string> added;
  for (const Scale& scale : questionnaire.scales) {
    if (scale.parent && !columns.facets) continue;
    for (const char* suffix : {"", "_se", "_percentile", "_answered"}) {
      added.push_back(scale.id + suffix);
    }
  }
  for (const Derived& derived : questionnaire.derived) {
    added.insert(added.end(), {derived.id, derived.id + "_se"});
  }
  if (columns.care) added.insert(added.end(), {"longest_run", "irv", "answered_share"});
  if (columns.region) added.emplace_back("region");
  if (columns.error) added.emplace_back("error");
  for (const std::string& name : request.source.options.keep) {
    if (std::find(added.begin(), added.end(), name) == added.end()) continue;
    return Error{ErrorKind::usage,
                 fmt::format("'{}' is the name of a column of scores", escape(name)),
                 "--keep",
                 {"give that column of the data another name"}};
  }
  return std::nullopt;
}

// Cells that are kept pass through as they are, but not to a terminal, which would obey them.
std::string for_terminal(std::string_view rows) {
  std::string shown;
  while (true) {
    const std::size_t tab = rows.find('\t');
    shown += escape_lines(rows.substr(0, tab));
    if (tab == std::string_view::npos) return shown;
    shown += '\t';
    rows.remove_prefix(tab + 1);
  }
}

}  // namespace

Result<RowKey, ExitStatus> load_row_key(const RowSource& source, const Catalogue& catalogue,
                                        Streams& streams) {
  Result<LoadedDefinition, LoadError> loaded =
      try_load(catalogue, source.questionnaire, std::nullopt);
  if (!loaded) return report(streams, loaded.error());
  RowKey key{std::move(loaded->questionnaire), 0};
  if (source.form) {
    const auto form = find_form(key.questionnaire, *source.form);
    if (!form) {
      std::vector<std::string> ids;
      for (const Form& each : key.questionnaire.forms) ids.push_back(each.id);
      return report(streams, unknown_name(ErrorKind::usage, "--form", *source.form, ids));
    }
    key.form = *form;
  }
  if (const auto error = check_fit(key.questionnaire, key.form, source.options)) {
    return report(streams, *error);
  }
  return key;
}

ExitStatus score_rows(const ScoreRequest& request, const Catalogue& catalogue, Streams& streams) {
  const Result<RowKey, ExitStatus> key = load_row_key(request.source, catalogue, streams);
  if (!key) return key.error();
  if (const auto error = check_region(key->questionnaire, request)) return report(streams, *error);
  if (const auto error = check_kept(key->questionnaire, request)) return report(streams, *error);
  if (const auto error = tell_norms(*key, request, streams)) return report(streams, *error);
  const Result<RowInput> input = RowInput::open(request.source.input, streams);
  if (!input) return report(streams, input.error());
  Result<std::optional<OutputFile>> created = create_output(request.output, request.overwrite);
  if (!created) return report(streams, created.error());
  std::optional<OutputFile>& file = *created;
  Output& out = file ? file->content() : streams.out;
  const bool is_shown = !file && streams.out_is_terminal;

  RowReader reader(key->questionnaire, key->form, request.source.options);
  RowScorer scorer(key->questionnaire, key->form, request.options);
  const ExitStatus status = run_rows(*input, reader, scorer, request.run, streams, [&] {
    out.write(is_shown ? for_terminal(scorer.text()) : scorer.text());
    scorer.clear_text();
    return out.flush() && !out.is_closed();
  });
  const bool is_whole = status == ExitStatus::done || status == ExitStatus::no;
  if (file && !is_whole) {
    streams.err.write(fmt::format("attune: {}: not written\n", escape(*request.output)));
  }
  if (!file || !is_whole) return status;
  const Result<void> written = file->commit();
  return written ? status : report(streams, written.error());
}

}  // namespace attune
