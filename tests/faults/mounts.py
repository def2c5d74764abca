# SPDX-License-Identifier: MIT
"""A history on file systems of other kinds, and what commands write onto them: without nameless files, hard links or rights,
through FUSE and overlays. Each that this machine can make; the others are named, not counted. One without locks (NFS without
its daemon) is made of calls that fail."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from faults import DEFINITION, Home, arguments, end

ANSWERS = "5,3,6,2,7"
PASSPHRASE = "four words in a file"


def done(*words):
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


class Mounted:
    """A file system at `place`, made by `make`, which gives whether it could."""

    def __init__(self, make):
        self.make = make

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="attune-mounts-"))
        self.place = self.folder / "place"
        self.place.mkdir()
        self.loop = None
        self.is_there = self.make(self) and os.path.ismount(self.place)
        return self

    def image(self, *mkfs):
        """A file with a new file system in it."""
        image = self.folder / "image"
        with open(image, "wb") as file:
            file.truncate(48 << 20)
        return image if shutil.which(mkfs[0]) and done(*mkfs, image) else None

    def device(self, image):
        """The same as a block device."""
        if not image:
            return None
        self.loop = subprocess.run(["losetup", "-f", "--show", image], capture_output=True, text=True, check=False).stdout.strip()
        return self.loop or None

    def __exit__(self, *_):
        for _ in range(50):  # a driver of FUSE may still be at work
            if not os.path.ismount(self.place) or done("umount", self.place):
                break
            time.sleep(0.1)
        if self.loop:
            done("losetup", "-d", self.loop)
        shutil.rmtree(self.folder, ignore_errors=True)


def tmpfs(at):
    return done("mount", "-t", "tmpfs", "-o", "size=48m", "none", at.place)


def ext4(at):
    image = at.image("mkfs.ext4", "-q", "-F")
    return bool(image) and done("mount", "-o", "loop", image, at.place)


def vfat(at):
    image = at.image("mkfs.vfat")
    return bool(image) and done("mount", "-t", "vfat", "-o", "loop,umask=077", image, at.place)


def overlay(at):
    # The upper folder has to be on a file system that takes one, which another overlay does not.
    if not done("mount", "-t", "tmpfs", "-o", "size=48m", "none", at.place):
        return False
    for name in ("lower", "upper", "work", "over"):
        (at.place / name).mkdir()
    layers = ",".join(f"{key}dir={at.place / key}" for key in ("lower", "upper", "work"))
    over = at.place / "over"
    if not done("mount", "-t", "overlay", "-o", layers, "overlay", over):
        done("umount", at.place)
        return False
    at.below, at.place = at.place, over
    return True


def bindfs(at):
    (at.folder / "source").mkdir()
    return bool(shutil.which("bindfs")) and done("bindfs", at.folder / "source", at.place)


def exfat(at):
    device = at.device(at.image("mkfs.exfat")) if shutil.which("mount.exfat-fuse") else None
    return bool(device) and done("mount.exfat-fuse", "-o", "umask=077", device, at.place)


def ntfs(at):
    image = at.image("mkfs.ntfs", "-F", "-q") if shutil.which("ntfs-3g") else None
    return bool(image) and done("ntfs-3g", "-o", "umask=077", image, at.place)


KINDS = (tmpfs, ext4, vfat, overlay, bindfs, exfat, ntfs)


class Life:
    """What is done on one file system, and what was wrong with it."""

    def __init__(self, home, place, kind):
        self.home, self.place, self.kind = home, place, kind
        self.steps = 0
        self.problems = []
        self.passphrase = home.path / "passphrase"
        self.passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
        self.passphrase.chmod(0o600)

    def environment(self, data):
        return {**self.home.environment(), "XDG_DATA_HOME": str(data)}

    def step(self, data, status, *words):
        """Runs a command on the history below `data`; what it printed."""
        self.steps += 1
        ran = self.home.attune(*words, environment=self.environment(data))
        if ran.returncode != status or "damaged" in ran.stderr:
            self.problems.append(f"{self.kind}: '{' '.join(map(str, words))}': {ran.returncode}: {ran.stderr}")
        return ran

    def records(self, data, count, *words):
        said = self.step(data, 0, "history", "list", "--format", "json", *words).stdout
        if said and len(json.loads(said)) != count:
            self.problems.append(f"{self.kind}: {len(json.loads(said))} records, not {count}")

    def history(self):
        """One that lives there: taken, locked, saved, unlocked, deleted, purged; nothing of its own is left beside it."""
        data = self.place / "data"
        file = data / "attune/history.db"
        source = ("--passphrase-from", f"file:{self.passphrase}")
        take = ("take", DEFINITION, "--answers", ANSWERS, "--format", "csv")
        self.step(data, 0, *take)
        self.step(data, 0, *take)
        self.records(data, 2)
        self.step(data, 73, "history", "export", "--force", "-o", file)
        self.step(data, 0, "history", "lock", "--new-passphrase-from", f"file:{self.passphrase}")
        self.step(data, 0, *take, *source)
        self.step(data, 0, *take, *source)
        self.records(data, 4, *source)
        self.step(data, 77, "history", "list", "--passphrase-from", "command:echo not the right words")
        self.step(data, 0, "history", "unlock", *source)
        self.records(data, 4)
        newest = json.loads(self.step(data, 0, "history", "list", "--format", "json").stdout or "[{}]")[-1].get("id", "")
        self.step(data, 0, "history", "delete", newest)
        self.step(data, 0, "history", "purge", "--yes")
        self.records(data, 3)
        left = sorted(path.name for path in file.parent.iterdir())
        if left != ["history.db"]:
            self.problems.append(f"{self.kind}: beside the history: {left}")

    def outputs(self):
        """Files written there by a history elsewhere: complete, private, never over another without being told."""
        data = self.home.path / "elsewhere"
        self.step(data, 0, "take", DEFINITION, "--answers", ANSWERS, "--format", "csv")
        target = self.place / "backup.db"
        for words, status in (((), 0), ((), 73), (("--force",), 0)):
            self.step(data, status, "history", "backup", *words, target)
        self.step(data, 0, "history", "export", "-o", self.place / "export.jsonl")
        self.step(data, 0, "trend", "five", "-o", self.place / "trend.txt")
        copy = self.home.path / "copy/attune"
        copy.mkdir(parents=True, mode=0o700)
        copy.chmod(0o700)
        shutil.copyfile(target, copy / "history.db")
        (copy / "history.db").chmod(0o600)
        self.records(copy.parent, 1)
        self.step(self.home.path / "new", 0, "history", "import", self.place / "export.jsonl")
        names = {path.name for path in self.place.iterdir()} - {"data", "lost+found"}
        if names != {"backup.db", "export.jsonl", "trend.txt"}:
            self.problems.append(f"{self.kind}: {sorted(names)} are there")


def without_locks(options):
    """What is wrong with what is said at once where no file can be locked, before and after there is a history."""
    take = ("take", DEFINITION, "--answers", ANSWERS, "--format", "csv")
    failing = ("strace", "-o", "/dev/null", "-e", "inject=fcntl:error=ENOLCK")
    with Home(options.attune) as home:
        first = home.attune(*take, prefix=failing)
        home.attune(*take)
        ended = [first, home.attune(*take, prefix=failing), home.attune("history", "list", prefix=failing)]
        kept = home.kept()
    said = [f"without locks: {ran.returncode}: {ran.stderr}" for ran in ended
            if ran.returncode != 74 or "this file system can't lock the history" not in ran.stderr]
    return said + ([] if kept == ANSWERS.split(",") else [f"without locks, kept: {kept}"])


def main():
    options = arguments(__doc__)
    made, not_made = ["none that locks"], []
    problems = without_locks(options)
    steps = 3
    for kind in KINDS:
        with Home(options.attune) as home, Mounted(kind) as at:
            if not at.is_there:
                not_made.append(kind.__name__)
                continue
            made.append(kind.__name__)
            life = Life(home, at.place, kind.__name__)
            life.history()
            life.outputs()
            problems += life.problems
            steps += life.steps
            if kind is overlay:
                done("umount", at.place)
                at.place = at.below
    beside = f"; not made here: {', '.join(not_made)}" if not_made else ""
    return end(problems, f"mounts: {steps} commands on {', '.join(made)}, {len(problems)} problems{beside}", steps)


if __name__ == "__main__":
    sys.exit(main())
