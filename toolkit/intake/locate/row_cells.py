"""The figures of one row of a grid under its heads, and what makes it doubtful which figure stands under which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from toolkit.form import layout
from toolkit.form.parts import ValueKind
from toolkit.ground.language import Text, text
from toolkit.intake.locate import labels
from toolkit.intake.locate.heads import Column, Head
from toolkit.intake.locate.labels import Words
from toolkit.intake.locate.sheet import Sheet, blank, number
from toolkit.model import numbers
from toolkit.model.filing import Entry, Origin


def entries(
    words: Words, seen: Sheet, table: str, columns: Mapping[str, Column], row: int, unit: str = ""
) -> dict[str, Entry]:
    """The entries of a row by column id. `unit` is the unit of money its label names."""
    found: dict[str, Entry] = {}
    for each, column in columns.items():
        filled = [at for at in range(column.left, column.right + 1) if not blank(seen.value(row, at))]
        at = filled[0] if filled else column.left
        value, remark = numbers.read(seen.value(row, at), kind(words, table, each), column.unit or unit)
        found[each] = Entry(value, Origin(seen.name, layout.address(row, at)), remark)
    return found


@lru_cache(maxsize=1024)
def kind(words: Words, table: str, column: str) -> ValueKind:
    """What kind of value a column holds."""
    return next(
        figure.value
        for figure in words.edition.figures.values()
        if figure.table == table and figure.column.id == column
    )


def misfit(words: Words, seen: Sheet, head: Head, table: str, row: int) -> Text | None:
    """Why the cells of a row cannot be told to stand each under its head; None where they can."""
    line, columns = seen.rows[row], head.columns[table]
    if len(line) < max(max(column.left for column in columns.values()) + 1, _usual(seen, head)):
        return text("its row has only {count} cells", count=len(line))
    for column in columns.values():
        filled = [at for at in range(column.left, column.right + 1) if not blank(seen.value(row, at))]
        area = seen.area(row, column.left)
        if len(filled) > 1:
            return text("several figures stand under one head")
        if area.left < column.left or area.right > column.right:
            return text("one cell stands under several heads")
        if area.bottom > area.top and any(seen.labels(at) for at in range(area.top, area.bottom + 1) if at != row):
            return text("one cell stands beside several rows")
    for at, value in enumerate(line):
        if number(value) and _stray(words, head, table, at):
            return text("a figure stands in {cell}, under no head of the table", cell=seen.place(row, at))
    return None


def _usual(seen: Sheet, head: Head) -> int:
    """How many cells most of the rows below a head have that hold figures under it; of a tie the most."""
    taken = head.taken
    below = (line for line in seen.rows[head.last + 1 :] if any(number(line[at]) for at in taken if at < len(line)))
    counts = Counter(map(len, below))
    return max(counts, key=lambda cells: (counts[cells], cells), default=0)


def _stray(words: Words, head: Head, table: str, at: int) -> bool:
    """Whether a figure under no column of its table makes its row doubtful; one under a foreign head does not."""
    columns = head.columns[table]
    if any(column.left <= at <= column.right for column in columns.values()) or at in head.doubtful:
        return False
    lines = words.table_columns(table)
    printed = {labels.key(said) for said in (lines.table.stub, lines.table.over, lines.table.head)}
    printed |= {lines.labels[n].whole for n, line in enumerate(lines.lines) if line.kind == "heading"}
    over = labels.key(head.words.get(at, ""))
    return (not over or over in printed) and not _label_lost(columns, lines, at)


def _label_lost(columns: Mapping[str, Column], lines: labels.Lines, at: int) -> bool:
    """Whether a sheet column is one of the form whose label alone is gone: just there the form has one more."""
    order = [lines.lines[n].id for n in lines.figures]
    left = max(
        ((column.right, order.index(each)) for each, column in columns.items() if column.right < at), default=None
    )
    right = min(
        ((column.left, order.index(each)) for each, column in columns.items() if column.left > at), default=None
    )
    if left and right:
        return right[1] - left[1] > 1 and right[1] - left[1] == right[0] - left[0]
    if left:
        return left[0] + 1 == at and left[1] == len(order) - 2
    return right is not None and at + 1 == right[0] and right[1] == 1
