# SPDX-License-Identifier: MIT
"""Sixteen writers and a hundred readers at once: every check-in is kept, and nobody sees an error."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

from faults import Home, arguments, end

WRITERS = 16
CHECK_INS = 50
READERS = 100
ANSWERS = "5,3,6,2,4,3,5,4,2,4,3,6"


def write(home, writer):
    """(ids, problems) of one writer's check-ins."""
    ids, problems = [], []
    for number in range(CHECK_INS):
        done = home.attune("take", "--form", "short", "--answers", ANSWERS, "--format", "json")
        if (done.returncode, done.stderr) == (0, ""):
            ids.append(json.loads(done.stdout)["id"])
        else:
            problems.append(f"writer {writer}, check-in {number}: {done.returncode}: {done.stderr}")
    return ids, problems


def ask(home, reader):
    done = home.attune("due")
    return [] if done.returncode in (0, 1) and not done.stderr else [f"reader {reader}: {done.returncode}: {done.stderr}"]


def main():
    options = arguments(__doc__)
    problems = []
    written = []
    with Home(options.attune) as home, ThreadPoolExecutor(WRITERS + 4) as pool:
        writers = [pool.submit(write, home, number) for number in range(WRITERS)]
        readers = [pool.submit(ask, home, number) for number in range(READERS)]
        for writer in writers:
            ids, failed = writer.result()
            written += ids
            problems += failed
        for reader in readers:
            problems += reader.result()
        kept = [record["id"] for record in json.loads(home.attune("history", "list", "--format", "json").stdout)]
    if sorted(kept) != sorted(written) or len(set(written)) != WRITERS * CHECK_INS:
        problems.append(f"{len(set(written))} check-ins were told as kept, {len(kept)} are")
    return end(problems, f"together: {WRITERS} writers with {CHECK_INS} check-ins each and {READERS} readers, {len(kept)} kept, "
                         f"{len(problems)} errors", len(kept))


if __name__ == "__main__":
    sys.exit(main())
