# SPDX-License-Identifier: MIT
"""Ids and paths that lead elsewhere: no id from anyone reaches a file outside, and -o replaces only what it was told to,
never follows into a folder that is not there, and leaves alone what it can't replace."""

import hashlib
import json
import os
import stat
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "privacy"))
from privacy import LINES, Home, arguments, end  # noqa: E402

IDS = ("../x", "..", ".", "", "/etc/passwd", "a/../b", "a/b", "../../../../tmp/x", "x\0y", "x\ny", "~/x", "$HOME", "a\\b", "..%2fx", ".hidden", "-x", "A",
       "a" * 65, "\u2024\u2024/x", "con:", "x*")
DEFINITION = (HERE.parent / "faults" / "five.toml").read_text(encoding="utf-8")


class Watch:
    """All that is in a home, so that anything new is found."""

    def __init__(self, home):
        self.home = home
        self.before = self.files()

    def files(self):
        found = {}
        for path in self.home.path.rglob("*"):
            mode = path.lstat().st_mode
            content = path.read_bytes() if stat.S_ISREG(mode) else os.readlink(path).encode() if stat.S_ISLNK(mode) else b""
            found[str(path.relative_to(self.home.path))] = (stat.S_IFMT(mode), hashlib.sha256(content).hexdigest())
        return found

    def changed(self, allowed=()):
        now = self.files()
        return sorted(name for name in self.before.keys() | now.keys() if self.before.get(name) != now.get(name) and not name.startswith(tuple(allowed) or "\0"))


def definitions(home, counts):
    """An id in a definition, and in what names another one, never becomes a path."""
    problems = []
    for number, name in enumerate(IDS):
        file = f"made{number}.toml"
        home.write(file, DEFINITION.replace('id = "five"', f"id = {json.dumps(name)}"))
        home.write("made.de.toml", f"texts_for = {json.dumps(name)}\nlanguage = \"de\"\n")
        home.write("lines", LINES)
        watch = Watch(home)
        for words in (["take", file, "--answers", "1,2,3,4,5"], ["take", f"./{file}", "--answers", "1,2,3,4,5"], ["wording", f"./{file}", "lines"],
                      ["check", file], ["check", "made.de.toml"], ["codebook", f"./{file}"]):
            done = home.run(words)
            counts["tries"] += 1
            if done.returncode not in (1, 65):
                problems.append(f"id {name!r}: attune {words[0]}: status {done.returncode}: {done.stderr[:200]}")
        problems += [f"id {name!r}: {path} is new or changed" for path in watch.changed()]
    return problems


def names(home, counts):
    """The same as a name on the command line: no file of another folder is opened for it, and none is made."""
    problems = []
    (home.path / "x.toml").write_text(DEFINITION.replace('"five"', '"x"'), encoding="utf-8")
    inside = home.path / ".config/attune/questionnaires"
    inside.mkdir(parents=True)
    (inside.parent / "x.toml").write_text(DEFINITION.replace('"five"', '"x"'), encoding="utf-8")
    watch = Watch(home)
    for name in (each for each in IDS if "\0" not in each):
        for words in (["init", name], ["wording", name, "lines"], ["schedule", name, "--systemd", "--install"], ["schedule", name, "--cron"],
                      ["take", "--answers", "1,2,3,4,5", "--form", name], ["take", "--answers", "1", "--about", name], ["take", "--language", name, "--answers", "1"],
                      ["history", "show", name], ["history", "delete", name], ["history", "export", name], ["next", "--tried", name]):
            done = home.run(words)
            counts["tries"] += 1
            nothing = done.returncode == 0 and words[:2] == ["history", "export"] and not done.stdout  # there is no such record
            if done.returncode not in (2, 65, 66) and not nothing:
                problems.append(f"name {name!r}: attune {words[0]}: status {done.returncode}: {(done.stdout + done.stderr)[:200]}")
    return problems + [f"by name: {path} is new or changed" for path in watch.changed()]


def records(home, counts):
    """Ids within an import."""
    problems = []
    home.write("five.toml", DEFINITION)
    home.run("take five.toml --answers 1,2,3,4,5")
    record = home.run("history export").stdout
    home.run("history purge --all --yes")
    watch = Watch(home)
    for name in IDS:
        for field in ("id", "about", "questionnaire.id", "questionnaire.form", "questionnaire.language", "questionnaire.sha256", "answers.0.item"):
            value = json.loads(record)
            place = value
            for step in field.split(".")[:-1]:
                place = place[int(step) if step.isdigit() else step]
            place[field.split(".")[-1]] = name
            home.write("in.jsonl", json.dumps(value) + "\n")
            done = home.run("history import in.jsonl")
            counts["tries"] += 1
            if done.returncode != 65:
                problems.append(f"import, {field} {name!r}: status {done.returncode}: {done.stderr[:200]}")
    return problems + [f"import: {path} is new or changed" for path in watch.changed(["in.jsonl", ".local/share/attune"])]


def put(home, where, words, wanted, changed):
    """One writing; its status, and what may be other than before."""
    watch = Watch(home)
    done = home.run(words)
    problems = [] if done.returncode == wanted else [f"-o {where}: status {done.returncode} instead of {wanted}: {done.stderr[:200]}"]
    others = [path for path in watch.changed() if path not in changed]
    missing = [path for path in changed if path not in watch.changed()]
    return problems + [f"-o {where}: {path} is new or changed" for path in others] + [f"-o {where}: {path} is as before" for path in missing]


def outputs(home, counts):
    """-o over what is there, and where nothing can be."""
    home.write("there.toml", "mine\n")
    home.write("target.toml", "mine, too\n")
    (home.path / "link.toml").symlink_to("target.toml")
    (home.path / "dangling.toml").symlink_to("nowhere.toml")
    (home.path / "folder").mkdir()
    os.mkfifo(home.path / "pipe", 0o600)
    # (what -o names, with --force or not, status, what is new afterwards)
    cases = (
        ("new.toml", "", 0, ["new.toml"]), ("there.toml", "", 73, []), ("there.toml", "--force", 0, ["there.toml"]), ("link.toml", "", 73, []),
        ("link.toml", "--force", 0, ["link.toml"]), ("dangling.toml", "", 73, []), ("dangling.toml", "--force", 0, ["dangling.toml"]), ("folder", "", 73, []),
        ("folder", "--force", 73, []), ("absent/x.toml", "", 73, []), ("absent/x.toml", "--force", 73, []), ("there.toml/x", "", 73, []), ("pipe", "", 73, []),
        ("pipe", "--force", 73, []), ("/dev/full", "", 74, []), ("/dev/null", "", 0, []), ("a" * 300, "", 73, []), ("folder/", "", 73, []),
        ("", "", 2, []),
    )
    problems = []
    for where, force, wanted, changed in cases:
        problems += put(home, f"{where} {force}", ["init", "mine", "-o", where, *force.split()], wanted, changed)
        counts["tries"] += 1
    if (home.path / "target.toml").read_text(encoding="utf-8") != "mine, too\n":
        problems.append("-o followed a link")
    return problems + into_a_pipe(home, counts)


def into_a_pipe(home, counts):
    """A pipe that someone reads is written to, and stays a pipe."""
    read = []
    reader = threading.Thread(target=lambda: read.append((home.path / "pipe").read_bytes()))
    reader.start()
    done = home.run(["init", "mine", "-o", "pipe"])
    while reader.is_alive() and done.returncode == 73:  # it came before the reader
        done = home.run(["init", "mine", "-o", "pipe"])
    reader.join()
    counts["tries"] += 1
    is_pipe = stat.S_ISFIFO((home.path / "pipe").stat().st_mode)
    return [] if done.returncode == 0 and b"format = 1" in read[0] and is_pipe else [f"-o pipe: status {done.returncode}: {done.stderr[:200]}"]


def main():
    options = arguments(__doc__)
    counts = {"tries": 0}
    problems = []
    for part in (definitions, names, records, outputs):
        with Home(options.attune, prefix="attune-hostile-") as home:
            problems += part(home, counts)
    return end(problems, f"hostile traversal: {counts['tries']} tries, {len(IDS)} ids, {len(problems)} problems", counts["tries"])


if __name__ == "__main__":
    sys.exit(main())
