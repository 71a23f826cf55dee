"""How wide the columns and how high the rows of a drawn sheet are, so that all that stands in its boxes can be read.
Figures get their room first; what is left goes where it saves most lines. Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from toolkit.form.layout import Box
from toolkit.ground.patterns import pattern
from toolkit.ground.wrapping import measured

LEAST = 2
"""Cells of the narrowest column: a Chinese character."""

_LEGIBLE = 4
_LONGEST_WORD = 8
_NUMBER = pattern(r"[-+]?[\d.,]+")
_STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24)
_HEIGHT, _TEAR = 10, 25


@dataclass(frozen=True, slots=True)
class Fit:
    """Cells of each column, `pad` on either side of the text included, lines of each row, and whether it is ruled off.

    `ruled[n]` says whether a rule stands above row n; the rule below the last one always does.
    """

    widths: tuple[int, ...]
    heights: tuple[int, ...]
    ruled: tuple[bool, ...]
    pad: int

    def across(self, box: Box) -> int:
        """The cells of a box between its borders."""
        return _across(self.widths, box)

    def down(self, box: Box) -> int:
        """The lines of a box between its borders."""
        return sum(self.heights[box.row : box.row + box.rows]) + sum(self.ruled[box.row + 1 : box.row + box.rows])


def fit(boxes: Sequence[Box], columns: int, stub: int, width: int) -> Fit:
    """The columns and rows of boxes counted from 0; with blanks beside the text where that costs few lines.

    A `width` too small for the columns at their narrowest is exceeded.
    """
    ruled = _ruled(boxes, stub)
    tight = _fit(boxes, columns, ruled, width, 0)
    if width - columns - 1 < sum(_least(boxes, columns)) + 2 * columns:
        return tight
    loose = _fit(boxes, columns, ruled, width, 1)
    return loose if 4 * sum(loose.heights) <= 5 * sum(tight.heights) else tight


def _ruled(boxes: Sequence[Box], stub: int) -> tuple[bool, ...]:
    """Every row is ruled off, but for those that one label of the last column but one of the stub holds together."""
    rows = max(box.row + box.rows for box in boxes)
    group = [box for box in boxes if box.role == "label" and box.column == stub - 2 and box.columns == 1]
    within = {row for box in group for row in range(box.row + 1, box.row + box.rows)}
    return tuple(row not in within for row in range(rows))


def _fit(boxes: Sequence[Box], columns: int, ruled: tuple[bool, ...], width: int, pad: int) -> Fit:
    room = width - columns - 1 - 2 * pad * columns
    widths = _least(boxes, columns)
    for floors in (_least([box for box in boxes if _NUMBER.fullmatch(box.text)], columns), [LEAST] * columns):
        widths = _squeezed(widths, floors, room)
    texts = tuple(
        box for box in sorted(boxes, key=lambda box: box.rows) if cell_len(box.text) > _across(widths, box, pad)
    )
    inner = widths
    for _ in range(2):  # what shrinking gives back may be of use elsewhere
        inner = _shrunk(texts, _grown(texts, inner, ruled, room - sum(inner), pad), widths, ruled, pad)
    heights, _, _ = _heights(texts, inner, ruled, pad)
    return Fit(tuple(each + 2 * pad for each in inner), heights, ruled, pad)


def _squeezed(widths: list[int], floors: list[int], room: int) -> list[int]:
    """The columns taken down to the room there is, those first that have most to give, none below its floor."""
    widths = list(widths)
    while sum(widths) > room and any(map(int.__gt__, widths, floors)):
        spare = [width - floor for width, floor in zip(widths, floors, strict=True)]
        widths[spare.index(max(spare))] -= 1
    return widths


def _least(boxes: Sequence[Box], columns: int) -> list[int]:
    """The narrowest columns that show every number on one line and every label legibly."""
    widths = [LEAST] * columns
    for box in sorted(boxes, key=lambda box: box.columns):
        span = range(box.column, box.column + box.columns)
        lacking = _needed(box) - sum(widths[n] for n in span) - len(span) + 1
        for n in span:
            share = -(-lacking // len(span))
            widths[n] += max(0, min(share, lacking - share * (n - box.column)))
    return widths


def _needed(box: Box) -> int:
    if box.role != "figure":
        return min(_LEGIBLE, cell_len(box.text))
    length = cell_len(box.text)
    return length if _NUMBER.fullmatch(box.text) else min(length, _LONGEST_WORD)


def _grown(texts: Sequence[Box], widths: list[int], ruled: tuple[bool, ...], room: int, pad: int) -> list[int]:
    """The columns with the room left given, step by step, to whichever saves most lines by it."""
    natural = [
        max((cell_len(box.text) for box in texts if box.column <= n < box.column + box.columns), default=0)
        for n in range(len(widths))
    ]
    cost = _cost(texts, widths, ruled, pad)
    while room > 0:
        best: tuple[float, int, int] | None = None
        for n, widest in enumerate(natural):
            most = min(room, widest - widths[n])
            for step in {*(step for step in _STEPS if step < most), *((most,) if most > 0 else ())}:
                gain = (cost - _cost(texts, [*widths[:n], widths[n] + step, *widths[n + 1 :]], ruled, pad)) / step
                if gain > 0 and (best is None or gain > best[0]):
                    best = (gain, n, step)
        if best is None:
            return widths
        gain, n, step = best
        widths = [*widths[:n], widths[n] + step, *widths[n + 1 :]]
        room -= step
        cost -= round(gain * step)
    return widths


def _shrunk(texts: Sequence[Box], widths: list[int], least: list[int], ruled: tuple[bool, ...], pad: int) -> list[int]:
    """The columns without the room that made neither the rows lower nor a break better."""
    for n in range(len(widths)):
        heights, _, torn = _heights(texts, widths, ruled, pad)
        for narrower in range(least[n], widths[n]):
            tried = [*widths[:n], narrower, *widths[n + 1 :]]
            if (shrunk := _heights(texts, tried, ruled, pad))[0] == heights and shrunk[2] <= torn:
                widths = tried
                break
    return widths


def _cost(texts: Sequence[Box], widths: Sequence[int], ruled: tuple[bool, ...], pad: int) -> int:
    heights, lines, torn = _heights(texts, widths, ruled, pad)
    return _HEIGHT * sum(heights) + lines + _TEAR * torn


def _heights(
    texts: Sequence[Box], widths: Sequence[int], ruled: tuple[bool, ...], pad: int
) -> tuple[tuple[int, ...], int, int]:
    """The lines of each row; how many lines, and how many bad breaks, there are in all boxes together."""
    heights = [1] * len(ruled)
    lines = torn = 0
    for box in texts:
        taken, bad = measured(box.text, _across(widths, box, pad))
        lines, torn = lines + taken, torn + bad
        last = box.row + box.rows
        if box.rows == 1:
            heights[box.row] = max(heights[box.row], taken)
        else:
            heights[last - 1] += max(0, taken - sum(heights[box.row : last]) - sum(ruled[box.row + 1 : last]))
    return tuple(heights), lines, torn


def _across(widths: Sequence[int], box: Box, pad: int = 0) -> int:
    """The cells of a box between its borders, and between the blanks where the widths are without them."""
    return sum(widths[box.column : box.column + box.columns]) + (1 + 2 * pad) * (box.columns - 1)
