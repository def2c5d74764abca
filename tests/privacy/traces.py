# SPDX-License-Identifier: MIT
"""What the system is asked for, by strace, in one run of every command: no socket, no other program, nothing created but in
the data directory, the runtime directory or where the person said, and nothing read but what the command is about."""

import os
import re
import sys
from pathlib import Path

from privacy import COMMANDS, SHORT, Home, arguments, end, names_of_commands, run_all

TRACED = "trace=%network,%file,%process,memfd_create,io_uring_setup,ioctl"
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|O_TRUNC|O_APPEND")
MAKING = {"mkdir", "mkdirat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mknod", "mknodat",
          "creat", "truncate", "unlink", "unlinkat", "rmdir", "chmod", "fchmodat", "chown", "fchownat", "utimensat"}
SOCKETS = {"socket", "socketpair", "connect", "bind", "sendto", "sendmsg", "io_uring_setup"}
PROGRAMS = {"execve", "execveat", "fork", "vfork"}
# Where a shared library, the time zone, and what belongs to the process itself are read.
SYSTEM = re.compile(r"(/usr)?/lib(64|32|x32)?/|/etc/(ld\.so\.|localtime$)|/usr/share/zoneinfo(-icu)?/|/proc/self/|/dev/(u?random|null|tty)$")


def targets(home, line):
    """Where a command may write: what its words name, and what its manual says it makes."""
    words = line.split()
    places = {home.path / words[at + 1] for at in range(len(words) - 1) if words[at] == "-o"}
    if words[0] == "init" and "-o" not in words:
        places.add(home.path / f"{words[1]}.toml")
    if words[:2] == ["history", "backup"]:
        places.add(home.path / words[-1])
    if words[0] == "wording":
        places.add(home.path / ".config/attune/questionnaires" / f"{words[1]}.en.toml")
    if words[0] == "schedule" and {"--install", "--remove"} & set(words):
        units = home.path / ".config/systemd/user"
        places |= {units / "attune-due.service", units / "attune-due.timer", units / "timers.target.wants/attune-due.timer"}
    return places


class Rules:
    """What one command may do, and what it did against that."""

    def __init__(self, home, line):
        self.home = home
        self.targets = targets(home, line)
        self.directories = {parent for place in (*self.targets, home.data) for parent in place.parents}
        self.named = {home.path / word.removeprefix("file:") for word in line.split()}
        self.made = set()
        self.found = []

    def may_write(self, path, call):
        inside = path.is_relative_to(self.home.data) or path.is_relative_to(self.home.path / "run")
        made = any(path == place or str(path).startswith(f"{place}.") for place in self.targets)
        # A nameless file is made in the directory of its place, and missing directories on the way are made.
        on_the_way = path in self.directories and (call.startswith("mkdir") or "O_TMPFILE" in call or path in self.made)
        if call.startswith("mkdir") and call.endswith("= 0"):
            self.made.add(path)
        return inside or made or on_the_way or str(path) in ("/dev/null", "/dev/tty")

    def may_read(self, path):
        ours = any(path.is_relative_to(place) for place in (
            self.home.data, self.home.path / ".config/attune", self.home.attune_file))
        on_the_way = path in self.directories or path == self.home.path
        return ours or on_the_way or path in self.named or path in self.targets or SYSTEM.match(str(path))

    def judge(self, call, rest):
        if call in SOCKETS or "AF_INET" in rest or "AF_NETLINK" in rest:
            self.found.append(f"reaches for the network: {call}({rest[:120]}")
        if call in PROGRAMS and not (call == "execve" and f'"{self.home.attune_file}"' in rest):
            self.found.append(f"runs a program: {call}({rest[:120]}")
        paths = [self.home.path / path for path in re.findall(r'"((?:[^"\\]|\\.)*)"', rest)]
        if call in MAKING:
            # The last one is what comes to be; a link without an entry of its own has only the first.
            self.write(Path(os.path.normpath(paths[-1])), f"{call}({rest}")
        elif call in ("openat", "open") and WRITING.search(rest):
            self.write(Path(os.path.normpath(paths[0])), f"{call}({rest}")
        elif call in ("openat", "open", "openat2") and not self.may_read(Path(os.path.normpath(paths[0]))):
            self.found.append(f"reads {paths[0]}")

    def write(self, path, call):
        if not self.may_write(path, call):
            self.found.append(f"writes {path}: {call[:160]}")


def judge_all(home, line, log, counts):
    rules = Rules(home, line)
    first = True
    for row in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"\d+ +(\w+)\((.*)", row)
        if not call:
            continue
        counts["calls"] += 1
        if not (first and call[1] == "execve"):
            rules.judge(call[1], call[2])
        first = False
    return rules.found


def watcher(home, counts, environment=None):
    log = home.path / "run" / "strace.log"

    def watch(line, text):
        done = home.run(line, text, ["strace", "-f", "-qq", "-s", "4096", "-o", log, "-e", TRACED], environment=environment)
        counts["runs"] += 1
        found = judge_all(home, line, log, counts)
        log.unlink()
        return done, found

    return watch


def help_reads_nothing(home, counts):
    """The help of every command, and what is asked wrongly, stay within the same rules and never look for the history."""
    problems = []
    watch = watcher(home, counts)
    for name in names_of_commands(home.attune_file):
        for line in (f"{name} --help", f"{name} --no-such-option"):
            _, found = watch(line, "")
            problems += [f"attune {line}: {each}" for each in found]
    return problems


def without_home(home, counts):
    """Without HOME the system is asked where it is, at most on a socket of this machine."""
    environment = home.environment(XDG_DATA_HOME=str(home.path / ".local/share"), XDG_CONFIG_HOME=str(home.path / ".config"))
    del environment["HOME"]
    line = f"take --form short --answers {SHORT}"
    _, found = watcher(home, counts, environment)(line, "")
    local = ("AF_UNIX", "reads /etc/nsswitch.conf", "reads /etc/passwd")
    return [f"without HOME: {each}" for each in found if not any(each_one in each for each_one in local)]


def main():
    options = arguments(__doc__)
    counts = {"runs": 0, "calls": 0}
    with Home(options.attune) as home:
        problems = help_reads_nothing(home, counts)
        if home.data.exists():
            problems.append("help made a data directory")
        problems += run_all(home, watcher(home, counts)) + without_home(home, counts)
    summary = (f"privacy traces: {len(names_of_commands(options.attune))} commands in {counts['runs']} runs, {counts['calls']} calls of the "
               f"system, {len(problems)} outside the rules")
    return end(problems, summary, min(*counts.values(), len(COMMANDS)))


if __name__ == "__main__":
    sys.exit(main())
