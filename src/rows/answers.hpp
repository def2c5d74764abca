// SPDX-License-Identifier: MIT
#pragma once

/// What cells say as answers: whole numbers, codes for no answer, labels.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attune/rows.hpp"

namespace attune::rows {

/// Reads the answers to one item as the options say. `separator` is that between cells: where it is
/// a semicolon, commas are decimal.
class AnswerReader {
 public:
  AnswerReader(const Questionnaire& questionnaire, const scoring::Keying::ItemKey& key,
               const RowOptions& options);

  /// The answer in `text`, `no_answer` where it is none. Nothing where it can't be read.
  [[nodiscard]] std::optional<scoring::RawRating> read(std::string_view text, char separator) const;

  /// Why `text` can't be read, and what may help, with FILE for the name of the input.
  [[nodiscard]] std::pair<std::string, std::string> problem(std::string_view text,
                                                            char separator) const;

  /// The lowest digit that is an answer and how many are from there on; none where a code for no
  /// answer is among them.
  [[nodiscard]] std::pair<std::uint8_t, std::uint8_t> digits() const;

 private:
  struct MissingCode {
    std::string text;
    std::optional<double> number;  // that it stands for: 0 is "0.0", too
  };

  [[nodiscard]] std::optional<int> label_in(std::string_view text) const;

  AnswerRange range_;
  bool takes_labels_;
  std::vector<std::pair<std::string, int>> labels_;  // in small letters
  std::vector<MissingCode> missing_;
};

}  // namespace attune::rows
