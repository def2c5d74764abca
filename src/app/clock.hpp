// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attune/date.hpp"
#include "attune/result.hpp"

namespace attune {

/// The time of day and the pace of answers. ATTUNE_NOW fixes the former for tests and
/// demonstrations.
class Clock {
 public:
  /// `fixed_now`: an RFC 3339 time, or nothing for the system's clock. Error: usage, when it can't
  /// be read.
  [[nodiscard]] static Result<Clock> make(const std::optional<std::string>& fixed_now);

  /// Now, with the local offset in force.
  [[nodiscard]] Instant now() const;

  /// Noon of a local calendar day: what `--date` means.
  [[nodiscard]] Instant noon_of(Date date) const;

  /// Seconds from some fixed moment, for differences only; never runs back. Stands still when now
  /// is fixed.
  [[nodiscard]] double seconds() const;

 private:
  std::optional<Instant> fixed_;
};

/// Random numbers from the system, or a fixed sequence when ATTUNE_SEED is set (tests and
/// demonstrations).
class Random {
 public:
  /// `fixed_seed`: a whole number, or nothing for the system's. Error: usage, when it can't be
  /// read.
  [[nodiscard]] static Result<Random> make(const std::optional<std::string>& fixed_seed);

  [[nodiscard]] std::uint64_t next();

 private:
  std::optional<std::uint64_t> seed_;
};

/// A record's name: ten characters of [0-9a-z] without those that look alike, from 50 random bits.
[[nodiscard]] std::string record_id(Random& random);

}  // namespace attune
