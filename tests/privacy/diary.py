# SPDX-License-Identifier: MIT
"""A diary whose every answer is a marker: a text that stands nowhere else, so that any trace of it is found."""

import os

from privacy import HERE, Sitting

DIARY = HERE / "gnu-diary.toml"
CHOICE, NUMBER, LINE, NOTE = "quokka-place", "7654321", "zebrafinch at noon", "numbat in the note"
MARKERS = (CHOICE, NUMBER, LINE, NOTE)


def sit(home, *options):
    """Answers the diary and its note on a terminal. Gives all that stood on it, and the status."""
    words = [home.attune_file, "take", DIARY, "--note", *options]
    sitting = Sitting(str(home.path), words, environment=home.environment())
    said = ""
    for question, answer in (("1 of 3", "1"), ("2 of 3", NUMBER), ("3 of 3", LINE),
                             ("3 of 3 answered", "f"), ("(?i)note", NOTE)):
        said += sitting.text
        said += sitting.until(question).group()
        sitting.send(answer + ("\n" if "--plain" in options or len(answer) > 1 else ""))
    text, status = sitting.end()
    os.close(sitting.master)
    os.close(sitting.slave)
    return said + text, status
