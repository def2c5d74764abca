# SPDX-License-Identifier: MIT
"""Every page that attune makes, opened in a headless Chromium.

    python3 pages_test.py PROGRAM FOLDER

FOLDER is emptied first; afterwards it holds all pages and what is printed of them, and of one page of each kind its
pictures at three widths, light and dark. UPDATE_GOLDEN=1 writes the outlines in golden/ anew. Without Chromium the
outlines are still compared; without npm, axe-core is left out; both is said.
"""

import os
import shutil
import sys
import unittest
from pathlib import Path

import axe
from browser import Browser, chromium
from checks import examine_page
from made import LOOKED_AT, Everything
from outline import outline

GOLDEN = Path(__file__).parent / "golden"
PROGRAM, FOLDER = (Path(word).resolve() for word in sys.argv[1:3])


def setUpModule():
    global everything
    shutil.rmtree(FOLDER, ignore_errors=True)
    everything = Everything(PROGRAM, FOLDER)


class Outlines(unittest.TestCase):
    def test_each_document_has_the_structure_that_was_agreed_on(self):
        if os.environ.get("UPDATE_GOLDEN"):
            for path in everything.files:
                (GOLDEN / f"{path.name}.txt").write_text(outline(path), encoding="utf-8")
        for path in everything.files:
            with self.subTest(path.name):
                expected = (GOLDEN / f"{path.name}.txt").read_text(encoding="utf-8")
                self.assertEqual(outline(path).splitlines(), expected.splitlines())

    def test_no_outline_is_left_of_what_is_made_no_more(self):
        made = {f"{path.name}.txt" for path in everything.files}
        self.assertEqual({path.name for path in GOLDEN.iterdir()} - made, set())


@unittest.skipUnless(chromium(), "no Chromium")
class Opened(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        script = axe.script(FOLDER.parent / "axe")
        cls.found = {}
        with Browser() as browser:
            for path in everything.files:
                cls.found[path.name] = examine_page(browser, path, script, is_looked_at=path.stem in LOOKED_AT)

    def expect_none(self, kind, without=""):
        """No complaints of a kind about any document; skipped where it could be asked of none."""
        asked = {name: found[kind] for name, found in self.found.items() if kind in found}
        if not asked:
            self.skipTest(f"no {without}")
        told = [f"{name}: {each}" for name, all_of_one in asked.items() for each in list(dict.fromkeys(all_of_one))[:8]]
        if told:
            self.fail("\n".join(["", *told]))

    def test_nothing_is_asked_for_and_no_error_is_told(self):
        self.expect_none("quiet")

    def test_everything_lies_within_the_window(self):
        self.expect_none("fits")

    def test_no_words_lie_on_words_and_no_marks_on_words(self):
        self.expect_none("apart")

    def test_headings_have_an_order_and_pictures_a_name(self):
        self.expect_none("structure")

    def test_all_words_and_points_stand_out_in_light_and_dark(self):
        self.expect_none("contrast")

    def test_axe_finds_nothing_grave(self):
        self.expect_none("axe", "axe-core: npm could not fetch it")

    def test_on_paper_everything_fits_and_nothing_is_cut(self):
        self.expect_none("print")

    def test_all_words_are_printed_and_wholes_stay_on_a_page(self):
        self.expect_none("printed words", "pdftotext")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
