# SPDX-License-Identifier: MIT
"""Sixteen writers and a hundred readers at once: every check-in is kept, and nobody sees an error."""

import json
import os
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ATTUNE = Path(os.environ["ATTUNE"]).resolve()
WRITERS = 16
CHECK_INS = 50
READERS = 100
ANSWERS = "5,3,6,2,4,3,5,4,2,4,3,6"


class Together(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory(prefix="attune-together-")
        self.addCleanup(self.home.cleanup)

    def run_attune(self, *words):
        return subprocess.run(
            [ATTUNE, *words],
            env={"HOME": self.home.name, "PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def write(self, _):
        """The ids of one writer's check-ins."""
        ids = []
        for _ in range(CHECK_INS):
            done = self.run_attune("take", "--form", "short", "--answers", ANSWERS, "--format", "json")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            ids.append(json.loads(done.stdout)["id"])
        return ids

    def ask(self, _):
        done = self.run_attune("due")
        self.assertIn(done.returncode, (0, 1))
        self.assertEqual(done.stderr, "")

    def test_nothing_is_lost_and_nobody_fails(self):
        with ThreadPoolExecutor(WRITERS + 4) as pool:
            writers = [pool.submit(self.write, number) for number in range(WRITERS)]
            readers = [pool.submit(self.ask, number) for number in range(READERS)]
            written = [record for writer in writers for record in writer.result()]
            for reader in readers:
                reader.result()
        self.assertEqual(len(set(written)), WRITERS * CHECK_INS)
        kept = json.loads(self.run_attune("history", "list", "--format", "json").stdout)
        self.assertEqual(sorted(record["id"] for record in kept), sorted(written))


if __name__ == "__main__":
    unittest.main()
