#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The program on a real pseudo-terminal: raw mode, signals, resize, stop and continue, resume.

    pty_test.py ATTUNE [TEST...]
"""
import hashlib
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

from sitting import PATIENCE, Sitting

ATTUNE = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "attune"


class OnATerminal(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp()

    def tearDown(self):
        shutil.rmtree(self.home)

    def take(self, *arguments, **named):
        return Sitting(self.home, [ATTUNE, "take", *arguments], **named)

    def kept_after(self, *arguments):
        """How many answers a resumed sitting says it has."""
        again = self.take(*arguments)
        count = int(again.wait_for(r"Continuing from [\d-]+: (\d+) of").group(1))
        again.until(r"\d of \d+")
        again.send("q")
        again.end()
        return count

    def test_a_whole_sitting_by_single_keys(self):
        sitting = self.take("--form", "short")
        sitting.answer(12)
        sitting.until("12 of 12 answered")
        sitting.send("f")
        text, status = sitting.end()
        self.assertEqual(status, 0)
        self.assertIn("Anxiety", text)
        self.assertRegex(text, r"\r\nKept in your history as [0-9a-z]{10}\.\r\nAnxiety 4\.0 ± \d\.\d, middle[^\n]*\n"
                               r"Avoidance [^\n]*\nAgain:  attune history show last\r\nSteps:  attune next\r\nKeep:   [^\n]*\n"
                               r"Remove: attune history delete last")
        self.assertTrue(sitting.is_restored())
        directory = os.path.join(self.home, ".local/share/attune")
        self.assertEqual(stat.S_IMODE(os.stat(directory).st_mode), 0o700)
        for name in os.listdir(directory):
            self.assertEqual(stat.S_IMODE(os.stat(os.path.join(directory, name)).st_mode), 0o600)

    def test_interrupted_sittings_keep_their_answers_and_resume(self):
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 130)):
            with self.subTest(signal=number):
                sitting = self.take("--form", "short", "--fresh")
                sitting.answer(3)
                sitting.at(4)
                sitting.process.send_signal(number)
                text, code = sitting.end()
                self.assertEqual(code, status)
                self.assertIn("3 of 12 answers are kept. Continue with: attune take --form short", text)
                self.assertTrue(sitting.is_restored())
                self.assertEqual(self.kept_after("--form", "short"), 3)

    def test_control_c_is_the_same(self):
        sitting = self.take("--form", "short")
        sitting.answer(2)
        sitting.at(3)
        sitting.send("\x03")
        text, status = sitting.end()
        self.assertEqual(status, 130)
        self.assertIn("2 of 12 answers are kept", text)
        self.assertTrue(sitting.is_restored())

    def test_control_c_at_a_passphrase_changes_nothing(self):
        for ended_by in ("\x03", "\x04"):
            lock = Sitting(self.home, [ATTUNE, "history", "lock"])
            lock.wait_for("New passphrase, at least 8 characters: ")
            lock.send(ended_by)
            text, status = lock.end()
            self.assertEqual(status, 130)
            self.assertIn("no passphrase was given", text)
            self.assertTrue(lock.is_restored())
            self.assertFalse(os.path.exists(os.path.join(self.home, ".local/share/attune/history.db")))

    def test_control_c_at_the_passphrase_of_a_locked_history_asks_no_question(self):
        subprocess.run([ATTUNE, "history", "lock", "--new-passphrase-from", "command:echo secret words"], check=True,
                       env={"HOME": self.home, "PATH": "/usr/bin:/bin"}, stdout=subprocess.DEVNULL)
        history = os.path.join(self.home, ".local/share/attune/history.db")
        with open(history, "rb") as kept:
            before = kept.read()
        for ended_by in ("\x03", "half of it\x03", "\x04"):
            sitting = self.take("--form", "short")
            sitting.wait_for("Passphrase of your history: ")
            sitting.send(ended_by)
            text, status = sitting.end()
            self.assertEqual(status, 130)
            self.assertIn("no passphrase was given", text)
            self.assertNotIn("half", text)
            self.assertNotIn("Question", text)
            self.assertTrue(sitting.is_restored())
            with open(history, "rb") as kept:
                self.assertEqual(kept.read(), before)

    def test_a_hang_up_is_silent(self):
        sitting = self.take("--form", "short")
        sitting.answer(2)
        sitting.at(3)
        sitting.process.send_signal(signal.SIGHUP)
        text, status = sitting.end()
        self.assertEqual(status, 130)
        self.assertNotIn("kept", text)
        self.assertEqual(self.kept_after("--form", "short"), 2)

    def test_a_closed_terminal_loses_nothing(self):
        sitting = self.take("--form", "short")
        sitting.answer(2)
        sitting.at(3)
        os.close(sitting.slave)
        os.close(sitting.master)
        sitting.process.wait(PATIENCE)
        self.assertEqual(self.kept_after("--form", "short"), 2)

    def test_killed_outright_loses_nothing(self):
        sitting = self.take("--form", "short")
        sitting.answer(5)
        sitting.at(6)
        sitting.process.kill()
        sitting.end()
        self.assertEqual(self.kept_after("--form", "short"), 5)

    def test_a_resize_in_the_middle_reflows_and_goes_on(self):
        sitting = self.take("--form", "short")
        sitting.answer(2)
        sitting.at(3)
        sitting.resize((15, 40))
        sitting.at(3)
        narrow = sitting.text[sitting.text.rfind("3 of 12") + 1:]  # it may have been drawn twice
        widths = [len(line) for line in re.sub(r"\x1b\[[0-9]*[A-Za-z]", "", narrow).split("\r\n")]
        self.assertLess(max(widths), 40)
        self.assertLess(len(widths), 15)
        sitting.send("5")
        sitting.at(4)
        sitting.send("q")
        self.assertEqual(sitting.end()[1], 0)

    def test_stop_gives_the_terminal_back_and_continue_takes_it_again(self):
        shell = Sitting(self.home, ["bash", "--norc", "--noediting", "-i"])
        shell.send(f"'{ATTUNE}' take --form short\n")
        shell.answer(1)
        shell.at(2)
        shell.send("\x1a")
        shell.wait_for("Stopped")
        shell.send("stty -a | grep -o -e '.icanon' -e '.echo '\n")
        shell.wait_for(" icanon\\s+ echo ")
        shell.send("fg\n")
        shell.at(2)
        self.assertNotIn("2 of 12", shell.text, "drawn once more")
        shell.send("4")
        shell.at(3)
        shell.send("q")
        shell.wait_for("2 of 12 answers are kept")
        shell.send("exit\n")
        self.assertEqual(shell.end()[1], 0)

    def test_a_key_that_is_held_down_answers_one_question_and_says_so(self):
        sitting = self.take("--form", "short")
        sitting.at(1)
        sitting.send("5" * 20)
        sitting.until("too soon")
        sitting.send("q")
        self.assertIn("1 of 12 answers are kept", sitting.end()[0])

    def test_answers_by_the_cursor_alone(self):
        sitting = self.take("--form", "short")
        for number in range(1, 13):
            sitting.at(number)
            sitting.send("\x1b[B\x1b[B\r")
        sitting.until("12 of 12 answered")
        sitting.send("\r")
        text, status = sitting.end()
        self.assertEqual(status, 0)
        kept = subprocess.run([ATTUNE, "history", "export"], check=True, capture_output=True, text=True,
                              env={"HOME": self.home}).stdout
        self.assertEqual(kept.count('"answer":2,'), 12)

    def test_what_is_taller_than_the_terminal_opens_in_the_pager(self):
        subprocess.run([ATTUNE, "take", "--form", "short", "--answers", "4,4,4,4,4,4,4,4,4,4,4,4"], check=True,
                       env={"HOME": self.home, "PATH": "/usr/bin:/bin"}, stdout=subprocess.DEVNULL)
        show = [ATTUNE, "history", "show", "last"]
        pager = {"PAGER": "sed s/^/paged:/"}
        for words, named, is_paged in (
            (show, {"environment": pager}, True),
            (show, {"environment": {"PAGER": "false", "ATTUNE_PAGER": pager["PAGER"]}}, True),
            ([*show, "--no-pager"], {"environment": pager}, False),
            (show, {"environment": {"PAGER": "no-such-program"}}, False),
            (show, {"environment": {**pager, "TERM": "dumb"}}, False),
            (show, {"environment": pager, "size": (300, 80)}, False),
            ([ATTUNE, "take", "--help"], {"environment": pager}, True),
        ):
            with self.subTest(words=words, **named):
                text, status = Sitting(self.home, words, **named).end()
                self.assertEqual(status, 0)
                self.assertEqual("paged:" in text, is_paged)
                self.assertTrue("In short" in text or "Usage:" in text)

    def test_control_c_in_the_pager_is_for_the_pager(self):
        # A pager that goes on after Ctrl-C, as less does, and ends with a line.
        pager = "trap 'echo still here' INT; cat; echo ready; read -r line </dev/tty; read -r line </dev/tty"
        sitting = Sitting(self.home, [ATTUNE, "take", "--help"], environment={"PAGER": pager})
        sitting.wait_for("ready")
        sitting.send("\x03")
        sitting.wait_for("still here")
        self.assertIsNone(sitting.process.poll())
        sitting.send("\n\n")
        self.assertEqual(sitting.end()[1], 0)

    def test_the_start_page_says_what_is_unfinished_and_names_nobody(self):
        for arguments, going_on in (([], "attune take --form short"), (["--about", "partner"], "attune history drafts")):
            sitting = self.take("--form", "short", *arguments)
            sitting.answer(2)
            sitting.at(3)
            sitting.send("s")
            sitting.at(4)
            sitting.send("q")
            sitting.end()
            start, status = Sitting(self.home, [ATTUNE]).end()
            self.assertEqual(status, 0)
            self.assertLessEqual(start.count("\n"), 20)
            self.assertTrue(start.endswith(f"You have 2 of 12 answers from today. Go on with: {going_on}\r\n"), start)
            self.assertNotIn("partner", start)

    def test_the_start_page_fits_any_terminal(self):
        for size, named in (((24, 80), {}), ((15, 40), {}), ((40, 120), {}), ((60, 200), {}), ((24, 80), {"TERM": "dumb"}),
                            ((24, 80), {"NO_COLOR": "1"}), ((24, 80), {"LC_ALL": "C"}), ((12, 25), {})):
            with self.subTest(size=size, **named):
                start, status = Sitting(self.home, [ATTUNE], size=size, environment={"PAGER": "sed s/^/paged:/", **named}).end()
                lines = re.sub(r"\x1b\[\d*m", "", start).split("\r\n")
                self.assertEqual(status, 0)
                self.assertNotIn("paged:", start)
                self.assertLessEqual(max(map(len, lines)), size[1])
                self.assertLessEqual(len(lines) - 1, 20 if size[1] > 30 else 30)
                self.assertEqual("\x1b[1mAnswer" in start, not named or "LC_ALL" in named)
                self.assertEqual(lines[-2], "Begin with: attune take")

    def test_messages_are_wrapped_between_words_and_commands_stay_whole(self):
        text, status = Sitting(self.home, [ATTUNE, "take", "ecr"], size=(15, 40)).end()
        self.assertEqual(status, 66)
        self.assertEqual(text.replace("\r\n", "\n"), """\
attune: ecr: its statements are not
shipped, because they are not ours to
pass on
  attune wording ecr FILE adds them
  from plain lines, one for each
  statement
  --answers takes the answers without
  them
""")
        text, status = Sitting(self.home, [ATTUNE, "history", "show", "last"], size=(15, 30)).end()
        self.assertIn("  attune take makes the first\r\n  one\r\n", text)

    def test_json_is_indented_on_a_terminal(self):
        text, status = Sitting(self.home, [ATTUNE, "list", "--format", "json"], size=(900, 80)).end()
        self.assertEqual(status, 0)
        self.assertTrue(text.startswith('[\r\n  {\r\n    "id": '), text[:80])
        piped = subprocess.run([ATTUNE, "list", "--format", "json"], capture_output=True, check=True).stdout
        self.assertEqual(piped.count(b"\n"), 1)
        self.assertEqual(json.loads(text), json.loads(piped))

    def resumed(self, *arguments):
        """A sitting that continues a draft, and what it says before its question."""
        sitting = self.take("--form", "short", *arguments)
        sitting.wait_for("Continuing from")
        return sitting, sitting.until(r"(?s)(.*?)\d+ of 12(?! answered)").group(1)

    def test_a_draft_that_is_open_in_another_terminal_is_named(self):
        warning = "It is open in another terminal, too"
        first = self.take("--form", "short")
        first.answer(1)
        first.at(2)
        second, said = self.resumed()
        self.assertIn(warning, said)
        second.send("5")
        second.at(3)
        first.send("6")
        first.at(3)
        first.process.kill()
        first.end()
        second.send("q")
        second.end()
        held = os.path.join(self.home, ".local/share/attune/drafts.lock")
        self.assertEqual((os.stat(held).st_size, stat.S_IMODE(os.stat(held).st_mode)), (0, 0o600))
        third, said = self.resumed()
        self.assertNotIn(warning, said)
        self.assertIn("2 of 12 answered", said)
        other = self.take("--form", "short", "--about", "partner")
        other.answer(1)
        other.at(2)
        fourth, said = self.resumed("--about", "partner")
        self.assertIn(warning, said)
        for sitting in (third, other, fourth):
            sitting.send("q")
            self.assertEqual(sitting.end()[1], 0)

    def test_plain_lines_draw_nothing(self):
        sitting = self.take("--form", "short", "--plain")
        sitting.answer(12, key="4\n")
        sitting.wait_for("12 of 12 answered[\\s\\S]*choice: $")
        sitting.send("f\n")
        text, status = sitting.end()
        self.assertEqual(status, 0)
        self.assertNotIn("\x1b", text)

    def test_no_save_leaves_no_file(self):
        sitting = self.take("--form", "short", "--no-save")
        sitting.answer(12)
        sitting.until("12 of 12 answered")
        sitting.send("f")
        self.assertEqual(sitting.end()[1], 0)
        self.assertEqual(os.listdir(self.home), [])

    def test_a_profile_names_the_text_of_the_questionnaire_whether_it_is_kept_or_not(self):
        shown = subprocess.run([ATTUNE, "show", "closeness", "--format", "toml"], check=True, capture_output=True)
        wanted = hashlib.sha256(shown.stdout).hexdigest()
        self.assertEqual(len(wanted), 64)
        for arguments in ([], ["--no-save"]):
            sitting = self.take("--form", "short", "--format", "json", *arguments)
            sitting.answer(12)
            sitting.until("12 of 12 answered")
            sitting.send("f")
            text, status = sitting.end()
            self.assertEqual(status, 0)
            self.assertIn(f'"sha256": "{wanted}"', text)

    def test_a_note_is_asked_for_at_the_end(self):
        sitting = self.take("--form", "short", "--note")
        sitting.answer(12)
        sitting.until("12 of 12 answered")
        sitting.send("f")
        sitting.wait_for("A note for yourself")
        sitting.send("after the holidays\n")
        self.assertEqual(sitting.end()[1], 0)

    def test_a_fresh_sitting_keeps_the_old_draft(self):
        first = self.take("--form", "short")
        first.answer(5)
        first.at(6)
        first.send("q")
        first.end()
        fresh = self.take("--form", "short", "--fresh")
        fresh.answer(12)
        fresh.until("12 of 12 answered")
        fresh.send("f")
        fresh.end()
        self.assertEqual(self.kept_after("--form", "short"), 5)

    def test_a_draft_goes_on_with_the_text_it_was_begun_with(self):
        path = os.path.join(self.home, "mine.toml")
        subprocess.run([ATTUNE, "init", "mine", "-o", path], check=True, env={"HOME": self.home},
                       stderr=subprocess.DEVNULL)
        first = self.take(path)
        first.answer(1)
        first.at(2)
        first.send("q")
        first.end()
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace('version = "1.0.0"', 'version = "2.0.0"').replace('version = "0.1.0"', 'version = "2.0.0"'))
        again = self.take(path)
        again.wait_for(r"has changed\s+since[\s\S]*text\s+you\s+began")
        again.at(2)
        again.send("q")
        self.assertEqual(again.end()[1], 0)


if __name__ == "__main__":
    unittest.main()
