# SPDX-License-Identifier: MIT
"""The pages are correct mdoc, for mandoc and for groff."""

import os
import re
import shutil
import subprocess
import unittest

from manual import PAGES


class Lint(unittest.TestCase):
    def test_mandoc_finds_nothing_to_warn_of(self):
        self.assertGreaterEqual(len(PAGES), 3)
        if shutil.which("mandoc") is None:
            self.skipTest("mandoc is not installed, so the pages are not linted")
        for page in PAGES:
            with self.subTest(page=page.name):
                lint = subprocess.run(
                    ["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True, check=False
                )
                self.assertEqual(lint.stdout, "")
                self.assertEqual(lint.returncode, 0, lint.stderr)

    def test_every_page_refers_to_the_first_and_none_to_one_that_is_missing(self):
        names = {page.name for page in PAGES}
        for page in PAGES:
            named = {f"{name}.{number}" for name, number in re.findall(r"\bXr (attune[\w-]*) (\d)", page.read_text(encoding="utf-8"))}
            with self.subTest(page=page.name):
                self.assertEqual(named - names, set())
                self.assertIn("attune.1", named | {"attune.1" if page.name == "attune.1" else ""})

    def test_groff_has_nothing_to_warn_of(self):
        if shutil.which("man") is None or shutil.which("groff") is None:
            self.skipTest("man or groff is not installed, so its warnings are not looked at")
        for page in PAGES:
            with self.subTest(page=page.name):
                shown = subprocess.run(
                    ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page], capture_output=True, text=True, check=False,
                    env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"}
                )
                self.assertEqual(shown.stderr, "")

    def test_every_quotation_that_begins_ends_before_the_next(self):
        if shutil.which("mandoc") is None:
            self.skipTest("mandoc is not installed, so the pages are not shown")
        for page in PAGES:
            with self.subTest(page=page.name):
                shown = subprocess.run(["mandoc", "-T", "utf8", page], capture_output=True, text=True, check=True).stdout
                marks = re.sub("[^‘’“”]", "", re.sub(".\\x08", "", shown))
                self.assertEqual(re.sub("‘’|“”", "", marks), "")


if __name__ == "__main__":
    unittest.main()
