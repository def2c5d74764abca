# SPDX-License-Identifier: MIT
"""Clocks that go forward, back, and over a change to summer time, in twelve zones: whoever looks every hour and checks in
when a check-in is due does so once on each local day, and no clock that is set back makes days of less than nothing."""

import datetime
import sys
import zoneinfo

from faults import ANSWERS, CLOCK, DEFINITION, Home, arguments, clock_at, end

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu",
         "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia", "Pacific/Kiritimati"]
UTC = datetime.timezone.utc
YEAR = 2026


def changes(zone):
    """The moments in the year at which the clock of a zone jumps; the middle of the year where there are none."""
    hour = datetime.datetime(YEAR, 1, 1, tzinfo=UTC)
    found = []
    while hour.year == YEAR:
        later = hour + datetime.timedelta(hours=1)
        if hour.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            found.append(later)
        hour = later
    return found or [datetime.datetime(YEAR, 7, 1, tzinfo=UTC)]


class Dated(Home):
    """A home whose clock stands where a test puts it."""

    zone = "UTC"
    now = datetime.datetime(YEAR, 1, 1, tzinfo=UTC)

    def environment(self):
        return super().environment() | clock_at(self.zone, int(self.now.timestamp()))

    def due(self):
        done = self.attune("due", str(DEFINITION), "--every", "1d")
        if done.returncode not in (0, 1) or done.stderr:
            raise AssertionError(f"due: {done.returncode} {done.stderr}")
        return done.returncode == 0

    def check_in(self):
        done = self.attune("take", str(DEFINITION), "--answers", ",".join(ANSWERS))
        if done.returncode != 0:
            raise AssertionError(f"take: {done.stderr}")
        return done.stdout


def look_around(attune, name, change, hours, problems):
    """Looks each hour of the days around a change, and a second before and after it; checks in when that is due."""
    zone = zoneinfo.ZoneInfo(name)
    moments = [change + datetime.timedelta(hours=hour) for hour in range(-hours, hours)]
    moments += [change + datetime.timedelta(seconds=second) for second in (-1, 1)]
    days = []
    with Dated(attune) as home:
        home.zone = name
        for moment in sorted(moments):
            home.now = moment
            if home.due():
                days.append(moment.astimezone(zone).date())
                home.check_in()
    wanted = sorted({moment.astimezone(zone).date() for moment in moments})
    if days != wanted:
        problems.append(f"{name}, {change}: checked in on {[str(day) for day in days]}, not on {[str(day) for day in wanted]}")
    return len(moments)


def set_back(attune, name, problems):
    """A check-in, then a clock that is a year back: nothing is due, nothing is negative, and the order is that of keeping."""
    with Dated(attune) as home:
        home.zone = name
        home.now = datetime.datetime(YEAR, 6, 1, 12, tzinfo=UTC)
        home.check_in()
        home.now -= datetime.timedelta(days=365)
        if home.due():
            problems.append(f"{name}: a check-in from the future does not count")
        home.check_in()
        pages = [home.attune(*words) for words in (["trend", "five"], ["history", "list"], ["report", "five"])]
        for page in pages:
            if page.returncode != 0 or "-1 day" in page.stdout or "−1 day" in page.stdout:
                problems.append(f"{name}: {page.returncode} {page.stderr or page.stdout}")
        listed = [line for line in pages[1].stdout.splitlines() if str(YEAR) in line or str(YEAR - 1) in line]
        if len(listed) != 2:
            problems.append(f"{name}: {len(listed)} of 2 records are listed")
    return 2


def main():
    options = arguments(__doc__)
    if CLOCK is None:
        print("OK (skipped: libfaketime is not installed)")
        return 0
    problems = []
    moments = 0
    zones = ZONES if options.long else ZONES[1:9:7] + ["Pacific/Kiritimati"]
    for name in zones:
        for change in changes(zoneinfo.ZoneInfo(name)):
            moments += look_around(options.attune, name, change, 36 if options.long else 26, problems)
        moments += set_back(options.attune, name, problems)
    return end(problems, f"clocks: {moments} moments in {len(zones)} zones, {len(problems)} days with no check-in or two", moments)


if __name__ == "__main__":
    sys.exit(main())
