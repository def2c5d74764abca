# SPDX-License-Identifier: MIT
"""Every signal that a terminal or a shell sends, at each of 36 prompts: what was confirmed is kept, the same command goes on,
and the terminal is as it was."""

import os
import signal
import sys

from faults import Home, Sitting, arguments, end

PROMPTS = 36
ENDING = {  # what each does, and the status it leaves
    signal.SIGINT: 130,
    signal.SIGTERM: 130,
    signal.SIGHUP: 130,
    signal.SIGQUIT: 130,
    **{each: -each for each in (signal.SIGABRT, signal.SIGSEGV, signal.SIGALRM, signal.SIGUSR1, signal.SIGXCPU, signal.SIGKILL)},
}
PASSING = [signal.SIGWINCH, signal.SIGCONT]  # stopping needs a shell: tests/terminal/pty_test.py


def sitting_at(home, number):
    """A sitting that waits at prompt `number` of closeness; those before it are answered in the draft already."""
    # From a folder of its own, with core files allowed: none may come.
    allowed = ["sh", "-c", 'ulimit -c unlimited; cd "$HOME"; exec "$0" take', home.attune_file]
    sitting = Sitting(str(home.path), allowed, environment=home.environment())
    sitting.at(number, PROMPTS)
    return sitting


def problem_of_end(sitting, number, sent):
    text, status = sitting.end()
    if status != ENDING[sent]:
        return f"status {status}, not {ENDING[sent]}"
    if sent == signal.SIGHUP and "kept" in text:
        return "it is not silent"
    # A process that was killed outright can't put its terminal back.
    if sent != signal.SIGKILL and not sitting.is_restored():
        return "the terminal is not as it was"
    return None


def pass_signal(sitting, number, sent):
    """The question is drawn anew, and the next answer counts."""
    sitting.process.send_signal(sent)
    sitting.at(number, PROMPTS)


def closed(sitting):
    os.close(sitting.master)
    os.close(sitting.slave)


def main():
    options = arguments(__doc__)
    numbers = range(1, PROMPTS + 1) if options.long else (1, 2, 18, 36)
    problems = []
    sent_count = 0
    with Home(options.attune) as home:
        for number in range(1, PROMPTS + 1):
            if number in numbers:
                for sent in ENDING:
                    sitting = sitting_at(home, number)
                    sitting.process.send_signal(sent)
                    problem = problem_of_end(sitting, number, sent)
                    if not problem and len(home.kept()) != number - 1:
                        problem = f"{number - 1} answers were confirmed, {len(home.kept())} are kept"
                    if problem:
                        problems.append(f"{sent.name} at question {number}: {problem}")
                    closed(sitting)
                    sent_count += 1
            sitting = sitting_at(home, number)
            for sent in PASSING if number in numbers else ():
                pass_signal(sitting, number, sent)
                sent_count += 1
            sitting.send("4")
            sitting.until(rf"(?<!\d){number + 1} of {PROMPTS}|{PROMPTS} of {PROMPTS} answered")
            sitting.send("q")
            sitting.end()
            closed(sitting)
            if len(home.kept()) != number:
                problems.append(f"question {number} was answered, {len(home.kept())} answers are kept")
        problems += [f"a core file was left: {path.name}" for path in home.path.glob("*core*")]
    return end(problems, f"signals: {sent_count} signals at {len(numbers)} of {PROMPTS} prompts, {len(problems)} not resumable",
               sent_count)


if __name__ == "__main__":
    sys.exit(main())
