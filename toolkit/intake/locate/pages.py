"""Tables that go on in another one because a page ended: joined again where the form's own order says that they do."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.intake.locate import heads
from toolkit.intake.locate.labels import Words
from toolkit.intake.locate.sheet import Sheet, sheet
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
