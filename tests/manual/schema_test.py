# SPDX-License-Identifier: MIT
"""The schema for editors says of definitions what the program says, as far as a schema can: a validator of others holds it against them."""

import json
import re
import shutil
import subprocess
import tomllib
import unittest
from pathlib import Path

from manual import SOURCE, Home

try:
    from jsonschema import Draft7Validator
except ImportError:
    Draft7Validator = None

HOSTILE = sorted((SOURCE / "tests/hostile/definitions").glob("*.toml"))
# What only the program knows: which names there are and come first, what is given twice, how numbers lie to each other.
BEYOND = re.compile(
    r"is not (an item|a scale|a response scale)|is neither a scale nor an item|is given twice|differs from the name of the file|"
    r"no item belongs to|must be larger than|the last band has no 'below'|has no label|lies outside the scale's range|"
    r"regions must name exactly two main scales|the character U\+\w+( \([^)]*\))? is not allowed"
)


def tables_of(value, name="", seen=None):
    """The first table of each kind of a definition whose keys are those of the format."""
    seen = set() if seen is None else seen
    if isinstance(value, list):
        for each in value:
            yield from tables_of(each, name, seen)
    elif isinstance(value, dict):
        if name not in seen:
            seen.add(name)
            yield value
        for key, each in value.items():
            if key not in ("labels", "about", "about_you", "weights", "claims", "when", "ask_when", "one", "other"):
                yield from tables_of(each, key, seen)


def names_in(schema):
    """All keys that the schema knows."""
    if isinstance(schema, list):
        return set().union(*map(names_in, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {})) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*(names_in(each) for each in schema.values())) if schema else own


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Home() as home:
            cls.schema = json.loads(home.attune("init", "--schema"))
            cls.starter = home.attune("init", "mine", "-o", "-")
        cls.definitions = {path.name: path.read_text(encoding="utf-8") for path in SOURCE.glob("questionnaires/**/*.toml")}
        cls.definitions["starter"] = cls.starter

    def test_it_knows_the_keys_of_the_reader(self):
        asked = set()
        for path in (SOURCE / "src/definition").glob("*.cpp"):
            if path.name in ("texts.cpp", "toml.cpp"):
                continue
            asked |= set(re.findall(r'\b(?:text|whole|number|flag|word|find|has|table|inner|parts|each|read_correlation)\(\s*(?:table, )?"(\w+)"', path.read_text(encoding="utf-8")))
        self.assertGreater(len(asked), 60)
        # `contact` is a key of the configuration; `id` and `language` have a reader of their own.
        self.assertEqual((asked | {"id", "language", "about"}) - {"contact"}, names_in(self.schema))

    @unittest.skipIf(Draft7Validator is None, "python3-jsonschema is not installed")
    def test_it_accepts_what_the_reader_accepts(self):
        Draft7Validator.check_schema(self.schema)
        self.assertGreater(len(self.definitions), 10)
        for name, text in self.definitions.items():
            with self.subTest(name=name):
                self.assertEqual([error.message for error in Draft7Validator(self.schema).iter_errors(tomllib.loads(text))], [])

    @unittest.skipIf(Draft7Validator is None, "python3-jsonschema is not installed")
    def test_it_refuses_what_the_reader_refuses_but_for_what_only_a_reader_knows(self):
        refused = 0
        for path in HOSTILE:
            try:
                value = tomllib.loads(path.read_bytes().decode("utf-8"))
            except ValueError:
                continue  # no TOML, for others either
            if Draft7Validator(self.schema).is_valid(value):
                self.assertRegex(path.with_suffix(".expected").read_text(encoding="utf-8"), BEYOND, path.name)
            else:
                refused += 1
        self.assertGreater(refused, 45)

    @unittest.skipIf(Draft7Validator is None, "python3-jsonschema is not installed")
    def test_a_misspelt_key_is_refused_in_every_table(self):
        tables = 0
        for text in self.definitions.values():
            value = tomllib.loads(text)
            for table in tables_of(value):
                table["x-unknown"] = 1
                self.assertFalse(Draft7Validator(self.schema).is_valid(value), table)
                del table["x-unknown"]
                tables += 1
        self.assertGreater(tables, 60)

    def test_taplo_agrees(self):
        taplo = shutil.which("taplo")
        if taplo is None:
            self.skipTest("taplo is not installed")
        with Home() as home:
            Path(home.path, "attune.schema.json").write_text(json.dumps(self.schema), encoding="utf-8")
            for name, text in self.definitions.items():
                Path(home.path, "a.toml").write_text("#:schema ./attune.schema.json\n" + text, encoding="utf-8")
                done = subprocess.run([taplo, "lint", "a.toml"], cwd=home.path, capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, name + done.stderr)
            Path(home.path, "a.toml").write_text(self.starter.replace("minutes = 2", "minuets = 2"), encoding="utf-8")
            done = subprocess.run([taplo, "lint", "a.toml"], cwd=home.path, capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("minuets", done.stderr)


if __name__ == "__main__":
    unittest.main()
