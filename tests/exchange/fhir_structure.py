# SPDX-License-Identifier: MIT
"""Elements, cardinalities and codes of HL7 FHIR R4 (4.0.1), as far as attune may use them.

Written from the resource and datatype pages of the standard.
"""

DATE_TIME = (
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
    r"(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00)))?)?)?"
)
TEXTS = {
    "string": r"(?s)\s*\S.*",
    "markdown": r"(?s)\s*\S.*",
    "code": r"\S+(\s\S+)*",
    "uri": r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+",
    "canonical": r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+(\|\S+)?",
    "dateTime": DATE_TIME,
}

# name: (least, most, type); a "*" is any number. `value[x]` is one of several elements.
STRUCTURES = {
    "Questionnaire": {
        "language": (0, 1, "code"),
        "extension": (0, "*", "Extension"),
        "url": (0, 1, "uri"),
        "identifier": (0, "*", "Identifier"),
        "version": (0, 1, "string"),
        "name": (0, 1, "string"),
        "title": (0, 1, "string"),
        "status": (1, 1, "code"),
        "subjectType": (0, "*", "code"),
        "description": (0, 1, "markdown"),
        "copyright": (0, 1, "markdown"),
        "item": (0, "*", "Questionnaire.item"),
    },
    "Questionnaire.item": {
        "extension": (0, "*", "Extension"),
        "linkId": (1, 1, "string"),
        "text": (0, 1, "string"),
        "type": (1, 1, "code"),
        "enableWhen": (0, "*", "Questionnaire.item.enableWhen"),
        "enableBehavior": (0, 1, "code"),
        "required": (0, 1, "boolean"),
        "repeats": (0, 1, "boolean"),
        "maxLength": (0, 1, "integer"),
        "answerOption": (0, "*", "Questionnaire.item.answerOption"),
    },
    "Questionnaire.item.enableWhen": {
        "question": (1, 1, "string"),
        "operator": (1, 1, "code"),
        "answer[x]": (1, 1, ("boolean", "decimal", "Coding")),
    },
    "Questionnaire.item.answerOption": {"extension": (0, "*", "Extension"), "value[x]": (1, 1, ("Coding",))},
    "QuestionnaireResponse": {
        "language": (0, 1, "code"),
        "identifier": (0, 1, "Identifier"),
        "questionnaire": (0, 1, "canonical"),
        "status": (1, 1, "code"),
        "authored": (0, 1, "dateTime"),
        "item": (0, "*", "QuestionnaireResponse.item"),
    },
    "QuestionnaireResponse.item": {
        "linkId": (1, 1, "string"),
        "text": (0, 1, "string"),
        "answer": (0, "*", "QuestionnaireResponse.item.answer"),
    },
    "QuestionnaireResponse.item.answer": {"value[x]": (0, 1, ("decimal", "string", "Coding"))},
    "Observation": {
        "status": (1, 1, "code"),
        "category": (0, "*", "CodeableConcept"),
        "code": (1, 1, "CodeableConcept"),
        "effective[x]": (0, 1, ("dateTime",)),
        "value[x]": (0, 1, ("Quantity",)),
        "dataAbsentReason": (0, 1, "CodeableConcept"),
        "note": (0, "*", "Annotation"),
        "derivedFrom": (0, "*", "Reference"),
        "component": (0, "*", "Observation.component"),
    },
    "Observation.component": {
        "code": (1, 1, "CodeableConcept"),
        "value[x]": (0, 1, ("Quantity", "Range", "integer", "CodeableConcept")),
    },
    "Bundle": {"type": (1, 1, "code"), "entry": (0, "*", "Bundle.entry")},
    "Bundle.entry": {"fullUrl": (0, 1, "uri"), "resource": (0, 1, "Resource")},
    "Extension": {"url": (1, 1, "uri"), "value[x]": (0, 1, ("decimal", "code", "markdown", "Coding"))},
    "Identifier": {"system": (0, 1, "uri"), "value": (0, 1, "string")},
    "Coding": {
        "system": (0, 1, "uri"),
        "version": (0, 1, "string"),
        "code": (0, 1, "code"),
        "display": (0, 1, "string"),
    },
    "CodeableConcept": {"coding": (0, "*", "Coding"), "text": (0, 1, "string")},
    "Quantity": {
        "value": (0, 1, "decimal"),
        "unit": (0, 1, "string"),
        "system": (0, 1, "uri"),
        "code": (0, 1, "code"),
    },
    "Range": {"low": (0, 1, "Quantity"), "high": (0, 1, "Quantity")},
    "Reference": {"reference": (0, 1, "string")},
    "Annotation": {"text": (1, 1, "markdown")},
}

# Value sets with required binding.
CODES = {
    "Questionnaire.status": "draft active retired unknown",
    "Questionnaire.subjectType": "Patient",
    "Questionnaire.item.type": "group display boolean decimal integer date dateTime time string text url choice "
    "open-choice attachment reference quantity",
    "Questionnaire.item.enableBehavior": "all any",
    "Questionnaire.item.enableWhen.operator": "exists = != > < >= <=",
    "QuestionnaireResponse.status": "in-progress completed amended entered-in-error stopped",
    "Observation.status": "registered preliminary final amended corrected cancelled entered-in-error unknown",
    "Bundle.type": "document message transaction transaction-response batch batch-response history searchset "
    "collection",
}

# Code systems of the standard, as far as we use them.
SYSTEMS = {
    "http://terminology.hl7.org/CodeSystem/data-absent-reason": "unknown asked-unknown temp-unknown not-asked "
    "asked-declined masked not-applicable unsupported as-text error not-a-number negative-infinity "
    "positive-infinity not-performed not-permitted",
    "http://terminology.hl7.org/CodeSystem/observation-category": "social-history vital-signs imaging laboratory "
    "procedure survey exam therapy activity",
    "http://unitsofmeasure.org": "{score}",
}

# The extensions we use: where they may stand, and their value.
EXTENSIONS = {
    "ordinalValue": ("Questionnaire.item.answerOption", "valueDecimal"),
    "minValue": ("Questionnaire.item", "valueDecimal"),
    "maxValue": ("Questionnaire.item", "valueDecimal"),
    "questionnaire-unit": ("Questionnaire.item", "valueCoding"),
    "designNote": ("Questionnaire.item", "valueMarkdown"),
    "data-absent-reason": ("primitive", "valueCode"),
}
EXTENSION_BASE = "http://hl7.org/fhir/StructureDefinition/"
