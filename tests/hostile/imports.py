# SPDX-License-Identifier: MIT
"""An import takes time and memory in proportion to its file, however it is built, and refuses what `take` would refuse: each
kind of nonsense in an otherwise right line, with the line named and nothing imported."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "privacy"))
from privacy import SHORT, Home, arguments, end  # noqa: E402

MEBIBYTE = 1 << 20
MOST_SECONDS, MOST_BYTES = 2, 128 * MEBIBYTE
HEAD = b'{"schema":"attune.record","version":1,"x":['

LARGE = {
    "small objects": HEAD + b",".join([b'{"a":1}'] * 3_500_000) + b"]}\n",
    "empty lists": HEAD + b",".join([b"[]"] * 10_000_000) + b"]}\n",
    "members": b"{" + b",".join(b'"m%d":1' % number for number in range(2_000_000)) + b"}\n",
    "lines": b'{"schema":"attune.tried","version":1}\n' * 500_000,
}


def set_answer(value):
    return lambda line: line["answers"][0].__setitem__("answer", value)


def set_in(name, value):
    return lambda line: line.__setitem__(name, value)


def set_of_questionnaire(name, value):
    return lambda line: line["questionnaire"].__setitem__(name, value)


NONSENSE = {
    "above the scale": set_answer(9),
    "between two steps": set_answer(3.5),
    "far below": set_answer(-1e308),
    "far above": set_answer(1.7e308),
    "a text for a rating": set_answer("4"),
    "choices for a rating": set_answer(["4"]),
    "an unknown item": lambda line: line["answers"][0].__setitem__("item", "nowhere"),
    "an unknown form": set_of_questionnaire("form", "nowhere"),
    "another questionnaire": set_of_questionnaire("id", "growth"),
    "another version": set_of_questionnaire("version", "9.9.9"),
    "a long version": set_of_questionnaire("version", "1" * 16_000),
    "an unknown person": set_in("about", "nobody"),
    "a version of the format below 1": set_in("version", -5),
    "half a version": set_in("version", 0.5),
    "the year 9999": set_in("taken_at", "9999-12-31T23:59:59Z"),
    "two years ahead": set_in("taken_at", "2028-03-01T09:00:00Z"),
    "a control character in a note": set_in("note", "a\x1b[31mb"),
}


def usage(home, name, is_limited):
    """Status and seconds of computing of one import, which ends otherwise where it needs more memory than it may."""

    def limit():
        if is_limited:
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))

    done = subprocess.Popen([home.attune_file, "history", "import", name], env=home.environment(), cwd=home.path, preexec_fn=limit,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    return done.returncode, used.ru_utime + used.ru_stime


def large(options, counts):
    problems = []
    is_measured = b"__asan" not in options.attune.read_bytes()
    with Home(options.attune) as home:
        for what, content in LARGE.items():
            (home.path / "large.jsonl").write_bytes(content)
            status, seconds = usage(home, "large.jsonl", is_measured)
            counts["large"] += 1
            if status != 65 or (is_measured and seconds > MOST_SECONDS):
                problems.append(f"{what}: status {status}, {seconds:.2f} s for {len(content) / MEBIBYTE:.0f} MiB")
    return problems


def nonsense(options, counts):
    problems = []
    with Home(options.attune) as home, Home(options.attune) as other:
        home.run(f"take --form short --about partner --answers {SHORT}")
        whole = home.run("history export").stdout
        for what, spoil in NONSENSE.items():
            line = json.loads(whole)
            spoil(line)
            other.write("spoilt.jsonl", json.dumps(line) + "\n")
            done = other.run("history import spoilt.jsonl")
            counts["refused"] += 1
            if done.returncode != 65 or "spoilt.jsonl:1" not in done.stderr:
                problems.append(f"{what}: status {done.returncode}: {done.stdout}{done.stderr}")
        other.write("whole.jsonl", whole)
        done = other.run("history import whole.jsonl")
        if done.returncode != 0 or "1 record" not in done.stdout:
            problems.append(f"the whole line: status {done.returncode}: {done.stdout}{done.stderr}")
    return problems


def main():
    options = arguments(__doc__)
    counts = {"large": 0, "refused": 0}
    problems = large(options, counts) + nonsense(options, counts)
    return end(problems, f"imports: {counts['large']} large files, {counts['refused']} kinds of nonsense, {len(problems)} problems", counts["refused"])


if __name__ == "__main__":
    sys.exit(main())
