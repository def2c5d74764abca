# SPDX-License-Identifier: MIT
"""Compiles, links and runs mutants, at the least cost for each: one object, one link, the tests until the first fails."""

import json
import re
import resource
import shlex
import shutil
import subprocess
import tempfile
import time
from fnmatch import fnmatch
from pathlib import Path

# The tests of a module are in these files; they run first, as they are the most likely to fail.
OWN_TESTS = {
    "scoring": "*/scoring*,*/norms_test*,*/derived_test*",
    "trend": "*/trend_*,*/series_*,*/spread*,*/tally*",
}
# These look at no score; they would only take long.
UNRELATED_TESTS = tuple(
    f"*/unit/{name}*" for name in "catalogue_ definition_ history_ lock plane render_ rows_ store_ text_test toml_ transfer".split()
)
MEMORY_BYTES = 2 << 30


class Workshop:
    def __init__(self, root, build, files):
        self.root = root
        self.build = build
        self.place = Path(tempfile.mkdtemp(prefix="mutation-", dir=build))
        self.commands = {}
        for entry in json.loads((build / "compile_commands.json").read_text()):
            self.commands[entry["file"]] = shlex.split(entry["command"])
        self.rest = self._link_the_rest()
        for file in files:
            self._compile_headers(file)
        self.seconds = self._seconds_unchanged(files)

    def __del__(self):
        shutil.rmtree(self.place, ignore_errors=True)

    def outcome(self, file, mutant):
        """killed, timed out, survived or did not compile."""
        with tempfile.TemporaryDirectory(dir=self.place) as place:
            program = self._program(file, mutant.applied_to((self.root / file).read_text()), Path(place))
            return self._run(file, program, Path(place)) if program else "did not compile"

    def _link_the_rest(self):
        """How ninja links attune_unit, with all of its own objects made one, and without what only a debugger reads."""
        text = subprocess.run(
            ["ninja", "-C", self.build, "-t", "commands", "-s", "tests/attune_unit"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        words = shlex.split(re.sub(r"^.*?&& | && .*$", "", text.splitlines()[-1]))
        objects = [word for word in words if word.endswith(".o") and not self._is_unrelated(word)]
        subprocess.run(["ld", "-r", "-S", *objects, "-o", self.place / "tests.o"], cwd=self.build, check=True)
        archives = []
        for archive in (word for word in words if word.endswith(".a")):
            archives.append(self.place / Path(archive).name)
            subprocess.run(["objcopy", "--strip-debug", archive, archives[-1]], cwd=self.build, check=True)
        shared = [word for word in words if ".so" in word or word.startswith(("-Wl,", "-l", "-L"))]
        return [words[0], self.place / "tests.o", *archives, *shared]

    @staticmethod
    def _is_unrelated(object_file):
        return any(fnmatch(object_file, pattern) for pattern in UNRELATED_TESTS)

    def _flags(self, file):
        """How the build compiles `file`, without warnings and debugging information."""
        words = self.commands[str(self.root / file)]
        begin = next(index for index, word in enumerate(words) if word.startswith(("-D", "-I", "-W", "-O", "-std")))
        kept = []
        for word in words[begin : words.index("-o")]:
            if not word.startswith(("-W", "-g")):
                kept.append(word)
        return [self._compiler(words), *kept, "-g0", "-w"]

    @staticmethod
    def _compiler(words):
        return words[1] if Path(words[0]).name == "ccache" else words[0]

    def _header_of(self, file):
        return self.place / (file.replace("/", "_") + ".hpp")

    def _compile_headers(self, file):
        """What `file` includes, compiled once for all of its mutants."""
        lines = (self.root / file).read_text().splitlines()
        header = self._header_of(file)
        header.write_text("".join(line + "\n" for line in lines if line.startswith("#include")))
        subprocess.run(
            [*self._flags(file), "-x", "c++-header", header, "-o", f"{header}.gch"], check=True, cwd=self.build
        )

    def _program(self, file, source, place):
        """The test program with `source` in the place of `file`; nothing where it is not C++ any more."""
        text = re.sub(r"(?m)^#include.*$", "", source)
        (place / "mutant.cpp").write_text(text)
        compiled = [*self._flags(file), "-include", self._header_of(file), "-c", place / "mutant.cpp"]
        done = subprocess.run([*compiled, "-o", place / "mutant.o"], cwd=self.build, capture_output=True, check=False)
        if done.returncode != 0:
            return None
        linker, *rest = self.rest
        program = place / "attune_unit"
        linked = [linker, place / "mutant.o", *rest, "-fuse-ld=gold", "-Wl,--strip-all", "-o", program]
        subprocess.run(linked, cwd=self.build, capture_output=True, check=True)
        return program

    def _run(self, file, program, place):
        own = OWN_TESTS[Path(file).parts[1]]
        for which in (f"--source-file={own}", f"--source-file-exclude={own}"):
            outcome = self._run_tests(program, which, place)
            if outcome != "survived":
                return outcome
        return "survived"

    def _run_tests(self, program, which, place):
        seconds = int(3 * self.seconds + 2)

        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        command = [program, which, "--abort-after=1", "--no-breaks"]
        started = {"cwd": place, "env": {"HOME": str(place), "PATH": "/usr/bin:/bin", "TMPDIR": str(place)}}
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=60 * seconds, preexec_fn=limit, check=False, **started
            )
        except subprocess.TimeoutExpired:
            return "timed out"
        if done.returncode == -24:  # SIGXCPU
            return "timed out"
        return "survived" if done.returncode == 0 else "killed"

    def _seconds_unchanged(self, files):
        """How long the tests take on the sources as they are, which have to survive."""
        self.seconds = 60
        longest = 0
        for file in files:
            with tempfile.TemporaryDirectory(dir=self.place) as place:
                program = self._program(file, (self.root / file).read_text(), Path(place))
                begin = time.monotonic()
                if program is None or self._run(file, program, Path(place)) != "survived":
                    raise SystemExit(f"{file}: the tests fail without any mutant")
                longest = max(longest, time.monotonic() - begin)
        return longest
