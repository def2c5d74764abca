# SPDX-License-Identifier: MIT
"""What is purged is gone: no byte of a marker is left in any file of the data directory, plain or locked, also not in the
one that stands beside a locked history."""

import base64
import sqlite3
import sys

from diary import CHOICE, LINE, MARKERS, NOTE, NUMBER, sit
from privacy import Home, arguments, end

LOCK = "--new-passphrase-from file:words"
WORDS = "--passphrase-from file:words"


def forms_of(marker):
    """The marker as it could be kept: as UTF-8, as UTF-16, backwards, in hexadecimal, in base 64 from any of three places."""
    plain = marker.encode()
    yield from (plain, marker.encode("utf-16-le"), marker.encode("utf-16-be"), plain[::-1], plain.hex().encode(), plain.hex().upper().encode())
    for shift in range(3):
        yield base64.b64encode(b"x" * shift + plain)[4:-4]
    if marker == NUMBER:
        yield int(NUMBER).to_bytes(4, "big")  # how SQLite packs it
        yield int(NUMBER).to_bytes(4, "little")


def traces(home):
    """(file, marker) of what is left."""
    found = []
    for path in sorted(home.data.rglob("*")):
        content = path.read_bytes()
        found += [(path.name, marker) for marker in MARKERS if any(form in content for form in forms_of(marker))]
    return found


def purge_ways(home):
    """Ways to remove what was sat: deleted and purged, discarded and purged, all of it."""
    yield "deleted and purged", lambda more: (home.run(f"history delete last {more}"), home.run(f"history purge --yes {more}"))
    yield "all purged", lambda more: (home.run(f"history purge --all --yes {more}"),)


def plain(options, counts):
    problems = []
    for way in range(2):
        with Home(options.attune) as home:
            _, status = sit(home, "--plain")
            before = {marker for _, marker in traces(home)}
            if status != 0 or before != set(MARKERS):
                problems.append(f"status {status}; before, only {sorted(before)} were there to be found")
            what, remove = list(purge_ways(home))[way]
            problems += [f"{what}: {done.stderr}" for done in remove("") if done.returncode != 0]
            problems += [f"{what}: {marker!r} is still in {file}" for file, marker in traces(home)]
            counts["purges"] += 1
    return problems


def opened(home):
    """Each file of a locked history as it opens, by file."""
    for path in sorted(home.data.iterdir()):
        with Home(home.attune_file) as other:
            other.data.mkdir(mode=0o700, parents=True)
            other.write("words", "four words of mine\n")
            other.file.write_bytes(path.read_bytes())
            other.file.chmod(0o600)
            unlocked = other.run(f"history unlock {WORDS}")
            yield path.name, other.file.read_bytes() if unlocked.returncode == 0 else b""


def locked(options, counts):
    """With the passphrase at hand, no file that is left opens to a marker."""
    problems = []
    for way in range(2):
        with Home(options.attune) as home:
            home.write("words", "four words of mine\n")
            sit(home, "--plain")
            home.run(f"history lock {LOCK}")
            if not any(LINE.encode() in content for _, content in opened(home)):
                problems.append("locked: nothing was there to be found")
            what, remove = list(purge_ways(home))[way]
            problems += [f"locked, {what}: {done.stderr}" for done in remove(WORDS) if done.returncode != 0]
            for name, content in opened(home):
                problems += [f"locked, {what}: {marker!r} is still in {name}" for marker in (CHOICE, LINE, NOTE) if marker.encode() in content]
            counts["purges"] += 1
    return problems


def still_whole(options, counts):
    """A purge takes only what was deleted, and leaves a whole database."""
    with Home(options.attune) as home:
        home.run("take growth --answers -", ",".join("4352" * 5))
        sit(home, "--plain")
        home.run("history delete last")
        home.run("history purge --yes")
        counts["purges"] += 1
        with sqlite3.connect(home.file) as db:
            rows = db.execute("select count(*) from records").fetchone()[0]
            free = db.execute("pragma freelist_count").fetchone()[0]
            verdict = db.execute("pragma integrity_check").fetchone()[0]
        return [] if (rows, free, verdict) == (1, 0, "ok") else [f"after a purge: {rows} records, {free} free pages, {verdict}"]


def main():
    options = arguments(__doc__)
    counts = {"purges": 0}
    problems = plain(options, counts) + locked(options, counts) + still_whole(options, counts)
    return end(problems, f"privacy purge: {counts['purges']} purges, {len(MARKERS)} markers, {len(problems)} traces or problems", counts["purges"])


if __name__ == "__main__":
    sys.exit(main())
