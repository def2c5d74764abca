# SPDX-License-Identifier: MIT
"""Places where nothing can be kept: no home, a relative or a missing one, a directory or file that can't be written, a full disk,
a limit on the size of files. It is told before the first question; and when the disk fills between two questions, the answer
isn't taken for kept, and is asked for again."""

import os
import pwd
import re
import resource
import shutil
import subprocess
import sys

from faults import ANSWERS, DEFINITION, Home, Sitting, arguments, end

REFUSALS = (73, 74, 77, 78)
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
IS_ROOT = os.geteuid() == 0


def as_nobody(home):
    """The start of a command line under which modes count, and the program and definition where that user can read them."""
    shutil.copy(home.attune_file, home.path / "attune")
    shutil.copy(DEFINITION, home.path / "five.toml")
    home.path.chmod(0o755)
    return [*(NOBODY if IS_ROOT else []), home.path / "attune"]


def give_to_nobody(path):
    if IS_ROOT:
        os.chown(path, 65534, 65534)


def make_data(home):
    """A history with one record, whose owner is who asks."""
    home.attune("take", str(DEFINITION), "--answers", ",".join(ANSWERS))
    for path in [home.data, home.file, *list(home.data.parents)[:3]]:
        give_to_nobody(path)


def without_home(home):
    return {"HOME": ""}


def relative_home(home):
    return {"HOME": "relative"}


def relative_home_and_data(home):
    return {"HOME": "relative", "XDG_DATA_HOME": "relative/data"}


def missing_home(home):
    """Nor can it be made."""
    (home.path / "closed").mkdir(mode=0o500)
    return {"HOME": str(home.path / "closed/home")}


def file_as_home(home):
    return {"HOME": str(home.path / "five.toml")}


def file_as_data(home):
    (home.path / "data").mkdir()
    (home.path / "data/attune").write_text("not a directory", encoding="ascii")
    return {"XDG_DATA_HOME": str(home.path / "data")}


def read_only_directory(home):
    make_data(home)
    home.data.chmod(0o500)
    return {}


def read_only_file(home):
    make_data(home)
    home.file.chmod(0o400)
    return {}


def directory_as_file(home):
    home.file.mkdir(parents=True)
    for path in [home.file, home.data]:
        path.chmod(0o700)
        give_to_nobody(path)
    return {}


PLACES = [without_home, relative_home, relative_home_and_data, missing_home, file_as_home, file_as_data, read_only_directory,
          read_only_file, directory_as_file]


def problem_of_refusal(text, status):
    if "Question 1" in text or "I slept well" in text:
        return f"it asked, with status {status}"
    if status not in REFUSALS or "attune: " not in text:
        return f"status {status}: {text}"
    return None


def problem_of(options, place):
    """With this place to keep answers in, the first question is never asked, and it is told why."""
    with Home(options.attune) as home:
        program = as_nobody(home)
        environment = {**home.environment(), **place(home)}
        before = {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file()}
        sitting = Sitting(str(home.path), [*program, "take", home.path / "five.toml", "--plain"], environment=environment)
        problem = problem_of_asking(sitting, problem_of_refusal)
        after = {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file()}
        if home.data.is_dir():
            home.data.chmod(0o700)  # so that it can be removed
        return problem or (None if before == after else f"files changed: {set(before) ^ set(after)}")


def problem_of_asking(sitting, judge):
    while sitting.process.poll() is None and "help: " not in sitting.text:
        sitting.pump(0.05)
    if sitting.process.poll() is None:
        sitting.send("q\n")
    problem = judge(*sitting.end())
    os.close(sitting.master)
    os.close(sitting.slave)
    return problem


def is_skipped(place):
    """Without a home it is the one of the password database that counts: only one that can't be there is tried."""
    return place is without_home and not (IS_ROOT and not os.path.exists(pwd.getpwuid(65534).pw_dir))


def problem_of_limited_files(options):
    """Files may not grow (ulimit -f): it is told as a full disk is, and nothing is taken for kept."""
    with Home(options.attune) as home:
        done = home.attune("take", str(DEFINITION), "--answers", ",".join(ANSWERS),
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)))
        if done.returncode not in REFUSALS or not re.search("history.db: .*too large", done.stderr):
            return f"status {done.returncode}: {done.stderr or done.stdout}"
        return None if home.kept() == [] else f"kept: {home.kept()}"


class SmallDisk:
    """A disk of its own below the home, of so few bytes."""

    def __init__(self, home, size):
        self.path = home.path / ".local"
        self.size = size

    def __enter__(self):
        self.path.mkdir()
        words = ["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs", self.path]
        self.is_there = subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode == 0
        return self

    def fill(self):
        with open(self.path / "filler", "wb", buffering=0) as file:
            try:
                while file.write(b"x" * 4096):
                    pass
            except OSError:
                pass

    def make_room(self):
        (self.path / "filler").unlink()

    def __exit__(self, *_):
        if self.is_there:
            subprocess.run(["umount", self.path], check=True)


def problem_of_full_disk(home, disk):
    disk.fill()
    sitting = Sitting(str(home.path), [home.attune_file, "take", DEFINITION, "--plain"], environment=home.environment())
    return problem_of_asking(sitting, problem_of_refusal)


def problem_of_filling_disk(home, disk):
    """Full after the second answer: the third is not taken for kept until there is room again."""
    disk.make_room()
    sitting = Sitting(str(home.path), [home.attune_file, "take", DEFINITION, "--plain"], environment=home.environment())
    for number in (1, 2):
        sitting.wait_for(rf"Question {number} of 5[\s\S]*?help: $")
        sitting.send(ANSWERS[number - 1] + "\n")
    sitting.wait_for(r"Question 3 of 5[\s\S]*?help: $")
    (home.data / "history.db-journal").unlink()  # whose room a save would use again, as after a purge
    disk.fill()
    sitting.send(ANSWERS[2] + "\n")
    sitting.wait_for(r"Not saved")
    disk.make_room()
    sitting.wait_for(r"help: $")
    if home.kept() != ANSWERS[:2]:
        return f"on a full disk, kept: {home.kept()}"
    sitting.send(ANSWERS[2] + "\n")
    sitting.wait_for(r"Question 4 of 5[\s\S]*?help: $")
    sitting.send("q\n")
    sitting.end()
    return None if home.kept() == ANSWERS[:3] else f"with room again, kept: {home.kept()}"


def problems_of_small_disk(options):
    """The problems, and how many cases there were: none where no disk can be made."""
    problems = []
    with Home(options.attune) as home, SmallDisk(home, "256k") as disk:
        if not disk.is_there:
            return [], 0
        for case in (problem_of_full_disk, problem_of_filling_disk):
            problem = case(home, disk)
            problems += [f"{case.__name__}: {problem}"] if problem else []
    return problems, 2


def main():
    options = arguments(__doc__)
    problems = []
    places = [place for place in PLACES if not is_skipped(place)]
    for place in places:
        problem = problem_of(options, place)
        problems += [f"{place.__name__}: {problem}"] if problem else []
    limited = problem_of_limited_files(options)
    problems += [f"files that may not grow: {limited}"] if limited else []
    on_disk, disks = problems_of_small_disk(options)
    problems += on_disk
    return end(problems, f"places: {len(places) + 1} where nothing can be kept, {disks} with a full disk, {len(problems)} wrong",
               len(places))


if __name__ == "__main__":
    sys.exit(main())
