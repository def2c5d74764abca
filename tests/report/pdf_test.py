# SPDX-License-Identifier: MIT
"""A report as PDF is one, says what the page says, and leaves nothing else behind; by each program that is installed."""

import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "manual"))

from manual import ATTUNE, Home

ANSWERS = "5,3,6,2,4,3,5,s,2,4,3,6"


def files_below(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


class Pdf(unittest.TestCase):
    def write_report(self, home, maker):
        """Makes a report with this program alone to be found; gives the PDF's path."""
        programs = home.path / "programs"
        programs.mkdir()
        wrapper = programs / maker
        wrapper.write_text(f'#!/bin/sh\nPATH=/usr/bin:/bin exec "{shutil.which(maker)}" "$@"\n', encoding="utf-8")
        wrapper.chmod(0o700)
        home.attune("take", "--form", "short", "--date", "2026-09-01", "--answers", ANSWERS)
        home.attune("take", "--form", "short", "--date", "2026-11-01", "--answers", ANSWERS)
        runtime = home.path / "runtime"
        runtime.mkdir(mode=0o700)
        environment = home.environment() | {"XDG_RUNTIME_DIR": str(runtime)}
        environment["PATH"] = str(programs)
        before = files_below(home.path)
        done = subprocess.run(
            [ATTUNE, "report", "-o", "report.pdf"], cwd=home.path, env=environment, capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        made = {path for path in files_below(home.path) - before if not path.startswith(".cache")}
        self.assertEqual(made, {"report.pdf"})
        self.assertEqual(list(runtime.iterdir()), [])
        return home.path / "report.pdf"

    def check_pdf(self, maker):
        if not shutil.which(maker) or not shutil.which("pdftotext"):
            self.skipTest(f"{maker} or pdftotext is not installed")
        with Home() as home:
            pdf = self.write_report(home, maker)
            self.assertTrue(pdf.read_bytes().startswith(b"%PDF-"))
            self.assertEqual(os.stat(pdf).st_mode & 0o777, 0o600)
            text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
            shown = home.attune("report", "--width", "200")
        words = " ".join(text.split())
        for scale in ("Anxiety", "Avoidance"):
            score = re.search(rf"{scale}\s+(\d\.\d ± \d\.\d)", shown).group(1)
            self.assertRegex(words, rf"{scale} {re.escape(score)}")
        for part in ("Over time", "2026-09-01", "Where this comes from", "not yet validated"):
            self.assertIn(part, words)

    def test_chromium(self):
        self.check_pdf("chromium")

    def test_weasyprint(self):
        self.check_pdf("weasyprint")


if __name__ == "__main__":
    unittest.main()
