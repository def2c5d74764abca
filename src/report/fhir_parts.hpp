// SPDX-License-Identifier: MIT
#pragma once

/// What our resources of HL7 FHIR R4 (4.0.1) share: names, codings, numbers, conditions.
///
/// Names are URNs of our own, because we have no public address to promise: they stay the same, and
/// nothing can be looked up under them.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "attune/questionnaire.hpp"

namespace attune::detail {

using FhirJson = nlohmann::ordered_json;

/// "urn:attune:KIND:ID", or "urn:attune:KIND:ID:PART" where a part is named.
[[nodiscard]] std::string attune_urn(std::string_view kind, std::string_view id,
                                     std::string_view part = {});

/// A number as FHIR writes it: whole numbers without a point.
[[nodiscard]] FhirJson fhir_number(double value);

/// `text` as the markdown of FHIR: nothing in it forms markup.
[[nodiscard]] std::string fhir_markdown(const std::string& text);

/// Adds `key` unless the text is empty, which FHIR forbids.
void add_text(FhirJson& json, std::string_view key, const std::string& text);

/// The coding of a legal answer to a rating or a choice item, as it stands in a questionnaire and
/// in the responses to it.
[[nodiscard]] FhirJson answer_coding(const Questionnaire& questionnaire, const Item& item,
                                     std::string_view code, std::string_view display);

/// An extension of the standard: {url, value}.
[[nodiscard]] FhirJson extension(std::string_view name, std::string_view value_key, FhirJson value);

/// Adds `enableWhen` and `enableBehavior` for the item's `ask_when`, in which the tests are joined
/// by either "any" or "all". What can't be said so becomes a designNote; the item is always shown
/// then. Nothing for an item that is always asked.
void add_enable_when(FhirJson& json, const Questionnaire& questionnaire, const Item& item);

/// One line ending with a newline. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string fhir_line(const FhirJson& json);

}  // namespace attune::detail
