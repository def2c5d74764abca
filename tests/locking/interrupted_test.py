# SPDX-License-Identifier: MIT
"""Each step of a locked history's life, killed before each of its system calls, and with each of them failing.

    interrupted_test.py ONE_STEP

Afterwards exactly one store is there and opens, either as it was before the step or as it is after it; after a step
that said it was done, only the latter. A step that could not be done says so, by its status and on standard error.
"""

import collections
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ONE_STEP = Path(sys.argv[1]).resolve()
# What can be asked of files; strace counts each of them for itself.
CALLS = """openat read pread64 write pwrite64 fsync fdatasync ftruncate fchmod chmod fstat newfstatat flock fcntl
           rename link unlink unlinkat mkdir lseek close mmap getrandom""".split()
FAILING = {"openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fchmod", "flock",
           "rename", "link", "unlink"}
STEPS = {  # what is done: what is there before, and after
    "save": ("first 2", "first 3"),
    "lock": ("plain 2", "first 2"),
    "relock": ("first 2", "second 2"),
    "unlock": ("first 2", "plain 2"),
}
SECONDS = 60


def run(directory, step, *strace):
    return subprocess.run([*strace, ONE_STEP, directory, step], capture_output=True, text=True, timeout=SECONDS, check=False)


def must(directory, step):
    done = run(directory, step)
    if done.returncode != 0:
        raise AssertionError(f"{step}: status {done.returncode}: {done.stderr}")
    return done.stdout.strip()


def counted_calls(home, step):
    """How often each call is made, and how often before the directory is first looked at: by what loads the program."""
    log = home / "log"
    copy = home / "counted"
    shutil.copytree(home / step, copy)
    run(copy, step, "strace", "-o", log, "-e", "trace=" + ",".join(CALLS))
    shutil.rmtree(copy)
    before = None
    counts = collections.Counter()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if before is None and str(copy) in line and "execve" not in line:
            before = collections.Counter(counts)
        call = re.match(r"(\w+)\(", line)
        if call:
            counts[call[1]] += 1
    return counts, before


def prepare(home):
    for step, (before, _) in STEPS.items():
        directory = home / step
        must(directory, "save")
        must(directory, "save")
        if before.startswith("first"):
            must(directory, "lock")
        if must(directory, "check") != before:
            raise AssertionError(f"{step} does not begin with '{before}'")


def interrupted(home, step, injection):
    """The end of a step that was interrupted, and what is there afterwards."""
    copy = home / "copy"
    shutil.copytree(home / step, copy)
    ended = run(copy, step, "strace", "-o", "/dev/null", "-e", "inject=" + injection)
    found = run(copy, "check")
    names = sorted(path.name for path in copy.iterdir())
    again = run(copy, "save")  # what is there can be gone on with
    shutil.rmtree(copy)
    return ended, found, names, again


def problem_of(step, failing, ended, found, names, again):
    before, after = STEPS[step]
    state = found.stdout.strip()
    said_done = "done" in ended.stdout
    if found.returncode != 0 or state not in (before, after):
        return f"afterwards there is '{state}' {found.stderr}"
    if said_done and state != after:
        return f"it said done, and there is '{state}'"
    if again.returncode != 0:
        return f"it can't be gone on with: {again.stderr}"
    if [name for name in names if not name.startswith("history.db")]:
        return f"there is more than a history: {names}"
    if failing and (ended.returncode != 0) != bool(ended.stderr.strip()):
        return f"status {ended.returncode} and it said '{ended.stderr}'"
    if failing and ended.returncode == 0 and state != after:
        return f"status 0, and there is '{state}'"
    return None


def main():
    problems = []
    kills = failures = 0
    with tempfile.TemporaryDirectory(prefix="attune-locking-") as path:
        home = Path(path)
        prepare(home)
        for step in STEPS:
            counts, before = counted_calls(home, step)
            for call, count in counts.items():
                kinds = ["signal=KILL"] + (["error=ENOSPC", "error=EIO"] if call in FAILING else [])
                for number in range(before[call] + 1, count + 1):
                    for kind in kinds:
                        injection = f"{call}:{kind}:when={number}"
                        failing = kind != "signal=KILL"
                        ended, *rest = interrupted(home, step, injection)
                        problem = problem_of(step, failing, ended, *rest)
                        if problem:
                            problems.append(f"{step}, {injection}: {problem}")
                        kills += not failing
                        failures += failing
    for problem in problems:
        print(problem)
    print(f"locking: {kills} kills and {failures} failing calls in {len(STEPS)} steps, {len(problems)} without exactly one openable store")
    return 1 if problems or kills < 50 or failures < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
