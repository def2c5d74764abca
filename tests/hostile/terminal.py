# SPDX-License-Identifier: MIT
"""Whatever texts say, and wherever they come from, nothing but text and our own colours reaches a terminal: each payload in
each field of a definition and of its texts, in tables and JSON Lines, in imports, names, paths, arguments and variables."""

import itertools
import json
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "privacy"), str(HERE.parent / "pages")]
from hostile import PLACES, journal, scored  # noqa: E402
from payloads import every, harm_in, on_terminal  # noqa: E402
from privacy import SHORT, SOURCE, Home, arguments, end, names_of_commands  # noqa: E402

# Keys of a definition that no text of `scored` and `journal` fills: names for programs, checked by their alphabet.
NO_TEXTS = {"version", "language", "contact", "texts_for"}
FIELD = re.compile(r'"[^"\n]*"')


class Proof:
    def __init__(self, home, is_long):
        self.home = home
        self.is_long = is_long
        # In a short run one in so many, each run of them from every kind.
        self.payloads = list(every()) if is_long else list(every())[::7]
        self.problems = []
        self.counts = {"runs": 0, "fields": 0, "payloads": 0}

    def run(self, what, words, text=b"", environment=None):
        """Runs attune on a terminal and looks at what it shows. Gives the status and the output."""
        command = [self.home.attune_file, *words]
        status, output = on_terminal(command, environment or self.home.environment(), self.home.path, text)
        self.counts["runs"] += 1
        harm = harm_in(output)
        if harm:
            self.problems.append(f"{what}: on the terminal: {harm}")
        if status < 0 or status == 70:
            self.problems.append(f"{what}: ended by {status}: {output[-200:]!r}")
        return status, output

    def write(self, name, content):
        path = self.home.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def problems_of_fields():
    """Every key that the program reads a text from is in the definitions made here."""
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((SOURCE / "src/definition").glob("*.cpp")))
    read = set(re.findall(r'\.text\("(\w+)"', code)) - NO_TEXTS
    words = {place: "x" for place in PLACES}
    filled = set(re.findall(r'(\w+) = "', scored(words) + journal(words)))
    return [f"no payload reaches the key {key}" for key in sorted(read - filled)] + ([] if len(read) > 10 else ["no keys were found"])


def toml_escaped(payload):
    return "".join(f"\\U{ord(character):08X}" for character in payload.decode()).encode()


def in_fields(proof, make, payload, refuse, what, share):
    """One file with the payload in a quarter of its strings: a problem is told at each of their lines, up to 20 in all."""
    lines = make({place: "x" for place in PLACES}).encode().split(b"\n")
    able = [number for number, line in enumerate(lines) if re.search(rb'"x( too)?"', line)]
    filled = {number for at, number in enumerate(able) if at % 4 == share}
    text = (re.sub(rb'"x( too)?"', lambda _: b'"' + payload + b'"', line) if number in filled else line for number, line in enumerate(lines))
    proof.write("made.toml", b"\n".join(text))
    status, output = proof.run(f"{what} {payload[:40]!r}", ["check", "made.toml"])
    numbers = [int(number) - 1 for number in re.findall(rb"made\.toml:(\d+):\d+: ", output)]
    told = set(numbers) if len(numbers) < 20 else filled
    proof.counts["fields"] += len(filled)
    if refuse and (status != 1 or not (filled <= told or b"UTF-8" in output)):
        proof.problems.append(f"{what} {payload[:40]!r}: status {status}, nothing told at lines {sorted(filled - told)[:9]}")


def definitions(proof):
    for number, (payload, refuse) in enumerate(proof.payloads):
        raw = payload.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        for make, share in itertools.product((scored, journal), range(4) if proof.is_long else [number % 4]):
            in_fields(proof, make, raw, refuse, f"{make.__name__}, raw,", share)
            if refuse and is_text(payload):
                in_fields(proof, make, toml_escaped(payload), refuse, f"{make.__name__}, escaped,", share)


def is_text(payload):
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True


def wordings(proof):
    """Texts of another language, and the lines that such a file is made of."""
    paths = (b'items = { q1 = "%s" }', b'questionnaire = { title = "%s" }', b'scales.anxiety = { name = "%s" }')
    for number, (payload, refuse) in enumerate(proof.payloads):
        lines = [b"I write statement %d." % line for line in range(1, 37)]
        lines[number % 36] = b"A " + payload + b" end"
        status, output = proof.run(f"wording {payload[:40]!r}", ["wording", "--force", "ecr", "-"], b"\n".join(lines) + b"\n")
        if refuse and status != 65:
            proof.problems.append(f"wording {payload[:40]!r}: status {status}: {output[-200:]!r}")
        raw = payload.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        proof.write("ecr.xx.toml", b'texts_for = "ecr"\nlanguage = "xx"\n' + paths[number % 3] % raw + b"\n")
        status, output = proof.run(f"text-only file {payload[:40]!r}", ["check", "ecr.xx.toml"])
        if refuse and status != 1:
            proof.problems.append(f"text-only file {payload[:40]!r}: status {status}: {output[-200:]!r}")


def rows(proof):
    """Cells, names of columns, and the names and values of JSON Lines; what is written for a terminal, and what is complained of."""
    names = ",".join(f"q{item}" for item in range(1, 37)).encode()
    answers = b",".join([b"4"] * 36)
    for payload, _ in proof.payloads:
        cell = b'"' + payload.replace(b'"', b'""') + b'"'
        tables = {
            "kept": (["--keep", "id"], b"id," + names + b"\n" + cell + b"," + answers + b"\n"),
            "answer": (["--mark-errors"], names + b"\n" + cell + answers[1:] + b"\n"),
            "column": ([], names + b"," + cell + b"\n" + answers + b",1\n"),
            "no columns": ([], cell + b"\n1\n"),
        }
        for name, (options, table) in tables.items():
            proof.run(f"score, {name} {payload[:40]!r}", ["score", "ecr", "-", *options], table)
        proof.run(f"analyze {payload[:40]!r}", ["analyze", "ecr", "-"], names + b"\n" + (cell + answers[1:] + b"\n") * 2)
        quoted = json.dumps(payload.decode("utf-8", "surrogateescape"), ensure_ascii=is_text(payload)).encode("utf-8", "surrogateescape")
        lines = b'{"id":%s,"q1":%s,%s:4}\n{"id":%s}\n' % (quoted, quoted, quoted, quoted)
        proof.run(f"score, JSON {payload[:40]!r}", ["score", "ecr", "-", "--from", "jsonl", "--keep", "id", "--mark-errors"], lines)


def strings_in(value, path=()):
    """The places of all texts in a JSON value, except the definition's, which is checked by its hash."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from strings_in(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from strings_in(each, (*path, at))
    elif isinstance(value, str) or value is None:
        yield path


def with_text(value, path, text):
    copy = json.loads(json.dumps(value))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = text
    return copy


LOOKS = (["history", "list"], ["history", "show", "last"], ["history", "drafts"], ["moments", "gnu-diary", "--notes"], ["history", "export"])


def imports(proof):
    """Each text of an exported record in turn, each payload in several; what is taken is looked at in all ways."""
    record = json.loads(proof.home.run("history export gnu-diary").stdout)
    paths = list(strings_in(record))
    for number, (payload, _) in enumerate(proof.payloads):
        if not is_text(payload):
            continue
        for path in (paths[number % len(paths)], ("note",), ("answers", 2, "answer")):
            proof.run("purge", ["history", "purge", "--all", "--yes"])
            proof.write("in.jsonl", json.dumps(with_text(record, path, payload.decode())).encode() + b"\n")
            what = f"import, {'.'.join(map(str, path))} {payload[:40]!r}"
            status, _ = proof.run(what, ["history", "import", "in.jsonl"])
            if status == 0:
                for look in LOOKS:
                    proof.run(f"{what}, {' '.join(look)}", look)


def names(proof):
    """Names of files and directories, words of the command line, and variables."""
    commands = names_of_commands(proof.home.attune_file)
    folder = proof.home.path / ".config/attune/questionnaires"
    folder.mkdir(parents=True, exist_ok=True)
    for number, (payload, _) in enumerate(proof.payloads):
        name = payload.replace(b"\0", b"").replace(b"/", b"_")[:100] or b"x"
        words = commands[number % len(commands)].split()
        for more in ([name], [b"--" + name], [b"--format", name], [b"--about=" + name], [b"-o", name + b"/x"], [b"--answers", name], [b"--" + name + b"=x", b"y"]):
            proof.run(f"attune {words} {more!r}", [*words, *more])
        proof.run(f"attune {name!r}", [name])
        proof.run(f"check {name!r}", ["check", name + b".toml"])
        proof.run(f"compare --names {name!r}", ["compare", "last", "last", b"--names=" + name + b",B"])
        proof.write("fine.toml", (SOURCE / "tests/faults/five.toml").read_bytes())
        with open(os.path.join(os.fsencode(folder), name + b".toml"), "wb") as file:
            file.write(b"format = 1\n")
        variables = {key: name for key in ("LANG", "LC_ALL", "TERM", "USER", "TZ", "COLUMNS", "ATTUNE_NOW", "ATTUNE_SEED", "ACCESSIBLE", "NO_COLOR")}
        proof.run(f"variables {name!r}", ["take", "--no-save", "--answers", "x"], environment=proof.home.environment(**variables))
        places = {key: b"/nowhere/" + name for key in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR")}
        proof.run(f"places {name!r}", ["take", "closeness", "--answers", SHORT], environment=proof.home.environment(**places))
    proof.run("list of strange names", ["list"])


def main():
    options = arguments(__doc__)
    with Home(options.attune, prefix="attune-hostile-") as home:
        proof = Proof(home, options.long)
        proof.counts["payloads"] = len(proof.payloads)
        proof.problems += problems_of_fields()
        home.run(f"take {HERE.parent / 'privacy' / 'gnu-diary.toml'} --answers -", "where=home,minutes=3,line=hello")
        for part in (definitions, wordings, rows, imports, names):
            part(proof)
    summary = ", ".join(f"{count} {what}" for what, count in proof.counts.items())
    return end(proof.problems, f"hostile terminal: {summary}, {len(proof.problems)} problems", min(proof.counts.values()))


if __name__ == "__main__":
    sys.exit(main())
