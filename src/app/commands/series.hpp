// SPDX-License-Identifier: MIT
#pragma once

/// The check-ins of one questionnaire, gathered into series by whom they are about.

#include <map>
#include <memory>
#include <string>

#include "attune/series.hpp"

#include "app/commands/check_ins.hpp"

namespace attune {

/// The check-ins about one person.
struct AboutSeries {
  SeriesCollector collector;
  TakenOrder newest;
  std::string newest_id;
  Instant first;          ///< when the first of them was taken
  Instant last;           ///< and the newest
  std::size_t later = 0;  ///< those after Selection::up_to, which are no part of the rest
};

/// All of them, by about; "" for a questionnaire that is about no one. The definitions must
/// outlive it.
using SeriesByAbout = std::map<std::string, AboutSeries>;

/// Of every main scale, or of the one that is named. Errors: the history's; not_found when no
/// record of this questionnaire is selected, with the nearest ids.
[[nodiscard]] Result<SeriesByAbout> collect_series(History& history, KeptDefinitions& definitions,
                                                   const Selection& selection,
                                                   const std::optional<std::string>& scale);

/// The series that is meant when no about is named: that about the questionnaire's first, or,
/// where there is none, the one with the newest check-in.
[[nodiscard]] SeriesByAbout::iterator default_series(SeriesByAbout& series);

/// Why nothing of `selection` was found. Its kind is not_found.
[[nodiscard]] Error no_check_ins(History* history, const Selection& selection);

}  // namespace attune
