// SPDX-License-Identifier: MIT
#include "app/world.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <pwd.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "attune/decimal.hpp"
#include "attune/text.hpp"

#include "store/private_files.hpp"

namespace attune::app {
namespace {

int offset_minutes_at(std::time_t seconds) {
  std::tm local{};
  if (localtime_r(&seconds, &local) == nullptr) return 0;
  return static_cast<int>(local.tm_gmtoff / 60);
}

// A file in memory without a name. With one in the place of each pipe, neither side ever waits for
// the other to read, and nothing reaches a disk.
struct MemoryFile {
  MemoryFile() = default;
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(descriptor); }

  [[nodiscard]] std::string text() const {
    constexpr std::size_t most_bytes = 67'108'864;
    lseek(descriptor, 0, SEEK_SET);
    return read_all(descriptor, most_bytes);
  }

  int descriptor = memfd_create("attune", MFD_CLOEXEC);
};

Error cannot_run(const std::string& program, int error_number) {
  return Error(ErrorKind::io, "can't be run: " + store::reason_of(error_number), program);
}

// Runs `words` with the three files as streams and the default action of the signals that this
// program ignores, and waits for the end. Gives the exit status, as a shell does, or below 0 an
// errno.
int run_with(const std::vector<std::string>& words, const std::array<int, 3>& files) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (int stream = 0; const int file : files) {
    posix_spawn_file_actions_adddup2(&actions, file, stream++);
  }
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  sigaddset(&signals, SIGXFSZ);
  sigaddset(&signals, SIGINT);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  const int error_number =
      posix_spawnp(&child, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error_number != 0) return -error_number;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -errno;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Clock Clock::make(const std::optional<std::string>& fixed_now) {
  Clock clock;
  if (!fixed_now) return clock;
  clock.fixed_ = parse_rfc3339(*fixed_now);
  if (clock.fixed_) return clock;
  throw usage_error("ATTUNE_NOW", "not a time",
                    "write it as in RFC 3339: 2026-11-24T09:14:00+01:00");
}

Instant Clock::now() const {
  if (fixed_) return *fixed_;
  std::timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return {static_cast<std::int64_t>(time.tv_sec) * 1'000'000 + time.tv_nsec / 1000,
          offset_minutes_at(time.tv_sec)};
}

Instant Clock::noon_of(Date date) const {
  const std::int64_t noon_seconds = days_since_epoch(date) * 86'400 + std::int64_t{12} * 3600;
  const int offset =
      fixed_ ? fixed_->offset_minutes : offset_minutes_at(static_cast<std::time_t>(noon_seconds));
  return {(noon_seconds - std::int64_t{60} * offset) * 1'000'000, offset};
}

double Clock::seconds() const {
  if (fixed_) return 0;
  std::timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

Random Random::make(const std::optional<std::string>& fixed_seed) {
  Random random;
  if (!fixed_seed) return random;
  const auto seed = parse_whole(*fixed_seed);
  if (!seed) throw usage_error("ATTUNE_SEED", "not a whole number", "write it as 42");
  random.seed_ = static_cast<std::uint64_t>(*seed);
  return random;
}

std::uint64_t Random::next() {
  if (seed_) return *seed_ += 0x9E3779B97F4A7C15U;
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) {
    throw std::runtime_error("the system gives no random numbers");
  }
  return number;
}

std::string record_id(Random& random) {
  constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's base 32
  std::uint64_t bits = random.next();
  std::string id;
  for (int i = 0; i < 10; ++i) {
    id += alphabet[bits % 32];
    bits /= 32;
  }
  return id;
}

std::optional<std::string> Environment::value(const char* name) const {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return {};
  return std::string(value);
}

void check_time_zone(const Environment& environment) {
  std::filesystem::path zone = environment.value("TZ").value_or("");
  if (zone.native().starts_with(':')) zone = zone.native().substr(1);
  const std::filesystem::path zones = environment.value("TZDIR").value_or("/usr/share/zoneinfo");
  std::error_code ignored;
  const auto status = std::filesystem::status(zones / zone, ignored);
  if (zone.empty() || !std::filesystem::exists(status) || is_regular_file(status)) return;
  setenv("TZ", "UTC0", 1);
}

report::Charset charset_of(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto value = environment.value(name);
    if (!value) continue;
    const std::string lower = lower_case(*value);
    const bool utf8 =
        lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
    return utf8 ? report::Charset::utf8 : report::Charset::ascii;
  }
  return report::Charset::ascii;
}

bool is_accessible(const Environment& environment) {
  const auto accessible = environment.value("ACCESSIBLE");
  return accessible && *accessible != "0" && *accessible != "false";
}

bool wants_plain_lines(const Environment& environment) {
  const auto terminal = environment.value("TERM");
  return is_accessible(environment) || !terminal || *terminal == "dumb";
}

bool wants_colour(const Environment& environment, const Streams& streams) {
  if (streams.colour) return *streams.colour;
  return !wants_plain_lines(environment) && !environment.value("NO_COLOR");
}

std::string pager_of(const Environment& environment, const Streams& streams) {
  if (!streams.out_is_terminal || wants_plain_lines(environment)) return {};
  // Where less is missing, the text is written as it is.
  constexpr std::size_t columns_of_the_longer = 46;
  const bool is_narrow = terminal_size(streams.out.descriptor()).columns < columns_of_the_longer;
  const std::string usual = fmt::format(
      "command -v less >/dev/null || exit 127; "
      "exec less -FRX '-Ps?eThe end:Space\\: more.   b\\: back   q\\: leave{}'",
      is_narrow ? "" : "   /\\: find");
  return environment.value("ATTUNE_PAGER").value_or(environment.value("PAGER").value_or(usual));
}

bool show_in_pager(const Streams& streams, std::string_view text) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  const std::size_t rows = terminal_size(streams.out.descriptor()).rows;
  if (streams.pager.empty() || rows == 0 || lines < rows) return false;
  const MemoryFile file;
  Output in(file.descriptor);
  in.write(text);
  if (file.descriptor < 0 || !in.flush()) return false;
  lseek(file.descriptor, 0, SEEK_SET);
  // less writes nothing: no list of what was searched for, and no file of what is shown when
  // somebody who does not know that a pager listens types the next command.
  setenv("LESSHISTFILE", "-", 1);
  setenv("LESSSECURE", "1", 1);
  const auto before = std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for the pager
  const int status =
      run_with({"sh", "-c", streams.pager}, {file.descriptor, streams.out.descriptor(), 2});
  std::signal(SIGINT, before);
  return status >= 0 && status != no_such_program;
}

report::TextStyle text_style(const Environment& environment, const Streams& streams) {
  report::TextStyle style;
  const auto variable = environment.value("COLUMNS");
  const auto columns = variable ? parse_whole(*variable) : std::nullopt;
  if (columns && *columns > 0) style.width_columns = static_cast<std::size_t>(*columns);
  const TerminalSize size =
      streams.out_is_terminal ? terminal_size(streams.out.descriptor()) : TerminalSize{};
  if (size.columns > 0) style.width_columns = size.columns;
  style.height_rows = size.rows;
  style.charset = charset_of(environment);
  const bool plain = wants_plain_lines(environment);
  const bool is_shown = streams.out_is_terminal || streams.colour;
  const bool colour = is_shown && wants_colour(environment, streams);
  style.colour = colour ? report::Colour::on : report::Colour::off;
  style.pictures = !(is_accessible(environment) || (plain && streams.out_is_terminal));
  return style;
}

std::filesystem::path program_file() {
  std::array<char, 4096> path;
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  if (length <= 0) return {};
  return std::string(path.data(), static_cast<std::size_t>(length));
}

store::Paths paths_of(const Environment& environment) {
  std::optional<std::string> home = environment.value("HOME");
  // The password database is asked only without HOME: the question opens a socket.
  const passwd* user = home ? nullptr : getpwuid(getuid());
  if (user != nullptr && user->pw_dir != nullptr) home = user->pw_dir;
  return store::find_paths(home.value_or(""), environment.value("XDG_DATA_HOME").value_or(""),
                           environment.value("XDG_CONFIG_HOME").value_or(""));
}

Finished run_program(const std::vector<std::string>& words, std::string_view input) {
  const std::array<MemoryFile, 3> files;
  for (const MemoryFile& file : files) {
    if (file.descriptor < 0) throw cannot_run(words[0], errno);
  }
  Output in(files[0].descriptor);
  in.write(input);
  if (!in.flush()) throw cannot_run(words[0], in.error());
  lseek(files[0].descriptor, 0, SEEK_SET);
  const int status =
      run_with(words, {files[0].descriptor, files[1].descriptor, files[2].descriptor});
  if (status == -ENOENT) return {no_such_program, {}, {}};
  if (status < 0) throw cannot_run(words[0], -status);
  return {status, files[1].text(), files[2].text()};
}

}  // namespace attune::app
