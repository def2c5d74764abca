// SPDX-License-Identifier: MIT
#include "definition/findings.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "attune/text.hpp"

namespace attune::detail {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Walks the text once while the offsets asked for ascend.
class PlaceCounter {
 public:
  explicit PlaceCounter(std::string_view text)
      : text_(text), at_(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0) {}

  void go_to(std::size_t offset, Problem& problem) {
    for (; at_ < std::min(offset, text_.size()); ++at_) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte == '\n') {
        ++line_;
        column_ = 1;
      } else if ((byte & 0xC0U) != 0x80U) {  // continuation bytes belong to the code point before
        ++column_;
      }
    }
    problem.line = line_;
    problem.column = column_;
  }

 private:
  std::string_view text_;
  std::size_t at_;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
};

}  // namespace

void Findings::error(Offset at, std::string message, std::string advice) {
  ++errors_;
  add({Severity::error, at, std::move(message), std::move(advice)});
}

void Findings::warning(Offset at, std::string message, std::string advice) {
  add({Severity::warning, at, std::move(message), std::move(advice)});
}

void Findings::add(Finding finding) {
  if (findings_.size() < max_findings) {
    findings_.push_back(std::move(finding));
  } else {
    ++left_out_;
  }
}

Problems Findings::problems(std::string_view text) const {
  std::vector<std::size_t> order(findings_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return findings_[left].at < findings_[right].at;
  });
  Problems problems;
  problems.reserve(order.size() + 1);
  PlaceCounter counter(text);
  for (const std::size_t index : order) {
    const Finding& finding = findings_[index];
    Problem problem{finding.severity, 1, 1, finding.message, finding.advice};
    counter.go_to(finding.at, problem);
    problems.push_back(std::move(problem));
  }
  if (left_out_ > 0) {
    Problem problem = problems.back();
    // An error among those left out must not be mistaken for advice.
    problem.severity = has_errors() ? Severity::error : Severity::warning;
    problem.message = std::to_string(left_out_) + " more problems are not shown";
    problem.advice = "mend these first";
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t max_bytes = 60;
  std::string result = "'";
  if (text.size() <= max_bytes) {
    result += escape(text);
  } else {
    std::size_t end = max_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    result += escape(text.substr(0, end)) + "...";
  }
  return result + "'";
}

std::string Findings::did_you_mean(std::string_view name,
                                   const std::vector<std::string>& candidates) {
  if (near_names_left_ == 0) return {};
  --near_names_left_;
  std::vector<std::string> near = nearest(name, candidates);
  if (near.empty()) return {};
  for (std::string& candidate : near) candidate = quoted(candidate);
  return "did you mean " + join_or(near) + "?";
}

}  // namespace attune::detail
