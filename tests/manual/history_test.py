# SPDX-License-Identifier: MIT
"""The history and its exports are as attune-history(5) describes them."""

import hashlib
import json
import re
import sqlite3
import unittest

from manual import SOURCE, Home, headings, keys, literal_displays, page, section

PAGE = "attune-history.5"
ANSWERS = "5,3,6,2,4,3,5,s,2,4,3,6"  # to the short form of closeness


def heads(text):
    """The names that head the entries of a list."""
    return [name for line in re.findall(r"^\.It (?:Va|Cm) (.*)$", text, re.M) for name in re.findall(r"\w+", line)]


def described(*path):
    text = page(PAGE)
    for heading, macro in zip(path, ("Sh", "Ss")):
        text = section(text, heading, macro)
    return heads(text)


def example(schema):
    """The line of this schema that the page shows."""
    (line,) = (text for text in literal_displays(section(page(PAGE), "EXAMPLES")) if f'"{schema}"' in text)
    return json.loads(line)


def example_record():
    """The record of the page, with a whole text in place of the shortened one."""
    record = example("attune.record")
    (definition,) = literal_displays(section(page("attune-questionnaire.5"), "EXAMPLES"))
    questionnaire = record["questionnaire"]
    if not re.fullmatch(r"[0-9a-f]{64}", questionnaire["sha256"]):
        raise AssertionError("the record shows a hash that is none")
    if not definition.startswith(questionnaire["text"].removesuffix("...")):
        raise AssertionError("the record shows another beginning of its text")
    questionnaire["text"] = definition
    questionnaire["sha256"] = hashlib.sha256(definition.encode()).hexdigest()
    return record


class File(unittest.TestCase):
    def setUp(self):
        self.home = self.enterContext(Home())
        self.home.attune("take", "--form", "short", "--answers", ANSWERS)
        self.db = sqlite3.connect(self.home.path / ".local/share/attune/history.db")
        self.addCleanup(self.db.close)

    def test_each_table_and_column_is_described_and_no_other(self):
        rows = self.db.execute("select name from sqlite_schema where type = 'table' and name not like 'sqlite%'")
        tables = {name for (name,) in rows}
        self.assertEqual(set(headings(section(page(PAGE), "TABLES"), "Ss")), tables)
        for table in tables:
            with self.subTest(table=table):
                columns = [row[1] for row in self.db.execute(f"pragma table_info({table})")]
                self.assertEqual(described("TABLES", table), columns)

    def test_the_numbers_that_name_the_file_are_right(self):
        text = section(page(PAGE), "THE FILE")
        (application,) = self.db.execute("pragma application_id").fetchone()
        (version,) = self.db.execute("pragma user_version").fetchone()
        self.assertIn(f"is {application:#x}\n", text)
        self.assertIn(f"the number of the schema, {version}.\n", text)

    def test_each_invariant_of_the_source_is_told(self):
        header = (SOURCE / "include/attune/history.hpp").read_text(encoding="utf-8")
        numbered = re.findall(r"^/// (\d+)\. ", header, re.M)
        listed = re.search(r"^\.Bl -enum\n(.*?)^\.El", section(page(PAGE), "THE FILE"), re.M | re.S).group(1)
        self.assertEqual(len(re.findall(r"^\.It$", listed, re.M)), len(numbered))

    def test_each_kind_of_event_is_described_and_no_other(self):
        source = (SOURCE / "src/store/events.cpp").read_text(encoding="utf-8")
        kinds = re.search(r"kinds\{(.*?)\};", source, re.S).group(1)
        self.assertEqual(sorted(described("EVENTS")), sorted(re.findall(r'"(\w+)"', kinds)))

    def test_the_query_of_the_page_finds_the_answer(self):
        text = section(page(PAGE), "EXAMPLES")
        (query,) = re.findall(r'sqlite3 copy.db "\n(.*?)"', "\n".join(literal_displays(text)), re.S)
        self.assertEqual(self.db.execute(query).fetchall(), [(2, 1)])  # the ninth answer

    def test_answers_are_kept_as_described(self):
        (shown,) = (json.loads(text) for text in literal_displays(section(page(PAGE), "TABLES", "Sh")))
        given = ",".join(f"{item}={'+'.join(a) if isinstance(a, list) else a or 's'}" for item, a, _ in shown)
        (self.home.path / "given").write_text(given, encoding="utf-8")
        self.home.attune("take", "moment", "--answers", "./given")
        (kept,) = self.db.execute("select answers from records where questionnaire = 'moment'").fetchone()
        kept = {item: (answer, seconds) for item, answer, seconds in json.loads(kept)}
        for item, answer, _ in shown:
            self.assertEqual(kept[item], (answer, 0))


class Export(unittest.TestCase):
    def imported(self, *lines):
        """A home into which the lines have been imported."""
        home = self.enterContext(Home())
        (home.path / "lines").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        self.done = home.run("attune history import lines")
        return home

    def example_home(self):
        record = example_record()
        home = self.imported(record, example("attune.tried"))
        self.assertEqual(self.done.returncode, 0, self.done.stderr)
        return home, record

    def test_the_example_can_be_imported_and_comes_back_as_it_was(self):
        home, record = self.example_home()
        back, step = map(json.loads, home.attune("history", "export").splitlines())
        self.assertEqual(back.pop("taken_at"), "2026-11-24T20:15:12.500000+01:00")
        self.assertEqual(record.pop("taken_at"), "2026-11-24T20:15:12.5+01:00")
        self.assertEqual(back, record)
        self.assertEqual(step, example("attune.tried"))

    def test_each_member_is_described_and_no_other(self):
        home, record = self.example_home()
        definition = record["questionnaire"]["text"].replace('version = "1.0.0"', 'version = "1.0.1"', 1)
        own = home.path / ".config/attune/questionnaires"
        own.mkdir(parents=True)
        (own / "evenings.toml").write_text(definition, encoding="utf-8")
        home.attune("history", "rescore", "evenings")
        lines = [json.loads(line) for line in home.attune("history", "export").splitlines()]
        self.assertIn("scored_with", keys(lines))
        for schema in ("attune.record", "attune.tried"):
            with self.subTest(schema=schema):
                printed = keys([line for line in lines if line["schema"] == schema])
                text = section(section(page(PAGE), "EXPORT"), schema, "Ss")
                named = {word for line in re.findall(r"\bVa (.*)$", text, re.M) for word in re.findall(r"\w+", line)}
                self.assertEqual(printed - named, set())
                self.assertEqual(set(heads(text)) - printed, set())

    def test_an_export_that_was_cut_off_is_refused(self):
        record = example_record()
        self.imported(record)
        self.assertEqual(self.done.returncode, 65)
        self.assertIn("line 1 of 2", self.done.stderr)
        del record["line"], record["lines"]
        self.imported(record)
        self.assertEqual(self.done.returncode, 0, self.done.stderr)


if __name__ == "__main__":
    unittest.main()
