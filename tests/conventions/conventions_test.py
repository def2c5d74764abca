# SPDX-License-Identifier: MIT
"""What the best command-line tools do, a line each: a check that it is so here, or the reason why it is not.

From the Command Line Interface Guidelines (clig.dev), the GNU Coding Standards, POSIX (utility syntax), the XDG Base Directory
Specification, NO_COLOR, sysexits.h, the Debian Policy and the man pages of man-pages(7)."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "manual"))
from manual import ATTUNE, SOURCE, Home, help_commands, page  # noqa: E402

ANSWERS = "5,3,6,2,4,3,5,4,2,4,3,6"
ESCAPE = "\x1b["


class Answer:
    def __init__(self, done):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr


class World(Home):
    """A home with one check-in, and the program in it."""

    def __enter__(self):
        super().__enter__()
        self.commands = help_commands(self)
        self.ask("take", "--form", "short", "--answers", ANSWERS)
        self.data = self.path / ".local/share/attune"
        return self

    def ask(self, *words, stdin=subprocess.DEVNULL, **environment):
        given = {"input": stdin} if isinstance(stdin, str) else {"stdin": stdin}
        env = {key: value for key, value in {**self.environment(), **environment}.items() if value is not None}
        return Answer(subprocess.run([ATTUNE, *words], cwd=self.path, env=env, capture_output=True, text=True, timeout=60, check=False, **given))

    def seen(self, *words, **environment):
        """What stands on a terminal."""
        main, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        with subprocess.Popen([ATTUNE, *words], cwd=self.path, env={**self.environment(), **environment}, stdin=other, stdout=other, stderr=other) as process:
            os.close(other)
            text = b""
            try:
                while block := os.read(main, 65536):
                    text += block
            except OSError:
                pass
            process.wait()
        os.close(main)
        return text.decode()


# source, what it asks for, and a check or, as a text, the reason against it
LINES = [
    ("clig", "bare, it says briefly what it is and how to begin", lambda w: len(w.ask().out.splitlines()) <= 20 and "attune take" in w.ask("help").out),
    ("clig", "-h and --help say the same, on standard output, with status 0", lambda w: all((w.ask(*c.split(), "-h").out, w.ask(*c.split(), "-h").status) == (w.ask(*c.split(), "--help").out, 0) for c in ("take", "history list"))),
    ("clig", "help wins over everything else on the line", lambda w: w.ask("take", "--answers", "99", "--help").status == 0),
    ("clig", "`help COMMAND` and `COMMAND --help` are one", lambda w: w.ask("help", "trend").out == w.ask("trend", "--help").out),
    ("clig", "help begins with usage and has examples", lambda w: all(w.ask(*c.split(), "--help").out.startswith("Usage: attune " + c) and "\nExamples\n" in w.ask(*c.split(), "--help").out for c in w.commands)),
    ("clig", "no long option without a meaning in its help", lambda w: all("." in part for c in w.commands for part in re.split(r"\n(?=  -\w, |      --)", w.ask(*c.split(), "--help").out.split("\nOptions\n")[1])[1:])),
    ("clig", "the manual has a page, and help says so", lambda w: "man attune" in w.ask("help").out and (SOURCE / "man/attune.1").exists()),
    ("clig", "a misspelt command gets the nearest name and is not run", lambda w: w.ask("tkae").status == 2 and "take" in w.ask("tkae").err),
    ("clig", "a misspelt option, too", lambda w: w.ask("take", "--abuot", "partner").status == 2 and "--about" in w.ask("take", "--abuot", "partner").err),
    ("clig", "results go to standard output, talk to standard error", lambda w: w.ask("history", "list").err == "" and w.ask("nothing").out == ""),
    ("clig", "success is 0 and failure is not", lambda w: (w.ask("list").status, w.ask("show", "nothing").status) == (0, 66)),
    ("clig", "machine-readable output on demand", lambda w: json.loads(w.ask("trend", "--format", "json").out)["schema"] == "attune.trend"),
    ("clig", "JSON says which schema and version it is", lambda w: all(json.loads(w.ask(*c.split(), "--format", "json").out).get("version") == 1 for c in ("trend", "progress", "next"))),
    ("clig", "no colour where output is no terminal", lambda w: ESCAPE not in w.ask("history", "show", "last").out),
    ("clig", "colour on a terminal", lambda w: ESCAPE in w.seen("history", "show", "last")),
    ("no-color", "NO_COLOR switches it off there", lambda w: not re.search(r"\x1b\[[\d;]*3\dm", w.seen("history", "show", "last", NO_COLOR="1"))),
    ("no-color", "an empty NO_COLOR does not", lambda w: ESCAPE in w.seen("history", "show", "last", NO_COLOR="")),
    ("no-color", "what the line asks for wins over NO_COLOR", lambda w: ESCAPE in w.ask("history", "show", "last", "--color", "always", NO_COLOR="1").out),
    ("bixense", "CLICOLOR_FORCE brings colour into a pipe", lambda w: ESCAPE in w.ask("history", "show", "last", CLICOLOR_FORCE="1").out),
    ("clig", "TERM=dumb means plain lines", lambda w: ESCAPE not in w.seen("history", "show", "last", TERM="dumb")),
    ("clig", "nothing moves where output is no terminal", lambda w: "\r" not in w.ask("history", "show", "last").out + w.ask("score", "ecr", "-", stdin="").err),
    ("clig", "a pager only on a terminal, and $PAGER chooses it", lambda w: "PAGED" in w.seen("history", "show", "last", PAGER="echo PAGED; cat") and "PAGED" not in w.ask("history", "show", "last", PAGER="echo PAGED; cat").out),
    ("clig", "--no-pager", lambda w: "PAGED" not in w.seen("--no-pager", "history", "show", "last", PAGER="echo PAGED; cat")),
    ("clig", "errors are short, say what is wrong and what would be right", lambda w: re.fullmatch(r"attune: [^\n]+\n(  [^\n]+\n){1,3}", w.ask("take", "--form", "tiny", "--answers", "1").err)),
    ("clig", "no stack trace, and where a fault of ours is to be reported", lambda w: "Please report" in page("attune.1")),
    ("clig", "a long form of every short option", lambda w: not re.search(r"^  -\w(?!, --)", "".join(w.ask(*c.split(), "--help").out for c in w.commands), re.M)),
    ("clig", "one letter alone for what is common", lambda w: sum(len(re.findall(r"^  -\w, ", w.ask(*c.split(), "--help").out, re.M)) for c in w.commands) < 3 * len(w.commands)),
    ("clig", "the same names of options everywhere: -o, --format, --force", lambda w: all("-o, --output" in w.ask(*c.split(), "--help").out for c in w.commands if "--format FORMAT" in w.ask(*c.split(), "--help").out)),
    ("clig", "`-` is standard input or output", lambda w: w.ask("init", "a", "-o", "-").out.startswith("#:schema") and w.ask("take", "--form", "short", "--no-save", "--answers", "-", stdin=ANSWERS).status == 0),
    ("clig", "options before or behind operands", lambda w: w.ask("show", "--format", "toml", "growth").out == w.ask("show", "growth", "--format", "toml").out),
    ("clig", "it asks for nothing without a terminal", lambda w: w.ask("take").status == 2 and "--answers" in w.ask("take").err),
    ("clig", "what a person has to confirm asks for it, and can be told in a script", lambda w: w.ask("history", "purge", "--all").status != 0 and w.ask("history", "list").out.count("\n") > 1),
    ("clig", "no secret is taken from the line or a variable", lambda w: "--passphrase " not in w.ask("history", "lock", "--help").out),
    ("clig", "no file is replaced without being told", lambda w: w.ask("init", "mine").status == 0 and w.ask("init", "mine").status == 73),
    ("clig", "files are complete or not there", lambda w: w.ask("report", "-o", "/dev/full/x.html").status == 73),
    ("clig", "deleting can be undone", lambda w: w.ask("history", "delete", "last").status == 0 and w.ask("history", "undo").status == 0),
    ("clig", "Ctrl-C ends it at once, and what was done stays", "tests/terminal and tests/faults/signals.py try it at each of the 36 questions."),
    ("clig", "it says what goes on when something takes long", "No command does: a million rows take seconds, and they are shown as they come."),
    ("clig", "telemetry only with consent", "There is no network code; tests/privacy/traces.py looks for it."),
    ("clig", "a config file only where options are not enough", lambda w: re.search(r"Its one key is\n\.Ql contact", page("attune.1"))),
    ("clig", "the order of precedence is options, environment, files", lambda w: w.ask("--color=never", "history", "show", "last", CLICOLOR_FORCE="1").out.count(ESCAPE) == 0),
    ("clig", "names of variables begin with the program's", lambda w: set(re.findall(r"Ev (ATTUNE\w+)", page("attune.1"))) >= {"ATTUNE_PAGER", "ATTUNE_NOW", "ATTUNE_SEED"}),
    ("clig", "a closed pipe is no error", lambda w: w.run("attune list | head -n 1").stderr == "" and w.run("attune list | head -n 1").returncode == 0),
    ("clig", "one file that can be copied and removed", "tests/install copies it alone and uses it."),
    ("gnu", "--version prints name and version, and nothing else first", lambda w: re.fullmatch(r"attune \d+\.\d+\.\d+\n", w.ask("--version").out)),
    ("gnu", "long options take a value behind = or a blank", lambda w: w.ask("history", "list", "--format=json").out == w.ask("history", "list", "--format", "json").out),
    ("gnu", "abbreviated long options are accepted", "They break scripts when an option is added: the whole name is told, and nothing run."),
    ("gnu", "messages begin with the name of the program", lambda w: w.ask("show", "nothing").err.startswith("attune: ")),
    ("gnu", "errors in a file as file:line:column: message", lambda w: (w.path / "bad.toml").write_text("format = 2\n") and re.match(r"bad\.toml:\d+:\d+: ", w.ask("check", "bad.toml").out)),
    ("posix", "-- ends the options", lambda w: "'--x'" in w.ask("show", "--", "--x").err and w.ask("show", "--", "--x").status == 66),
    ("posix", "short options take a value with or without a blank", lambda w: w.ask("history", "list", "-n1").out == w.ask("history", "list", "-n", "1").out != ""),
    ("posix", "numbers do not depend on the locale", "tests/hostile/locales.py compares all outputs in three."),
    ("posix", "text ends with a line end", lambda w: all(w.ask(*c.split()).out.endswith("\n") for c in ("list", "show growth", "history list", "trend", "codebook growth"))),
    ("sysexits", "64 for a wrong line", "2 it is, as shells and GNU do; the others are 65, 66, 70, 73 to 78 (attune(1))."),
    ("sysexits", "65 for wrong data, 66 for what is missing", lambda w: (w.ask("take", "--answers", "9").status, w.ask("score", "ecr", "no.csv").status) == (65, 66)),
    ("sysexits", "74 for a full disk", lambda w: w.run("attune list >/dev/full").returncode == 74),
    ("xdg", "data in XDG_DATA_HOME, ~/.local/share without it", lambda w: (w.data / "history.db").exists() and w.ask("take", "--form", "short", "--answers", ANSWERS, XDG_DATA_HOME=f"{w.path}/d").status == 0 and (w.path / "d/attune/history.db").exists()),
    ("xdg", "a relative XDG_DATA_HOME is ignored", lambda w: w.ask("history", "list", XDG_DATA_HOME="d").out.count("\n") > 1),
    ("xdg", "folders it makes are 0700", lambda w: w.data.stat().st_mode & 0o777 == 0o700),
    ("xdg", "nothing else stands in the home", lambda w: {path.name for path in w.path.iterdir()} <= {".local", "d", "mine.toml", "bad.toml"}),
    ("xdg", "state and cache have folders of their own", "There is neither: a draft is data that nobody wants to lose."),
    ("debian", "a manual page for every command", "tests/install looks for each with man -w."),
    ("debian", "copyright, changelog, completions where they belong", "tests/install/package_test.py has lintian look at the package."),
    ("debian", "purging a package leaves what is in homes", "tests/install/package_test.py does it, with a sitting that is open."),
    ("man-pages", "ENVIRONMENT, FILES, EXIT STATUS, EXAMPLES, SEE ALSO", lambda w: all(f".Sh {name}\n" in page("attune.1") for name in ("ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO"))),
]


class Conventions(unittest.TestCase):
    def test_each_line_is_kept_or_has_a_reason(self):
        self.assertGreaterEqual(len(LINES), 60)
        self.assertEqual(len({rule for _, rule, _ in LINES}), len(LINES))
        with World() as world:
            for source, rule, check in LINES:
                with self.subTest(source=source, rule=rule):
                    if isinstance(check, str):
                        self.assertGreater(len(check), 20)
                        for name in re.findall(r"tests/[\w/.]+\w", check):
                            self.assertTrue((SOURCE / name).exists(), name)
                    else:
                        self.assertTrue(check(world))


if __name__ == "__main__":
    unittest.main()
