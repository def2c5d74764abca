# SPDX-License-Identifier: MIT
"""Everything that is asked of a page of HTML while a browser shows it.

`examine_page` gives complaints by kind; a kind without any is an empty list, one that could not be
looked at on this machine is missing. Pictures for people to look at are left beside the page.
"""

import shutil
import subprocess
import unicodedata
from pathlib import Path

import axe
from browser import PAPERS

HERE = Path(__file__).parent
SCRIPTS = [(HERE / name).read_text(encoding="utf-8") for name in ("layout.js", "contrast.js")]

# Width of the window, size of the root's font. At 400 % zoom a window of 1280 pixels has room for 320.
LAYOUTS = ((320, 100), (768, 100), (1280, 100), (768, 200))
PIXELS_AN_INCH = 96

# What is asked on which occasion: the kind of complaint, and the function in the page.
LAID_OUT = (("fits", "attune_page.overflow()"), ("fits", "attune_page.cut_words()"), ("apart", "attune_page.overlaps()"))
COLOURED = (("contrast", "attune_contrast.texts()"), ("contrast", "attune_contrast.marks()"))
PRINTED = (*(("print", expression) for _, expression in LAID_OUT), ("contrast", "attune_contrast.texts()"))


def ask(page, expression, where=""):
    """Complaints of a function in the page, each with where it was asked."""
    return [f"{where}: {each}" if where else each for each in page.evaluate(expression)]


def quiet(page):
    found = [f"asks for {url}" for url in page.requests if url != page.url]
    found += [f"shows a dialog: {each}" for each in page.dialogs]
    return found + [f"the browser says {each}" for each in page.messages]


def add(page, found, expressions, where):
    """Asks for complaints, each expression only where its kind is looked at."""
    for kind, expression in expressions:
        if kind in found:
            found[kind] += ask(page, expression, where)


def layout(page, found, stem):
    """Each width and size of text, parts folded and open; pictures on the way where a stem for their names is given."""
    for width, percent in LAYOUTS:
        page.size(width)
        page.text_size(percent)
        where = f"at {width} pixels, text at {percent} %"
        add(page, found, (("fits", f"attune_page.too_small({percent})"),), where)
        for is_open in ("true", "false"):
            page.evaluate(f"attune_page.open_all({is_open})")
            add(page, found, LAID_OUT, where)
        if stem and percent == 100:
            for scheme in ("dark", "light"):
                page.media(scheme)
                page.screenshot(f"{stem}.{width}.{scheme}.png")
    page.text_size(100)


def colours(page, found):
    """Light and dark; with the checker of others where its script could be had."""
    page.evaluate("attune_page.open_all(true)")
    for scheme, rules in (("light", axe.ALL), ("dark", axe.COLOURS)):  # what has no colour, once
        page.media(scheme)
        add(page, found, COLOURED, scheme)
        if "axe" in found:
            found["axe"] += [f"{scheme}: {each}" for each in axe.complaints(page, rules)]
    page.evaluate("attune_page.open_all(false)")


def text_area(page, paper):
    """Width and height of the part of the paper that is printed on, in pixels."""
    left, right, top, bottom = page.evaluate("attune_page.margins()")
    width, height = (inches * PIXELS_AN_INCH for inches in PAPERS[paper])
    return width - left - right, height - top - bottom


def squeezed(text):
    """Without spaces, and with ligatures taken apart: what stays the same however lines are broken."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed_words(path, words, wholes):
    """Complaints about a PDF: words that are missing in it, and wholes that are not on one page."""
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, timeout=60, check=True)
    pages = [squeezed(each) for each in done.stdout.split("\f")]
    everything = "".join(pages)
    found = [f"not printed: '{each}'" for each in words if squeezed(each) not in everything]
    for runs in wholes:
        if not any(all(squeezed(run) in page for run in runs) for page in pages):
            found.append(f"printed on two pages: {[run[:20] for run in runs]}")
    return found


def on_paper(page, found, stem):
    page.media("dark", "print")  # paper is light whatever the system is
    for paper in PAPERS:
        width, height = text_area(page, paper)
        page.size(int(width), int(height))
        add(page, found, (*PRINTED, ("print", f"attune_page.printed({height})")), paper)
        if "printed words" in found:
            words, wholes = page.evaluate("[attune_page.words(), attune_page.wholes()]")
            page.pdf(f"{stem}.{paper}.pdf", paper)
            told = printed_words(f"{stem}.{paper}.pdf", words, wholes)
            found["printed words"] += [f"{paper}: {each}" for each in told]


def kinds_here(script):
    """The kinds of complaint about a page that can be looked at on this machine."""
    own = ["quiet", "structure", "fits", "apart", "contrast", "print"]
    return own + (["axe"] if script else []) + (["printed words"] if shutil.which("pdftotext") else [])


def examine_page(browser, path, script, only=None, is_looked_at=False):
    """Complaints about a page of HTML by kind, or about `only` one; `script` is that of axe, or None.

    Pictures of the page are left beside it where it is looked at by people.
    """
    found = {kind: [] for kind in kinds_here(script) if only in (None, kind)}
    stem = str(Path(path).with_suffix(""))
    with browser.open(path) as page:
        if "quiet" in found:
            found["quiet"] = quiet(page)
        page.evaluate("\n".join(SCRIPTS))
        if "axe" in found:
            page.evaluate(f"{script}; 0")
        add(page, found, (("structure", "attune_page.headings()"), ("structure", "attune_page.pictures()")), "")
        if found.keys() & {"fits", "apart"}:
            layout(page, found, stem if is_looked_at else None)
        if found.keys() & {"contrast", "axe"}:
            colours(page, found)
        if found.keys() & {"print", "printed words", "contrast"}:
            on_paper(page, found, stem)
    return found
