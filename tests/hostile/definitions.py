# SPDX-License-Identifier: MIT
"""Definitions with a mistake each, and exactly what is said about it, beside each file. None can be taken, shown or scored.

UPDATE_GOLDEN=1 in the environment rewrites what is expected; read the difference before you commit it."""

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "privacy"))
from privacy import Home, arguments, end  # noqa: E402

FOLDER = HERE / "definitions"


def without_library_words(text):
    """What toml++ says of a mistake of syntax is another in each of its versions, but for the kind of thing that is wrong."""
    return re.sub(r"(:\d+:\d+: invalid [a-z -]+):.*", r"\1", text)


def kinds_in(text):
    """The errors in what was said, without places and values."""
    found = re.findall(r"^[^:\n]+\.toml:\d+:\d+: (?!warning:)(.*)$", text, re.M)
    return {re.sub(r"'[^']*'|\d[\d,]*", "…", message) for message in found}


def problems_of(home, path):
    done = subprocess.run([home.attune_file, "check", path.name], cwd=FOLDER, env=home.environment(), capture_output=True, text=True, check=False)
    said = without_library_words(done.stdout + done.stderr)
    beside = path.with_suffix(".expected")
    if os.environ.get("UPDATE_GOLDEN"):
        beside.write_text(said, encoding="utf-8")
    problems = [] if done.returncode == 1 else [f"{path.name}: status {done.returncode}"]
    if not beside.exists() or beside.read_text(encoding="utf-8") != said:
        problems.append(f"{path.name}: says\n{said}")
    if not kinds_in(said):
        problems.append(f"{path.name}: names no error and no place")
    for words in (["take", path, "--answers", "1,2"], ["show", path], ["score", path, "-"], ["wording", path, "-"]):
        done = home.run([*map(str, words)], "c1,c2\n1,2\n")
        if done.returncode != 65 or done.stdout:
            problems.append(f"{path.name}: attune {words[0]} ends with {done.returncode}")
    return problems, kinds_in(said)


def main():
    options = arguments(__doc__)
    problems, kinds = [], set()
    files = sorted(FOLDER.glob("*.toml"))
    with Home(options.attune) as home:
        for path in files:
            found, told = problems_of(home, path)
            problems += found
            kinds |= told
        if home.data.exists():
            problems.append("a data directory was made")
    if len(kinds) < 60:
        problems.append(f"only {len(kinds)} kinds of messages")
    return end(problems, f"hostile definitions: {len(files)} files, {len(kinds)} messages, {len(problems)} problems", len(files))


if __name__ == "__main__":
    sys.exit(main())
