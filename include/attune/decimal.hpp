// SPDX-License-Identifier: MIT
#pragma once

/// Numbers to and from decimal text, the same in every locale (std::to_chars and std::from_chars).
///
///     render_decimal(3.4375)  → "3.4375";  render_decimal(2.0 / 3) → "0.6667";
///     parse_decimal("4,5") → nothing

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attune {

/// `value` with at most `digits` decimals (0..17), rounded to nearest, trailing zeros dropped, "-0"
/// written "0". Precondition: finite.
[[nodiscard]] std::string render_decimal(double value, int digits = 4);

/// Appends what `render_decimal` gives, for millions of numbers.
void append_decimal(std::string& out, double value, int digits);

/// `value` with exactly `digits` decimals (0..17). Precondition: finite.
[[nodiscard]] std::string render_fixed(double value, int digits);

/// A decimal number that fills all of `text`: optional '-', digits, optional '.' and digits. No
/// exponent, no spaces, no "nan" or "inf", no thousands separators.
[[nodiscard]] std::optional<double> parse_decimal(std::string_view text);

/// A whole number that fills all of `text`: optional '-' and digits, within 64 bits.
[[nodiscard]] std::optional<std::int64_t> parse_whole(std::string_view text);

/// The middle value, or the mean of the middle two. Precondition: not empty.
[[nodiscard]] double median(std::vector<double> values);

}  // namespace attune
