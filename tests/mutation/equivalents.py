# SPDX-License-Identifier: MIT
"""Mutants that change no result, each with the reason. A listed one that a test kills, or that is gone, is a mistake."""

import tomllib


class Equivalents:
    def __init__(self, entries, sources):
        self.entries = entries
        self.lines = {file: source.splitlines() for file, source in sources.items()}

    def _matches(self, entry, file, mutant):
        line = self.lines[file][mutant.line - 1].strip()
        return (entry["file"], entry["line"], entry["change"]) == (file, line, mutant.change)

    def has(self, file, mutant):
        return any(self._matches(entry, file, mutant) for entry in self.entries)

    def problems(self, outcomes):
        """What is wrong with the list, given pairs of (file, mutant) and outcome."""
        wrong = []
        for (file, mutant), outcome in outcomes:
            if outcome != "survived" and self.has(file, mutant):
                wrong.append(f"{file}:{mutant.line}: listed as equivalent, but {outcome}: {mutant.change}")
        for entry in self.entries:
            if not entry.get("reason", "").strip():
                wrong.append(f"{entry['file']}: no reason is given for {entry['change']}")
            if entry["line"] not in (line.strip() for line in self.lines.get(entry["file"], ())):
                wrong.append(f"{entry['file']}: listed as equivalent, but there is no line: {entry['line']}")
        return wrong


def read_equivalents(root):
    with open(root / "tests/mutation/equivalent.toml", "rb") as listed:
        entries = tomllib.load(listed).get("mutant", [])
    files = {str(path.relative_to(root)) for path in (root / "src").glob("*/*.cpp")}
    return Equivalents(entries, {file: (root / file).read_text() for file in sorted(files)})
