# SPDX-License-Identifier: MIT
"""Made-up people with a history, written through the program itself.

Answers come from plain arithmetic: the same on every machine, and nobody's.
"""

import csv
import datetime
import json
import os
import subprocess
from pathlib import Path

SECONDS_TO_WAIT = 60
TODAY = datetime.date(2026, 11, 24)
SMALL_TEXTS = ("Went for a walk first.", "It was easier than I had thought.", "Too tired to talk; said so.")


class Home:
    """A directory to run the program in, as a person who has nothing but it."""

    def __init__(self, program, path):
        self.program = Path(program).resolve()
        self.path = Path(path)
        self.path.mkdir(parents=True)
        self.runs = 0

    def run(self, *words, given="", now=f"{TODAY}T09:14"):
        """How the program ended, and what it wrote."""
        self.runs += 1  # the seed makes the id of a record, so each has its own
        return subprocess.run(
            [self.program, *map(str, words)],
            cwd=self.path,
            env={
                "HOME": str(self.path),
                "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
                "LC_ALL": "C.UTF-8",
                "TZ": "UTC",
                "ATTUNE_NOW": f"{now}:00+00:00",
                "ATTUNE_SEED": str(self.runs),
            },
            input=given,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_WAIT,
            check=False,
        )

    def attune(self, *words, **how):
        """What the program prints; anything but success is an error of the test."""
        done = self.run(*words, **how)
        if done.returncode != 0:
            raise AssertionError(f"attune {' '.join(map(str, words))}: status {done.returncode}\n{done.stderr}")
        return done.stdout

    def keep(self, name, answers, *options, day=TODAY, time=None):
        """One sitting, backfilled or at a time. Answers go through a pipe: texts are never taken from argv."""
        line = ",".join(f"{item}={answer}" for item, answer in answers.items())
        how = {"now": f"{day}T{time}"} if time else {}
        when = [] if time else ["--date", day]
        self.attune("take", name, *options, *when, "--answers", "-", "--format", "csv", given=line, **how)

    def configure(self, line):
        folder = self.path / ".config" / "attune"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(line + "\n", encoding="utf-8")


def items_of(home, name, form="full"):
    """The rated items of a form: id, scale, and whether a high answer means a low score."""
    codebook = csv.DictReader(home.attune("codebook", name, "--format", "csv").splitlines())
    return [
        (item["variable"], item["scale"], item["parent"] or item["scale"], item["reverse"] == "yes")
        for item in codebook
        if item["type"] == "rating" and item["scale"] and form in item["forms"].split("|")
    ]


def answers_near(items, levels, turn):
    """Answers from 1 to 7 about the level of each scale, one facet a little apart from the next."""
    answers = {}
    for at, (item, scale, parent, is_reverse) in enumerate(items):
        level = levels.get(scale, levels.get(parent, 4)) + ((at * 2 + turn * 3) % 5 - 2) * 0.45
        keyed = min(7, max(1, round(level)))
        answers[item] = 8 - keyed if is_reverse else keyed
    return answers


def days_back(count, step):
    """`count` days up to today, `step` apart, oldest first."""
    return [TODAY - datetime.timedelta(days=step * back) for back in reversed(range(count))]


def check_in(home, count):
    """`count` check-ins each about a partner and about people in general; the last ones in full."""
    full = items_of(home, "closeness")
    short = items_of(home, "closeness", "short")
    for about, (anxiety, avoidance) in {"partner": (4.4, 5.6), "general": (2.8, 5.2)}.items():
        for turn, day in enumerate(days_back(count, 28)):
            is_last = turn + 1 == count
            levels = {"anxiety": anxiety - turn * 0.05, "avoidance": avoidance - turn * 0.16, "guardedness": 6 - turn * 0.1}
            answers = answers_near(full if is_last else short, levels, turn)
            home.keep("closeness", answers, "--form", "full" if is_last else "short", "--about", about, day=day)


def grow(home, count):
    items = items_of(home, "growth")
    for turn, day in enumerate(days_back(count, 28)):
        levels = {scale: 2.6 + at * 0.4 + turn * 0.12 for at, scale in enumerate(sorted({item[1] for item in items}))}
        home.keep("growth", answers_near(items, levels, turn), day=day)


def journal(home, count):
    urges = ("withdraw", "withdraw", "cling", "both", "protest", "other")
    triggers = ("closeness+request", "silence", "quarrel", "others-feelings+too-much", "distance", "plan-changed")
    feelings = ("trapped+tired", "worried", "angry+hurt", "overwhelmed", "lonely+sad", "numb+hard-to-say")
    bodies = ("chest", "stomach+throat", "face", "neck+head", "all-over", "nowhere")
    deeds = ("followed", "waited", "said-it", "asked-pause", "soothed", "hid-it")
    for turn, day in enumerate(days_back(count, 3)):
        at = turn % 6
        answers = {
            "urge": urges[at], "strength": 2 + turn % 6, "trigger": triggers[at], "felt": feelings[at],
            "body": bodies[at], "did": deeds[(turn * 5) % 6], "differently": ("yes", "partly", "no")[turn % 3],
            "note": SMALL_TEXTS[turn % 3],
        }  # fmt: skip
        home.keep("moment", answers, day=day, time=("07:40", "21:05", "15:30", "23:10", None)[turn % 5])


def log_support(home, count):
    for turn, day in enumerate(days_back(count, 7)):
        attendance = ("attended", "attended", "attended", "cancelled-by-me", "attended", "cancelled-by-therapist")[turn % 6]
        answers = {"kind": "therapy", "attendance": attendance, "note": SMALL_TEXTS[turn % 3]}
        if attendance == "attended":
            answers |= {"minutes": 50, "useful": 4 + turn % 4}
        home.keep("support", answers, day=day)
        if turn % 4 == 1:
            home.keep("support", {"kind": "practice", "minutes": 15 + turn, "useful": 5}, day=day)


def try_steps(home, count):
    """Marks the first steps of the newest profile as tried, the first with a line on how it went."""
    steps = json.loads(home.attune("next", "--format", "json"))["next_steps"]
    for at, step in enumerate(steps[:count]):
        words = ["--note"] if at == 0 else []
        home.attune("next", "--tried", step["id"], *words, given=SMALL_TEXTS[1] if words else "")


def person(program, path, check_ins):
    """A home with so many check-ins, and what belongs to a life with them."""
    home = Home(program, path)
    home.configure('contact = "Ada, the friend next door, 555 0100"')
    if check_ins == 0:
        return home
    check_in(home, check_ins)
    grow(home, check_ins)
    journal(home, 3 * check_ins)
    log_support(home, 2 * check_ins)
    try_steps(home, min(check_ins, 2))
    return home


def add_others(home):
    """Check-ins about two more people, one of them with answers skipped."""
    items = items_of(home, "closeness", "short")
    home.keep("closeness", answers_near(items, {"anxiety": 2, "avoidance": 3}, 0), "--form", "short", "--about", "friend")
    few = dict(list(answers_near(items, {"anxiety": 6, "avoidance": 6}, 1).items())[:11])
    home.keep("closeness", few, "--form", "short", "--about", "mother")
