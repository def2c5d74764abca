#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The published keys: usable without their wording, and equal to the facts on record.

    keys_test.py Usable | Recorded        with ATTUNE and ATTUNE_SOURCE in the environment

The facts (facts.toml and a table of percentiles) lie beside the checkout where they are at hand;
elsewhere the tests that need them are skipped.
"""

import csv
import json
import re
import sys
import tomllib
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "manual"))
from manual import SOURCE, Home  # noqa: E402

FOLDER = SOURCE / "questionnaires/keys"
KEYS = ["ecr", "ecr-12", "ecr-r", "ecr-rs", "ecr-rs-four", "ecr-s", "raas", "rq"]
REFERENCE = SOURCE.parent / "shared/reference"


def text_of(key):
    return (FOLDER / f"{key}.toml").read_text(encoding="utf-8")


def load(key):
    return tomllib.loads(text_of(key))


def scales(definition):
    return {scale["id"]: scale for scale in definition["scales"]}


def range_of(definition):
    (scale,) = definition["response_scales"]
    return scale["min"], scale["max"]


def answers(definition, items, highest):
    """What scores highest, or lowest, on every scale."""
    low, high = range_of(definition)
    reverse = {item["id"]: item.get("reverse", False) for item in definition["items"]}
    return ",".join(f"{item}={high if highest != reverse[item] else low}" for item in items)


def forms(definition):
    yield "full", [item["id"] for item in definition["items"]]
    for form in definition.get("forms", []):
        yield form["id"], form["items"]


class Usable(unittest.TestCase):
    def profile(self, home, key, form, given):
        return json.loads(home.attune("take", key, "--form", form, "--answers", given, "--format", "json", "--no-save"))

    def test_the_keys_are_all_there(self):
        self.assertEqual(sorted(path.stem for path in FOLDER.glob("*.toml")), KEYS)

    def test_check_has_nothing_to_say(self):
        with Home() as home:
            self.assertEqual(home.attune("check", *(str(FOLDER / f"{key}.toml") for key in KEYS)), "")

    def test_no_statement_is_part_of_them(self):
        for key in KEYS:
            with self.subTest(key=key):
                definition = load(key)
                self.assertEqual(definition["questionnaire"]["wording"], "not included")
                self.assertIn("wording is not included", definition["questionnaire"]["status"])
                self.assertEqual({name for item in definition["items"] for name in item} - {"id", "scale", "reverse"}, set())

    def test_each_scale_reaches_both_ends_in_each_form(self):
        with Home() as home:
            for key in KEYS:
                definition = load(key)
                for form, items in forms(definition):
                    for highest, end in ((False, min), (True, max)):
                        with self.subTest(key=key, form=form, end=end.__name__):
                            scores = self.profile(home, key, form, answers(definition, items, highest))["scores"]
                            found = {score["score"] for score in scores.values() if score["items"]}
                            self.assertEqual(found, {end(range_of(definition))})

    def test_everyone_gets_next_steps(self):
        with Home() as home:
            for key in KEYS:
                definition = load(key)
                items = [item["id"] for item in definition["items"]]
                for given in (answers(definition, items, False), answers(definition, items, True), f"{items[0]}=s"):
                    with self.subTest(key=key, given=given):
                        steps = self.profile(home, key, "full", given)["next_steps"]
                        self.assertGreaterEqual(len(steps), 3)
                        self.assertEqual(steps[0]["size"], "small")

    def test_bands_are_thirds_of_the_range(self):
        for key in KEYS:
            definition = load(key)
            low, high = range_of(definition)
            for name, scale in scales(definition).items():
                with self.subTest(key=key, scale=name):
                    self.assertEqual([band["id"] for band in scale["bands"]], ["low", "middle", "high"])
                    for band, third in zip(scale["bands"], (1, 2)):
                        self.assertAlmostEqual(band["below"], low + third * (high - low) / 3, delta=0.001)

    def test_a_form_about_one_person_leaves_the_overall_scores_out(self):
        with Home() as home:
            given = ["--answers", ",".join("4" * 9), "--form", "father", "--no-save"]
            text = home.attune("take", "ecr-rs-four", *given)
            profile = json.loads(home.attune("take", "ecr-rs-four", *given, "--format", "json"))
        self.assertIn("Anxiety with father", text)
        self.assertNotIn("overall", text)
        self.assertNotIn("not scored", text)
        self.assertIsNone(profile["derived"]["anxiety"]["score"])
        self.assertIn("Anxiety with mother", profile["derived"]["anxiety"]["reason"])

    def test_a_range_of_the_sample_that_differs_gives_no_place_among_it(self):
        with Home() as home:
            profile = self.profile(home, "ecr", "full", ",".join("4" * 36))
        self.assertNotIn("norms", profile["scores"]["anxiety"])
        self.assertEqual(profile["scores"]["anxiety"]["error"], "conditional")

    def test_a_place_among_a_sample_comes_with_its_size(self):
        with Home() as home:
            profile = self.profile(home, "raas", "full", ",".join("3" * 18))
        # R: 100 * pnorm(3, c(2.31, 2.62), c(.89, 1.01)) = 78.1, 64.7.
        norms = [(norm["n"], norm["percentile"], norm["method"]) for norm in profile["scores"]["anxiety"]["norms"]]
        self.assertEqual(norms, [(414, 80, "normal"), (414, 65, "normal")])

    def test_it_is_asked_once_its_wording_is_added(self):
        statements = [f"A made-up statement with the number {number}." for number in range(1, 13)]
        with Home() as home:
            (home.path / "lines.txt").write_text("\n".join(statements), encoding="utf-8")
            refused = home.run("attune take ecr-s")
            self.assertEqual(refused.returncode, 66)
            self.assertIn("attune wording ecr-s FILE adds them from plain lines", refused.stderr)
            self.assertIn("ecr-s", home.attune("list").split("Published keys")[1])
            home.attune("wording", "ecr-s", "lines.txt")
            status, screen = home.on_terminal("attune take ecr-s", [(statements[0], "4"), (statements[1], "q")])
            self.assertEqual(status, 0)
            self.assertIn(statements[1], screen)
            self.assertIn("ecr-s", home.attune("list").split("Published keys")[0])


@unittest.skipUnless((REFERENCE / "facts.toml").exists(), "the facts are not at hand")
class Recorded(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(REFERENCE / "facts.toml", "rb") as file:
            cls.facts = tomllib.load(file)["instrument"]

    def check_key(self, key, names, reverse):
        """`names`: from scales to the numbers of their items."""
        definition = load(key)
        items = definition["items"]
        for scale, numbers in names.items():
            found = [number for number, item in enumerate(items, 1) if item["scale"] == scale]
            self.assertEqual(found, sorted(numbers), scale)
        self.assertEqual([number for number, item in enumerate(items, 1) if item.get("reverse")], sorted(reverse))
        self.assertEqual([item["id"] for item in items], [f"q{number}" for number in range(1, len(items) + 1)])
        return definition

    def test_two_scales(self):
        for key, fact in (("ecr", "ecr"), ("ecr-r", "ecr_r"), ("ecr-s", "ecr_s")):
            with self.subTest(key=key):
                facts = self.facts[fact]
                names = {"anxiety": facts["anxiety"], "avoidance": facts["avoidance"]}
                definition = self.check_key(key, names, facts["reverse"])
                self.assertEqual(len(definition["items"]), facts["n_items"])
                self.assertEqual(list(range_of(definition)), facts["range"])

    def test_ecr_12(self):
        facts = self.facts["ecr_12"]
        names = {"anxiety": facts["anxiety_positions"], "avoidance": facts["avoidance_positions"]}
        self.check_key("ecr-12", names, facts["reverse_positions"])
        numbers = [int(number) for number in re.findall(r'^id = "q\d+"  # ECR (\d+)$', text_of("ecr-12"), re.M)]
        self.assertEqual(numbers, sorted(numbers))
        found = dict(zip(numbers, load("ecr-12")["items"], strict=True))
        self.assertEqual([n for n, i in found.items() if i["scale"] == "anxiety"], facts["anxiety_ecr_numbers"])
        self.assertEqual([n for n, i in found.items() if i["scale"] == "avoidance"], facts["avoidance_ecr_numbers"])
        self.assertEqual([n for n, i in found.items() if i.get("reverse")], facts["reverse_ecr_numbers"])
        whole = load("ecr")["items"]
        for number, item in found.items():
            self.assertEqual(item | {"id": ""}, whole[number - 1] | {"id": ""})

    def test_ecr_rs(self):
        facts = self.facts["ecr_rs"]
        names = {"avoidance": facts["avoidance"], "anxiety": facts["anxiety"]}
        definition = self.check_key("ecr-rs", names, facts["reverse"])
        self.assertEqual(len(definition["items"]), facts["n_items"])
        self.assertEqual(list(range_of(definition)), facts["range"])
        self.assertEqual(set(definition["about"]), {"general", *facts["targets"]})

    def test_ecr_rs_about_four_people(self):
        facts = self.facts["ecr_rs"]
        definition = load("ecr-rs-four")
        self.assertEqual(list(range_of(definition)), facts["range"])
        items = {item["id"]: item for item in definition["items"]}
        expected = [f"{target}-{number}" for target in facts["targets"] for number in range(1, 10)]
        self.assertEqual(list(items), expected)
        for target in facts["targets"]:
            for number in range(1, 10):
                item = items[f"{target}-{number}"]
                kind = "avoidance" if number in facts["avoidance"] else "anxiety"
                self.assertEqual(item["scale"], f"{target}-{kind}")
                self.assertEqual(item.get("reverse", False), number in facts["reverse"])
        for derived in definition["derived"]:
            self.assertEqual(derived["weights"], {f"{target}-{derived['id']}": 0.25 for target in facts["targets"]})
        reliability = {name: scale.get("reliability", {}).get("retest") for name, scale in scales(definition).items()}
        for kind in ("anxiety", "avoidance"):
            self.assertEqual(reliability[f"partner-{kind}"], facts["retest_30_days_partner"])
            self.assertEqual(reliability[f"mother-{kind}"], facts["retest_30_days_parent"])
            self.assertEqual(reliability[f"father-{kind}"], facts["retest_30_days_parent"])
            self.assertIsNone(reliability[f"friend-{kind}"])

    def test_raas(self):
        facts = self.facts["raas"]
        names = {scale: facts[scale] for scale in ("close", "depend", "anxiety")}
        definition = self.check_key("raas", names, facts["reverse"])
        self.assertEqual(list(range_of(definition)), facts["range"])
        for name, scale in scales(definition).items():
            for norm, sex in zip(scale["norms"], "mf", strict=True):
                self.assertEqual([norm["mean"], norm["sd"]], facts[f"{name}_mean_sd_{sex}"])
                self.assertTrue(norm["sample"].startswith({"m": "men ", "f": "women "}[sex]))
                self.assertEqual(norm["n"], 414)
                self.assertIn("one secondary source", norm["source"])

    def test_rq(self):
        facts = self.facts["rq"]
        order = ["secure", "fearful", "preoccupied", "dismissing"]
        definition = self.check_key("rq", {scale: [number] for number, scale in enumerate(order, 1)}, [])
        self.assertEqual(list(range_of(definition)), facts["range"])
        models = {derived["id"].replace("-", "_"): derived["weights"] for derived in definition["derived"]}
        for model, weights in models.items():
            (plus, minus) = re.findall(r"\((\w+) \+ (\w+)\)", facts[model])
            self.assertEqual(weights, dict.fromkeys(plus, 1) | dict.fromkeys(minus, -1))
        with Home() as home:
            profiles = [
                json.loads(home.attune("take", "rq", "--answers", given, "--format", "json", "--no-save"))
                for given in ("1,7,7,1", "7,1,1,7")
            ]
        self.assertEqual([profile["derived"]["self-model"]["score"] for profile in profiles], facts["derived_range"])

    def test_figures_of_the_others(self):
        ecr, revised, short = (scales(load(key)) for key in ("ecr", "ecr-r", "ecr-s"))
        (norms,) = (norm for norm in self.facts["ecr_r"]["norms"] if norm["status"] != "U")
        for kind in ("anxiety", "avoidance"):
            self.assertEqual(ecr[kind]["reliability"]["alpha"], self.facts["ecr"][f"alpha_{kind}"])
            (norm,) = revised[kind]["norms"]
            found = {f"{kind}_mean": norm["mean"], f"{kind}_sd": norm["sd"], "n": norm["n"]}
            self.assertEqual(found, {name: norms[name] for name in found})
            self.assertEqual(short[kind]["reliability"]["retest"], self.facts["ecr_s"][f"retest_1_month_{kind}"])

    def test_unverified_figures_are_in_no_key(self):
        norms = [facts["norms"] for facts in self.facts.values() if isinstance(facts.get("norms"), list)]
        unverified = [norm for of_one in norms for norm in of_one if norm["status"] == "U"]
        self.assertEqual(len(unverified), 2)
        # A mean that waits to be verified is left out as well.
        unverified += [norm for norm in self.facts["ecr_rs"]["norms"] if "before use" in norm["caution"]]
        for key in KEYS:
            used = {(norm["mean"], norm["sd"]) for scale in load(key)["scales"] for norm in scale.get("norms", []) if "mean" in norm}
            for norm in unverified:
                for kind in ("anxiety", "avoidance"):
                    self.assertNotIn((norm[f"{kind}_mean"], norm[f"{kind}_sd"]), used)
                self.assertNotIn(f"n = {norm['n']},", text_of(key))

    def test_the_thinned_percentiles_are_the_whole_table_within_half_a_point(self):
        with open(REFERENCE / "ecr_percentiles.csv", encoding="utf-8") as file:
            table = list(csv.DictReader(line for line in file if not line.startswith("#")))
        self.assertGreater(len(table), 70)
        for kind, scale in scales(load("ecr")).items():
            (norm,) = scale["norms"]
            self.assertEqual((norm["n"], norm["range"]), (46610, [1, 5]))
            points = norm["percentiles"]
            self.assertEqual((points[0][0], points[-1][0]), (1, 5))
            for row in table:
                score, percentile = float(row["mean_score"]), float(row[f"{kind}_percentile"])
                (x0, y0), (x1, y1) = next(pair for pair in zip(points, points[1:]) if score <= pair[1][0] + 1e-4)
                self.assertLessEqual(abs(y0 + (y1 - y0) * (score - x0) / (x1 - x0) - percentile), 0.5, (kind, score))


if __name__ == "__main__":
    unittest.main()
