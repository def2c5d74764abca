# SPDX-License-Identifier: MIT
"""What a file of SVG must be: safe to open, told in words, and alike in every renderer."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import png

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "style", "g", "rect", "line", "circle", "path", "text", "tspan"}

# Two renderers, half size, squares of 8 pixels, measured over all sheets: without words they are at most 0.2 apart in
# the mean and 4 in the worst square, with words 0.6 and 14. One point moved, one ground left out or one bend of a line
# changed makes 17 to 60 in the worst square without words, a missing word 44.
HALF = 0.5
SHAPES = (0.5, 8)
WORDS = (1.2, 24)


def local(element):
    return element.tag.removeprefix(SVG)


def described(root):
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    for name, element in (("title", title), ("desc", description)):
        if element is None or not (element.text or "").strip():
            yield f"no words in <{name}>"
    if root.get("role") != "img":
        yield "the root has no role=img"
    ids = {each.get("id") for each in (title, description) if each is not None}
    if not set((root.get("aria-labelledby") or "-").split()) <= ids:
        yield "the root has no name"


def attributes(element):
    for name, value in element.attrib.items():
        if name.lower().startswith("on"):
            yield f"an attribute for events: {name}"
        if "href" in name.lower():
            yield f"a reference: {name}={value}"
        if name != "aria-label" and re.search(r"url\s*\(|javascript:|data:", value, re.I):
            yield f"an address in {name}: {value}"


def complaints(path):
    """What is wrong with the file as text, without drawing it."""
    data = Path(path).read_bytes()
    if re.search(rb"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet", data):
        yield "a document type, an entity or a style sheet of another file"
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        yield f"not well-formed: {error}"
        return
    if root.tag != f"{SVG}svg":
        yield f"the root is {root.tag}"
    if not re.fullmatch(r"0 0 640 \d+", root.get("viewBox", "")):
        yield f"the view box is {root.get('viewBox')}"
    yield from described(root)
    for element in root.iter():
        if local(element) not in ALLOWED:
            yield f"an element that has no place here: {element.tag}"
        if local(element) == "style" and re.search(r"@import|url\s*\(", element.text or "", re.I):
            yield "a style that asks for another file"
        yield from attributes(element)
    if shutil.which("xmllint"):
        checked = subprocess.run(["xmllint", "--nonet", "--noout", path], capture_output=True, text=True, timeout=20)
        if checked.returncode != 0:
            yield f"xmllint: {checked.stderr.strip().splitlines()[0]}"


def height_of(path):
    return int(re.search(r'viewBox="0 0 640 (\d+)"', Path(path).read_text(encoding="utf-8"))[1])


def without_words(path):
    """A copy of the sheet that has only its shapes: letters are what renderers draw most differently."""
    copy = Path(path).with_suffix(".shapes.svg")
    copy.write_text(re.sub(r"<text.*?</text>", "", Path(path).read_text(encoding="utf-8"), flags=re.S), encoding="utf-8")
    return copy


def drawn_apart(browser, path, other):
    """How far the sheet as Chromium draws it is from another as librsvg does: (mean, worst square)."""
    here, there = Path(path).with_suffix(".chromium.png"), Path(path).with_suffix(".rsvg.png")
    with browser.open(path) as page:
        page.size(640, height_of(path), HALF)
        page.screenshot(here)
    subprocess.run(["rsvg-convert", f"--zoom={HALF}", f"--output={there}", other], check=True, timeout=60)
    return png.difference(here, there)


def apart(browser, path, other=None):
    """Complaints where two renderers draw the sheet differently; none can be had without rsvg-convert."""
    if not shutil.which("rsvg-convert"):
        return
    other = other or path
    for what, limits, pair in (
        ("shapes", SHAPES, (without_words(path), without_words(other))),
        ("words", WORDS, (path, other)),
    ):
        reached = drawn_apart(browser, *pair)
        if any(value > limit for value, limit in zip(reached, limits)):
            yield f"{what} differ by {reached[0]:.2f} in the mean and {reached[1]:.1f} in the worst square: {path}"
