# SPDX-License-Identifier: MIT
"""The output for programs has the fields that attune-take(1) and attune(1) describe, and no others."""

import json
import re
import unittest

from manual import Home, page, section

# Care notes, next steps, a facet, a scale that is not scored, one whose error is printed in full.
ONE_ANSWER_THROUGHOUT = ",".join(["6"] * 36)
AVOIDANCE_SKIPPED = "fl1=2,fl2=6,nr1=1,nr2=7,po3=4,pr4=3"
BY_ID = {"scores", "probabilities"}  # objects whose keys are ids of the definition


def keys(value, of=""):
    """The names of all fields of a JSON value."""
    if isinstance(value, list):
        return set().union(*(keys(each, of) for each in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    names = set() if of in BY_ID else set(value)
    return names.union(*(keys(each, name if of not in BY_ID else "") for name, each in value.items()))


def variables(text):
    return {word for line in re.findall(r"\bVa (.*)$", text, re.M) for word in re.findall(r"\w+", line)}


def heads(text):
    return {word for line in re.findall(r"^\.It Va (.*)$", text, re.M) for word in re.findall(r"\w+", line)}


class Output(unittest.TestCase):
    def test_each_field_of_the_profile_is_described(self):
        with Home() as home:
            options = ["--format", "json", "--explain", "--answers"]
            printed = keys(json.loads(home.attune("take", *options, ONE_ANSWER_THROUGHOUT)))
            short = ["take", "--form", "short", *options]
            printed |= keys(json.loads(home.attune(*short, AVOIDANCE_SKIPPED)))
        described = section(section(page("attune-take.1"), "OUTPUT FOR PROGRAMS"), "JSON", "Ss")
        self.assertLessEqual({"reason", "parent", "text", "size", "pull"}, printed)
        self.assertEqual(printed - variables(described), set())
        self.assertEqual(heads(described) - printed, set())

    def test_the_columns_of_a_row_are_described(self):
        with Home() as home:
            row = home.attune("take", "growth", "--answers", ",".join("4" * 20), "--format", "csv")
            scales = [scale["id"] for scale in json.loads(home.attune("show", "growth", "--format", "json"))["scales"]]
        described = section(section(page("attune-take.1"), "OUTPUT FOR PROGRAMS"), "CSV", "Ss")
        (first, per_scale, last) = re.findall(r"^\.It Va (.*)$", described, re.M)
        columns = first.split(" , ")
        for scale in scales:
            columns += [column.replace("X", scale) for column in per_scale.split(" , ")]
        self.assertEqual(row.splitlines()[0].split(","), columns + [last])

    def test_each_field_of_list_and_show_is_described(self):
        commands = section(page("attune.1"), "COMMANDS")
        with Home() as home:
            listed = keys(json.loads(home.attune("list", "--format", "json")))
            shown = set(json.loads(home.attune("show", "closeness", "--format", "json")))
        self.assertEqual(listed - variables(section(commands, "list", "Ss")), set())
        self.assertEqual(shown - {"schema", "version"} - variables(section(commands, "show Ar name | file", "Ss")), set())


if __name__ == "__main__":
    unittest.main()
