// SPDX-License-Identifier: MIT
#include "report/json_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace attune::detail {
namespace {

bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

}  // namespace

void append_json(std::string& out, std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  using Json = nlohmann::ordered_json;
  out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

void append_json(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  const std::string_view number(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  out += number;
  // 4 is written 4.0, so that a score has one type everywhere.
  if (number.find_first_of(".e") == std::string_view::npos) out += ".0";
}

}  // namespace attune::detail
