"""The one way a table is drawn on a terminal: heads over a rule, columns of words that wrap and of figures that don't.
The forms, drawn as printed, are `drawing`'s; what stands in a table is for the rooms beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from toolkit.ground.wrapping import wrap
from toolkit.render import plain

_LEAST = 8


class Column(NamedTuple):
    """A column: its head, whether its words stand to the right, whether they wrap where room is short, and the blanks
    behind it.
    """

    head: object
    right: bool = False
    wraps: bool = False
    gap: int = 2


class Cell(NamedTuple):
    """What stands in a cell, `said` on lines of its own where it has several, and Rich's style of it."""

    said: object
    style: str = ""


Row = Sequence[Cell | object] | Text
"""The cells of a row, or a line that goes across, as it is."""


def table(columns: Sequence[Column], rows: Sequence[Row], width: int, *, ruled: bool = True) -> Iterator[Text]:
    """The lines of a table at most `width` cells wide, if its figures leave its words the least room there is."""
    body = [row if isinstance(row, Text) else [_lines(each) for each in row] for row in rows]
    widths = _widths(columns, [row for row in body if not isinstance(row, Text)], width)
    if any(str(each.head) for each in columns):
        yield from _row(columns, [_lines(Cell(each.head, "" if ruled else "dim")) for each in columns], widths)
        if ruled:
            yield Text("─" * (sum(widths) + _gaps(columns)), "dim", no_wrap=True, overflow="ignore")
    for row in body:
        if isinstance(row, Text):
            yield row
        else:
            yield from _row(columns, row, widths)


def _lines(cell: object) -> tuple[list[str], str]:
    said, style = cell if isinstance(cell, Cell) else (cell, "")
    return [plain(line) for line in str(said).split("\n")], style


def _gaps(columns: Sequence[Column]) -> int:
    return sum(each.gap for each in columns[:-1])


def _widths(columns: Sequence[Column], body: Sequence[Sequence[tuple[list[str], str]]], width: int) -> list[int]:
    """Every column as wide as its longest line; those that wrap give up what the screen has not, the widest first."""
    every = [[_lines(each.head) for each in columns], *body]
    widths = [max(cell_len(line) for row in every for line in row[n][0]) for n in range(len(columns))]
    over = sum(widths) + _gaps(columns) - width
    while over > 0:
        widest = max((n for n, each in enumerate(columns) if each.wraps), key=lambda n: widths[n], default=None)
        if widest is None or widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
        over -= 1
    return widths


def _row(columns: Sequence[Column], cells: Sequence[tuple[list[str], str]], widths: Sequence[int]) -> Iterator[Text]:
    broken = [
        [part for line in said for part in (wrap(line, wide) if column.wraps else (line,))]
        for column, (said, _), wide in zip(columns, cells, widths, strict=True)
    ]
    for parts in zip_longest(*broken, fillvalue=""):
        yield _line(columns, parts, [style for _, style in cells], widths)


def _line(columns: Sequence[Column], parts: Sequence[str], styles: Sequence[str], widths: Sequence[int]) -> Text:
    line, owed = Text(no_wrap=True, overflow="ignore"), 0
    for column, said, style, wide in zip(columns, parts, styles, widths, strict=True):
        blank = wide - cell_len(said)
        if said:
            line.append(" " * (owed + blank * column.right)).append(said, style or None)
            owed = 0 if column.right else blank
        else:
            owed += wide
        owed += column.gap
    return line
