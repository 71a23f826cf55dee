"""Documents as grids of cells and lines of text; what the cells mean does not belong here."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_PLAIN = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?")


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
