// SPDX-License-Identifier: MIT
// `attune completion`: the scripts for the shells, and what can stand at a place of a command line,
// which the scripts ask for. Whatever goes wrong then is silence: a half-typed line is no error.
#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <set>
#include <string>
#include <vector>

#include "attune/catalogue.hpp"
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

// The words of a command line behind its command and before the one that is being typed.
struct Typed {
  const Command* command = nullptr;
  const OptionSpec* awaiting = nullptr;  // the last one is an option whose value comes next
  std::vector<std::string> operands;
  bool options_ended = false;
};

constexpr std::size_t most_records = 50;
constexpr std::chrono::milliseconds patience{100};

std::string first_sentence(std::string_view text) {
  std::string words(text.substr(0, text.find(". ")));
  std::ranges::replace(words, '\n', ' ');
  return words;
}

// The second words of `group`, or all first words where it is empty.
Candidates commands_in(std::string_view group) {
  Candidates found;
  for (const Command* command : commands()) {
    const std::size_t blank = command->name.find(' ');
    const std::string_view head = command->name.substr(0, blank);
    if (blank == std::string_view::npos) {
      if (group.empty()) found.emplace_back(std::string(head), std::string(command->summary));
    } else if (head == group) {
      found.emplace_back(std::string(command->name.substr(blank + 1)),
                         std::string(command->summary));
    } else if (group.empty() && found.back().word != head) {
      found.emplace_back(std::string(head), "your records");
    }
  }
  return found;
}

Candidates questionnaires(const World& world) {
  Candidates found;
  for (const auto& entry : store::Catalogue(world.paths.definitions).entries()) {
    found.emplace_back(entry.id, "questionnaire");
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
    found.emplace_back(record.id, fmt::format("{} {} {}", render_local_date(record.taken_at),
                                              record.questionnaire, record.about.value_or("")));
  }
  return found;
}

// Whom answers can be about: those the questionnaire names, and those that the person has labelled.
Candidates people(const Questionnaire& questionnaire, const World& world) {
  Candidates found;
  for (const About& about : questionnaire.abouts) found.emplace_back(about.id, about.phrase);
  auto history = store::History::open_read_only(world.paths.data, store::no_passphrase, patience);
  if (!history) return found;
  std::set<std::string> labelled;
  history->visit_records({}, [&](const Record& record) {
    const bool has_label = record.about && kind_of_about(*record.about) != *record.about;
    if (has_label && find_about(questionnaire, kind_of_about(*record.about))) {
      labelled.insert(*record.about);
    }
  });
  for (const std::string& about : labelled) found.emplace_back(about, "by your label");
  return found;
}

// The values of an option: those that it names itself, or what the questionnaire has of its kind.
Candidates values_of(const OptionSpec& option, const Typed& typed, const World& world) {
  Candidates found;
  if (option.metavar == "FORMAT") {
    for (const char* format : {"text", "json", "csv", "tsv", "jsonl", "markdown", "html", "toml"}) {
      std::string words = fmt::format(" {} ", option.help);
      std::ranges::replace_if(
          words, [](char c) { return c < 'a' || c > 'z'; }, ' ');
      if (words.find(fmt::format(" {} ", format)) != std::string::npos) {
        found.emplace_back(format, "format");
      }
    }
    return found;
  }
  const std::string name = typed.operands.empty() ? "closeness" : typed.operands.front();
  const Questionnaire questionnaire =
      store::Catalogue(world.paths.definitions).load(name, {}).questionnaire;
  if (option.metavar == "WHOM") return people(questionnaire, world);
  if (option.metavar == "FORM") {
    for (const Form& form : questionnaire.forms) found.emplace_back(form.id, "form");
  } else if (option.metavar == "SCALE") {
    for (const Scale& scale : questionnaire.scales) found.emplace_back(scale.id, scale.name);
  } else if (option.metavar == "STEP") {
    for (const NextStep& step : questionnaire.next_steps) found.emplace_back(step.id, step.title);
  }
  return found;
}

Candidates options(const Typed& typed) {
  Candidates found;
  for (const OptionSpec& option : options_of(*typed.command)) {
    found.emplace_back(std::string(long_name(option)), first_sentence(option.help));
  }
  found.emplace_back("--help", "Show this help");
  for (const OptionSpec& option : common_options) {
    found.emplace_back(std::string(long_name(option)), first_sentence(option.help));
  }
  return found;
}

Candidates operands(const Typed& typed, const World& world) {
  const OperandSpec& wanted = typed.command->operands;
  if (typed.operands.size() >= wanted.max) return {};
  // FILE is the shell's to complete, and of "NAME FILE" the first is a name.
  const bool is_second = !typed.operands.empty();
  Candidates found;
  if (wanted.metavar.find("ID") != std::string_view::npos || wanted.metavar == "A B") {
    found = records(world);
  }
  if (wanted.metavar.find("NAME") != std::string_view::npos && !is_second) {
    std::ranges::move(questionnaires(world), std::back_inserter(found));
  }
  if (wanted.metavar.starts_with("SHELL") && !is_second) {
    for (const Completion& each : completions) found.emplace_back(std::string(each.shell), "shell");
  }
  return found;
}

// Takes the options and operands apart that stand behind the command.
void read_typed(Typed& typed, std::span<const std::string> words,
                std::span<const OptionSpec> known) {
  for (const std::string& word : words) {
    if (std::exchange(typed.awaiting, nullptr) != nullptr) continue;
    if (word == "--") {
      typed.options_ended = true;
    } else if (!typed.options_ended && word.starts_with('-') && word.size() > 1) {
      typed.awaiting = find_option(known, word);
      const bool needs_value = typed.awaiting != nullptr && !typed.awaiting->metavar.empty() &&
                               typed.awaiting->value == Value::required;
      if (!needs_value) typed.awaiting = nullptr;
    } else {
      typed.operands.push_back(word);
    }
  }
}

Candidates behind_command(const Command& command, std::span<const std::string> words,
                          const std::string& current, const World& world) {
  Typed typed{&command, nullptr, {}, false};
  const std::vector<OptionSpec> known = options_of(command);
  read_typed(typed, words, known);
  if (typed.awaiting != nullptr) return values_of(*typed.awaiting, typed, world);
  const std::size_t equals = current.find('=');
  if (typed.options_ended || !current.starts_with('-')) return operands(typed, world);
  if (equals == std::string::npos) return options(typed);
  const OptionSpec* option = find_option(known, current.substr(0, equals));
  if (option == nullptr) return {};
  Candidates found = values_of(*option, typed, world);
  for (Candidate& each : found) each.word.insert(0, current.substr(0, equals + 1));
  return found;
}

// What can stand in the place of the last word of a command line, the program's name taken off.
Candidates candidates_for(std::vector<std::string> words, const World& world) {
  const std::string current = words.back();
  words.pop_back();
  if (!words.empty() && words.back() == "--color") {
    return {{"auto", "on a terminal"}, {"always", ""}, {"never", ""}};
  }
  for (auto word = words.begin(); word != words.end();) {
    const bool is_common =
        *word == "--plain" || *word == "--no-pager" || word->starts_with("--color");
    const int count = !is_common ? 0 : *word == "--color" ? 2 : 1;
    word = is_common ? words.erase(word, word + count) : word + 1;
  }
  const bool is_help = !words.empty() && words.front() == "help";
  if (is_help) words.erase(words.begin());
  if (words.empty()) {
    Candidates found = commands_in("");
    if (!is_help) {
      found.insert(found.end(), {{"help", "explain a command"}, {"--help", ""}, {"--version", ""}});
    }
    return found;
  }
  const Candidates grouped = commands_in(words.front());
  if (!grouped.empty() && words.size() == 1) return grouped;
  const std::size_t length = grouped.empty() ? 1 : 2;
  const std::string name = grouped.empty() ? words[0] : words[0] + " " + words[1];
  const auto all = commands();
  const auto command = std::ranges::find(all, name, &Command::name);
  if (command == all.end() || is_help) return {};
  return behind_command(**command, std::span(words).subspan(length), current, world);
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
    "records "
    "and steps. Where attune was installed from a package, it is in place already.",
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
