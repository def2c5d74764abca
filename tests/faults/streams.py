# SPDX-License-Identifier: MIT
"""Standard streams that are closed (in all eight ways), full, torn or opened the wrong way: nothing of the talk lands in the
history, what is done is kept, what can't be said ends with 74, and a reader that left ends it quietly."""

import itertools
import os
import subprocess
import sys

from faults import ANSWERS, DEFINITION, Home, arguments, end

CANNOT_WRITE = 74
TAKE = ["take", str(DEFINITION), "--answers", ",".join(ANSWERS)]
COMMANDS = {  # and the status of each with its streams as they should be
    ("--version",): 0,
    ("list",): 0,
    ("show", "closeness"): 0,
    ("history", "list"): 0,
    ("history", "export"): 0,
    ("due", "closeness"): 0,
    ("take", "closeness"): 2,  # there is no terminal to ask on
    ("nonsense",): 2,
}
CLOSING = {0: "<&-", 1: ">&-", 2: "2>&-"}
TORN = {  # and the streams that can't be written
    ">/dev/full": {1},
    "2>/dev/full": {2},
    ">/dev/full 2>&1": {1, 2},
    "1</dev/null": {1},
    "2</dev/null": {2},
    "0>/dev/null": set(),
}


def through_shell(home, words, redirections):
    shell = ["bash", "-o", "pipefail", "-c", f'"$0" "$@" {redirections}']
    return home.attune(*words, prefix=shell)


def problem_of_closed(home, words, closed, usual):
    done = through_shell(home, words, " ".join(CLOSING[stream] for stream in closed))
    wanted = ("" if 1 in closed else usual.stdout, "" if 2 in closed else usual.stderr)
    if done.returncode != usual.returncode:
        return f"status {done.returncode}, not {usual.returncode}"
    return None if (done.stdout, done.stderr) == wanted else f"printed {done.stdout + done.stderr!r}"


def problem_of_torn(home, words, redirection, usual):
    done = through_shell(home, words, redirection)
    wanted = CANNOT_WRITE if usual.stdout and 1 in TORN[redirection] else usual.returncode
    if done.returncode != wanted:
        return f"status {done.returncode}, not {wanted}"
    if wanted == CANNOT_WRITE and 2 not in TORN[redirection] and "standard output: can't be written" not in done.stderr:
        return f"it is not told why: {done.stderr!r}"
    return None


def problem_of_pipe(home, words, usual):
    """Whoever reads has left before the first word: no word about it, and the status is as ever."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([home.attune_file, *words], env=home.environment(), cwd=home.path, stdin=subprocess.DEVNULL,
                          stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    return None if (done.returncode, done.stderr) == (usual.returncode, usual.stderr) else f"{done.returncode}: {done.stderr}"


def every_way(home, words, usual):
    """(what the streams were, a problem or nothing), in all ways."""
    for count in range(4):
        for closed in itertools.combinations(CLOSING, count):
            yield f"closed {closed}", problem_of_closed(home, words, closed, usual)
    for redirection in TORN:
        yield redirection, problem_of_torn(home, words, redirection, usual)
    yield "a pipe nobody reads", problem_of_pipe(home, words, usual)


def problem_of_record(options, redirection):
    """A check-in with these streams is kept, all of it and nothing else."""
    with Home(options.attune) as home:
        done = through_shell(home, TAKE, redirection)
        if done.returncode not in (0, CANNOT_WRITE):
            return f"status {done.returncode}: {done.stderr}"
        return None if home.kept() == ANSWERS else f"kept: {home.kept()}"


def main():
    options = arguments(__doc__)
    problems = []
    done = 0
    with Home(options.attune) as home:
        home.attune(*TAKE)
        for words, status in COMMANDS.items():
            usual = home.attune(*words)
            if usual.returncode != status:
                problems.append(f"{words} ended with {usual.returncode}: {usual.stderr}")
            for way, problem in every_way(home, words, usual):
                done += 1
                problems += [f"{words} {way}: {problem}"] if problem else []
        if home.kept() != ANSWERS:
            problems.append(f"after all that, kept: {home.kept()}")
    closings = [" ".join(closing) for count in range(4) for closing in itertools.combinations(CLOSING.values(), count)]
    for redirection in [*closings, *TORN, "| true"]:
        done += 1
        problem = problem_of_record(options, redirection)
        problems += [f"a check-in {redirection}: {problem}"] if problem else []
    return end(problems, f"streams: {done} runs with streams closed, full, torn or the wrong way, {len(problems)} wrong", done)


if __name__ == "__main__":
    sys.exit(main())
