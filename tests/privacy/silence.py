# SPDX-License-Identifier: MIT
"""Nothing private is said where it was not asked for: not in an error, whatever goes wrong, not by `due`, reminders and
drafts, and not on the screen of a `--private` sitting. No option takes words that only the person should know."""

import itertools
import os
import re
import shutil
import subprocess
import sys

from diary import CHOICE, DIARY, LINE, MARKERS, NOTE, sit
from privacy import HERE, SHORT, Home, arguments, end, names_of_commands

TITLES = ("gnu-diary", "Ibex")  # that there is such a diary is nobody's business either
# What follows an option, in the help; each is a choice, a number, a day, a place, or the id of something.
KNOWN_VALUES = {
    "FORM", "COUNT", "WHOM", "LIST|FILE|-", "FORMAT", "COLUMNS", "FILE", "DATE", "SEED", "LANG", "SOURCE", "NAMES", "PERIOD", "TIME",
    "WHAT", "LIST", "MIN-MAX", "CODES", "CHARACTER", "SHARE", "N", "ID", "STEP", "WAY", "SCALE", "METHOD", "COLUMN", "PART", "WHEN",
}


def private_in(text, also=()):
    return [marker for marker in (*MARKERS, *also) if marker in text]


def option_table(home, counts):
    """Every value that an option takes is of a kind that may stand in `ps` and in the history of a shell."""
    problems = []
    for name in names_of_commands(home.attune_file):
        told = home.run([*name.split(), "--help"]).stdout
        for option, value in re.findall(r"^  (?:-., |    )(--[a-z-]+)(?:\[?[ =]([A-Z][A-Z|-]*)\]?)?", told, re.M):
            counts["options"] += 1
            if value and value not in KNOWN_VALUES:
                problems.append(f"attune {name} {option} {value}: a kind of value that this table does not know")
            if re.search("pass|secret|text|word|note|line", option) and value not in ("", "SOURCE"):
                problems.append(f"attune {name} {option} takes {value}")
    return problems


def text_as_argument(home, counts):
    """Text is not taken from the command line, and not repeated."""
    problems = []
    for line in (f"take {DIARY} --answers line=zebrafinch", "take moment --answers line=zebrafinch", f"take {DIARY} --note zebrafinch",
                 f"take {DIARY} --answers {CHOICE},1,zebrafinch", f"take {DIARY} --note=zebrafinch"):
        done = home.run(line)
        counts["errors"] += 1
        wanted = 65 if "--answers" in line else 2
        if done.returncode != wanted or ("--answers" in line and "zebrafinch" in done.stderr):
            problems.append(f"attune {line}: status {done.returncode}, {done.stderr!r}")
    return problems


def damaged(home):
    """The history, spoilt in several ways."""
    content = home.file.read_bytes()
    for share in range(1, 10):
        yield content[: len(content) * share // 10]
    for at in range(0, len(content), len(content) // 40):
        yield content[:at] + bytes(byte ^ 0x55 for byte in content[at : at + 64]) + content[at + 64 :]


COMMANDS = ("history list", "history show last", "history export -o out.jsonl --force", "trend", "progress", "moments gnu-diary", "next", "report",
            "due", "history drafts", "history undo", "history delete zzzzzzzzzz", "history show nothing", "history purge", "history import bad.jsonl",
            "compare last last", "relationships", "history rescore gnu-diary", "take --fresh", "take diary.toml --answers 9,9,9", "due nothing")


def lines_that_fail(home):
    """(what is wrong, command, what runs it) of everything that can be brought to fail."""
    export = home.run("history export").stdout.splitlines()
    home.write("bad.jsonl", "\n".join(line[:-9] if '"note"' in line else line for line in export) + "\n")
    whole = home.file.read_bytes()
    for line in COMMANDS:
        yield "whole", line, ()
        for call in ("pread64", "openat", "fstat", "newfstatat"):
            yield f"{call} fails", line, ("strace", "-qq", "-o", "/dev/null", "-P", home.file, "-e", f"inject={call}:error=EIO:when=3+")
    for number, content in enumerate(damaged(home)):
        home.file.write_bytes(content)
        for line in itertools.islice(itertools.cycle(COMMANDS), number % 5, len(COMMANDS), 5):
            yield f"damaged, {number}", line, ()
    home.file.write_bytes(whole)


def errors(home, counts):
    problems = []
    for what, line, prefix in lines_that_fail(home):
        done = home.run(line, prefix=prefix)
        counts["errors"] += done.returncode != 0
        for marker in private_in(done.stderr):
            problems.append(f"{what}: attune {line}: says {marker!r}: {done.stderr[:300]}")
    return problems


def full_disk(home, counts):
    """What is typed while nothing can be saved is not repeated in the complaint."""
    problems = []
    for call in ("pwrite64", "fdatasync", "openat"):
        prefix = ("strace", "-qq", "-o", "/dev/null", "-P", home.file, "-P", f"{home.file}-journal", "-e", f"inject={call}:error=ENOSPC:when=4+")
        done = home.run(f"take {DIARY} --answers -", f"where={CHOICE}\nminutes=7654321\nline={LINE}\n", prefix=prefix)
        counts["errors"] += done.returncode != 0
        problems += [f"{call} fails: {marker!r} in {done.stderr!r}" for marker in private_in(done.stderr)]
    with open("/dev/full", "w", encoding="utf-8") as full:
        for line in ("history export", f"take --no-save {DIARY} --answers {CHOICE},7654321,s", "history show last"):
            done = subprocess.run([home.attune_file, *line.split()], env=home.environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            counts["errors"] += done.returncode == 74
            problems += [f"attune {line} >/dev/full: {marker!r}" for marker in private_in(done.stderr)]
    return problems


def due_and_reminders(home, counts):
    """`due` and reminders name nothing; `due -q` prints no byte, whatever is the matter."""
    problems = []
    whole = home.file.read_bytes()
    for spoilt in (whole, b"", whole[:3000], b"attune locked" + whole, None):
        home.file.unlink(missing_ok=True)
        if spoilt is not None:
            home.file.write_bytes(spoilt)
            home.file.chmod(0o600)
        for options in ("", "--every 1d", "--every 999d", "--prompt", "-q", "-q --every 1d", "-q --about partner"):
            for name in ("gnu-diary", "closeness"):
                done = home.run(f"due {name} {options}")
                counts["due"] += 1
                said = done.stdout + done.stderr
                problems += [f"due {name} {options}: says {each!r}" for each in private_in(said, TITLES if done.returncode < 2 else ())]
                if "-q" in options and done.returncode < 2 and said:
                    problems.append(f"due {name} {options}: prints {said!r}")
                if "-q" in options and done.stdout:
                    problems.append(f"due {name} {options}: prints {done.stdout!r}")
    home.file.write_bytes(whole)
    for line in ("schedule gnu-diary --systemd", "schedule --cron", "history drafts"):
        done = home.run(line)
        problems += [f"attune {line}: says {each!r}" for each in private_in(done.stdout + done.stderr)]
    shown = re.search('notify-send ("[^"]*" "[^"]*")', home.run("schedule gnu-diary --cron").stdout)[1]
    if "gnu" in shown.lower() or "attune" in shown.lower():
        problems.append(f"the notification says {shown!r}")
    return problems


def private_sittings(home, counts):
    """All that stands on a terminal of its own while the diary is answered with --private; without, it is there to be found."""
    problems = []
    for options in (("--private",), ("--private", "--plain"), ("--plain",), ()):
        said, status = sit(home, *options)
        counts["sittings"] += 1
        shown = private_in(said)
        if status != 0 or ("--private" in options and shown) or ("--private" not in options and NOTE not in shown):
            problems.append(f"take {' '.join(options)}: status {status}, on the screen: {shown}")
    return problems


def main():
    options = arguments(__doc__)
    counts = dict.fromkeys(("options", "errors", "due", "sittings"), 0)
    problems = []
    with Home(options.attune) as home:
        questionnaires = home.path / ".config/attune/questionnaires"
        questionnaires.mkdir(parents=True)
        shutil.copy(HERE / "gnu-diary.toml", questionnaires)
        problems += option_table(home, counts) + private_sittings(home, counts) + text_as_argument(home, counts)
        home.run(f"take --form short --answers {SHORT}")
        problems += errors(home, counts) + full_disk(home, counts) + due_and_reminders(home, counts)
    summary = (f"privacy silence: {counts['options']} options, {counts['errors']} errors, {counts['due']} times due, {counts['sittings']} sittings, "
               f"{len(problems)} private words said")
    return end(problems, summary, min(counts.values()))


if __name__ == "__main__":
    sys.exit(main())
