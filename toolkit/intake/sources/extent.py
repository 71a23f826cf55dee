"""How far the sheets of an .xls reach, before python-calamine makes a grid of all that: one stray cell at the end of
a sheet would have it ask for hundreds of gigabytes and end the process, not raise.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.ground.limits import limits
from toolkit.intake.sources import biff

_CELLS = frozenset({0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_DIMENSIONS, _STRINGS = 0x0200, 0x00FC


class Member(NamedTuple):
    """A member of a zip archive: where its data starts, how many bytes it is, whether it is deflated."""

    start: int
    size: int
    deflated: bool


def too_far_in_xls(content: bytes) -> bool:
    """Whether a sheet of an .xls reaches over more cells than are read; a damaged one often claims to.

    Raises:
        ValueError: the file has no stream of a workbook, or one that says what cannot be.
    """
    stream = biff.stream(content)
    if any(
        kind == _STRINGS and len(body) >= 8 and struct.unpack_from("<I", body, 4)[0] > len(stream)
        for kind, body in biff.records(stream, 0)
    ):  # room for all of them would be made at once
        raise ValueError("it says of more strings than it has bytes")
    return any(
        rows * columns > limits().cells for start in biff.sheets(stream) for rows, columns in _reach(stream, start)
    )


def _reach(stream: bytes, start: int) -> Iterator[tuple[int, int]]:
    rows = columns = 0
    for kind, body in biff.records(stream, start):
        if kind == _DIMENSIONS and len(body) >= 12:
            first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", body)
            backwards = first_row > last_row or first_column > last_column  # their difference is taken unchecked
            yield limits().cells + 1 if backwards else last_row, max(1, last_column)
        elif kind in _CELLS and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    yield rows, columns
