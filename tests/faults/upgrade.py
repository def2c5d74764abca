# SPDX-License-Identifier: MIT
"""A history that an earlier program wrote is read to the last answer; one that a newer program wrote is refused by every command
and left as it is, byte for byte."""

import json
import sqlite3
import sys

from damage_and_save import BROKEN_CONFIGURATION, make_history
from faults import DEFINITION, Home, arguments, end

RAW = {"mz4k8g471s": [5, 3, 6, 2, 7], "dwcc2t8k0h": [1, None, 2, 6, 4], "0qkjn8cwwj": [7, 7, 6, 5, 4]}  # of schema_1.sql
DELETED = "0qkjn8cwwj"
DRAFT = [4, 2]
COMMANDS = [
    ["history", "list"],
    ["history", "show", "last"],
    ["history", "export"],
    ["history", "drafts"],
    ["history", "delete", "last"],
    ["history", "undo"],
    ["history", "purge", "--yes"],
    ["history", "backup", "copy.db"],
    ["take", str(DEFINITION), "--answers", "1,2,3,4,5"],
    ["due", "closeness"],
    ["trend", "closeness"],
    ["progress"],
]


def raw_answers(home):
    lines = home.attune("history", "export").stdout.splitlines()
    return {record["id"]: [answer["answer"] for answer in record["answers"]] for record in map(json.loads, lines)}


def problems_of_reading(home):
    make_history(home)
    home.file.chmod(0o600)
    kept = {name: answers for name, answers in RAW.items() if name != DELETED}
    problems = [] if raw_answers(home) == kept else [f"of schema 1, these are read: {raw_answers(home)}"]
    drafts = json.loads(home.attune("history", "drafts", "--format", "json").stdout)
    if [draft["answered"] for draft in drafts] != [len(DRAFT)]:
        problems.append(f"of the draft of schema 1, this is read: {drafts}")
    home.attune("history", "undo")
    if raw_answers(home) != RAW:
        problems.append(f"after the deletion was undone, these are read: {raw_answers(home)}")
    taken = home.attune("take", str(DEFINITION), "--answers", "1,2,3,4,5")
    if taken.returncode != 0 or list(raw_answers(home).values())[-1] != [1, 2, 3, 4, 5]:
        problems.append(f"nothing can be added: {taken.stderr}")
    return problems


def problems_of_newer(home, number):
    with sqlite3.connect(home.file) as db:
        db.execute(f"pragma user_version={number}")
    db.close()
    before = home.file.read_bytes()
    problems = []
    for words in COMMANDS:
        done = home.attune(*words)
        if done.returncode != BROKEN_CONFIGURATION or "newer attune" not in done.stderr:
            problems.append(f"schema {number}: {words} ended with {done.returncode}: {done.stderr}")
        if home.file.read_bytes() != before:
            problems.append(f"schema {number}: {words} changed the file")
        if [path.name for path in home.data.iterdir()] != [home.file.name]:
            problems.append(f"schema {number}: {words} left something beside the file")
    return problems


def main():
    options = arguments(__doc__)
    with Home(options.attune) as home:
        problems = problems_of_reading(home)
        for number in (2, 9, 2**31 - 1):
            problems += problems_of_newer(home, number)
    return end(problems, f"upgrade: schema 1 read to the last answer, 3 newer ones refused by {len(COMMANDS)} commands, "
                         f"{len(problems)} problems", len(COMMANDS))


if __name__ == "__main__":
    sys.exit(main())
