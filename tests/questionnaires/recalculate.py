#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Recalculates profiles from a definition alone (recalculation.py) and compares the program's.

    recalculate.py ATTUNE QUESTIONNAIRE.toml [--form ID] [--seed N]
    recalculate.py --self-test

Twenty seeded sets of answers, skips among them; one line for each; exit status 1 when any differs.
"""

import argparse
import itertools
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import tomllib
from decimal import Decimal

sys.dont_write_bytecode = True
import recalculation as rules  # noqa: E402 (after the line above, which keeps the tree clean)

SETS = 20
TOLERANCE = 1e-9


def load(path):
    with open(path, "rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def answerable(definition, form):
    """Rating items that are asked whatever was answered before."""
    by_id = {i["id"]: i for i in definition["items"]}
    items = [by_id[i] for i in rules.form_ids(definition, form)]
    return [i for i in items if i.get("kind", "rating") == "rating" and "ask_when" not in i]


def extreme_sets(definition, items):
    limits = {i["id"]: (rules.response_scale(definition, i)["min"], rules.response_scale(definition, i)["max"]) for i in items}
    first_of_scale = {i["scale"]: i["id"] for i in reversed(items)}
    yield "nothing answered", {}
    yield "one item answered", {items[-1]["id"]: limits[items[-1]["id"]][1]}
    yield "one answered per scale", {i: limits[i][1] for i in first_of_scale.values()}
    yield "all at the lowest", {i: low for i, (low, _) in limits.items()}
    yield "all at the highest", {i: high for i, (_, high) in limits.items()}
    yield "all in the middle", {i: (low + high) // 2 for i, (low, high) in limits.items()}
    yield "lowest keyed", {i["id"]: rules.keyed(definition, i, limits[i["id"]][0]) for i in items}
    yield "highest keyed", {i["id"]: rules.keyed(definition, i, limits[i["id"]][1]) for i in items}


def random_set(definition, items, numbers, share_skipped):
    """A person with a level of their own on each main scale, who scatters around it."""
    mains = {s["id"]: s.get("parent", s["id"]) for s in definition["scales"]}
    levels = {main: numbers.random() for main in sorted(set(mains.values()))}
    answers = {}
    for item in items:
        limits = rules.response_scale(definition, item)
        span = limits["max"] - limits["min"]
        wished = limits["min"] + levels[mains[item["scale"]]] * span + numbers.gauss(0, span / 5)
        raw = min(max(round(wished), limits["min"]), limits["max"])
        if numbers.random() >= share_skipped:
            answers[item["id"]] = rules.keyed(definition, item, raw)
    return answers


def response_sets(definition, form, seed):
    numbers = random.Random(seed)
    items = answerable(definition, form)
    sets = list(extreme_sets(definition, items))
    shares = itertools.cycle([0, 0.02, 0.05, 0.1, 0.15, 0.25, 0.9])
    for share in itertools.islice(shares, SETS - len(sets)):
        sets.append((f"random, {share:.0%} skipped", random_set(definition, items, numbers, share)))
    return sets


def answers_argument(definition, form, answers):
    """Every item in order for the full form; by id for another, whose unnamed items are skipped."""
    if form == "full":
        return ",".join(str(answers.get(i["id"], "s")) for i in definition["items"])
    return ",".join(f"{item}={raw}" for item, raw in answers.items())


def run_program(program, path, definition, form, answers):
    command = [program, "take", path, "--answers", answers_argument(definition, form, answers),
               "--no-save", "--format", "json"]  # fmt: skip
    if form != "full":
        command += ["--form", form]
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env=environment, timeout=60)  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def differs(expected, given):
    if isinstance(expected, float):
        return not isinstance(given, (int, float)) or not abs(expected - given) <= TOLERANCE
    return expected != given


def compare_derived(derived, given):
    if set(given) != set(derived):
        return [f"derived {sorted(given)} instead of {sorted(derived)}"]
    problems = []
    for name, expected in derived.items():
        for key, value in expected.items():
            if differs(value, given[name].get(key)):
                problems.append(f"derived {name}.{key}: {given[name].get(key)} instead of {value}")
        if (expected["score"] is None) != bool(given[name].get("reason")):
            problems.append(f"derived {name}.reason: {given[name].get('reason')!r}")
    return problems


def compare(scores, derived, region, given):
    """What differs, one line each."""
    problems = compare_derived(derived, given.get("derived", {}))
    if set(given["scores"]) != set(scores):
        return [f"scales {sorted(given['scores'])} instead of {sorted(scores)}"]
    for name, expected in scores.items():
        for key in ("score", "se", "low", "high", "answered", "items", "band"):
            if differs(expected.get(key), given["scores"][name].get(key)):
                problems.append(f"{name}.{key}: {given['scores'][name].get(key)} instead of {expected.get(key)}")
        if (expected["score"] is None) != bool(given["scores"][name].get("reason")):
            problems.append(f"{name}.reason: {given['scores'][name].get('reason')!r}")
    found = given.get("region")
    if region is None or found is None:
        return problems + ([] if region is found else [f"region: {found} instead of {region}"])
    for key in ("id", "near_border"):
        if differs(region[key], found.get(key)):
            problems.append(f"region.{key}: {found.get(key)} instead of {region[key]}")
    for name, expected in region["probabilities"].items():
        if differs(expected, found["probabilities"].get(name)):
            problems.append(f"region.probabilities.{name}: {found['probabilities'].get(name)} instead of {expected}")
    return problems


def check(program, path, form, seed):
    definition = load(path)
    if not definition.get("scales"):
        print(f"{path}: no scales, nothing to recalculate")
        return 0
    failed = run = 0
    for number, (title, answers) in enumerate(response_sets(definition, form, seed), 1):
        if form != "full" and not answers:
            continue  # naming answers by id takes at least one
        scores, derived, region = rules.profile(definition, form, answers)
        try:
            problems = compare(scores, derived, region, run_program(program, path, definition, form, answers))
        except (RuntimeError, ValueError, KeyError, TypeError, AttributeError, subprocess.TimeoutExpired) as error:
            problems = [f"{type(error).__name__}: {error}"]
        where = region["id"] if region else "no region"
        print(f"set {number:2} ({title}; {where}): {'differs' if problems else 'same'}")
        for problem in problems:
            print(f"    {problem}")
        failed += bool(problems)
        run += 1
    print(f"{run - failed} of {run} sets are the same")
    return 1 if failed else 0


SAMPLE = """
[[response_scales]]
id = "agreement"
min = 1
max = 7
[[scales]]
id = "x"
bands = [ { id = "low", below = 3.0 }, { id = "middle", below = 5.0 }, { id = "high" } ]
[[scales]]
id = "y"
[[scales]]
id = "facet"
parent = "y"
[[derived]]
id = "z"
weights = { x = 1, y = -0.5 }
[[items]]
id = "x1"
scale = "x"
[[items]]
id = "x2"
scale = "x"
reverse = true
[[items]]
id = "y1"
scale = "facet"
[[items]]
id = "y2"
scale = "facet"
[[items]]
id = "y3"
scale = "y"
[[items]]
id = "y4"
scale = "y"
[[items]]
id = "y5"
scale = "y"
[[regions]]
id = "inside"
when = { x = { at_least = 3, below = 5 }, y = { at_most = 4 } }
[[regions]]
id = "outside"
when = [ { x = { below = 3 } }, { x = { at_least = 5 } }, { y = { above = 4 } } ]
"""


def self_test():
    """Against values worked out by hand or in R."""
    cases = []

    def near(name, value, expected, tolerance=5e-8):
        cases.append((name, abs(value - expected) <= tolerance, value, expected))

    def same(name, value, expected):
        cases.append((name, value == expected, value, expected))

    # (17.6 + 7 * var) / 15 / 8 with R's var(c(6,7,5,6,4,7,6,5)) = 7.5 / 7; 17.6 / 15 / 8; 2.2; 1.2*sqrt(1-.9).
    near("spread", rules.standard_error_of_mean([6, 7, 5, 6, 4, 7, 6, 5], 1, 7), 0.4573474)
    near("alike", rules.standard_error_of_mean([4] * 8, 1, 7), 0.3829708)
    near("one answer", rules.standard_error_of_mean([6], 1, 7), 1.4832397)
    scale = {"reliability": {"alpha": Decimal("0.90")}, "norms": [{"percentiles": []}, {"sd": Decimal("1.2")}]}
    near("classical", rules.published_error(scale), 0.3794733)
    same("no norms", rules.published_error({"reliability": {"alpha": Decimal("0.9")}}), None)

    sample = tomllib.loads(SAMPLE, parse_float=Decimal)
    # x: 4 and 8 - 4; y: 2, 4 of the facet, 2, 4, skipped: 4 of 5 are enough for 0.8.
    scores, _, region = rules.profile(sample, "full", {"x1": 4, "x2": 4, "y1": 2, "y2": 4, "y3": 2, "y4": 4})
    same("x", (scores["x"]["score"], scores["x"]["band"]), (4.0, "middle"))
    near("x.se", scores["x"]["se"], math.sqrt(17.6 / 9 / 2))
    same("y", (scores["y"]["score"], scores["y"]["answered"], scores["y"]["items"]), (3.0, 4, 5))
    near("y.se", scores["y"]["se"], math.sqrt((17.6 + 4) / 11 / 4))
    near("y.high", scores["y"]["high"], 3 + 1.96 * math.sqrt(21.6 / 44))
    same("facet", scores["facet"]["score"], 3.0)
    # x lies 1.0113 errors from either cut, y 1.4272 below its own: (2 Phi(1.0113) - 1) * Phi(1.4272).
    same("region", (region["id"], region["near_border"]), ("inside", True))
    near("inside", region["probabilities"]["inside"], 0.6353104, 2e-6)
    near("outside", region["probabilities"]["inside"] + region["probabilities"]["outside"], 1, 1e-12)

    scores, _, region = rules.profile(sample, "full", {"x1": 4, "x2": 4, "y1": 2, "y2": 4, "y3": 2})
    same("three of five", (scores["y"]["score"], region), (None, None))
    scores, _, region = rules.profile(sample, "full", {"x1": 5, "x2": 3} | {f"y{i}": 1 for i in range(1, 6)})
    same("on the cut", (scores["x"]["band"], region["id"], region["near_border"]), ("high", "outside", True))
    same("clipped", scores["y"]["low"], 1)
    sample["scales"][1]["score"] = "sum"
    # 2, 4, 2, 4: mean 3, five items: 15, error five times that of the mean, range 5..35.
    scores, derived, _ = rules.profile(sample, "full", {"y1": 2, "y2": 4, "y3": 2, "y4": 4})
    same("sum", (scores["y"]["score"], scores["y"]["min"], scores["y"]["max"]), (15.0, 5, 35))
    near("sum.se", scores["y"]["se"], 5 * math.sqrt(21.6 / 44))
    same("derived of a missing score", derived["z"]["score"], None)
    # x 4, y 15 of 5..35: 4 - 0.5 * 15, clipped to 1 - 17.5 .. 7 - 2.5; errors sqrt(17.6/18), 5/2 * sqrt(21.6/44).
    _, derived, _ = rules.profile(sample, "full", {"x1": 4, "x2": 4, "y1": 2, "y2": 4, "y3": 2, "y4": 4})
    same("derived", derived["z"]["score"], -3.5)
    near("derived.se", derived["z"]["se"], math.sqrt(17.6 / 18 + 25 / 4 * 21.6 / 44))
    near("derived.low", derived["z"]["low"], -3.5 - 1.96 * math.sqrt(17.6 / 18 + 25 / 4 * 21.6 / 44))
    _, derived, _ = rules.profile(sample, "full", {"x1": 7, "x2": 1} | {f"y{i}": 1 for i in range(1, 6)})
    same("derived.high", derived["z"]["high"], 4.5)

    for name, passed, value, expected in cases:
        if not passed:
            print(f"{name}: {value} instead of {expected}")
    failed = sum(not passed for _, passed, *_ in cases)
    print(f"self-test: {len(cases) - failed} of {len(cases)} passed")
    return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description="Recalculate profiles and compare them with the program's.")
    parser.add_argument("program", nargs="?", help="the attune program")
    parser.add_argument("questionnaire", nargs="?", help="a definition")
    parser.add_argument("--form", default="full")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    if not options.questionnaire:
        parser.error("name the program and a definition")
    return check(options.program, options.questionnaire, options.form, options.seed)


if __name__ == "__main__":
    sys.exit(main())
