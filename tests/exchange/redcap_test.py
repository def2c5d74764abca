# SPDX-License-Identifier: MIT
"""A data dictionary and a table of variables hold what the definition says, and nothing that breaks them."""

import csv
import io
import json
import re
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "manual"))

from manual import SOURCE, Home

KINDS = str(Path(__file__).parent / "kinds-of.items.toml")
NAMES = [path.stem for path in sorted((SOURCE / "questionnaires").glob("*.toml"))]
COLUMNS = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
]
(NAME, FORM, SECTION, TYPE, LABEL, CHOICES, NOTE, VALIDATION, MIN, MAX) = COLUMNS[:10]
BRANCHING, ANNOTATION = COLUMNS[11], COLUMNS[17]
TYPES = {"rating": "radio", "number": "text", "text": "notes"}


def choices(cell):
    """(code, label) as REDCap parts them: at '|', then at the first comma."""
    return [tuple(part.strip() for part in choice.split(",", 1)) for choice in cell.split("|")] if cell else []


def shown_label(text):
    return "".join({"|": "/", "[": "(", "]": ")", "{": "(", "}": ")", "\n": " "}.get(c, c) for c in text).replace(
        "<", "&lt;"
    )


def listed(cell):
    """(code, label) of the values in a table of variables."""
    parts = re.findall(r"((?:[^|\\]|\\.)+)(?:\||$)", cell)
    return [tuple(re.sub(r"\\(.)", r"\1", part).split("=", 1)) for part in parts]


class Exchange(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.codebooks = [
            (name, cls.shown(name), cls.rows(name, "redcap"), cls.rows(name, "csv")) for name in [*NAMES, KINDS]
        ]

    @classmethod
    def shown(cls, name):
        return json.loads(cls.home.attune("show", name, "--format", "json"))

    @classmethod
    def rows(cls, name, to):
        table = list(csv.reader(io.StringIO(cls.home.attune("codebook", name, "--to", to)), strict=True))
        return [table[0], *(dict(zip(table[0], row, strict=True)) for row in table[1:])]

    def legal(self, shown, item):
        """(code, label) of each legal answer, from the definition."""
        if item["kind"] == "choice":
            return [(choice["id"], choice["text"]) for choice in item["choices"]]
        if item["kind"] != "rating":
            return []
        scale = next(scale for scale in shown["response_scales"] if scale["id"] == item["response_scale"])
        values = range(scale["min"], scale["max"] + 1)
        return [(str(value), scale["labels"].get(str(value), str(value))) for value in values]

    def test_all_of_ours_are_read(self):
        self.assertIn("closeness", [name for name, *_ in self.codebooks])

    def test_a_dictionary_has_the_18_columns_and_a_record(self):
        for name, _, dictionary, _ in self.codebooks:
            with self.subTest(name=name):
                self.assertEqual(dictionary[0], COLUMNS)
                record = dictionary[1]
                self.assertEqual((record[NAME], record[TYPE], record[LABEL]), ("record_id", "text", "Record"))

    def test_names_are_of_the_form_that_redcap_takes(self):
        for name, _, dictionary, _ in self.codebooks:
            with self.subTest(name=name):
                names = [row[NAME] for row in dictionary[1:]]
                self.assertEqual(len(set(names)), len(names))
                for each in [*names, dictionary[1][FORM]]:
                    self.assertRegex(each, r"^[a-z](_?[a-z0-9])*$")
                    self.assertLessEqual(len(each), 26)
                self.assertEqual(len({row[FORM] for row in dictionary[1:]}), 1)

    def test_each_item_has_its_field(self):
        for name, shown, dictionary, _ in self.codebooks:
            with self.subTest(name=name):
                self.assertEqual(len(dictionary) - 2, len(shown["items"]))
                for row, item in zip(dictionary[2:], shown["items"]):
                    self.assertEqual(row[ANNOTATION].split("; ")[0], f"attune item {item['id']}")
                    several = "checkbox" if item.get("multiple") else "radio"
                    self.assertEqual(row[TYPE], TYPES.get(item["kind"], several))
                    if item["kind"] == "number":
                        self.assertEqual((row[VALIDATION], row[NOTE]), ("number", item.get("unit", "")))
                        self.assertEqual((float(row[MIN]), float(row[MAX])), (item["min"], item["max"]))
                    else:
                        self.assertEqual((row[VALIDATION], row[MIN], row[MAX]), ("", "", ""))

    def test_choices_parse_back_to_the_answers_of_the_definition(self):
        for name, shown, dictionary, _ in self.codebooks:
            with self.subTest(name=name):
                for row, item in zip(dictionary[2:], shown["items"]):
                    renamed = dict(part.split(" is ") for part in row[ANNOTATION].split("; ") if " is " in part)
                    read = [(renamed.get(code, code), label) for code, label in choices(row[CHOICES])]
                    legal = [(code, shown_label(label)) for code, label in self.legal(shown, item)]
                    self.assertEqual(read, legal)
                    for code, _ in choices(row[CHOICES]):
                        self.assertRegex(code, r"^[a-z0-9]+(_[a-z0-9]+)*$")

    def test_branching_logic_names_only_earlier_fields_and_their_codes(self):
        seen = 0
        for name, _, dictionary, _ in self.codebooks:
            with self.subTest(name=name):
                earlier = {}
                for row in dictionary[1:]:
                    logic = row[BRANCHING]
                    for field, code in re.findall(r"\[(\w+)(?:\((\w+)\))?\]", logic):
                        self.assertIn(field, earlier)
                        self.assertEqual(bool(code), earlier[field][TYPE] == "checkbox")
                        if code:
                            self.assertIn(code, dict(choices(earlier[field][CHOICES])))
                        seen += 1
                    for field, code in re.findall(r'\[(\w+)\] = "(\w+)"', logic):
                        self.assertIn(code, dict(choices(earlier[field][CHOICES])))
                    self.assertRegex(
                        logic, r'^$|^\(?(\[\w+(\(\w+\))?\] (=|<>|>=|<=|<|>) ("\w*"|-?[\d.]+)\)?( and | or )?\(?)+$'
                    )
                    earlier[row[NAME]] = row
        self.assertGreater(seen, 20)

    def test_no_cell_is_run_as_a_formula(self):
        for name, _, dictionary, variables in self.codebooks:
            with self.subTest(name=name):
                for row in [*dictionary[1:], *variables[1:]]:
                    for cell in row.values():
                        self.assertTrue(not cell or cell[0] not in "=+@\t\r" and not re.match(r"-\D", cell), cell)

    def test_the_table_of_variables_parses_back_to_the_definition(self):
        for name, shown, _, variables in self.codebooks:
            with self.subTest(name=name):
                items = variables[1 : 1 + len(shown["items"])]
                for row, item in zip(items, shown["items"]):
                    self.assertEqual(row["variable"], item["id"])
                    self.assertEqual(listed(row["values"]), self.legal(shown, item))
                    self.assertEqual(row["scale"], item.get("scale", ""))
                    self.assertEqual(row["reverse"], {None: "", True: "yes", False: "no"}[item.get("reverse")])
                    forms = [form["id"] for form in shown["forms"] if item["id"] in form["items"]]
                    self.assertEqual(row["forms"].split("|"), forms)
                scores = variables[1 + len(shown["items"]) :]
                self.assertEqual([row["variable"] for row in scores], [scale["id"] for scale in shown["scales"]])


if __name__ == "__main__":
    unittest.main()
