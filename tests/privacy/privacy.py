# SPDX-License-Identifier: MIT
"""What the proofs of privacy share: a home, one run of every command that there is, and what strace saw of it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "terminal")]
from proof import arguments, end  # noqa: E402, F401: handed on
from sitting import PATIENCE, Sitting  # noqa: E402, F401

SHORT = "5,3,6,2,4,3,5,4,2,4,3,6"
ROWS = "id," + ",".join(f"q{item}" for item in range(1, 37)) + "\n" + "a," + ",".join("1234567" * 5 + "4") + "\n"
LINES = "".join(f"I write statement {number} myself.\n" for number in range(1, 37))

# One run of every command: its words, what it reads, and the status it ends with. They build on one another; a command
# of the program without a row here is a failure. `{home}` is the home directory.
COMMANDS = (
    ("init", "mine", "", 0),
    ("init", "-o other.toml other", "", 0),
    ("check", "mine.toml other.toml", "", 0),
    ("list", "", "", 0),
    ("show", "closeness", "", 0),
    ("codebook", "closeness -o codebook.md", "", 0),
    ("completion", "bash -- take --about ''", "", 0),
    ("codebook", "closeness --format csv", "", 0),
    ("wording", "ecr-r -", LINES, 0),
    ("take", "growth --date 2026-01-01 --answers -", ",".join("4352" * 5), 0),
    ("take", "moment --date 2026-01-02 --answers -", "urge=withdraw,strength=4,trigger=closeness", 0),
    ("take", f"--no-save --form short --answers {SHORT}", "", 0),
    ("take", f"--form short --date 2026-01-05 --answers {SHORT} -o profile.html", "", 0),
    ("take", f"--form short --about partner --date 2026-02-09 --answers {SHORT} -o profile.txt", "", 0),
    ("trend", "-o trend.html", "", 0),
    ("report", "-o report.html", "", 0),
    ("relationships", "", "", 0),
    ("compare", "last shared.json -o compared.md", "", 0),
    ("progress", "", "", 0),
    ("moments", "", "", 0),
    ("next", "", "", 0),
    ("due", "", "", 1),
    ("due", "-q --every 1d", "", 0),
    ("schedule", "--systemd", "", 0),
    ("schedule", "--systemd --install", "", 0),
    ("schedule", "--systemd --remove", "", 0),
    ("schedule", "--cron", "", 0),
    ("history list", "", "", 0),
    ("history show", "last", "", 0),
    ("history delete", "last", "", 0),
    ("history undo", "", "", 0),
    ("history drafts", "", "", 0),
    ("history discard", "{draft}", "", 0),
    ("history export", "-o history.jsonl", "", 0),
    ("history backup", "copy.db", "", 0),
    ("history rescore", "closeness", "", 0),
    ("history purge", "--all --yes", "", 0),
    ("history import", "history.jsonl", "", 0),
    ("history lock", "--new-passphrase-from file:words", "", 0),
    ("history passphrase", "--passphrase-from file:words --new-passphrase-from file:words", "", 0),
    ("take", f"--form short --passphrase-from file:words --answers {SHORT}", "", 0),
    ("history export", "--passphrase-from file:words -o again.jsonl", "", 0),
    ("history backup", "--passphrase-from file:words locked.db", "", 0),
    ("history purge", "--passphrase-from file:words --yes", "", 0),
    ("history unlock", "--passphrase-from file:words", "", 0),
    ("score", "ecr - --keep id -o scores.csv", ROWS, 0),
    ("analyze", "ecr - -o analysis.txt", ROWS, 0),
)


def names_of_commands(attune):
    """All commands, as the program tells them; of a group, its commands."""
    names = []
    for group in ("", "history"):
        told = subprocess.run([attune, *group.split(), "--help"], capture_output=True, text=True, check=True).stdout
        names += re.findall(rf"(?:^|  )  ({group} ?[a-z]+)  +\S", told, re.M)
    return [name.strip() for name in names if name.strip() not in ("history", "help")]


def problems_of_rows(attune):
    """Commands that no row runs, and rows of no command."""
    named, run = set(names_of_commands(attune)), {row[0] for row in COMMANDS}
    return [f"attune {name}: no row here runs it" for name in sorted(named - run)] + [
        f"attune {name}: there is no such command" for name in sorted(run - named)
    ]


class Home:
    """A home directory of its own, gone at the end of the block."""

    def __init__(self, attune, prefix="attune-privacy-"):
        self.attune_file = attune
        self.prefix = prefix

    def __enter__(self):
        self.path = Path(tempfile.mkdtemp(prefix=self.prefix)).resolve()
        self.data = self.path / ".local/share/attune"
        self.file = self.data / "history.db"
        (self.path / "run").mkdir(mode=0o700)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def environment(self, **more):
        return {
            "HOME": str(self.path), "PATH": "/usr/bin:/bin", "TERM": "xterm", "PAGER": "cat", "LC_ALL": "C.UTF-8", "TZ": "Europe/Berlin",
            "ATTUNE_NOW": "2026-02-10T09:14:00+01:00", "XDG_RUNTIME_DIR": str(self.path / "run"),
            "ASAN_OPTIONS": "detect_leaks=0",  # the search for leaks does not work under strace
            **more,
        }

    def run(self, words, text="", prefix=(), umask=-1, environment=None):
        """`words`: a line, cut at its blanks, or the arguments."""
        words = words.split() if isinstance(words, str) else words
        return subprocess.run([*prefix, self.attune_file, *words], input=text, env=environment or self.environment(),
                              cwd=self.path, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False,
                              umask=umask)

    def make_ready(self):
        """What the rows of COMMANDS need to be there: a passphrase, the scores of another, a record, a draft. Gives its id."""
        self.write("words", "four words of mine\n")
        shared = self.run(f"take --no-save --form short --answers {SHORT} --format json --scores-only")
        self.write("shared.json", shared.stdout)
        self.run(f"take --form short --date 2025-12-01 --answers {SHORT}")
        sitting = Sitting(str(self.path), [self.attune_file, "take", "growth", "--plain"], environment=self.environment())
        sitting.wait_for("Question 1 of")
        sitting.send("4\n")
        sitting.wait_for("Question 2 of")
        sitting.send("q\n")
        sitting.end()
        os.close(sitting.master)
        os.close(sitting.slave)
        return json.loads(self.run("history drafts --format json").stdout)[0]["id"]

    def write(self, name, text):
        (self.path / name).write_text(text, encoding="utf-8")
        (self.path / name).chmod(0o600)


def run_all(home, watch):
    """Runs every row in `home`; `watch(name, run)` runs it and gives what it finds. Gives the problems."""
    problems = problems_of_rows(home.attune_file)
    draft = home.make_ready()
    for name, words, text, status in COMMANDS:
        line = f"{name} {words.format(draft=draft, home=home.path)}".strip()
        done, found = watch(line, text)
        if done.returncode != status:
            found = [f"status {done.returncode} instead of {status}: {done.stderr.strip()[-300:]}", *found]
        problems += [f"attune {line[:90]}: {each}" for each in found]
    return problems
