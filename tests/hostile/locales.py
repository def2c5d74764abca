# SPDX-License-Identifier: MIT
"""Decimal commas, the dotless i and other habits of a place change no byte: one run of every command under several locales
writes the same, and a history written under one reads under another."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "privacy"))
from privacy import COMMANDS, Home, arguments, end  # noqa: E402

LOCALES = ("C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8")
BINARY = (".db",)  # sealed with fresh keys, or with times of its own


def make_locales(folder):
    """Those that can be made here, besides the one that is always there. Without them the names are tried all the same."""
    made = [LOCALES[0]]
    for name in LOCALES[1:]:
        try:
            subprocess.run(["localedef", "--no-archive", "-i", name.split(".")[0], "-f", "UTF-8", folder / name], capture_output=True, check=False)
        except FileNotFoundError:
            break
        if (folder / name).exists():
            made.append(name)
    return made


def rows_of(options):
    """In a short run without a locked history, which takes a second of computing to open."""
    return [row for row in COMMANDS if options.long or ("passphrase" not in row[1] and row[0] != "history lock")]


def written(options, locale, places):
    """All that one run of every command writes: by command, and by file."""
    with Home(options.attune, prefix="attune-hostile-") as home:
        environment = home.environment(LC_ALL=locale, LANG=locale, LC_NUMERIC=locale, LOCPATH=str(places), ATTUNE_SEED="1000")
        home.environment = lambda **more: {**environment, **more}
        draft = home.make_ready()
        everything = {}
        for number, (name, words, text, status) in enumerate(rows_of(options)):
            environment["ATTUNE_SEED"] = str(number)  # ids are the same everywhere, and no two alike
            done = home.run(f"{name} {words.format(draft=draft, home=home.path)}", text)
            if done.returncode != status:
                raise AssertionError(f"{locale}: attune {name} {words}: status {done.returncode}: {done.stderr}")
            if name not in ("history lock", "history passphrase"):  # they print a recovery code
                everything[f"attune {name} ({number})"] = (done.stdout + done.stderr).replace(str(home.path), "~")
        for path in sorted(home.path.iterdir()):
            if path.is_file() and path.suffix not in BINARY:
                everything[path.name] = path.read_text(encoding="utf-8").replace(str(home.path), "~")
        return everything


def main():
    options = arguments(__doc__)
    problems = []
    with Home(options.attune, prefix="attune-locales-") as home:
        made = make_locales(home.path)
        first = written(options, LOCALES[0], home.path)
        for locale in LOCALES[1:]:
            other = written(options, locale, home.path)
            problems += [f"{locale}: {what} differs from {LOCALES[0]}" for what in first if first[what] != other.get(what)]
    numbers = sum("." in text for text in first.values())
    summary = (f"hostile locales: {len(LOCALES)} locales, {len(made)} of them installed or made here, {len(first)} outputs each, "
               f"{numbers} with a point, {len(problems)} differences")
    return end(problems, summary, numbers)


if __name__ == "__main__":
    sys.exit(main())
