# SPDX-License-Identifier: MIT
"""A history with flipped bytes or a lost end: the program gives what was kept, or says that it is damaged (65), and never
crashes, gives something else, or repairs it without a word."""

import random
import sqlite3
import sys

from faults import ANSWERS, DEFINITION, Home, arguments, end

OUTPUTS = (["history", "export"], ["history", "list", "--format", "json"])
REFUSED = (65, 78)  # damaged, or of a newer version as far as its header says


def problem_of(home, expected, data):
    home.file.write_bytes(data)
    for words in OUTPUTS:
        done = home.attune(*words)
        if done.returncode < 0 or done.returncode == 70:
            return f"it crashed: {done.returncode} {done.stderr[-200:]}"
        if done.returncode == 0 and done.stdout not in (expected[words[1]], nothing_of(words)):
            return f"it gives something else: {done.stdout[:200]}"
        if done.returncode == 0 and done.stdout == nothing_of(words) and data:
            return "it says there is nothing"
        if done.returncode != 0 and (done.returncode not in REFUSED or "attune: " not in done.stderr):
            return f"status {done.returncode}: {done.stderr}"
    if home.file.read_bytes() != data:
        return "it was changed by reading"
    return None


def nothing_of(words):
    return "[]\n" if "json" in words else ""


def main():
    options = arguments(__doc__)
    chance = random.Random(6)
    flips, cuts = (2000, 200) if options.long else (100, 25)
    problems = []
    refused = unseen = 0
    with Home(options.attune) as home:
        for _ in range(2):
            home.attune("take", str(DEFINITION), "--answers", ",".join(ANSWERS))
        whole = home.file.read_bytes()
        plain = rows(home)
        answers_at = whole.index(b'[["m1"')
        expected = {words[1]: home.attune(*words).stdout for words in OUTPUTS}
        for number in range(flips + cuts):
            data = bytearray(whole)
            if number < flips:
                # Every third within the answers of the first record, a small part of the file.
                at = answers_at + chance.randrange(100) if number % 3 == 0 else chance.randrange(len(data))
                bit = 1 << chance.randrange(8)
                data[at] ^= bit
                what = f"bit {bit} of byte {at}"
            else:
                size = chance.randrange(1, len(data))
                del data[size:]
                what = f"cut to {size} bytes"
            problem = problem_of(home, expected, bytes(data))
            if problem:
                problems.append(f"{what}: {problem}")
            unseen += misread(home, bytes(data), plain)
            refused += home.attune("history", "export").returncode in REFUSED
        problems += [f"a newer version: {problem}" for problem in refuse_newer(home, whole)]
    # The control: damage that SQLite itself hands out as answers, so that there was something to notice.
    return end(problems, f"damage: {flips} flipped bits and {cuts} truncations, {refused} refused and the others read right, "
               f"{len(problems)} wrong (control: SQLite alone gives {unseen} as other answers)", unseen)


def rows(home):
    with sqlite3.connect(home.file) as db:
        return db.execute("select id, version, about, taken_us, answers from records").fetchall()


def misread(home, data, plain):
    """Whether a reader that trusts SQLite gets other records, and no error."""
    home.file.write_bytes(data)
    try:
        return rows(home) != plain
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def refuse_newer(home, whole):
    """A history of a later schema is left untouched by reading and by saving."""
    newer = bytearray(whole)
    newer[60:64] = (99).to_bytes(4, "big")
    for words in (["history", "list"], ["take", str(DEFINITION), "--answers", ",".join(ANSWERS)], ["history", "undo"]):
        home.file.write_bytes(newer)
        done = home.attune(*words)
        if done.returncode != 78 or home.file.read_bytes() != newer:
            yield f"{words[0]}: status {done.returncode}"


if __name__ == "__main__":
    sys.exit(main())
