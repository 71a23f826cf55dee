"""How far the sheets of a workbook reach, before python-calamine makes a grid of all that: one stray cell at the end of
a sheet would have it ask for hundreds of gigabytes and end the process, not raise.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.intake.sources import biff

MOST = 4_000_000
"""The most cells of a sheet that are read; the form has a few hundred."""

_HEAD = 2048
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
_FILLED = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]+)(\d+)"[^>]*(?<!/)>')
_CELLS = frozenset({0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_DIMENSIONS = 0x0200


class Member(NamedTuple):
    """A member of a zip archive: where its data starts, how many bytes it is, whether it is deflated."""

    start: int
    size: int
    deflated: bool


def too_far(content: bytes, sheets: tuple[Member, ...]) -> bool:
    """Whether a sheet of an .xlsx reaches over more cells than are read.

    What a sheet says of itself is read first, which is quick; only where that is too much are its cells looked at,
    since some programs say more than there is.
    """
    for sheet in sheets:
        head = _DIMENSION.search(_unpacked(content, sheet, _HEAD))
        if head and _cells(*head.groups()) > MOST:
            filled = [_place(*found.groups()) for found in _FILLED.finditer(_unpacked(content, sheet))]
            if filled and max(row for row, _ in filled) * max(column for _, column in filled) > MOST:
                return True
    return False


def _unpacked(content: bytes, sheet: Member, most: int = 0) -> bytes:
    packed = content[sheet.start : sheet.start + (min(sheet.size, most) if most else sheet.size)]
    if not sheet.deflated:
        return packed
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error:
        return b""  # whoever reads the sheet will say that it is damaged


def _cells(letters: bytes, digits: bytes) -> int:
    row, column = _place(letters, digits)
    return row * column


def _place(letters: bytes, digits: bytes) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return int(digits), column


def too_far_in_xls(content: bytes) -> bool:
    """Whether a sheet of an .xls reaches over more cells than are read; a damaged one often claims to.

    Raises:
        ValueError: the file has no stream of a workbook.
    """
    stream = biff.stream(content)
    return any(rows * columns > MOST for start in biff.sheets(stream) for rows, columns in _reach(stream, start))


def _reach(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    rows = columns = 0
    for kind, body in biff.records(stream, start):
        if kind == _DIMENSIONS and len(body) >= 12:
            first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", body)
            backwards = first_row > last_row or first_column > last_column  # their difference is taken unchecked
            yield MOST + 1 if backwards else last_row, max(1, last_column)
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    yield rows, columns
