# SPDX-License-Identifier: MIT
"""What a person writes comes back from an export as it was, whatever it begins with: import(export(x)) is x for random
texts, and numbers in tables are numbers, never behind an apostrophe."""

import csv
import io
import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "privacy"))
from payloads import is_hidden  # noqa: E402
from privacy import SHORT, Home, arguments, end  # noqa: E402

PARTS = ("=", "+", "-", "@", "'", '"', ",", ";", "|", "\\", "/", " ", "a", "ä", "1", "0.5", "1e9", "\u4e2d", "\U0001f600", "e\u0301", "%", "{", "}", "<b>", "&",
         "=cmd|' /C calc'!A0", "@SUM(A1)", "NULL", "\\n", "\\u0041")


def random_text(chance):
    return "".join(chance.choice(PARTS) for _ in range(chance.randrange(12))).strip() or "x"


def records_there(home):
    return home.run("history export").stdout


def there_and_back(home, chance, counts):
    """Random texts as answers and notes; exported, purged, imported, exported."""
    home.run(f"take {HERE.parent / 'privacy' / 'gnu-diary.toml'} --answers -", "where=home,minutes=3,line=hello")
    record = json.loads(records_there(home))
    texts = [(random_text(chance), random_text(chance)) for _ in range(200)]
    lines = []
    for number, (answer, note) in enumerate(texts):
        record["id"] = f"{number:010d}"
        record["line"], record["lines"] = number + 1, len(texts)
        record["answers"][2]["answer"], record["note"] = answer, note
        lines.append(json.dumps(record, ensure_ascii=bool(number % 2)))
    home.run("history purge --all --yes")
    home.write("random.jsonl", "\n".join(lines) + "\n")
    taken = home.run("history import random.jsonl")
    if taken.returncode != 0:
        return [f"not imported: {taken.stderr}"]
    first = records_there(home)
    home.write("first.jsonl", first)
    home.run("history purge --all --yes")
    home.run("history import first.jsonl")
    problems = [] if records_there(home) == first else ["a second export differs from the first"]
    for line, (answer, note) in zip(first.splitlines(), texts):
        kept = json.loads(line)
        counts["texts"] += 2
        if (kept["answers"][2]["answer"], kept["note"]) != (answer, note):
            problems.append(f"{(answer, note)!r} came back as {(kept['answers'][2]['answer'], kept['note'])!r}")
    if any(is_hidden(character) for text in texts for character in "".join(text)):
        problems.append("a text of this proof is one that is refused")
    return problems


def numbers_in_tables(home, counts):
    """Each table that is made for people, read by another reader: no number has an apostrophe, and no cell can run."""
    home.run(f"take --form short --answers {SHORT} --date 2026-01-01")
    home.run(f"take --form short --answers {SHORT}")
    problems = []
    for line in (f"take --no-save --form short --answers {SHORT} --format csv", "trend closeness --format csv",
                 "codebook closeness --format csv"):
        done = home.run(line)
        cells = [cell for row in csv.reader(io.StringIO(done.stdout)) for cell in row]
        counts["cells"] += len(cells)
        if done.returncode != 0 or len(cells) < 3:
            problems.append(f"attune {line}: status {done.returncode}: {done.stderr[:200]}")
        for cell in cells:
            number = cell.lstrip("'-").replace(".", "", 1).isdigit()
            if (number and cell.startswith("'")) or (not number and cell.startswith(tuple("=+-@\t\r"))):
                problems.append(f"attune {line}: the cell {cell!r}")
    return problems


def main():
    options = arguments(__doc__)
    counts = {"texts": 0, "cells": 0}
    with Home(options.attune, prefix="attune-hostile-") as home:
        problems = there_and_back(home, random.Random(6), counts) + numbers_in_tables(home, counts)
    return end(problems, f"hostile exports: {counts['texts']} texts there and back, {counts['cells']} cells, {len(problems)} problems", min(counts.values()))


if __name__ == "__main__":
    sys.exit(main())
