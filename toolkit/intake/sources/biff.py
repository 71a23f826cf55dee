"""The records of an .xls workbook ([MS-XLS] 2.1.4): its stream, where its sheets start, what follows there."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

_BOUNDSHEET, _EOF = 0x0085, 0x000A


def stream(content: bytes) -> bytes:
    """The stream of the workbook in its container.

    Raises:
        ValueError: the container is damaged or has none.
    """
    from xlrd.compdoc import CompDoc, CompDocError

    try:
        document = CompDoc(content, logfile=io.StringIO())
        for name in ("Workbook", "Book"):
            found, base, length = document.locate_named_stream(name)
            if found is not None:
                return bytes(found[base : base + length])
    except (CompDocError, AssertionError, IndexError, struct.error, TypeError, KeyError, RecursionError) as error:
        raise ValueError("no workbook in the container") from error
    raise ValueError("no workbook in the container")


def sheets(workbook: bytes) -> tuple[int, ...]:
    """Where the records of each sheet start, in the order of the sheets."""
    found = [body for kind, body in records(workbook, 0) if kind == _BOUNDSHEET and len(body) >= 4]
    return tuple(int(struct.unpack_from("<I", body)[0]) for body in found)


def records(workbook: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of every record from a place on, to the end of its part."""
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        yield kind, workbook[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length
