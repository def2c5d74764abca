# SPDX-License-Identifier: MIT
"""Each file call of a sitting and of the commands that write fails in turn, each kind for itself, with a full disk (ENOSPC)
and with a device error (EIO): what was confirmed is kept, a command has done all or nothing, and none fails in silence."""

import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from faults import ANSWERS, DEFINITION, Home, arguments, calls_of, end, sit

FAILING = {"openat", "read", "pread64", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "fchmod", "mkdir",
           "rename", "renameat2", "linkat", "fstat", "newfstatat", "lseek", "getdents64", "chmod"}
# In a short run: only what a full disk or a broken one would fail first.
SAVING = {"pwrite64", "fdatasync", "fsync", "rename", "ftruncate", "write"}
SYNCING = {"fdatasync", "fsync"}
ERRORS = ("ENOSPC", "EIO")
ROWS = "id," + ",".join(f"m{number}" for number in range(1, 6)) + "\n" + "".join(f"p{n},5,3,6,2,7\n" for n in range(200))
TAKE = ["take", str(DEFINITION), "--answers", ",".join(ANSWERS)]
COMMANDS = {  # what is done, and what was there before
    "take": (TAKE, []),
    "export": (["history", "export", "-o", "out"], [TAKE]),
    "import": (["history", "import", "in.jsonl"], []),
    "backup": (["history", "backup", "out"], [TAKE]),
    "delete": (["history", "delete", "last"], [TAKE]),
    "undo": (["history", "undo"], [TAKE, ["history", "delete", "last"]]),
    "purge": (["history", "purge", "--all", "--yes"], [TAKE]),
    "score": (["score", str(DEFINITION), "rows.csv", "-o", "out"], []),
    "report": (["report", "five", "-o", "out.html"], [TAKE]),
}


class Fixed(Home):
    """A home in which a run gives the same bytes each time."""

    def environment(self):
        return super().environment() | {"ATTUNE_NOW": "2026-11-24T09:14:00+01:00", "ATTUNE_SEED": "1"}

    def tables(self):
        """All rows of the history, by SQLite, on a copy; nothing where there are no tables."""
        if not self.file.exists():
            return []
        with tempfile.TemporaryDirectory(prefix="attune-copy-") as copy:
            for path in self.data.iterdir():
                shutil.copy(path, copy)
            return rows_of(Path(copy) / "history.db")

    def state(self):
        files = {}
        for path in sorted(self.path.glob("out*")):
            files[path.name] = rows_of(path) if path.read_bytes().startswith(b"SQLite") else path.read_bytes()
        return self.tables(), files


def rows_of(file):
    with sqlite3.connect(file) as db:
        verdict = db.execute("pragma integrity_check").fetchone()[0]
        if verdict != "ok":
            return [verdict]
        names = [name for (name,) in db.execute("select name from sqlite_master where type='table' and name not like 'sqlite%'")]
        return [(name, row) for name in sorted(names) for row in db.execute(f"select * from {name}")]


def prepare(home, name):
    (home.path / "rows.csv").write_text(ROWS, encoding="utf-8")
    shutil.copy(prepare.exported, home.path / "in.jsonl")
    for words in COMMANDS[name][1]:
        done = home.attune(*words)
        if done.returncode != 0:
            raise AssertionError(f"{words}: {done.stderr}")


def injections(log, options):
    """Every call behind those of the loader, which ends where the program first opens something that is not a library."""
    counts = calls_of(log)
    before = calls_of(log, until="rt_sigaction") if "rt_sigaction" in Path(log).read_text() else {}
    for call in sorted(counts.keys() & (FAILING if options.long else SAVING)):
        for number in range(before.get(call, 0) + 1, counts[call] + 1):
            # In a short run: of both errors the one that a call is known for.
            for error in ERRORS if options.long else ("EIO",) if call in SYNCING else ("ENOSPC",):
                yield f"{call}:error={error}:when={number}"


def problem_of_command(ended, state, before, after, expected):
    if ended.returncode == 0 and state != after:
        return "status 0, and it was not done"
    # A sentence about what was undone is shorter where the record can't be read any more.
    if ended.returncode == 0 and ended.stdout != expected.stdout and not ended.stdout.startswith("Undone: "):
        return f"status 0, and it says {ended.stdout!r}"
    if ended.returncode < 0:
        return f"it crashed: {ended.returncode}"
    if ended.returncode != 0 and "attune: " not in ended.stderr:
        return f"status {ended.returncode} in silence: {ended.stderr!r}"
    if state[0] not in (before[0], after[0]):
        return f"half done: {state[0]}"
    if any(content != after[1].get(name) for name, content in state[1].items()):
        return "a half-written file stays"
    return None


def fail_commands(options, problems):
    count = 0
    for name, (words, _) in COMMANDS.items():
        with Fixed(options.attune) as home:
            prepare(home, name)
            before = home.state()
            log = home.path / "strace.log"
            expected = home.attune(*words, prefix=["strace", "-o", log])
            if expected.returncode != 0:
                raise AssertionError(f"{name}: {expected.stderr}")
            after = home.state()
            cases = list(injections(log, options))
        for case in cases:
            with Fixed(options.attune) as home:
                prepare(home, name)
                ended = home.attune(*words, prefix=["strace", "-o", "/dev/null", "-e", "inject=" + case])
                problem = problem_of_command(ended, home.state(), before, after, expected)
                if problem:
                    problems.append(f"{name}, {case}: {problem}")
                count += 1
    return count


def problem_of_sitting(home, confirmed, text, status):
    kept = home.kept()
    if not confirmed <= len(kept) <= confirmed + 1 or kept != ANSWERS[: len(kept)]:
        return f"{confirmed} answers were confirmed, kept: {kept}"
    if status < 0:
        return f"it crashed: {status}"
    if status == 0 and len(kept) < len(ANSWERS) and "Not saved" not in text:
        return f"status 0, and {len(kept)} answers are kept; on the screen: {text[-300:]!r}"
    if status not in (0, 130) and "attune: " not in text:
        return f"status {status} in silence"
    return None


def fail_sittings(options, problems):
    with Home(options.attune) as home:
        log = home.path / "strace.log"
        sit(home, ["strace", "-o", log])
        cases = list(injections(log, options))
    for case in cases:
        with Home(options.attune) as home:
            try:
                problem = problem_of_sitting(home, *sit(home, ["strace", "-o", "/dev/null", "-e", "inject=" + case]))
            except AssertionError as hanging:
                problem = str(hanging)
            if problem:
                problems.append(f"sitting, {case}: {problem}")
    return len(cases)


def main():
    options = arguments(__doc__)
    problems = []
    with Fixed(options.attune) as home:
        home.attune(*TAKE)
        home.attune("history", "export", "-o", "in.jsonl")
        prepare.exported = Path(tempfile.mkdtemp(prefix="attune-faults-")) / "in.jsonl"
        shutil.copy(home.path / "in.jsonl", prepare.exported)
    sittings = fail_sittings(options, problems)
    commands = fail_commands(options, problems)
    shutil.rmtree(prepare.exported.parent)
    return end(problems, f"io errors: {sittings} failing calls in a sitting and {commands} in {len(COMMANDS)} commands, "
               f"{len(problems)} lost, corrupt or silent", min(sittings, commands))


if __name__ == "__main__":
    sys.exit(main())
