"""Where last year's figures stand beside a printed table, to the right of it and outside what is printed.

The block has the columns of the table again, under a head by which a reader knows where the table ends. Behind it
stand the figures that last year's determine together with this year's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.form.layout import FIRST_ROW, NOTE_ROW, Box, Layout, Sheet
from toolkit.form.parts import Edition, Instance, Ref


@dataclass(frozen=True, slots=True)
class Beside:
    """The cells beside one sheet of tables: its head, the columns' heads, and the cell of every figure.

    `expected` has the cells of figures that follow from last year's, `heads` what stands over both.
    """

    head: Box
    heads: tuple[Box, ...]
    figures: Mapping[Ref, Box]
    expected: Mapping[Ref, Box]
    width: int


def beside(made: Layout, sheet: Sheet) -> Beside:
    """The cells beside a sheet, after a narrow column that stays blank."""
    start = sheet.width + 1
    moved = start - sheet.stub
    drawn = [box for box in sheet.boxes if box.row >= FIRST_ROW and box.column >= sheet.stub]
    drawn = [box for box in drawn if box.ref or (box.role == "head" and box.columns < sheet.width)]
    boxes = [Box(box.row, box.column + moved, box.rows, box.columns, box.role, box.text, box.ref) for box in drawn]
    figures = {box.ref: box for box in boxes if box.ref}
    end = start + sheet.width - sheet.stub
    follow = [ref for ref in following(made.edition) if ref in figures]
    columns = list(dict.fromkeys((ref.split("/")[0], ref.split("/")[2]) for ref in follow))
    at = {column: [each[0] for each in columns].index(column[0]) for column in columns}
    at = {column: end + columns.index(column) - at[column] for column in columns}
    expected = {
        ref: Box(figures[ref].row, at[ref.split("/")[0], ref.split("/")[2]], 1, 1, "figure", ref=ref) for ref in follow
    }
    over = tuple(
        Box(min(box.row for ref, box in expected.items() if _column(ref) == column) - 1, at[column], 1, 1, "head",
            made.edition.figures[next(ref for ref in expected if _column(ref) == column)].column.name)
        for column in columns
    )  # fmt: skip
    width = max([end, *(box.column + 1 for box in expected.values())])
    head = Box(NOTE_ROW, start, 1, width - start, "head")
    return Beside(head, (*(box for box in boxes if not box.ref), *over), figures, expected, width)


def _column(ref: Ref) -> tuple[str, str]:
    table, _, column = ref.split("/")
    return table, column


def carried(edition: Edition) -> Mapping[Ref, Ref]:
    """The entries that must be what one figure of last year was, each with that figure: `x = prior:y`, an error."""
    return {
        ref: each.right[0][1]
        for ref, each in _determined(edition).items()
        if each.rule.level == "error" and len(each.right) == 1 and each.right[0][0] == 1
    }


def following(edition: Edition) -> Mapping[Ref, Instance]:
    """The entries that follow from last year's figures and are not carried, each with the equation that says so."""
    done = carried(edition)
    return {ref: each for ref, each in _determined(edition).items() if ref not in done}


def _determined(edition: Edition) -> Mapping[Ref, Instance]:
    return {
        each.left[0][1]: each
        for each in edition.instances
        if each.op == "=" and len(each.left) == 1 and each.left[0][0] == 1 and not each.left[0][2]
        if any(prior for *_, prior in each.right) and edition.figures[each.left[0][1]].kind == "entry"
    }


def begins(edition: Edition, rows: Sequence[Sequence[object]]) -> int | None:
    """The column from which on a sheet has last year's figures; None where it has none."""
    before, after = edition.wording.prior.head.split("{year}")
    head = re.compile(re.escape(before) + "[0-9]{4}" + re.escape(after))
    found = [
        column
        for row in rows
        for column, said in enumerate(row)
        if isinstance(said, str) and head.fullmatch(said.strip())
    ]
    return min(found, default=None)
