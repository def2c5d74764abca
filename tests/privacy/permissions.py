# SPDX-License-Identifier: MIT
"""Nobody else may read or change what is written, whatever the umask: every file and directory is created closed to others,
in the very call that creates it, and a data directory or history that others own or may write to is refused (77)."""

import os
import re
import shutil
import stat
import sys

from privacy import COMMANDS, HERE, Home, arguments, end, run_all

CREATING = "openat,open,creat,mkdir,mkdirat,mknod,mknodat,chmod,fchmod,fchmodat"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
NOBODY = 65534
FIVE = HERE.parent / "faults" / "five.toml"


def modes_given(log):
    """(call, mode) of each call that creates something or gives it rights, in a log of strace."""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"\d+ +(\w+)\((.*)\) = (?!-1)", line)
        if not call:
            continue
        if call[1] in ("openat", "open") and "O_CREAT" not in call[2] and "O_TMPFILE" not in call[2]:
            continue
        mode = re.search(r", (0[0-7]*)$", call[2])
        if mode:
            yield f"{call[1]}({call[2]})", int(mode[1], 8)


def watcher(home, counts):
    """Runs a command in `home` under a umask that takes nothing away; what it gives to others, and what it leaves open."""
    log = home.path / "run" / "strace.log"

    def watch(line, text):
        done = home.run(line, text, ["strace", "-f", "-qq", "-o", log, "-e", f"trace={CREATING}"], umask=0)
        given = list(modes_given(log))
        counts["created"] += len(given)
        found = [f"gives rights to others: {call}" for call, mode in given if mode & OTHERS]
        for path in home.path.rglob("*"):
            mode = path.lstat().st_mode
            if log != path and not path.is_symlink() and mode & OTHERS:
                found.append(f"leaves {path.relative_to(home.path)} with {stat.filemode(mode)}")
                path.chmod(stat.S_IMODE(mode) & ~OTHERS)
        return done, found

    return watch


def created_closed(options, counts):
    """Every command, and before them all a history that is begun where there is none, by an answer and by an import."""
    problems = []
    with Home(options.attune) as home, Home(options.attune) as other:
        problems += run_all(home, watcher(home, counts))
        shutil.copy(home.path / "history.jsonl", other.path)
        for line in ("history import history.jsonl", "take growth --answers -"):
            _, found = watcher(other, counts)(line, ",".join("4352" * 5))
            problems += [f"attune {line}, the first time: {each}" for each in found]
            if not other.file.exists():
                problems.append(f"attune {line} began no history")
            shutil.rmtree(other.data)
    return problems


# What others have done: the path, what was done to it.
SPOILT = {
    "the directory belongs to another": lambda home: os.chown(home.data, NOBODY, NOBODY),
    "the file belongs to another": lambda home: os.chown(home.file, NOBODY, NOBODY),
    "the group may write to the directory": lambda home: home.data.chmod(0o770),
    "all may write to the directory": lambda home: home.data.chmod(0o1777),
    "the group may write to the file": lambda home: home.file.chmod(0o620),
    "all may write to the file": lambda home: home.file.chmod(0o602),
    "the file is a link": lambda home: (home.file.rename(home.path / "elsewhere.db"), home.file.symlink_to("/../" + str(home.path / "elsewhere.db"))),
    "the file is a pipe": lambda home: (home.file.unlink(), os.mkfifo(home.file, 0o600)),
}


def opens_history(home, words):
    return "--passphrase-from" in home.run([*words, "--help"]).stdout


def commands_on_history(home):
    """A row of every command that opens a history, without what it writes elsewhere."""
    lines = {}
    for name, words, text, _ in COMMANDS:
        if name not in lines and opens_history(home, name.split()):
            lines[name] = (f"{name} {words.format(draft='00000000', home=home.path)}", text)
    return lines.values()


def refused(options, counts):
    """Each command that opens a history, on each that is not for this user alone."""
    problems = []
    for what, spoil in SPOILT.items():
        if "another" in what and os.geteuid() != 0:
            continue
        with Home(options.attune) as home:
            home.make_ready()
            shutil.copy(home.file, home.path / "before.db")
            home.write("history.jsonl", home.run("history export").stdout)
            commands = commands_on_history(home)
            spoil(home)
            for line, text in commands:
                done = home.run(line, text)
                counts["refused"] += 1
                if done.returncode != 77:
                    problems.append(f"{what}: attune {line[:60]}: status {done.returncode} instead of 77: {done.stderr[:200]}")
            if home.file.is_file() and home.file.read_bytes() != (home.path / "before.db").read_bytes():
                problems.append(f"{what}: the history was changed")
    return problems


def refused_to_another(options, counts):
    """What a user finds in a place where root (or anyone else) keeps a history, even if all may read it."""
    if os.geteuid() != 0:
        return []
    problems = []
    with Home(options.attune) as home:
        home.make_ready()
        shutil.copy(options.attune, home.path / "attune")
        shutil.copy(FIVE, home.path / "five.toml")
        for path in (home.path, *home.path.rglob("*")):
            path.chmod(0o755)
        before = home.file.read_bytes()
        home.attune_file = home.path / "attune"
        prefix = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        for line in ("take five.toml --answers 1,2,3,4,5", "history list", "history export", "due five.toml", "history purge --yes --all"):
            done = home.run(line, prefix=prefix)
            counts["refused"] += 1
            if done.returncode != 77:
                problems.append(f"as another user: attune {line}: status {done.returncode} instead of 77: {done.stderr[:200]}")
        if home.file.read_bytes() != before:
            problems.append("as another user: the history was changed")
    return problems


def main():
    options = arguments(__doc__)
    counts = {"created": 0, "refused": 0}
    problems = created_closed(options, counts) + refused(options, counts) + refused_to_another(options, counts)
    summary = (f"privacy permissions: {len(COMMANDS)} runs under umask 000, {counts['created']} creations, {counts['refused']} refusals, "
               f"{len(problems)} problems")
    return end(problems, summary, min(counts.values()))


if __name__ == "__main__":
    sys.exit(main())
