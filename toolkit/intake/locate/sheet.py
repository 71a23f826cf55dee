"""A grid of cells as the eye sees it: merged cells known by their corner, figures told from labels, places named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from toolkit.form import layout
from toolkit.ground.language import Text, text
from toolkit.intake.locate.labels import key
from toolkit.intake.sources import Grid
from toolkit.model import numbers


class Area(NamedTuple):
    """A cell or a block of merged cells, the last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@lru_cache(maxsize=8192)
def _figure_text(typed: str) -> bool:
    if len(typed) > 60:
        return False
    if numbers.none_sign(typed):
        return True
    read = (numbers.read(typed, kind)[0] for kind in ("count", "money"))
    return any(value is not None and not isinstance(value, str) for value in read)


def number(value: object) -> bool:
    """Whether a cell holds a number, typed in whatever way."""
    if isinstance(value, str):
        return _figure_text(value) and not numbers.none_sign(value)
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def figure(value: object) -> bool:
    """Whether a cell holds a number or a sign for "none"."""
    return number(value) or numbers.none_sign(value)


def blank(value: object) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not value.strip("\u200b\ufeff \t\r\n\u00a0\u3000"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid with its merged cells, those left out whose corner is not where their words are."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    areas: Mapping[tuple[int, int], Area]
    width: int

    def value(self, row: int, column: int) -> object:
        """What a cell holds; '' where there is no cell."""
        line = self.rows[row]
        return line[column] if column < len(line) else ""

    def area(self, row: int, column: int) -> Area:
        """The merged block a cell is part of, or the cell by itself."""
        return self.areas.get((row, column)) or Area(row, column, row, column)

    def seen(self, row: int, column: int) -> object:
        """What the eye sees in a cell: what stands in the corner of its block."""
        area = self.area(row, column)
        return self.value(area.top, area.left)

    def labels(self, row: int) -> tuple[tuple[int, str], ...]:
        """The words of a row that are no figures, with their columns."""
        return tuple(
            (column, value)
            for column, value in enumerate(self.rows[row])
            if isinstance(value, str) and value and key(value) and not _figure_text(value)
        )

    def place(self, row: int, column: int) -> Text:
        """Sheet and address, as a message names them; the rows of a grid without a name are lines of a text."""
        if not self.name:
            return text("line {line}", line=row + 1)
        return text("{sheet} {cell}", sheet=self.name, cell=layout.address(row, column))


def sheet(grid: Grid) -> Sheet:
    """A grid made ready for looking at."""
    width = max((len(row) for row in grid.rows), default=0)
    areas: dict[tuple[int, int], Area] = {}
    for top, left, last_row, last_column in grid.merged:
        bottom, right = min(last_row, len(grid.rows) - 1), min(last_column, width - 1)
        cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        covered = cells[1:]
        if any(column < len(grid.rows[row]) and not blank(grid.rows[row][column]) for row, column in covered):
            continue  # the words have been moved and the block has not: it says nothing
        areas.update(dict.fromkeys(cells, Area(top, left, bottom, right)))
    return Sheet(grid.name, grid.rows, areas, width)
