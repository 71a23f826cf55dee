"""Tables that go on in another one because a page ended: joined again where the form's own order says that they do.

So are the halves of a row, which such a table keeps as two.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.intake.locate import heads
from toolkit.intake.locate.labels import Words
from toolkit.intake.locate.sheet import Sheet, number, sheet
from toolkit.intake.sources import Grid


def joined(words: Words, grids: Iterable[Grid]) -> tuple[Grid, ...]:
    """The grids, each without a head of its own put under the one it goes on from; rows are counted on.

    A grid goes on from the one before it when it is as wide and all its lines come later in the same table of the form.
    """
    whole: list[Grid] = []
    for grid in grids:
        if whole and _goes_on(words, sheet(whole[-1]), sheet(grid)):
            whole[-1] = _together(whole[-1], grid)
        else:
            whole.append(grid)
    return tuple(whole)


def _goes_on(words: Words, above: Sheet, below: Sheet) -> bool:
    if above.width != below.width or heads.find(words, below) or not heads.find(words, above):
        return False
    first, then = _lines(words, above), _lines(words, below)
    return (
        bool(first and then)
        and {table for table, _ in first} == {table for table, _ in then}
        and max(first) < min(then)
    )


def _lines(words: Words, seen: Sheet) -> list[tuple[str, int]]:
    """The lines of the form whose labels stand in a grid, as (table, how far down in it)."""
    matches = (words.row(said) for row in range(len(seen.rows)) for _, said in seen.labels(row))
    return [(match.table, match.at) for match in matches if match and match.sure and not words.heading(match)]


def _together(above: Grid, below: Grid) -> Grid:
    down = len(above.rows)
    moved = tuple((top + down, left, bottom + down, right) for top, left, bottom, right in below.merged)
    return Grid(f"{above.name}、{below.name}", (*above.rows, *below.rows), (*above.merged, *moved))


def mended(words: Words, grid: Grid) -> Grid:
    """A grid in which a line whose label a page break cut in two rows, its figures in one of them, is one row again."""
    seen = sheet(grid)
    rows = list(grid.rows)
    for row in range(len(rows) - 1):
        first, second = seen.labels(row), seen.labels(row + 1)
        if not first or len(second) != 1 or first[-1][0] != second[0][0]:
            continue
        column, whole = second[0][0], first[-1][1] + second[0][1]
        match = words.row(whole)
        figures = [any(number(value) for value in rows[at][column + 1 :]) for at in (row, row + 1)]
        if match and match.exact and figures[0] != figures[1] and not _whole(words, first[-1][1], second[0][1]):
            behind = rows[row + figures[1]][column + 1 :]
            rows[row] = (*rows[row][:column], whole, *behind)
            rows[row + 1] = (*rows[row + 1][:column], "", *[""] * len(behind))
    return grid._replace(rows=tuple(rows)) if rows != list(grid.rows) else grid


def _whole(words: Words, *printed: str) -> bool:
    """Whether one of two labels is a line of the form by itself."""
    return any((match := words.row(said)) is not None and match.exact for said in printed)
