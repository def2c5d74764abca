// SPDX-License-Identifier: MIT
#pragma once

/// Reports of made-up series, for tests.

#include <string>
#include <utility>
#include <vector>

#include "attune/report.hpp"

#include "series_builders.hpp"

namespace attune::test {

/// A scale from 1 to 7 with these scores four weeks apart, each with an error of 0.4.
inline report::ScaleSeries scale_of(const std::vector<double>& scores, std::string id = "anxiety",
                                    std::string name = "Anxiety") {
  report::ScaleSeries scale;
  scale.id = std::move(id);
  scale.name = std::move(name);
  scale.low = "calm";
  scale.high = "afraid";
  scale.points = series_of(scores, 0.4);
  for (trend::SeriesPoint& point : scale.points) {
    point.estimate = scoring::estimate(point.estimate.score, 0.4, 1, 7, ErrorMethod::conditional);
  }
  scale.trend = trend::trend_of(scale.points, scale.range);
  return scale;
}

inline report::TrendReport report_of(std::vector<report::ScaleSeries> scales) {
  report::TrendReport report;
  report.questionnaire = "sample";
  report.title = "A sample";
  report.about = "partner";
  report.about_phrase = "my partner";
  report.status = "original, not yet validated";
  report.scales = std::move(scales);
  return report;
}

/// A fall that is called changed: about 4.8 for five check-ins, then about 2.8.
inline const std::vector<double> fallen = {5.0, 4.6, 4.8, 4.9, 4.7, 3.0, 2.6, 2.8, 2.9, 2.7};

}  // namespace attune::test
