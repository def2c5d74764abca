# SPDX-License-Identifier: MIT
"""A history that is locked, unlocked, restored or replaced under whoever uses it is never called damaged: who opens it waits or
opens anew, an open sitting keeps its answers and goes on in the new file, and nothing plain stays beside a locked one."""

import json
import os
import shutil
import subprocess
import sys
import time

from faults import ANSWERS, DEFINITION, PATIENCE, Home, Sitting, arguments, end

WORDS = "four words of mine"
OPEN = ("--passphrase-from", "file:words")
LOCK = ("history", "lock", "--new-passphrase-from", "file:words")
TAKE = ("take", DEFINITION, "--answers", "5,3,6,2,7")


def ready(home):
    """A record, and the passphrase in a file."""
    (home.path / "words").write_text(WORDS + "\n")
    (home.path / "words").chmod(0o600)
    return home.attune(*TAKE)


def slowly(home, *words):
    """A command whose every sync takes its time, so that others meet it at work."""
    slow = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=500000"]
    return subprocess.Popen([*slow, home.attune_file, *words], env=home.environment(), cwd=home.path, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def records(home, *more):
    return json.loads(home.attune("history", "list", "--format", "json", *more).stdout)


def met_at_work(options, counts):
    """Commands that come while a lock is put on or taken off: done, or told to try again (75); none is told of damage."""
    problems = []
    with Home(options.attune) as home:
        ready(home)
        for words in (LOCK, ("history", "unlock", *OPEN)):
            kept = len(records(home, *OPEN))
            at_work = slowly(home, *words)
            acknowledged = 0
            while at_work.poll() is None:
                for line in (("history", "list"), TAKE, ("due", DEFINITION)):
                    done = home.attune(*line, *OPEN)
                    counts["commands"] += 1
                    acknowledged += line == TAKE and done.returncode == 0
                    if done.returncode not in (0, 1, 75) or "damaged" in done.stderr:
                        problems.append(f"{line[0]} during {words[1]}: status {done.returncode}: {done.stderr[:200]}")
                time.sleep(0.05)
            out, err = at_work.communicate()
            if at_work.returncode not in (0, 75):
                problems.append(f"{words[1]}: status {at_work.returncode}: {out}{err}")
            if len(records(home, *OPEN)) != kept + acknowledged:
                problems.append(f"{words[1]}: {acknowledged} acknowledged, {len(records(home, *OPEN)) - kept} kept")
    return problems


class Answering:
    """A sitting with the five questions, the first two answered."""

    def __init__(self, home, *more):
        program = ["sh", "-c", 'cd "$HOME"; exec "$0" "$@"', home.attune_file, "take", DEFINITION, "--plain", *more]
        self.sitting = Sitting(str(home.path), program, environment=home.environment())
        self.answer(0)
        self.answer(1)

    def answer(self, index, waits=True):
        if waits:
            self.sitting.wait_for(f"Question {index + 1} of 5")
        self.sitting.send(ANSWERS[index] + "\n")

    def finish(self):
        self.sitting.wait_for("5 of 5 answered")
        self.sitting.send("f\n")
        text, status = self.sitting.end()
        os.close(self.sitting.master)
        os.close(self.sitting.slave)
        return [] if status == 0 and "Kept in your history" in text else [f"status {status}: {text[-300:]!r}"]


def kept_answers(home, *more):
    lines = home.attune("history", "export", *more).stdout.splitlines()
    return [[str(each["answer"]) for each in json.loads(line)["answers"]] for line in lines]


def under_a_sitting(options, counts):
    """What is done to the file under an open sitting: it goes on, with all its answers, in the file that is there now."""

    def lock(home):
        home.attune(*LOCK)

    def backup_back(home):
        os.replace(home.path / "backup.db", home.file)

    def gone(home):
        home.file.unlink()

    problems = []
    for what, change, more, asks in (
        ("locked", lock, OPEN, False),
        ("locked, the passphrase typed", lock, (), True),
        ("a backup put back", backup_back, (), False),
        ("deleted", gone, (), False),
    ):
        with Home(options.attune) as home:
            ready(home)
            home.attune("history", "backup", "backup.db")
            answering = Answering(home, *more)
            answering.sitting.wait_for("Question 3 of 5")
            change(home)
            answering.answer(2, waits=False)
            if asks:
                answering.sitting.wait_for("Passphrase of your history: ")
                answering.sitting.send(WORDS + "\n")
            answering.answer(3)
            answering.answer(4)
            problems += [f"{what}: {problem}" for problem in answering.finish()]
            counts["sittings"] += 1
            found = kept_answers(home, *OPEN)
            if ANSWERS not in found or len(found) != (1 if what == "deleted" else 2):
                problems.append(f"{what}: kept {found}")
    return problems


def under_a_locked_sitting(options, counts):
    """The same with a locked file: unlocked, or the one before it put back, which another process has added a record to."""
    problems = []
    for what in ("unlocked", "the previous one put back"):
        with Home(options.attune) as home:
            ready(home)
            home.attune(*LOCK)
            answering = Answering(home, *OPEN)
            answering.sitting.wait_for("Question 3 of 5")
            if what == "unlocked":
                home.attune("history", "unlock", *OPEN)
            else:
                os.replace(home.data / "history.db.previous", home.file)
            taken = home.attune(*TAKE, *OPEN)
            answering.answer(2, waits=False)
            answering.answer(3)
            answering.answer(4)
            problems += [f"{what}: {problem}" for problem in answering.finish()]
            counts["sittings"] += 1
            found = kept_answers(home, *OPEN)
            if taken.returncode != 0 or found.count(ANSWERS) != 3:
                problems.append(f"{what}: status {taken.returncode} of another; kept {found}")
    return problems


def locks_refused(options, counts):
    """A lock that would overwrite a snapshot, whose code nobody gets, or that comes second, changes nothing or says so."""
    problems = []
    with Home(options.attune) as home:
        ready(home)
        os.link(home.file, home.path / "snapshot.db")
        before = home.file.read_bytes()
        done = home.attune(*LOCK)
        if done.returncode != 77 or "1 further name" not in done.stderr or home.file.read_bytes() != before:
            problems.append(f"a further name: status {done.returncode}: {done.stderr}")
        os.unlink(home.path / "snapshot.db")
        closed = subprocess.run(["sh", "-c", '"$0" "$@" >&-', home.attune_file, *LOCK], env=home.environment(), cwd=home.path,
                                capture_output=True, text=True, timeout=PATIENCE, check=False)
        if closed.returncode == 0 or home.file.read_bytes() != before:
            problems.append(f"standard output closed: status {closed.returncode}: {closed.stderr}")
        (home.path / "blank").write_text(" " * 12 + "\n")
        (home.path / "blank").chmod(0o600)
        blank = home.attune("history", "lock", "--new-passphrase-from", "file:blank")
        if blank.returncode != 65 or home.file.read_bytes() != before:
            problems.append(f"a passphrase of blanks: status {blank.returncode}: {blank.stderr}")
        first = slowly(home, *LOCK)
        second = slowly(home, *LOCK)
        ends = [(each.communicate(), each.returncode) for each in (first, second)]
        lost = [err for (_, err), status in ends if status != 0]
        if len(lost) != 1 or "opens nothing" not in lost[0]:
            problems.append(f"two locks at once: {ends}")
        counts["locks"] += 5
    return problems


def nothing_plain(options, counts):
    """Beside a locked history nothing in plain is left, wherever a save, a lock or an unlock was killed."""
    problems = []
    marker = b"[\"m1\",5"
    for what, call, words in (
        ("a save, then a lock", "fdatasync:signal=KILL:when=2", TAKE),
        ("an unlock", "rename:signal=KILL:when=1", ("history", "unlock", *OPEN)),
    ):
        with Home(options.attune) as home:
            ready(home)
            if words != TAKE:
                home.attune(*LOCK)
            home.attune(*words, prefix=["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={call}"])
            if words == TAKE:
                home.attune(*LOCK)
            home.attune("history", "list", *OPEN)
            counts["locks"] += 1
            for path in home.data.iterdir():
                if marker in path.read_bytes():
                    problems.append(f"{what} killed: {path.name} holds answers in plain")
    return problems


def without_links(options, counts):
    """A locked history is saved on a file system without hard links, whatever it says of them."""
    problems = []
    with Home(options.attune) as home:
        ready(home)
        home.attune(*LOCK)
        for error in ("EPERM", "EOPNOTSUPP", "ENOSYS"):
            done = home.attune(*TAKE, *OPEN, prefix=["strace", "-qq", "-o", "/dev/null", "-e", f"inject=link:error={error}"])
            counts["commands"] += 1
            if done.returncode != 0:
                problems.append(f"link() gives {error}: status {done.returncode}: {done.stderr}")
    return problems


def too_large(options, counts):
    """A history that no locked opening would take is not locked (1.1 GB of disk: in the long run only)."""
    if not options.long:
        return []
    with Home(options.attune) as home:
        ready(home)
        sql = "pragma synchronous=off;create table junk(x);insert into junk values(zeroblob(550000000));insert into junk values(zeroblob(550000000));drop table junk;"
        subprocess.run(["sqlite3", home.file, sql], check=True, stdout=subprocess.DEVNULL)
        done = home.attune(*LOCK)
        counts["locks"] += 1
        shutil.rmtree(home.data, ignore_errors=done.returncode == 0)
        home.data.mkdir(parents=True)
        return [] if done.returncode == 74 and "1 GiB" in done.stderr else [f"too large: status {done.returncode}: {done.stderr}"]


def zone_that_waits(options, counts):
    """A time zone that is a pipe is not waited for."""
    with Home(options.attune) as home:
        os.mkfifo(home.path / "zone")
        done = home.attune("due", environment={**home.environment(), "TZ": f":{home.path}/zone"})
        counts["commands"] += 1
        return [] if done.returncode in (0, 1) else [f"TZ is a pipe: status {done.returncode}"]


def main():
    options = arguments(__doc__)
    counts = {"commands": 0, "sittings": 0, "locks": 0}
    problems = []
    for proof in (met_at_work, under_a_sitting, under_a_locked_sitting, locks_refused, nothing_plain, without_links, too_large, zone_that_waits):
        problems += proof(options, counts)
    figures = ", ".join(f"{count} {what}" for what, count in counts.items())
    return end(problems, f"replaced: {figures}, {len(problems)} problems", sum(counts.values()))


if __name__ == "__main__":
    sys.exit(main())
