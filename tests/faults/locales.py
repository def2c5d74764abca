# SPDX-License-Identifier: MIT
"""Locales, terminals and widths, in all combinations: the same numbers to the byte, plain ASCII where the locale is no UTF-8, no
escape where nothing understands one, and no width that it falls over."""

import itertools
import os
import sys

from faults import ANSWERS, DEFINITION, Home, Sitting, arguments, end

LOCALES = ["C", "C.UTF-8", "POSIX", "de_DE", "de_DE.UTF-8", "tr_TR", "tr_TR.UTF-8", "fr_CH.utf8", "nonsense", ""]
TERMS = [None, "dumb", "xterm", "nonsense"]
COLOURS = [None, "1"]
WIDTHS = [None, "0", "1", "40", "9999", "-5", "4294967376", "many"]
TAKE = ["take", str(DEFINITION), "--answers", ",".join(ANSWERS), "--no-save"]
DATA = [[*TAKE, "--format", "json"], [*TAKE, "--format", "csv"], ["history", "list", "--format", "json"],
        ["history", "list", "--format", "csv"], ["history", "export"], ["trend", "five", "--format", "csv"]]
TEXT = [TAKE, ["history", "list"], ["list"], ["show", "closeness"], ["trend", "five"], ["due", "closeness"], ["--help"],
        ["take", "--help"]]
FIXED = {"ATTUNE_NOW": "2026-11-24T09:14:00+01:00", "ATTUNE_SEED": "1", "TZ": "UTC"}


def run(home, words, locale, term, colour, width):
    """What comes out, as bytes, with these values in the environment; None leaves one out."""
    values = {"LC_ALL": locale, "TERM": term, "NO_COLOR": colour, "COLUMNS": width}
    own = {name: value for name, value in values.items() if value is not None}
    environment = {"HOME": str(home.path), "PATH": "/usr/bin:/bin", **FIXED, **own}
    done = home.attune(*words, environment=environment, text=False)
    if done.returncode not in (0, 1):
        raise AssertionError(f"{words} with {own} ended with {done.returncode}: {done.stderr!r}")
    return done.stdout


def is_utf8(locale):
    return "utf" in locale.lower()


def problems_of_data(home, settings):
    """Numbers are the same bytes everywhere."""
    usual = [run(home, words, "C.UTF-8", "xterm", None, None) for words in DATA]
    for setting in settings:
        for words, wanted in zip(DATA, usual):
            if run(home, words, *setting) != wanted:
                yield f"{words} says something else with {setting}"


def problems_of_text(home, settings):
    for setting in settings:
        locale, _, _, width = setting
        for words in TEXT:
            shown = run(home, words, *setting)
            if not shown.strip():
                yield f"{words} says nothing with {setting}"
            if b"\x1b" in shown:
                yield f"{words} writes an escape to a pipe with {setting}"
            if not is_utf8(locale) and any(byte > 127 for byte in shown):
                yield f"{words} is not ASCII with {setting}"
            widest = max(len(line) for line in shown.decode().splitlines())
            if width in (None, "0", "many", "-5") and widest > 80:
                yield f"{words} is {widest} columns wide with {setting}"


def screen_of(home, term, colour):
    """What one question and its end look like on a terminal that is called so."""
    environment = {**home.environment(), "TERM": term or "", "NO_COLOR": colour or ""}
    sitting = Sitting(str(home.path), [home.attune_file, "take", DEFINITION], environment=environment)
    for number, answer in enumerate(ANSWERS, 1):
        sitting.at(number, 5)
        sitting.send(answer + ("" if term == "xterm" else "\n"))
    text, status = sitting_finished(sitting, term)
    os.close(sitting.master)
    os.close(sitting.slave)
    return text, status


def sitting_finished(sitting, term):
    sitting.until("5 of 5 answered")
    sitting.send("f" if term == "xterm" else "f\n")
    return sitting.end()


def problems_of_screens(home):
    for term, colour in itertools.product((None, "dumb", "xterm"), COLOURS):
        text, status = screen_of(home, term, colour)
        if status != 0 or "4.6" not in text:
            yield f"TERM {term}: ended with {status}: {text}"
        if term != "xterm" and "\x1b" in text:
            yield f"TERM {term}: an escape: {text!r}"
        if colour and any(f"\x1b[{number}" in text for number in (3, 4, 9)):
            yield f"NO_COLOR: a colour: {text!r}"


def main():
    options = arguments(__doc__)
    if options.long:
        settings = list(itertools.product(LOCALES, TERMS, COLOURS, WIDTHS))
    else:  # each value of each, not each with each
        settings = [(locale, "xterm", None, None) for locale in LOCALES]
        settings += [("C.UTF-8", term, colour, width) for term, colour in itertools.product(TERMS, COLOURS) for width in ("40",)]
        settings += [(locale, None, None, width) for locale in ("C", "C.UTF-8") for width in WIDTHS]
    with Home(options.attune) as home:
        home.attune(*TAKE[:-1])
        problems = [*problems_of_data(home, settings), *problems_of_text(home, settings), *problems_of_screens(home)]
    return end(problems, f"locales: {len(settings)} settings of locale, terminal, colour and width, "
                         f"{len(settings) * (len(DATA) + len(TEXT))} outputs, {len(problems)} wrong", len(settings))


if __name__ == "__main__":
    sys.exit(main())
