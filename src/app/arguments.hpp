// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attune::app {

/// One option of a command, as help, parsing, completion and the manual test know it.
struct OptionSpec {
  std::string_view names;    ///< "-o,--output"; the long one last
  std::string_view metavar;  ///< "FILE"; "[=SEED]" where it may be left out; empty: no value
  std::string_view help;     ///< one or two sentences; a line break counts as a space
};

/// How many operands a command takes besides its options.
struct OperandSpec {
  std::string_view metavar;  ///< "NAME", "FILE..."
  std::size_t min = 0;
  std::size_t max = 0;
};

/// What was on the command line, after it fitted the command's options.
class Arguments {
 public:
  [[nodiscard]] bool has(std::string_view long_name) const;

  /// The last value given, or nothing.
  [[nodiscard]] std::optional<std::string> value(std::string_view long_name) const;

  [[nodiscard]] const std::vector<std::string>& operands() const { return operands_; }

 private:
  friend Arguments parse_arguments(std::string_view, std::span<const OptionSpec>,
                                   const OperandSpec&, std::span<const std::string>);
  std::vector<std::pair<std::string, std::string>> options_;
  std::vector<std::string> operands_;
};

/// Reads `words` (without the command's name). Every error is `usage`: an unknown option names the
/// nearest, a missing or unexpected value and a wrong number of operands say so. Touches nothing
/// but its arguments.
[[nodiscard]] Arguments parse_arguments(std::string_view command,
                                        std::span<const OptionSpec> options,
                                        const OperandSpec& operands,
                                        std::span<const std::string> words);

/// Whether the value of an option may be the word behind it.
[[nodiscard]] inline bool needs_value(const OptionSpec& option) {
  return !option.metavar.empty() && option.metavar.front() != '[';
}

/// "--output" of "-o,--output".
[[nodiscard]] std::string_view long_name(const OptionSpec& option);

/// The option with this name, long or short; null where there is none.
[[nodiscard]] const OptionSpec* find_option(std::span<const OptionSpec> options,
                                            std::string_view name);

}  // namespace attune::app
