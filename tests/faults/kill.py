# SPDX-License-Identifier: MIT
"""Killed outright (SIGKILL) at random moments of a sitting, and before each of its system calls: every confirmed answer is
kept, at most one more, and the same command goes on."""

import random
import sys

from faults import ANSWERS, DEFINITION, Home, Sitting, arguments, count_calls, end, sit

# In a short run: the calls between which an answer reaches the disk.
SAVING = {"openat", "pwrite64", "fsync", "fdatasync", "unlink", "ftruncate"}


def problem_of(home, confirmed):
    kept = home.kept()
    if not confirmed <= len(kept) <= confirmed + 1:
        return f"{confirmed} answers were confirmed, {len(kept)} are kept"
    if kept != ANSWERS[: len(kept)]:
        return f"kept: {kept}"
    drafts = home.attune("history", "drafts")  # opens, undoes what was half done, reads
    if drafts.returncode != 0:
        return f"it does not open: {drafts.stderr}"
    if home.kept() != kept:
        return f"opening changed {kept} to {home.kept()}"
    return None


def problem_of_going_on(home):
    """The same command goes on behind the answers that are kept."""
    count = len(home.kept())
    if not 0 < count < len(ANSWERS):
        return None
    again = Sitting(str(home.path), [home.attune_file, "take", DEFINITION, "--plain"])
    told = int(again.wait_for(r"Continuing from [\d-]+: (\d) of").group(1))
    again.wait_for("help: ")
    again.send("q\n")
    again.end()
    return None if told == count else f"{count} answers are kept, and it goes on with {told}"


def at_random(options, chance, problems):
    kills = 500 if options.long else 40
    for _ in range(kills):
        with Home(options.attune) as home:
            after = (chance.randrange(len(ANSWERS) + 1), chance.uniform(0, 0.02))
            confirmed, _, _ = sit(home, kill_after=after)
            problem = problem_of(home, confirmed) or problem_of_going_on(home)
            if problem:
                problems.append(f"killed {after[1] * 1000:.1f} ms after answer {after[0]}: {problem}")
    return kills


def before_each_call(options, problems):
    with Home(options.attune) as home:
        counts, before = count_calls(home, lambda log: ["strace", "-o", log], lambda prefix: sit(home, prefix))
    kills = 0
    for call, count in sorted(counts.items()):
        if call == "execve" or (not options.long and call not in SAVING):
            continue
        first = before.get(call, 0) + 1
        for number in range(first, count + 1):
            with Home(options.attune) as home:
                injection = f"inject={call}:signal=KILL:when={number}"
                confirmed, _, status = sit(home, ["strace", "-o", "/dev/null", "-e", injection])
                kills += status != 0
                problem = problem_of(home, confirmed)
                if problem:
                    problems.append(f"killed before {call} number {number}: {problem}")
    return kills


def main():
    options = arguments(__doc__)
    problems = []
    kills = at_random(options, random.Random(6), problems)
    before = before_each_call(options, problems)
    return end(problems, f"kill: {kills} kills at random and {before} before a system call, {len(problems)} with an answer lost", before)


if __name__ == "__main__":
    sys.exit(main())
