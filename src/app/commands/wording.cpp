// SPDX-License-Identifier: MIT
// `attune wording`: makes a text-only file in the person's own directory from one statement per
// line.
#include "app/commands/wording.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <span>

#include "attune/catalogue.hpp"
#include "attune/definition.hpp"
#include "attune/text.hpp"

#include "app/commands.hpp"
#include "app/options.hpp"
#include "store/private_files.hpp"

namespace attune::app {
namespace {

constexpr OptionSpec wording_options[] = {
    {"--language", "LANG", "The language of the statements; that of the questionnaire by default.",
     Value::required},
    {"--force", "", "Replace a wording added before."},
};
constexpr Example wording_examples[] = {
    {"attune wording closeness statements.txt --language de",
     "Add your own German translation of the 36 statements."},
    {"attune wording mine - < statements.txt", "Read the lines from standard input."},
};

constexpr std::size_t most_wording_bytes = std::size_t{1024} * 1024;

// forms[0] is the built-in one with every item.
std::span<const Form> named_forms(const Questionnaire& questionnaire) {
  return std::span(questionnaire.forms).subspan(1);
}

// How many statements come again in every form: when the named forms, two or more, divide the items
// among them in equal parts, each with a title. Nothing for any other questionnaire.
std::optional<std::size_t> repeated_items(const Questionnaire& questionnaire) {
  const std::span<const Form> forms = named_forms(questionnaire);
  if (forms.size() < 2) return {};
  const std::size_t count = forms.front().items.size();
  if (count * forms.size() != questionnaire.items.size()) return {};
  std::vector<bool> seen(questionnaire.items.size());
  for (const Form& form : forms) {
    if (form.items.size() != count || form.title.empty()) return {};
    for (const std::size_t item : form.items) seen[item] = true;
  }
  const bool has_all = std::all_of(seen.begin(), seen.end(), [](bool each) { return each; });
  return has_all ? std::optional(count) : std::nullopt;
}

// One statement for every item: each of `lines` for every form, behind the form's title, which says
// whom it is about: "Your mother: …". Precondition: `lines` has `repeated_items` lines.
std::vector<std::string> repeat_for_forms(const Questionnaire& questionnaire,
                                          const std::vector<std::string>& lines) {
  std::vector<std::string> statements(questionnaire.items.size());
  for (const Form& form : named_forms(questionnaire)) {
    for (std::size_t i = 0; i < form.items.size(); ++i) {
      statements[form.items[i]] = form.title + ": " + lines[i];
    }
  }
  return statements;
}

// "Your mother, Your father": the titles of the named forms.
std::string titles_of_forms(const Questionnaire& questionnaire) {
  std::string titles;
  for (const Form& form : named_forms(questionnaire)) {
    if (!titles.empty()) titles += ", ";
    titles += form.title;
  }
  return titles;
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

// One statement for every item, in their order.
std::vector<std::string> statements_for(const Questionnaire& questionnaire, const std::string& file,
                                        const Streams& streams) {
  std::vector<std::string> statements =
      statements_in(file == "-" ? read_all(streams.in, most_wording_bytes, file)
                                : store::read_regular_file(file, most_wording_bytes));
  if (const auto repeated = repeated_items(questionnaire); statements.size() == repeated) {
    return repeat_for_forms(questionnaire, statements);
  }
  if (statements.size() == questionnaire.items.size()) return statements;
  throw wrong_count(questionnaire, statements.size(), file);
}

ExitStatus run_wording(const Arguments& arguments, World& world) {
  const std::string& file = arguments.operands()[1];
  const store::LoadedDefinition loaded =
      store::Catalogue(world.paths.definitions).load(arguments.operands()[0], {});
  const Questionnaire& questionnaire = loaded.questionnaire;
  const std::string language = arguments.value("--language").value_or(questionnaire.language);
  const std::string wording = definition::render_wording(
      questionnaire, language, statements_for(questionnaire, file, world.streams));
  const definition::TextsFile checked =
      definition::check_texts(wording, questionnaire, definition::CheckDepth::use);
  if (!checked.texts) {
    for (const definition::Problem& problem : checked.problems) {
      write_problem(world.streams.err, file, problem);
    }
    return ExitStatus::bad_data;
  }
  const auto directory = world.paths.config / "questionnaires";
  store::make_private_directory(directory);
  const auto path = directory / fmt::format("{}.{}.toml", questionnaire.id, language);
  OutputFile::create(path, overwrite_of(arguments)).commit(wording);
  world.streams.err.write(fmt::format(
      "Written: {}. To be asked with it: attune take {}{}\n", escape(path.native()),
      questionnaire.id, language == questionnaire.language ? "" : " --language " + language));
  return ExitStatus::done;
}

}  // namespace

std::vector<std::string> statements_in(std::string_view text) {
  std::vector<std::string> statements;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view statement = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!statement.empty()) statements.emplace_back(statement);
  }
  return statements;
}

std::size_t lines_of_wording(const Questionnaire& questionnaire) {
  return repeated_items(questionnaire).value_or(questionnaire.items.size());
}

const Command wording_row{
    "wording",
    "add the wording or a translation of a questionnaire",
    R"(Makes a text-only file in your own directory from one statement per line, in the order of the
       items. It holds no keys and no numbers, so it can't change a score. Use it for a translation,
       or for the published wording of an instrument whose key alone is shipped.)",
    {"NAME FILE", 2, 2},
    wording_options,
    wording_examples,
    run_wording,
    OpensHistory::no};

}  // namespace attune::app
