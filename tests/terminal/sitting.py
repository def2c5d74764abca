# SPDX-License-Identifier: MIT
"""A person at a pseudo-terminal, played by a test."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

TOO_SOON = 0.16  # seconds; a key that comes sooner after a question answers nothing
PATIENCE = 60  # seconds; far beyond what any step takes, so that only a hang fails


class Sitting:
    """One run of a program on a terminal of its own."""

    def __init__(self, home, program, size=(24, 80), environment=None):
        self.master, slave = pty.openpty()
        self.text = ""
        self.slave = os.dup(slave)
        self.before = termios.tcgetattr(self.slave)
        self.resize(size, notify=False)

        def lead():
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        env = {"HOME": home, "PATH": "/usr/bin:/bin", "TERM": "xterm", "PAGER": "cat", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        env.update(environment or {})
        self.process = subprocess.Popen(
            program, stdin=slave, stdout=slave, stderr=slave, env=env, preexec_fn=lead,
            close_fds=True)
        os.close(slave)

    def resize(self, size, notify=True):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[0], size[1], 0, 0))
        if notify:
            self.process.send_signal(signal.SIGWINCH)

    def pump(self, seconds):
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.text += data.decode("utf-8", "replace")
        return bool(data)

    def wait_for(self, pattern):
        """Reads until `pattern` has come after what was matched before; gives the match."""
        end = time.monotonic() + PATIENCE
        while True:
            found = re.search(pattern, self.text)
            if found:
                self.text = self.text[found.end():]
                return found
            if time.monotonic() > end:
                raise AssertionError(f"never came: {pattern!r}; had {self.text!r}")
            self.pump(0.2)

    def send(self, keys):
        os.write(self.master, keys.encode())

    def until(self, pattern):
        """Until `pattern` stands on the screen and whoever reads it has had a moment: a key counts from then on."""
        found = self.wait_for(pattern)
        end = time.monotonic() + TOO_SOON
        while time.monotonic() < end:
            self.pump(max(end - time.monotonic(), 0))
        return found

    def at(self, number, of=r"\d+"):
        return self.until(rf"(?<!\d){number} of {of}(?! answered)")

    def answer(self, count, key="4", first=1):
        """Answers questions `first`, `first` + 1, ... each only once it stands on the screen."""
        for number in range(first, first + count):
            self.at(number)
            self.send(key)

    def end(self):
        """Everything written until the program ended, and its exit status."""
        limit = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if time.monotonic() > limit:
                self.process.kill()
                raise AssertionError(f"never ended; had {self.text!r}")
            self.pump(0.05)
        while self.pump(0.05):
            pass
        return self.text, self.process.returncode

    def is_restored(self):
        return termios.tcgetattr(self.slave) == self.before
