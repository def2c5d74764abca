# SPDX-License-Identifier: MIT
"""Operations drawn at random over many histories, plain and locked: taking, deleting, undoing, exchanging, restoring, purging,
locking; several at once, with SIGKILL, with a full disk, with a clock that jumps. Nothing that was acknowledged is lost.

    driver.py ATTUNE [--one-step FILE] [--long] [--seed N] [--histories N] [--operations N] [--only N]
              [--plant lost|damaged|plain]

A model of what was acknowledged says what has to be there. After each operation a copy of the history, unlocked if need be, is
read by SQLite and compared with it: every record, draft, answer and event, in their order. Of what was killed either is allowed,
done or not done, and nothing between. Now and then the program is asked as well: what it lists and exports is what the events
leave to be seen. No word of a locked history lies beside it in plain, and no word that was purged in its file.

Each history is two places with a history each, so that exports go from one into the other and back. A line of a problem names
the history and the operation: the same seed and number with `--only` draw it again, as far as the timing of kills allows.
`--one-step` is the test program of tests/locking, which is looked for beside the other: with it most locks cost next to nothing.

Three mistakes are planted behind the program's back, and have to be found: otherwise this proves nothing.
"""

import argparse
import collections
import contextlib
import dataclasses
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

from faults import PATIENCE, Home, Sitting, end

# --- the questionnaire, in two editions that score differently

DEFINITION = """format = 1

[questionnaire]
id = "driver"
version = "{version}"
title = "Three statements and a line"
summary = "For proofs that no answer is lost."
instructions = "Answer as it comes."
language = "en"
status = "made for tests"
source = "Written for attune"
license = "CC0-1.0"

[[response_scales]]
id = "agreement"
min = 1
max = 7
labels = {{ 1 = "disagree", 7 = "agree" }}

[[scales]]
id = "mood"
name = "Mood"
low = "low"
high = "high"
min_answered = 0.3

[[items]]
id = "m1"
text = "I slept well."
scale = "mood"

[[items]]
id = "line"
text = "A line of your own."
kind = "text"

[[items]]
id = "m2"
text = "I stayed in bed."
scale = "mood"
reverse = true

[[items]]
id = "m3"
text = "I went outside."
scale = "mood"
reverse = {third_reversed}

[[forms]]
id = "short"
items = ["m1", "line"]

[[next_steps]]
id = "walk"
title = "Go for a walk"
why = "It is good for you."
try = "Go for a walk tomorrow."
size = "small"
priority = 1

[[next_steps]]
id = "call"
title = "Call a friend"
why = "It is good for both."
try = "Call tomorrow."
size = "small"
priority = 2
"""
FORMS = {"full": ["m1", "line", "m2", "m3"], "short": ["m1", "line"]}
MARK = re.compile(rb"mark-[0-9a-f]{12}")  # stands in every line and note, each time another


@dataclasses.dataclass(frozen=True)
class Edition:
    version: str
    reversed: tuple

    @property
    def text(self):
        return DEFINITION.format(version=self.version, third_reversed=str("m3" in self.reversed).lower())

    @property
    def sha256(self):
        return hashlib.sha256(self.text.encode()).hexdigest()


EDITIONS = [Edition("1.0.0", ("m2",)), Edition("2.0.0", ("m2", "m3"))]


def score(answers, sha256):
    edition = next(each for each in EDITIONS if each.sha256 == sha256)
    counted = [8 - int(value) if item in edition.reversed else int(value) for item, value in answers if item != "line" and value]
    return sum(counted) / len(counted)


# --- the model


class Problem(Exception):
    """The program did what it must not."""


@dataclasses.dataclass(frozen=True)
class Record:
    sha256: str
    form: str
    taken: tuple  # microseconds since 1970 and the offset in minutes
    answers: tuple  # (item, answer as text)


@dataclasses.dataclass(frozen=True)
class Draft:
    sha256: str
    form: str
    answers: tuple


@dataclasses.dataclass(frozen=True)
class Event:
    kind: str
    questionnaire: str
    subjects: tuple  # of an undoing: the place of what was undone in the list of events, from 0
    detail: str
    at: tuple


@dataclasses.dataclass
class Standing:
    """What the events, without those that were undone, leave to be seen."""

    hidden: set
    discarded: set
    scored_with: dict
    tried: list


@dataclasses.dataclass
class Model:
    """One history. None of its members is ever changed in place: what comes after an operation is another model."""

    records: dict = dataclasses.field(default_factory=dict)  # by id, in the order in which they were kept
    drafts: dict = dataclasses.field(default_factory=dict)  # by number
    events: list = dataclasses.field(default_factory=list)
    last_draft: int = 0
    passphrase: str = None  # the name of its file

    def but(self, **changes):
        return dataclasses.replace(self, **changes)

    def undone(self):
        return {event.subjects[0] for event in self.events if event.kind == "undone"}

    def standing(self):
        undone = self.undone()
        standing = Standing(set(), set(), {}, [])
        for place, event in enumerate(self.events):
            if event.kind == "imported":
                (standing.hidden.update if place in undone else standing.hidden.difference_update)(event.subjects)
            elif place in undone:
                continue
            elif event.kind == "deleted":
                standing.hidden.update(event.subjects)
            elif event.kind == "discarded":
                standing.discarded.add(int(event.subjects[0]))
            elif event.kind == "tried":
                standing.tried.append(event)
            elif event.kind == "rescored":
                standing.scored_with.update(dict.fromkeys(event.subjects, event.detail))
        return standing

    def visible(self):
        hidden = self.standing().hidden
        return {id_: record for id_, record in self.records.items() if id_ not in hidden}

    def open_drafts(self):
        discarded = self.standing().discarded
        return {number: draft for number, draft in self.drafts.items() if number not in discarded}

    def marks(self):
        return set(MARK.findall(repr((self.records, self.drafts, self.events)).encode()))

    def plus_event(self, kind, subjects, at, detail="", questionnaire=""):
        return self.but(events=[*self.events, Event(kind, questionnaire, tuple(subjects), detail, at)])

    def plus_record(self, id_, record):
        return self.but(records={**self.records, id_: record})

    def difference(self, found):
        """What is found instead; None when it is the same."""
        parts = []
        for name in ("records", "drafts"):
            mine, theirs = getattr(self, name), getattr(found, name)
            if list(mine.items()) != list(theirs.items()):
                changed = [key for key in mine if key in theirs and mine[key] != theirs[key]]
                parts.append(f"{name}: {list(set(mine) - set(theirs))} are missing, {list(set(theirs) - set(mine))} are more, "
                             f"{changed} are different")
        if self.events != found.events:
            parts.append(f"events: {self.events[-3:]} expected last, {found.events[-3:]} found")
        if (self.last_draft, self.passphrase) != (found.last_draft, found.passphrase):
            parts.append(f"{(self.last_draft, self.passphrase)} expected, {(found.last_draft, found.passphrase)} found")
        return "; ".join(parts) or None


# --- effects: from a model, what was found afterwards, and the id that was told, to the statuses that are right, and a model


def newcomer(model, found, record):
    """The id under which a record was kept that the model does not have; None when it was not."""
    return next((id_ for id_, kept in found.records.items() if id_ not in model.records and kept == record), None)


def taking(record):
    def effect(model, found, told):
        id_ = told or newcomer(model, found, record)
        return {0}, model.plus_record(id_, record)
    return effect


def deleting(id_, at):
    def effect(model, *_):
        if id_ not in model.visible():
            return {66}, model
        return {0}, model.plus_event("deleted", [id_], at)
    return effect


def discarding(number, at):
    def effect(model, *_):
        if number not in model.open_drafts():
            return {66}, model
        return {0}, model.plus_event("discarded", [str(number)], at)
    return effect


def undoing(at):
    def effect(model, *_):
        undone = model.undone()
        left = [place for place, event in enumerate(model.events) if event.kind != "undone" and place not in undone]
        if not left:
            return {1}, model
        return {0}, model.plus_event("undone", [left[-1]], at)
    return effect


def trying(step, note, at):
    def effect(model, *_):
        if not model.visible():
            return {66}, model
        return {0}, model.plus_event("tried", [step], at, note, "driver")
    return effect


def rescoring(edition, at):
    def effect(model, *_):
        scored_with = model.standing().scored_with
        ids = [id_ for id_, record in model.visible().items() if scored_with.get(id_, record.sha256) != edition.sha256]
        return {0}, model.plus_event("rescored", ids, at, edition.sha256) if ids else model
    return effect


def instant(text):
    when = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int(when.timestamp()) * 1_000_000, int(when.utcoffset().total_seconds()) // 60


def record_of(line):
    answers = tuple((each["item"], text_of(each["answer"])) for each in line["answers"])
    return Record(line["questionnaire"]["sha256"], line["questionnaire"]["form"], instant(line["taken_at"]), answers)


def lines_of(export):
    """The records of an export, each with what it is scored with, and the steps that were tried."""
    lines = [json.loads(line) for line in export.splitlines()]
    records = {line["id"]: (record_of(line), line.get("scored_with", {}).get("sha256"))
               for line in lines if line["schema"] == "attune.record"}
    tried = [Event("tried", line["questionnaire"], (line["step"],), line["note"], instant(line["at"]))
             for line in lines if line["schema"] == "attune.tried"]
    return records, tried


YEAR_AHEAD = 366 * 86_400 * 1_000_000  # what lies further in the future is not taken over


def importing(export, at):
    records, tried = lines_of(export)

    def effect(model, *_):
        if any(record.taken[0] - at[0] > YEAR_AHEAD for record, _ in records.values()):
            return {65}, model
        standing = model.standing()
        brought = [id_ for id_ in records if id_ not in model.records or id_ in standing.hidden]
        after = model.but(records={**model.records, **{id_: records[id_][0] for id_ in brought if id_ not in model.records}})
        if brought:
            after = after.plus_event("imported", brought, at)
        rescored = collections.defaultdict(list)
        for id_ in brought:
            if records[id_][1]:
                rescored[records[id_][1]].append(id_)
        for sha256, ids in sorted(rescored.items()):
            after = after.plus_event("rescored", ids, at, sha256)
        return {0}, after.but(events=after.events + [event for event in tried if event not in standing.tried])
    return effect


def purging(everything):
    def effect(model, *_):
        if everything:
            return {0}, model.but(records={}, drafts={}, events=[])
        standing = model.standing()
        at = model.events[-1].at if model.events else None
        rescored = [Event("rescored", "", (id_,), sha256, at) for id_, sha256 in sorted(standing.scored_with.items())
                    if id_ not in standing.hidden]
        return {0}, model.but(records=model.visible(), drafts=model.open_drafts(), events=standing.tried + rescored)
    return effect


def locking(passphrase, again=False):
    """`again`: one that is locked already; None as the passphrase: takes the lock off."""
    def effect(model, *_):
        return ({0}, model.but(passphrase=passphrase)) if bool(model.passphrase) == again else ({2}, model)
    return effect


def reading(*statuses):
    def effect(model, *_):
        return set(statuses), model
    return effect


# --- one place with a history


@dataclasses.dataclass
class Run:
    """What a command did. `status` is None when it was killed."""

    words: list
    effect: object
    status: int = None
    out: str = ""
    said: str = ""
    refusals: set = frozenset()  # statuses that mean that nothing was done
    stdin: str = ""

    def told(self):
        """The id that was printed, by a command that ended and prints one."""
        return json.loads(self.out)["id"] if self.status == 0 and self.words[0] == "take" else None


# By the names of their files; the first is that of one_step.
PASSPHRASES = {"first": "first words", "second": "words of the second kind", "third": "a third of them"}
DOCUMENTED = {0, 1, 2, 65, 66, 73, 74, 75, 77, 78, 130}


class Place(Home):
    """A home, its model, the backups that were made of it (each with the model of then), and how it is spoken to."""

    def __init__(self, options, tally):
        super().__init__(options.attune)
        self.one_step = options.one_step
        self.tally = tally
        self.model = Model()
        self.backups = []
        self.edition = EDITIONS[0]
        self.small = False  # a file system of few MB?
        self.code = None  # the recovery code, where it is known
        self.paces = {}  # how long each command took, on average

    def __enter__(self):
        super().__enter__()
        self.write_passphrases()
        return self

    def __exit__(self, *_):
        self.unmount()
        super().__exit__()

    def write_passphrases(self):
        for name, words in PASSPHRASES.items():
            (self.path / name).write_text(words + "\n", encoding="ascii")
            (self.path / name).chmod(0o600)

    def install(self, edition):
        self.edition = edition
        directory = self.path / ".config/attune/questionnaires"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "driver.toml").write_text(edition.text, encoding="ascii")

    def mount(self):
        """Makes the home a disk of 3 MB, where that is allowed."""
        mount = ["mount", "-t", "tmpfs", "-o", "size=3m,mode=700", "none", self.path]
        self.small = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        self.write_passphrases()

    def unmount(self):
        if self.small:
            subprocess.run(["umount", "-l", self.path], check=True)
            self.small = False

    @contextlib.contextmanager
    def full_disk(self, left):
        """`left` bytes are left on the small disk."""
        filler = self.path / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        os.truncate(filler, max(0, filler.stat().st_size - left))
        try:
            yield
        finally:
            filler.unlink()

    def keep_code(self, run):
        """The recovery code that a command printed, if it did, in the file `code`; any other that was there is void."""
        told = re.fullmatch(r"(\w{5}-){4}\w{5}\n", run.out)
        self.code = run.out if told and run.status == 0 else None
        (self.path / "code").write_text(run.out, encoding="ascii")
        (self.path / "code").chmod(0o600)

    def clock(self, now):
        return {**self.environment(), "ATTUNE_NOW": now.isoformat()}

    def words_of(self, words, passphrase):
        return [self.attune_file, *words, *(["--passphrase-from", f"file:{self.path / passphrase}"] if passphrase else [])]

    def run(self, run, now, kill_at=None, limit=None, passphrase=None):
        """Runs a command, and fills in what it did. `kill_at`: the part of its usual time after which it is killed."""
        def limited():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        program = self.words_of(run.words, passphrase or self.model.passphrase)
        if run.words[0] == self.one_step:
            program = run.words
        begun = time.monotonic()
        process = subprocess.Popen(program, env=self.clock(now), cwd=self.path, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, preexec_fn=limited if limit is not None else None)
        pace = self.paces.get((*run.words[:2], bool(self.model.passphrase)), 0.03)
        try:
            run.out, run.said = process.communicate(run.stdin, PATIENCE if kill_at is None else kill_at * pace)
        except subprocess.TimeoutExpired:
            process.kill()
            run.out, run.said = process.communicate()
            if kill_at is None:
                raise Problem("it never ended") from None
        if process.returncode != -signal.SIGKILL:
            run.status = process.returncode
            self.paces[(*run.words[:2], bool(self.model.passphrase))] = 0.7 * pace + 0.3 * (time.monotonic() - begun)
        return run

    def sound(self, run):
        """A status that is documented, and no word of damage."""
        if run.status is not None and run.status not in DOCUMENTED:
            raise Problem(f"'{' '.join(map(str, run.words))}': status {run.status}: {run.said}")
        if "damaged" in run.said:
            raise Problem(f"'{' '.join(map(str, run.words))}': {run.status}: {run.said}")

    # what is there

    def is_locked(self, file=None):
        with (file or self.file).open("rb") as opened:
            return opened.read(16) == b"attune locked 1\n"

    def found(self, passphrases=(), file=None):
        """The model of what is in the file, read from a copy by SQLite. A locked one is opened by one of the passphrases."""
        with Home(self.attune_file) as copy:
            copy.data.mkdir(parents=True, mode=0o700)
            for path in [file] if file else self.data.iterdir():
                shutil.copy(path, copy.file if file else copy.data / path.name)
            copy.file.chmod(0o600)
            opened = None
            if self.is_locked(copy.file):
                opened = next((each for each in dict.fromkeys(passphrases) if each and self.unlocked(copy, each)), None)
                if not opened:
                    raise Problem(f"none of {passphrases} opens it")
            try:
                return read_model(copy.file).but(passphrase=opened)
            except sqlite3.DatabaseError as error:
                raise Problem(f"SQLite can't read it: {error}") from error

    def unlocked(self, copy, passphrase):
        done = copy.attune("history", "unlock", "--passphrase-from", f"file:{self.path / passphrase}")
        if done.returncode not in (0, 77):
            raise Problem(f"a copy can't be unlocked: {done.returncode}: {done.stderr}")
        return done.returncode == 0

    def check_files(self, whole=False):
        """No word in plain beside a locked history, and no other files than its own. `whole`: none but those of the model."""
        for path in self.data.iterdir():
            is_lock = path.name == "drafts.lock" and path.stat().st_size == 0  # of drafts that are open
            if not (is_lock or path.name.startswith("history.db")) or path.stat().st_mode & 0o077:
                raise Problem(f"there is {path.name} with mode {path.stat().st_mode:o}")
            marks = set(MARK.findall(path.read_bytes()))
            if self.model.passphrase and marks:
                raise Problem(f"{path.name} of a locked history holds {len(marks)} lines in plain")
            if whole and marks - self.model.marks():
                raise Problem(f"after a purge {path.name} holds {len(marks - self.model.marks())} lines that were purged")

    def ask(self, now, what):
        """What the program lists or exports is what the model has to be seen."""
        run = self.run(Run(["history", what, *([] if what == "export" else ["--format", "json"])], None), now)
        self.sound(run)
        if run.status != 0:
            raise Problem(f"history {what}: {run.status}: {run.said}")
        standing = self.model.standing()
        visible = self.model.visible()
        scored_with = {id_: standing.scored_with.get(id_, record.sha256) for id_, record in visible.items()}
        if what == "list":
            told = {each["id"]: (instant(each["taken_at"]), each["scores"]["mood"]["score"]) for each in json.loads(run.out)}
            right = {id_: (record.taken, score(record.answers, scored_with[id_])) for id_, record in visible.items()}
            same = set(told) == set(right) and all(
                told[id_][0] == right[id_][0] and abs(told[id_][1] - right[id_][1]) < 1e-9 for id_ in told)
        elif what == "drafts":
            told = {each["id"]: (each["form"], each["answered"], each["items"]) for each in json.loads(run.out)}
            right = {number: (draft.form, sum(answer != "" for _, answer in draft.answers), len(FORMS[draft.form]))
                     for number, draft in self.model.open_drafts().items()}
            same = told == right
        else:
            told = lines_of(run.out)
            right = ({id_: (record, scored_with[id_] if scored_with[id_] != record.sha256 else None)
                      for id_, record in visible.items()}, standing.tried)
            same = told == right and list(told[0]) == list(right[0])
        if not same:
            raise Problem(f"history {what} tells {told}, which should be {right}")
        return run.out

    def settle(self, candidates, what, passphrases=()):
        """Takes for the model what is there, if it is one of the candidates; these may depend on what is found."""
        found = self.found([self.model.passphrase, *passphrases])
        difference = f"no order gives these statuses; found is {self.model.difference(found) or 'what was there before'}"
        for candidate in candidates(found):
            difference = candidate.difference(found)
            if difference is None:
                self.model = found
                return
        raise Problem(f"{what}: {difference}")

    def settle_runs(self, runs, passphrases=()):
        before = self.model
        for run in runs:
            self.tally["kills"] += run.status is None
            self.tally["refused"] += run.status in run.refusals
        what = ", ".join(f"'{' '.join(map(str, run.words))}': {run.status} {run.said.strip()}" for run in runs)
        self.settle(lambda found: possible(before, runs, found), what, passphrases)
        if len(runs) == 1 and before.difference(self.model):
            self.tally["killed too late"] += runs[0].status is None


def possible(model, runs, found):
    """The models there may be after these commands ran at once. A killed one was done or not; one that was refused was not."""
    if not runs:
        yield model
        return
    for place, run in enumerate(runs):
        rest = runs[:place] + runs[place + 1:]
        statuses, after = run.effect(model, found, run.told())
        if run.status is None or run.status in statuses:
            yield from possible(after, rest, found)
        if run.status is None or run.status in run.refusals - statuses:
            yield from possible(model, rest, found)


def text_of(value):
    return "" if value is None else str(value)


def read_model(file):
    """The model of a plain history, without its passphrase, by SQLite and not by the program."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        verdict = db.execute("pragma integrity_check").fetchone()[0]
        if verdict != "ok":
            raise Problem(f"SQLite finds damage: {verdict}")
        records = {}
        for id_, sha256, form, taken, offset, answers in db.execute(
                "select id,sha256,form,taken_us,taken_offset,answers from records order by sequence"):
            answers = tuple((item, text_of(value)) for item, value, _ in json.loads(answers))
            records[id_] = Record(sha256, form, (taken, offset), answers)
        drafts = {}
        for number, sha256, form in db.execute("select id,sha256,form from drafts order by id"):
            answers = db.execute("select item,value from draft_answers where draft=? order by position", (number,))
            drafts[number] = Draft(sha256, form, tuple(answers))
        places, events = {}, []
        for number, kind, questionnaire, subjects, detail, at, offset in db.execute(
                "select number,kind,questionnaire,subjects,detail,at_us,at_offset from events order by number"):
            words = tuple(subjects.split(" "))
            places[number] = len(events)
            subjects = (places[int(words[0])],) if kind == "undone" else words
            events.append(Event(kind, questionnaire, subjects, detail, (at, offset)))
        last = db.execute("select seq from sqlite_sequence where name='drafts'").fetchone()
    return Model(records, drafts, events, last[0] if last else 0)


# --- a sitting on a terminal


@dataclasses.dataclass
class Plan:
    """What a person will do: answer `count` more questions, then end it: by q, f, a signal, SIGKILL, or SIGKILL after f. After
    `pause` answers something else is done first, while this waits."""

    form: str
    fresh: bool
    answers: list
    count: int
    ending: str
    delay: float  # seconds until SIGKILL
    pause: int = 0


class Sat:
    """A sitting by a plan, and the models it may leave."""

    def __init__(self, place, plan, now):
        self.place, self.plan, self.now = place, plan, now
        self.items = FORMS[plan.form]
        same = [number for number, draft in place.model.open_drafts().items() if draft.form == plan.form]
        self.number = place.model.last_draft + 1 if plan.fresh or not same else max(same)
        self.draft = place.model.drafts.get(self.number, Draft(place.edition.sha256, plan.form, ()))
        self.start = self.typed = self.confirmed = len(self.draft.answers)
        self.finishing = self.unsaved = self.is_full = False
        self.status = None

    def run(self, meanwhile):
        words = ["take", "driver", "--plain", "--form", self.plan.form, *(["--fresh"] if self.plan.fresh else [])]
        sitting = Sitting(str(self.place.path), self.place.words_of(words, self.place.model.passphrase),
                          environment=self.place.clock(self.now))
        try:
            self.answer(sitting, meanwhile)
            text, status = sitting.end()
        finally:
            sitting.process.kill()
            sitting.process.wait()
            os.close(sitting.master)
            os.close(sitting.slave)
        self.status = None if status == -signal.SIGKILL else status
        self.see(text)
        self.place.tally["kills"] += self.status is None
        self.place.sound(Run(words, None, self.status, "", text))
        right = {73, 74, 0, 130} if self.is_full else {130} if self.plan.ending.startswith("SIG") else {0}
        if self.status is not None and self.status not in right:
            raise Problem(f"a sitting ended with {self.status}: {text}")

    def see(self, text):
        asked = [int(number) for number in re.findall(rf"Question (\d) of {len(self.items)}", text)]
        if asked and asked[0] != self.start + 1:
            raise Problem(f"{self.start} answers are kept, and it goes on with question {asked[0]}")
        self.confirmed = max(max(asked, default=1) - 1, self.start)
        if "f finishes" in text:
            self.confirmed = len(self.items)
        self.unsaved = "Not saved" in text

    def answer(self, sitting, meanwhile):
        """Until the program has ended."""
        deadline = time.monotonic() + PATIENCE
        quitting = ending = False
        while sitting.process.poll() is None:
            if time.monotonic() > deadline:
                raise Problem(f"it never ended; on the screen: {sitting.text!r}")
            sitting.pump(0.02)
            self.see(sitting.text)
            waits = sitting.text.endswith(("help: ", "Your choice: "))
            if waits and self.unsaved and not quitting:
                quitting = ending = True
                self.quit(sitting)
            elif waits and self.confirmed == self.typed and not ending:
                if self.plan.pause and self.typed - self.start == self.plan.pause:
                    self.plan.pause = 0
                    self.place.settle(self.outcomes, f"in a sitting, {self.confirmed} answers confirmed")
                    meanwhile()
                ending = self.typed == len(self.items) or self.typed - self.start == self.plan.count
                if not ending:
                    sitting.send(self.plan.answers[self.typed] + "\n")
                    self.typed += 1
                    ending = self.plan.ending == "kill" and self.typed - self.start == self.plan.count
                if ending:
                    self.finish(sitting)

    def quit(self, sitting):
        asks_text = self.confirmed < len(self.items) and self.items[self.confirmed] == "line"
        sitting.send("/q\n" if asks_text else "q\n")

    def finish(self, sitting):
        ending = self.plan.ending
        if ending.startswith("SIG"):
            sitting.process.send_signal(signal.Signals[ending])
        elif ending[0] == "f" and self.typed == len(self.items):
            self.finishing = True
            sitting.send("f\n")
        elif ending != "kill":
            self.quit(sitting)
        if "kill" in ending:
            time.sleep(self.plan.delay)
            sitting.process.kill()

    def outcomes(self, found):
        """Drafts with what was confirmed, up to what was typed; or the record."""
        model = self.place.model
        answers = self.draft.answers + kept(self.items, self.plan.answers)[self.start:]
        if self.finishing:
            record = Record(self.draft.sha256, self.plan.form, time_of(self.now), answers)
            drafts = {number: draft for number, draft in model.drafts.items() if number != self.number}
            yield model.plus_record(newcomer(model, found, record), record).but(
                drafts=drafts, last_draft=max(model.last_draft, self.number))
            if self.status == 0 and not self.unsaved:
                return
        for count in range(self.confirmed, (self.typed if self.status != 0 else self.confirmed) + 1):
            if count == 0:
                yield model
            else:
                draft = dataclasses.replace(self.draft, answers=answers[:count])
                yield model.but(drafts={**model.drafts, self.number: draft}, last_draft=max(model.last_draft, self.number))


# --- what is drawn


def time_of(now):
    return int(now.timestamp()) * 1_000_000, int(now.utcoffset().total_seconds()) // 60


def drawn_mark(chance):
    return f"mark-{chance.getrandbits(48):012x}"


def drawn_answers(chance, form):
    """One for each item; the line and the first are never skipped, so that each record is known and has a score."""
    answers = [str(chance.randint(1, 7)) if item == "m1" or chance.random() < 0.9 else "s" for item in FORMS[form]]
    answers[FORMS[form].index("line")] = drawn_mark(chance)
    return answers


def drawn_kill(chance, share):
    """Mostly while it writes, which is towards the end."""
    kill_at = chance.choice([chance.uniform(0, 1.1), chance.uniform(0.6, 1.1)])
    return kill_at if chance.random() < share else None


def kept(items, answers):
    """Answers as they are kept; one that was skipped is empty."""
    return tuple((item, "" if answer == "s" else answer) for item, answer in zip(items, answers))


def drawn_of(chance, things):
    return things[chance.randrange(len(things))] if things else None


LOOKS = [(["due", "driver"], (0, 1)), (["trend", "driver"], (0, 66)), (["next", "driver"], (0, 66)),
         (["history", "show", "last"], (0, 66)), (["history", "list"], (0,)), (["history", "drafts"], (0,)),
         (["history", "export"], (0,)), (["report", "driver"], (0, 66))]


class History:
    """Operations on two places, drawn one after the other."""

    def __init__(self, options, number, plant=None):
        self.options, self.number, self.plant = options, number, plant
        self.tally = collections.Counter()
        self.may_lock = number % 3 == 2 and not plant
        self.exports = []
        self.now = datetime(2026, 11, 24, 9, 14, tzinfo=timezone(timedelta(hours=1)))
        self.operation = 0

    def run(self, operations):
        """Its problems: none or one, since nothing is known of what comes after one."""
        with Place(self.options, self.tally) as here, Place(self.options, self.tally) as there, \
                tempfile.TemporaryDirectory(prefix="attune-driver-") as shared:
            self.shared = Path(shared)
            self.places = [here, there]
            try:
                self.begin()
                while self.tally["operations"] < operations:
                    self.operation += 1
                    self.step(random.Random(f"{self.options.seed}/{self.number}/{self.operation}"))
            except (Problem, AssertionError) as problem:
                return [f"history {self.number}, operation {self.operation}, seed {self.options.seed}: {self.doing}: {problem}"]
        return []

    def begin(self):
        self.doing = "the first records"
        if self.number % 4 == 1:
            self.places[0].mount()
        for number, place in enumerate(self.places):
            place.install(EDITIONS[0])
            run = self.drawn_take(place, random.Random(f"{self.options.seed}/{self.number}/first/{number}"))
            place.run(run, self.now)
            place.settle_runs([run])

    def step(self, chance):
        place = self.places[chance.random() < 0.2]
        self.now += timedelta(seconds=chance.randrange(7200))
        slow = place.model.passphrase not in (None, "first")  # each opening takes a second
        kind = chance.choices(list(KINDS), [weight * (12 if slow and kind == "lock" else 1) for kind, weight in KINDS.items()])[0]
        self.doing = kind
        self.tally["operations"] += 1
        if self.plant and self.operation == 8:
            self.planted(self.places[0], chance)
            place, kind = self.places[0], "look"
        getattr(self, kind)(place, chance)
        place.check_files()
        if chance.random() < 0.25:
            place.ask(self.now, chance.choice(["list", "export", "drafts"]))

    # single commands

    def command(self, place, chance, together=False):
        run = self.drawn_command(place, chance, together)
        self.disturbed(place, run, chance)
        if run.words[:2] == ["history", "purge"] and run.status == 0:
            place.check_files(whole=True)
        if run.words == ["history", "export"] and run.status == 0 and run.out:
            self.exports = [*self.exports[-7:], run.out]

    def look(self, place, chance):
        self.disturbed(place, self.drawn_look(place, chance), chance)

    def disturbed(self, place, run, chance):
        """One command: left alone, killed, or on a full disk."""
        kill_at = drawn_kill(chance, 0.3)
        if kill_at is None and chance.random() < 0.15:
            run.refusals = {73, 74}
            left = chance.choice([0, 0, 4096, 8192, 16384, 65536])
            self.tally["full disks"] += 1
            if place.small:
                with place.full_disk(left):
                    place.run(run, self.now)
            else:
                place.run(run, self.now, limit=(place.file.stat().st_size + left) // chance.choice([1, 2, 8]))
        else:
            place.run(run, self.now, kill_at)
        place.sound(run)
        place.settle_runs([run])

    def drawn_command(self, place, chance, together=False):
        kinds = {name: weight for name, weight in COMMANDS.items() if not together or name not in ALONE}
        return getattr(self, "drawn_" + chance.choices(list(kinds), list(kinds.values()))[0])(place, chance)

    def drawn_take(self, place, chance):
        form = chance.choice(["full", "short"])
        answers = drawn_answers(chance, form)
        record = Record(place.edition.sha256, form, time_of(self.now), kept(FORMS[form], answers))
        words = ["take", "driver", "--form", form, "--answers", "-", "--format", "json"]
        return Run(words, taking(record), stdin="\n".join(answers))

    def drawn_delete(self, place, chance):
        id_ = drawn_of(chance, list(place.model.records)) or "0000000000"
        return Run(["history", "delete", id_], deleting(id_, time_of(self.now)))

    def drawn_discard(self, place, chance):
        number = drawn_of(chance, list(place.model.drafts)) or 77
        return Run(["history", "discard", str(number)], discarding(number, time_of(self.now)))

    def drawn_undo(self, place, chance):
        return Run(["history", "undo"], undoing(time_of(self.now)))

    def drawn_tried(self, place, chance):
        step, note = chance.choice(["walk", "call"]), drawn_mark(chance)
        return Run(["next", "driver", "--tried", step, "--note"], trying(step, note, time_of(self.now)), stdin=note + "\n")

    def drawn_rescore(self, place, chance):
        return Run(["history", "rescore", "driver"], rescoring(place.edition, time_of(self.now)))

    def drawn_export(self, place, chance):
        return Run(["history", "export"], reading(0))

    def drawn_import(self, place, chance):
        export = drawn_of(chance, self.exports)
        if not export:
            return self.drawn_export(place, chance)
        return Run(["history", "import", "-"], importing(export, time_of(self.now)), stdin=export)

    def drawn_purge(self, place, chance):
        everything = chance.random() < 0.1
        return Run(["history", "purge", "--yes", *(["--all"] if everything else [])], purging(everything))

    def drawn_look(self, place, chance):
        words, statuses = chance.choice(LOOKS)
        return Run(words, reading(*statuses))

    # what is more than a command

    def together(self, place, chance):
        """Two to four at once, some of them killed."""
        runs = [self.drawn_command(place, chance, together=True) for _ in range(chance.randint(2, 4))]
        for run in runs:
            if run.words[1] in ("delete", "discard"):
                run.effect = loosely(run.effect)
        kills = [drawn_kill(chance, 0.2) for _ in runs]
        locks = self.drawn_lock(place, chance) if self.may_lock and chance.random() < 0.3 else None
        if locks:
            runs[0], kills[0] = locks[0], None
        passphrase = place.model.passphrase or (locks and locks[1])
        self.tally["operations"] += len(runs) - 1
        self.tally["together"] += 1

        def run_one(run, kill_at):
            place.run(run, self.now, kill_at, passphrase=None if locks and run is locks[0] else passphrase)

        with ThreadPoolExecutor(len(runs)) as pool:
            list(pool.map(run_one, runs, kills))
        for run in runs:
            # 75: another one was writing for five seconds. one_step says that, too, by 1.
            run.refusals = {75} | ({77} if locks else set()) | ({1} if run.words[0] == self.options.one_step else set())
            place.sound(run)
        place.code = None if locks else place.code
        place.settle_runs(runs, [locks[1]] if locks else [])

    def sitting(self, place, chance):
        form = chance.choice(["full", "full", "short"])
        ending = chance.choice(["q", "f", "f", "f and kill", "kill", "kill", "SIGINT", "SIGTERM", "SIGHUP"])
        count = 4 if ending[0] == "f" else chance.randint(1, 4)
        plan = Plan(form, chance.random() < 0.2, drawn_answers(chance, form), count, ending, chance.uniform(0, 0.02),
                    chance.choice([0, 0, 1, 2, 3]))
        self.doing = f"sitting {plan}"
        sat = Sat(place, plan, self.now)
        self.tally["sittings"] += 1

        def meanwhile():
            self.tally["operations"] += 1
            self.command(place, chance, together=True)

        if place.small and chance.random() < 0.3:
            self.tally["full disks"] += 1
            sat.is_full = True
            with place.full_disk(chance.choice([0, 4096, 8192, 16384])):
                sat.run(lambda: None)
        else:
            sat.run(meanwhile)
        place.settle(sat.outcomes, f"status {sat.status}, {sat.confirmed} of {sat.typed} answers confirmed")

    def backup(self, place, chance):
        file = (place.path if place.small else self.shared) / f"backup-{self.operation}.db"
        run = Run(["history", "backup", str(file)], reading(0))
        self.disturbed(place, run, chance)
        if run.status is not None and file.exists() != (run.status == 0):
            raise Problem(f"status {run.status}, and a backup is {'there' if file.exists() else 'not there'}: {run.said}")
        if not file.exists():
            return
        difference = place.model.difference(place.found([place.model.passphrase], file))
        if difference:
            raise Problem(f"a backup differs: {difference}")
        if place.small:
            file = Path(shutil.move(file, self.shared / f"small-{file.name}"))
        place.backups = [*place.backups[-4:], (file, place.model)]

    def restore(self, place, chance):
        if not place.backups:
            return self.backup(place, chance)
        file, model = drawn_of(chance, place.backups)
        self.tally["restored"] += 1
        with tempfile.TemporaryDirectory(dir=self.shared) as aside:
            if chance.random() < 0.5 or place.small:
                for left in ("history.db-journal", "history.db.new"):  # by what was killed; they belong to the other history
                    (place.data / left).unlink(missing_ok=True)
                shutil.copy(file, place.path / "restored")
                os.replace(place.path / "restored", place.file)
            else:
                shutil.move(place.data, aside)
                place.data.mkdir(mode=0o700)
                shutil.copy(file, place.file)
        place.file.chmod(0o600)
        place.model, place.code = model, None
        return place.settle(lambda found: [model], "a restored backup")

    def clock(self, place, chance):
        """Minutes, days or years, forward or back, perhaps in another zone."""
        self.tally["jumps"] += 1
        jump = timedelta(minutes=20) * chance.choice([1, 72, 3000, 30_000, 650_000])
        zone = timezone(timedelta(minutes=chance.choice([0, 60, -300, 330])))
        self.now = min(max(self.now + jump * chance.choice([-1, 1]), datetime(1990, 1, 1, tzinfo=zone)),
                       datetime(2090, 1, 1, tzinfo=zone)).astimezone(zone)
        self.command(place, chance)

    def edition(self, place, chance):
        """An update of the questionnaire, or one back."""
        place.install(chance.choice(EDITIONS))
        self.command(place, chance)

    def lock(self, place, chance):
        if not self.may_lock:
            return self.command(place, chance)
        run, passphrase = self.drawn_lock(place, chance)
        self.tally["locks"] += 1
        kill_at = drawn_kill(chance, 0.4)
        place.run(run, self.now, kill_at, passphrase="code" if place.code and chance.random() < 0.5 else None)
        place.sound(run)
        place.settle_runs([run], [passphrase])
        place.keep_code(run)
        if run.status is None:  # what an unlocking that was killed had written in plain goes with the next opening
            place.ask(self.now, "list")
        return None

    def drawn_lock(self, place, chance):
        """A command that locks, unlocks or locks anew, and the passphrase that opens afterwards."""
        if not place.model.passphrase:
            if self.options.one_step and chance.random() < 0.88:
                return Run([self.options.one_step, place.data, "lock"], locking("first")), "first"
            name = chance.choice(["second", "third"])
            return Run(["history", "lock", "--new-passphrase-from", f"file:{place.path / name}"], locking(name)), name
        if chance.random() < 0.88 or place.model.passphrase != "first":
            return Run(["history", "unlock"], locking(None, again=True)), place.model.passphrase
        words = ["history", "passphrase", "--new-passphrase-from", f"file:{place.path / 'third'}"]
        return Run(words, locking("third", again=True)), "third"

    # mistakes behind the program's back

    def planted(self, place, chance):
        self.doing = f"planted: {self.plant}"
        run = self.drawn_take(place, chance)
        place.run(run, self.now)
        place.settle_runs([run])
        plain = place.file.read_bytes()
        if self.plant == "lost":
            with contextlib.closing(sqlite3.connect(place.file)) as db:
                db.execute("delete from records where id=?", (run.told(),))
                db.commit()
        elif self.plant == "damaged":
            at = plain.rindex(b"mark-") + 6
            place.file.write_bytes(plain[:at] + bytes([plain[at] ^ 1]) + plain[at + 1:])
        else:
            run, passphrase = self.drawn_lock(place, chance)
            place.run(run, self.now)
            place.settle_runs([run], [passphrase])
            (place.data / "history.db.old").touch(mode=0o600)
            (place.data / "history.db.old").write_bytes(plain)


def loosely(effect):
    """What was there when it looked may have gone by another's hand: then it is done all the same."""
    def loose(*given):
        statuses, after = effect(*given)
        return statuses | {0}, after
    return loose


KINDS = {"command": 60, "sitting": 14, "together": 7, "backup": 4, "restore": 3, "clock": 5, "edition": 2, "lock": 7}
COMMANDS = {"take": 20, "delete": 14, "undo": 16, "discard": 6, "tried": 8, "rescore": 3, "export": 8, "import": 12, "purge": 3,
            "look": 10}
ALONE = {"rescore", "purge", "tried"}  # not one transaction: between looking and writing another may come


def options_of():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("attune", type=lambda path: Path(path).resolve())
    parser.add_argument("--one-step", type=lambda path: Path(path).resolve(), metavar="FILE")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--histories", type=int)
    parser.add_argument("--operations", type=int, help="in all histories together")
    parser.add_argument("--only", type=int, help="only the history with this number")
    parser.add_argument("--plant", choices=["lost", "damaged", "plain"])
    options = parser.parse_args()
    beside = options.attune.parent / "tests/locking/one_step"
    options.one_step = options.one_step or (beside if beside.exists() else None)
    options.histories = options.histories or (100 if options.long else 12)
    options.operations = options.operations or (10_000 if options.long else 600)
    return options


def main():
    options = options_of()
    each = max(1, options.operations // options.histories)
    tally = collections.Counter()
    problems = []
    if not options.plant and options.only is None:
        problems += [f"a planted mistake was not found: {plant}" for plant in ("lost", "damaged", "plain")
                     if not any(f"planted: {plant}" in told for told in History(options, 0, plant).run(20))]
    for number in range(options.histories) if options.only is None else [options.only]:
        history = History(options, number, options.plant)
        problems += history.run(each)
        tally += history.tally
    counted = ("kills", "killed too late", "sittings", "together", "full disks", "refused", "jumps", "restored", "locks")
    figures = ", ".join(f"{tally[name]} {name}" for name in counted)
    return end(problems, f"driver: seed {options.seed}, {options.histories} histories, {tally['operations']} operations "
                         f"({figures}), {len(problems)} problems", tally["operations"])


if __name__ == "__main__":
    sys.exit(main())
