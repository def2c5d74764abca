// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "attune/decimal.hpp"
#include "attune/session.hpp"
#include "attune/text.hpp"

#include "app/terminal/front_end.hpp"

namespace attune::app {
namespace {

constexpr std::size_t most_part_bytes = 16'000;  // of a text of 4,000 characters
constexpr std::size_t most_named_problems = 50;

using AnswerProblems = std::vector<Error>;
// What was given for each item of the questionnaire, by its index; nothing where it was not named.
using Given = std::vector<std::optional<std::string>>;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Commas and line ends separate, where there are none semicolons, else blanks; empty lines at the
// end mean nothing.
std::vector<std::string_view> split_answers(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  text = text.substr(0, text.find_last_not_of("\r\n") + 1);
  std::string_view separators = ",\n";
  if (text.find_first_of(separators) == std::string_view::npos)
    separators = text.find(';') != std::string_view::npos ? ";" : " \t";
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(separators);
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty() || separators.front() != ' ') parts.push_back(part);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
    if (text.empty() && separators.front() != ' ') parts.emplace_back();
  }
  return parts;
}

Error answer_problem(std::string place, std::string message, std::vector<std::string> advice = {}) {
  return Error(ErrorKind::bad_data, std::move(message), std::move(place), std::move(advice));
}

Given given_by_position(const Questionnaire& questionnaire, std::size_t form,
                        const std::vector<std::string_view>& parts, AnswerProblems& problems) {
  Given given(questionnaire.items.size());
  const std::vector<std::size_t>& items = questionnaire.forms[form].items;
  if (parts.size() != items.size()) {
    problems.push_back(answer_problem(
        "",
        fmt::format("{} for {}", counted(parts.size(), "answer"), counted(items.size(), "item")),
        {"write one for each item, s to skip, or name them: id=answer"}));
  }
  for (std::size_t i = 0; i < std::min(parts.size(), items.size()); ++i) given[items[i]] = parts[i];
  return given;
}

Given given_by_name(const Questionnaire& questionnaire, std::size_t form,
                    const std::vector<std::string_view>& parts, AnswerProblems& problems) {
  Given given(questionnaire.items.size());
  std::vector<std::string> ids;
  for (const std::size_t item : questionnaire.forms[form].items) {
    ids.push_back(questionnaire.items[item].id);
  }
  std::size_t left = parts.size();
  for (const std::string_view part : parts) {
    if (problems.size() == most_named_problems) {
      problems.push_back(answer_problem("", fmt::format("{} more were not checked", left)));
      break;
    }
    --left;
    const std::size_t equals = part.find('=');
    const std::string id(trim(part.substr(0, equals)));
    if (equals == std::string_view::npos) {
      problems.push_back(answer_problem("", fmt::format("'{}' does not name an item", escape(part)),
                                        {"write id=answer"}));
    } else if (std::ranges::find(ids, id) == ids.end()) {
      problems.push_back(unknown_name(ErrorKind::bad_data, "", id, ids, "unknown item"));
    } else if (given[*find_item(questionnaire, id)]) {
      problems.push_back(answer_problem(id, "is answered twice", {"name each item once"}));
    } else {
      given[*find_item(questionnaire, id)] = trim(part.substr(equals + 1));
    }
  }
  return given;
}

bool is_skip(const std::optional<std::string>& text) { return !text || *text == "s"; }

// The answer to `item`, or Skipped; a problem is noted and counts as skipped.
Answer answer_from(const Questionnaire& questionnaire, const Item& item,
                   const std::optional<std::string>& text, AnswersFrom from,
                   AnswerProblems& problems) {
  if (is_skip(text)) return Skipped{};
  if (item.kind == ItemKind::text && from == AnswersFrom::command_line) {
    problems.push_back(
        answer_problem(item.id, "text is not taken from the command line, where others can read it",
                       {"give it in a file or on standard input: --answers -"}));
    return Skipped{};
  }
  try {
    // Spreadsheets write 4 as 4.0.
    const auto number = item.kind == ItemKind::rating ? parse_decimal(*text) : std::nullopt;
    return parse_answer(questionnaire, item, number ? render_decimal(*number) : *text);
  } catch (const Error& error) {
    problems.push_back(error);
    if (text->empty()) problems.back().advice = {"write s to skip an item"};
    return Skipped{};
  }
}

}  // namespace

ScriptedAnswers scripted_answers(const Questionnaire& questionnaire, std::size_t form,
                                 std::string_view text, AnswersFrom from) {
  if (invalid_utf8(text)) return {{}, {answer_problem("", "the answers are not valid UTF-8")}};
  const std::vector<std::string_view> parts = split_answers(text);
  const auto is_too_long = [](std::string_view part) { return part.size() > most_part_bytes; };
  if (std::ranges::any_of(parts, is_too_long)) {
    return {{}, {answer_problem("", "an answer is longer than 4,000 characters")}};
  }
  AnswerProblems problems;
  const bool named = text.find('=') != std::string_view::npos;
  Given given = named ? given_by_name(questionnaire, form, parts, problems)
                      : given_by_position(questionnaire, form, parts, problems);
  session::Session session(questionnaire, session::plan(questionnaire, form, {}));
  while (session.stage() == session::Stage::asking) {
    const std::size_t item = session.item();
    const std::size_t known = problems.size();
    session.answer(
        answer_from(questionnaire, questionnaire.items[item], given[item], from, problems), 0);
    if (!named && problems.size() > known) {
      const auto& items = questionnaire.forms[form].items;
      problems.back().place +=
          fmt::format(", answer {}", std::ranges::find(items, item) - items.begin() + 1);
    }
    given[item].reset();
  }
  for (std::size_t item = 0; item < given.size(); ++item) {
    if (is_skip(given[item])) continue;
    problems.push_back(answer_problem(questionnaire.items[item].id,
                                      "is not asked after these answers",
                                      {"write s for it, or leave it out"}));
  }
  return {session.responses(), std::move(problems)};
}

bool is_answers_text(std::string_view value) {
  return value.find_first_of(",=;") != std::string_view::npos || parse_decimal(value).has_value() ||
         value.find_first_not_of("0123456789.s ") == std::string_view::npos;
}

}  // namespace attune::app
