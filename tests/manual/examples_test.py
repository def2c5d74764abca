# SPDX-License-Identifier: MIT
"""Every worked example of the help and of the manual runs as it stands."""

import json
import re
import shlex
import shutil
import unittest

from manual import PAGES, SOURCE, Home, help_commands, help_examples, literal_displays, page, plain

ANSWERS = "5,3,6,2,4,3,5,s,2,4,3,6\n"  # to the short form of closeness


def is_interactive(line):
    return line.startswith("attune take") and "--answers" not in line


def prepare_wording(home, name):
    """A line for each item of a questionnaire, which is one of the person's own if none is installed."""
    if not (SOURCE / "questionnaires" / f"{name}.toml").exists():
        own = home.path / ".config/attune/questionnaires"
        own.mkdir(parents=True)
        (own / f"{name}.toml").write_text(home.attune("init", name, "-o", "-"), encoding="utf-8")
    items = json.loads(home.attune("show", name, "--format", "json"))["items"]
    lines = "".join(f"Statement {number}.\n" for number in range(1, len(items) + 1))
    (home.path / "statements.txt").write_text(lines, encoding="utf-8")


def prepare(home, lines):
    """Puts the files in place that the examples name and do not make themselves."""
    text = " ".join(lines)
    if "questionnaires/" in text:
        shutil.copytree(SOURCE / "questionnaires", home.path / "questionnaires")
    if "mine.toml" in text and "attune init mine" not in text:
        home.attune("init", "mine")
    if "answers.txt" in text:
        (home.path / "answers.txt").write_text(ANSWERS, encoding="utf-8")
    if "statements.txt" in text:
        words = shlex.split(text)
        prepare_wording(home, words[words.index("wording") + 1])


def page_examples(name):
    """The examples of a page; those that stand together belong together."""
    text = page(name)
    for group in re.findall(r"(?:^\.Dl .*\n)+", text, re.M):
        yield [plain(line.removeprefix(".Dl ")) for line in group.splitlines()]
    for display in literal_displays(text):
        lines = re.findall(r"^\$ (.*)$", display, re.M)
        if lines:
            yield lines


class Examples(unittest.TestCase):
    def check(self, lines):
        with Home() as home:
            prepare(home, lines)
            for line in lines:
                with self.subTest(example=line):
                    if is_interactive(line):
                        status, screen = home.run_and_quit(line)
                        self.assertEqual(status, 0, screen)
                        self.assertIn("q quit", screen)
                    else:
                        self.check_script(home, line)

    def check_script(self, home, line):
        done = home.run(line)
        self.assertEqual(done.returncode, 0, done.stderr)
        if "| jq" in line:
            self.assertNotIn(done.stdout.strip(), ("", "null"))
        elif line.startswith("attune check"):
            self.assertEqual(done.stdout, "")

    def test_the_examples_of_the_help_run(self):
        with Home() as home:
            examples = {command: help_examples(home, command) for command in help_commands(home)}
        for command, lines in examples.items():
            self.assertGreaterEqual(len(lines), 2, command)
            for line in lines:
                self.check([line])

    def test_the_examples_of_the_pages_run(self):
        groups = [lines for path in PAGES for lines in page_examples(path.name)]
        self.assertGreaterEqual(sum(map(len, groups)), 10)
        for lines in groups:
            self.check(lines)


if __name__ == "__main__":
    unittest.main()
