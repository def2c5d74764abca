# SPDX-License-Identifier: MIT
"""Twenty commands of a first month under valgrind: no wrong access, no value that was never set, nothing lost."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ATTUNE = Path(os.environ["ATTUNE"]).resolve()
SOURCE = Path(os.environ["ATTUNE_SOURCE"]).resolve()
ERROR = 99  # none of our own statuses
VALGRIND = [
    "valgrind",
    "--quiet",
    f"--error-exitcode={ERROR}",
    "--leak-check=full",
    "--errors-for-leak-kinds=definite",
    "--show-leak-kinds=definite",
]
SHORT = "5,3,6,2,4,3,5,4,2,4,3,6"
HEADER = ",".join(f"q{item}" for item in range(1, 37))
ROWS = f"{HEADER}\n{','.join('1234567' * 5 + '4')}\n{','.join('7654321' * 5 + '8')}\n"

# What is run, what it reads, and its exit status. Each builds on those before it.
COMMANDS = (
    ("--version", "", 0),
    ("", "", 0),
    ("help take", "", 0),
    ("trned", "", 2),
    ("list", "", 0),
    ("show closeness", "", 0),
    (f"check {SOURCE}/questionnaires/closeness.toml {SOURCE}/questionnaires/keys/ecr.toml", "", 0),
    ("init -o mine.toml mine", "", 0),
    ("codebook closeness --format csv", "", 0),
    (f"take --form short --date 2026-01-01 --format json --answers {SHORT}", "", 0),
    ("take --form short --date 2026-02-01 --plain --answers -", SHORT.replace("3", "5"), 0),
    ("take moment --answers strength=8", "", 65),
    ("trend closeness", "", 0),
    ("report closeness --format html", "", 0),
    ("next closeness", "", 0),
    ("due --every 1d", "", 0),
    ("history export -o mine.jsonl", "", 0),
    ("history purge --all --yes", "", 0),
    ("history import mine.jsonl", "", 0),
    ("score ecr -", ROWS, 1),
)


def problem_of(words, text, status, home):
    """What is wrong with one command, if anything."""
    environment = {"HOME": home, "PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    done = subprocess.run(
        [*VALGRIND, ATTUNE, *words.split()], input=text, cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode == status:
        return None
    wanted = "valgrind objects" if done.returncode == ERROR else f"status {done.returncode} instead of {status}"
    return f"attune {words}: {wanted}\n{done.stdout[-2000:]}{done.stderr[-4000:]}"


def main():
    with tempfile.TemporaryDirectory(prefix="attune-smoke-") as home:
        problems = [problem for each in COMMANDS if (problem := problem_of(*each, home)) is not None]
    print(*problems, sep="\n")
    print(f"smoke valgrind: {len(COMMANDS)} commands, {len(problems)} with a problem")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
