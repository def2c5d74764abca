# SPDX-License-Identifier: MIT
"""The checks of pages object to what is wrong, and to nothing else.

    python3 checks_test.py FOLDER

Each sample is right; each row breaks it in one place and names the kind of complaint that has to come.
"""

import shutil
import sys
import unittest
from pathlib import Path

import axe
from browser import Browser, BrowserError, chromium
from checks import examine_page, kinds_here
from outline import read_html

SAMPLE = Path(__file__).parent / "samples" / "good.html"
FOLDER = Path(sys.argv[1]).resolve()

# What each row does, the kind that has to object, what it says, and the replacement.
BROKEN_PAGES = (
    ("a picture from elsewhere", "quiet", "asks for http", "</main>", '<img alt="" src="http://example.org/a.png"></main>'),
    ("another file", "quiet", "asks for file", "</style>", '</style><link rel="stylesheet" href="other.css">'),
    ("a dialog", "quiet", "shows a dialog", "</main>", "<script>alert(1)</script></main>"),
    ("an exception", "quiet", "says exception", "</main>", "<script>nothing.at.all()</script></main>"),
    ("a word on the console", "quiet", "says log", "</main>", "<script>console.log('here')</script></main>"),
    ("a wide table", "fits", "scrolls sideways", "<td>4.0", '<td style="min-width:30rem">4.0'),
    ("a wide table in what is folded", "fits", "outside: <table>", "<td>4.0", '<td style="min-width:30rem">4.0'),
    ("a long word", "fits", "words outside", "overflow-wrap: anywhere", "white-space: nowrap"),
    ("words of a picture past the edge", "fits", "words outside: 'seven'", 'x="90%" y="90%" text-anchor="end"', 'x="120%" y="90%"'),
    ("text that does not grow", "fits", "text stays at 16", "font: 1rem/1.5", "font: 16px/1.5"),
    ("a word cut in two", "fits", "cut in two: 'Numbers'", "<summary>", '<summary style="width:4em">'),
    ("a date cut in two", "fits", "cut in two: '2026-11-24'", "<td>4.0", '<td style="width:4em">2026-11-24'),
    ("words on words in a picture", "apart", "words on words: 'one' and 'four'", 'x="10%" y="90%"', 'x="48%" y="88%"'),
    ("words on words of the page", "apart", "words on words", "<p>These", '<p style="margin-top:-3rem">These'),
    ("a point on a word", "apart", "lies on 'four'", 'cy="60%"', 'cy="82%"'),
    ("a line through a word", "apart", "<line", 'y1="60%" x2="90%" y2="60%"', 'y1="85%" x2="90%" y2="85%"'),
    ("a second heading of level 1", "structure", "2 headings", "<h2>A picture</h2>", "<h1>A picture</h1>"),
    ("no heading of level 1", "structure", "0 headings", "<h1>A page with nothing wrong</h1>", ""),
    ("a level left out", "structure", "level 3 after 1", "<h2>A picture</h2>", "<h3>A picture</h3>"),
    ("no language", "structure", "no language", ' lang="en"', ""),
    ("no title", "structure", "no title", "<title>A page with nothing wrong</title>", ""),
    ("no main part", "structure", "<main>", "<main>", "<main></main><main>"),
    ("a picture without a role", "structure", "no role", ' role="img"', ""),
    ("a picture without a name", "structure", "no name", 'aria-label="One point, near the middle."', 'aria-label=" "'),
    ("hidden words", "structure", "hidden words", 'role="img"', 'aria-hidden="true"'),
    ("pale words", "contrast", "light: contrast", "--ink: #222222", "--ink: #999999"),
    ("pale words in the dark alone", "contrast", "dark: contrast", "--ink: #eeeeee", "--ink: #555555"),
    ("pale words in a picture", "contrast", "light: contrast", "text { fill: var(--ink) }", "text { fill: #aaaaaa }"),
    ("words of a picture on a dark ground", "contrast", "'one'", '<text x="10%"',
     '<rect x="0" y="70%" width="30%" height="30%" fill="#444444"/><text x="10%"'),
    ("words of a picture behind a veil", "contrast", "'one'", "</svg>",
     '<rect x="0" y="70%" width="30%" height="30%" fill="#ffffff" fill-opacity=".8"/></svg>'),
    ("a pale point", "contrast", "<circle", "--mark: #1b5a8f", "--mark: #cccccc"),
    ("dark paper in print", "contrast", "a4: contrast", "@media screen and (prefers", "@media (prefers"),
    ("a picture that may be cut", "print", "may be cut", "figure, tr { break-inside: avoid }", "tr { break-inside: avoid }"),
    ("a row that may be cut", "print", "may be cut: <tr>", "figure, tr { break-inside: avoid } }\n</style>",
     "figure { break-inside: avoid } details::details-content "
     "{ content-visibility: visible; block-size: auto } }\n</style>"),
    ("a picture higher than paper", "print", "higher than a page", "height: 6em", "height: 1200px"),
    ("something wider than paper", "print", "a4: outside", "@page", "@media print { h2 { width: 900px } } @page"),
    ("words that are not printed", "printed words", "not printed: 'Hardly", "<h2>A pic", '<p style="height:0;overflow:hidden">Hardly there</p><h2>A pic'),
    ("a picture on two pages", "printed words", "printed on two pages", "<figcaption>", '<div style="height:240mm"></div><figcaption>'),
    ("a heading left alone", "printed words", "printed on two pages: ['A picture'", "<h2>A picture</h2>", '<h2 style="padding-bottom:230mm">A picture</h2>'),
    ("a heading without its section", "printed words", "printed on two pages: ['The same in numb", "<h2>The same in numbers</h2>",
     '<h2 style="padding-bottom:230mm">The same in numbers</h2><p>Of each day.</p><section><h3>Monday</h3></section>'),
    ("a field without a name", "axe", "axe label", ' aria-label="Your own words"', ""),
    ("a role that is none", "axe", "axe aria-roles", "<p>These", '<p role="sentence">These'),
    ("pale words in the dark, seen by axe", "axe", "dark: axe color-contrast", "--ink: #eeeeee", "--ink: #555555"),
)  # fmt: skip

def broken(row):
    """A copy of the sample with the replacement of the row; it must have something to replace."""
    old, new = row[-2:]
    text = SAMPLE.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{row[0]}: the sample has no {old}"
    path = FOLDER / f"{row[0].replace(' ', '-')}.html"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@unittest.skipUnless(chromium(), "no Chromium")
class Checks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        cls.axe = axe.script(FOLDER.parent / "axe")
        cls.kinds = kinds_here(cls.axe)
        cls.browser = cls.enterClassContext(Browser())

    def examine(self, path, only=None):
        return examine_page(self.browser, path, self.axe, only)

    def test_a_good_page_has_no_complaints(self):
        path = shutil.copy(SAMPLE, FOLDER)
        self.assertEqual({kind: all_of_it for kind, all_of_it in self.examine(path).items() if all_of_it}, {})

    def test_each_broken_page_is_objected_to(self):
        for row in BROKEN_PAGES:
            with self.subTest(row[0]):
                if row[1] in self.kinds:
                    self.assertIn(row[2], "\n".join(self.examine(broken(row), row[1])[row[1]]))

    def test_a_page_that_never_answers_is_given_up(self):
        with self.browser.open(SAMPLE) as page:
            with self.assertRaisesRegex(BrowserError, "no answer within 1 seconds"):
                self.browser.call("Runtime.evaluate", page.session, 1, expression="new Promise(() => {})", awaitPromise=True)


class Readers(unittest.TestCase):
    def test_a_tag_that_closes_another_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "</b> ends <i>"):
            read_html("<p><b><i>words</b></i></p>")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
