# SPDX-License-Identifier: MIT
"""Scores of real responses equal those that R computed (psych, careless), row by row. The responses stay outside the
project: the test is skipped where they are not beside it."""

import csv
import io
import math
import os
import subprocess
import unittest
from pathlib import Path

ATTUNE = os.environ["ATTUNE"]
DATA = Path(os.environ["ATTUNE_SOURCE"]).parent / "shared/data"
READING = ["--columns", "Q1-Q36", "--range", "1-5", "--missing", "0", "--keep", "row"]


def score(*options, data=DATA / "ecr_responses.csv"):
    done = subprocess.run([ATTUNE, "score", "ecr", str(data), *READING, *options], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return list(csv.DictReader(io.StringIO(done.stdout)))


def expected(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@unittest.skipUnless(DATA.is_dir(), "the real responses are not here")
class RealScores(unittest.TestCase):
    def test_each_row_is_scored_as_in_r(self):
        rows = score("--min-answered", "0", "--digits", "10")
        truth = expected("ecr_expected_scores.csv")
        self.assertEqual([row["row"] for row in rows], [row["row"] for row in truth])
        self.assertEqual(len(rows), 20000)
        unscored = 0
        for row, right in zip(rows, truth):
            answered = sum(int(row[f"{scale}_answered"]) for scale in ("anxiety", "avoidance"))
            self.assertEqual(answered, int(right["answered"]), right)
            for scale in ("anxiety", "avoidance"):
                if right[scale] in ("NaN", "NA", ""):
                    unscored += 1
                    self.assertEqual(row[scale], "", right)
                else:
                    self.assertLess(math.fabs(float(row[scale]) - float(right[scale])), 1e-6, right)
        self.assertGreater(unscored, 0)

    def test_signs_of_care_are_those_of_r(self):
        rows = {row["row"]: row for row in score("--care", "--digits", "10")}
        truth = expected("ecr_expected_care.csv")
        self.assertGreater(len(truth), 900)
        for right in truth:
            row = rows[right["row"]]
            self.assertEqual(row["longest_run"], right["longest_run"], right)
            self.assertLess(math.fabs(float(row["irv"]) - float(right["irv"])), 1e-6, right)
            self.assertEqual(row["answered_share"], "1", right)

    def test_the_rule_of_the_key_leaves_more_rows_unscored(self):
        lenient = score("--min-answered", "0")
        strict = score()
        for with_any, with_most in zip(lenient, strict):
            if with_most["anxiety"]:
                self.assertEqual(with_most["anxiety"], with_any["anxiety"])
        count = sum(bool(row["anxiety"]) for row in strict)
        self.assertLess(count, sum(bool(row["anxiety"]) for row in lenient))


if __name__ == "__main__":
    unittest.main()
