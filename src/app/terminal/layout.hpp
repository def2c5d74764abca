// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/terminal/administration.hpp"
#include "app/terminal/console.hpp"

namespace attune {

/// The lines of each screen in key mode, wrapped to the terminal and, where it is low, laid out
/// ever more tightly until they fit. `line` is what has been typed, `notice` a remark on the last
/// key; either may be empty.
[[nodiscard]] std::vector<std::string> question_layout(const Administration& administration,
                                                       std::string_view line,
                                                       std::string_view notice, TerminalSize size);
[[nodiscard]] std::vector<std::string> review_layout(const Administration& administration,
                                                     std::string_view line, std::string_view notice,
                                                     TerminalSize size);
[[nodiscard]] std::vector<std::string> answers_layout(const Administration& administration,
                                                      TerminalSize size);
[[nodiscard]] std::vector<std::string> help_layout(TerminalSize size);

/// The columns that text is wrapped to: those of the terminal less one, at most 80; 80 where it
/// does not say.
[[nodiscard]] std::size_t text_columns(TerminalSize size);

/// The item asked as number `number` (1-based, as text), or nothing.
[[nodiscard]] std::optional<std::size_t> asked_item(const Session& session,
                                                    std::string_view number);

/// Removes the last character as a person sees it.
void erase_last_character(std::string& text);

}  // namespace attune
