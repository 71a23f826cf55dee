"""Cells of one sheet put together to as few blocks as they lie in, as formulas name them: `D7:I29`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.form.layout import address


class Block(NamedTuple):
    """A block of cells by its name, and how many they are."""

    name: str
    cells: int


def blocks(cells: Iterable[tuple[int, int]]) -> Iterator[Block]:
    """The blocks in which some cells, given by row and column, lie."""
    rows: dict[int, set[int]] = defaultdict(set)
    for row, column in cells:
        rows[row].add(column)
    found: list[tuple[int, int, int, int]] = []
    for row in sorted(rows):
        for left, right in _runs(sorted(rows[row])):
            above = next((n for n, each in enumerate(found) if each[1:] == (left, row - 1, right)), None)
            if above is None:
                found.append((row, left, row, right))
            else:
                found[above] = (found[above][0], left, row, right)
    for top, left, end, right in found:
        single = (top, left) == (end, right)
        name = address(top, left) + ("" if single else ":" + address(end, right))
        yield Block(name, (end - top + 1) * (right - left + 1))


def _runs(columns: list[int]) -> Iterator[tuple[int, int]]:
    start = before = columns[0]
    for column in columns[1:]:
        if column != before + 1:
            yield start, before
            start = column
        before = column
    yield start, before
