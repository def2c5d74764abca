# SPDX-License-Identifier: MIT
"""The packages of the program as it is released: what is in them, and what comes and goes with them.

Takes the folder of a release build. What the machine lacks is skipped, and said."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BUILD = Path(sys.argv.pop(1)).resolve()
ANSWERS = "5,3,6,2,4,3,5,4,2,4,3,6"
DEBIAN_ONLY = {"share/doc/attune/changelog.Debian.gz"}


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{words}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def files_below(folder):
    """Every file with its bytes and whether it can be run."""
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode & 0o111) for path in folder.rglob("*") if path.is_file()}


def needs(*programs):
    missing = [program for program in programs if shutil.which(program) is None]
    return unittest.skipIf(missing, f"not installed: {missing}")


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = Path(tempfile.mkdtemp(prefix="attune-packages-"))
        cls.addClassCleanup(shutil.rmtree, cls.scratch)
        run("cpack", "-G", "TGZ", "-B", cls.scratch / "new", cwd=BUILD)
        (cls.tarball,) = (cls.scratch / "new").glob("attune-*-linux-*.tar.gz")
        if shutil.which("dpkg-deb"):
            run("cpack", "-G", "DEB", "-B", cls.scratch / "new", cwd=BUILD)
            run("cpack", "-G", "DEB", "-B", cls.scratch / "old", "-D", "CPACK_PACKAGE_VERSION=0.0.9", cwd=BUILD)
            (cls.package,) = (cls.scratch / "new").glob("attune_*.deb")
            (cls.older,) = (cls.scratch / "old").glob("attune_0.0.9*.deb")
            run("dpkg-deb", "-x", cls.package, cls.scratch / "contents")

    @needs("lintian")
    def test_lintian_has_nothing_to_warn_of(self):
        said = run("lintian", "--allow-root", "--fail-on", "error,warning", self.package)
        self.assertEqual(said, "")

    @needs("dpkg-deb")
    def test_an_installation_by_hand_has_the_same_files(self):
        run("cmake", "--install", BUILD, "--strip", "--prefix", "/usr", env={**os.environ, "DESTDIR": str(self.scratch / "by-hand")})
        packaged = files_below(self.scratch / "contents/usr")
        for name in DEBIAN_ONLY:
            del packaged[name]
        self.assertEqual(files_below(self.scratch / "by-hand/usr"), packaged)

    def test_the_tarball_needs_the_c_library_alone(self):
        with tarfile.open(self.tarball) as archive:
            archive.extractall(self.scratch / "tarball", filter="data")
        (top,) = (self.scratch / "tarball").iterdir()
        self.assertEqual(run(top / "bin/attune", "--version"), "attune " + re.search(r"attune-([\d.]+)-", top.name)[1] + "\n")
        libraries = set(re.findall(r"^\s*(lib[^ ]+) =>", run("ldd", top / "bin/attune"), re.M))
        self.assertEqual(libraries - {"libc.so.6", "libm.so.6"}, set())
        self.assertTrue((top / "share/doc/attune/copyright").exists())

    @needs("dpkg-deb", "readelf")
    def test_the_program_is_stripped_and_hardened(self):
        program = self.scratch / "contents/usr/bin/attune"
        said = run("readelf", "-Wh", "-Wl", "-Wd", "-WS", "--dyn-syms", program)
        for mark in ("DYN (Position-Independent", "GNU_RELRO", "BIND_NOW", "__stack_chk_fail", "_chk@"):
            self.assertIn(mark, said)
        self.assertNotIn(".symtab", said)
        self.assertNotIn(".debug_info", said)
        self.assertIn("GNU_STACK", said)
        self.assertNotRegex(said, r"GNU_STACK.*RWE")
        self.assertNotIn(bytes(SOURCE), program.read_bytes())

    @needs("dpkg")
    @unittest.skipIf(os.getuid() != 0, "only root installs packages")
    def test_a_history_outlives_its_package(self):
        root, home = self.scratch / "root", self.scratch / "home"
        (root / "var/lib/dpkg").mkdir(parents=True)
        (root / "var/lib/dpkg/status").touch()
        home.mkdir()
        environment = {"HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC"}

        def dpkg(*words):
            run("dpkg", "--root", root, "--force-depends", "--force-script-chrootless", "--log=/dev/null", *words)

        def attune(*words):
            return run(root / "usr/bin/attune", *words, env=environment)

        dpkg("-i", self.older)
        attune("take", "--form", "short", "--answers", ANSWERS)
        before = attune("history", "show", "last", "--format", "json")
        # Somebody is in the middle of a questionnaire while the package is upgraded.
        command = [root / "usr/bin/attune", "take", "--form", "short", "--plain"]
        prompt = ["script", "-qefc", " ".join(map(str, command)), "/dev/null"]
        with subprocess.Popen(prompt, env={**environment, "PATH": os.environ["PATH"]}, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as sitting:
            sitting.stdout.read(1)
            dpkg("-i", self.package)
            sitting.stdin.write(b"5\n")
            sitting.stdin.flush()
            answered = b""
            while b"2 of 12" not in answered:
                block = os.read(sitting.stdout.fileno(), 4096)
                self.assertTrue(block, answered)
                answered += block
            sitting.stdin.write(b"q\n")
            sitting.stdin.close()
            sitting.stdout.read()
        self.assertIn("1 of 12", attune("history", "drafts"))
        self.assertEqual(attune("history", "show", "last", "--format", "json"), before)
        kept = files_below(home)
        dpkg("-r", "attune")
        dpkg("--purge", "attune")
        self.assertEqual(files_below(home), kept)
        self.assertEqual([name for name in files_below(root) if not name.startswith("var/lib/dpkg/")], [])


class Reproducible(unittest.TestCase):
    def test_two_builds_in_two_folders_are_the_same_bytes(self):
        sources = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=SOURCE).split("\0")[:-1]
        made = []
        with tempfile.TemporaryDirectory(prefix="attune-again-") as scratch:
            folders = [Path(scratch) / name for name in ("one", "another/one/further/down")]
            for folder in folders:  # both first: somebody may go on working meanwhile
                run("git", "clone", "-q", "--shared", SOURCE, folder)
                for path in sources:  # with what is not committed yet
                    if (SOURCE / path).exists():
                        (folder / path).parent.mkdir(parents=True, exist_ok=True)
                        shutil.copy2(SOURCE / path, folder / path)
            for folder in folders:
                run("cmake", "--preset", "release", "-D", "ATTUNE_BUILD_TESTS=OFF", cwd=folder)
                run("cmake", "--build", "--preset", "release", cwd=folder)
                generators = ["TGZ"] + (["DEB"] if shutil.which("dpkg-deb") else [])
                for generator in generators:
                    run("cpack", "-G", generator, cwd=folder / "build/release")
                products = [*(folder / "build/release").glob("attune[-_]*.*"), folder / "build/release/attune"]
                made.append({product.name: product.read_bytes() for product in products})
        self.assertGreater(len(made[0]), 1)
        self.assertEqual(made[0].keys(), made[1].keys())
        self.assertEqual([name for name, content in made[0].items() if content != made[1][name]], [])


if __name__ == "__main__":
    unittest.main()
