// SPDX-License-Identifier: MIT
// The one translation unit that knows CLI11: it takes seconds to compile.
#include "app/arguments.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <fmt/format.h>

#include "attune/text.hpp"

#include "app/options.hpp"
#include "app/streams.hpp"

namespace attune::app {
namespace {

std::string see_help(std::string_view command) {
  return fmt::format("see attune {} --help", command);
}

std::string_view before_equals(std::string_view word) { return word.substr(0, word.find('=')); }

bool is_option_word(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

// CLI11 names what it could not fit in its own words; this finds the word and says it in ours.
Error mismatch(std::string_view command, std::span<const OptionSpec> options,
               std::span<const std::string> words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string name(before_equals(words[i]));
    const OptionSpec* option = find_option(options, name);
    if (option == nullptr) continue;
    const bool has_value = name.size() < words[i].size();
    if (option->metavar.empty() && has_value) {
      return usage_error(name, "takes no value", see_help(command));
    }
    const bool followed = i + 1 < words.size() && !is_option_word(words[i + 1]);
    if (needs_value(*option) && (has_value ? words[i].ends_with('=') : !followed)) {
      return usage_error(name, fmt::format("needs a value, {}", option->metavar),
                         see_help(command));
    }
  }
  return usage_error("", "the options can't be read", see_help(command));
}

Error unknown_option(std::string_view command, std::span<const OptionSpec> options,
                     std::string_view name) {
  std::vector<std::string> known;
  for (const OptionSpec& option : options) known.emplace_back(long_name(option));
  const std::vector<std::string> near = nearest(name, known);
  return usage_error(
      std::string(command), fmt::format("unknown option '{}'", escape(name)),
      near.empty() ? see_help(command) : fmt::format("did you mean {}?", join_or(near)));
}

}  // namespace

std::string_view long_name(const OptionSpec& option) {
  const std::size_t comma = option.names.rfind(',');
  return comma == std::string_view::npos ? option.names : option.names.substr(comma + 1);
}

const OptionSpec* find_option(std::span<const OptionSpec> options, std::string_view name) {
  for (const OptionSpec& option : options) {
    const std::vector<std::string_view> names = split(option.names, ',');
    if (std::ranges::find(names, name) != names.end()) return &option;
  }
  return nullptr;
}

bool Arguments::has(std::string_view name) const {
  return std::ranges::any_of(options_, [&](const auto& option) { return option.first == name; });
}

std::optional<std::string> Arguments::value(std::string_view name) const {
  for (auto option = options_.rbegin(); option != options_.rend(); ++option) {
    if (option->first == name) return option->second;
  }
  return {};
}

Arguments parse_arguments(std::string_view command, std::span<const OptionSpec> options,
                          const OperandSpec& operands, std::span<const std::string> words) {
  Arguments arguments;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<std::pair<const OptionSpec*, CLI::Option*>> known;
  for (const OptionSpec& option : options) {
    const std::string names(option.names);
    CLI::Option* added = needs_value(option) ? app.add_option(names) : app.add_flag(names);
    added->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    if (needs_value(option)) added->type_size(1)->expected(1);
    known.emplace_back(&option, added);
  }
  for (const std::string& word : words) {
    if (word == "--") break;
    // One dash too few would be read as a cluster of short options.
    if (word.size() > 2 && word[0] == '-' && find_option(options, "-" + word) != nullptr) {
      throw unknown_option(command, options, word);
    }
  }
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError&) {
    throw mismatch(command, options, words);
  }
  for (const auto& [option, parsed] : known) {
    if (parsed->count() == 0) continue;
    const std::string& value = parsed->results().back();
    const bool bare_flag = !needs_value(*option) && value == "true";
    if (option->metavar.empty() && !bare_flag) throw mismatch(command, options, words);
    arguments.options_.emplace_back(long_name(*option), bare_flag ? std::string() : value);
  }
  bool options_ended = false;
  for (const std::string& word : app.remaining()) {
    if (word == "--" && !options_ended) {
      options_ended = true;
    } else if (!options_ended && is_option_word(word)) {
      throw unknown_option(command, options, before_equals(word));
    } else {
      arguments.operands_.push_back(word);
    }
  }
  const std::size_t given = arguments.operands_.size();
  if (given < operands.min) {
    const std::vector<std::string_view> names = split(operands.metavar, ' ');
    throw usage_error(
        std::string(command),
        given == 0
            ? fmt::format("needs {}", fmt::join(std::span(names).first(operands.min), " and "))
            : fmt::format("{} is missing", names[given]),
        see_help(command));
  }
  if (given > operands.max) {
    throw usage_error(std::string(command),
                      fmt::format("unexpected '{}'", escape(arguments.operands_[operands.max])),
                      see_help(command));
  }
  return arguments;
}

}  // namespace attune::app
