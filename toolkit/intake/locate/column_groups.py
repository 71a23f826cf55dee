"""Columns that share a label, as 结果维持 does three times, told apart by the heads over them or by their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.ground.language import Text, text
from toolkit.intake.locate.labels import Lines, Match, Words, key
from toolkit.intake.locate.sheet import Sheet, blank


class Leaf(NamedTuple):
    """A column label over a sheet column, and the columns of one table it may be of."""

    left: int
    right: int
    row: int
    label: str
    matches: tuple[Match, ...]


class _Over(NamedTuple):
    """The headings over a sheet column; `inferred` where a blank cell was taken to belong to the group left of it."""

    headings: frozenset[int]
    inferred: bool


def grouped(
    sheet: Sheet, rows: Sequence[int], lines: Lines, words: Words, leaves: Sequence[Leaf]
) -> tuple[list[tuple[int, Leaf]], list[Text], list[Text]]:
    """The column of the form for each label; remarks; and why some cannot be told."""
    alone = [(leaf.matches[0].at, leaf) for leaf in leaves if len(leaf.matches) == 1]
    shared = [leaf for leaf in leaves if len(leaf.matches) > 1]
    if not shared:
        return alone, [], []
    over = [_over(sheet, rows, lines, words, leaf.left) for leaf in shared]
    told = [_under(lines, leaf, above) for leaf, above in zip(shared, over, strict=True)]
    found = [(at, leaf) for at, leaf in zip(told, shared, strict=True) if at is not None]
    inferred = any(above.inferred for above in over)
    once = len({at for at, _ in found}) == len(found)
    if (_sound(lines, found) and None not in told) if inferred else (found and once):
        lost = [leaf for at, leaf in zip(told, shared, strict=True) if at is None]
        return alone + found, [], [_untold(sheet, leaf) for leaf in lost]
    if _whole(sheet, rows, lines, words, shared):
        order = sorted(shared, key=lambda leaf: leaf.left)
        said = text(
            "{place}: the groups of the head cannot be told; its columns are complete and in the form's order",
            place=sheet.place(rows[0], order[0].left),
        )
        return alone + list(zip(lines.figures, order, strict=True)), [said], []
    return alone, [], [_untold(sheet, shared[0])]


def _untold(sheet: Sheet, leaf: Leaf) -> Text:
    return text(
        "{place}: under which head “{label}” stands cannot be told; its column is not taken",
        place=sheet.place(leaf.row, leaf.left), label=leaf.label,
    )  # fmt: skip


def _headings(lines: Lines, words: Words, label: str) -> tuple[int, ...]:
    matches = words.column(label)
    return tuple(m.at for m in matches if m.table == lines.table.id and lines.lines[m.at].kind == "heading")


def _over(sheet: Sheet, rows: Sequence[int], lines: Lines, words: Words, column: int) -> _Over:
    """The headings over a sheet column; a blank cell that is merged with none belongs to the group left of it."""
    headings: set[int] = set()
    inferred = False
    for row in rows:
        at = column
        while at > 0 and blank(sheet.seen(row, at)):
            at -= 1
        value = sheet.seen(row, at)
        found = _headings(lines, words, value) if isinstance(value, str) else ()
        if not found or (at < column and sheet.area(row, at).right > sheet.area(row, at).left):
            continue  # a merged group head says itself how far it goes
        headings.update(found)
        inferred = inferred or at < column
    return _Over(frozenset(headings), inferred)


def _under(lines: Lines, leaf: Leaf, over: _Over) -> int | None:
    """The one column of a shared label that stands under these headings."""
    fitting = []
    for match in leaf.matches:
        above = {n for n, line in enumerate(lines.lines) if lines.lines[match.at].id.startswith(line.id + ".")}
        if lines.parent(match.at) in over.headings and over.headings <= above:
            fitting.append(match.at)
    return fitting[0] if len(fitting) == 1 else None


def _sound(lines: Lines, found: Sequence[tuple[int, Leaf]]) -> bool:
    """Whether groups that were inferred are beyond doubt: every column of each is there, and once."""
    return sorted(at for at, _ in found) == sorted(lines.figures)


def _whole(sheet: Sheet, rows: Sequence[int], lines: Lines, words: Words, leaves: Sequence[Leaf]) -> bool:
    """Whether all columns stand there in the form's order, and no group head says otherwise."""
    order = sorted(leaves, key=lambda leaf: leaf.left)
    if [key(leaf.label) for leaf in order] != [lines.labels[at].whole for at in lines.figures]:
        return False
    seen = [
        (column, at) for row in rows for column, label in sheet.labels(row) for at in _headings(lines, words, label)
    ]
    parents = {lines.parent(at) for at in lines.figures}
    groups = [at for _, at in sorted(seen) if at in parents]
    return groups == sorted(groups)
