# SPDX-License-Identifier: MIT
"""Texts that look like markup, in every place where somebody else's words can reach a page.

A definition is somebody else's file. What `attune check` refuses must be refused; the rest has to be shown as it is
written. Each text begins with a mark of its own, so that every place on a page where it stands can be found.
"""

import itertools
import json

# What a definition may hold, and what a page then has to show.
SHOWN = (
    '"><script>alert(1)</script>', "</style><img src=x onerror=alert(1)>", "</title><b>bold</b>", "<!-- --><i>i</i>", "]]>",
    "&lt;b&gt;", "&#0;", "&#x3c;b>", "javascript:alert(1)", "' onmouseover='alert(1)", '" autofocus onfocus="alert(1)', "`${alert(1)}`",
    "</details></table></main>", "<svg onload=alert(1)>", "<![CDATA[", "%3Cscript%3E", "\\u003cscript\\u003e", "<?php x ?>",
    "url(//example.org)", "</svg></text></desc>", "*bold* _and_ [a](http://example.org)", "$paper $ink", "<base href=//example.org>",
)  # fmt: skip

# What no definition may hold: it must not even be taken.
REFUSED = (
    "\u202eright to left", "\u2066isolated\u2069", "\u200bnothing to see", "\U000e0041\U000e0042 tags", "\u2028a line of its own",
    "\u2029a paragraph", "\ufeffa mark", "\x1b[31mred", "\x07bell", "\x7fdelete", "\x85next line", "{script}", "a\ttab",
)  # fmt: skip

PLACES = (
    "title", "summary", "instructions", "status", "source", "license", "about", "lowest", "highest", "name", "low", "high", "facet",
    "lowband", "highband", "sample", "origin", "measured", "item", "choice", "other", "numbered", "unit", "written", "region",
    "told", "elsewhere", "retold", "step", "why", "try", "derived", "rate", "counted", "typical", "pair", "pairtext", "forone",
    "forother", "forboth", "nopair", "nopairtext", "foreach", "together",
)  # fmt: skip


def mark(place):
    return f"x{place}x"


def quoted(text):
    """A basic string of TOML; JSON's are, as long as no half of a pair is escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f").replace("\x85", "\\u0085")


def texts(payloads=SHOWN):
    """A text for each place: its mark, then one of the payloads in turn."""
    return {place: f"{mark(place)} {payload}" for place, payload in zip(PLACES, itertools.cycle(payloads))}


def header(name, words):
    t = {place: quoted(text) for place, text in words.items()}
    return f"""format = 1

[questionnaire]
id = "{name}"
version = "1.0.0"
title = {t["title"]}
summary = {t["summary"]}
instructions = {t["instructions"]}
status = {t["status"]}
source = {t["source"]}
license = {t["license"]}
language = "en"

[about]
general = {t["about"]}
partner = {quoted(words["about"] + " too")}

[[response_scales]]
id = "agreement"
min = 1
max = 7
labels = {{ 1 = {t["lowest"]}, 7 = {t["highest"]} }}
"""


def scale_of(name, place, words):
    t = {place: quoted(text) for place, text in words.items()}
    items = "".join(
        f"""
[[items]]
id = "{name}-{number}"
text = {quoted(f"{words['item']} {name} {number} {{about}}")}
scale = "{name}-facet"
reverse = {"true" if number % 2 else "false"}
"""
        for number in range(4)
    )
    return f"""
[[scales]]
id = "{name}"
name = {t["name"]}
low = {t["low"]}
high = {t["high"]}
bands = [{{ id = "low", below = 4, text = {t["lowband"]} }}, {{ id = "high", text = {t["highband"]} }}]
typical = {{ low = 2, high = 3, of = {t["typical"]}, source = {t["origin"]} }}
wanted = "down"
progress = {place}
norms = [{{ sample = {t["sample"]}, n = 200, mean = 3.5, sd = 1.2, source = {t["origin"]} }}]
reliability = {{ alpha = 0.9, source = {t["measured"]} }}

[[scales]]
id = "{name}-facet"
parent = "{name}"
name = {t["facet"]}
low = {t["low"]}
high = {t["high"]}
{items}"""


def scored(words):
    """A questionnaire with scales, regions, derived scores, steps and pairings."""
    t = {place: quoted(text) for place, text in words.items()}
    return f"""{header("scored", words)}{scale_of("first", 1, words)}{scale_of("second", 2, words)}
[[derived]]
id = "apart"
name = {t["derived"]}
low = {t["low"]}
high = {t["high"]}
weights = {{ first = 1, second = -1 }}

[[regions]]
id = "high"
name = {t["region"]}
text = {t["told"]}
when = {{ first = {{ at_least = 4 }}, second = {{ at_least = 4 }} }}

[[regions]]
id = "low"
name = {t["elsewhere"]}
text = {t["retold"]}
when = [{{ first = {{ below = 4 }} }}, {{ first = {{ at_least = 4 }}, second = {{ below = 4 }} }}]

[[next_steps]]
id = "step"
title = {t["step"]}
why = {t["why"]}
try = {t["try"]}
size = "small"

[[pairings]]
id = "alike"
name = {t["pair"]}
text = {t["pairtext"]}
one = {{ second = {{ at_least = 4 }} }}
other = {{ second = {{ above = 3 }} }}
for_one = {t["forone"]}
for_other = {t["forother"]}
for_both = {t["forboth"]}

[[pairings]]
id = "any"
name = {t["nopair"]}
text = {t["nopairtext"]}
for_one = {t["foreach"]}
for_both = {t["together"]}
"""


def journal(words):
    """A log with every kind of item, a rate and a pair that is counted together."""
    t = {place: quoted(text) for place, text in words.items()}
    choices = f'kind = "choice"\nchoices = [{{ id = "one", text = {t["choice"]} }}, {{ id = "two", text = {t["other"]} }}]'
    return f"""{header("journal", words)}
[[items]]
id = "picked"
text = {t["item"]}
{choices}

[[items]]
id = "picked-too"
text = {t["item"]}
{choices}

[[items]]
id = "rated"
text = {t["item"]}

[[items]]
id = "numbered"
text = {t["numbered"]}
kind = "number"
min = 0
max = 10
unit = {t["unit"]}

[[items]]
id = "said"
text = {t["written"]}
kind = "text"

[[rates]]
id = "share"
name = {t["rate"]}
item = "picked"
counts = ["one"]
of = ["one", "two"]
unit = {t["counted"]}
low = {t["low"]}
high = {t["high"]}
wanted = "up"
progress = 3

[[together]]
items = ["picked", "picked-too"]
"""
