# SPDX-License-Identifier: MIT
"""What can be checked of the statements of closeness: one for each cell of the blueprint, keys without a pattern, plain words.

    closeness_test.py        with ATTUNE and ATTUNE_SOURCE in the environment
"""

import itertools
import re
import sys
import tomllib
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "manual"))
from manual import SOURCE, Home  # noqa: E402

FACETS = {"anxiety": {"fear-of-loss", "doubt", "preoccupation", "wish-for-more"},
          "avoidance": {"self-reliance", "guardedness", "pulling-back", "muted-feelings", "separateness"}}
PEOPLE = ["general", "partner", "mother", "father", "friend", "sibling", "child", "caregiver"]
NEGATIONS = {"not", "no", "never", "none", "nothing", "nobody", "without", "hardly", "barely", "always"}
PRESENCE = {"phone", "message", "text", "reply", "call", "tonight", "bed", "house", "home"}  # what a distant person never shares


def load(name):
    return tomllib.loads((SOURCE / f"questionnaires/{name}.toml").read_text(encoding="utf-8"))


def words(text):
    return re.findall(r"[a-z']+", text.replace("{about}", "").lower())


def correlation(one, other):
    mean = [sum(values) / len(values) for values in (one, other)]
    both = sum((a - mean[0]) * (b - mean[1]) for a, b in zip(one, other))
    return both / (sum((a - mean[0]) ** 2 for a in one) * sum((b - mean[1]) ** 2 for b in other)) ** 0.5


class Statements(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.definition = load("closeness")
        cls.items = {item["id"]: item for item in cls.definition["items"]}
        (form,) = cls.definition["forms"]
        cls.short = [cls.items[each] for each in form["items"]]

    def keys(self, items):
        return [int(item.get("reverse", False)) for item in items]

    def test_each_facet_has_two_statements_keyed_either_way(self):
        parents = {scale["id"]: scale.get("parent") for scale in self.definition["scales"]}
        for parent, facets in FACETS.items():
            self.assertEqual({facet for facet in parents if parents[facet] == parent}, facets)
            for facet in facets:
                keys = self.keys(item for item in self.items.values() if item["scale"] == facet)
                self.assertEqual(sorted(keys), [0, 0, 1, 1], facet)

    def test_keys_follow_no_pattern(self):
        keys = self.keys(self.items.values())
        self.assertLessEqual(max(len(list(run)) for _, run in itertools.groupby(keys)), 3)
        self.assertIn(sum(a != b for a, b in zip(keys, keys[1:])), range(14, 22))
        for order in (keys, self.keys(self.short)):
            self.assertLess(abs(correlation(order, [place % 2 for place in range(len(order))])), 0.15)
            self.assertLess(abs(correlation(order, range(len(order)))), 0.2)

    def test_neighbours_come_from_different_facets(self):
        for items in (list(self.items.values()), self.short):
            for one, other in zip(items, items[1:]):
                self.assertNotEqual(one["scale"], other["scale"], (one["id"], other["id"]))

    def test_the_short_form_has_every_facet_and_each_key_alike(self):
        self.assertEqual({item["scale"] for item in self.short}, set().union(*FACETS.values()))
        for facets in FACETS.values():
            keys = self.keys(item for item in self.short if item["scale"] in facets)
            self.assertEqual(sorted(keys), [0] * 3 + [1] * 3)
        for item in self.short:
            self.assertFalse(item["text"].startswith(("After ", "Soon after ")), item["text"])

    def test_every_statement_names_the_person_as_an_object_in_plain_words(self):
        for item in self.items.values():
            text = item["text"]
            self.assertEqual(text.count("{about}"), 1, text)
            self.assertNotRegex(text, r"(^|when |that |if )\{about\} \w+s\b|\{about\}'s", "it has to read well about many as about one")
            self.assertFalse(set(words(text)) & (NEGATIONS | PRESENCE), text)
            self.assertLessEqual(len(words(text)), 14, text)
            self.assertTrue(text.endswith(".") and "," not in text[text.find(",") + 1:], text)

    def test_no_two_statements_are_alike(self):
        common = {"i", "a", "to", "the", "of", "my", "when", "with", "from", "that", "than", "for", "about", "me", "get", "am", "it"}
        for one, other in itertools.combinations(self.items.values(), 2):
            mine, yours = ({*words(item["text"])} - common for item in (one, other))
            shared = len(mine & yours) / max(1, min(len(mine), len(yours)))
            self.assertLess(shared, 0.67, (one["text"], other["text"]))

    def test_every_questionnaire_knows_the_same_people(self):
        people = {name: list(load(name)["about"].items()) for name in ("closeness", "growth", "moment", "support")}
        self.assertEqual([name for name, _ in people["closeness"]], PEOPLE)
        for name, about in people.items():
            self.assertEqual(about, people["closeness"], name)

    def test_the_ends_of_facets_fit_beside_a_ruler_of_80_columns(self):
        for scale in load("closeness")["scales"]:
            if "parent" in scale:
                self.assertLessEqual(max(len(scale["low"]), len(scale["high"])), 26, scale["id"])

    def test_what_names_a_person_to_them_is_there_for_all(self):
        for name in ("closeness", "growth"):
            self.assertEqual(list(load(name)["about_you"]), PEOPLE, name)

    def test_statements_about_the_respondent_alone_are_left_out_for_a_second_person(self):
        growth = load("growth")
        (form,) = growth["forms"]
        of_the_person = [item["id"] for item in growth["items"] if "{about}" in item["text"]]
        self.assertEqual(form["items"], of_the_person)
        alone = {item["scale"] for item in growth["items"] if item["id"] not in of_the_person}
        self.assertEqual(alone, {"self-compassion"})

    def test_the_check_has_nothing_to_say(self):
        with Home() as home:
            for name in ("closeness", "growth", "moment", "support"):
                self.assertEqual(home.attune("check", SOURCE / f"questionnaires/{name}.toml"), "", name)


if __name__ == "__main__":
    unittest.main()
