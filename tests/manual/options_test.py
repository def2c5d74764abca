# SPDX-License-Identifier: MIT
"""What can be typed and set is in the manual, and nothing else is."""

import re
import unittest

from manual import PAGES, SOURCE, Home, Option, headings, help_commands, help_options, page, plain, section

EVERYWHERE = {"-h", "--help", "-V", "--version"}


def listed_options(text):
    """The options that head an entry of a list."""
    options = set()
    for head in re.findall(r"^\.It (Fl .*)$", text, re.M):
        names = ["-" + name for name in re.findall(r"\bFl (\S+)", head)]
        options.add(Option(names, " Ar " in head))
    return {option for option in options if not EVERYWHERE & set(option.names)}


def command_sections():
    """The text about each command in attune(1)."""
    commands = section(page("attune.1"), "COMMANDS")
    return {heading.split()[0]: section(commands, heading, "Ss") for heading in headings(commands, "Ss")}


def named_options(text):
    """Every option that is named anywhere, in macros or in examples."""
    for name in re.findall(r"\bFl (-?[\w-]+)", text):
        yield "-" + name
    yield from re.findall(r"(?<![\w\\-])--[a-z][a-z-]*", plain(text))


class Options(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Home() as home:
            cls.options = {command: help_options(home, command) for command in help_commands(home)}

    def test_the_help_is_understood(self):
        self.assertIn("take", self.options)
        self.assertIn(Option(["-f", "--form"], True), self.options["take"])
        self.assertIn(Option(["--plain"], False), self.options["take"])

    def test_each_command_has_its_section_and_synopsis(self):
        self.assertEqual(set(command_sections()), set(self.options))
        synopsis = re.findall(r"^\.Cm (\S+)", section(page("attune.1"), "SYNOPSIS"), re.M)
        self.assertEqual(set(synopsis), set(self.options) | {"help"})

    def test_each_option_is_described_and_no_other(self):
        for command, text in command_sections().items():
            with self.subTest(command=command):
                described = listed_options(text)
                own_page = SOURCE / "man" / f"attune-{command}.1"
                if own_page.exists():
                    described |= listed_options(section(page(own_page.name), "OPTIONS"))
                self.assertEqual(described, self.options[command])

    def test_no_page_names_an_unknown_option(self):
        known = {name for options in self.options.values() for option in options for name in option.names}
        for path in PAGES:
            with self.subTest(page=path.name):
                self.assertEqual(set(named_options(page(path.name))) - known - EVERYWHERE, set())

    def test_the_synopsis_of_take_has_every_option(self):
        synopsis = set(named_options(section(page("attune-take.1"), "SYNOPSIS")))
        missing = [option for option in self.options["take"] if not synopsis & set(option.names)]
        self.assertEqual(missing, [])


class Surroundings(unittest.TestCase):
    def test_each_exit_status_is_described(self):
        header = (SOURCE / "src/app/exit_status.hpp").read_text(encoding="utf-8")
        statuses = set(re.findall(r"^  \w+ = (\d+),", header, re.M))
        self.assertIn("65", statuses)
        described = re.findall(r"^\.It (\d+)$", section(page("attune.1"), "EXIT STATUS"), re.M)
        self.assertEqual(set(described), statuses)
        of_take = " ".join(re.findall(r"^\.It (.*)$", section(page("attune-take.1"), "EXIT STATUS"), re.M))
        self.assertLessEqual(set(re.findall(r"\d+", of_take)), statuses)

    def test_each_variable_of_the_environment_is_described(self):
        sources = "".join(path.read_text(encoding="utf-8") for path in sorted((SOURCE / "src").rglob("*.cpp")))
        read = set(re.findall(r'\bvalue\("([A-Z_]+)"\)', sources))
        read |= set(re.findall(r'"(LC_[A-Z]+|LANG)"', sources))
        self.assertIn("HOME", read)
        heads = re.findall(r"^\.It (Ev .*)$", section(page("attune.1"), "ENVIRONMENT"), re.M)
        self.assertEqual({name for head in heads for name in re.findall(r"Ev (\w+)", head)}, read)


if __name__ == "__main__":
    unittest.main()
