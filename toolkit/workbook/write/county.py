"""The sheets of a county workbook: its units, the ledger, their findings, its own adjustments, charts."""

from __future__ import annotations

import math
from decimal import Decimal

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.layout import Box, Layout, address
from toolkit.form.layout_county import (
    ADJUSTED,
    ADJUSTMENTS,
    ADJUSTMENTS_FIRST,
    ADJUSTMENTS_HEAD,
    ADJUSTMENTS_KEY,
    ADJUSTMENTS_ROWS,
    FIRST_COLUMN,
    FIRST_ROW,
    KEY,
    KEY_ROW,
    NAME_ROW,
    SEAL_COLUMN,
    TABLE_ROW,
    TOTAL,
    figure_names,
    summed,
)
from toolkit.form.parts import Edition, Ref, Value
from toolkit.ground.language import text
from toolkit.model.figures import seal
from toolkit.model.ledger import Merged
from toolkit.workbook.write.charts import charts
from toolkit.workbook.write.county_figures import against_sheet, key_figures_sheet
from toolkit.workbook.write.county_findings import findings_sheet
from toolkit.workbook.write.county_ledger import ledger_sheet
from toolkit.workbook.write.county_page import county_page, high, is_long, many, print_rows, write_heads
from toolkit.workbook.write.styles import READ, Styles
from toolkit.workbook.write.tables import place, put_row

_WIDE = (24, 20, 12, 24, 8)
_NARROWEST, _ROW_HEIGHT = 7.0, 15.0
_ACROSS, _UNITS_DOWN = 8, 50
"""Of 来源: characters of a column, points of a row; pages of A4 side by side, and units on one."""
_SPARE, _LEAST = 3, 12
"""Blank rows of 调整 that are printed below what is written there, and rows in all."""


def sums(made: Layout, merged: Merged) -> dict[Ref, str]:
    """The formulas of the county's figures; none above `MOST_UNITS` units."""
    if many(merged):
        return {}
    units, sheet = len(merged.contributions), made.edition.wording.county.sources
    return {ref: summed(sheet, FIRST_COLUMN + at, units) for at, ref in enumerate(made.edition.entries)}


def sheets(book: Workbook, styles: Styles, made: Layout, merged: Merged) -> None:
    """Add the sheets."""
    edition = made.edition
    ledger_sheet(book, styles, edition, merged.ledger, streamed=is_long(merged))
    _sources(book, styles, edition, merged)
    if edition.wording.county.key_figures:
        key_figures_sheet(book, styles, edition, merged)
    if merged.differences is not None:
        against_sheet(book, styles, edition, merged.differences)
    findings_sheet(book, styles, edition, merged)
    _adjustments(book, styles, edition, merged)
    if edition.wording.county.chart:
        page = county_page(book, styles, edition.wording.county.charts, "", (34, 12, 12))
        charts(book, page, styles, edition, merged)


def _sources(book: Workbook, styles: Styles, edition: Edition, merged: Merged) -> None:
    words, names = edition.wording.county, figure_names(edition)
    page = county_page(book, styles, words.sources, words.sources_note, _WIDE, streamed=is_long(merged))
    page.set_column(SEAL_COLUMN, SEAL_COLUMN, None, None, {"hidden": True})
    widths = _columns(page, edition, merged)
    page.set_default_row(_ROW_HEIGHT)
    page.set_row(NAME_ROW, max(high(name, width + 1) for name, width in zip(names.values(), widths, strict=True)))
    units = len(merged.contributions)
    page.fit_to_pages(_ACROSS, math.ceil(units / _UNITS_DOWN))
    page.print_area(TABLE_ROW, 0, FIRST_ROW + units + 1, FIRST_COLUMN + len(names) - 1)
    page.repeat_columns(0, 0)
    page.repeat_rows(TABLE_ROW, NAME_ROW)
    page.set_row(KEY_ROW, None, None, {"hidden": True})
    _over(page, styles, edition)
    write_heads(page, styles, NAME_ROW, words.sources_heads)
    for column, name in enumerate(names.values(), start=FIRST_COLUMN):
        page.write_string(NAME_ROW, column, name, styles("head"))
    page.write_string(KEY_ROW, 0, KEY)
    for column, ref in enumerate(names, start=FIRST_COLUMN):
        page.write_string(KEY_ROW, column, ref)
    levels = {level.id: level.label for level in edition.levels}
    looks = [styles("cell", edition.figures[ref].value + READ) for ref in edition.entries]
    for row, each in enumerate(merged.contributions, start=FIRST_ROW):
        said = (each.unit.name, each.unit.code or "", levels.get(each.unit.level or "", ""), each.source)
        for column, word in enumerate((*said, str(text("with errors")) if each.invalid else "")):
            page.write_string(row, column, word, styles("line"))
        page.write_string(row, SEAL_COLUMN, seal(each.unit, each.figures))
        put_row(page, (row, FIRST_COLUMN), looks, each.figures)
    _adjusted(page, styles, edition, merged)
    _total(page, styles, edition, merged)
    page.freeze_panes(FIRST_ROW, 1)


def _columns(page: Worksheet, edition: Edition, merged: Merged) -> list[float]:
    """Make every column as wide as its sum needs; the widths."""
    assert merged.filing is not None
    widths = []
    for column, ref in enumerate(edition.entries, start=FIRST_COLUMN):
        value = merged.filing.entries[ref].value
        shown = len(f"{value:,}") if isinstance(value, int | Decimal) else 0
        widths.append(max(_NARROWEST, shown + 2.0))
        page.set_column(column, column, widths[-1])
    return widths


def _over(page: Worksheet, styles: Styles, edition: Edition) -> None:
    """The printed table over each run of columns."""
    at = FIRST_COLUMN
    for sheet in dict.fromkeys(table.sheet for table in edition.tables):
        count = sum(edition.table(edition.figures[ref].table).sheet == sheet for ref in edition.entries)
        place(page, Box(TABLE_ROW, at, 1, count, "head"), styles("head"), sheet)
        at += count


def _adjusted(page: Worksheet, styles: Styles, edition: Edition, merged: Merged) -> None:
    """The last row: what the county adjusts, added up by figure."""
    words, row = edition.wording.county, FIRST_ROW + len(merged.contributions)
    page.write_string(row, 0, words.adjusted, styles("heading"))
    page.write_string(row, SEAL_COLUMN, ADJUSTED)
    first, last = ADJUSTMENTS_FIRST, ADJUSTMENTS_FIRST + ADJUSTMENTS_ROWS - 1
    area = [f"'{words.adjustments}'!{address(first, n, fixed=True)}:{address(last, n, fixed=True)}" for n in (0, 1)]
    for at, ref in enumerate(edition.entries):
        column = FIRST_COLUMN + at
        formula = f"=SUMIF({area[0]},{address(NAME_ROW, column)},{area[1]})"
        value = sum((each.amount for each in merged.adjustments
                     if each.ref == ref and isinstance(each.amount, int | Decimal)), 0)  # fmt: skip
        place(
            page, Box(row, column, 1, 1, "figure"), styles("total", edition.figures[ref].value + READ), value, formula
        )


def _total(page: Worksheet, styles: Styles, edition: Edition, merged: Merged) -> None:
    """Under all rows what they add up to: the figures of the form."""
    assert merged.filing is not None
    row = FIRST_ROW + len(merged.contributions) + 1
    page.write_string(row, 0, edition.wording.county.total, styles("heading"))
    page.write_string(row, SEAL_COLUMN, TOTAL)
    for at, ref in enumerate(edition.entries):
        column, look = FIRST_COLUMN + at, styles("total", edition.figures[ref].value + READ)
        value = merged.filing.entries[ref].value
        first, last = address(FIRST_ROW, column), address(row - 1, column)
        place(page, Box(row, column, 1, 1, "figure"), look, value, f"=SUM({first}:{last})")


def _adjustments(book: Workbook, styles: Styles, edition: Edition, merged: Merged) -> None:
    words, names = edition.wording.county, figure_names(edition)
    page = county_page(book, styles, words.adjustments, words.adjustments_note, (60, 12, 60))
    page.set_column(ADJUSTMENTS_KEY, ADJUSTMENTS_KEY, None, None, {"hidden": True})
    write_heads(page, styles, ADJUSTMENTS_HEAD, words.adjustments_heads)
    page.write_string(ADJUSTMENTS_HEAD, ADJUSTMENTS_KEY, ADJUSTMENTS)
    look, first = styles("changed"), ADJUSTMENTS_FIRST
    for n in range(ADJUSTMENTS_ROWS):
        values: tuple[Value, ...] = (None, None, None)
        if n < len(merged.adjustments):
            each = merged.adjustments[n]
            values = (names.get(each.ref) or None, each.amount, each.reason or None)
        for column, value in enumerate(values):
            place(page, Box(first + n, column, 1, 1, "figure"), look, value)
    last = first + ADJUSTMENTS_ROWS - 1
    start, end = (address(NAME_ROW, FIRST_COLUMN + n, fixed=True) for n in (0, len(names) - 1))
    source = f"='{words.sources}'!{start}:{end}"
    page.data_validation(first, 0, last, 0, {"validate": "list", "source": source})
    page.data_validation(
        first, 1, last, 1, {"validate": "decimal", "criteria": "between", "minimum": -999999999, "maximum": 999999999}
    )
    page.freeze_panes(first, 0)
    print_rows(page, ADJUSTMENTS_HEAD, first + max(len(merged.adjustments) + _SPARE, _LEAST) - 1, 3)
