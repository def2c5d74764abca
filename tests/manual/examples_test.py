# SPDX-License-Identifier: MIT
"""Every worked example of the help and of the manual runs as it stands."""

import csv
import json
import random
import re
import shlex
import shutil
import unittest

from manual import PAGES, SOURCE, Home, help_commands, help_examples, literal_displays, page, plain

ANSWERS = "5,3,6,2,4,3,5,s,2,4,3,6\n"  # to the short form of closeness
LOOKING_BACK = r"attune (trend|report|relationships|compare|moments|progress|next|history)\b"
QUIT = [("? help", "q")]
WORDS = "five words and one more\n"  # the passphrase in secret.txt


def end_of_code(screen):
    """What a person with the recovery code on paper types."""
    return re.search(r"(\w{5})\s+When you have it", screen)[1] + "\n"


NEW_PASSPHRASE = [("New passphrase", WORDS), ("once more", WORDS), ("last five", end_of_code)]
OLD_PASSPHRASE = [("Passphrase of your history", WORDS)]

# What is asked on a terminal: the prompts, what is typed, and what is shown at the end.
ASKED = (
    (r"attune take(?!.*--answers)", QUIT, "? help"),
    (r"attune next\b.*--note", [("How did it go", "It went well.\n")], "Marked as tried"),
    (r"attune history purge(?!.*--yes)", [("Type yes", "yes\n")], "Purged: "),
    (r"attune history lock(?!.*from)", NEW_PASSPHRASE, "Locked. "),
    (r"attune history unlock(?!.*from)", OLD_PASSPHRASE, "Unlocked. "),
    (r"attune history passphrase.*from", NEW_PASSPHRASE, "Changed. "),
    (r"attune history passphrase", OLD_PASSPHRASE + NEW_PASSPHRASE, "Changed. "),
)


def asked(line):
    """The replies to what a line asks, and what follows; nothing where it asks nothing."""
    return next((rest for pattern, *rest in ASKED if re.match(pattern, line)), None)


def items_of(home, name):
    """The rows of its codebook that stand for items."""
    rows = csv.DictReader(home.attune("codebook", name, "--format", "csv").splitlines())
    return [row for row in rows if row["type"] not in ("score", "derived")]


def prepare_wording(home, name):
    """A line for each item of a questionnaire, which is one of the person's own if none is installed."""
    if not (SOURCE / "questionnaires" / f"{name}.toml").exists():
        own = home.path / ".config/attune/questionnaires"
        own.mkdir(parents=True)
        (own / f"{name}.toml").write_text(home.attune("init", name, "-o", "-"), encoding="utf-8")
    lines = "".join(f"Statement {number}.\n" for number in range(1, len(items_of(home, name)) + 1))
    (home.path / "statements.txt").write_text(lines, encoding="utf-8")


def make_rows(home, name, names, answers_of):
    """Forty made-up people, none of whom answers like the next."""
    lines = [names, *(answers_of(person) for person in range(40))]
    if name.endswith(".jsonl"):
        rows = [json.dumps(dict(zip(names, line))) for line in lines[1:]]
    else:
        rows = [",".join(map(str, line)) for line in lines]
    (home.path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")


def prepare_analysis(home, text):
    """Rows for the questionnaire that an example names; the first item is answered the other way round."""
    reverse = [item["reverse"] == "yes" for item in items_of(home, "closeness")]
    reverse[0] = not reverse[0]

    def answers_of(person):
        chance = random.Random(person)
        level = chance.randint(2, 6)
        drawn = [min(7, max(1, level + chance.randint(-2, 2))) for _ in range(36)]
        return [8 - each if turned else each for each, turned in zip(drawn, reverse)]

    ids = [item["variable"] for item in items_of(home, "closeness")]
    for name in {"answers.csv", "rows.jsonl"} & set(shlex.split(text)):
        make_rows(home, name, ids, answers_of)
    if "data.csv" in text:
        names = [f"Q{number}" for number in range(1, 37)]
        make_rows(home, "data.csv", names, lambda person: [(person + item % 4) % 6 for item in range(36)])


def make_history(home):
    """A history in which every kind of example finds something, a draft included."""
    short = ["take", "--form", "short", "--answers", ANSWERS.strip()]
    for date in ("2026-01-05", "2026-03-02"):
        home.attune("take", "growth", "--date", date, "--answers", ",".join("4" * 20))
        home.attune("take", "moment", "--date", date, "--answers", "urge=cling,trigger=silence,did=waited")
        home.attune("take", "support", "--date", date, "--answers", "kind=therapy,attendance=attended")
        for about in ([], ["--about", "partner"]):
            home.attune(*short, "--date", date, *about)
    home.on_terminal("attune take --form short", [("1 of ", "4"), ("2 of ", "q")])


def prepare_history(home, history, text):
    shutil.copytree(history, home.path / ".local")
    if "import history.jsonl" in text:
        home.attune("history", "export", "-o", "history.jsonl")
    secret = home.path / "secret.txt"
    secret.touch(0o600)
    secret.write_text(WORDS, encoding="utf-8")
    if re.search(r"unlock|history passphrase| --passphrase-from", text) and "history lock" not in text:
        home.attune("history", "lock", "--new-passphrase-from", "file:secret.txt")
    for _ in re.findall(r"history undo", text):
        home.attune("history", "delete", "last")


def prepare_scores(home, text):
    """The files of scores that two people bring."""
    for name, answers in (("ana.json", "6,2,2,6,6,2,2,6,6,2,5,2"), ("ben.json", "2,6,6,2,2,6,6,3,1,6,2,6")):
        if name in text:
            options = ["--no-save", "--format", "json", "--scores-only", "-o", name]
            home.attune("take", "--form", "short", "--answers", answers, *options)


EXPORTS = r"\b(?:qualtrics|forms|codes|limesurvey|redcap|spss|r|excel|titled|openpsychometrics|people)\.csv"


def prepare(home, history, lines):
    """Puts in place what the examples take for granted."""
    text = " ".join(lines)
    if re.search(LOOKING_BACK, text):
        prepare_history(home, history, text)
    if "attune compare" in text:
        prepare_scores(home, text)
    if "questionnaires/" in text:
        shutil.copytree(SOURCE / "questionnaires", home.path / "questionnaires")
    if "mine.toml" in text and "attune init mine" not in text:
        home.attune("init", "mine")
    if "answers.txt" in text:
        (home.path / "answers.txt").write_text(ANSWERS, encoding="utf-8")
    if re.search(r"\b(answers|big|data)\.csv|rows\.jsonl", text):
        make_answers(home)
    for name in set(re.findall(EXPORTS, text)):
        make_export(home, name)
    if "pandas.jsonl" in text:
        make_lines(home)
    if "attune analyze" in text:
        prepare_analysis(home, text)
    if "statements.txt" in text:
        words = shlex.split(text)
        prepare_wording(home, words[words.index("wording") + 1])


SCORES = [4, 5, 3, 2, 6, 7, 1, 4, 5, 3, 2, 6]  # answers to start from, in the rows of `make_answers`


def make_answers(home):
    """Files of responses under the names that the examples use."""
    ids = [item["variable"] for item in items_of(home, "closeness")]
    rows = [["id", "country", *ids]]
    for number in range(1, 41):
        answers = [SCORES[(number * 7 + place * (1 + number % 5)) % len(SCORES)] for place in range(len(ids))]
        rows.append([f"p{number}", "DE" if number % 3 else "PL", *map(str, answers)])
    lines = "".join(",".join(row) + "\n" for row in rows)
    (home.path / "answers.csv").write_text(lines, encoding="utf-8")
    (home.path / "big.csv").write_text(lines, encoding="utf-8")
    objects = ({key: int(value) if value.isdigit() else value for key, value in zip(rows[0], row)} for row in rows[1:])
    (home.path / "rows.jsonl").write_text("".join(json.dumps(each) + "\n" for each in objects), encoding="utf-8")
    data = [["row", *(f"Q{number}" for number in range(1, 37))]]
    data += [[str(number), *(str((number * place) % 6) for place in range(1, 37))] for number in range(1, 41)]
    (home.path / "data.csv").write_text("".join(",".join(row) + "\n" for row in data), encoding="utf-8")


LABELS = {1: "Strongly disagree", 2: "Disagree", 3: "Slightly disagree", 4: "In between", 5: "Slightly agree", 6: "Agree"}


def make_export(home, name):
    """A file as the program writes it that it is named after."""
    columns = range(1, 37)
    answers = [[(row * place) % 6 + 1 for place in columns] for row in range(1, 11)]
    names = {
        "qualtrics.csv": [f"Q2_{n}" for n in columns],
        "forms.csv": [f'"How true is this, now? [{n}]"' for n in columns],
        "limesurvey.csv": [f'"Q1[SQ{n:03}]"' for n in columns],
        "codes.csv": [f'"Q1[SQ{n:03}]"' for n in columns],
        "redcap.csv": [f"asq_{n}_preg" for n in columns],
        "spss.csv": [f"v{n}" for n in columns],
        "r.csv": [f'"Q{n}"' for n in columns],
        "openpsychometrics.csv": [f"Q{n}A\tQ{n}I\tQ{n}E" for n in columns],
    }
    ids = [item["variable"] for item in items_of(home, "closeness")]
    people = ("father", "friend", "mother", "partner")
    names |= {"excel.csv": ids, "titled.csv": ids, "people.csv": [f"{person}_{n}" for person in people for n in range(1, 10)]}
    first = {"qualtrics.csv": "ResponseId", "forms.csv": "Timestamp", "redcap.csv": "record_id", "r.csv": '""'}
    separator = {"codes.csv": ";", "limesurvey.csv": ";", "spss.csv": ";", "excel.csv": ";", "openpsychometrics.csv": "\t"}.get(name, ",")
    lines = [[first.get(name, "id"), *names[name]]]
    if name == "qualtrics.csv":
        lines += [["Response ID", *(f'"Question {n},\nwith two lines"' for n in columns)],
                  ['"{""ImportId"":""_recordId""}"', *('"{""ImportId"":""QID2""}"' for _ in columns)]]
    for row, given in enumerate(answers):
        cells = [LABELS[each] if name == "forms.csv" else str(each) for each in given]
        cells[row] = {"spss.csv": "-99", "r.csv": "NA"}.get(name, cells[row])
        if name == "codes.csv":
            cells = [f'"AO{each:02}"' for each in given]
        if name == "openpsychometrics.csv":
            cells = [f"{each}\t7\t1500" for each in cells]
        lines.append([str(row), *cells])
    text = "".join(separator.join(cells) + "\n" for cells in lines)
    mark = "\ufeff" if name in {"qualtrics.csv", "spss.csv"} else ""
    above = {"excel.csv": "sep=;\n", "titled.csv": "Answers of May\n"}.get(name, "")
    (home.path / name).write_text(mark + above + text, encoding="utf-8")


def make_lines(home):
    """JSON Lines as Python writes them where a value is not there."""
    ids = [item["variable"] for item in items_of(home, "closeness")]
    rows = [dict({"id": row}, **{each: float("nan") if row == 1 and each == ids[0] else 4.0 for each in ids}) for row in (1, 2)]
    (home.path / "pandas.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def is_installed(line):
    """Whether every program of a pipeline is there."""
    first_words = (part.split()[0] for part in re.split(r"\s\|\s", line))
    return all(word == "attune" or shutil.which(word) for word in first_words)


def page_examples(name):
    """The examples of a page; those that stand together belong together."""
    text = page(name)
    for group in re.findall(r"(?:^\.Dl .*\n)+", text, re.M):
        yield [plain(line.removeprefix(".Dl ")) for line in group.splitlines()]
    for display in literal_displays(text):
        lines = re.findall(r"^\$ (.*(?:\n +.*)*)$", display, re.M)
        if lines:
            yield lines


class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        home = cls.enterClassContext(Home())
        make_history(home)
        cls.history = home.path / ".local"

    def check(self, lines):
        with Home() as home:
            prepare(home, self.history, lines)
            for line in lines:
                with self.subTest(example=line):
                    if not is_installed(line):
                        continue
                    if asked(line):
                        replies, shown = asked(line)
                        status, screen = home.on_terminal(line, replies)
                        self.assertEqual(status, 0, screen)
                        self.assertIn(shown, screen)
                    else:
                        self.check_script(home, line)

    def check_script(self, home, line):
        done = home.run(line)
        if re.match(r"attune due\b", line) and done.returncode == 1:
            self.assertEqual(done.stderr, "")  # no check-in is due, and that is an answer
        else:
            self.assertEqual(done.returncode, 0, done.stderr)
        if "| jq" in line:
            values = re.sub(r'"[^"]*":|\bnull\b|[\s{}\[\],]', "", done.stdout)
            self.assertNotEqual(values, "", done.stdout)
        elif line.startswith("attune check"):
            self.assertEqual(done.stdout, "")
        elif re.match(LOOKING_BACK, line) and not re.search(r" -o | > |backup|delete|discard|unlock", line):
            self.assertNotEqual(done.stdout, "")

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

    def test_the_commands_of_the_readme_run(self):
        readme = (SOURCE / "README.md").read_text(encoding="utf-8")
        groups = [
            [line.strip() for line in group.splitlines()]
            for group in re.findall(r"^(?: {4}attune .*\n)+", readme, re.M)
        ]
        self.assertGreaterEqual(sum(map(len, groups)), 7)
        for lines in groups:
            self.check(lines)


if __name__ == "__main__":
    unittest.main()
