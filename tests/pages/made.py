# SPDX-License-Identifier: MIT
"""Every page that the program can make, as a table, and the making of them."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from history import add_others, answers_near, items_of, person

LIVES = (0, 1, 2, 7, 13)  # check-ins about each person
LOOKED_AT = {  # what people look at: a page of each kind; pictures of all would double the time
    "profile", "profile-moment", "take-derived", "take-nothing", "trend-one", "trend-thirteen", "trend-growth", "moments", "progress",
    "relationships", "report", "report-first", "compare",
}  # fmt: skip
FULL = {"anxiety": 3.9, "avoidance": 5.6, "guardedness": 6.6, "preoccupation": 2.5}


class Made(NamedTuple):
    """One page: its name, in whose home, and the command. {record} is the newest check-in."""

    name: str
    home: int
    command: str


TABLE = (
    Made("profile", 13, "history show {record}"),
    Made("profile-explained", 13, "history show {record} --explain"),
    Made("profile-first", 1, "history show {record}"),
    Made("profile-moment", 7, "history show {moment}"),
    Made("take-full", 0, "take closeness --about partner --no-save --answers {full}"),
    Made("take-short-skipped", 0, "take closeness --form short --no-save --answers 5,3,6,s,s,3,5,s,s,4,3,6"),
    Made("take-nothing", 0, "take closeness --form short --no-save --answers s,s,s,s,s,s,s,s,s,s,s,s"),
    Made("take-growth", 0, "take growth --no-save --answers {growth}"),
    Made("take-norms", 0, "take ecr-12 --no-save --answers 4,2,6,3,5,1,7,4,2,6,3,5"),
    Made("take-derived", 0, "take rq --no-save --answers 2,6,3,5"),
    Made("trend-one", 1, "trend closeness --about partner"),
    Made("trend-two", 2, "trend closeness --about partner"),
    Made("trend-seven", 7, "trend closeness --about partner"),
    Made("trend-thirteen", 13, "trend closeness --about general"),
    Made("trend-facet", 13, "trend closeness --about partner --scale guardedness"),
    Made("trend-growth", 13, "trend growth"),
    Made("moments-none", 0, "moments"),
    Made("moments", 13, "moments --notes"),
    Made("support", 13, "moments support"),
    Made("progress-none", 0, "progress"),
    Made("progress", 13, "progress"),
    Made("relationships", 13, "relationships"),
    Made("relationships-two", 1, "relationships"),
    Made("report", 13, "report closeness --about partner --explain --notes"),
    Made("report-first", 1, "report closeness --about partner"),
    Made("report-redacted", 7, "report closeness --about partner --redact --explain"),
    Made("compare", 13, "compare {record} {other} --names Ana,Ben"),
)


def listed_records(home, name, *options):
    """The ids of the records of a questionnaire, oldest first."""
    done = home.run("history", "list", name, *options, "--format", "json")
    return [record["id"] for record in reversed(json.loads(done.stdout))] if done.returncode == 0 else []


def newest(home, name, *options):
    """The id of the newest record, or None where there is none."""
    return next(reversed(listed_records(home, name, *options)), None)


def listed(answers):
    return ",".join(f"{item}={answer}" for item, answer in answers.items())


def words_of(home, record, other, made):
    """The command as words, the places in it filled."""
    places = {"record": record, "other": other, "moment": newest(home, "moment")}
    if "{full}" in made.command:
        places["full"] = listed(answers_near(items_of(home, "closeness"), FULL, 2))
    if "{growth}" in made.command:
        places["growth"] = listed(answers_near(items_of(home, "growth"), {}, 1))
    return made.command.format(**places).split()


class Everything:
    """The lives, and the files made from them below a folder."""

    def __init__(self, program, folder):
        self.folder = Path(folder)
        self.files = []
        with ThreadPoolExecutor(2) as pool:
            lives = pool.map(lambda count: person(program, self.folder / "homes" / str(count), count), LIVES)
        self.homes = dict(zip(LIVES, lives))
        add_others(self.homes[13])
        records = {
            count: [newest(home, "closeness", "--about", about) for about in ("partner", "general")]
            for count, home in self.homes.items()
        }
        for made in TABLE:
            self.make(made, self.homes[made.home], words_of(self.homes[made.home], *records[made.home], made))

    def make(self, made, home, words):
        path = self.folder / f"{made.name}.html"
        path.write_text(home.attune(*words, "--format", "html"), encoding="utf-8")
        self.files.append(path)

