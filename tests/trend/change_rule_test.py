# SPDX-License-Identifier: MIT
"""What `attune trend` says of a series is what a second program works out from its check-ins: made-up people with every kind
of scale and schedule, and the rule once more, from its formulas (attune-trend(1)), without sums that are kept."""

import collections
import datetime
import json
import math
import os
import random
import subprocess
import tempfile
import unittest
from pathlib import Path

ATTUNE = os.environ["ATTUNE"]
FIRST_DAY = datetime.date(1994, 1, 3)

# kind of score, items, reliability published, share of the answers skipped
SCALES = {"plain": ("mean", 6, False, 0), "long": ("mean", 16, False, 0), "summed": ("sum", 5, False, 0), "published": ("mean", 4, True, 0),
          "single": ("mean", 1, False, 0), "skipped": ("mean", 6, False, 0.15), "summed-skipped": ("sum", 6, False, 0.1),
          "switched": ("mean", 12, False, 0), "turns": ("mean", 12, False, 0), "flat": ("mean", 4, False, 0)}


def schedules(chance):
    yield [round(30.4 * i) for i in range(16)]
    yield [7 * i for i in range(34)]
    yield [14 * i for i in range(24)]
    yield [i // 2 for i in range(44)]
    yield [0, 0, 1, 1, 1, 1]
    for gaps in ((0, 0, 5, 20, 40), (1, 7, 30, 90, 400), (3, 10, 25, 60)):
        days = [0]
        while len(days) < 22:
            days.append(days[-1] + chance.choice(gaps))
        yield days


def definition():
    parts = ['format = 1\n[questionnaire]\nid = "series"\nversion = "1.0.0"\ntitle = "Series"\nsummary = "Made up"\ninstructions = "Answer."\n'
             'language = "en"\nstatus = "made up for a test"\nsource = "none"\nlicense = "none"\n'
             '[[response_scales]]\nid = "agreement"\nmin = 1\nmax = 7\nlabels = { 1 = "no", 7 = "yes" }\n']
    for name, (kind, items, published, _) in SCALES.items():
        parts.append(f'[[scales]]\nid = "{name}"\nname = "{name}"\nlow = "low"\nhigh = "high"\nscore = "{kind}"\nmin_answered = 0.4\n'
                     'bands = [ { id = "all", text = "All." } ]\n')
        if published:
            parts.append('reliability = { alpha = 0.9, source = "none" }\nnorms = [ { sample = "none", n = 100, mean = 4, sd = 1.2, source = "none" } ]\n')
        for item in range(items):
            reverse = "reverse = true\n" if item % 2 else ""
            parts.append(f'[[items]]\nid = "{name}{item}"\ntext = "Statement {item} of {name}."\nscale = "{name}"\n{reverse}')
    return "".join(parts)


class Person:
    """Keyed answers to one scale, with a level that may step, slope, pass or stay."""

    def __init__(self, name, chance):
        self.name, self.chance, (_, self.items, _, self.skipping) = name, chance, SCALES[name]
        self.traits = [chance.gauss(0, 0.9) for _ in range(self.items)]
        self.shape, self.size = chance.choice(("step", "slope", "while", "none")), chance.choice((-3, -2, -1.5, 1.5, 2, 3))
        self.base, self.sd, self.at = chance.uniform(2.5, 5.5), chance.choice((0.1, 0.3, 0.6)), chance.uniform(0.3, 0.7)
        self.taken = 0

    def answers(self, share):
        self.taken += 1
        shift = {"step": share >= self.at, "slope": share, "while": self.at - 0.3 <= share < self.at, "none": 0}[self.shape] * self.size
        level = self.base + shift + self.chance.gauss(0, self.sd)
        keyed = {i: min(7, max(1, round(level + trait + self.chance.gauss(0, 0.6)))) for i, trait in enumerate(self.traits)}
        if self.name == "flat":
            return dict.fromkeys(keyed, 4)
        half = {"switched": share >= self.at, "turns": self.taken % 2}.get(self.name)
        if half is not None:
            keyed = {i: answer for i, answer in keyed.items() if (i < self.items // 2) == half}
        return {i: answer for i, answer in keyed.items() if self.chance.random() >= self.skipping}


Point = collections.namedtuple("Point", "day score se answers")
Period = collections.namedtuple("Period", "points n mean day")


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def variance(values):
    middle = mean(values)
    return sum((value - middle) ** 2 for value in values) / (len(values) - 1)


class Rule:
    """A series of at least six points, read by the rule. Every fit is worked out from its periods alone."""

    def __init__(self, points, low, high, units, published):
        self.points = sorted(points, key=lambda point: (point.day, point.score, sorted(point.answers.items())))
        self.step, self.units = (high - low) / 6, units
        pairs = zip(self.points, self.points[1:])
        self.item_noise = mean(self.pair_noise(a, b, published) for a, b in pairs)
        self.periods = self.in_periods(self.points)
        since = min(self.points[-1].day - 27, self.points[-3].day)
        self.newest = [point for point in self.points if point.day >= since]
        self.now = mean(point.score for point in self.newest)
        spreads = [variance(list(point.answers.values())) for point in points if len(point.answers) > 1]
        self.between_items = units**2 * mean(spreads) if spreads else 0
        self.needed = 6.4 + 8 * math.log(max(len(self.periods) / 13, 1))
        self.split, self.split_evidence = self.best_split()
        self.line, self.line_evidence = self.best_line()
        self.evidence = max(self.split_evidence, self.line_evidence)
        self.passing = self.passing_stretch() if self.evidence <= self.needed else None
        self.is_moved = self.evidence > self.needed / 2
        self.is_split = self.is_moved and self.split_evidence >= self.line_evidence

    def pair_noise(self, a, b, published):
        if published or a.answers.keys() != b.answers.keys() or len(a.answers) < 2:
            return (a.se**2 + b.se**2) / 2
        changes = [b.answers[item] - a.answers[item] for item in a.answers]
        return self.units**2 * max(variance(changes), 1 / 6) / len(changes) / 2

    @staticmethod
    def in_periods(points):
        groups = collections.defaultdict(list)
        for point in points:
            groups[(point.day - points[0].day) // 28].append(point)
        groups = [groups[key] for key in sorted(groups)]
        if len(groups) > 1 and len(groups[-1]) * 2 < len(groups[-2]):
            newest = groups.pop()
            groups[-1] = groups[-1] + newest
        return [Period(group, len(group), mean(p.score for p in group), mean(p.day for p in group)) for group in groups]

    @staticmethod
    def spells(periods):
        return 1 + sum(min(1, (later.day - earlier.day) / 56) for earlier, later in zip(periods, periods[1:]))

    def spell_variance(self, residuals, item_part, shown, weight):
        beyond = max(0, sum(value**2 for value in residuals) - self.item_noise * item_part)
        return ((0.55 * self.step) ** 2 + weight * (beyond / shown if shown else 0)) / (weight + 1)

    def form_variance(self, weights):
        """Of a sum of period means with these weights: items are draws, and each has a share in each period."""
        shares = collections.Counter()
        for weight, period in zip(weights, self.periods):
            for point in period.points:
                for item in point.answers:
                    shares[item] += weight / (period.n * len(point.answers))
        return self.between_items * sum(share**2 for share in shares.values())

    def two_levels(self, runs_a, runs_b, fitted):
        """One level for the periods of some runs, another for those of others."""
        sides = [[period for run in runs for period in run] for runs in (runs_a, runs_b)]
        spells = [sum(self.spells(run) for run in runs if run) for runs in (runs_a, runs_b)]
        total = sum(spells)
        if total <= fitted:
            return None
        levels = [mean(period.mean for period in side) for side in sides]
        residuals = [period.mean - level for side, level in zip(sides, levels) for period in side]
        item_part = sum((1 - 1 / len(side)) * sum(1 / period.n for period in side) for side in sides)
        shown = sum(len(side) * (1 - 1 / e) for side, e in zip(sides, spells))
        spell = self.spell_variance(residuals, item_part, shown, total - 2)
        error = sum(spell / e + self.item_noise * sum(1 / period.n for period in side) / len(side) ** 2 for side, e in zip(sides, spells))
        return levels, error, total - fitted

    def best_split(self):
        best, most = None, 0
        for k in range(2, len(self.periods) - 1):
            before, after = self.periods[:k], self.periods[k:]
            if min(sum(p.n for p in before), sum(p.n for p in after)) < 3:
                continue
            fit = self.two_levels([before], [after], 3)
            if not fit:
                continue
            (low, high), error, left = fit
            error += self.form_variance([-1 / len(before)] * len(before) + [1 / len(after)] * len(after))
            evidence = left * math.log1p((high - low) ** 2 / (left * error))
            beyond = (self.now - (low + high) / 2) * (1 if high >= low else -1)
            if beyond > 1e-9 * self.step and evidence > most * (1 + 1e-9):
                best, most = (before, after, low, high, math.sqrt(error)), evidence
        return best, most

    def best_line(self):
        count, e = len(self.periods), self.spells(self.periods)
        if count < 5 or e <= 3:
            return None, 0
        middle, level = mean(p.day for p in self.periods), mean(p.mean for p in self.periods)
        away = [p.day - middle for p in self.periods]
        total = sum(day**2 for day in away)
        slope = sum(day * p.mean for day, p in zip(away, self.periods)) / total
        residuals = [p.mean - level - slope * day for day, p in zip(away, self.periods)]
        spell = self.spell_variance(residuals, (1 - 2 / count) * sum(1 / p.n for p in self.periods), count * (1 - 2 / e), e - 2)
        error = spell * count / (e * total) + self.item_noise * sum(day**2 / p.n for day, p in zip(away, self.periods)) / total**2
        error += self.form_variance([day / total for day in away])
        length = self.periods[-1].day - self.periods[0].day
        if (self.now - level) * (1 if slope >= 0 else -1) - abs(slope * length) / 4 <= 1e-9 * self.step:
            return None, 0
        return (slope * length, math.sqrt(error) * length), (e - 3) * math.log1p(slope**2 / ((e - 3) * error))

    def passing_stretch(self):
        best, most = None, self.needed
        for first in range(1, len(self.periods) - 1):
            for end in range(first + 1, min(len(self.periods), first + 9)):
                inside = self.periods[first:end]
                fit = self.two_levels([inside], [self.periods[:first], self.periods[end:]], 4)
                if sum(p.n for p in inside) < 3 or not fit:
                    continue
                (level, otherwise), error, left = fit
                evidence = left * math.log1p((level - otherwise) ** 2 / (left * error))
                if abs(self.now - level) - abs(self.now - otherwise) > 1e-9 * self.step and evidence > most * (1 + 1e-9):
                    best, most = (level, otherwise, evidence, inside), evidence
        return best

    def usual(self):
        if self.is_split:
            points = [point for period in self.split[0] for point in period.points]
        else:
            points = [point for point in self.points if point.day < self.points[-3].day]
            away = [point for period in self.passing[3] for point in period.points] if self.passing else []
            points = [point for point in points if point not in away]
        if len(points) < 3:
            return None
        periods = self.in_periods(points)
        count, e, level = len(periods), self.spells(periods), mean(p.mean for p in periods)
        item_part = sum(1 / p.n for p in periods)
        spell = self.spell_variance([p.mean - level for p in periods], item_part * (1 - 1 / count), count * (1 - 1 / e), e - 1)
        single = (count * self.item_noise + sum((x.score - p.mean) ** 2 for p in periods for x in p.points)) / len(points)
        return len(points), level, spell, e, single, self.item_noise * item_part / count**2

    def reading(self):
        """The numbers that the JSON has, by the same names."""
        out = {"evidence": self.evidence, "evidence_needed": self.needed, "passing": self.passing and self.passing[2]}
        if self.is_split:
            out["before"], out["after"] = self.split[2:4]
            change, se = self.split[3] - self.split[2], self.split[4]
        usual = self.usual()
        if not usual:
            return out
        count, level, spell, e, single, item_part = usual
        half = 1.96 * math.sqrt(spell * (1 + 1 / e) + single + item_part)
        out.update(mean=level, n=count, low=level - half, high=level + half, wobble=math.sqrt(spell + single))
        if not self.is_moved:
            gaps = [min(1, (b.day - a.day) / 56) for a, b in zip(self.newest, self.newest[1:])]
            se = math.sqrt(spell * (1 / e + 1 / (1 + sum(gaps))) + item_part + self.item_noise / len(self.newest))
            change = self.now - level
        elif not self.is_split:
            change, se = self.line
        last = mean(point.score for point in self.points if point.day == self.points[-1].day)
        is_outside = not level - half <= last <= level + half
        verdict = "changed" if self.evidence > self.needed else "maybe" if self.is_moved or is_outside else "no change"
        out.update(change=change, se=se, verdict=verdict)
        return out


def printed(scale):
    series, baseline, first = scale["series"], scale["baseline"], scale["since_first"]
    out = {"evidence": series["evidence"], "evidence_needed": series["evidence_needed"], "passing": series["passing"] and series["passing"]["evidence"]}
    if series["split"]:
        out.update({side: series["split"][side]["mean"] for side in ("before", "after")})
    if baseline:
        out.update(baseline, change=first["change"], se=first["se"], verdict=first["verdict"])
    return out


class TheRule(unittest.TestCase):
    def check(self, seed, days):
        chance = random.Random(seed)
        people = {name: Person(name, chance) for name in SCALES}
        points = collections.defaultdict(list)
        with tempfile.TemporaryDirectory() as home:
            run = lambda *words: subprocess.run([ATTUNE, *words], env={"HOME": home, "TZ": "UTC"}, capture_output=True, text=True, check=True).stdout
            path = Path(home, "series.toml")
            path.write_text(definition(), encoding="utf-8")
            for day in days:
                answers = []
                for name, person in people.items():
                    keyed = person.answers(day / (days[-1] + 1))
                    answers += ["s" if i not in keyed else str(8 - keyed[i] if i % 2 else keyed[i]) for i in range(person.items)]
                    if len(keyed) >= 0.4 * person.items:
                        points[name].append((day, keyed))
                run("take", str(path), "--date", str(FIRST_DAY + datetime.timedelta(day)), "--answers", ",".join(answers))
            scales = json.loads(run("trend", "series", "--format", "json"))["scales"]
        for name, (kind, items, published, _) in SCALES.items():
            scale, units = scales[name], items if kind == "sum" else 1
            self.assertEqual(len(scale["points"]), len(points[name]))
            if len(points[name]) < 6:
                continue
            series = [Point(day, shown["score"], shown["se"], keyed) for (day, keyed), shown in zip(points[name], scale["points"])]
            for point in series:
                self.assertAlmostEqual(point.score, units * mean(point.answers.values()))
            expected, seen = Rule(series, units, 7 * units, units, published).reading(), printed(scale)
            self.assertEqual(expected.keys(), seen.keys(), (seed, name))
            for key, value in expected.items():
                if isinstance(value, float):
                    self.assertTrue(math.isclose(value, seen[key], rel_tol=1e-9, abs_tol=1e-9), (seed, name, key, value, seen[key]))
                else:
                    self.assertEqual(value, seen[key], (seed, name, key))
            self.found[seen.get("verdict")] += 1
            self.found["passing"] += seen["passing"] is not None
            self.found["line"] += scale["series"]["line"] is not None

    def test_a_second_program_says_the_same(self):
        self.found = collections.Counter()
        for seed, days in enumerate(schedules(random.Random(5))):
            self.check(seed, days)
        for kind in ("changed", "maybe", "no change", "passing", "line", None):
            self.assertGreater(self.found[kind], 0, self.found)


if __name__ == "__main__":
    unittest.main()
