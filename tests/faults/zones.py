# SPDX-License-Identifier: MIT
"""Clocks that are put forward and back, in twelve zones on the days of their changes: a check-in is due by the days of the
calendar where the person is, once per period, from the first second of a day; and no time is ever counted backwards."""

import itertools
import json
import os
import re
import sys
import time

from faults import ANSWERS, CLOCK, DEFINITION, Home, arguments, clock_at, end

DAY = 86400
# As POSIX writes them, so that no zone data is needed: name, offset west of UTC, and the days of the changes.
ZONES = {
    "Berlin": "CET-1CEST,M3.5.0,M10.5.0/3",
    "New York": "EST5EDT,M3.2.0,M11.1.0",
    "Lord Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",  # by half an hour
    "Santiago": "<-04>4<-03>,M9.1.6/24,M4.1.6/24",  # at midnight
    "Beirut": "EET-2EEST,M3.5.0/0,M10.5.0/0",  # at midnight: a day that begins at one
    "London": "GMT0BST,M3.5.0/1,M10.5.0",
    "Auckland": "NZST-12NZDT,M9.5.0,M4.1.0/3",
    "Chatham": "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45",
    "Saint John's": "NST3:30NDT,M3.2.0,M11.1.0",
    "Nuuk": "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",  # late on the day before
    "Kathmandu": "<+0545>-5:45",  # never
    "Kiritimati": "<+14>-14",  # never, and first of all
}
SHORT = ("Berlin", "Lord Howe", "Beirut")
DUE, NOT_DUE = 0, 1


class Clock:
    """A home in a zone whose clock stands where it is put."""

    def __init__(self, home, zone):
        self.home = home
        self.zone = zone

    def attune(self, second, *words):
        done = self.home.attune(*words, environment=self.home.environment() | clock_at(self.zone, second))
        if re.search(r"-\d+ (day|week|month)|in the future", done.stdout + done.stderr):
            raise AssertionError(f"at {local(second)}, {words}: {done.stdout + done.stderr}")
        return done

    def take(self, second):
        done = self.attune(second, "take", str(DEFINITION), "--answers", ",".join(ANSWERS), "--format", "json")
        if done.returncode != 0:
            raise AssertionError(f"at {local(second)}: {done.stderr}")
        return json.loads(done.stdout)

    def due(self, second, days):
        return self.attune(second, "due", str(DEFINITION), "--every", f"{days}d").returncode


def live_in(zone):
    """What is local to this program is so in the zone."""
    os.environ["TZ"] = zone
    time.tzset()


def local(second):
    return time.strftime("%Y-%m-%d %H:%M:%S %z", time.localtime(second))


def day_of(second):
    """The day of the calendar as a number, by the C library's zone rules and not by the program's."""
    moment = time.localtime(second)
    return int(time.mktime((moment.tm_year, moment.tm_mon, moment.tm_mday, 12, 0, 0, 0, 0, -1)) + moment.tm_gmtoff) // DAY


def changes(year=2026):
    """The seconds at which the clock is changed in this year; where it never is, two days in spring and autumn."""
    first = int(time.mktime((year, 1, 1, 12, 0, 0, 0, 0, -1)))
    found = []
    for start in range(first, first + 365 * DAY, DAY):
        low, high = start, start + DAY
        if time.localtime(low).tm_gmtoff == time.localtime(high).tm_gmtoff:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if time.localtime(middle).tm_gmtoff == time.localtime(low).tm_gmtoff else (low, middle)
        found.append(high)
    return found or [first + 87 * DAY, first + 297 * DAY]


def midnight_after(second):
    """The first second of the next day of the calendar; it may be one o'clock."""
    low, high = second, second + 26 * 3600
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if day_of(middle) == day_of(second) else (low, middle)
    return high


def moments_around(change):
    """Seconds around a change and around the midnights beside it, in order."""
    midnights = [midnight_after(change - 50 * 3600)]
    while midnights[-1] < change + DAY:
        midnights.append(midnight_after(midnights[-1]))
    return sorted({mark + step for mark in [change, *midnights] for step in (-1, 0, 1)})


def problems_of_day(clock, change):
    """Whoever asks all the time and answers when it is due answers once on every day."""
    answered = []
    for second in moments_around(change):
        wanted = DUE if not answered or day_of(second) > day_of(answered[-1]) else NOT_DUE
        got = clock.due(second, 1)
        if got != wanted:
            yield f"at {local(second)} the status is {got}, not {wanted}; last answered: {[local(each) for each in answered[-1:]]}"
        if got == DUE:
            taken = clock.take(second)["taken_at"]
            answered.append(second)
            if taken[:19] != time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(second)):
                yield f"at {local(second)} it was taken at {taken}"
    days = [day_of(second) for second in answered]
    if days != sorted(set(days)) or len(days) != days[-1] - days[0] + 1:
        yield f"answered at {[local(second) for second in answered]}"


def problems_of_weeks(clock, change):
    """A period of seven days across a change ends with a midnight of the calendar, not after 168 hours."""
    taken = change - 3 * DAY - 1234
    clock.take(taken)
    for days in (1, 7, 28):
        first = taken
        while day_of(first) < day_of(taken) + days:
            first = midnight_after(first)
        for second, wanted in ((first - 1, NOT_DUE), (first, DUE), (first + 1, DUE)):
            if clock.due(second, days) != wanted:
                yield f"taken at {local(taken)}, {days} days: at {local(second)} the status is not {wanted}"


def problems_of_clock_put_back(clock, change):
    """The order of answering stays, whatever the clock says, and every command still speaks."""
    ids = [clock.take(second)["id"] for second in (change, change - 3 * DAY, change - 400 * DAY, change + 1)]
    listed = clock.attune(change - 5 * DAY, "history", "export").stdout.splitlines()
    if [json.loads(line)["id"] for line in listed] != ids:
        yield f"put back: not in the order of answering: {listed}"
    for words in (["history", "list"], ["history", "show", "last"], ["trend", "five"], ["progress"], ["due", str(DEFINITION)]):
        done = clock.attune(change - 5 * DAY, *words)
        if done.returncode not in (DUE, NOT_DUE) or not done.stdout:
            yield f"put back: {words} ended with {done.returncode}: {done.stderr}"


def main():
    options = arguments(__doc__)
    if CLOCK is None:
        print("OK (skipped: libfaketime is not installed)")
        return 0
    problems = []
    cases = 0
    zones = {name: zone for name, zone in ZONES.items() if options.long or name in SHORT}
    for name, zone in zones.items():
        live_in(zone)
        for case, change in itertools.product((problems_of_day, problems_of_weeks, problems_of_clock_put_back), changes()):
            with Home(options.attune) as home:
                problems += [f"{name}: {problem}" for problem in case(Clock(home, zone), change)]
                cases += 1
    return end(problems, f"zones: {len(zones)} zones, {cases} cases, {len(problems)} wrong", cases)


if __name__ == "__main__":
    sys.exit(main())
