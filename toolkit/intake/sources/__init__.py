"""Documents as grids of cells and lines of text; what the cells mean does not belong here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.ground.patterns import pattern

_PLAIN = pattern(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?")


class Grid(NamedTuple):
    """A sheet or a table of a document.

    `rows` are raw cell values, '' for blank. `merged` are (top, left, bottom, right), counted from 0, the last ones
    included; a source that does not know its merged cells gives none. A row shorter than the others lacks cells.
    """

    name: str
    rows: tuple[tuple[object, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def until(self, column: int) -> Grid:
        """The grid without a column and all after it."""
        kept = tuple(block for block in self.merged if block[3] < column)
        return Grid(self.name, tuple(row[:column] for row in self.rows), kept)


def plain(cell: str) -> object:
    """A figure in plain digits as the number it is, any other text as it stands.

    For sources whose cells are text by nature; a spreadsheet's cell that is text says so itself.
    """
    bare = cell.strip()
    if not _PLAIN.fullmatch(bare):
        return cell
    return Decimal(bare) if "." in bare else int(bare)


class Document(NamedTuple):
    """A document with real tables: its tables from the top, and the lines of text that stand outside them.

    `pictures` is how many pictures stand in it; nothing is read from them.
    """

    grids: tuple[Grid, ...]
    lines: tuple[str, ...]
    pictures: int = 0


class Laid(NamedTuple):
    """A cell of a table as a document gives it: its words, and how many columns and rows it spans."""

    words: str
    columns: int = 1
    rows: int = 1


WIDEST, TALLEST = 200, 5000
"""A table that says it is larger holds no filing, and is cut off there."""


def laid_out(name: str, rows: Iterable[Sequence[Laid]]) -> Grid:
    """Cells that span columns and rows put into their places.

    A row that lacks cells stays short, so that it cannot pass for a whole one.
    """
    values: dict[tuple[int, int], object] = {}
    merged: list[tuple[int, int, int, int]] = []
    cells = [list(row) for row in rows][:TALLEST]
    for at, row in enumerate(cells):
        column = 0
        for cell in row:
            while (at, column) in values:
                column += 1
            right = min(column + max(cell.columns, 1), WIDEST)
            bottom = min(at + (cell.rows if cell.rows > 0 else len(cells)), len(cells))
            spanned = [(down, along) for down in range(at, bottom) for along in range(column, right)]
            values |= {place: "" for place in spanned if place not in values}
            if spanned:
                values[at, column] = plain(cell.words)
                merged += [(at, column, bottom - 1, right - 1)] if len(spanned) > 1 else []
            column = right
    ends = [0] * len(cells)
    for down, along in values:
        ends[down] = max(ends[down], along + 1)
    grid = tuple(tuple(values.get((at, along), "") for along in range(end)) for at, end in enumerate(ends))
    return Grid(name, grid, tuple(merged))
