# SPDX-License-Identifier: MIT
"""Reads PNG pictures (8 bits a channel, not interlaced), and says how far two of them are apart.

The format is that of the PNG specification, third edition: chunks (5), filters (9), colour types (11.2.2).
"""

import struct
import zlib
from itertools import accumulate
from pathlib import Path

CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # by colour type: grey, RGB, grey and alpha, RGB and alpha


def chunks(data):
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("this is no PNG")
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + 8 + length]
        at += 12 + length


def average(line, above, channels):
    for at in range(len(line)):
        left = line[at - channels] if at >= channels else 0
        line[at] = (line[at] + (left + above[at]) // 2) & 255


def paeth(line, above, channels):
    for at in range(len(line)):
        a = line[at - channels] if at >= channels else 0
        b = above[at]
        c = above[at - channels] if at >= channels else 0
        to_a, to_b, to_c = abs(b - c), abs(a - c), abs(a + b - 2 * c)
        nearest = a if to_a <= to_b and to_a <= to_c else b if to_b <= to_c else c
        line[at] = (line[at] + nearest) & 255


def unfiltered(kind, line, above, channels):
    """One line as it was before the filter; `above` is the line before it."""
    if kind == 1:  # each byte is the difference to that of the pixel on its left
        for channel in range(channels):
            line[channel::channels] = bytes(each & 255 for each in accumulate(line[channel::channels]))
    elif kind == 2:
        line[:] = bytes((own + up) & 255 for own, up in zip(line, above))
    elif kind == 3:
        average(line, above, channels)
    elif kind == 4:
        paeth(line, above, channels)
    return line


def grey_lines(path):
    """Each line of pixels as lightness, 0 to 255, on white paper."""
    found = list(chunks(Path(path).read_bytes()))
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", found[0][1])
    if depth != 8 or interlace or colour not in CHANNELS:
        raise ValueError(f"{path}: a kind of PNG that is not read here")
    channels = CHANNELS[colour]
    data = zlib.decompress(b"".join(body for kind, body in found if kind == b"IDAT"))
    above = bytearray(width * channels)
    for row in range(height):
        start = row * (width * channels + 1)
        above = unfiltered(data[start], bytearray(data[start + 1 : start + 1 + width * channels]), above, channels)
        if channels < 3:
            grey = above[0::channels]
        else:  # the weights of ITU-R BT.601
            parts = (above[0::channels], above[1::channels], above[2::channels])
            grey = [(299 * red + 587 * green + 114 * blue) // 1000 for red, green, blue in zip(*parts)]
        if channels in (2, 4):
            grey = [255 + (own - 255) * alpha // 255 for own, alpha in zip(grey, above[channels - 1 :: channels])]
        yield grey


def cells(path, side):
    """The picture in squares of `side` pixels, each as its mean lightness: small shifts of edges vanish."""
    rows = []
    lines = list(grey_lines(path))
    for top in range(0, len(lines) - side + 1, side):
        sums = [sum(column) for column in zip(*lines[top : top + side])]
        rows.append([sum(sums[left : left + side]) / side**2 for left in range(0, len(sums) - side + 1, side)])
    return rows


def difference(one, other, side=8):
    """How far two pictures are apart, 0 to 255: the mean of all squares, and that of the worst one."""
    pairs = zip(cells(one, side), cells(other, side))
    apart = [abs(a - b) for line, own in pairs for a, b in zip(line, own)]
    return sum(apart) / len(apart), max(apart)
