// SPDX-License-Identifier: MIT
#pragma once

/// The parts of a report that no other page has.

#include <string>
#include <vector>

#include "attune/document.hpp"
#include "attune/report_page.hpp"

namespace attune::detail {

/// Where the check-ins before the profile's own lay on its plane, oldest first: those that have a
/// score on both of its dimensions. None where it has no plane.
[[nodiscard]] std::vector<PlanePosition> earlier_positions(const Profile& profile,
                                                           const TrendReport& trend);

/// Where every number comes from, and what was left out (`kept_back`, in words; may be empty).
void add_provenance(Document& document, const ReportValues& values, const std::string& kept_back,
                    const std::string& made_with);

}  // namespace attune::detail
