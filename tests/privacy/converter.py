# SPDX-License-Identifier: MIT
"""The page that a PDF is made of is nobody else's, and gone afterwards: also when the converter fails, and when this program
is told to end while the converter still works. The converter here is one of our own, in the place of Chromium."""

import os
import signal
import stat
import subprocess
import sys
import time

from privacy import PATIENCE, SHORT, Home, arguments, end

# It says that it began, makes a PDF, and ends or stays.
SCRIPT = """#!/bin/sh
echo $$ > {home}/began
for word; do case $word in --print-to-pdf=*) printf '%%PDF-1.7 made' > "${{word#*=}}";; esac; done
[ {stays} = no ] || exec sleep 30
exit {status}
"""
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)


def wait_until(condition, what):
    limit = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > limit:
            raise AssertionError(f"never: {what}")
        time.sleep(0.01)


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def start(home, stays, status):
    programs = home.path / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "chromium").write_text(SCRIPT.format(home=home.path, stays=stays, status=status), encoding="utf-8")
    (programs / "chromium").chmod(0o700)
    (home.path / "began").unlink(missing_ok=True)
    return subprocess.Popen([home.attune_file, "report", "-o", "report.pdf"], cwd=home.path, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, umask=0, start_new_session=True,
                            env=home.environment(PATH=f"{programs}:/usr/bin:/bin"))


def left_behind(home):
    return [str(path.relative_to(home.path)) for path in (home.path / "run").rglob("*")]


def problems_of_signal(home, number, whom):
    """Told to end by `number`, alone as by kill(1) or with the converter as by a terminal."""
    process = start(home, "yes", 0)
    wait_until(lambda: (home.path / "began").exists() and (home.path / "began").read_text().endswith("\n"), "the converter began")
    wait_until(lambda: left_behind(home), "there is a page")
    problems = [f"{path}: {stat.filemode(path.stat().st_mode)}" for path in (home.path / "run").rglob("*")
                if path.stat().st_mode & 0o077 and path.name != "page.pdf"]  # the converter's own stands in our folder
    converter = int((home.path / "began").read_text())
    (os.kill if whom == "alone" else os.killpg)(process.pid, number)
    began = time.monotonic()
    try:
        process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        os.kill(converter, signal.SIGKILL)
        problems.append("goes on")
    if process.returncode != -number:
        problems.append(f"ends with {process.returncode}")
    if not is_gone(converter):
        problems.append("the converter goes on")
        os.kill(converter, signal.SIGKILL)
    problems += [f"left: {path}" for path in left_behind(home)]
    if (home.path / "report.pdf").exists():
        problems.append("wrote the report")
    for path in (home.path / "run").iterdir():
        subprocess.run(["rm", "-r", path], check=True)
    return [f"{number.name} {whom}, after {time.monotonic() - began:.1f} s: {problem}" for problem in problems]


def problems_of_ending(home, status, wanted):
    process = start(home, "no", status)
    said = process.communicate(timeout=PATIENCE)[1]
    problems = [f"left: {path}" for path in left_behind(home)]
    if process.returncode != wanted:
        problems.append(f"status {process.returncode} instead of {wanted}: {said}")
    report = home.path / "report.pdf"
    if wanted == 0 and (not report.exists() or report.stat().st_mode & 0o077):
        problems.append("there is no report, or one for others as well")
    report.unlink(missing_ok=True)
    return [f"the converter ends with {status}: {problem}" for problem in problems]


def main():
    options = arguments(__doc__)
    problems, ends = [], 0
    with Home(options.attune) as home:
        home.run(f"take --form short --answers {SHORT}")
        for status, wanted in ((0, 0), (3, 74)):
            problems += problems_of_ending(home, status, wanted)
            ends += 1
        for number in SIGNALS:
            for whom in ("alone", "with the converter"):
                problems += problems_of_signal(home, number, whom)
                ends += 1
    return end(problems, f"privacy converter: {ends} ends of a PDF, {len(problems)} problems", ends)


if __name__ == "__main__":
    sys.exit(main())
