# SPDX-License-Identifier: MIT
"""Huge, odd and deep files in the place of each that a command reads: refused, in less than half a second of computing and
64 MiB, on a stack of 256 kB; and a line of a gigabyte is passed over in constant memory."""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "privacy"))
from privacy import Home, arguments, end  # noqa: E402

MEBIBYTE = 1 << 20
MOST_SECONDS, MOST_BYTES, STACK = 2, 64 * MEBIBYTE, 256 * 1024
NAMES = ",".join(f"q{item}" for item in range(1, 37))

# Streams of rows are read to their end, however long, and wait for who writes, as a passphrase does: no files for them.
PASSPHRASE = "history list --passphrase-from file:FILE"
NOT_READ = {(reader, odd) for reader in ("score ecr FILE", "analyze ecr FILE") for odd in ("zeros", "noise", "pipe")} | {(PASSPHRASE, "pipe"), (PASSPHRASE, "zero bytes")}
# What is no regular file is no configuration.
NOT_THERE = ("zeros", "noise", "terminal", "pipe", "folder", "circle", "socket")

# What reads a file, with FILE in its place.
READERS = (
    "check FILE", "take FILE --answers 1", "show FILE", "codebook FILE", "wording ecr FILE", "take closeness --form short --answers FILE",
    "score ecr FILE", "analyze ecr FILE", "history import FILE", "compare FILE FILE",
    PASSPHRASE, "due FILE", "score FILE rows.csv",
)


def make(folder):
    """Each odd file, by name."""
    made = {"zeros": Path("/dev/zero"), "noise": Path("/dev/urandom"), "terminal": Path("/dev/tty"), "nothing there": folder / "absent.toml"}

    def put(name, content):
        made[name] = folder / f"{name.replace(' ', '-')}.toml"
        made[name].write_bytes(content)
        made[name].chmod(0o600)

    put("sparse gibibyte", b"")
    os.truncate(made["sparse gibibyte"], 1 << 30)
    put("brackets", b"[" * 1_000_000)
    put("brackets of a value", b"format = 1\nx = " + b"[" * 1_000_000)
    put("braces", b'{"a":' * 1_000_000)
    put("tables", b"format = 1\n" + b"[[a]]\n" * 170_000)
    put("dotted key", b"format = 1\n" + b"a." * 500_000 + b"a = 1\n")
    put("one word", b"a" * (2 * MEBIBYTE))
    put("one text", b'format = 1\nx = "' + b"a" * MEBIBYTE + b'"\n')
    put("mistakes", b"=\n" * 500_000)
    put("quotes", b'"' * 1_000_000)
    put("newlines", b"\n" * 1_000_000)
    put("zero bytes", bytes(1000))
    put("empty", b"")
    made["pipe"] = folder / "pipe.toml"
    os.mkfifo(made["pipe"])
    made["folder"] = folder / "folder.toml"
    made["folder"].mkdir()
    made["circle"] = folder / "circle.toml"
    made["circle"].symlink_to("circle.toml")
    made["socket"] = folder / "socket.toml"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(made["socket"]))
    return made


def has_sanitizers(attune):
    return b"__asan_init" in attune.read_bytes()


def small_stack():
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))


def is_over(seconds, most):
    return seconds > MOST_SECONDS or most > MOST_BYTES


def run(home, words, stdin=subprocess.DEVNULL):
    """Status, what was said, seconds of computing and the most memory of one run; at most 20 seconds of it."""
    process = subprocess.Popen([home.attune_file, *words], cwd=home.path, env=home.environment(), stdin=stdin, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, preexec_fn=small_stack, start_new_session=True)
    watchdog = threading.Timer(20, lambda: os.killpg(process.pid, signal.SIGKILL))
    watchdog.start()
    said = process.stdout.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    watchdog.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def refused(home, counts):
    problems = []
    folder = home.path / "odd"
    folder.mkdir()
    home.write("words", "four words of mine\n")
    home.run("history lock --new-passphrase-from file:words")
    home.write("rows.csv", f"{NAMES}\n{','.join('4' * 36)}\n")
    for name, path in make(folder).items():
        for reader in READERS:
            if (reader, name) in NOT_READ:
                continue
            words = [word.replace("FILE", str(path)) for word in reader.split()]
            status, said, seconds, most = run(home, words)
            counts["files"] += 1
            counts["slowest"] = max(counts["slowest"], seconds)
            counts["largest"] = max(counts["largest"], most)
            what = f"attune {reader}, {name}"
            if status not in (1, 2, 65, 66, 74, 77) or not said.strip():
                problems.append(f"{what}: status {status}, says {said[:200]!r}")
            if is_over(seconds, most):
                problems.append(f"{what}: {seconds:.2f} s, {most / MEBIBYTE:.0f} MiB")
            if len(said) > 300_000:
                problems.append(f"{what}: says {len(said)} bytes")
    return problems


def as_configuration(home, counts):
    """The configuration is read by what prints a profile, and is small."""
    problems = []
    config = home.path / ".config/attune/config.toml"
    config.parent.mkdir(parents=True)
    odd = home.path / "more"
    odd.mkdir()
    for name, path in make(odd).items():
        if name in ("nothing there", "empty", "newlines"):
            continue
        config.unlink(missing_ok=True)
        config.symlink_to(path)
        status, said, seconds, most = run(home, ["take", "growth", "--no-save", "--answers", ",".join("4352" * 5)])
        counts["files"] += 1
        if status not in ((0,) if name in NOT_THERE else (65, 66, 74, 77, 78)) or is_over(seconds, most):
            problems.append(f"config, {name}: status {status}, {seconds:.2f} s, {most / MEBIBYTE:.0f} MiB, {said[:200]!r}")
    config.unlink()
    return problems


def line_of_a_gigabyte(home, counts):
    """A row that never ends is passed over without being kept."""
    problems = []
    size = counts["gigabyte"]
    for words in (["score", "ecr", "-"], ["score", "ecr", "-", "--from", "jsonl"], ["analyze", "ecr", "-"]):
        read, write = os.pipe()

        def feed(pipe=write, jsonl="jsonl" in words):
            good = b"{" + b",".join(b'"q%d":4' % item for item in range(1, 37)) + b"}\n" if jsonl else b",".join([b"4"] * 36) + b"\n"
            try:
                with os.fdopen(pipe, "wb") as out:
                    out.write(good if jsonl else NAMES.encode() + b"\n" + good)
                    block = b"9" * MEBIBYTE
                    for _ in range(size // MEBIBYTE):
                        out.write(block)
                    out.write(b"\n" + good)
            except BrokenPipeError:
                pass

        feeder = threading.Thread(target=feed)
        feeder.start()
        status, said, _, most = run(home, words, stdin=read)
        os.close(read)
        feeder.join()
        counts["files"] += 1
        if status != 1 or "longer than 1 MiB" not in said or is_over(0, most):
            problems.append(f"{' '.join(words)}, a line of {size} bytes: status {status}, {most / MEBIBYTE:.0f} MiB, {said[:200]!r}")
    return problems


def main():
    options = arguments(__doc__)
    counts = {"files": 0, "slowest": 0, "largest": 0, "gigabyte": 10**9 if options.long else 10**8}
    if has_sanitizers(options.attune):  # they take time, memory and stack of their own
        global MOST_SECONDS, MOST_BYTES, STACK
        MOST_SECONDS, MOST_BYTES, STACK = 20, 1 << 40, 8 * MEBIBYTE
    began = time.monotonic()
    with Home(options.attune, prefix="attune-hostile-") as home:
        problems = refused(home, counts) + as_configuration(home, counts) + line_of_a_gigabyte(home, counts)
    summary = (f"hostile files: {counts['files']} readings, at most {counts['slowest']:.2f} s and {counts['largest'] / MEBIBYTE:.0f} MiB, a line of "
               f"{counts['gigabyte']:,} bytes, {len(problems)} problems, {time.monotonic() - began:.0f} s")
    return end(problems, summary, counts["files"])


if __name__ == "__main__":
    sys.exit(main())
