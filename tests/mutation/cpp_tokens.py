# SPDX-License-Identifier: MIT
"""The tokens of a C++ source: enough to know an operator from a bracket, a comment or a string."""

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""
    (?P<skipped>  \s+ | //[^\n]* | /\*.*?\*/ | (?m:^[ \t]*\#)(?:\\\n|[^\n])* )
  | (?P<string>   R"(?P<tag>[^()\\\s]*)\(.*?\)(?P=tag)" | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])+' )
  | (?P<number>   (?:0[xXbB][\da-fA-F']+ | (?:\d[\d']*\.?[\d']*|\.\d[\d']*)(?:[eEpP][+-]?\d+)?)[uUlLfF]* )
  | (?P<word>     [A-Za-z_]\w* )
  | (?P<sign>     <=> | <<= | >>= | \.\.\. | -> | :: | \+\+ | -- | && | \|\| | [-+*/%<>=!&|^]= | << | [^\w\s"'] )
    """,
    re.VERBOSE | re.DOTALL,
)
OPENING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True)
class Token:
    kind: str  # string, number, word or sign
    text: str
    start: int
    is_spaced: bool  # white space on both sides: with clang-format, what tells `a < b` from `f<b>`

    @property
    def end(self):
        return self.start + len(self.text)


def tokens_of(source):
    """Every token in order, without white space, comments and lines of the preprocessor."""
    tokens = []
    place = 0
    while place < len(source):
        found = TOKEN.match(source, place)
        if found is None:
            raise ValueError(f"not C++ at character {place}: {source[place:place + 20]!r}")
        place = found.end()
        if found.lastgroup == "skipped" or found.group("skipped") is not None:
            continue
        kind = next(name for name in ("string", "number", "word", "sign") if found.group(name) is not None)
        around = source[found.start() - 1 : found.start()] + source[place : place + 1]
        tokens.append(Token(kind, found.group(), found.start(), len(around) == 2 and around.isspace()))
    return tokens


def closing(tokens, opening):
    """Where the bracket that opens at index `opening` closes."""
    depth = 0
    for index in range(opening, len(tokens)):
        if tokens[index].text in OPENING:
            depth += 1
        elif tokens[index].text in OPENING.values():
            depth -= 1
            if depth == 0:
                return index
    raise ValueError("a bracket is never closed")
