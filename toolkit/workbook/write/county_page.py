"""What the sheets of a county workbook have in common: a title, a note, heads, protection, and how they print."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.layout_county import MOST_UNITS
from toolkit.model.ledger import Merged
from toolkit.workbook.widths import wide
from toolkit.workbook.write.styles import Styles
from toolkit.workbook.write.tables import PROTECTION


def many(merged: Merged) -> bool:
    """Whether the form holds values, not formulas over the units' rows."""
    return len(merged.contributions) > MOST_UNITS


def is_long(merged: Merged) -> bool:
    """Whether the sheets that have a row a unit, a file or a problem are written row by row."""
    return len(merged.ledger.rows) > MOST_UNITS


def county_page(
    book: Workbook, styles: Styles, name: str, note: str, widths: Sequence[float], *, streamed: bool = False
) -> Worksheet:
    """A new sheet, on paper A4 across; `streamed`: a row is on disk as soon as the next one is written to."""
    book.constant_memory = streamed
    page = book.add_worksheet(name)
    book.constant_memory = False  # for this sheet alone
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.set_row(0, 30)
    page.write_string(0, 0, name, styles("section"))
    page.write_string(1, 0, note, styles("pale"))
    page.protect("", {**PROTECTION, "autofilter": True, "sort": True})
    page.set_paper(9)
    page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&A  &P/&N")
    page.hide_gridlines(2)
    return page


def print_rows(page: Worksheet, head: int, last: int, columns: int) -> None:
    """Print the rows down to the last one, with the heads on every page."""
    page.repeat_rows(head)
    page.print_area(0, 0, last, columns - 1)


def write_heads(page: Worksheet, styles: Styles, row: int, heads: Sequence[str]) -> None:
    """The heads of a table in one row."""
    for column, head in enumerate(heads):
        page.write_string(row, column, head, styles("head"))


def high(said: str, width: float) -> float:
    """The height of a row in which words wrap, in points."""
    return 6 + 14 * max(1, math.ceil(wide(said) / (width - 2)))
