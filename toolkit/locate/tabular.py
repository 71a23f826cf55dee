"""Lines of text that are rows of a table with every cell marked, by tabs or by `|`: they are read as a grid."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    """The rows with marked cells as a grid without a name, whose rows are the lines, and the lines that are left."""
    cells = [(at, line, fields(line)) for at, line in lines]
    if sum(_labelled(row) for _, _, row in cells) < FEWEST:
        return Grid("", ()), tuple(lines)
    rows: list[tuple[object, ...]] = [()] * (lines[-1][0] + 1)
    rest: list[tuple[int, str]] = []
    for at, line, row in cells:
        words = [cell for cell in row if cell]
        if len(row) > 1 and not _RULE.fullmatch(line):
            rows[at] = tuple(plain(cell) for cell in row)
        else:
            rows[at] = tuple(words) if len(words) == 1 and not figure(words[0]) else ()
            rest += [] if _RULE.fullmatch(line) else [(at, line)]
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


def _labelled(cells: Sequence[str]) -> bool:
    """Whether cells are a row of a table: enough of them, words among them and figures behind."""
    words = [at for at, cell in enumerate(cells) if key(cell) and not figure(cell)]
    return len(cells) >= FEWEST and bool(words) and any(figure(cell) for cell in cells[words[0] :])


def by_line(piece: Piece) -> Piece:
    """What was found in such a grid, with lines for its origins."""

    def moved(entry: Entry) -> Entry:
        return entry._replace(origin=Origin(line=int(re.sub(r"[^0-9]", "", entry.origin.cell or "0"))))

    rows = (row._replace(cells={at: moved(entry) for at, entry in row.cells.items()}) for row in piece.rows)
    return Piece(tuple(rows), (), piece.remarks, piece.refused, piece.unplaced, piece.sighted)
