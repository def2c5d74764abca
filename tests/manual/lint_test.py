# SPDX-License-Identifier: MIT
"""The pages are correct mdoc."""

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


if __name__ == "__main__":
    unittest.main()
