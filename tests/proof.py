# SPDX-License-Identifier: MIT
"""How a proof is called, and how it ends: the problems, one line with its figures, and a status."""

import argparse
from pathlib import Path


def arguments(description):
    """ATTUNE [--long]; the long run is for a soak, the other for every test."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("attune", type=lambda path: Path(path).resolve())
    parser.add_argument("--long", action="store_true")
    return parser.parse_args()


def end(problems, summary, done):
    """Tells the problems and the figures; the status of the proof. One that did nothing proves nothing."""
    for problem in problems[:60]:
        print(problem)
    print(summary)
    return 1 if problems or done == 0 else 0
