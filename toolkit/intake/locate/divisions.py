"""Lines of the form that a local form divides, 其他对外管理服务事项 into 行政检查 and 行政确认: added up, or refused.

A grid says by its merged label how far the line goes. Where it does not, the parts are named and none is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.form.parts import Value
from toolkit.ground.language import listed, text
from toolkit.intake.locate import labels, likeness
from toolkit.intake.locate.choose import Sighting
from toolkit.intake.locate.heads import Column, Head
from toolkit.intake.locate.labels import Match, Words
from toolkit.intake.locate.row_cells import entries, misfit
from toolkit.intake.locate.sheet import Area, Sheet, number
from toolkit.model.filing import Entry

Governed = Sequence[tuple[int, Head | None]]


def read(words: Words, seen: Sheet, governed: Governed) -> dict[int, tuple[Sighting, ...]]:
    """What came of the rows of divided lines, under the first row of each; its other rows stand there with nothing."""
    over = dict(governed)
    found: dict[int, tuple[Sighting, ...]] = {}
    for row, head in governed:
        if head is None or row in found:
            continue
        for column, said in seen.labels(row):
            match = words.row(said)
            if column in head.taken or match is None or not match.exact or words.heading(match):
                continue
            area = seen.area(row, column)
            if parts := _parts(words, seen, head, area):
                columns = head.columns.get(match.table, {})
                found[row] = (_sighting(words, seen, head, columns, match, said, area, parts),)
                found |= {each: () for each in range(row + 1, area.bottom + 1) if over.get(each) is head}
    return found


def _parts(words: Words, seen: Sheet, head: Head, area: Area) -> dict[int, str]:
    """The labels right of a line's label, by row, where they are none of the form's and figures stand beside them."""
    found: dict[int, str] = {}
    for row in range(area.top, area.bottom + 1):
        beside = [said for at, said in seen.labels(row) if at > area.right and at not in head.taken]
        if len(beside) == 1 and words.row(beside[0]) is None and labels.key(beside[0]) not in words.known:
            found[row] = beside[0]
    figures = any(number(seen.value(row, at)) for row in found for at in head.taken)
    return found if figures and not any(map(_guidance, found.values())) else {}


def _guidance(said: str) -> bool:
    """Whether words beside a label explain it: they stand in brackets, or are a sentence."""
    return said.strip().startswith(("(", "（")) or "，" in said or "。" in said


def _sighting(
    words: Words,
    seen: Sheet,
    head: Head,
    columns: Mapping[str, Column],
    match: Match,
    printed: str,
    area: Area,
    parts: Mapping[int, str],
) -> Sighting:
    place = seen.place(area.top, area.left)
    named = listed(list(parts.values()))
    rows = range(area.top, area.bottom + 1)
    whole = area.bottom > area.top and len(parts) == len(rows) and columns
    counted = any(map(likeness.counts_otherwise, parts.values()))
    if not whole or counted or any(misfit(words, seen, head, match.table, row) for row in rows):
        doubt = text(
            "{place}: “{label}” is divided here ({parts}), and whether these are all of it cannot be told; "
            "none of their figures is taken",
            place=place, label=printed, parts=named,
        )  # fmt: skip
        return Sighting(match, printed, place, doubt=doubt)
    said = text(
        "{place}: “{label}” is divided here ({parts}); their figures are added up",
        place=place, label=printed, parts=named,
    )  # fmt: skip
    lines = [entries(words, seen, match.table, columns, row, labels.unit(printed)) for row in rows]
    cells = {each: _added([line[each] for line in lines]) for each in columns}
    if any(isinstance(entry.value, str) for entry in cells.values()):
        doubt = text("{place}: “{label}” is not taken: {why}", place=place, label=printed, why=named)
        return Sighting(match, printed, place, doubt=doubt)
    return Sighting(match, printed, place, cells, remark=said)


def _added(parts: Sequence[Entry]) -> Entry:
    """The sum of the parts of a figure; blank where all are, a text where one is none we can add."""
    values: list[Value] = [part.value for part in parts if part.value is not None]
    wrong = next((value for value in values if isinstance(value, str)), None)
    if wrong is not None:
        return Entry(wrong, parts[0].origin)
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    return Entry(sum(numbers) if numbers else None, parts[0].origin)
