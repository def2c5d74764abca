// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "attune/definition.hpp"

namespace attune::detail {

/// Byte offset into the text being checked.
using Offset = std::uint32_t;

/// Collects problems by byte offset while a text is read; lines and columns are counted once, at
/// the end. A hostile file can hold a mistake in every few bytes, so only the first
/// `max_findings` are kept; the rest is summed up in one line.
class Findings {
 public:
  static constexpr std::size_t max_findings = 1000;

  void error(Offset at, std::string message, std::string advice = {});
  void warning(Offset at, std::string message, std::string advice = {});

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }

  /// All of them in order of place; those at one place in the order they were found.
  [[nodiscard]] Problems problems(std::string_view text) const;

  /// "did you mean 'a' or 'b'?" for the candidates nearest to `name`, or an empty text. Only the
  /// first few mistakes get it: a file of nothing but wrong names must not take long.
  [[nodiscard]] std::string did_you_mean(std::string_view name,
                                         const std::vector<std::string>& candidates);

 private:
  struct Finding {
    Severity severity;
    Offset at;
    std::string message;
    std::string advice;
  };
  void add(Finding finding);

  std::vector<Finding> findings_;
  std::size_t errors_ = 0;
  std::size_t left_out_ = 0;
  int near_names_left_ = 20;
};

/// `text` in single quotes, made safe to print and cut to a length that fits a message.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace attune::detail
