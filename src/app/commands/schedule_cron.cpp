// SPDX-License-Identifier: MIT
#include <csignal>
#include <fmt/format.h>

#include "app/child_program.hpp"
#include "app/commands/schedule_places.hpp"

namespace attune {
namespace {

Result<Finished> run_crontab(const char* argument, std::string_view input) {
  Result<Finished> finished = run_program({"crontab", argument}, input);
  if (finished && finished->told_to_end != 0) raise(finished->told_to_end);
  if (finished || finished.error().kind != ErrorKind::not_found) return finished;
  return Error{ErrorKind::cannot_create,
               "there is no crontab program on this machine",
               "schedule",
               {"install cron, or use --systemd"}};
}

Error refused(std::string message, const Finished& finished, std::string consequence) {
  Error error{ErrorKind::io, std::move(message), "crontab", {std::move(consequence)}};
  const std::string first_line = finished.err.substr(0, finished.err.find('\n'));
  if (!first_line.empty()) error.advice.insert(error.advice.begin(), "it says: " + first_line);
  return error;
}

// How the crontab programs say that there is none yet (Debian's and cronie; busybox).
bool says_none(const Finished& finished) {
  return finished.err.find("no crontab") != std::string::npos ||
         finished.err.find("No such file") != std::string::npos;
}

}  // namespace

Result<std::string> read_crontab() {
  Result<Finished> finished = run_crontab("-l", "");
  if (!finished) return finished.error();
  if (finished->status == 0) return std::move(finished->out);
  if (finished->out.empty() && says_none(*finished)) return std::string();
  return refused("does not show the present one", *finished, "nothing was changed");
}

Result<void> write_crontab(std::string_view text) {
  const Result<Finished> finished = run_crontab("-", text);
  if (!finished) return finished.error();
  if (finished->status == 0) return {};
  return refused("does not take the new one", *finished, "crontab -l shows what is there now");
}

}  // namespace attune
