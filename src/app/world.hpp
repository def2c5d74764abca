// SPDX-License-Identifier: MIT
#pragma once

/// Everything outside the process but its streams: the time, chance, the environment, where the
/// person's files are, and other programs.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attune/catalogue.hpp"
#include "attune/date.hpp"
#include "attune/document.hpp"
#include "attune/history.hpp"

#include "app/streams.hpp"

namespace attune::app {

/// The time of day and the pace of answers. ATTUNE_NOW fixes the former for tests and
/// demonstrations.
class Clock {
 public:
  /// `fixed_now`: an RFC 3339 time, or nothing for the system's clock. Error: usage, when it can't
  /// be read.
  [[nodiscard]] static Clock make(const std::optional<std::string>& fixed_now);

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
  [[nodiscard]] static Random make(const std::optional<std::string>& fixed_seed);

  [[nodiscard]] std::uint64_t next();

 private:
  std::optional<std::uint64_t> seed_;
};

/// A record's name: ten characters of [0-9a-z] without those that look alike, from 50 random bits.
[[nodiscard]] std::string record_id(Random& random);

/// The environment variables of the process: the one place that reads them.
class Environment {
 public:
  /// The variable's value, or nothing when it is unset or empty.
  [[nodiscard]] std::optional<std::string> value(const char* name) const;
};

/// Sees to it that the time zone can be read: TZ may name a file, and the system's library opens it
/// whatever it is, so that a pipe would be waited for. What is no regular file means UTC.
void check_time_zone(const Environment& environment);

/// Whether LC_ALL, LC_CTYPE or LANG (the first that is set decides) names a UTF-8 character set.
[[nodiscard]] report::Charset charset_of(const Environment& environment);

/// Whether the person asked for plain lines: ACCESSIBLE (not 0 or false), or a terminal without
/// cursor movement.
[[nodiscard]] bool wants_plain_lines(const Environment& environment);

/// Whether a terminal is to be written to in colours: not with NO_COLOR, unless --color says so.
[[nodiscard]] bool wants_colour(const Environment& environment, const Streams& streams);

/// The shell command that shows what is taller than the terminal: ATTUNE_PAGER, PAGER or less.
/// Empty where standard output is no terminal, or one without cursor movement.
[[nodiscard]] std::string pager_of(const Environment& environment, const Streams& streams);

/// Shows `text` in the pager of `streams`, and waits until the person has left it. False, with
/// nothing shown, where there is none, it can't be run, or `text` fits the terminal.
[[nodiscard]] bool show_in_pager(const Streams& streams, std::string_view text);

/// How text is to be written to standard output: its width, colour and characters.
[[nodiscard]] report::TextStyle text_style(const Environment& environment, const Streams& streams);

/// The file of the running program, by its absolute path; empty where the system does not say.
[[nodiscard]] std::filesystem::path program_file();

/// Where the person's files are, by HOME and the XDG variables.
[[nodiscard]] store::Paths paths_of(const Environment& environment);

/// What a program left behind.
struct Finished {
  int status = 0;  ///< its exit status; 128 and the signal's number when one ended it
  std::string out;
  std::string err;
};

/// The status that stands for a program that is not there, as in a shell.
inline constexpr int no_such_program = 127;

/// Runs `words` (the program, found by PATH, and its arguments) with `input` on its standard input,
/// and waits for its end. What it writes may be any bytes, at most 64 MiB. No shell reads the
/// words. Error: io, when it can't be run.
[[nodiscard]] Finished run_program(const std::vector<std::string>& words, std::string_view input);

/// The outside world, gathered once. A command hands its parts on: what it computes with sees only
/// what it may touch.
struct World {
  Streams& streams;
  const Environment& environment;
  const Clock& clock;
  Random& random;
  store::Paths paths;
  store::Catalogue catalogue;           ///< of the definitions there
  store::AskPassphrase ask_passphrase;  ///< called only when the history is locked
};

}  // namespace attune::app
