// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attune/date.hpp"
#include "attune/profile.hpp"
#include "attune/result.hpp"

#include "app/arguments.hpp"
#include "app/commands/profile_output.hpp"
#include "app/exit_status.hpp"
#include "app/format.hpp"
#include "app/output_file.hpp"
#include "app/terminal/administration.hpp"
#include "app/world.hpp"

namespace attune {

/// Whether anything is kept in the history.
enum class Saving { on, off };

struct TakeOptions {
  std::string name = "closeness";
  std::optional<std::string> form;
  std::optional<std::string> about;
  std::optional<std::string> language;
  std::optional<std::string> answers;
  std::optional<Date> date;
  std::optional<std::string> output;
  std::optional<std::uint64_t> seed;
  std::optional<std::size_t> width_columns;  ///< of the profile; questions fit the terminal
  bool shuffle = false;
  bool plain = false;
  bool fresh = false;
  bool note = false;
  Explain explain = Explain::no;
  Privacy privacy = Privacy::open;
  Saving saving = Saving::on;
  Overwrite overwrite = Overwrite::no;
  Format format = Format::text;
  Extent extent = Extent::whole;
};

/// What the command line says, checked as far as it can be without touching the world. Errors:
/// usage.
[[nodiscard]] Result<TakeOptions> take_options(const Arguments& arguments);

/// Administers, scores, prints the profile, keeps the record.
ExitStatus take(const TakeOptions& options, World& world);

}  // namespace attune
