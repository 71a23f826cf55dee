"""Where a county workbook keeps what its figures are made of: 来源, 调整, and the seal of a unit's row."""

from __future__ import annotations

from toolkit.form.layout import address
from toolkit.form.parts import Edition, Ref

KEY = "xls:sources"
"""Heads the hidden row of the sheet 来源 that has the refs of its columns; by it the sheet is known as ours."""

ADJUSTED = "xls:adjusted"
"""Stands in place of a seal in the row that has what the county adjusts."""

ADJUSTMENTS = "xls:adjustments"
"""Stands in a hidden column over the adjustments; by it that sheet is known as ours."""

TOTAL = "xls:total"
"""Stands in place of a seal in the row that adds up all others."""

LEDGER = "xls:ledger"
"""Heads the hidden column of the sheet 台账 that says of each unit whether it is in the sum."""

IN_SUM, LACKING = "in", ("missing", "returned", "duplicate", "unread")
CAME = "came-"
"""Stands before one of those on what came and is not in the sum where no roster says who is expected."""

LEDGER_NAME, LEDGER_CODE, LEDGER_FILE, LEDGER_REASON, LEDGER_KEY = 0, 1, 3, 7, 8
TABLE_ROW, NAME_ROW, KEY_ROW, FIRST_ROW = 2, 3, 4, 5
SEAL_COLUMN, FIRST_COLUMN = 5, 6
ADJUSTMENTS_HEAD, ADJUSTMENTS_FIRST, ADJUSTMENTS_ROWS, ADJUSTMENTS_KEY = 2, 3, 200, 3
MOST_UNITS = 2000
"""Above this the form has values instead of formulas: a workbook of more of them opens too slowly."""


def figure_names(edition: Edition) -> dict[Ref, str]:
    """A name for every entry that no other has: sheet, row and column as printed."""
    names: dict[Ref, str] = {}
    for ref in edition.entries:
        figure = edition.figures[ref]
        name = f"{edition.table(figure.table).sheet} {figure.label}"
        names[ref] = name if name not in names.values() else f"{name}（{ref}）"
    return names


def column_of(edition: Edition, ref: Ref) -> int:
    """The column of a figure on the sheet 来源."""
    return FIRST_COLUMN + edition.entry_at[ref]


def summed(sheet: str, column: int, units: int) -> str:
    """The formula of a figure of the county: its units and what is adjusted."""
    return f"=SUM('{sheet}'!{address(FIRST_ROW, column)}:{address(FIRST_ROW + units, column)})"
