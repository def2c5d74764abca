# SPDX-License-Identifier: MIT
"""What can be typed and set is in the manual, and nothing else is."""

import re
import unittest

from manual import (
    PAGES,
    SHARED,
    SOURCE,
    Home,
    Option,
    headings,
    help_commands,
    help_groups,
    help_options,
    help_part,
    page,
    plain,
    section,
)

EVERYWHERE = {"-h", "-V", "--version", "--verbose"} | SHARED
FORMATS = {"text", "json", "csv", "markdown", "html"}
# Of GNU parallel, sqlite3 and Miller.
OF_OTHERS = {"--pipe", "--pipepart", "--header", "--keep-order", "--sshlogin", "--block", "--transferfile", "--cleanup", "--csv", "--icsv", "--opprint"}


def listed_options(text):
    """The options that head an entry of a list."""
    options = set()
    for head in re.findall(r"^\.It (Fl .*)$", text, re.M):
        names = ["-" + name for name in re.findall(r"\bFl (\S+)", head)]
        options.add(Option(names, " Ar " in head))
    return {option for option in options if not EVERYWHERE & set(option.names)}


def command_sections(name):
    """The text about each command in the COMMANDS of a page, by the name it has there; a page may have none."""
    text = page(name)
    if "COMMANDS" not in headings(text, "Sh"):
        return {}
    commands = section(text, "COMMANDS")
    return {heading.split()[0]: section(commands, heading, "Ss") for heading in headings(commands, "Ss")}


def synopses(name):
    """The synopsis of each command that a page other than attune(1) is about."""
    blocks = re.split(r"^\.Nm attune ", section(page(name), "SYNOPSIS"), flags=re.M)[1:]
    return dict(block.split("\n", 1) for block in blocks)


def named_options(text):
    """Every option that is named anywhere, in macros or in examples."""
    for name in re.findall(r"\bFl (-?[\w-]+)", text):
        yield "-" + name
    yield from re.findall(r"(?<![\w\\-])--[a-z][a-z-]*", plain(text))


class Options(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Home() as home:
            cls.groups = help_groups(home)
            cls.options = {command: help_options(home, command) for command in help_commands(home)}
        cls.group_pages = {f"attune-{name}.1": name for name, below in cls.groups.items() if below}
        cls.pages = [path.name for path in PAGES if path.suffix == ".1" and path.name != "attune.1"]

    def described_commands(self, name):
        """The commands that a page describes, with the text that lists their options."""
        if name in self.group_pages:
            group = self.group_pages[name]
            return {f"{group} {command}": text for command, text in command_sections(name).items()}
        if "OPTIONS" in headings(page(name), "Sh"):
            return {name.removeprefix("attune-").removesuffix(".1"): section(page(name), "OPTIONS")}
        return command_sections(name)

    def all_texts(self):
        """Of each command all that any page lists about it."""
        texts = {}
        for described in [command_sections("attune.1"), *map(self.described_commands, self.pages)]:
            for command, text in described.items():
                texts[command] = texts.get(command, "") + text
        return texts

    def test_the_help_is_understood(self):
        self.assertIn("take", self.options)
        self.assertIn("history list", self.options)
        self.assertNotIn("history", self.options)
        self.assertIn(Option(["-f", "--form"], True), self.options["take"])
        self.assertIn(Option(["--fresh"], False), self.options["take"])

    def test_each_command_has_its_section_and_synopsis(self):
        self.assertEqual(set(command_sections("attune.1")), set(self.groups))
        synopsis = re.findall(r"^\.Cm (\S+)", section(page("attune.1"), "SYNOPSIS"), re.M)
        self.assertEqual(sorted(synopsis), sorted([*self.groups, "help"]))

    def test_each_group_has_a_page_with_a_section_for_each_of_its_commands(self):
        self.assertTrue(self.group_pages)
        for name, group in self.group_pages.items():
            with self.subTest(page=name):
                self.assertEqual(list(self.described_commands(name)), self.groups[group])

    def test_each_option_is_described_and_no_other(self):
        texts = self.all_texts()
        self.assertEqual(set(texts), set(self.options) | {name for name, below in self.groups.items() if below})
        for command, options in self.options.items():
            with self.subTest(command=command):
                self.assertEqual(listed_options(texts[command]), options)

    def test_each_format_is_described_and_no_other(self):
        texts = self.all_texts()
        with Home() as home:
            for command, options in self.options.items():
                if not any("--format" in option.names for option in options):
                    continue
                with self.subTest(command=command):
                    shown = help_part(home.attune(*command.split(), "--help"), "Options")
                    offered = re.search(r"--format FORMAT(.*?)(?=\n +-|\Z)", shown, re.S)[1]
                    entry = re.search(r"^\.It Fl -format Ar format\n(.*?)(?=^\.It |^\.El)", texts[command], re.M | re.S)[1]
                    named = set(re.findall(r"^\.Cm (\w+)", entry, re.M))
                    self.assertEqual(named & FORMATS, set(re.findall(r"\w+", offered)) & FORMATS)
                    self.assertIn("csv" if command == "score" else "text", named)  # rows of scores are no page

    def test_every_command_that_opens_the_history_takes_a_passphrase(self):
        with_history = {"take", "trend", "report", "relationships", "compare", "progress", "moments", "next", "due"}
        with_history |= {name for name in self.options if name.startswith("history ")} - {"history lock"}
        with Home() as home:
            for command in self.options:
                with self.subTest(command=command):
                    shown = help_part(home.attune(*command.split(), "--help"), "Options")
                    self.assertEqual(" --passphrase-from SOURCE" in shown, command in with_history)
        self.assertRegex(section(page("attune-history.1"), "A LOCKED HISTORY"), r"(?m)^\.It Fl -passphrase-from Ar source$")

    def test_no_page_names_an_unknown_option(self):
        known = {name for options in self.options.values() for option in options for name in option.names}
        for path in PAGES:
            with self.subTest(page=path.name):
                self.assertEqual(set(named_options(page(path.name))) - known - EVERYWHERE - OF_OTHERS, set())

    def test_each_synopsis_of_a_page_has_every_option(self):
        for name in self.pages:
            with self.subTest(page=name):
                self.assertEqual(list(synopses(name)), list(self.described_commands(name)))
            for command, synopsis in synopses(name).items():
                with self.subTest(page=name, command=command):
                    named = set(named_options(synopsis))
                    missing = [option for option in self.options[command] if not named & set(option.names)]
                    self.assertEqual(missing, [])
                    names = {each for option in self.options[command] for each in option.names}
                    self.assertEqual(named - names - EVERYWHERE, set())


class Surroundings(unittest.TestCase):
    def test_each_exit_status_is_described(self):
        header = (SOURCE / "src/app/streams.hpp").read_text(encoding="utf-8")
        statuses = set(re.findall(r"^  \w+ = (\d+),", header, re.M))
        self.assertIn("65", statuses)
        described = re.findall(r"^\.It (\d+)$", section(page("attune.1"), "EXIT STATUS"), re.M)
        self.assertEqual(set(described), statuses)
        for path in PAGES:
            if "EXIT STATUS" not in headings(page(path.name), "Sh"):
                continue
            with self.subTest(page=path.name):
                heads = " ".join(re.findall(r"^\.It (.*)$", section(page(path.name), "EXIT STATUS"), re.M))
                self.assertTrue(heads)
                self.assertLessEqual(set(re.findall(r"\d+", heads)), statuses)

    def test_each_variable_of_the_environment_is_described(self):
        sources = "".join(path.read_text(encoding="utf-8") for path in sorted((SOURCE / "src").rglob("*.cpp")))
        read = set(re.findall(r'\bvalue\("([A-Z_]+)"\)', sources))
        read |= set(re.findall(r'"(LC_[A-Z]+|LANG)"', sources))
        self.assertIn("HOME", read)
        heads = re.findall(r"^\.It (Ev .*)$", section(page("attune.1"), "ENVIRONMENT"), re.M)
        self.assertEqual({name for head in heads for name in re.findall(r"Ev (\w+)", head)}, read)


if __name__ == "__main__":
    unittest.main()
