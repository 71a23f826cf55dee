"""What one input may be at most: one table, asked for everywhere, adjustable by `--limits` and `XLS_LIMITS`.

Inputs come by e-mail from strangers. Each limit is far above what a filing or a report is, and is held before the thing
is made in memory. Which sentence a reader says when one is passed is the reader's business.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, replace

from toolkit.ground.errors import WrongUse
from toolkit.ground.language import text

VARIABLE = "XLS_LIMITS"
"""The variable of the environment that holds what `--limits` takes: `seconds=60,pages=800`."""


def _at_most(most: int, means: str) -> int:
    return field(default=most, metadata={"means": means})


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one input; what each means stands beside it, for the table in SECURITY.md."""

    file_mb: int = _at_most(64, "size of a file")
    parts: int = _at_most(5_000, "members of a workbook or Word document (a zip archive)")
    part_mb: int = _at_most(50, "one member of it, as it really unpacks")
    unpacked_mb: int = _at_most(256, "all members of it together, as they really unpack")
    elements: int = _at_most(1_500_000, "XML elements in one member")
    sheets: int = _at_most(500, "sheets of a workbook")
    cells: int = _at_most(4_000_000, "cells from A1 to the last one filled in, on one sheet")
    merged: int = _at_most(20_000, "merged ranges on one sheet")
    text_kb: int = _at_most(1_000, "one text in a workbook, in thousands of characters")
    document_mb: int = _at_most(50, "a PDF or a stream of it, a page, a Word document's text, as they really unpack")
    plain_mb: int = _at_most(5, "a text file")
    pages: int = _at_most(500, "pages of a PDF")
    drawn_mb: int = _at_most(5, "what is drawn on a page of a PDF")
    strokes: int = _at_most(15_000, "lines and rectangles on a page of a PDF")
    forms: int = _at_most(5_000, "drawings used again in a PDF, each time counted")
    tables: int = _at_most(2_000, "tables of a document or page")
    spanned: int = _at_most(400_000, "cells of all tables of a document or page, merged ones counted in full")
    members: int = _at_most(1_000, "filings in an archive (.zip)")
    rows: int = _at_most(50_000, "rows of a roster")
    digits: int = _at_most(30, "digits of a number, its exponent written out")
    seconds: int = _at_most(60, "seconds of computing on one input, where it is read in a process of its own")
    memory_mb: int = _at_most(1_500, "memory for one input, where it is read in a process of its own")


_said: ContextVar[str | None] = ContextVar("limits", default=None)
_made: dict[str, Limits] = {}


def limits() -> Limits:
    """The limits that hold now.

    Raises:
        WrongUse: what the environment says of them is not understood.
    """
    said = stated()
    if said not in _made:
        _made[said] = _parsed(said)
    return _made[said]


def stated() -> str:
    """What was asked for, as `--limits` takes it; empty for the limits as they come."""
    chosen = _said.get()
    return os.environ.get(VARIABLE, "") if chosen is None else chosen


def set_limits(said: str) -> None:
    """Let other limits hold: `seconds=60,pages=800`; those that are not named stay as they come.

    Raises:
        WrongUse: a limit that there is not, or no whole number from 1 on.
    """
    _parsed(said)
    _said.set(said)


@contextmanager
def limited(said: str) -> Iterator[None]:
    """Other limits within a `with` block.

    Raises:
        WrongUse: as `set_limits`.
    """
    _parsed(said)
    before = _said.set(said)
    try:
        yield
    finally:
        _said.reset(before)


def table() -> str:
    """The limits as a table of Markdown: what SECURITY.md holds, word for word."""
    heads = ["| limit | at most | of what |", "|---|---:|---|"]
    return "\n".join(
        heads + [f"| `{each.name}` | {each.default:,} | {each.metadata['means']} |" for each in fields(Limits)]
    )


def _parsed(said: str) -> Limits:
    changed: dict[str, int] = {}
    known = [each.name for each in fields(Limits)]
    for part in filter(None, (each.strip() for each in said.split(","))):
        name, _, number = (each.strip() for each in part.partition("="))
        if name not in known or not (number.isascii() and number.isdigit() and 0 < int(number[:12]) < 10**11):
            raise WrongUse(
                text("--limits: “{part}” is not understood; give name=number, with a name of {known}",
                     part=part, known=", ".join(known))
            )  # fmt: skip
        changed[name] = int(number)
    return replace(Limits(), **changed)
