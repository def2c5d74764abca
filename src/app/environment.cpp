// SPDX-License-Identifier: MIT
#include "app/environment.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <pwd.h>
#include <unistd.h>

#include "attune/decimal.hpp"

namespace attune {
namespace {

constexpr std::size_t default_width = 80;

// The password database is asked only without HOME: the question opens a socket.
std::string home_of(const Environment& environment) {
  if (auto home = environment.value("HOME")) return *home;
  const passwd* user = getpwuid(getuid());
  return user != nullptr && user->pw_dir != nullptr ? user->pw_dir : "";
}

std::size_t width_of(const Environment& environment, const Streams& streams) {
  if (streams.out_is_terminal) {
    const std::size_t columns = terminal_size(streams.out.descriptor()).columns;
    if (columns > 0) return columns;
  }
  const auto text = environment.value("COLUMNS");
  const auto columns = text ? parse_whole(*text) : std::nullopt;
  return columns && *columns > 0 ? static_cast<std::size_t>(*columns) : default_width;
}

}  // namespace

std::optional<std::string> Environment::value(const char* name) const {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return {};
  return std::string(value);
}

Charset charset_of(const Environment& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    auto value = environment.value(name);
    if (!value) continue;
    std::transform(value->begin(), value->end(), value->begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const bool utf8 =
        value->find("utf-8") != std::string::npos || value->find("utf8") != std::string::npos;
    return utf8 ? Charset::utf8 : Charset::ascii;
  }
  return Charset::ascii;
}

bool wants_plain_lines(const Environment& environment) {
  const auto accessible = environment.value("ACCESSIBLE");
  if (accessible && *accessible != "0" && *accessible != "false") return true;
  const auto terminal = environment.value("TERM");
  return !terminal || *terminal == "dumb";
}

TextStyle text_style(const Environment& environment, const Streams& streams) {
  TextStyle style;
  style.width_columns = width_of(environment, streams);
  style.charset = charset_of(environment);
  const bool plain = wants_plain_lines(environment);
  const bool colour = streams.out_is_terminal && !plain && !environment.value("NO_COLOR");
  style.colour = colour ? Colour::on : Colour::off;
  style.pictures = !(plain && streams.out_is_terminal);
  return style;
}

std::filesystem::path program_file() {
  std::array<char, 4096> path;
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  if (length <= 0) return {};
  return std::string(path.data(), static_cast<std::size_t>(length));
}

Paths paths_of(const Environment& environment) {
  PathValues values;
  values.home = home_of(environment);
  values.xdg_data_home = environment.value("XDG_DATA_HOME").value_or("");
  values.xdg_config_home = environment.value("XDG_CONFIG_HOME").value_or("");
  return find_paths(values);
}

}  // namespace attune
