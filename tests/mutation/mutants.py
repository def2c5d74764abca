# SPDX-License-Identifier: MIT
"""How many small mistakes in `scoring` and `trend` the unit tests notice.

    mutants.py BUILD [--sample N] [--seed SEED] [--jobs JOBS] [FILE...]

BUILD is a build of the preset `dev`. Each mutant of each FILE (all of src/scoring and src/trend) is compiled alone, linked in
front of the objects of attune_unit, and run: first against the tests of its module, then against all others. What no test
notices is shown with its line. Exit 1 when fewer than 85 % are noticed, or when equivalent.toml is wrong.
"""

import argparse
import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from equivalents import read_equivalents
from mutations import mutants_of
from workshop import Workshop

ROOT = Path(__file__).resolve().parents[2]
NEEDED = 0.85
FOLDERS = ("src/scoring", "src/trend")


def all_files():
    return sorted(str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / folder).glob("*.cpp"))


def options_of(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of the mutants, spread over all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_intermixed_args(words)


def chosen(options):
    """The pairs of file and mutant to try."""
    pairs = []
    for file in options.files or all_files():
        pairs += [(file, mutant) for mutant in mutants_of((ROOT / file).read_text())]
    if options.sample is not None and options.sample < len(pairs):
        pairs = sorted(random.Random(options.seed).sample(pairs, options.sample), key=pairs.index)
    return pairs


def describe(file, mutant):
    line = (ROOT / file).read_text().splitlines()[mutant.line - 1].strip()
    return f"{file}:{mutant.line}: {mutant.change}\n    {line}"


def try_all(workshop, pairs, jobs):
    """The outcome of each mutant, with a line for each that survives as soon as it is known."""

    def attempt(pair):
        outcome = workshop.outcome(*pair)
        if outcome == "survived":
            print(describe(*pair), flush=True)
        return outcome

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(attempt, pairs))


def main(words):
    options = options_of(words)
    pairs = chosen(options)
    workshop = Workshop(ROOT, options.build.resolve(), sorted({file for file, _ in pairs}))
    outcomes = try_all(workshop, pairs, options.jobs)
    counts = Counter(outcomes)
    equivalents = read_equivalents(ROOT)
    wrong = equivalents.problems(zip(pairs, outcomes))
    for problem in wrong:
        print(problem)
    listed = sum(outcome == "survived" and equivalents.has(*pair) for pair, outcome in zip(pairs, outcomes))
    killed = counts["killed"] + counts["timed out"]
    tried = killed + counts["survived"]
    share = killed / tried if tried else 0
    print(
        f"mutants: {tried} tried, {killed} killed ({100 * share:.1f} %; {counts['timed out']} by time), "
        f"{counts['survived']} survived, {listed} of them equivalent; {counts['did not compile']} did not compile"
    )
    return 0 if share >= NEEDED and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
