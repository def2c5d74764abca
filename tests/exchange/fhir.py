# SPDX-License-Identifier: MIT
"""What HL7 FHIR R4 (4.0.1) asks of the resources we write: its structure, and its invariants by their names.

Whatever `fhir_structure` does not list is an error here. `problems(resource)` gives all of them as sentences.
"""

import re

from fhir_structure import CODES, EXTENSION_BASE, EXTENSIONS, STRUCTURES, SYSTEMS, TEXTS


def capitalised(name):
    return name[0].upper() + name[1:]


def primitive_problems(value, kind, place):
    if kind == "boolean":
        ok = isinstance(value, bool)
    elif kind == "integer":
        ok = isinstance(value, int) and not isinstance(value, bool)
    elif kind == "decimal":
        ok = isinstance(value, (int, float)) and not isinstance(value, bool)
    else:
        ok = isinstance(value, str) and re.fullmatch(TEXTS[kind], value) is not None
    if not ok:
        yield f"{place}: {value!r} is no {kind}"
    codes = CODES.get(re.sub(r"\[\d+\]", "", place))
    if ok and codes and value not in codes.split():
        yield f"{place}: {value!r} is not in the value set"


def extension_problems(value, where, place):
    url = value.get("url", "")
    allowed = EXTENSIONS.get(url.removeprefix(EXTENSION_BASE)) if url.startswith(EXTENSION_BASE) else None
    if allowed is None:
        yield f"{place}: {url!r} is no extension that we use"
    elif allowed[0] != where or set(value) != {"url", allowed[1]}:
        yield f"{place}: {url!r} may not stand here, or has another value"


def elements(structure):
    """Each name that may stand in JSON, with its cardinality, its type and the element it is a choice of."""
    for name, (least, most, kind) in structure.items():
        if name.endswith("[x]"):
            for each in kind:
                yield name.removesuffix("[x]") + capitalised(each), least, most, each, name
        else:
            yield name, least, most, kind, name


def object_problems(value, kind, place):
    if not isinstance(value, dict) or not value:
        yield f"{place}: an element is empty or no object"
        return
    structure = STRUCTURES[kind]
    known = {name: (most, each, element) for name, _, most, each, element in elements(structure)}
    present = {}
    for name, child in value.items():
        if name == "resourceType" and place == kind:
            continue
        plain = name.removeprefix("_")
        if plain not in known:
            yield f"{place}: {name} is not an element of {kind}"
            continue
        most, each, element = known[plain]
        present[element] = present.get(element, 0) + 1
        if name.startswith("_"):
            for extension in child["extension"]:
                yield from extension_problems(extension, "primitive", f"{place}.{name}")
        else:
            yield from element_problems(child, most, each, f"{place}.{name}", place)
    for name, (least, _, _) in structure.items():
        if present.get(name, 0) < least:
            yield f"{place}: {name} is missing"
        if name.endswith("[x]") and present.get(name, 0) > 1:
            yield f"{place}: {name} has more than one value"


def element_problems(child, most, kind, place, parent):
    if (most == "*") != isinstance(child, list) or child == []:
        yield f"{place}: is to be {'a list that is not empty' if most == '*' else 'one value'}"
        return
    for index, each in enumerate(child if isinstance(child, list) else [child]):
        here = f"{place}[{index}]" if isinstance(child, list) else place
        if kind == "Resource":
            yield from problems(each)
        elif kind in STRUCTURES:
            yield from object_problems(each, kind, here)
            if kind == "Extension":
                yield from extension_problems(each, re.sub(r"\[\d+\]", "", parent), here)
            if kind in ("Coding", "Quantity") and each.get("system") in SYSTEMS:
                if each.get("code") not in SYSTEMS[each["system"]].split():
                    yield f"{here}: {each.get('code')!r} is no code of {each['system']}"
        else:
            yield from primitive_problems(each, kind, here)


def questionnaire_invariants(resource):
    """que-0 to que-13, as far as the elements we use can break them."""
    items = resource.get("item", [])
    links = [item.get("linkId") for item in items]
    if not re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", resource.get("name", "A")):
        yield "que-0: the name is not computable"
    if len(set(links)) != len(links):
        yield "que-2: a linkId stands twice"
    for item in items:
        place = item.get("linkId")
        if item["type"] == "display" and {"required", "repeats"} & set(item):
            yield f"que-6: {place} is displayed, and required or repeated"
        if item["type"] not in ("choice", "open-choice") and "answerOption" in item:
            yield f"que-5: {place} has options and is no choice"
        if item["type"] in ("choice", "open-choice") and "answerOption" not in item:
            yield f"{place}: a choice has no options"
        if "maxLength" in item and item["type"] not in (
            "boolean decimal integer string text url open-choice".split()
        ):
            yield f"que-10: {place} can't have a greatest length"
        if len(item.get("enableWhen", [])) > 1 and "enableBehavior" not in item:
            yield f"que-12: {place} does not say whether any or all must hold"
        for test in item.get("enableWhen", []):
            yield from enable_problems(test, items, place)


def enable_problems(test, items, place):
    if (test["operator"] == "exists") != ("answerBoolean" in test):
        yield f"que-7: {place} compares with exists and no boolean"
    earlier = {item["linkId"]: item for item in items[: [item["linkId"] for item in items].index(place)]}
    question = earlier.get(test["question"])
    if question is None:
        yield f"{place}: enabled by {test['question']!r}, which is not asked before it"
        return
    if "answerCoding" in test:
        if test["answerCoding"] not in [option["valueCoding"] for option in question.get("answerOption", [])]:
            yield f"{place}: enabled by an answer that {test['question']!r} can't have"
        if test["operator"] not in ("=", "!="):
            yield f"{place}: a code is compared by its size"
    if "answerDecimal" in test and question["type"] != "decimal":
        yield f"{place}: compares {test['question']!r} with a number"


def observation_invariants(resource):
    has_value = any(name.startswith("value") for name in resource)
    if has_value and "dataAbsentReason" in resource:
        yield "obs-6: a value and a reason why there is none"
    if not has_value and "dataAbsentReason" not in resource:
        yield "an observation says neither a value nor why there is none"
    own = resource["code"].get("coding", [])
    if any(part["code"].get("coding") == own for part in resource.get("component", [])):
        yield "obs-7: a part has the code of the whole"


def bundle_invariants(resource):
    urls = [entry.get("fullUrl") for entry in resource.get("entry", [])]
    if len(set(urls)) != len(urls):
        yield "bdl-7: a fullUrl stands twice"
    for entry in resource.get("entry", []):
        if "resource" not in entry:
            yield "bdl-5: an entry has no resource"
        if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", entry.get("fullUrl", "")):
            yield f"{entry.get('fullUrl')}: is no UUID in small letters"
        for reference in entry.get("resource", {}).get("derivedFrom", []):
            if reference["reference"] not in urls:
                yield f"{reference['reference']}: a reference leads nowhere"


INVARIANTS = {
    "Questionnaire": questionnaire_invariants,
    "Observation": observation_invariants,
    "Bundle": bundle_invariants,
}


def problems(resource):
    """Everything that is wrong with a resource, and with those within it."""
    kind = resource.get("resourceType")
    if kind not in STRUCTURES:
        return [f"{kind!r} is no resource that we use"]
    found = list(object_problems(resource, kind, kind))
    return found or list(INVARIANTS.get(kind, lambda _: [])(resource))


def response_problems(response, questionnaire):
    """What a response has that its questionnaire does not allow."""
    items = {item["linkId"]: item for item in questionnaire["item"]}
    if response["questionnaire"] != f"{questionnaire['url']}|{questionnaire['version']}":
        yield f"{response['questionnaire']}: is not the questionnaire"
    links = [item["linkId"] for item in response.get("item", [])]
    if links != [link for link in items if link in links]:
        yield "the answers are not in the order of the questionnaire"
    for item in response.get("item", []):
        asked = items[item["linkId"]]
        answers = item.get("answer", [])
        if len(answers) > 1 and not asked.get("repeats"):
            yield f"{item['linkId']}: more than one answer"
        options = [option["valueCoding"] for option in asked.get("answerOption", [])]
        wanted = {"choice": "valueCoding", "decimal": "valueDecimal", "string": "_valueString"}[asked["type"]]
        for answer in answers:
            if set(answer) != {wanted} or (options and answer[wanted] not in options):
                yield f"{item['linkId']}: the questionnaire has no such answer"
