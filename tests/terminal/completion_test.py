#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Completion in the three shells themselves: what Tab makes of a line, and what it offers.

    completion_test.py ATTUNE [TEST...]
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from sitting import Sitting

ATTUNE = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "attune"
FOLDER = os.path.dirname(ATTUNE)

# A line as it is typed, and what Tab makes of it.
COMPLETED = [
    ("attune relat", "attune relationships "),
    ("attune history sh", "attune history show "),
    ("attune take --abo", "attune take --about "),
    ("attune take --about friend:B", "attune take --about friend:Ben "),
    ("attune take --form sh", "attune take --form short "),
    ("attune trend clo", "attune trend closeness "),
    ("attune trend --scale anx", "attune trend --scale anxiety "),
    ("attune trend --format j", "attune trend --format json "),
    ("attune --no-pager history show la", "attune --no-pager history show last "),
    ("attune next --tried secure-regular", "attune next --tried secure-regular-talk "),
    ("attune completion f", "attune completion fish "),
    ("attune help relat", "attune help relationships "),
    ("attune check mine.to", "attune check mine.toml "),
]


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.mkdtemp()
        cls.environment = {"PATH": f"{FOLDER}:/usr/bin:/bin", "HISTFILE": "", "XDG_DATA_HOME": f"{cls.home}/data"}
        open(os.path.join(cls.home, "mine.toml"), "w", encoding="utf-8").close()
        subprocess.run([ATTUNE, "take", "--form", "short", "--about", "friend:Ben", "--answers", ",".join("4" * 12)],
                       env={**cls.environment, "HOME": cls.home}, stdout=subprocess.DEVNULL, check=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.home)

    def script(self, shell):
        made = subprocess.run([ATTUNE, "completion", shell], capture_output=True, text=True, check=True)
        path = os.path.join(self.home, f"attune.{shell}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(made.stdout)
        return path

    def at_a_prompt(self, shell, start, name):
        """What Tab makes of each line; Control-A and Control-K then hand it to `echo`."""
        with open(os.path.join(self.home, name), "w", encoding="utf-8") as file:
            file.write(start)
        session = Sitting(self.home, shell, size=(40, 200), environment={**self.environment, "ZDOTDIR": self.home})
        session.wait_for("ready> ")
        for typed, expected in COMPLETED:
            with self.subTest(shell=shell[0], typed=typed):
                session.send(f"{typed}\t'\x01echo 'got=\x05\r")
                self.assertEqual(session.wait_for(r"\ngot=([^\r\n]*)")[1], expected)
                session.wait_for("ready> ")
        session.send("exit\r")
        session.end()

    def test_bash(self):
        self.at_a_prompt(["bash", "--noprofile", "--rcfile", f"{self.home}/.bashrc", "-i"],
                         f"cd ~; PS1='ready> '; bind 'set enable-bracketed-paste off'; source {self.script('bash')}\n",
                         ".bashrc")

    def test_zsh(self):
        self.at_a_prompt(["zsh", "-i"],
                         "cd ~; PS1='ready> '; unset zle_bracketed_paste; bindkey -e; unsetopt prompt_sp\n"
                         f"autoload -Uz compinit && compinit -u -D; source {self.script('zsh')}\n", ".zshrc")

    def test_fish(self):
        for typed, expected in COMPLETED:
            with self.subTest(typed=typed):
                asked = f"cd ~; source {self.script('fish')}; complete -C {typed!r}"
                offered = subprocess.run(["fish", "--no-config", "-c", asked], capture_output=True, text=True, check=True,
                                         env={**self.environment, "HOME": self.home}).stdout
                words = [line.split("\t")[0] for line in offered.splitlines()]
                self.assertEqual(words, [expected.split()[-1]])

    def test_a_script_that_a_shell_reads_has_no_mistake(self):
        for shell in ("bash", "zsh", "fish"):
            subprocess.run([shell, "-n", self.script(shell)], check=True)

    def test_a_line_that_makes_no_sense_gets_silence(self):
        for words in (["nothing", ""], ["take", "--nothing", "x"], ["take", "no-such-file.toml", "--about", ""],
                      ["history", "nothing", ""], ["--", "\x1b[2J"], ["help", "take", ""]):
            asked = subprocess.run([ATTUNE, "completion", "zsh", "--", *words], capture_output=True, text=True,
                                   env={"HOME": self.home}, check=True)
            self.assertEqual((asked.stdout, asked.stderr), ("", ""), words)

    def test_a_locked_history_is_not_asked_about(self):
        home = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, home)
        environment = {"HOME": home, "PATH": self.environment["PATH"]}
        subprocess.run([ATTUNE, "take", "--form", "short", "--about", "friend:Ben", "--answers", ",".join("4" * 12)],
                       env=environment, stdout=subprocess.DEVNULL, check=True)
        subprocess.run([ATTUNE, "history", "lock", "--new-passphrase-from", "command:echo long enough"],
                       env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        asked = subprocess.run([ATTUNE, "completion", "zsh", "--", "take", "--about", "friend"], capture_output=True,
                               text=True, env=environment, check=True)
        self.assertNotIn("Ben", asked.stdout)
        self.assertEqual(asked.stderr, "")


if __name__ == "__main__":
    unittest.main()
