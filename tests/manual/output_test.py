# SPDX-License-Identifier: MIT
"""The output for programs has the fields that the pages describe, and no others."""

import csv
import hashlib
import json
import re
import unittest

from manual import Home, keys, literal_displays, page, section

# Care notes, next steps, a facet, a scale that is not scored, one whose error is printed in full.
ONE_ANSWER_THROUGHOUT = ",".join(["6"] * 36)
AVOIDANCE_SKIPPED = "fl1=2,fl3=6,db3=7,pr1=1,wm1=4,wm4=3"


def evenings(home, answers, form):
    """What the program prints for the example of the format, which has every part."""
    (definition,) = literal_displays(section(page("attune-questionnaire.5"), "EXAMPLES"))
    (home.path / "evenings.toml").write_text(definition, encoding="utf-8")
    return home.attune("take", "./evenings.toml", "--answers", answers, "--format", form)


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
            printed |= keys(json.loads(evenings(home, "open1=6", "json")))
            printed |= keys(json.loads(home.attune("take", "raas", *options, ",".join("3" * 18))))
        described = section(section(page("attune-take.1"), "OUTPUT FOR PROGRAMS"), "JSON", "Ss")
        self.assertLessEqual({"reason", "parent", "text", "size", "pull"}, printed)
        self.assertEqual(printed - variables(described), set())
        self.assertEqual(heads(described) - printed, set())

    def test_the_columns_of_a_row_are_described(self):
        with Home() as home:
            row = evenings(home, "open1=6", "csv")
            codebook = list(csv.DictReader(home.attune("codebook", "./evenings.toml", "--format", "csv").splitlines()))
        described = section(section(page("attune-take.1"), "OUTPUT FOR PROGRAMS"), "CSV", "Ss")
        (first, per_scale, per_derived, last) = re.findall(r"^\.It Va (.*)$", described, re.M)
        columns = first.split(" , ")
        for kind, letter, heads_of_score in (("score", "X", per_scale), ("derived", "D", per_derived)):
            for score in (each["variable"] for each in codebook if each["type"] == kind):
                columns += [column.replace(letter, score) for column in heads_of_score.split(" , ")]
        self.assertEqual(row.splitlines()[0].split(","), columns + [last])

    def test_the_columns_of_a_codebook_are_described(self):
        with Home() as home:
            columns = home.attune("codebook", "moment", "--format", "csv").splitlines()[0].split(",")
        described = section(section(page("attune-codebook.1"), "FORMATS"), "csv", "Ss")
        heads_in_order = re.findall(r"^\.It Va (.*)$", described, re.M)
        self.assertEqual(" , ".join(heads_in_order).split(" , "), columns)

    def test_each_field_of_list_is_described(self):
        with Home() as home:
            listed = keys(json.loads(home.attune("list", "--format", "json")))
        self.assertEqual(listed - variables(section(section(page("attune.1"), "COMMANDS"), "list", "Ss")), set())


class Analyzing(unittest.TestCase):
    """Twelve people on two facets, one item of which is keyed the wrong way, and a scale that all answer alike."""

    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        rows = cls.home.attune("codebook", "closeness", "--format", "csv").splitlines()
        lines = [",".join(row.split(",")[0] for row in rows[1:37])]
        for person in range(12):
            lines.append(",".join(str(1 + (person * (2 + item % 3)) % 7) if item < 20 else "4" for item in range(36)))
        (cls.home.path / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def described(self, subsection):
        return section(section(page("attune-analyze.1"), "OUTPUT FOR PROGRAMS"), subsection, "Ss")

    def test_each_field_of_an_analysis_is_described(self):
        analysis = json.loads(self.home.attune("analyze", "closeness", "answers.csv", "--format", "json"))
        printed = {"scales"} | set(analysis) | keys(analysis["questionnaire"])
        for scale in analysis["scales"].values():
            printed |= set(scale)
            printed |= {name for item in scale["items"].values() for name in item}
        printed |= {name for between in analysis["correlations"] for name in between}
        self.assertLessEqual({"reasons", "parent", "flag"}, printed)
        text = self.described("JSON")
        self.assertEqual(printed - variables(text), set())
        self.assertEqual(heads(text) - printed, set())

    def test_the_columns_of_an_analysis_are_described(self):
        columns = self.home.attune("analyze", "closeness", "answers.csv", "--format", "csv").splitlines()[0]
        described = []
        for head in re.findall(r"^\.It Va (.*)$", self.described("CSV"), re.M):
            for answer in range(1, 8) if "X" in head else ("",):
                described += head.replace("X", str(answer)).split(" , ")
        self.assertEqual(columns.split(","), described)


class LookingBack(unittest.TestCase):
    """The commands that read the history, after a made-up year."""

    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        for month in range(1, 8):
            answers = ",".join(str(1 + (month * item) % 7) for item in range(1, 13))
            cls.take("closeness", "--form", "short", "--date", f"2026-{month:02}-03", "--answers", answers)
            kept = "attended" if month % 2 else "missed"
            for day in (1, 9, 17):
                session = f"kind=therapy,attendance={kept}" + (",minutes=50" if kept == "attended" else "")
                cls.take("support", "--date", f"2026-{month:02}-{day:02}", "--answers", session)
        cls.take("closeness", "--form", "short", "--about", "partner", "--answers", AVOIDANCE_SKIPPED)
        (cls.home.path / "moment.txt").write_text("urge=cling,trigger=silence,did=waited,note=a line", encoding="utf-8")
        cls.take("moment", "--answers", "./moment.txt")
        cls.home.on_terminal("attune take growth", [("1 of ", "4"), ("2 of ", "q")])

    @classmethod
    def take(cls, *words):
        cls.home.attune("take", *words)

    def json_of(self, *words):
        return json.loads(self.home.attune(*words, "--format", "json"))

    def check_fields(self, printed, text):
        printed = keys(printed)
        self.assertEqual(printed - variables(text), set())
        self.assertEqual(heads(text) - printed, set())

    def described(self, name, subsection):
        return section(section(page(name), "OUTPUT FOR PROGRAMS"), subsection, "Ss")

    def test_each_field_of_trend_is_described(self):
        printed = self.json_of("trend")
        self.assertIsNotNone(printed["scales"]["anxiety"]["baseline"])
        self.check_fields(printed, self.described("attune-trend.1", "JSON of trend"))

    def test_each_field_of_relationships_is_described(self):
        printed = [self.json_of("relationships"), self.json_of("relationships", "--until", "2026-01-31")]
        self.assertTrue({"largest", "probability", "reason"} <= keys(printed))
        self.check_fields(printed, self.described("attune-trend.1", "JSON of relationships"))

    def test_each_field_of_scores_and_compare_is_described(self):
        name = "attune-compare.1"
        for file, answers in (("ana.json", "1,1,7,7,1,7,7,7,1,1,7,1"), ("ben.json", AVOIDANCE_SKIPPED)):
            options = ["--no-save", "--format", "json", "--scores-only", "-o", file]
            self.take("closeness", "--form", "short", "--answers", answers, *options)
        scores = [json.loads((self.home.path / file).read_text(encoding="utf-8")) for file in ("ana.json", "ben.json")]
        self.assertIn("reason", keys(scores))
        self.check_fields(scores, self.described(name, "JSON of scores"))
        compared = [self.json_of("compare", "ana.json", file, "--names", "a,b") for file in ("ana.json", "ben.json")]
        self.assertIsNotNone(compared[0]["pairing"]["steps"]["other"])
        self.assertIsNone(compared[1]["differences"]["avoidance"])
        printed = keys(compared)
        of_scores = variables(self.described(name, "JSON of scores"))
        text = self.described(name, "JSON of compare")
        self.assertEqual(printed - variables(text) - of_scores, set())
        self.assertEqual(heads(text) - printed, set())

    def test_each_field_of_moments_is_described(self):
        printed = [self.json_of("moments", "--notes"), self.json_of("moments", "support")]
        self.assertTrue(printed[0]["notes"] and printed[1]["rates"][0]["months"])
        self.check_fields(printed, self.described("attune-trend.1", "JSON of moments"))

    def test_each_field_of_the_lists_of_the_history_is_described(self):
        listed = self.json_of("history", "list")
        # A record whose text this version can't use is listed as well.
        record = json.loads(self.home.attune("history", "export", "moment"))
        text = "format = 2\n"
        record["questionnaire"] |= {"sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text}
        with Home() as other:
            (other.path / "lines").write_text(json.dumps(record) + "\n", encoding="utf-8")
            other.attune("history", "import", "lines")
            listed += json.loads(other.attune("history", "list", "--format", "json"))
        self.check_fields(listed, self.described("attune-history.1", "JSON of list"))
        self.check_fields(self.json_of("history", "drafts"), self.described("attune-history.1", "JSON of drafts"))

    def test_each_field_of_progress_is_described(self):
        printed = self.json_of("progress")
        self.assertIn(None, [measure["now"] for measure in printed["measures"]])
        self.check_fields(printed, self.described("attune-trend.1", "JSON of progress"))

    def test_each_field_of_next_is_described(self):
        self.home.attune("next", "--tried", "fear-name-it")
        printed = self.json_of("next")
        names = set(printed) | keys(printed["questionnaire"]) | keys(printed["tried"])
        self.assertIn("step", names)
        described = variables(section(section(page("attune.1"), "COMMANDS"), "next Op Ar name", "Ss"))
        self.assertEqual(names - {"schema", "version"} - described, set())
        of_profile = variables(section(section(page("attune-take.1"), "OUTPUT FOR PROGRAMS"), "JSON", "Ss"))
        self.assertEqual(keys(printed["next_steps"]) - of_profile, set())

    def columns(self, *words):
        return self.home.attune(*words, "--format", "csv").splitlines()[0].split(",")

    def test_the_columns_are_described(self):
        for command in ("trend", "progress"):
            with self.subTest(command=command):
                columns = []
                text = self.described("attune-trend.1", f"CSV of {command}")
                for head in re.findall(r"^\.It Va (.*)$", text, re.M):
                    columns += head.split(" , ")
                self.assertEqual(self.columns(command), columns)

    def test_the_list_has_the_columns_of_a_profile(self):
        profile = self.columns("take", "--form", "short", "--no-save", "--answers", AVOIDANCE_SKIPPED)
        self.assertEqual(self.columns("history", "list", "closeness"), profile)


if __name__ == "__main__":
    unittest.main()
