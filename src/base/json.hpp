// SPDX-License-Identifier: MIT
#pragma once

/// JSON as the whole program reads and writes it: members in the order they were added, bytes that
/// are not UTF-8 written as U+FFFD, nothing taken that could be meant in two ways. A source that
/// builds values includes <nlohmann/json.hpp>; parsing and writing are compiled once, here.
///
///     Json out{{"schema", "attune.profile"}};
///     streams.out.write(json_line(out));

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "attune/date.hpp"

namespace attune {

using Json = nlohmann::ordered_json;

/// `value` on one line, without a newline.
[[nodiscard]] std::string json_text(const Json& value);

/// The same JSON as it is best read, two blanks deeper at each level; it ends with a newline.
[[nodiscard]] std::string indented_json(std::string_view text);

/// `value` on one line that ends.
[[nodiscard]] std::string json_line(const Json& value);

/// The value that fills all of `text`. Throws Error (bad_data, no place) when it is not JSON, is
/// nested deeper than `deepest`, has more than 100,000 values, or an object with two members of one
/// name.
[[nodiscard]] Json parse_json(std::string_view text, int deepest = 16);

/// A value that was written elsewhere, and the way to it: "scores.anxiety.se". Whatever is not what
/// it is read as is an Error (bad_data, no place) that says so. The value must outlive this.
class JsonPlace {
 public:
  explicit JsonPlace(const Json& json, std::string path = {})
      : json_(&json), path_(std::move(path)) {}

  [[nodiscard]] const Json& json() const { return *json_; }

  /// A member. Not there: an error as well.
  [[nodiscard]] JsonPlace operator[](std::string_view name) const;

  /// A text of at most `most` bytes.
  [[nodiscard]] std::string text(std::size_t most) const;

  /// One of up to 4,000 characters that may be shown to a person as it is.
  [[nodiscard]] std::string text() const;

  [[nodiscard]] std::string id() const;
  [[nodiscard]] std::string sha256() const;  ///< 64 hexadecimal digits
  [[nodiscard]] Instant instant() const;
  [[nodiscard]] double number() const;
  [[nodiscard]] std::size_t count(std::size_t most) const;  ///< a whole number from 0

  /// "'scores.anxiety.se' is not `expected`".
  [[noreturn]] void refuse_as(std::string_view expected) const;

 private:
  [[noreturn]] void refuse(std::string_view why) const;

  const Json* json_;
  std::string path_;
};

}  // namespace attune
