// SPDX-License-Identifier: MIT
#pragma once

/// JSON as the whole program reads and writes it: members in the order they were added, bytes that
/// are not UTF-8 written as U+FFFD, nothing taken that could be meant in two ways. A source that
/// builds values includes <nlohmann/json.hpp>; parsing and writing are compiled once, here.
///
///     Json out{{"schema", "attune.profile"}};
///     streams.out.write(json_line(out));

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace attune {

using Json = nlohmann::ordered_json;

/// `value` on one line, without a newline.
[[nodiscard]] std::string json_text(const Json& value);

/// `value` on one line that ends.
[[nodiscard]] std::string json_line(const Json& value);

/// The value that fills all of `text`. Throws Error (bad_data, no place) when it is not JSON, is
/// nested deeper than `deepest`, has more than 100,000 values, or an object with two members of one
/// name.
[[nodiscard]] Json parse_json(std::string_view text, int deepest = 16);

}  // namespace attune
