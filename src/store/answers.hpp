// SPDX-License-Identifier: MIT
#pragma once

/// Answers as they lie in the file: a kind and a text that read back exactly without the
/// definition, and the checksum that notices a damaged row.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "attune/responses.hpp"

namespace attune::detail {

struct KeptAnswer {
  std::string_view kind;  ///< skipped, number, choices or text
  std::string value;      ///< choices joined by '+', numbers with all their digits
};

[[nodiscard]] KeptAnswer kept_answer(const Answer& answer);

/// The reverse; nothing when no answer is kept like that.
[[nodiscard]] std::optional<Answer> answer_of(std::string_view kind, std::string_view value);

/// FNV-1a, 64 bits (Fowler, Noll and Vo 1991), taken eight bytes at a step. Each step can be
/// undone, so one changed byte always changes it. It notices damage; it is no protection against
/// intent.
class Checksum {
 public:
  /// The length goes in first, so that bytes can't wander from one value to the next.
  Checksum& text(std::string_view value);
  Checksum& optional_text(const std::optional<std::string>& value);
  Checksum& integer(std::int64_t value);
  Checksum& real(double value);
  [[nodiscard]] std::int64_t value() const { return static_cast<std::int64_t>(state_); }

 private:
  void add(std::uint64_t word) { state_ = (state_ ^ word) * 0x100000001b3U; }
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

}  // namespace attune::detail
