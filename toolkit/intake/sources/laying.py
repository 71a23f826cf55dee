"""The tables of a document laid out one after the other, no more of them than a report has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from toolkit.ground.errors import Unreadable
from toolkit.ground.language import text
from toolkit.ground.limits import limits
from toolkit.intake.sources import TALLEST, WIDEST, Grid, Laid, laid_out


def all_laid_out(tables: Iterable[Iterable[Sequence[Laid]]]) -> tuple[Grid, ...]:
    """The tables of a document laid out, called by their numbers.

    Raises:
        Unreadable: there are more of them, or more cells in all of them, than in any report.
    """
    made: list[Grid] = []
    left = limits().spanned
    for at, rows in enumerate(tables, 1):
        cells = [list(row) for row in islice(rows, TALLEST)]
        left -= sum(
            min(max(cell.columns, 1), WIDEST) * min(max(cell.rows, 1), TALLEST) for row in cells for cell in row
        )
        if at > limits().tables or left < 0:
            raise Unreadable(text("more tables, or cells in them, than any report has; save the form's tables alone"))
        made.append(laid_out(f"表格{at}", cells))
    return tuple(made)
