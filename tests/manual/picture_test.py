# SPDX-License-Identifier: MIT
"""The pictures at the top of the README are what stands on a terminal (tmux is one), in light and in dark.

UPDATE_GOLDEN=1 in the environment draws them again; look at them before you commit."""

import os
import re
import shutil
import subprocess
import time
import unittest
from xml.sax.saxutils import escape

from manual import ATTUNE, SECONDS_TO_WAIT, SOURCE, Home
from readme_test import PROFILE

PICTURES = SOURCE / "share/pictures"
COLUMNS = 80
ENDS = {"22": {"1", "2"}, "27": {"7"}, "39": {"36"}, "49": set()}  # codes that end others
CELL, LINE, EDGE = 8.4, 18, 16  # pixels
PALETTES = {
    "light": {"paper": "#ffffff", "edge": "#d0d7de", "ink": "#1f2328", "dim": "#59636e", "36": "#0b6b74"},
    "dark": {"paper": "#0d1117", "edge": "#3d444d", "ink": "#e6edf3", "dim": "#9198a1", "36": "#56d4dd"},
}


class Terminal:
    """A tmux of its own; gone at the end of the block."""

    count = 0  # a server that is just ending must not be met

    def __init__(self, home, rows, line):
        Terminal.count += 1
        self.base = ["tmux", "-L", f"attune-{os.getpid()}-{Terminal.count}", "-f", "/dev/null"]
        self.environment = {**home.environment(), "ATTUNE_SEED": "1", "PAGER": "less -FRX", "TERM": "screen-256color"}
        self.home, self.rows, self.line = home, rows, line

    def __enter__(self):
        self.tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(self.rows), "env -u TMUX " + self.line)
        return self

    def __exit__(self, *_):
        subprocess.run([*self.base, "kill-server"], capture_output=True, check=False)

    def tmux(self, *words):
        return subprocess.run([*self.base, *words], env=self.environment, cwd=self.home.path, capture_output=True, text=True, check=True).stdout

    def screen(self, pattern):
        """The screen with its colours, once `pattern` stands on it."""
        end = time.monotonic() + SECONDS_TO_WAIT
        while not re.search(pattern, self.tmux("capture-pane", "-p")):
            if time.monotonic() > end:
                raise AssertionError(f"never came: {pattern!r}")
            time.sleep(0.05)
        time.sleep(0.3)  # a key that comes too soon answers nothing; and the rest of the screen is drawn
        return self.tmux("capture-pane", "-e", "-p").rstrip("\n").split("\n")


def runs_of(line, style):
    """The parts of a line, each (column, text, style), and the style that goes on in the next line."""
    runs, column = [], 0
    for codes, text in re.findall(r"\x1b\[([\d;]*)m|([^\x1b]+)", line):
        for code in codes.split(";") if not text else []:
            if code in ("", "0"):
                style = frozenset()
            else:
                style = style - ENDS[code] if code in ENDS else style | {code}
        if text:
            # Not every viewer keeps blanks as they are.
            runs += [(column + part.start(), part[0], style) for part in re.finditer(r"\S+(?: \S+)*", text)]
            column += len(text)
    return runs, style


def picture(command, lines, title, palette):
    colour = PALETTES[palette]
    drawn, style = [], frozenset()
    rows = [f"$ {command}", ""] + lines
    for row, line in enumerate(rows):
        runs, style = runs_of(line, style)
        for column, text, look in runs:
            known = {"1", "2", "7", "36"}
            if look - known:
                raise AssertionError(f"a style that the picture does not know: {sorted(look - known)}")
            x, y = EDGE + column * CELL, EDGE + (row + 0.75) * LINE
            ink = colour["dim"] if "2" in look else colour["36"] if "36" in look else colour["ink"]
            if "7" in look:
                drawn.append(f'<rect x="{x:.1f}" y="{y - 0.75 * LINE:.1f}" width="{len(text) * CELL:.1f}" height="{LINE}" fill="{ink}"/>')
                ink = colour["paper"]
            weight = ' font-weight="bold"' if "1" in look else ""
            drawn.append(f'<text x="{x:.1f}" y="{y:.1f}" textLength="{len(text) * CELL:.1f}" fill="{ink}"{weight}>{escape(text)}</text>')
    width, height = round(2 * EDGE + COLUMNS * CELL), 2 * EDGE + len(rows) * LINE
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="{colour["paper"]}" stroke="{colour["edge"]}"/>',
        "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', 'Cascadia Mono', Menlo, Consolas, monospace\" font-size=\"14\">",
        *drawn, "</g>", "</svg>", ""])


@unittest.skipIf(shutil.which("tmux") is None or shutil.which("less") is None, "tmux or less is not installed")
class Pictures(unittest.TestCase):
    def check(self, name, command, lines, title):
        for palette in PALETTES:
            file = PICTURES / f"{name}-{palette}.svg"
            drawn = picture(command, lines, title, palette)
            if os.environ.get("UPDATE_GOLDEN"):
                file.write_text(drawn, encoding="utf-8")
            self.assertTrue(file.read_text(encoding="utf-8") == drawn, f"{file.name} is not what is on the terminal")
            self.assertTrue(f"share/pictures/{file.name}" in (SOURCE / "README.md").read_text(encoding="utf-8"), f"the README does not show {file.name}")

    def test_a_question(self):
        with Home() as home, Terminal(home, 20, f"'{ATTUNE}' take --about partner") as terminal:
            for number, key in ((1, "2"), (2, "3"), (3, "Down"), (3, "Down")):
                terminal.screen(f"{number} of 36")
                terminal.tmux("send-keys", key)
            lines = terminal.screen("3 of 36")
        self.check("question", "attune take --about partner", lines, "The third question of attune take, with seven answers to choose from")

    def test_a_profile(self):
        line = f"'{ATTUNE}' take --about partner --answers {PROFILE}"
        with Home() as home, Terminal(home, 60, line) as terminal:
            lines = terminal.screen("Fear of loss .*being left")
        end = next(index for index, line in enumerate(lines) if "Avoidance" in line and "answered" in line)
        while not lines[end - 1].strip():
            end -= 1
        self.check("profile", "attune take --about partner", lines[:end], "The beginning of the profile: what it says in short, and the score of anxiety with its margin and its facets")


if __name__ == "__main__":
    unittest.main()
