// SPDX-License-Identifier: MIT
#include "report/fhir_parts.hpp"

#include <cmath>
#include <cstdint>

#include "attune/document.hpp"

namespace attune::detail {

std::string attune_urn(std::string_view kind, std::string_view id, std::string_view part) {
  std::string urn = "urn:attune:";
  urn.append(kind).append(":").append(id);
  if (!part.empty()) urn.append(":").append(part);
  return urn;
}

FhirJson fhir_number(double value) {
  constexpr double exact = 1e15;  // below it, a whole number fits both kinds
  if (std::fabs(value) < exact && std::trunc(value) == value) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

std::string fhir_markdown(const std::string& text) {
  std::string markdown = render_markdown({Paragraph{text}});
  while (!markdown.empty() && markdown.back() == '\n') markdown.pop_back();
  return markdown;
}

void add_text(FhirJson& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json[std::string(key)] = text;
}

FhirJson answer_coding(const Questionnaire& questionnaire, const Item& item, std::string_view code,
                       std::string_view display) {
  const std::string system =
      item.kind == ItemKind::choice
          ? attune_urn("choice", questionnaire.id, item.id)
          : attune_urn("rating", questionnaire.id,
                       questionnaire.response_scales[item.response_scale].id);
  return {{"system", system}, {"code", code}, {"display", display}};
}

FhirJson extension(std::string_view name, std::string_view value_key, FhirJson value) {
  FhirJson json{{"url", "http://hl7.org/fhir/StructureDefinition/" + std::string(name)}};
  json[std::string(value_key)] = std::move(value);
  return json;
}

std::string fhir_line(const FhirJson& json) {
  return json.dump(-1, ' ', false, FhirJson::error_handler_t::replace) + '\n';
}

}  // namespace attune::detail
