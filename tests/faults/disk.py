# SPDX-License-Identifier: MIT
"""A disk that keeps only what it must: what programs wrote, by a log of strace, and what a power cut may leave of it.

The rules are those that POSIX leaves to a file system: a write is safe once its file was synced, a name once its directory
was. Of what is not safe, any part may be there and any not, in sectors of 512 bytes, whatever came before or after.
"""

import re
from pathlib import Path

SECTOR = 512
TRACED = "openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink,rename,link,close"


def strace(log):
    return ["strace", "-xx", "-s", "1000000", "-o", str(log), "-e", "trace=" + TRACED]


class File:
    def __init__(self, safe=b""):
        self.safe = bytearray(safe)
        self.pending = []  # ("write", offset, bytes) or ("size", bytes)


class Disk:
    """The state after some events; `cut` makes one of the directories that may be found afterwards. `holding` are the
    files, by name, that were there and safe before."""

    def __init__(self, directory, holding=None):
        self.directory = str(directory)
        self.names = {name: File(data) for name, data in (holding or {}).items()}  # as programs see them
        self.safe_names = dict(self.names)
        self.pending_names = []  # (name, file or None)
        self.open = {}

    def base(self, path):
        folder, _, name = path.rpartition("/")
        return name if folder == self.directory else None

    def name_is(self, name, file):
        self.pending_names.append((name, file))
        if file is None:
            self.names.pop(name, None)
        else:
            self.names[name] = file

    def opened(self, descriptor, path, flags):
        if path == self.directory:
            self.open[descriptor] = [self, 0]
        elif self.base(path) is not None:
            name = self.base(path)
            if name not in self.names:
                self.name_is(name, File())
            if "O_TRUNC" in flags:
                self.names[name].pending.append(("size", 0))
            self.open[descriptor] = [self.names[name], 0]

    def wrote(self, descriptor, data, offset=None):
        entry = self.open.get(descriptor)
        if entry is None:
            return
        at = entry[1] if offset is None else offset
        entry[0].pending.append(("write", at, data))
        if offset is None:
            entry[1] += len(data)

    def synced(self, descriptor):
        target = self.open.get(descriptor, [None])[0]
        if isinstance(target, File):
            apply(target.safe, target.pending)
            target.pending = []
        elif target is self:
            for name, file in self.pending_names:
                self.safe_names.pop(name, None)
                if file is not None:
                    self.safe_names[name] = file
            self.pending_names = []

    def sized(self, descriptor, size):
        if descriptor in self.open:
            self.open[descriptor][0].pending.append(("size", size))

    def cut(self, chance, to):
        """Writes what is left into the directory `to`. A power cut loses all of what is not safe, some of it, or nothing."""
        share = chance.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        names = dict(self.safe_names)
        for name, file in self.pending_names:
            if chance.random() < share:
                names.pop(name, None)
                if file is not None:
                    names[name] = file
        for name, file in names.items():
            data = bytearray(file.safe)
            apply(data, [part for operation in file.pending for part in torn(operation, chance, share)])
            (Path(to) / name).write_bytes(data)


def torn(operation, chance, share):
    """The sectors of a write that reached the disk."""
    if operation[0] == "size":
        return [operation] if chance.random() < share else []
    _, offset, data = operation
    parts = []
    at = 0
    while at < len(data):
        size = min(SECTOR - (offset + at) % SECTOR, len(data) - at)
        if chance.random() < share:
            parts.append(("write", offset + at, data[at : at + size]))
        at += size
    return parts


def apply(data, operations):
    for operation in operations:
        if operation[0] == "size":
            del data[operation[1] :]
            data.extend(bytes(operation[1] - len(data)))
        else:
            _, offset, part = operation
            data.extend(bytes(max(0, offset - len(data))))
            data[offset : offset + len(part)] = part


def decoded(quoted):
    return bytes.fromhex(quoted.replace("\\x", ""))


CALL = re.compile(r'^(\w+)\((.*)\) += (-?\d+)')
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def events_of(log):
    """(name, arguments, result, texts) of each call that succeeded."""
    for line in Path(log).read_text(encoding="ascii", errors="replace").splitlines():
        call = CALL.match(line)
        if call and int(call[3]) >= 0:
            yield call[1], call[2], int(call[3]), [decoded(text) for text in TEXT.findall(call[2])]


def play(disk, event):
    """What one call does to the disk; the bytes that it wrote elsewhere, such as to a terminal."""
    name, words, result, texts = event
    descriptor = int(words.split(",")[0]) if words[0].isdigit() else None
    if name == "openat":
        disk.opened(result, texts[0].decode(), words)
    elif name == "close":
        disk.open.pop(descriptor, None)
    elif name == "write":
        if descriptor not in disk.open:
            return texts[0] if texts else b""
        disk.wrote(descriptor, texts[0][:result])
    elif name == "pwrite64":
        disk.wrote(descriptor, texts[0][:result], int(words.rsplit(",", 1)[1]))
    elif name == "ftruncate":
        disk.sized(descriptor, int(words.rsplit(",", 1)[1]))
    elif name in ("fsync", "fdatasync"):
        disk.synced(descriptor)
    elif name == "unlink" and disk.base(texts[0].decode()) in disk.names:
        disk.name_is(disk.base(texts[0].decode()), None)
    elif name in ("rename", "link") and disk.base(texts[0].decode()) in disk.names:
        source, target = (disk.base(text.decode()) for text in texts)
        disk.name_is(target, disk.names[source])
        if name == "rename":
            disk.name_is(source, None)
    return b""
