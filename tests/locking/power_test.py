# SPDX-License-Identifier: MIT
"""Each step of a locked history's life, cut short by a power cut at any moment, with any part of what was not yet synced lost.

    power_test.py ONE_STEP [--long]

Afterwards one store opens, as it was before the step or as it is after it; once the step said that it was done, only the
latter. Two controls, on disks that pass over the syncs of files or those of directories, have to come out bad: otherwise
this proves nothing.
"""

import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

import interrupted_test as steps

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "faults"))
from disk import Disk, File, events_of, play, strace  # noqa: E402


class WithoutFileSyncs(Disk):
    def synced(self, descriptor):
        if self.open.get(descriptor, [None])[0] is self:
            super().synced(descriptor)


class WithoutDirectorySyncs(Disk):
    def synced(self, descriptor):
        if isinstance(self.open.get(descriptor, [None])[0], File):
            super().synced(descriptor)


def run_on(home, step):
    """What the directory held before the step, and the events of the step."""
    directory = home / "traced"
    shutil.copytree(home / step, directory)
    before = {path.name: path.read_bytes() for path in directory.iterdir()}
    log = home / "log"
    ended = steps.run(directory, step, *strace(log))
    shutil.rmtree(directory)
    if ended.stdout.strip() != "done":
        raise AssertionError(f"{step}: {ended.stderr}")
    return directory, before, list(events_of(log))


def problem_of(step, was_done, left):
    found = steps.run(left, "check")
    state = found.stdout.strip()
    before, after = steps.STEPS[step]
    if found.returncode != 0 or state not in (before, after):
        return f"there is '{state}' {found.stderr}"
    if was_done and state != after:
        return f"it said done, and there is '{state}'"
    again = steps.run(left, "save")
    return None if again.returncode == 0 else f"it can't be gone on with: {again.stderr}"


def cut(step, kind, ran, count, chance):
    """The problems among `count` power cuts of a step on a disk of this kind."""
    directory, before, events = ran
    disk, shown, done = kind(directory, holding=before), b"", 0
    problems = []
    moments = [len(events) if number % 3 == 0 else chance.randrange(len(events)) for number in range(count)]
    for moment in sorted(moments):  # a third of them after it was done
        shown += b"".join(play(disk, event) for event in events[done:moment])
        done = moment
        with tempfile.TemporaryDirectory(prefix="attune-cut-") as left:
            disk.cut(chance, left)
            os.chmod(left, 0o700)
            for path in Path(left).iterdir():
                path.chmod(0o600)
            problem = problem_of(step, b"done" in shown, left)
            problems += [f"{step}, at call {moment} of {len(events)}: {problem}"] if problem else []
    return problems


def main():
    count = 250 if "--long" in sys.argv[2:] else 25
    chance = random.Random(int(os.environ.get("SEED", "6")))
    problems = []
    bad = {WithoutFileSyncs: 0, WithoutDirectorySyncs: 0}
    with tempfile.TemporaryDirectory(prefix="attune-locking-") as path:
        home = Path(path)
        steps.prepare(home)
        for step in steps.STEPS:
            ran = run_on(home, step)
            problems += cut(step, Disk, ran, count, chance)
            for kind in bad:
                bad[kind] += len(cut(step, kind, ran, count, chance))
    problems += [f"the control {kind.__name__} came to no harm" for kind, harm in bad.items() if harm == 0]
    for problem in problems:
        print(problem)
    controls = ", ".join(f"{kind.__name__}: {harm}" for kind, harm in bad.items())
    print(f"locking: {count * len(steps.STEPS)} power cuts in {len(steps.STEPS)} steps, {len(problems)} without exactly one "
          f"openable store (controls: {controls})")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
