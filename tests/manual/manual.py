# SPDX-License-Identifier: MIT
"""The manual pages as data, and the program run as a reader of them would run it."""

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

ATTUNE = Path(os.environ["ATTUNE"]).resolve()
SOURCE = Path(os.environ["ATTUNE_SOURCE"]).resolve()
PAGES = sorted((SOURCE / "man").glob("*.[157]"))

SECONDS_TO_WAIT = 60
SHARED = {"--help", "--passphrase-from", "-o", "--output", "--force", "--width", "--plain", "--color", "--no-pager"}  # described once, for all commands that take them
BY_ID = {"scores", "derived", "differences", "probabilities", "scales"}  # objects whose keys are ids of a definition
ESCAPES = {r"\(:a": "ä", r"\(:u": "ü", r"\(dq": '"', r"\e": "\\", r"\&": "", r"\-": "-"}


def page(name):
    return (SOURCE / "man" / name).read_text(encoding="utf-8")


def plain(text):
    """The text without its mdoc escapes; one that is not known is an error of the test."""
    for escape, meaning in ESCAPES.items():
        text = text.replace(escape, meaning)
    return text


def section(text, heading, macro="Sh"):
    """What stands between one heading and the next of its kind or above."""
    ends = r"\.Sh " if macro == "Sh" else r"\.S[hs] "
    found = re.search(rf"^\.{macro} {re.escape(heading)}\n(.*?)(?=^{ends}|\Z)", text, re.M | re.S)
    if not found:
        raise AssertionError(f"the manual has no section '{heading}'")
    return found.group(1)


def headings(text, macro):
    return re.findall(rf"^\.{macro} (.*)$", text, re.M)


def literal_displays(text):
    return [plain(display) for display in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", text, re.M | re.S)]


def keys(value, of=""):
    """The names of all fields of a JSON value."""
    if isinstance(value, list):
        return set().union(*(keys(each, of) for each in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    names = set() if of in BY_ID else set(value)
    return names.union(*(keys(each, name if of not in BY_ID else "") for name, each in value.items()))


class Home:
    """An empty home directory to run the program in; gone at the end of the block."""

    def __enter__(self):
        self.path = Path(tempfile.mkdtemp(prefix="attune-manual-"))
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    def environment(self):
        return {
            "HOME": str(self.path),
            "PATH": f"{ATTUNE.parent}:/usr/local/bin:/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm", "PAGER": "cat",
            "TZ": "UTC",
            "ATTUNE_NOW": "2026-11-24T09:14:00+01:00",  # the examples name days of this year
        }

    def run(self, line):
        """Runs a shell line with nothing to read; every part of a pipe has to succeed."""
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            cwd=self.path,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_WAIT,
            check=False,
        )

    def attune(self, *words):
        """What the program prints; anything but success is an error of the test."""
        done = subprocess.run(
            [ATTUNE, *words],
            cwd=self.path,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_WAIT,
            check=False,
        )
        if done.returncode != 0:
            raise AssertionError(f"attune {' '.join(words)}: status {done.returncode}\n{done.stderr}")
        return done.stdout

    def on_terminal(self, line, replies):
        """Runs a shell line on a terminal; types each reply once its prompt is shown. (status, screen)

        A reply may be a function of what is on the screen.
        """
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.path)
            os.execvpe("bash", ["bash", "-c", line], self.environment())
        screen = ""
        replies = list(replies)
        deadline = time.monotonic() + SECONDS_TO_WAIT
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            try:
                block = os.read(terminal, 4096)
            except OSError:  # the program has ended
                break
            if not block:
                break
            screen += block.decode(errors="replace")
            if replies and replies[0][0] in screen:  # earlier keys would answer nothing
                reply = replies.pop(0)[1]
                time.sleep(0.16)  # a key that comes sooner after a question answers nothing
                os.write(terminal, (reply(screen) if callable(reply) else reply).encode())
        else:
            os.kill(child, signal.SIGKILL)
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), screen


class Option:
    """An option as the help or a page names it."""

    def __init__(self, names, has_value):
        self.names = tuple(sorted(names))
        self.has_value = has_value

    def __repr__(self):
        return "/".join(self.names) + (" VALUE" if self.has_value else "")

    def __eq__(self, other):
        return repr(self) == repr(other)

    def __hash__(self):
        return hash(repr(self))


def help_part(text, heading):
    """What stands below a heading of a help, up to the next one; nothing where it is missing."""
    found = re.search(rf"^{heading}\n(.*?)(?=^[A-Z]\w*$|\Z)", text, re.M | re.S)
    return found.group(1) if found else ""


def help_groups(home):
    """What the start page names, each with the commands below it; none where it is a command."""
    names = re.findall(r"(?:^|  )  ([a-z]+)  +\S", home.attune("help"), re.M)
    row = r"^  ([a-z][a-z -]*?)  "
    return {name: re.findall(row, help_part(home.attune(name, "--help"), "Commands"), re.M) for name in names}


def help_commands(home):
    """Every command: those of the start page, and those of a group in its place."""
    return [command for name, below in help_groups(home).items() for command in below or [name]]


def help_options(home, command):
    """The options of `attune COMMAND --help`, without those that commands share."""
    text = help_part(home.attune(*command.split(), "--help"), "Options")
    row = r"^(?:  (-\w), |      )(--[\w-]+)(\[=[A-Z]+\]| [A-Z][A-Z|-]*(?= |$))?"
    options = {
        Option([name for name in (short, long) if name], bool(value))
        for short, long, value in re.findall(row, text, re.M)
    }
    return {option for option in options if not SHARED & set(option.names)}


def help_examples(home, command):
    text = help_part(home.attune(*command.split(), "--help"), "Examples")
    return re.findall(r"^  (attune .*)$", text, re.M)
