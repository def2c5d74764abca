// SPDX-License-Identifier: MIT
// `attune history export`, `import` and `backup`.
#include <array>
#include <fmt/format.h>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/text.hpp"
#include "attune/transfer.hpp"

#include "app/commands.hpp"
#include "app/commands/check_ins.hpp"
#include "app/commands/history.hpp"
#include "app/options.hpp"

namespace attune::app {
namespace {

constexpr OptionSpec export_options[] = {
    output_option,
    force_option,
    {"--redact", "WHAT",
     R"(Leave out text (notes and answers in words), or answers (every answer, with scores in their
        place).)",
     Value::required},
};
constexpr Example export_examples[] = {
    {"attune history export -o history.jsonl", "All records, one per line, to keep or to move."},
    {"attune history export --redact answers | jq -c .scores",
     "Scores without the answers they come from."},
};

constexpr Example import_examples[] = {
    {"attune history import history.jsonl", "Add what is not there yet; what is there is left."},
    {"attune history export | attune history import -", "Nothing is new, so nothing changes."},
};

constexpr OptionSpec backup_options[] = {force_option};
constexpr Example backup_examples[] = {
    {"attune history backup history-backup.db", "A copy that opens as a history."},
    {"attune history backup --force history-backup.db", "Replace the last one."},
};

store::Redact redact_of(const Arguments& arguments) {
  const auto value = arguments.value("--redact");
  if (!value) return store::Redact::nothing;
  if (*value == "text") return store::Redact::text;
  if (*value == "answers") return store::Redact::answers;
  throw unknown_name(ErrorKind::usage, "--redact", *value,
                     std::array<std::string, 2>{"text", "answers"});
}

std::vector<store::ExportedScore> exported_scores(const CheckIn& check_in) {
  std::vector<store::ExportedScore> scores;
  if (check_in.questionnaire == nullptr) return scores;
  for (std::size_t i = 0; i < check_in.scores.size(); ++i) {
    scores.push_back({check_in.questionnaire->scales[i].id, check_in.scores[i].estimate});
  }
  return scores;
}

std::string export_text(store::History& history, const std::optional<std::string>& questionnaire,
                        store::Redact redact) {
  const store::RecordFilter filter{.questionnaire = questionnaire};
  std::size_t count = 0;
  const std::vector<TriedStep> tried = history.tried_steps(questionnaire);
  history.visit_records(filter, [&](const Record&) { ++count; });

  std::string text;
  const store::DefinitionTexts texts = [&](const std::string& sha256) {
    return history.definition_text(sha256).value_or("");
  };
  store::ExportLines lines(count + tried.size(), redact);
  KeptDefinitions definitions(history);
  visit_check_ins(history, definitions, {filter, {}}, [&](const CheckIn& check_in) {
    text += lines.record(check_in.record, texts, exported_scores(check_in));
  });
  for (const TriedStep& step : tried) text += lines.tried(step);
  return text;
}

ExitStatus run_history_export(const Arguments& arguments, World& world) {
  const store::Redact redact = redact_of(arguments);
  std::optional<store::History> history = open_to_read(world);
  std::optional<OutputFile> file = create_output(output_of(arguments), overwrite_of(arguments));
  std::string text;
  if (history) text = export_text(*history, first_operand(arguments), redact);
  return write_result(world.streams, file, text);
}

store::Import read_import(const std::string& text, const std::string& file) {
  try {
    return store::read_export(text);
  } catch (Error& error) {  // knows only the line
    error.place = fmt::format("{}:{}", file, error.place);
    throw;
  }
}

store::Imported add_to_history(const store::Import& import, const std::string& file,
                               const World& world) {
  store::History history = store::History::open_or_create(world.paths.data, world.ask_passphrase);
  try {
    return history.add_import(import, world.clock.now());
  } catch (Error& error) {  // knows only the record's id
    for (std::size_t i = 0; i < import.records.size(); ++i) {
      if (import.records[i].id != error.place) continue;
      error.place = fmt::format("{}:{}: {}", file, import.lines[i], error.place);
      break;
    }
    throw;
  }
}

// The whole file is read and checked before the history is opened.
ExitStatus run_history_import(const Arguments& arguments, World& world) {
  const std::string& operand = arguments.operands().front();
  const std::string file = operand == "-" ? "standard input" : operand;
  const std::string text = operand == "-"
                               ? read_all(world.streams.in, store::max_export_bytes, file)
                               : store::read_regular_file(operand, store::max_export_bytes);
  const store::Import import = read_import(text, file);
  const store::Imported imported = add_to_history(import, file, world);
  const std::size_t known = import.records.size() - imported.records;
  std::string words = "Imported: " + counted(imported.records, "record");
  if (imported.tried > 0) words += fmt::format(" and {} tried", counted(imported.tried, "step"));
  if (known > 0) {
    words += fmt::format("; {} {} there already", known, known == 1 ? "was" : "were");
  }
  world.streams.out.write(words + ".\n");
  return ExitStatus::done;
}

ExitStatus run_history_backup(const Arguments& arguments, World& world) {
  const std::string& operand = arguments.operands().front();
  store::History history = existing(open_to_read(world));
  if (operand == "-") {
    // Into a pipe, to be compressed or encrypted on the way.
    if (world.streams.out_is_terminal) {
      throw Error{ErrorKind::usage,
                  "a backup is nothing to read on a terminal",
                  "history backup",
                  {"name a file, or send it into a pipe"}};
    }
    world.streams.out.write(history.image());
    return ExitStatus::done;
  }
  OutputFile file = OutputFile::create(operand, overwrite_of(arguments));
  file.commit(history.image());
  world.streams.err.write(fmt::format("Written: {}, readable by you alone.\n", escape(operand)));
  return ExitStatus::done;
}

}  // namespace

const Command history_export_row{
    "history export",
    "records as JSON Lines",
    R"(Writes all records, or those of one questionnaire, as JSON Lines with raw answers, order,
       times and the text of each definition: everything that history import needs.
       attune-history(5) documents the lines.)",
    {"NAME", 0, 1},
    export_options,
    export_examples,
    run_history_export};

const Command history_import_row{
    "history import",
    "add exported records",
    R"(Adds the records of an export that your history does not have; - reads standard input. The
       whole file is checked first: if one line is wrong, nothing is imported.)",
    {"FILE", 1, 1},
    {},
    import_examples,
    run_history_import};

const Command history_backup_row{
    "history backup",
    "copy the whole history to a file",
    R"(Writes a copy of the history, drafts and deleted records included, that only you can read. To
       go back to it, put it in the place of history.db. With - as FILE it goes into a pipe.)",
    {"FILE", 1, 1},
    backup_options,
    backup_examples,
    run_history_backup};

}  // namespace attune::app
