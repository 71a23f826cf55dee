"""Lines of text that are rows of a table with every cell marked, by tabs or by `|`: they are read as a grid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.language import text
from toolkit.locate.labels import key
from toolkit.locate.settle import Piece
from toolkit.locate.sheet import figure
from toolkit.model import Entry, Origin
from toolkit.sources import Grid, plain

FEWEST = 3
"""A text is taken for one with marked cells where it has this many rows of this many cells."""

_RULE = re.compile(r"[\s|:+=-]*-{3,}[\s|:+=-]*")
"""The line under the head of a table in Markdown."""

Numbered = Sequence[tuple[int, str]]


def parted(lines: Numbered) -> tuple[Grid, tuple[tuple[int, str], ...]]:
    """The rows with marked cells as a grid, one row a line, and the lines that are left."""
    cells = [(at, line, fields(line)) for at, line in lines]
    marked = {at for at, _, row in cells if _row(row, FEWEST)}
    if len(marked) < FEWEST:
        return Grid("", ()), tuple(lines)
    marked |= {at for at, _, row in cells if _row(row, 2)}
    width = max(len(row) for at, _, row in cells if at in marked)
    rows: list[tuple[object, ...]] = []
    rest: list[tuple[int, str]] = []
    for at, line, row in cells:
        if at in marked:
            tabbed = "|" not in line
            rows.append(tuple(plain(cell) for cell in (*row, *("" for _ in range(width - len(row)) if tabbed))))
        else:
            words = [cell for cell in row if cell]
            alone = len(words) == 1 and not figure(words[0])
            rows.append((words[0],) if alone else ())
            if not _RULE.fullmatch(line):
                rest.append((at, line))
    return Grid("", tuple(rows)), tuple(rest)


def fields(line: str) -> tuple[str, ...]:
    """The cells of a line, blank ones among them, without the border of `|` at its ends."""
    if "|" in line:
        cells = line.strip().split("|")
        if len(cells) > 1 and not cells[0].strip():
            cells = cells[1:]
        if len(cells) > 1 and not cells[-1].strip():
            cells = cells[:-1]
    else:
        cells = line.split("\t")
    return tuple(cell.strip() for cell in cells)


def _row(cells: Sequence[str], fewest: int) -> bool:
    """Whether cells are a row of a table: enough of them, and words among them."""
    return len(cells) >= fewest and any(key(cell) and not figure(cell) for cell in cells)


def by_line(piece: Piece, lines: Sequence[int]) -> Piece:
    """What was found in the grid with lines for its origins; grid row n is the line `lines[n]`, counted from 0."""

    def moved(entry: Entry) -> Entry:
        row = int(re.sub(r"[^0-9]", "", entry.origin.cell or "1")) - 1
        return entry._replace(origin=Origin(line=lines[row] + 1))

    rows = tuple(
        row._replace(
            cells={column: moved(entry) for column, entry in row.cells.items()},
            place=text("line {line}", line=min(moved(entry).origin.line or 0 for entry in row.cells.values())),
        )
        for row in piece.rows
    )
    return Piece(rows, (), piece.remarks, piece.refused, piece.unplaced)
