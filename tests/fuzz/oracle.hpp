// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "attune/definition.hpp"

namespace attune::test {

/// Ends the process when what a target promises does not hold, saying which promise it was.
inline void expect(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", promise);
  std::abort();
}

/// Bytes as decisions, one after another; zeros when there are no more.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

  unsigned byte() {
    if (rest_.empty()) return 0;
    const auto first = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }

  /// A number below `bound`.
  std::size_t below(std::size_t bound) { return byte() % bound; }

  /// The bytes up to the next newline, or to the end.
  std::string_view line() {
    const std::size_t end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    return line;
  }

 private:
  std::string_view rest_;
};

/// A basic string of TOML that holds `text`, whose characters are legal in one.
inline std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    c == '\n' ? quoted += "\\n" : quoted += c;
  }
  return quoted + '"';
}

inline bool has_errors(const definition::Problems& problems) {
  for (const definition::Problem& problem : problems) {
    if (problem.severity == definition::Severity::error) return true;
  }
  return false;
}

/// In order of place, within the text, and no more of them than are promised.
inline void expect_problems_in_order(const definition::Problems& problems, std::string_view text) {
  constexpr std::size_t most = 1'001;  // the last says how many are not shown
  std::size_t lines = 1;
  for (const char c : text) lines += c == '\n' ? 1 : 0;
  expect(problems.size() <= most, "problems are at most 1,000 and one");
  for (std::size_t i = 0; i < problems.size(); ++i) {
    const definition::Problem& problem = problems[i];
    expect(problem.line >= 1 && problem.line <= lines, "a problem stands in the text");
    expect(!problem.message.empty(), "a problem says what is wrong");
    if (i == 0) continue;
    const definition::Problem& before = problems[i - 1];
    const bool ascends = before.line < problem.line ||
                         (before.line == problem.line && before.column <= problem.column);
    expect(ascends, "problems are in order of place");
  }
}

}  // namespace attune::test
