// SPDX-License-Identifier: MIT
// `attune completion`: the scripts for the shells, and what can stand at a place of a command line,
// which the scripts ask for. Whatever goes wrong then is silence: a half-typed line is no error.
#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "attune/text.hpp"

#include "app/check_ins.hpp"
#include "app/commands.hpp"
#include "app/completions.hpp"

namespace attune::app {
namespace {

// What can stand there, and what it means in a few words.
struct Candidate {
  std::string word;
  std::string meaning;
};
using Candidates = std::vector<Candidate>;

constexpr std::size_t most_records = 50;
constexpr std::chrono::milliseconds patience{100};

std::string first_sentence(std::string_view text) {
  std::string words(text.substr(0, text.find(". ")));
  std::ranges::replace(words, '\n', ' ');
  return words;
}

// The words that can follow `before`, nothing or a group, in the name of a command.
Candidates commands_behind(std::string_view before) {
  Candidates found;
  for (const Command* command : commands()) {
    if (!command->name.starts_with(before)) continue;
    const std::string_view rest = command->name.substr(before.size());
    const std::string word(rest.substr(0, rest.find(' ')));
    const bool is_group = word.size() < rest.size();
    if (is_group && found.back().word == word) continue;
    found.push_back({word, is_group ? "your records" : std::string(command->summary)});
  }
  return found;
}

Candidates questionnaires(const World& world) {
  Candidates found;
  for (const auto& entry : world.catalogue.entries()) {
    found.push_back({entry.id, "questionnaire"});
  }
  return found;
}

Candidates records(const World& world) {
  auto history = store::History::open_read_only(world.paths.data, store::no_passphrase, patience);
  if (!history) return {};
  std::vector<Record> all = history->records({});
  std::ranges::sort(all, std::greater(), order_of);
  Candidates found{{"last", "the newest"}};
  for (const Record& record : all) {
    if (found.size() > most_records) break;
    found.push_back({record.id, fmt::format("{} {} {}", render_local_date(record.taken_at),
                                            record.questionnaire, record.about.value_or(""))});
  }
  return found;
}

// Whom answers can be about: those the questionnaire names, and those the person has labelled.
Candidates people(const Questionnaire& questionnaire, const World& world) {
  Candidates found;
  for (const About& about : questionnaire.abouts) found.push_back({about.id, about.phrase});
  auto history = store::History::open_read_only(world.paths.data, store::no_passphrase, patience);
  if (!history) return found;
  std::set<std::string> labelled;
  history->visit_records({}, [&](const Record& record) {
    const bool has_label = record.about && kind_of_about(*record.about) != *record.about;
    if (has_label && find_about(questionnaire, kind_of_about(*record.about)))
      labelled.insert(*record.about);
  });
  for (const std::string& about : labelled) found.push_back({about, "by your label"});
  return found;
}

// The formats that an option names in its help.
Candidates formats_of(const OptionSpec& option) {
  std::string words = fmt::format(" {} ", option.help);
  std::ranges::replace_if(
      words, [](char c) { return c < 'a' || c > 'z'; }, ' ');
  Candidates found;
  for (const char* format : {"text", "json", "csv", "tsv", "jsonl", "markdown", "html", "toml"}) {
    if (words.find(fmt::format(" {} ", format)) != std::string::npos) {
      found.push_back({format, "format"});
    }
  }
  return found;
}

// The values of an option: what the questionnaire with this name has of its kind.
Candidates values_of(const OptionSpec& option, const std::string& name, const World& world) {
  if (option.metavar == "FORMAT") return formats_of(option);
  const Questionnaire questionnaire = world.catalogue.load(name, {}).questionnaire;
  if (option.metavar == "WHOM") return people(questionnaire, world);
  Candidates found;
  if (option.metavar == "FORM") {
    for (const Form& form : questionnaire.forms) found.push_back({form.id, "form"});
  } else if (option.metavar == "SCALE") {
    for (const Scale& scale : questionnaire.scales) found.push_back({scale.id, scale.name});
  } else if (option.metavar == "STEP") {
    for (const NextStep& step : questionnaire.next_steps) found.push_back({step.id, step.title});
  }
  return found;
}

// FILE is the shell's to complete, and of "NAME FILE" the first is a name.
Candidates operands(const OperandSpec& wanted, std::size_t place, const World& world) {
  if (place >= wanted.max) return {};
  Candidates found;
  if (wanted.metavar == "SHELL") {
    for (const Completion& each : completions) found.push_back({std::string(each.shell), "shell"});
  }
  if (wanted.metavar.find("ID") != std::string_view::npos || wanted.metavar == "A B") {
    found = records(world);
  }
  if (wanted.metavar.find("NAME") != std::string_view::npos && place == 0) {
    std::ranges::move(questionnaires(world), std::back_inserter(found));
  }
  return found;
}

Candidates behind_command(const Command& command, std::span<const std::string> words,
                          std::string_view current, const World& world) {
  const std::vector<OptionSpec> known = options_of(command);
  const OptionSpec* awaiting = nullptr;  // the last word is an option whose value comes next
  std::vector<std::string> given;
  for (const std::string& word : words) {
    if (std::exchange(awaiting, nullptr) != nullptr) continue;
    const OptionSpec* option = find_option(known, word);
    if (option != nullptr && needs_value(*option)) awaiting = option;
    if (!word.starts_with('-')) given.push_back(word);
  }
  if (awaiting != nullptr) {
    return values_of(*awaiting, given.empty() ? "closeness" : given.front(), world);
  }
  if (!current.starts_with('-')) return operands(command.operands, given.size(), world);
  Candidates found;
  for (const OptionSpec& option : known) {
    found.push_back({std::string(long_name(option)), first_sentence(option.help)});
  }
  return found;
}

// What can stand in the place of the last word of a command line, the program's name taken off.
Candidates candidates_for(std::vector<std::string> words, const World& world) {
  const std::string current = words.back();
  words.pop_back();
  // They may stand before the command.
  std::erase_if(words, [](const auto& word) { return word == "--plain" || word == "--no-pager"; });
  const bool is_help = !words.empty() && words.front() == "help";
  if (is_help) words.erase(words.begin());
  if (words.empty()) {
    Candidates found = commands_behind("");
    if (!is_help) {
      found.insert(found.end(), {{"help", "explain a command"}, {"--help", ""}, {"--version", ""}});
    }
    return found;
  }
  if (words.size() == 1 && words.front() == "history") return commands_behind("history ");
  std::span<const std::string> rest(words);
  const Command& command = take_command(rest);
  return is_help ? Candidates() : behind_command(command, rest, current, world);
}

ExitStatus run_completion(const Arguments& arguments, World& world) {
  const std::string& shell = arguments.operands().front();
  const auto* const script = std::ranges::find(completions, shell, &Completion::shell);
  if (script == std::end(completions)) {
    std::vector<std::string> known;
    for (const Completion& each : completions) known.emplace_back(each.shell);
    throw unknown_name(ErrorKind::usage, "completion", shell, known);
  }
  const std::vector<std::string> words(arguments.operands().begin() + 1,
                                       arguments.operands().end());
  if (words.empty()) {
    world.streams.out.write(script->script);
    return ExitStatus::done;
  }
  Candidates found;
  try {
    found = candidates_for(words, world);
  } catch (const Error&) {
  }
  for (const Candidate& each : found) {
    if (!each.word.starts_with(words.back())) continue;
    const std::string meaning = shell == "bash" ? "" : "\t" + each.meaning;
    world.streams.out.write(escape(each.word) + meaning + "\n");
  }
  return ExitStatus::done;
}

}  // namespace

const Command completion_row{
    "completion",
    "for bash, zsh or fish",
    "Prints a script that has your shell complete commands, options, questionnaires, people, "
    "records and steps. Where attune was installed from a package, it is in place already.",
    {"SHELL", 1, 1000},
    {},
    {{"attune completion bash > ~/.attune.bash",
      "For bash; a line in ~/.bashrc then says: source ~/.attune.bash"},
     {"attune completion zsh > ~/.attune.zsh",
      "For zsh; a line in ~/.zshrc, behind compinit: source ~/.attune.zsh"},
     {"attune completion fish > ~/.attune.fish",
      "For fish; a line in ~/.config/fish/config.fish: source ~/.attune.fish"}},
    run_completion,
    OpensHistory::no};

}  // namespace attune::app
