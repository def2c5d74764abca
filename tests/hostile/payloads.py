# SPDX-License-Identifier: MIT
"""Texts that do more to a terminal or a reader than be read, and what may reach a terminal."""

import itertools
import os
import pty
import re
import subprocess
import unicodedata

ESC = "\x1b"
SHAPING = {0x034F, 0x180B, 0x180C, 0x180D, 0x180F, 0x200C, 0x200D, *range(0xFE00, 0xFE10)}
BLANK = {0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x2065, *range(0xFFF0, 0xFFFC), *range(0xE0000, 0xE1000), *range(0x1BCA0, 0x1BCA4)}
VISIBLE_FORMATS = re.compile("ARABIC|SYRIAC|KAITHI|HIEROGLYPH")


def is_hidden(character):
    """Whether a character acts instead of being seen, by its Unicode properties."""
    code = ord(character)
    if character == "\n" or code in SHAPING:
        return False
    if code in BLANK or (code & 0xFFFE) == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return True
    category = unicodedata.category(character)
    if category == "Cf":
        return not VISIBLE_FORMATS.match(unicodedata.name(character, "")) or code == 0x061C
    return category in ("Cc", "Cs", "Zl", "Zp")


def sequences():
    """What terminals obey."""
    finals = "ABCDEFGHJKLMPSTXZ@`abcdefghilmnpqrstuxy"
    yield from (f"{ESC}[{number}{final}" for final, number in zip(finals, itertools.cycle(("", "2", "1;1", "?25", "999", ">0"))))
    yield from (f"{ESC}]{code};attune{end}" for code in (0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 50, 52, 104, 777, 1337) for end in ("\a", f"{ESC}\\"))
    yield from (f"{ESC}{kind}x{ESC}\\" for kind in "PX^_")
    yield from (f"{ESC}{letter}" for letter in "c78=>DEHMNOZ#(FG")
    yield from (f"{ESC}[31mred{ESC}[0m", f"{ESC}[8mhidden", f"{ESC}[?1049h", f"{ESC}[6n", f"{ESC}[201~", f"{ESC}[200~rm -rf ~{ESC}[201~")
    yield from (f"{ESC}[{style}m" for style in ("5", "7", "8", "38;5;1", "48;2;0;0;0", "58;5;9", "4:3", "73"))
    yield from (f"{ESC}[{final}" for final in ("!p", "?5h", "?1000h", "?2004h", "?1;2c", ">4;2m", "20t", "21t", "\"q", "2 q", "$p", "?12$p", "*x", "i", "5i", "4i"))
    yield from (f"\x9b{rest}" for rest in ("31m", "2J", "6n", "?1049h"))
    yield from ("\x9d0;title\x9c", "\x90x\x9c", "\x98x\x9c", "\x9ex\x9c", "\x9fx\x9c")


def characters():
    """Each control character alone, and what hides, turns or breaks lines."""
    yield from (chr(code) for code in (*range(1, 0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r")
    yield from (f"{chr(code)}abc" for code in (0x202A, 0x202B, 0x202C, 0x202D, 0x202E, *range(0x2066, 0x2070), 0x061C, 0x200E, 0x200F))
    yield from (chr(code) for code in (0x00AD, 0x180E, 0x200B, 0x2028, 0x2029, *range(0x2060, 0x2065), 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0x3164))
    yield from (chr(code) for code in (0xE0001, 0xE0020, 0xE0041, 0xE007F, 0xE0100, 0xE01EF, 0x1D173, 0x1D17A, 0x1BCA0))
    yield from (chr(code) for code in (0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFF, 0x10FFFF))


def overprints():
    yield from ("pass\b\b\b\bfail", "kept\rlost", "\r", "a\vb", "a\fb", "x\x00y", f"{ESC}7{ESC}[1;1Hgone{ESC}8", "\x0e\x0f", "abc\x7f\x7f")
    yield from ("user\u202etxt.exe", "a\u2067b\u2069c", "safe\u200b.toml", "".join(chr(0xE0000 + ord(letter)) for letter in "hidden"))


def strange():
    """What is only strange, and may be shown: floods of marks, very long words, joined pictures, wide and narrow ones."""
    yield from ("e" + "\u0301" * 50, "a" + "\u0338\u0308" * 100, "x" * 3000, "\u4e2d" * 1000, "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\ufdfd" * 20,
                "\u0627\u0644\u0633", "\u05e9\u05dc\u05d5\u05dd", "\\x1b[31m", "%n%s%1$s", "$(touch here)", "`touch here`", "; touch here", "../../x",
                "'\"\\'\"", "-rf", "--help", "\u0600\u0601", "\ufe0f\ufe0f", "\u3000\u3000", "\u00a0", "\U00020000", "\u0e33" * 200)


def payloads():
    """All of them, each once; at least 300 with those that are no text."""
    return list(dict.fromkeys([*sequences(), *characters(), *overprints(), *strange()]))


# No UTF-8 at all: cut short, too long, halves of a pair, beyond the last code point, raw C1 and Latin 1.
BROKEN = (
    b"\xff", b"\xfe\xff", b"\x80", b"\xbf", b"\xc3", b"\xc3(", b"\xe2\x82", b"\xe2(\xa1", b"\xf0\x9f\x98", b"\xf0(\x8c\xbc", b"\xc0\x80", b"\xc1\xbf",
    b"\xc0\x9b[31m", b"\xe0\x80\x9b[31m", b"\xf0\x80\x80\x9b[31m", b"\xe0\x9f\xbf", b"\xf0\x8f\xbf\xbf", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80",
    b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80", b"\x9b31m", b"\x9d0;x\x9c", b"M\xfcller", b"\x1b\xff[31m",
)


def every():
    """(payload as bytes, whether a text with it has to be refused)."""
    for text in payloads():
        yield text.encode(), any(map(is_hidden, text))
    for broken in BROKEN:
        yield broken, True


OURS = re.compile(r"\x1b\[(?:0|1|2|3|4|7|[34][0-7]|9[0-7]|;)*m")


def harm_in(output):
    """What of the bytes on a terminal is more than text and our own colours; nothing when all is well."""
    try:
        text = output.decode()
    except UnicodeDecodeError as error:
        return f"bytes that are no text: {output[error.start : error.start + 4]!r}"
    rest = OURS.sub("", text).replace("\r\n", "\n")
    harm = next((at for at, character in enumerate(rest) if is_hidden(character)), None)
    return f"{rest[max(harm - 40, 0) : harm + 10]!r}" if harm is not None else ""


def on_terminal(words, environment, directory, text=b""):
    """Runs a program with its output on a terminal. Gives the status and every byte that reached the terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=slave, stderr=slave, env=environment, cwd=directory)
    os.close(slave)
    try:
        process.stdin.write(text)
        process.stdin.close()
    except BrokenPipeError:
        pass
    output = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        output += piece
    os.close(master)
    return process.wait(), output
