# SPDX-License-Identifier: MIT
"""What is said about coverage is what gcovr counted."""

import unittest

from branches import NEEDED, by_module, problems


def file_of(module, counts):
    lines = [{"line_number": 1, "branches": [{"count": count} for count in counts]}, {"line_number": 2, "branches": []}]
    return {"file": f"src/{module}/x.cpp", "lines": lines}


class Branches(unittest.TestCase):
    def test_branches_are_added_up_by_module(self):
        files = [file_of("store", [3, 0]), file_of("store", [1]), file_of("base", [0])]
        self.assertEqual(by_module(files), {"store": (3, 2), "base": (1, 0)})

    def test_nineteen_of_twenty_are_enough_and_no_fewer(self):
        enough = {module: (20, 19) for module in NEEDED}
        self.assertEqual(problems(enough), [])
        self.assertEqual(
            problems({**enough, "store": (20, 18)}), ["store: fewer than 95 % of the branches are taken"]
        )

    def test_a_module_that_was_not_measured_is_a_problem(self):
        counts = by_module([file_of("store", [1]), file_of("scoring", [1]), file_of("interpretation", [])])
        self.assertEqual(problems(counts), ["interpretation: nothing was measured"])


if __name__ == "__main__":
    unittest.main()
