# SPDX-License-Identifier: MIT
"""Every small mistake that could have been made in a C++ source, one at a time.

Operators become their neighbours, numbers one more and one less, conditions their opposite, and
statements that only do something are left out. Sources are as clang-format leaves them.
"""

import re
from dataclasses import dataclass

from cpp_tokens import OPENING, closing, tokens_of

SPACED_SIGNS = {  # only with white space around: `a * b` multiplies, `char* b` does not
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
    "+": ("-",),
    "-": ("+",),
    "*": ("/",),
    "/": ("*",),
    "%": ("*",),
    "+=": ("-=",),
    "-=": ("+=",),
    "*=": ("/=",),
    "/=": ("*=",),
    "&&": ("||",),
    "||": ("&&",),
}
WORDS = {
    "all_of": "any_of",
    "any_of": "all_of",
    "back": "front",
    "ceil": "floor",
    "cos": "sin",
    "false": "true",
    "first": "last",
    "front": "back",
    "last": "first",
    "lower_bound": "upper_bound",
    "max": "min",
    "max_element": "min_element",
    "min": "max",
    "min_element": "max_element",
    "sin": "cos",
    "true": "false",
}
COMPARISONS = {"<", "<=", ">", ">=", "==", "!="}
DECLARATION = re.compile(r"[\w:]+(<.*>)?[&*]?\s+\w")
# What begins a statement that is not left out: it declares, branches or returns.
KEPT = set(
    "auto break case class const constexpr default do else enum for if namespace return static struct"
    " switch template throw using while".split()
)


@dataclass(frozen=True)
class Mutant:
    start: int
    end: int
    old: str
    new: str
    line: int  # from 1

    def applied_to(self, source):
        return source[: self.start] + self.new + source[self.end :]

    @property
    def change(self):
        return f"{' '.join(self.old.split())} → {self.new or 'nothing'}"


def _replaced(token, new):
    return token.start, token.end, token.text, new


def _numbers(token):
    """One more and one less, in the way of writing of the number."""
    found = re.fullmatch(r"([\d'.]+(?:e[+-]?\d+)?)([uUlLfF]*)", token.text)
    if found is None:
        return
    digits, suffix = found[1].replace("'", ""), found[2]
    is_whole = digits.isdigit()
    for step in (1, -1):
        value = int(digits) + step if is_whole else repr(float(digits) + step)
        yield _replaced(token, f"{value}{suffix}")


def _signs(tokens, index):
    token = tokens[index]
    if token.is_spaced and token.text in SPACED_SIGNS:
        for new in SPACED_SIGNS[token.text]:
            yield _replaced(token, new)
    elif token.text in ("++", "--"):
        yield _replaced(token, "--" if token.text == "++" else "++")
    elif token.text == "!" or (token.text == "-" and not token.is_spaced):
        yield _replaced(token, "")


def _words(tokens, index):
    token = tokens[index]
    before = tokens[index - 1].text if index > 0 else ""
    if token.text in WORDS and (before in (".", "->", "::") or token.text in ("true", "false")):
        yield _replaced(token, WORDS[token.text])


def _condition(source, tokens, index):
    """The opposite of `if (…)`, unless a single operator in it says the same."""
    if tokens[index].text != "if" or tokens[index + 1].text != "(":
        return
    end = closing(tokens, index + 1)
    inside = tokens[index + 2 : end]
    texts = [token.text for token in inside]
    is_simple = not {"&&", "||"} & set(texts)
    if is_simple and (texts[0] == "!" or any(token.is_spaced and token.text in COMPARISONS for token in inside)):
        return
    if texts[0] in ("const", "auto"):
        return
    old = source[inside[0].start : inside[-1].end]
    yield inside[0].start, inside[-1].end, old, f"!({old})"


def _choice(source, tokens, index):
    """The opposite of a plain `condition ? …`; comparisons have mutants of their own."""
    if tokens[index].text != "?":
        return
    begin = index - 1
    while tokens[begin].kind == "word" and tokens[begin - 1].text in (".", "->", "::"):
        begin -= 2
    if tokens[begin].kind == "word" and tokens[begin - 1].text in ("=", "(", ",", "return", "{", "?", ":", "*"):
        old = source[tokens[begin].start : tokens[index - 1].end]
        yield tokens[begin].start, tokens[index - 1].end, old, "!" + old


def _statement(source, tokens, index, around):
    """A statement without a value, left out. `around` is the bracket that it stands in."""
    token = tokens[index]
    if around != "{" or tokens[index - 1].text not in (";", "{", "}", ")", "else"):
        return
    if token.text in KEPT or not (token.kind == "word" or token.text in ("++", "--")):
        return
    end = index
    while end < len(tokens) and tokens[end].text != ";":
        if tokens[end].text in OPENING.values():
            return
        end = closing(tokens, end) + 1 if tokens[end].text in OPENING else end + 1
    if end == len(tokens):
        return
    old = source[token.start : tokens[end].start]
    if not DECLARATION.match(old):
        yield token.start, tokens[end].start, old, ""


def mutants_of(source):
    """All mutants of a source, in order of place; never the same text twice."""
    tokens = tokens_of(source)
    found = {}
    open_brackets = []
    for index, token in enumerate(tokens):
        edits = []
        if token.text in OPENING.values():
            open_brackets.pop()
        if token.kind == "number":
            edits += _numbers(token)
        elif token.kind == "sign":
            edits += _signs(tokens, index)
            edits += _choice(source, tokens, index)
        elif token.kind == "word":
            edits += _words(tokens, index)
            edits += _condition(source, tokens, index)
        edits += _statement(source, tokens, index, open_brackets[-1] if open_brackets else "")
        if token.text in OPENING:
            open_brackets.append(token.text)
        for start, end, old, new in edits:
            mutant = Mutant(start, end, old, new, source.count("\n", 0, start) + 1)
            found.setdefault(mutant.applied_to(source), mutant)
    return sorted(found.values(), key=lambda mutant: (mutant.start, mutant.end, mutant.new))
