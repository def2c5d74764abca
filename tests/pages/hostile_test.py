# SPDX-License-Identifier: MIT
"""Texts that look like markup stay texts, on every page, whoever wrote them.

    python3 hostile_test.py PROGRAM FOLDER
"""

import datetime
import re
import shutil
import sys
import unittest
from pathlib import Path

import hostile
from browser import Browser, chromium
from checks import quiet, squeezed
from history import TODAY, Home
from made import listed_records

PROGRAM, FOLDER = (Path(word).resolve() for word in sys.argv[1:3])

SITTINGS = 7
SCORED = (
    "history show {scored} --explain", "trend scored", "relationships scored", "progress", "report scored --explain --notes",
)  # fmt: skip
COUNTED = ("history show {journal}", "moments journal --notes")
COMPARED = ("compare {first} {scored} --names {names}",)

# What these pages don't show: the words around the questions, those about an area that nobody is in, and of a pairing that
# does not fit. All others have to be on some page.
UNSEEN = {
    "region", "told", "nopair", "nopairtext", "foreach", "together", "summary", "instructions", "origin", "lowest", "highest",
    "measured", "typical",
}  # fmt: skip

EVERY_KIND = """(() => {
  const found = new Set();
  for (const each of document.querySelectorAll("*")) {
    found.add([each.localName, ...[...each.attributes].map((own) => own.name).sort()].join(" "));
  }
  return [...found].sort();
})()"""
OPENED = "document.querySelectorAll('details').forEach((each) => { each.open = true; }), document.body.innerText"


class Told:
    """A home in which one kind of words stands everywhere, and the pages made there."""

    def __init__(self, folder, payloads):
        self.home = Home(PROGRAM, folder / "home")
        self.words = hostile.texts(payloads)
        marked = [f"xsaidx {payload}" for payload in payloads]
        self.said = [" ".join(marked[at : at + 3]) for at in range(0, len(marked), 3)]  # few enough for `moments` to show
        short = [payload for payload in payloads if len(payload) < 25]  # a name has up to 40 characters
        self.names = [f"xnamedx {short[0]}", f"xnamedtoox {short[1]}"]
        self.home.configure(f"contact = {hostile.quoted(f'xcontactx {payloads[0]}')}")
        own = self.home.path / ".config" / "attune" / "questionnaires"
        own.mkdir()
        (own / "scored.toml").write_text(hostile.scored(self.words), encoding="utf-8")
        (own / "journal.toml").write_text(hostile.journal(self.words), encoding="utf-8")
        self.live()
        self.pages = self.made([*SCORED, *COUNTED, *COMPARED])

    def live(self):
        for turn in range(SITTINGS):
            day = TODAY - datetime.timedelta(days=28 * (SITTINGS - 1 - turn))
            low, high = 2 + turn % 2, 6 - turn % 2
            answers = {f"first-{at}": (low, 8 - low)[at % 2] for at in range(4)}
            answers |= {f"second-{at}": (high, 8 - high)[at % 2] for at in range(4)}
            for about in ("general", "partner"):
                self.home.keep("scored", answers, "--about", about, day=day)
        for turn, said in enumerate(self.said):  # one line of text an entry
            picked = ("one", "two")[turn % 2]
            lines = f"picked={picked}\npicked-too={picked}\nrated=5\nnumbered={turn % 10}\nsaid={said}\n"
            self.home.attune("take", "journal", "--answers", "-", "--format", "csv", given=lines)
        self.home.attune("next", "scored", "--tried", "step", "--note", given=f"xtriedx {hostile.SHOWN[0]}")

    def made(self, commands):
        scored, journal = listed_records(self.home, "scored"), listed_records(self.home, "journal")
        paths = []
        for command in commands:
            places = {"scored": scored[-1], "first": scored[0], "journal": journal[-1], "names": ",".join(self.names)}
            words = [word.format(**places) for word in command.split()]
            path = self.home.path.parent / f"{'-'.join(re.findall('[a-z]+', command))}.html"
            path.write_text(self.home.attune(*words, "--format", "html"), encoding="utf-8")
            paths.append(path)
        return paths


def broken_off(text, shown):
    """The places where a text begins and does not go on as it was written, unless it is cut short with an ellipsis."""
    text, shown = squeezed(text), squeezed(shown)
    start = text[: text.index("x", 1) + 1]
    for found in re.finditer(re.escape(start), shown):
        here = shown[found.start() : found.start() + len(text)]
        if here != text and not ("…" in here and text.startswith(here[: here.index("…")])):
            yield here


def setUpModule():
    global bad, plain
    shutil.rmtree(FOLDER, ignore_errors=True)
    bad = Told(FOLDER / "hostile", hostile.SHOWN)
    plain = Told(FOLDER / "plain", ["plain words"] * len(hostile.SHOWN))


class Refused(unittest.TestCase):
    def test_what_hides_or_turns_words_is_in_no_definition(self):
        path = bad.home.path / "refused.toml"
        for text in hostile.REFUSED:
            for place in ("title", "about", "item", "region", "why"):
                with self.subTest(text=text, place=place):
                    words = bad.words | {place: f"words {text}"}
                    path.write_text(hostile.scored(words).replace('"scored"', '"refused"'), encoding="utf-8")
                    self.assertEqual(bad.home.run("check", path).returncode, 1)

    def test_what_hides_or_turns_words_is_in_no_answer_and_no_contact_line(self):
        home = Home(PROGRAM, FOLDER / "refused")
        for text in hostile.REFUSED:
            if text.startswith("{"):
                continue  # an answer is filled into nothing
            with self.subTest(text=text):
                answered = home.run("take", "moment", "--answers", "-", given=f"urge=none\nnote=words {text}")
                self.assertEqual(answered.returncode, 65)
                home.configure(f"contact = {hostile.quoted(text)}")
                self.assertEqual(home.run("take", "moment", "--no-save", "--answers", "urge=none").returncode, 78)
                home.configure("")


class Shown(unittest.TestCase):
    @unittest.skipUnless(chromium(), "no Chromium")
    def test_a_page_shows_all_texts_and_does_nothing_else(self):
        seen = ""
        with Browser() as browser:
            for path, twin in zip(bad.pages, plain.pages):
                with self.subTest(path.name), browser.open(path) as page, browser.open(twin) as beside:
                    self.assertEqual(quiet(page), [])
                    self.assertEqual(set(page.evaluate(EVERY_KIND)) - set(beside.evaluate(EVERY_KIND)), set())
                    shown = page.evaluate(OPENED)
                    seen += squeezed(shown)
                    for text in [*bad.words.values(), *bad.names]:
                        self.assertEqual(list(broken_off(text, shown)), [])
        for place in set(hostile.PLACES) - UNSEEN:
            self.assertIn(squeezed(bad.words[place]), seen, f"{place} is on no page")
        for text in [*bad.said, *bad.names, f"xcontactx {hostile.SHOWN[0]}", f"xtriedx {hostile.SHOWN[0]}"]:
            self.assertIn(squeezed(text), seen)

    @unittest.skipUnless(chromium(), "no Chromium")
    def test_a_text_that_became_markup_would_be_seen(self):
        path = FOLDER / "markup.html"
        source = bad.pages[0].read_text(encoding="utf-8")
        path.write_text(source.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"'), encoding="utf-8")
        with Browser() as browser, browser.open(path) as page, browser.open(plain.pages[0]) as beside:
            self.assertTrue(quiet(page))
            self.assertTrue(set(page.evaluate(EVERY_KIND)) - set(beside.evaluate(EVERY_KIND)))
            shown = page.evaluate(OPENED)
            self.assertTrue([each for text in bad.words.values() for each in broken_off(text, shown)])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
