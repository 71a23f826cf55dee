"""Lines of text that are rows of a table with every cell marked, by tabs or by `|`: they are read as a grid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.ground.patterns import pattern
from toolkit.intake.locate.choose import Piece
from toolkit.intake.locate.labels import key
from toolkit.intake.locate.sheet import figure
from toolkit.intake.sources import Grid, plain
from toolkit.model.filing import Entry, Origin

FEWEST = 3
"""A text is taken for one with marked cells where it has this many rows of this many cells."""

FEW = 4
"""No more figures stand in a row of table two."""

_RULE = pattern(r"[\s|:+=-]*-{3,}[\s|:+=-]*")
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


class Style(NamedTuple):
    """How the rows of a text are barred: whether a bar closes every row, and whether rows are padded to the widest."""

    closed: bool = False
    padded: bool = False


class Marked(NamedTuple):
    """The cells of a line, and the number of the last one with words; 1 where the line is no row with marked cells."""

    cells: tuple[str, ...]
    label: int

    @property
    def behind(self) -> int:
        """How many cells stand behind the words."""
        return len(self.cells) - 1 - self.label

    def trusted(self, whole: int) -> bool:
        """Whether blank cells behind the words are the row's own: none have collapsed, and none stands beside it.

        `whole` is how many cells a row of the widest table has.
        """
        return self.behind == whole if self.behind > FEW else bool(self.cells[-1])


_OPEN = Style()


def style(lines: Iterable[str]) -> Style:
    """How the rows of a text are barred. Its heads tell whether a bar closes every row: none of their cells is empty.

    Rows are padded where all are as long, however many labels they begin with, and most end in blank cells.
    """
    barred = [line.rstrip() for line in lines if "|" in line and not _RULE.fullmatch(line)]
    heads = [line for line in barred if not any(map(figure, fields(line)))] or barred
    closed = bool(heads) and all(line.endswith("|") for line in heads)
    wide = [shut(line, Style(closed)) for line in barred if marks(line, Style(closed)).behind > FEW]
    labels = {sum(1 for cell in cells if key(cell) and not figure(cell)) for cells in wide}
    counts = Counter(map(len, wide))
    alike = bool(counts) and counts.most_common(1)[0][1] * 10 > len(wide) * 9
    return Style(closed, alike and len(labels) > 1 and sum(not cells[-1] for cells in wide) * 2 > len(wide))


def marks(line: str, how: Style = _OPEN) -> Marked:
    """The cells of a row with marked cells: words, and figures behind them. Any other line is one cell."""
    cells = shut(line, how)
    words = [at for at, cell in enumerate(cells) if key(cell) and not figure(cell)]
    if len(cells) < FEWEST or not words or not any(figure(cell) for cell in cells[words[-1] :]):
        return Marked((line,), 1)
    return Marked(cells, words[-1])


def shut(line: str, how: Style) -> tuple[str, ...]:
    """The cells of a line without what its last bar closes and what only fills it up."""
    cells = list(fields(line))
    opened = line.strip().startswith("|")  # a bar at both ends is a border, gone already
    if how.closed and not opened and len(cells) > 1 and not cells[-1]:
        cells.pop()
    while how.padded and len(cells) > 1 and not cells[-1]:
        cells.pop()
    return tuple(cells)


def usual(lines: Iterable[str], how: Style = _OPEN) -> int:
    """How many cells stand behind the words of most rows of the widest table; 0 where no row has marked cells."""
    counts = Counter(behind for line in lines if (behind := marks(line, how).behind) > FEW)
    return counts.most_common(1)[0][0] if counts else 0


def fields(line: str) -> tuple[str, ...]:
    """The cells of a line, blank ones among them; `|` at both ends is a border, and none at the end alone."""
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
