# SPDX-License-Identifier: MIT
"""What a command writes reaches nobody else and hits no file of the history: pipes and links of other users, names of the
history, file systems without nameless files or hard links. Each command that writes a file, on each of them."""

import os
import select
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from privacy import ROWS, SHORT, Home, arguments, end

NOBODY = 65534
HISTORY = "history.db"
OF_HISTORY = (HISTORY, f"{HISTORY}-journal", f"{HISTORY}.new", f"{HISTORY}.previous")

# A line for each command that writes a file; `{}` is its name.
WRITERS = (
    ("history backup {}", ""),
    ("history export -o {}", ""),
    ("history show last --format text -o {}", ""),
    ("report --format text -o {}", ""),
    ("trend --format text -o {}", ""),
    ("codebook closeness --format text -o {}", ""),
    ("init mine -o {}", ""),
    ("score ecr - --format csv -o {}", ROWS),
    ("analyze ecr - --format text -o {}", ROWS),
    (f"take --no-save --format text --form short --answers {SHORT} -o {{}}", ""),
)


def ready(home):
    """A history with a check-in; what its file holds."""
    home.run(f"take --form short --answers {SHORT}")
    return home.file.read_bytes()


class Shared:
    """A folder that all may write to and nobody may remove another's file from, like /tmp."""

    def __enter__(self):
        self.path = Path(tempfile.mkdtemp(prefix="attune-shared-"))
        self.path.chmod(0o1777)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)


def read_pipe(pipe, taken):
    """`pipe` is open before anybody writes, so that a writer always finds a reader."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    poll.poll()
    os.set_blocking(pipe, True)
    with open(pipe, "rb") as file:
        taken.append(file.read())


def pipes(options, counts):
    """A pipe that somebody else can read gets nothing; one that only this person can read is theirs to name."""
    problems = []
    cases = (("of another user", NOBODY, 0o666, 77), ("that others may read", os.geteuid(), 0o644, 77), ("of one's own", os.geteuid(), 0o600, 0))
    with Home(options.attune) as home, Shared() as shared:
        ready(home)
        for what, owner, mode, status in cases:
            if owner != os.geteuid() and os.geteuid() != 0:
                continue
            for line, text in WRITERS:
                path = shared.path / "pipe.txt"
                os.mkfifo(path)
                path.chmod(mode)
                os.chown(path, owner, -1)
                taken = []
                pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
                reader = threading.Thread(target=read_pipe, args=(pipe, taken), daemon=True)
                reader.start()
                done = home.run(line.format(path), text)
                if not taken:  # one that was refused has not even been opened
                    os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK) if reader.is_alive() else os.dup(0))
                reader.join(10)
                counts["outputs"] += 1
                if done.returncode != status or bool(taken and taken[0]) != (status == 0):
                    problems.append(f"a pipe {what}: {line[:30]}: status {done.returncode}, {len(taken[0]) if taken else 0} bytes: {done.stderr[:120]}")
                if "you alone" in done.stderr:
                    problems.append(f"a pipe {what}: {line[:30]}: said to be readable by nobody else")
                path.unlink()
    return problems


def links(options, counts):
    """A link to a device that another user made is not followed, and no link is written through."""
    problems = []
    with Home(options.attune) as home, Shared() as shared:
        ready(home)
        target = shared.path / "target.txt"
        target.write_text("mine")
        for what, points_at, owner, force, status in (
            ("to a device, of another user", "/dev/null", NOBODY, "", 77),
            ("to a device, of one's own", "/dev/null", os.geteuid(), "", 0),
            ("to a file", target, os.geteuid(), "", 73),
            ("to a file, to be replaced", target, os.geteuid(), " --force", 0),
            ("to nothing", "nowhere", os.geteuid(), "", 73),
        ):
            if owner != os.geteuid() and os.geteuid() != 0:
                continue
            path = shared.path / "link.txt"
            path.symlink_to(points_at)
            os.chown(path, owner, -1, follow_symlinks=False)
            done = home.run(f"take --form short --answers {SHORT} -o {path}{force}")
            counts["outputs"] += 1
            if done.returncode != status:
                problems.append(f"a link {what}: status {done.returncode} instead of {status}: {done.stderr[:160]}")
            if target.read_text() != "mine":
                problems.append(f"a link {what}: what it points at was written")
            path.unlink()
        kept = len(home.run("history list --format csv").stdout.splitlines()) - 1
        if kept != 3:
            problems.append(f"{kept} records instead of the 3 that could be written")
    return problems


def on_history(options, counts):
    """No output hits the history, by whatever name."""
    problems = []
    with Home(options.attune) as home:
        before = ready(home)
        os.link(home.file, home.path / "hard.db")
        (home.path / "soft.db").symlink_to(home.file)
        (home.path / "aside").symlink_to(home.data)
        (home.data / f"{HISTORY}.previous").touch(0o600)
        places = [home.data / name for name in OF_HISTORY]
        places += [home.path / "hard.db", home.path / "soft.db", home.path / "aside" / HISTORY, home.data / "HISTORY.DB"]
        for line, text in WRITERS:
            for place in places:
                for force in (" --force", ""):
                    if force and line.startswith("init"):
                        continue
                    done = home.run(line.format(place) + force, text)
                    counts["outputs"] += 1
                    if done.returncode != 73:
                        problems.append(f"{line[:30]}{force} onto {place.name}: status {done.returncode}: {done.stderr[:120]}")
        journal = home.data / f"{HISTORY}-journal"
        if home.file.read_bytes() != before or home.run("history list").returncode != 0 or (journal.exists() and b"attune" in journal.read_bytes()[:64]):
            problems.append("the history was changed")
    return problems


def in_shared_folders(options, counts):
    """Another user's file that can't be replaced is told before the first answer is read."""
    if os.geteuid() != 0:
        return []
    problems = []
    with Home(options.attune) as home, Shared() as shared:
        theirs = shared.path / "theirs.txt"
        theirs.write_text("theirs")
        os.chown(theirs, 1, 1)
        for path in (home.path, home.path / "run"):
            os.chown(path, NOBODY, NOBODY)
        shared.path.chmod(0o1777)
        as_nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        done = home.run(f"take --form short --answers {SHORT} -o {theirs} --force", prefix=as_nobody)
        counts["outputs"] += 1
        if done.returncode != 77 or theirs.read_text() != "theirs" or home.file.exists():
            problems.append(f"another user's file: status {done.returncode}, kept: {home.file.exists()}: {done.stderr[:160]}")
    return problems


def injected(faults):
    """strace that lets each call of a kind fail as a file system does that lacks it."""
    prefix = ["strace", "-qq", "-o", "/dev/null", "-e", "trace=" + ",".join(sorted({fault.split(":")[0] for fault in faults}))]
    for fault in faults:
        prefix += ["-e", f"inject={fault}"]
    return prefix


def place_of_nameless(home, line):
    """Which of the calls of openat asks for a nameless file."""
    log = home.path / "run" / "calls"
    home.run(line, prefix=["strace", "-qq", "-o", log, "-e", "trace=openat"])
    calls = log.read_text().splitlines()
    return next(number for number, call in enumerate(calls, 1) if "O_TMPFILE" in call)


def without_links(options, counts):
    """FAT, exFAT and some FUSE: no nameless files, no hard links. A file is new and whole all the same, or another's stays."""
    problems = []
    with Home(options.attune) as home:
        ready(home)
        number = place_of_nameless(home, "history backup first.db")
        whole = (home.path / "first.db").read_bytes()
        for error in ("EPERM", "EOPNOTSUPP", "ENOSYS"):
            prefix = injected([f"openat:error=EOPNOTSUPP:when={number}", f"link:error={error}"])
            new = home.path / f"{error}.db"
            for force, status in (("", 0), ("", 73), (" --force", 0)):
                done = home.run(f"history backup {new}{force}", prefix=prefix)
                counts["outputs"] += 1
                if done.returncode != status or new.read_bytes() != whole or stat.S_IMODE(new.stat().st_mode) != 0o600:
                    problems.append(f"link() gives {error}{force}: status {done.returncode} instead of {status}: {done.stderr[:160]}")
        left = sorted(path.name for path in home.path.iterdir() if path.name not in ("run", ".local", "first.db", "EPERM.db", "EOPNOTSUPP.db", "ENOSYS.db"))
        if left:
            problems.append(f"left behind: {left}")
    return problems


def main():
    options = arguments(__doc__)
    counts = {"outputs": 0}
    problems = []
    for proof in (pipes, links, on_history, in_shared_folders, without_links):
        problems += proof(options, counts)
    return end(problems, f"privacy outputs: {counts['outputs']} files written or refused, {len(problems)} problems", counts["outputs"])


if __name__ == "__main__":
    sys.exit(main())
