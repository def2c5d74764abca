# SPDX-License-Identifier: MIT
"""A history of schema 1 with records, a deletion and a draft, of which one byte is changed or the end is lost: each is told
rightly or refused as damaged, and so is what is saved on top: nothing is built upon damage or repaired without a word."""

import os
import random
import sqlite3
import sys

from faults import HERE, Home, arguments, end

READINGS = [["history", "export"], ["history", "list", "--format", "json"], ["history", "drafts", "--format", "json"]]
WRITING = ["history", "undo"]
BAD_DATA, BROKEN_CONFIGURATION = 65, 78
SCHEMA_NUMBER = range(60, 64)  # of the file's bytes; changed, it looks as if a newer program wrote it


def make_history(home):
    """The history of the fixture; gives its bytes."""
    home.data.mkdir(parents=True, mode=0o700)
    with sqlite3.connect(home.file) as db:
        db.executescript((HERE / "schema_1.sql").read_text(encoding="utf-8"))
    db.close()
    return home.file.read_bytes()


def put(home, content):
    for path in home.data.iterdir():
        path.unlink()
    descriptor = os.open(home.file, os.O_CREAT | os.O_WRONLY, 0o600)
    with open(descriptor, "wb") as file:
        file.write(content)


def is_refusal(done, place):
    if done.returncode == BROKEN_CONFIGURATION:
        return place in SCHEMA_NUMBER and "newer" in done.stderr
    return done.returncode == BAD_DATA and "history.db" in done.stderr and done.stdout == ""


def problem_of(home, content, place, right):
    """What is wrong with how the program meets this damaged file; and whether it was refused by anything."""
    put(home, content)
    refused = False
    for words, wanted in zip(READINGS, right):
        done = home.attune(*words)
        if home.file.read_bytes() != content:
            return f"{words} changed the file", refused
        if is_refusal(done, place):
            refused = True
        elif (done.returncode, done.stdout) != (0, wanted):
            return f"{words} ended with {done.returncode}: {done.stderr or done.stdout}", refused
    return problem_of_writing(home, content, place, right), refused


def problem_of_writing(home, content, place, right):
    """Taking back the last change and making it again is done as ever, or refused, with nothing changed."""
    done = home.attune(*WRITING)
    if is_refusal(done, place):
        return None if home.file.read_bytes() == content else "what was refused changed the file"
    if done.returncode != 0:
        return f"{WRITING} ended with {done.returncode}: {done.stderr}"
    again = home.attune("history", "delete", "last")
    told = home.attune(*READINGS[0])
    if is_refusal(again, place) or is_refusal(told, place) or (told.returncode, told.stdout) == (0, right[0]):
        return None
    return f"after {WRITING}, {again.returncode} and {told.returncode}: {again.stderr or told.stderr or told.stdout}"


def damages(whole, flips, cuts, chance):
    """(what was done, its place, the damaged bytes), so many times."""
    # These come in any case: where each byte means something, the name of a definition's text, and of the last record.
    header = range(100)
    names = [whole.index(b"7e9689d9"), whole.rindex(b"0qkjn8cwwj")]
    for number in range(flips):
        place = number if number in header else names.pop() if names else chance.randrange(len(whole))
        flip = 1 << chance.randrange(8) if number % 2 else chance.randrange(1, 256)
        yield f"byte {place} xor {flip}", place, whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :]
    for _ in range(cuts):
        size = chance.randrange(1, len(whole))
        yield f"cut to {size} bytes", None, whole[:size]


def main():
    options = arguments(__doc__)
    chance = random.Random(int(os.environ.get("SEED", "6")))
    flips, cuts = (2000, 200) if options.long else (110, 20)
    problems = []
    refusals = {"byte": 0, "cut": 0}
    with Home(options.attune) as home:
        whole = make_history(home)
        put(home, whole)
        right = [home.attune(*words).stdout for words in READINGS]
        for what, place, content in damages(whole, flips, cuts, chance):
            problem, refused = problem_of(home, content, place, right)
            refusals[what.split()[0]] += refused
            problems += [f"{what}: {problem}"] if problem else []
    return end(problems, f"damage and save: {flips} bytes changed ({refusals['byte']} refused, the others told rightly) and {cuts} cut short "
                         f"({refusals['cut']} refused), {len(problems)} wrong", refusals["byte"] and refusals["cut"])


if __name__ == "__main__":
    sys.exit(main())
