# SPDX-License-Identifier: MIT
"""A power cut at any moment of a sitting, with any part of what was not yet synced lost, in torn sectors: every answer that
was shown as confirmed is there. Two controls, the same answers kept with synchronous=OFF and with WAL and NORMAL, have to
lose some: otherwise this proves nothing."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from disk import Disk, events_of, play, strace
from faults import ANSWERS, Home, arguments, end, sit

CONTROL = """
import os, sqlite3, sys
file, pragmas, answers = sys.argv[1:]
db = sqlite3.connect(file, isolation_level=None)
db.executescript(pragmas)
db.execute("create table records(answers)")
db.execute("create table draft_answers(position, value)")
for number, answer in enumerate(answers.split(",")):
    os.write(1, b"Question %d of 5\\n" % (number + 1))
    db.execute("insert into draft_answers values(?, ?)", (number, answer))
os.write(1, b"5 of 5 answered\\n")
os._exit(0)  # as a power cut: nothing is tidied up
"""
CONTROLS = {
    "synchronous=OFF": "pragma synchronous=off",
    "WAL and NORMAL": "pragma journal_mode=wal;pragma synchronous=normal",
}


def confirmed_by(shown):
    if b"5 of 5 answered" in shown:
        return len(ANSWERS)
    return max([int(number) for number in re.findall(rb"Question (\d) of 5", shown)], default=1) - 1


def images(log, data, count, chance):
    """(how many answers were confirmed, a directory as the cut may leave it), `count` times."""
    events = list(events_of(log))
    cuts = sorted(chance.randrange(len(events) + 1) for _ in range(count))
    disk, shown, done = Disk(data), b"", 0
    for cut in cuts:
        for event in events[done:cut]:
            shown += play(disk, event)
        done = cut
        with tempfile.TemporaryDirectory(prefix="attune-cut-") as left:
            disk.cut(chance, left)
            yield confirmed_by(shown), Path(left)


def problem_of(home, confirmed):
    try:
        kept = home.kept()
    except Exception as error:  # noqa: BLE001: whatever SQLite says of it
        return str(error)
    if not confirmed <= len(kept) or kept != ANSWERS[: len(kept)]:
        return f"{confirmed} answers were confirmed, kept: {kept}"
    return None


def problem_for_the_program(home, confirmed):
    done = home.attune("history", "drafts", "--format", "json")
    if done.returncode != 0:
        return f"it does not open: {done.stderr}"
    drafts = json.loads(done.stdout or "[]")
    answered = drafts[0]["answered"] if drafts else 0
    finished = not drafts and confirmed == len(ANSWERS) and home.kept() == ANSWERS
    return None if answered >= confirmed or finished else f"{confirmed} answers were confirmed, it finds {answered}"


def cut_sittings(options, count, chance, by_program=True):
    """The problems among `count` power cuts during a sitting of the program, and how many were looked at."""
    problems = []
    seen = 0
    with Home(options.attune) as home:
        log = home.path / "strace.log"
        confirmed, text, status = sit(home, strace(log))
        if (confirmed, status) != (len(ANSWERS), 0):
            raise AssertionError(f"the sitting itself failed: {text}")
        for confirmed, left in images(log, home.data, count, chance):
            shutil.rmtree(home.data)
            shutil.copytree(left, home.data)
            home.data.chmod(0o700)
            for path in home.data.iterdir():
                path.chmod(0o600)
            problem = problem_of(home, confirmed) or (problem_for_the_program(home, confirmed) if by_program else None)
            problems += [problem] if problem else []
            seen += 1
    return problems, seen


def cut_control(options, pragmas, count, chance):
    """How many power cuts cost a confirmed answer when it is kept with these settings."""
    bad = 0
    with Home(options.attune) as home:
        home.data.mkdir(parents=True)
        log = home.path / "strace.log"
        subprocess.run([*strace(log), sys.executable, "-c", CONTROL, home.file, pragmas, ",".join(ANSWERS)],
                       check=True, stdout=subprocess.DEVNULL)
        for confirmed, left in images(log, home.data, count, chance):
            shutil.rmtree(home.data)
            shutil.copytree(left, home.data)
            bad += problem_of(home, confirmed) is not None
    return bad


def main():
    options = arguments(__doc__)
    chance = random.Random(int(os.environ.get("SEED", "6")))
    count = 1000 if options.long else 100
    problems, seen = cut_sittings(options, count, chance)
    controls = {name: cut_control(options, pragmas, count, chance) for name, pragmas in CONTROLS.items()}
    problems += [f"the control {name} lost nothing" for name, bad in controls.items() if bad == 0]
    lost = ", ".join(f"{name}: {bad}" for name, bad in controls.items())
    return end(problems, f"power: {seen} images, {len(problems)} bad (controls: {lost})", seen)


if __name__ == "__main__":
    sys.exit(main())
