# SPDX-License-Identifier: MIT
"""What the proofs of faults share: a home, a person who answers five questions, and what was kept, read by SQLite itself."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "terminal")]
from proof import arguments, end  # noqa: E402, F401: handed on
from sitting import PATIENCE, Sitting  # noqa: E402

HERE = Path(__file__).resolve().parent
DEFINITION = HERE / "five.toml"
ANSWERS = ["5", "3", "6", "2", "7"]  # no two alike, so that each is known by its value
ITEMS = ["m1", "m2", "m3", "m4", "m5"]
CLOCK = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)  # None where it is not installed


def clock_at(zone, second):
    """The part of an environment that makes it this second (since 1970) in this zone."""
    return {"TZ": zone, "LD_PRELOAD": str(CLOCK), "FAKETIME_FMT": "%s", "FAKETIME": str(second),
            "ASAN_OPTIONS": "verify_asan_link_order=0"}  # that library may come before a sanitizer's


class Home:
    """A home directory of its own, gone at the end of the block."""

    def __init__(self, attune):
        self.attune_file = attune

    def __enter__(self):
        self.path = Path(tempfile.mkdtemp(prefix="attune-faults-"))
        self.data = self.path / ".local/share/attune"
        self.file = self.data / "history.db"
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def environment(self):
        return {"HOME": str(self.path), "PATH": "/usr/bin:/bin", "TERM": "xterm", "PAGER": "cat", "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def attune(self, *words, prefix=(), environment=None, text=True, **named):
        return subprocess.run([*prefix, self.attune_file, *words], env=environment or self.environment(), cwd=self.path,
                              stdin=subprocess.DEVNULL, capture_output=True, text=text, timeout=PATIENCE, check=False, **named)

    def kept(self):
        """The answers of the draft or, when it is finished, of the record, by SQLite and not by the program; on a copy."""
        if not self.file.exists() or self.file.stat().st_size == 0:
            return []
        with tempfile.TemporaryDirectory(prefix="attune-copy-") as copy:
            for path in self.data.iterdir():
                shutil.copy(path, copy)
            with sqlite3.connect(Path(copy) / "history.db") as db:
                verdict = db.execute("pragma integrity_check").fetchone()[0]
                if verdict != "ok":
                    raise AssertionError(f"SQLite finds damage: {verdict}")
                if not db.execute("select count(*) from sqlite_master where name='records'").fetchone()[0]:
                    return []
                record = db.execute("select answers from records").fetchone()
                if record:
                    return [str(answer) for _, answer, _ in json.loads(record[0])]
                return [value for (value,) in db.execute("select value from draft_answers order by position")]


def sit(home, prefix=(), kill_after=None):
    """Answers all questions and finishes. Gives how many answers were confirmed (the next question was shown), and the
    screen. `kill_after`: (answers, seconds): killed outright so long after that many answers were typed."""
    sitting = Sitting(str(home.path), [*prefix, home.attune_file, "take", DEFINITION, "--plain"], environment=home.environment())
    deadline = time.monotonic() + PATIENCE
    typed = 0
    finishing = quitting = False
    kill_at = None
    while sitting.process.poll() is None:
        sitting.pump(0.001 if kill_at else 0.05)
        numbers = [int(number) for number in re.findall(r"Question (\d) of 5", sitting.text)]
        if max(numbers, default=0) > typed and sitting.text.rstrip().endswith("help:"):
            sitting.send(ANSWERS[typed] + "\n")
            typed += 1
        elif "5 of 5 answered" in sitting.text and not finishing:
            finishing = True
            sitting.send("f\n")
        elif "Not saved" in sitting.text and not quitting:
            quitting = True
            sitting.send("q\n")
        if kill_after and kill_at is None and typed >= kill_after[0]:
            kill_at = time.monotonic() + kill_after[1]
        if time.monotonic() > (kill_at or deadline):
            sitting.process.kill()
            if not kill_at:
                raise AssertionError(f"it never ended; on the screen: {sitting.text!r}")
            break
    text, status = sitting.end()
    os.close(sitting.master)
    os.close(sitting.slave)
    asked = max([int(number) for number in re.findall(r"Question (\d) of 5", text)], default=0)
    confirmed = len(ITEMS) if "5 of 5 answered" in text else max(asked - 1, 0)
    return confirmed, text, status


def calls_of(log, until=None):
    """How often each system call stands in a log of strace; `until`: only up to the first line with this text."""
    counts = {}
    for line in Path(log).read_text(encoding="utf-8", errors="replace").splitlines():
        if until and until in line and not line.startswith("execve"):
            break
        call = re.match(r"(\w+)\(", line)
        if call:
            counts[call[1]] = counts.get(call[1], 0) + 1
    return counts


def count_calls(home, prefix_of, run):
    """The calls of a whole run, and those made before the program first looks for anything of its own."""
    log = home.path / "strace.log"
    run(prefix_of(log))
    return calls_of(log), calls_of(log, until=str(home.data))
