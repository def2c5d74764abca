# SPDX-License-Identifier: MIT
"""The statistics of 20,000 real respondents are those of R, and wrong keys are found among them.

The rows stand beside the source tree, in ../shared/data, and not in it; without them the tests on them are skipped.
"""

import csv
import json
import os
import subprocess
import tempfile
import tomllib
import unittest
from pathlib import Path

ATTUNE = os.environ["ATTUNE"]
SOURCE = Path(os.environ["ATTUNE_SOURCE"])
DATA = SOURCE.parent / "shared/data"
REVERSED = {3, 15, 19, 22, 25, 27, 29, 31, 33, 35}  # Brennan, Clark and Shaver 1998

HEAD = """format = 1
[questionnaire]
id = "ecr"
version = "1.0.0"
title = "A key"
summary = "A key."
instructions = "Answer."
language = "en"
status = "a test"
source = "a test"
license = "CC0-1.0"
[[response_scales]]
id = "agreement"
min = 1
max = 7
labels = { 1 = "no", 7 = "yes" }
"""
SCALE = """[[scales]]
id = "{0}"
name = "{0}"
low = "low"
high = "high"
bands = [{{ id = "all", text = "All." }}]
"""
STEP = """[[next_steps]]
id = "rest"
title = "Rest"
why = "Why."
try = "Try."
size = "small"
"""


def key(reverse):
    """Odd items avoidance, even items anxiety."""
    text = HEAD + SCALE.format("avoidance") + SCALE.format("anxiety")
    for item in range(1, 37):
        scale = "avoidance" if item % 2 else "anxiety"
        text += f'[[items]]\nid = "q{item}"\ntext = "I agree."\nscale = "{scale}"\n'
        text += "reverse = true\n" if item in reverse else ""
    return text + STEP


def rows_of(name):
    with open(DATA / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@unittest.skipUnless((DATA / "ecr_responses.csv").exists(), "there are no real rows beside the source tree")
class RealRows(unittest.TestCase):
    def analyze(self, *options, reverse=REVERSED, rows=DATA / "ecr_responses.csv"):
        with tempfile.TemporaryDirectory() as home:
            Path(home, "ecr.toml").write_text(key(reverse), encoding="utf-8")
            done = subprocess.run(
                [ATTUNE, "analyze", "./ecr.toml", str(rows), "--columns", "Q1-Q36"]
                + ["--range", "1-5", "--missing", "0", "--format", "json", *options],
                cwd=home,
                env={"HOME": home, "PATH": "/usr/bin:/bin"},
                capture_output=True,
                text=True,
                check=False,
            )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def flagged(self, reverse, *options):
        scales = self.analyze(*options, reverse=reverse)["scales"].values()
        return {int(item[1:]) for scale in scales for item, its in scale["items"].items() if its["flag"]}

    def test_each_scale_has_the_statistics_of_R(self):
        analysis = self.analyze()
        expected = tomllib.loads((DATA / "ecr_expected_reliability.toml").read_text(encoding="utf-8"))
        self.assertEqual(analysis["rows"], 20000)
        for name in ("anxiety", "avoidance"):
            with self.subTest(scale=name):
                scale, of_r = analysis["scales"][name], expected[name]
                self.assertEqual(scale["n"], of_r["n"])
                self.assertEqual(scale["incomplete"], 20000 - of_r["n"])
                self.assertAlmostEqual(scale["alpha"], of_r["alpha"], delta=1e-9)
                self.assertAlmostEqual(scale["mean"], of_r["mean"], delta=1e-6)
                self.assertAlmostEqual(scale["sd"], of_r["sd"], delta=1e-7)
        (between,) = analysis["correlations"]
        self.assertEqual(between["n"], expected["both"]["n"])
        self.assertAlmostEqual(between["r"], expected["both"]["r"], delta=1e-8)

    def test_each_item_has_the_statistics_of_R(self):
        analysis = self.analyze()
        expected = rows_of("ecr_expected_items.csv")
        self.assertEqual(len(expected), 36)
        for of_r in expected:
            with self.subTest(item=of_r["item"]):
                item = analysis["scales"][of_r["scale"]]["items"][of_r["item"].lower()]
                for name in ("mean", "sd", "item_rest_r", "alpha_if_dropped"):
                    self.assertAlmostEqual(item[name], float(of_r[name]), delta=1e-7)
                self.assertIsNone(item["flag"])

    def test_missing_answers_are_those_of_the_file(self):
        rows = rows_of("ecr_responses.csv")
        item = self.analyze()["scales"]["avoidance"]["items"]["q3"]
        self.assertEqual(item["missing"], sum(row["Q3"] == "0" for row in rows))

    def test_exactly_the_items_with_a_wrong_key_are_flagged(self):
        in_another_order = {9, 11, 20, 22, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35}
        for reverse in (
            REVERSED,
            REVERSED - {3},  # one forgotten
            REVERSED | {1, 2},  # one in vain in each scale
            REVERSED ^ {1, 3, 15, 17, 19, 22, 24, 26},  # six of avoidance, three of anxiety
            in_another_order,
            set(),  # no reversals at all: half of avoidance
        ):
            with self.subTest(reverse=sorted(reverse)):
                flagged = self.flagged(reverse)
                if reverse:
                    self.assertEqual(flagged, reverse ^ REVERSED)
                    continue
                # Nothing in the key tells the halves apart: one of them, and the scale says so.
                odd = {item for item in range(1, 37, 2)}
                self.assertIn(flagged - {22}, [odd & REVERSED, odd - REVERSED])
                self.assertIn(22, flagged)

    def test_the_scale_says_where_no_half_is_the_larger_one(self):
        scales = self.analyze(reverse=set())["scales"]
        self.assertTrue(scales["avoidance"]["even_split"])
        self.assertFalse(scales["anxiety"]["even_split"])


class AnyRows(unittest.TestCase):
    def peak_memory_kib(self, home, count):
        row = ",".join(str(1 + (3 * item) % 7) for item in range(36)) + "\n"
        names = ",".join(f"q{item}" for item in range(1, 37)) + "\n"
        Path(home, "rows.csv").write_text(names + row * count, encoding="utf-8")
        # The memory of a child begins as that of its parent, so a small program starts it.
        done = subprocess.run(
            [os.environ["PEAK_MEMORY"], ATTUNE, "analyze", "./ecr.toml", "rows.csv", "-o", f"{count}.json"]
            + ["--format", "json"],
            cwd=home,
            env={"HOME": home, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(json.loads(Path(home, f"{count}.json").read_text(encoding="utf-8"))["rows"], count)
        return int(done.stdout)

    def test_twenty_times_the_rows_take_the_same_memory(self):
        with tempfile.TemporaryDirectory() as home:
            Path(home, "ecr.toml").write_text(key(REVERSED), encoding="utf-8")
            few = self.peak_memory_kib(home, 10_000)
            many = self.peak_memory_kib(home, 200_000)
        self.assertLess(many, few + 1024)


if __name__ == "__main__":
    unittest.main()
