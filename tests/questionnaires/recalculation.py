# SPDX-License-Identifier: MIT
"""Scores and regions of one sitting, from a definition as tomllib reads it (floats as Decimal).

Written from the rules of scoring, not from the program's code: where the program walks over cells
or sums, this works with fractions, boxes and inclusion-exclusion. Standard library only.
"""

import itertools
import math
import statistics
from decimal import Decimal
from fractions import Fraction

SKIP = None


def response_scale(definition, item):
    scales = definition["response_scales"]
    named = [s for s in scales if s["id"] == item.get("response_scale")]
    return named[0] if named else scales[0]


def items_of(definition, scale):
    family = {scale["id"]} | {s["id"] for s in definition["scales"] if s.get("parent") == scale["id"]}
    return [i for i in definition["items"] if i.get("scale") in family]


def form_ids(definition, form):
    if form == "full":
        return [i["id"] for i in definition["items"]]
    return next(f["items"] for f in definition["forms"] if f["id"] == form)


def keyed(definition, item, raw):
    limits = response_scale(definition, item)
    return limits["min"] + limits["max"] - raw if item.get("reverse") else raw


def standard_error_of_mean(values, low, high):
    """Brennan 1998, the variance drawn towards that of people in general, which weighs as much as eight answers."""
    n, people = len(values), Fraction(22, 10) * Fraction(high - low, 6) ** 2
    own = statistics.variance(map(Fraction, values)) if n > 1 else 0
    return math.sqrt((8 * people + (n - 1) * own) / (8 + n - 1) / n)


def published_error(scale):
    reliability = scale.get("reliability", {})
    coefficient = reliability.get("alpha", reliability.get("retest"))
    deviations = [n["sd"] for n in scale.get("norms", []) if "sd" in n]
    if coefficient is None or not deviations:
        return None
    return float(deviations[0]) * math.sqrt(1 - float(coefficient))


def score_scale(definition, form, answers, scale):
    """A dict like one of the profile's; score is None when too few items are answered."""
    everything = items_of(definition, scale)
    asked = set(form_ids(definition, form))
    items = [i for i in everything if i["id"] in asked]
    values = [keyed(definition, i, answers[i["id"]]) for i in items if answers.get(i["id"]) is not SKIP]
    result = {"answered": len(values), "items": len(items), "score": None, "band": None}
    needed = Fraction(scale.get("min_answered", Decimal("0.8"))) * len(items)
    if not values or len(values) < needed:
        return result
    limits = response_scale(definition, items[0])
    factor = len(items) if scale.get("score") == "sum" else 1
    exact = Fraction(sum(values), len(values)) * factor
    se = published_error(scale) if len(items) == len(everything) else None
    if se is None:
        se = standard_error_of_mean(values, limits["min"], limits["max"]) * factor
    result |= {
        "exact": exact,
        "score": float(exact),
        "se": se,
        "low": max(float(exact) - 1.96 * se, limits["min"] * factor),
        "high": min(float(exact) + 1.96 * se, limits["max"] * factor),
        "min": limits["min"] * factor,
        "max": limits["max"] * factor,
    }
    for band in scale.get("bands", []):
        if "below" not in band or exact < Fraction(band["below"]):
            result["band"] = band["id"]
            break
    return result


def derive(definition, scores):
    """Sums of the exact scores, each times its weight; ends of the range by the sign of the weight."""
    results = {}
    for derived in definition.get("derived", []):
        parts = [(Fraction(weight), scores[scale]) for scale, weight in derived["weights"].items()]
        result = {"score": None, "se": None, "low": None, "high": None}
        if all(score["score"] is not None for _, score in parts):
            exact = float(sum(weight * score["exact"] for weight, score in parts))
            margin = 1.96 * math.hypot(*(float(weight) * score["se"] for weight, score in parts))
            ends = [[float(weight) * score[end] for end in ("min", "max")] for weight, score in parts]
            result = {
                "score": exact,
                "se": margin / 1.96,
                "low": max(exact - margin, sum(map(min, ends))),
                "high": min(exact + margin, sum(map(max, ends))),
            }
        results[derived["id"]] = result
    return results


COMPARE = {
    "at_least": lambda value, bound: value >= bound,
    "above": lambda value, bound: value > bound,
    "at_most": lambda value, bound: value <= bound,
    "below": lambda value, bound: value < bound,
}


def tables(rule):
    return rule if isinstance(rule, list) else [rule]


def holds(rule, point):
    return any(
        all(COMPARE[word](point[axis], Fraction(bound)) for axis, tests in table.items() for word, bound in tests.items())
        for table in tables(rule)
    )


def box(table, axes, scores):
    """{axis: (low, high)} of one table; a bound at an end of the range opens to infinity.

    Empty (None) when no score of the range lies within."""
    result = {}
    for axis in axes:
        tests = {word: float(bound) for word, bound in table.get(axis, {}).items()}
        low = max([tests[w] for w in ("at_least", "above") if w in tests], default=-math.inf)
        high = min([tests[w] for w in ("at_most", "below") if w in tests], default=math.inf)
        if low >= scores[axis]["max"] or high <= scores[axis]["min"]:
            return None
        low = -math.inf if low <= scores[axis]["min"] else low
        high = math.inf if high >= scores[axis]["max"] else high
        result[axis] = (low, high)
    return result


def probability_of_box(limits, scores):
    product = 1.0
    for axis, (low, high) in limits.items():
        normal = statistics.NormalDist(scores[axis]["score"], scores[axis]["se"])
        below = 1.0 if high == math.inf else normal.cdf(high)
        product *= max(0.0, below - (0.0 if low == -math.inf else normal.cdf(low)))
    return product


def probability(rule, axes, scores):
    """Inclusion-exclusion over the boxes of all alternatives."""
    boxes = [b for b in (box(table, axes, scores) for table in tables(rule)) if b]
    total = 0.0
    for count in range(1, len(boxes) + 1):
        for some in itertools.combinations(boxes, count):
            shared = {a: (max(b[a][0] for b in some), min(b[a][1] for b in some)) for a in axes}
            total += (-1) ** (count + 1) * probability_of_box(shared, scores)
    return total


def cuts_of(definition, axis, scores):
    bounds = {
        Fraction(bound)
        for region in definition["regions"]
        for table in tables(region["when"])
        for bound in table.get(axis, {}).values()
    }
    return sorted(b for b in bounds if scores[axis]["min"] < b < scores[axis]["max"])


def near_border(definition, region, axes, scores):
    """Whether a step across a cut, anywhere inside the box of both intervals, leaves or enters."""
    for axis, other in (axes, axes[::-1]):
        low, high = (Fraction(scores[other][end]) for end in ("low", "high"))
        stops = [low, *(c for c in cuts_of(definition, other, scores) if low < c < high), high]
        probes = [(a + b) / 2 for a, b in itertools.pairwise(stops)]
        cuts = cuts_of(definition, axis, scores)
        for cut in cuts:
            if not scores[axis]["low"] < cut < scores[axis]["high"]:
                continue
            nearest = min([abs(cut - c) for c in cuts if c != cut], default=Fraction(1))
            step = min(nearest / 2, Fraction(1, 1000))
            for probe in probes:
                left, right = ({axis: cut + side * step, other: probe} for side in (-1, 1))
                if holds(region["when"], left) != holds(region["when"], right):
                    return True
    return False


def read_region(definition, scores):
    named = {a for r in definition.get("regions", []) for t in tables(r["when"]) for a in t}
    axes = [s["id"] for s in definition["scales"] if s["id"] in named]
    if len(axes) != 2 or any(scores[axis]["score"] is None for axis in axes):
        return None
    point = {axis: scores[axis]["exact"] for axis in axes}
    region = next(r for r in definition["regions"] if holds(r["when"], point))
    return {
        "id": region["id"],
        "near_border": near_border(definition, region, axes, scores),
        "probabilities": {r["id"]: probability(r["when"], axes, scores) for r in definition["regions"]},
    }


def profile(definition, form, answers):
    scores = {s["id"]: score_scale(definition, form, answers, s) for s in definition["scales"]}
    return scores, derive(definition, scores), read_region(definition, scores)
