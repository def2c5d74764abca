// SPDX-License-Identifier: MIT
#include "base/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "attune/error.hpp"
#include "attune/text.hpp"

namespace attune {

std::string json_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_line(const Json& value) { return json_text(value) + '\n'; }

Json parse_json(std::string_view text, int deepest) {
  std::vector<std::set<std::string>> names;
  const auto see = [&](int depth, Json::parse_event_t event, Json& value) {
    const bool is_object = event == Json::parse_event_t::object_start;
    if ((is_object || event == Json::parse_event_t::array_start) && depth >= deepest) {
      throw Error(ErrorKind::bad_data, fmt::format("is nested more than {} deep", deepest));
    }
    if (is_object) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event != Json::parse_event_t::key) return true;
    const auto& name = value.get_ref<const std::string&>();
    if (!names.back().insert(name).second) {
      throw Error(ErrorKind::bad_data, fmt::format("'{}' is given twice", escape(name)));
    }
    return true;
  };
  Json value = Json::parse(text, see, false);
  if (value.is_discarded()) {
    throw Error(ErrorKind::bad_data, "is not JSON, or was cut off");
  }
  return value;
}

}  // namespace attune
