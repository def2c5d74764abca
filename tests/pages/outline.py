# SPDX-License-Identifier: MIT
"""A page reduced to its structure: elements, roles, headings, shapes of tables, counts of marks.

No place, size or colour is in it, and no word but headings, heads of tables and what unfolds. `python3 outline.py FILE` prints it.
"""

import collections
import sys
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "br", "hr", "img", "link", "input", "wbr"}
TOLD = {"h1", "h2", "h3", "h4", "summary"}  # elements whose words belong to the structure
INLINE = {"b", "i", "em", "strong", "br", "span"}


class Element:
    """One element: its name, attributes, children and own words."""

    def __init__(self, name, attributes):
        self.name = name
        self.attributes = attributes
        self.children = []
        self.own = []

    def words(self):
        """All text in it, spaces made one."""
        parts = [each if isinstance(each, str) else each.words() for each in self.own]
        return " ".join(" ".join(parts).split())

    def add(self, child):
        self.children.append(child)
        self.own.append(child)

    def all(self, name):
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)


class Reader(HTMLParser):
    """HTML as a tree. Pages that attune writes close all they open; what does not is an error of the page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.open[-1].add(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].add(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open[-1].name != tag:
            raise ValueError(f"</{tag}> ends <{self.open[-1].name}> at {self.getpos()}")
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].own.append(data)


def read_html(text):
    reader = Reader()
    reader.feed(text)
    reader.close()
    if len(reader.open) > 1:
        raise ValueError(f"<{reader.open[-1].name}> is left open")
    return reader.root


def label(element):
    kind = element.attributes.get("class")
    role = element.attributes.get("role")
    hidden = " hidden" if element.attributes.get("aria-hidden") == "true" else ""
    words = f" '{element.words()}'" if element.name in TOLD else ""
    return f"{element.name}{f'.{kind}' if kind else ''}{f' role={role}' if role else ''}{hidden}{words}"


def marks(svg):
    """What a picture is drawn of, by kind."""
    counted = collections.Counter()

    def count(element):
        for child in element.children:
            if child.name not in {"svg", "g", "title", "desc", "style", "tspan"}:
                counted[f"{child.name}.{child.attributes.get('class', '')}".rstrip(".")] += 1
            count(child)

    count(svg)
    # How many lines a text takes is a matter of layout.
    return ", ".join(kind if kind.startswith("text") else f"{kind} x{number}" for kind, number in sorted(counted.items()))


def table_shape(table):
    heads = [each.words() for each in table.all("th") if each.attributes.get("scope") == "col"]
    rows = [row for body in table.all("tbody") for row in body.all("tr")]
    return f"{label(table)}: {' | '.join(heads)}; rows x{len(rows)}"


def lines_of(element, depth):
    indent = "  " * depth
    if element.name in {"style", "script", "head"} | INLINE:
        return []
    if element.name == "svg":
        return [f"{indent}{label(element)}: {marks(element)}"]
    if element.name == "table":
        pictures = [line for svg in element.all("svg") for line in lines_of(svg, depth + 1)]
        return [f"{indent}{table_shape(element)}", *pictures]
    if element.name == "dl":
        return [f"{indent}{label(element)}: terms x{sum(child.name == 'dt' for child in element.children)}"]
    if element.name in TOLD:
        return [f"{indent}{label(element)}"]
    below = [line for child in element.children for line in lines_of(child, depth + 1)]
    return [f"{indent}{label(element)}", *below]


def counted(lines):
    """Lines that follow their like are told once, with their number."""
    out = []
    for line in lines:
        if out and out[-1][0] == line:
            out[-1][1] += 1
        else:
            out.append([line, 1])
    return [line if number == 1 else f"{line} x{number}" for line, number in out]


def outline(path):
    """The structure of a file as text."""
    root = read_html(Path(path).read_text(encoding="utf-8"))
    lines = [line for child in root.children for line in lines_of(child, 0)]
    return "\n".join(counted(lines)) + "\n"


if __name__ == "__main__":
    sys.stdout.write(outline(sys.argv[1]))
