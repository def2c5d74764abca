# SPDX-License-Identifier: MIT
"""Odd surroundings: standard streams that are closed or full, no home, no terminal type, other languages, a place that can't
be written to. A sitting either works or says before its first question why it can't."""

import itertools
import os
import re
import subprocess
import sys

from faults import ANSWERS, DEFINITION, PATIENCE, Home, Sitting, arguments, end

TAKE = ["take", str(DEFINITION), "--answers", ",".join(ANSWERS)]
NOBODY = 65534


def run(home, words, environment, **named):
    return subprocess.run([home.attune_file, *words], env=environment, cwd=home.path, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=PATIENCE, check=False, **named)


def closed_streams(attune, problems):
    """All eight ways in which 0, 1 and 2 may be open or closed: never does an answer or a message land in the history."""
    count = 0
    for closed in itertools.chain.from_iterable(itertools.combinations((0, 1, 2), size) for size in range(4)):
        with Home(attune) as home:
            redirections = " ".join(f"{number}{'<' if number == 0 else '>'}&-" for number in closed)
            done = subprocess.run(["sh", "-c", f'"$0" "$@" {redirections}', attune, *TAKE], env=home.environment(),
                                  stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
            if home.kept() != ANSWERS:
                problems.append(f"closed {closed}: status {done.returncode}, kept: {home.kept()}")
        count += 1
    return count


def full_streams(attune, problems):
    with Home(attune) as home:
        for words in (TAKE, ["list"], ["--version"], ["history", "export"]):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = subprocess.run([attune, *words], env=home.environment(), stdin=subprocess.DEVNULL, stdout=full,
                                      stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False)
            if done.returncode != 74 or "the disk is full" not in done.stderr:
                problems.append(f"{words[0]} into a full device: status {done.returncode}: {done.stderr}")
    return 4


def homes(attune, problems):
    """(variables, where the history is; None: told that no place is known)"""
    cases = [
        ({"HOME": "{home}"}, ".local/share/attune"),
        ({"HOME": "{home}/not/there/yet"}, "not/there/yet/.local/share/attune"),
        ({"HOME": "{home}", "XDG_DATA_HOME": "{home}/data"}, "data/attune"),
        ({"HOME": "{home}", "XDG_DATA_HOME": "relative"}, ".local/share/attune"),
        ({"HOME": "{home}", "XDG_DATA_HOME": ""}, ".local/share/attune"),
        ({"HOME": "relative", "XDG_DATA_HOME": "{home}/data"}, "data/attune"),
        ({"HOME": "relative"}, None),
    ]
    for variables, place in cases:
        with Home(attune) as home:
            done = run(home, TAKE, {name: value.format(home=home.path) for name, value in variables.items()})
            found = [str(path.parent.relative_to(home.path)) for path in home.path.rglob("history.db")]
            right = found == [place] and done.returncode == 0 if place else not found and done.returncode == 78
            if not right:
                problems.append(f"{variables}: status {done.returncode}, the history is in {found}: {done.stderr}")
    return len(cases)


def languages(attune, problems):
    """The same bytes in every language of the system, and plain ASCII where nothing says UTF-8."""
    outputs = {}
    for name in ("C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "en_US.UTF-8"):
        with Home(attune) as home:
            named = {"LC_ALL": name, "LANG": name, "ATTUNE_NOW": "2026-11-24T09:14:00+01:00", "ATTUNE_SEED": "1"}
            outputs[name] = [run(home, words, home.environment() | named).stdout
                             for words in (TAKE, [*TAKE, "--no-save", "--format", "json"], ["list", "--format", "json"])]
    problems += [f"{name} is not as in C.UTF-8" for name, output in outputs.items() if output != outputs["C.UTF-8"]]
    with Home(attune) as home:
        plain = run(home, TAKE, home.environment() | {"LC_ALL": "C"}).stdout
        if not plain or not plain.isascii():
            problems.append("not ASCII in C")
    return len(outputs) + 1


def terminals(attune, problems):
    """The first question stands on any terminal, of any size it gives itself."""
    count = 0
    for kind, columns, language in itertools.product((None, "dumb", "xterm", "made-up"), (None, "0", "1", "9999", "x"), ("C", "C.UTF-8")):
        with Home(attune) as home:
            environment = {"LC_ALL": language} | ({"COLUMNS": columns} if columns else {})
            environment["TERM"] = kind or ""
            sitting = Sitting(str(home.path), [attune, "take", DEFINITION], environment=environment)
            shown = sitting.wait_for(r"Question 1 of 5[\s\S]*(> |help: )$").group(0)
            if language == "C" and not shown.isascii():
                problems.append(f"TERM={kind} in C: not ASCII")
            if kind in (None, "dumb") and "\x1b" in shown:
                problems.append(f"TERM={kind}: it draws")
            sitting.send("\x03")
            _, status = sitting.end()
            os.close(sitting.master)
            os.close(sitting.slave)
            if status != 130:
                problems.append(f"TERM={kind}, COLUMNS={columns}: status {status}")
        count += 1
    return count


def unwritable(attune, problems):
    """Nobody answers a question for nothing: a place that can't be written to is told before the first one."""
    if os.geteuid() != 0:
        return 1  # the modes below stop only others than root; the other proofs are enough to go on
    with Home(attune) as home:
        home.path.chmod(0o755)
        for path in (home.data.parent.parent, home.data.parent, home.data):
            path.mkdir()
            os.chown(path, NOBODY, NOBODY)
        home.data.chmod(0o500)
        sitting = Sitting(str(home.path), ["setpriv", f"--reuid={NOBODY}", "--clear-groups", attune, "take", DEFINITION],
                          environment=home.environment())
        text, status = sitting.end()
        os.close(sitting.master)
        os.close(sitting.slave)
        if status not in (73, 77) or "Question 1" in text or not re.search(r"attune: .*history\.db", text):
            problems.append(f"a directory that can't be written to: status {status}: {text}")
    return 1


def main():
    options = arguments(__doc__)
    problems = []
    counts = [proof(options.attune, problems) for proof in (closed_streams, full_streams, homes, languages, terminals, unwritable)]
    return end(problems, f"environment: {sum(counts)} surroundings, {len(problems)} wrong", min(counts))


if __name__ == "__main__":
    sys.exit(main())
