# SPDX-License-Identifier: MIT
"""The format as attune-questionnaire(5) describes it is the one that the program reads."""

import json
import re
import unittest

from manual import SOURCE, Home, literal_displays, page, section

PAGE = "attune-questionnaire.5"
ANSWERS = "open1=6,open2=3,worry1=5,worry2=2,rest1=2,rest2=4,company=family+friends,talked=45"


def example(home):
    """Writes the example of the page where a reader would."""
    (definition,) = literal_displays(section(page(PAGE), "EXAMPLES"))
    (home.path / "evenings.toml").write_text(definition, encoding="utf-8")
    return definition


class Example(unittest.TestCase):
    def test_check_has_nothing_to_say(self):
        with Home() as home:
            example(home)
            self.assertEqual(home.attune("check", "evenings.toml"), "")

    def test_it_can_be_taken(self):
        with Home() as home:
            example(home)
            answers = ["--answers", ANSWERS, "--format", "json"]
            profile = json.loads(home.attune("take", "./evenings.toml", *answers))
        scores = profile["scores"]
        # By hand: (6 + 5 + 5 + 6) / 4, (5 + 6) / 2, and 2 + 2.
        self.assertEqual(scores["openness"]["score"], 5.5)
        self.assertEqual(scores["worries"]["score"], 5.5)
        self.assertEqual(scores["rest"]["score"], 4)
        self.assertEqual(scores["openness"]["band"], "high")
        self.assertEqual(profile["region"]["id"], "open-tired")
        self.assertEqual([step["id"] for step in profile["next_steps"]], ["thank", "early-night"])

    def test_its_form_about_and_condition_work(self):
        with Home() as home:
            example(home)
            form = ["--form", "short", "--about", "partner", "--answers", "1,2,3,4"]
            self.assertIn("my partner", home.attune("take", "./evenings.toml", *form))
            (home.path / "not-asked").write_text(ANSWERS.replace("family+friends", "nobody"), encoding="utf-8")
            refused = home.run("attune take ./evenings.toml --answers ./not-asked")
            self.assertEqual(refused.returncode, 65)
            self.assertIn("talked", refused.stderr)

    def test_it_shows_every_part(self):
        with Home() as home:
            definition = example(home)
        parts = set(re.findall(r"^\.Ss (\[.*\])$", page(PAGE), re.M))
        self.assertEqual(parts, set(re.findall(r"^\[.*\]$", definition, re.M)))

    def test_its_translation_can_be_asked(self):
        (texts,) = (text for text in literal_displays(page(PAGE)) if "texts_for" in text)
        with Home() as home:
            example(home)
            (home.path / "evenings.de.toml").write_text(texts, encoding="utf-8")
            problems = home.attune("check", "evenings.de.toml").splitlines()
            self.assertEqual([line for line in problems if re.match(r"\S+:\d+:\d+: (?!warning:.*no text)", line)], [])
            shown = home.attune("show", "./evenings.toml", "--language", "de")
            self.assertIn("Ich erzähle {about} von meinem Tag.", shown)


class Keys(unittest.TestCase):
    def setUp(self):
        folder = SOURCE / "src/definition"
        readers = [*sorted(folder.glob("read_*.cpp")), folder / "table_reader.cpp", folder / "definition.cpp"]
        code = "".join(path.read_text(encoding="utf-8") for path in readers)
        calls = r'(?:\.(?:text|whole|number|flag|word|find|table|tables|inner|each|parts)\(|read_correlation\(table, )"(\w+)"'
        self.read = set(re.findall(calls, code)) - {"contact"} | {"id", "format"}  # contact is of config.toml
        self.assertGreater(len(self.read), 40)

    def test_each_key_is_described(self):
        text = section(page(PAGE), "THE PARTS") + section(page(PAGE), "RULES")
        described = {word for line in re.findall(r"\bVa (.*)$", text, re.M) for word in re.findall(r"\w+", line)}
        described |= set(re.findall(r"^\.Ss \[+(\w+)\]+$", text, re.M)) | {"format"}
        self.assertEqual(self.read - described, set())

    def test_no_other_key_is_described(self):
        heads = re.findall(r"^\.It Va ([\w ,]+?)(?: Pq.*)?$", section(page(PAGE), "THE PARTS"), re.M)
        described = {key for head in heads for key in re.findall(r"\w+", head)}
        self.assertGreater(len(described), 30)
        self.assertEqual(described - self.read, set())


if __name__ == "__main__":
    unittest.main()
