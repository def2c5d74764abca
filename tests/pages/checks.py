# SPDX-License-Identifier: MIT
"""Everything that is asked of a page of HTML while a browser shows it, and of a sheet of SVG.

`examine_page` and `examine_sheet` give complaints by kind; a kind without any is an empty list, one that could not be
looked at on this machine is missing. Pictures for people to look at are left beside the page.
"""

import shutil
import subprocess
import unicodedata
from pathlib import Path

import axe
import sheets
from browser import PAPERS

HERE = Path(__file__).parent
SCRIPTS = [(HERE / name).read_text(encoding="utf-8") for name in ("layout.js", "contrast.js")]

# Width of the window, size of the root's font. At 400 % zoom a window of 1280 pixels has room for 320.
LAYOUTS = ((320, 100), (768, 100), (1280, 100), (768, 200))
LOOKED_AT = (320, 768, 1280)
PIXELS_AN_INCH = 96


def ask(page, expression, where=""):
    """Complaints of a function in the page, each with where it was asked."""
    return [f"{where}: {each}" if where else each for each in page.evaluate(expression)]


def quiet(page):
    found = [f"asks for {url}" for url in page.requests if url != page.url]
    found += [f"shows a dialog: {each}" for each in page.dialogs]
    return found + [f"the browser says {each}" for each in page.messages]


def with_details(page, complaints):
    """The complaints with every part folded, and with every part open."""
    page.evaluate("attune_page.open_all(true)")
    opened = complaints()
    page.evaluate("attune_page.open_all(false)")
    return opened + complaints()


def layout(page, found):
    for width, percent in LAYOUTS:
        page.size(width)
        page.text_size(percent)
        where = f"at {width} pixels, text at {percent} %"
        found["fits"] += with_details(page, lambda: ask(page, "attune_page.overflow()", where))
        found["apart"] += with_details(page, lambda: ask(page, "attune_page.overlaps()", where))
    page.text_size(100)


def colours(page, found, script):
    """Light and dark; with the checker of others where its script could be had."""
    for scheme in ("light", "dark"):
        page.media(scheme)
        for expression in ("attune_contrast.texts()", "attune_contrast.marks()"):
            found["contrast"] += with_details(page, lambda: ask(page, expression, scheme))
        if script:  # everything once, and again what depends on colours
            page.evaluate("attune_page.open_all(true)")
            found["axe"] += [f"{scheme}: {each}" for each in axe.complaints(page, axe.ALL if scheme == "light" else axe.COLOURS)]
            page.evaluate("attune_page.open_all(false)")


def pictures_to_look_at(page, stem):
    for scheme in ("light", "dark"):
        page.media(scheme)
        for width in LOOKED_AT:
            page.size(width)
            page.screenshot(f"{stem}.{width}.{scheme}.png")
    page.media("light")


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
        found["print"] += ask(page, "attune_page.overflow()", paper)
        found["print"] += ask(page, "attune_page.overlaps()", paper)
        found["print"] += ask(page, f"attune_page.printed({height})", paper)
        found["contrast"] += ask(page, "attune_contrast.texts()", paper)
        words, wholes = page.evaluate("[attune_page.words(), attune_page.wholes()]")
        path = f"{stem}.{paper}.pdf"
        page.pdf(path, paper)
        if "printed words" in found:
            found["printed words"] += [f"{paper}: {each}" for each in printed_words(path, words, wholes)]


def examine_page(browser, path, script):
    """Complaints about a page of HTML by kind; `script` is that of axe, or None."""
    kinds = ["quiet", "fits", "apart", "structure", "contrast", "print"]
    kinds += ["axe"] if script else []
    kinds += ["printed words"] if shutil.which("pdftotext") else []
    found = {kind: [] for kind in kinds}
    stem = str(Path(path).with_suffix(""))
    with browser.open(path) as page:
        found["quiet"] = quiet(page)
        page.evaluate("\n".join(SCRIPTS))
        if script:
            page.evaluate(f"{script}; 0")
        found["structure"] = ask(page, "attune_page.headings()") + ask(page, "attune_page.pictures()")
        layout(page, found)
        colours(page, found, script)
        pictures_to_look_at(page, stem)
        on_paper(page, found, stem)
    return found


def examine_sheet(browser, path):
    """Complaints about a sheet of SVG by kind."""
    found = {"sheet": list(sheets.complaints(path))}
    if found["sheet"]:
        return found  # no browser shows what is not well-formed
    with browser.open(path) as page:
        found["quiet"] = quiet(page)
        page.evaluate("\n".join(SCRIPTS))
        page.size(640, sheets.height_of(path))
        found["fits"] = ask(page, "attune_page.overflow()")
        found["apart"] = ask(page, "attune_page.overlaps()")
        found["contrast"] = ask(page, "attune_contrast.texts()") + ask(page, "attune_contrast.marks()")
    if shutil.which("rsvg-convert"):
        found["alike"] = list(sheets.apart(browser, path))
    return found
