# SPDX-License-Identifier: MIT
"""A history that an earlier program wrote is read to the last answer and scored as that one did; one that a newer program wrote is
refused by every command and left as it is, byte for byte.

histories/ has one of each form that a landed program has kept, made by that program, with what it exported and the scores it printed:
`log`, as it is until today; `locked`; `labels`, locked, with a label of one's own."""

import json
import shutil
import sqlite3
import sys

from damage_and_save import BROKEN_CONFIGURATION, make_history
from faults import DEFINITION, HERE, Home, arguments, end

EARLIER = ["log", "locked", "labels"]
OTHER_MARGINS = {"log", "locked"}  # the scores are the same; their margins of error have been estimated better since
LOCKED = b"attune locked 1\n"
WORDS = "five words and one more\n"  # the passphrase of those that are locked

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


def raw_answers(home, *unlocked):
    lines = map(json.loads, home.attune("history", "export", *unlocked).stdout.splitlines())
    return {line["id"]: [answer["answer"] for answer in line["answers"]] for line in lines if line["schema"] == "attune.record"}


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


def put_earlier(home, folder):
    """Gives what every command needs to open it."""
    home.data.mkdir(parents=True, mode=0o700)
    shutil.copyfile(folder / "history.db", home.file)
    home.file.chmod(0o600)
    secret = home.path / "secret.txt"
    secret.touch(0o600)
    secret.write_text(WORDS, encoding="utf-8")
    return ["--passphrase-from", f"file:{secret}"] if home.file.read_bytes().startswith(LOCKED) else []


def scores_of(home, unlocked, name):
    """By id and scale, [score, margin of error], the margin only where it is estimated as it was when `name` was made."""
    known = slice(1 if name in OTHER_MARGINS else 2)
    listed = json.loads(home.attune("history", "list", "--format", "json", *unlocked).stdout)
    shown = {}
    for record in listed:
        profile = json.loads(home.attune("history", "show", record["id"], "--format", "json", *unlocked).stdout)
        shown[record["id"]] = {scale: [each["score"], each["se"]][known] for scale, each in profile["scores"].items()}
        told = {scale: [each["score"], each["se"]][known] for scale, each in record["scores"].items()}
        if told.items() != shown[record["id"]].items():
            raise AssertionError(f"list and show differ: {told}, {shown[record['id']]}")
    return shown


def problems_of_earlier(attune, name):
    folder = HERE / "histories" / name
    known = slice(1 if name in OTHER_MARGINS else 2)
    printed = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    scores = {record: {scale: each[known] for scale, each in scales.items()} for record, scales in printed.items()}
    problems = []
    with Home(attune) as home, Home(attune) as other:
        unlocked = put_earlier(home, folder)

        def check(is_right, what):
            if not is_right:
                problems.append(f"{name}: {what}")

        def done(*words, at=home):
            ended = at.attune(*words, *(unlocked if at is home else []))
            check(ended.returncode == 0, f"{words} ended with {ended.returncode}: {ended.stderr}")
            return ended.stdout

        check(scores_of(home, unlocked, name) == scores, f"not the scores of then: {scores_of(home, unlocked, name)}")
        drafts = json.loads(done("history", "drafts", "--format", "json"))
        check([draft["answered"] for draft in drafts] == [2], f"not the draft of then: {drafts}")
        for command in (["trend"], ["progress"], ["relationships"], ["moments"], ["next"], ["report"]):
            check(done(*command) != "", f"{command} prints nothing")
        exports = [home.path / "all.jsonl"]
        done("history", "export", "-o", str(exports[0]))
        if (folder / "export.jsonl").exists():
            exports.append(folder / "export.jsonl")  # of then: the same records, none twice
        for export in exports:
            done("history", "import", str(export), at=other)
            check(scores_of(other, [], name) == scores, f"not the scores of then after {export.name}")
        check(raw_answers(other) == raw_answers(home, *unlocked), "an import changes answers")
        done("take", str(DEFINITION), "--answers", "1,2,3,4,5")
        if unlocked:
            done("history", "unlock")
            unlocked = []
        after = scores_of(home, unlocked, name)
        check(len(after) == len(scores) + 1 and scores.items() <= after.items(), f"not the scores of then after a save: {after}")
        with sqlite3.connect(home.file) as db:
            found = db.execute("pragma integrity_check").fetchall() + db.execute("pragma foreign_key_check").fetchall()
            check(found == [("ok",)], f"SQLite finds {found}")
            tables = {table for (table,) in db.execute("select name from sqlite_master where type='table'")}
            check(tables == {"definitions", "drafts", "draft_answers", "records", "events", "sqlite_sequence"}, f"tables: {tables}")
        db.close()
    return problems


def problems_of_newer(home, number):
    """`number`: of the schema; 0 stands for a newer way of locking."""
    if number:
        with sqlite3.connect(home.file) as db:
            db.execute(f"pragma user_version={number}")
        db.close()
    else:
        home.file.write_bytes(LOCKED.replace(b"1", b"2") + home.file.read_bytes())
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
        newer = (2, 9, 2**31 - 1, 0)
        for number in newer:
            problems += problems_of_newer(home, number)
    for name in EARLIER:
        problems += problems_of_earlier(options.attune, name)
    return end(problems, f"upgrade: histories of {len(EARLIER) + 1} earlier forms read to the last answer and scored as then, "
                         f"{len(newer)} newer ones refused by {len(COMMANDS)} commands, {len(problems)} problems", len(COMMANDS))


if __name__ == "__main__":
    sys.exit(main())
