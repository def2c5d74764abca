# SPDX-License-Identifier: MIT
"""What attune writes as FHIR is what R4 asks for, and says the same as its own JSON."""

import copy
import json
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "manual"))

from fhir import problems, response_problems
from manual import SOURCE, Home

KINDS = str(Path(__file__).parent / "kinds-of.items.toml")
NAMES = [path.stem for path in sorted((SOURCE / "questionnaires").glob("*.toml"))]

# What is answered of each: arguments of `take`, and a file of answers where lines of text are among them.
SITTINGS = (
    ("closeness", [], ",".join(str(1 + item % 7) for item in range(36))),
    ("closeness", ["--form", "short", "--about", "partner"], "5,3,6,2,4,3,5,s,2,4,3,6"),
    ("closeness", ["--form", "short"], ",".join("s" * 12)),
    ("growth", [], ",".join(["4", "s"] * 10)),
    ("moment", [], "urge=cling,trigger=silence+distance,felt=sad,strength=6,did=waited,note=kept to myself"),
    ("moment", [], "urge=none"),
    ("support", [], "kind=therapy,attendance=attended,minutes=50,useful=6,note=kept to myself"),
    (KINDS, ["--about", "partner"], "t-1=4,t.1=5,load1=10,load2=0,urge=cling,felt=hard-to-say+sad,hours=1.5,"
     "why=kept to myself,last=kept to myself"),
    (KINDS, ["--form", "brief"], "urge=none,t-1=2"),
)  # fmt: skip


def sittings(home):
    """Each sitting: the questionnaire, its bundle and the profile as JSON, of one record."""
    for name, options, answers in SITTINGS:
        (home.path / "answers").write_text(answers, encoding="utf-8")
        bundle = home.attune("take", name, *options, "--answers", "./answers", "--format", "fhir")
        profile = home.attune("history", "show", "last", "--format", "json")
        about = options[options.index("--about") :][:2] if "--about" in options else []
        questionnaire = home.attune("codebook", name, "--to", "fhir", *about)
        yield name, json.loads(questionnaire), bundle, json.loads(profile)


class Fhir(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.sittings = list(sittings(cls.home))

    def questionnaire(self, name):
        return json.loads(self.home.attune("codebook", name, "--to", "fhir"))

    def test_each_questionnaire_is_one_of_r4(self):
        self.assertIn("closeness", NAMES)
        for name in [*NAMES, KINDS]:
            with self.subTest(name=name):
                self.assertEqual(problems(self.questionnaire(name)), [])

    def test_each_questionnaire_has_all_items_and_rules(self):
        for name in [*NAMES, KINDS]:
            shown = json.loads(self.home.attune("show", name, "--format", "json"))
            items = self.questionnaire(name)["item"][1:]
            with self.subTest(name=name):
                self.assertEqual([item["linkId"] for item in items], [item["id"] for item in shown["items"]])
                for item, own in zip(items, shown["items"]):
                    codes = [option["valueCoding"]["code"] for option in item.get("answerOption", [])]
                    if own["kind"] == "choice":
                        self.assertEqual(codes, [choice["id"] for choice in own["choices"]])

    def test_each_bundle_is_one_of_r4(self):
        for name, _, bundle, _ in self.sittings:
            with self.subTest(name=name):
                self.assertEqual(problems(json.loads(bundle)), [])

    def test_each_response_fits_its_questionnaire(self):
        for name, questionnaire, bundle, _ in self.sittings:
            with self.subTest(name=name):
                response = json.loads(bundle)["entry"][0]["resource"]
                self.assertEqual(list(response_problems(response, questionnaire)), [])

    def test_each_observation_has_the_score_of_the_profile(self):
        for name, _, bundle, profile in self.sittings:
            observations = [entry["resource"] for entry in json.loads(bundle)["entry"][1:]]
            self.assertEqual([each["code"]["coding"][0]["code"] for each in observations], list(profile["scores"]))
            for each, (scale, score) in zip(observations, profile["scores"].items()):
                with self.subTest(name=name, scale=scale):
                    self.assertEqual(each.get("valueQuantity", {}).get("value"), score["score"])
                    self.assertEqual(each.get("dataAbsentReason", {}).get("text"), score.get("reason"))
                    parts = {part["code"]["coding"][0]["code"]: part for part in each["component"]}
                    self.assertEqual(parts["answered"]["valueInteger"], score["answered"])
                    self.assertEqual(parts["items"]["valueInteger"], score["items"])
                    if score["se"] is not None:
                        self.assertEqual(parts["standard-error"]["valueQuantity"]["value"], score["se"])

    def test_a_mean_score_is_the_mean_of_the_ordinal_values_of_the_answers(self):
        compared = 0
        for name, questionnaire, bundle, _ in self.sittings:
            shown = json.loads(self.home.attune("show", name, "--format", "json"))
            ordinals = {
                (item["linkId"], option["valueCoding"]["code"]): option["extension"][0]["valueDecimal"]
                for item in questionnaire["item"]
                for option in item.get("answerOption", [])
                if "extension" in option
            }
            entries = [entry["resource"] for entry in json.loads(bundle)["entry"]]
            answered = {
                item["linkId"]: ordinals[item["linkId"], item["answer"][0]["valueCoding"]["code"]]
                for item in entries[0].get("item", [])
                if "valueCoding" in item.get("answer", [{}])[0]
                and (item["linkId"], item["answer"][0]["valueCoding"]["code"]) in ordinals
            }
            below = {scale["id"]: scale.get("parent") for scale in shown["scales"]}
            sums = {scale["id"] for scale in shown["scales"] if scale["score"] == "sum"}
            for observation in entries[1:]:
                scale = observation["code"]["coding"][0]["code"]
                counts = [
                    answered[item["id"]]
                    for item in shown["items"]
                    if item["id"] in answered and scale in (item.get("scale"), below.get(item.get("scale")))
                ]
                if "valueQuantity" in observation:
                    of_mean = observation["valueQuantity"]["value"] / (len(counts) if scale in sums else 1)
                    self.assertAlmostEqual(of_mean, sum(counts) / len(counts), places=9)
                    compared += 1
        self.assertGreater(compared, 20)

    def test_lines_in_ones_own_words_are_never_written(self):
        masked = 0
        for _, _, bundle, _ in self.sittings:
            self.assertFalse("kept to myself" in bundle)
            masked += bundle.count('"masked"')
        self.assertEqual(masked, 4)

    def test_a_record_is_written_the_same_later(self):
        with Home() as home:
            taken = home.attune("take", "growth", "--answers", ",".join("4" * 20), "--format", "fhir")
            self.assertEqual(home.attune("history", "show", "last", "--format", "fhir"), taken)

    def test_a_sitting_that_is_not_kept_is_written_too(self):
        with Home() as home:
            answers = ["take", "growth", "--no-save", "--answers", ",".join("4" * 20), "--format", "fhir"]
            bundle = json.loads(home.attune(*answers))
            self.assertEqual(problems(bundle), [])
            self.assertNotIn("identifier", bundle["entry"][0]["resource"])
            self.assertFalse((home.path / ".local").exists())


class TheCheckItself(unittest.TestCase):
    """Damage that the check has to find."""

    @classmethod
    def setUpClass(cls):
        with Home() as home:
            cls.good = json.loads(home.attune("codebook", KINDS, "--to", "fhir"))
            answers = ["--answers", "t-1=4,t.1=5", "--no-save"]
            cls.bundle = json.loads(home.attune("take", KINDS, *answers, "--format", "fhir"))

    def damaged(self, change):
        resource = copy.deepcopy(self.good)
        change(resource)
        return problems(resource)

    def damaged_bundle(self, change):
        bundle = copy.deepcopy(self.bundle)
        change(bundle)
        return problems(bundle)

    def test_damage_to_a_questionnaire_is_found(self):
        felt, hours, why = 6, 7, 8
        for change in (
            lambda q: q.pop("status"),
            lambda q: q.update(status="fine"),
            lambda q: q.update(title=""),
            lambda q: q.update(name="kinds"),
            lambda q: q.update(scale="trust"),
            lambda q: q.update(url="no uri"),
            lambda q: q["item"][1].update(linkId="t.1"),
            lambda q: q["item"][1].pop("type"),
            lambda q: q["item"][1].update(required="no"),
            lambda q: q["item"][1].update(answerOption=[]),
            lambda q: q["item"][1].pop("answerOption"),
            lambda q: q["item"][0].update(required=False),
            lambda q: q["item"][1].update(maxLength=4),
            lambda q: q["item"][hours].pop("enableBehavior"),
            lambda q: q["item"][felt]["enableWhen"][0].update(question="why"),
            lambda q: q["item"][felt]["enableWhen"][0]["answerCoding"].update(code="clings"),
            lambda q: q["item"][felt]["enableWhen"][0].update(operator=">"),
            lambda q: q["item"][felt]["enableWhen"][0].update(answerBoolean=True),
            lambda q: q["item"][why]["enableWhen"][0].pop("answerBoolean"),
            lambda q: q["item"][hours]["extension"][0].update(url="http://hl7.org/fhir/StructureDefinition/min"),
            lambda q: q["item"][1]["answerOption"][0]["extension"][0].update(valueDecimal="1"),
        ):
            self.assertNotEqual(self.damaged(change), [])
        self.assertEqual(self.damaged(lambda q: None), [])

    def test_damage_to_a_bundle_is_found(self):
        def resource(bundle, at):
            return bundle["entry"][at]["resource"]

        for change in (
            lambda b: b.update(type="folder"),
            lambda b: b["entry"][1].update(fullUrl=b["entry"][0]["fullUrl"]),
            lambda b: b["entry"][0].update(fullUrl="urn:uuid:1"),
            lambda b: b["entry"][1].pop("resource"),
            lambda b: resource(b, 0).update(status="done"),
            lambda b: resource(b, 0).update(authored="24 November"),
            lambda b: resource(b, 0)["item"][0].pop("linkId"),
            lambda b: resource(b, 1).update(dataAbsentReason=resource(b, 3)["dataAbsentReason"]),
            lambda b: resource(b, 3).pop("dataAbsentReason"),
            lambda b: resource(b, 3)["dataAbsentReason"]["coding"][0].update(code="lost"),
            lambda b: resource(b, 1)["valueQuantity"].update(value="4"),
            lambda b: resource(b, 1)["derivedFrom"][0].update(reference="urn:uuid:1"),
            lambda b: resource(b, 1).update(code=resource(b, 1)["component"][0]["code"]),
        ):
            self.assertNotEqual(self.damaged_bundle(change), [])
        self.assertEqual(self.damaged_bundle(lambda b: None), [])

    def test_answers_that_a_questionnaire_does_not_have_are_found(self):
        for change in (
            lambda r: r.update(questionnaire="urn:attune:questionnaire:kinds-of.items|9"),
            lambda r: r["item"].reverse(),
            lambda r: r["item"][0]["answer"].append(r["item"][0]["answer"][0]),
            lambda r: r["item"][0]["answer"][0]["valueCoding"].update(code="6"),
            lambda r: r["item"][0].update(answer=[{"valueDecimal": 4}]),
        ):
            response = copy.deepcopy(self.bundle["entry"][0]["resource"])
            change(response)
            self.assertNotEqual(list(response_problems(response, self.good)), [])


if __name__ == "__main__":
    unittest.main()
