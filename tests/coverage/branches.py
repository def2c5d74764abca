# SPDX-License-Identifier: MIT
"""How many branches of each module the tests take, counted by gcov.

    branches.py BUILD [--untaken MODULE]

BUILD is a build of the preset `coverage` whose tests have run. Branches that only an exception takes, and those of lines
without code, are not counted: gcovr --exclude-throw-branches --exclude-unreachable-branches. --untaken shows the lines of
a module with branches that no test takes. Exit 1 when scoring, interpretation or store has less than 95 %.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {"scoring": 0.95, "interpretation": 0.95, "store": 0.95}


def measured(build):
    """What gcovr says about the sources of the libraries, a file each."""
    command = ["gcovr", "--root", ROOT, "--filter", f"{ROOT}/src/", "--object-directory", build, "--json"]
    command += ["--exclude-throw-branches", "--exclude-unreachable-branches", build]
    done = subprocess.run(command, cwd=build, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)["files"]


def by_module(files):
    """For each module the number of branches and of those taken."""
    counts = defaultdict(lambda: [0, 0])
    for each in files:
        module = Path(each["file"]).parts[1]
        for line in each["lines"]:
            counts[module][0] += len(line["branches"])
            counts[module][1] += sum(branch["count"] > 0 for branch in line["branches"])
    return {module: tuple(count) for module, count in counts.items() if count[0] > 0}


def problems(counts):
    """What is missing; a module without a single branch was not measured at all."""
    wrong = []
    for module, needed in NEEDED.items():
        branches, taken = counts.get(module, (0, 0))
        if branches == 0:
            wrong.append(f"{module}: nothing was measured")
        elif taken < needed * branches:
            wrong.append(f"{module}: fewer than {100 * needed:.0f} % of the branches are taken")
    return wrong


def untaken(files, module):
    for each in files:
        if Path(each["file"]).parts[1] != module:
            continue
        text = (ROOT / each["file"]).read_text().splitlines()
        for line in each["lines"]:
            missed = sum(branch["count"] == 0 for branch in line["branches"])
            if missed > 0:
                place = f"{each['file']}:{line['line_number']}"
                yield f"{place}: {missed} of {len(line['branches'])}: {text[line['line_number'] - 1].strip()}"


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--untaken", metavar="MODULE")
    options = parser.parse_args(words)
    files = measured(options.build.resolve())
    if options.untaken:
        print(*untaken(files, options.untaken), sep="\n")
    counts = by_module(files)
    shares = []
    for module, (branches, taken) in sorted(counts.items()):
        shares.append(f"{module} {100 * taken / branches:.1f} %")
        print(f"{module:<16}{taken:>6} of {branches:>6} branches {100 * taken / branches:6.1f} %")
    wrong = problems(counts)
    for problem in wrong:
        print(problem)
    print(f"coverage: {', '.join(shares)} of the branches")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
