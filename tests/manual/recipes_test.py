# SPDX-License-Identifier: MIT
"""Every recipe of attune-recipes(7) does what it says, as it stands there, where its program is installed."""

import csv
import io
import json
import os
import random
import shutil
import subprocess
import unittest

from manual import ATTUNE, Home, literal_displays, page, section

ANSWERS = "5,3,6,2,4,3,5,4,2,4,3,6"


def recipe(heading):
    (display,) = literal_displays(section(page("attune-recipes.7"), heading, "Ss"))
    return display


def needs(*programs):
    missing = [program for program in programs if shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin") is None]
    return unittest.skipIf(missing, f"not installed: {missing}")


class Recipe(unittest.TestCase):
    def setUp(self):
        self.home = self.enterContext(Home())

    def check_in(self, date, home=None):
        (home or self.home).attune("take", "--form", "short", "--date", date, "--answers", ANSWERS)

    def shell(self, line, home=None, **variables):
        home = home or self.home
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", line], cwd=home.path, env={**home.environment(), **variables},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def make_rows(self):
        """5,000 people in data.csv, for GNU parallel to divide."""
        made = random.Random(1)
        rows = [",".join(f"q{item}" for item in range(1, 13))]
        rows += [",".join(str(made.randint(1, 7)) for _ in range(12)) for _ in range(5000)]
        (self.home.path / "data.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (self.home.path / ".parallel").mkdir()
        (self.home.path / ".parallel/will-cite").touch()


class Recipes(Recipe):
    def test_the_line_of_cron_shows_its_message_only_when_a_check_in_is_due(self):
        fields = recipe("Be reminded").strip().split(" ", 5)
        self.assertEqual(fields[:5], ["0", "19", "*", "*", "*"])
        shown = "notify-send() { echo \"$*\"; }; "
        self.assertEqual(self.shell(shown + fields[5]), "Time to look again\n")
        self.check_in("2026-11-20")
        self.assertEqual(self.shell(shown + fields[5] + " || true"), "")

    @needs("systemd-analyze")
    def test_systemd_has_nothing_against_the_units_of_schedule(self):
        self.home.attune("schedule", "--systemd", "--install")
        units = sorted((self.home.path / ".config/systemd/user").glob("attune-due.*"))
        self.assertEqual(len(units), 2)
        done = subprocess.run(["systemd-analyze", "--man=no", "--user", "verify", *units], capture_output=True, text=True, check=False,
                              env={**self.home.environment(), "XDG_RUNTIME_DIR": str(self.home.path)})
        self.assertNotRegex(done.stderr, "attune", done.stderr)

    def test_the_prompt_has_the_word_while_a_check_in_is_due(self):
        prompt = recipe("Shell prompt") + 'printf %s "${PS1@P}"'
        self.assertRegex(self.shell(prompt), r"^check-in .* \$ $|^check-in .* # $")
        self.check_in("2026-11-20")
        self.assertNotIn("check-in", self.shell(prompt))

    @needs("tmux")
    def test_the_status_line_of_tmux_has_it_too(self):
        (self.home.path / ".tmux.conf").write_text(recipe("Status line of tmux"), encoding="utf-8")
        tmux = f"tmux -L attune-recipes-{os.getpid()}"
        try:
            line = f"stty rows 24 cols 80; SHELL=/bin/sh {tmux} -f ~/.tmux.conf new-session 'sleep 60'"
            status, screen = self.home.on_terminal(line, [("check-in ", "\x02d")])  # which ends once it was there
        finally:
            subprocess.run([*tmux.split(), "kill-server"], capture_output=True, check=False)
        self.assertRegex(screen, r"check-in \d\d:\d\d")
        self.assertEqual(status, 0)

    @needs("git")
    def test_each_commit_holds_all_records(self):
        self.check_in("2026-11-01")
        self.shell("git init -q && git config user.name me && git config user.email me@example.org")
        hook = self.home.path / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(recipe("Versions of your history in git"), encoding="utf-8")
        hook.chmod(0o700)
        self.shell("git commit -q --allow-empty -m one")
        self.check_in("2026-11-02")
        self.shell("git commit -q --allow-empty -m two")
        self.assertEqual([self.shell(f"git show {commit}:history.jsonl").count("\n") for commit in ("HEAD~", "HEAD")], [1, 2])

    def test_a_new_machine_has_all_that_the_old_one_had(self):
        old, new = literal_displays(section(page("attune-recipes.7"), "A new machine", "Ss"))
        secret = self.home.path / "secret.txt"
        secret.touch(0o600)
        secret.write_text("five words and one more\n", encoding="utf-8")
        for unlocked in ([], ["--passphrase-from", f"file:{secret}"]):
            self.check_in("2026-11-01")
            with Home() as machine:
                if unlocked:
                    self.home.attune("history", "lock", "--new-passphrase-from", f"file:{secret}")
                self.home.attune("history", "delete", "last", *unlocked)
                line = old.strip() + (f" --passphrase-from file:{secret}" if unlocked else "")
                self.shell(f"umask 022; {line} --force")
                shutil.copy(self.home.path / "moving.db", machine.path)
                there = f" --passphrase-from file:{secret}\n" if unlocked else "\n"
                self.shell("umask 022\n" + new.rstrip("\n") + there, machine)
                exports = [home.attune("history", "export", *unlocked) for home in (self.home, machine)]
                self.assertEqual(exports[0], exports[1])
                machine.attune("history", "undo", *unlocked)  # what was deleted came along
                if not unlocked:
                    self.check_in("2026-11-02", machine)

    def test_two_machines_come_to_have_all_records_of_both_and_none_twice(self):
        shared = self.enterContext(Home())
        machines = [self.home, self.enterContext(Home())]
        names = ["one", "two"]
        for number, home in enumerate(machines):
            for day in range(3):
                self.check_in(f"2026-11-{number * 10 + day + 1:02}", home)
        line = "uname() { echo $NAME; }; " + recipe("Two machines")
        for _ in range(2):
            for name, home in zip(names, machines):
                self.shell(line, home, NAME=name, SHARED=str(shared.path))
        self.shell(line, machines[0], NAME="one", SHARED=str(shared.path))
        lists = [{(each["id"], each["taken_at"]) for each in json.loads(home.attune("history", "list", "-n", "99", "--format", "json"))} for home in machines]
        self.assertEqual(lists[0], lists[1])
        self.assertEqual(len(lists[0]), 6)
        exports = [sorted(home.attune("history", "export").count(f'"id":"{name}"') for name, _ in lists[0]) for home in machines]
        self.assertEqual(exports, [[1] * 6] * 2)

    @needs("parallel")
    def test_many_rows_have_the_scores_that_one_program_gives_them(self):
        self.make_rows()
        line = recipe("Many rows, several processors")
        alone = self.home.attune("score", "ecr-s", "data.csv")
        self.assertEqual(self.shell(line.replace("--pipepart", "--pipepart --block 20k")), alone)
        self.assertEqual(alone.count("\n"), 5001)

    @needs("sqlite3")
    def test_the_database_has_the_average_of_each_month(self):
        for date in ("2026-10-01", "2026-10-11", "2026-11-01"):
            self.check_in(date)
        rows = [line.split("|") for line in self.shell(recipe("A database")).splitlines()]
        self.assertEqual([row[:2] for row in rows], [[month, scale] for month in ("2026-10", "2026-11") for scale in ("anxiety", "avoidance")])
        table = csv.DictReader(io.StringIO((self.home.path / "trend.csv").read_text(encoding="utf-8")))
        scores = [float(row["score"]) for row in table if row["scale"] == "anxiety" and row["taken_at"].startswith("2026-10")]
        self.assertEqual(float(rows[0][2]), sum(scores) / len(scores))


if __name__ == "__main__":
    unittest.main()
