// SPDX-License-Identifier: MIT
#pragma once

/// What the parts of a comparison share.

#include <array>
#include <string>

#include "attune/comparison.hpp"
#include "attune/document.hpp"

namespace attune::detail {

/// The person's name within a sentence: "Ana", "you".
[[nodiscard]] inline std::string named(const ComparedPerson& person) {
  return person.address == Address::you ? "you" : person.name;
}

/// Both, in their order.
[[nodiscard]] inline std::array<const ComparedPerson*, 2> people_of(const Comparison& comparison) {
  return {&comparison.first, &comparison.second};
}

/// The plane with whoever has a place on it, alone if need be, and the area each lies in.
void add_compared_plane(Document& document, const Comparison& comparison);

/// The table of scores and differences, and a sentence for each main scale.
void add_compared_scores(Document& document, const Comparison& comparison);

/// The pairing with its text and who is who in it, and the steps; or why there is none. Nothing for
/// one person, and for a questionnaire without pairings.
void add_pairing(Document& document, const Comparison& comparison);

/// The steps of a pairing, as they are meant for two people; any may be empty.
struct PairingSteps {
  std::string first;
  std::string second;
  std::string each;   ///< in the place of the two above
  std::string other;  ///< with `each`: for whoever is the other one
  std::string both;
};
[[nodiscard]] PairingSteps steps_of(const Pairing& pairing, Roles roles);

}  // namespace attune::detail
