# SPDX-License-Identifier: MIT
"""What is purged is gone: no byte of a marker is left in any file of the data directory, plain or locked, also not in the
one that stands beside a locked history, nor in any block of its disk, freed ones included."""

import base64
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from diary import CHOICE, DIARY, LINE, MARKERS, NOTE, NUMBER, sit
from privacy import SHORT, Home, arguments, end

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


class Disk:
    """A file system of its own, in a file whose every block can be looked at; `None` where none can be made."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="attune-disk-"))
        self.image = self.folder / "disk"
        self.place = self.folder / "place"
        self.place.mkdir()
        with open(self.image, "wb") as file:
            file.truncate(24 << 20)
        made = shutil.which("mkfs.ext4") and subprocess.run(["mkfs.ext4", "-q", "-F", self.image], capture_output=True, check=False).returncode == 0
        self.is_there = bool(made) and subprocess.run(["mount", "-o", "loop", self.image, self.place], capture_output=True, check=False).returncode == 0
        return self

    def bytes(self):
        """All blocks, the freed ones too, once nothing is on its way to them."""
        os.sync()
        subprocess.run(["umount", self.place], check=True)
        self.is_there = False
        return self.image.read_bytes()

    def __exit__(self, *_):
        if self.is_there:
            subprocess.run(["umount", self.place], check=True)
        shutil.rmtree(self.folder)


def freed_blocks(options, counts):
    """No block of the disk has a marker after a purge, nor beside a lock: not the freed ones either."""
    problems = []
    for what in ("purged", "locked"):
        with Home(options.attune) as home, Disk() as disk:
            if not disk.is_there:
                return problems
            home.write("words", "four words of mine\n")
            where = {**home.environment(), "XDG_DATA_HOME": str(disk.place)}
            for _ in range(4):
                home.run(["take", DIARY, "--answers", "-"], f"line={LINE}\n", environment=where)
            home.run(f"take --form short --answers {SHORT}", environment=where)
            if what == "locked":
                done = home.run(f"history lock {LOCK}", environment=where)
            else:
                done = home.run("history purge --all --yes", environment=where)
            counts["purges"] += 1
            left = disk.bytes().count(LINE.encode())
            if done.returncode != 0 or left:
                problems.append(f"{what}: status {done.returncode}; {left} blocks of the disk still have it")
    return problems


def main():
    options = arguments(__doc__)
    counts = {"purges": 0}
    problems = plain(options, counts) + locked(options, counts) + still_whole(options, counts) + freed_blocks(options, counts)
    return end(problems, f"privacy purge: {counts['purges']} purges, {len(MARKERS)} markers, {len(problems)} traces or problems", counts["purges"])


if __name__ == "__main__":
    sys.exit(main())
