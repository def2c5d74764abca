# SPDX-License-Identifier: MIT
"""What the README shows is what the program prints, and the table of proofs names those that there are."""

import re
import shlex
import unittest

from manual import SOURCE, Home

# A made-up year of the short form of closeness, about a partner.
YEAR = """
2025-11-04 3,4,4,4,5,4,3,4,4,3,2,5
2025-12-06 1,5,5,5,4,5,4,5,2,2,3,4
2026-01-07 3,4,2,5,5,6,3,6,3,1,3,5
2026-02-05 2,3,4,4,4,5,4,5,3,3,4,4
2026-03-07 3,7,4,5,4,6,2,6,3,3,3,4
2026-04-06 2,4,4,6,3,5,4,6,2,1,3,4
2026-05-05 3,5,2,5,4,6,1,5,4,4,4,5
2026-06-05 4,5,3,4,6,4,3,4,4,3,2,6
2026-07-05 4,7,1,6,6,4,3,3,4,3,3,5
2026-08-04 4,6,4,4,5,3,4,3,6,5,2,7
2026-09-03 4,3,3,4,4,3,4,3,4,4,3,4
2026-10-01 4,6,2,5,5,3,3,4,5,4,3,6
2026-11-07 4,6,4,4,5,3,4,3,5,4,2,6
"""

# What somebody who keeps a distance might answer about a partner.
PROFILE = "2,2,3,4,5,5,6,6,4,3,5,3,2,6,4,6,6,2,6,3,3,1,2,6,5,2,4,4,2,4,5,2,5,6,4,6"


class Pictures(unittest.TestCase):
    def test_the_trend_is_as_shown(self):
        readme = (SOURCE / "README.md").read_text(encoding="utf-8")
        ((command, shown),) = re.findall(r"^```\n\$ attune (trend [^\n]*)\n\n(.*?)^```$", readme, re.M | re.S)
        self.assertIn("a check-in", shown)
        with Home() as home:
            for line in YEAR.split("\n")[1:-1]:
                date, answers = line.split()
                home.attune("take", "--form", "short", "--about", "partner", "--date", date, "--answers", answers)
            printed = home.attune(*shlex.split(command))
        for part in re.split(r"^\.\.\.\n", shown, flags=re.M):
            self.assertIn(part.strip(), printed)


class Proofs(unittest.TestCase):
    def test_the_table_names_every_proof_and_no_other(self):
        text = (SOURCE / "CONTRIBUTING.md").read_text(encoding="utf-8")
        table = "".join(line for line in text.split("## Proofs")[1].split("## Style")[0].splitlines(True) if line.startswith("|"))
        folder, named = "", set()
        for path in re.findall(r"`([\w/*.]+\.(?:py|cpp))`", table):
            folder = path.rsplit("/", 1)[0] if "/" in path else folder
            named.add(path if "/" in path else f"{folder}/{path}")
        for path in named:
            self.assertTrue(list(SOURCE.glob(path)), path)
        proofs = {str(path.relative_to(SOURCE)) for folder in ("faults", "hostile", "privacy", "locking")
                  for path in (SOURCE / "tests" / folder).glob("*.py") if "def main" in path.read_text(encoding="utf-8")}
        self.assertGreater(len(proofs), 15)
        self.assertEqual(proofs - named, set())


if __name__ == "__main__":
    unittest.main()
