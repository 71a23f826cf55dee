"""Changes → a workbook: a sheet for each unit and the sum, old and new side by side, coloured, a chart per table."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from toolkit.changes import Change, Changes
from toolkit.language import text

_CREATED = datetime.datetime(2019, 5, 15, tzinfo=datetime.UTC).replace(tzinfo=None)
_TALL = 16
"""Rows a chart takes."""


def workbook(of: Changes, *, everything: bool) -> bytes:
    """The workbook of `xls diff -o changes.xlsx`."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    parts = [(str(text("all units together")), of.totals)] if of.totals else []
    parts += [(each.unit.name, each.figures) for each in of.units]
    for n, (name, figures) in enumerate(parts, start=1):
        rows = [each for each in figures if everything or each.changed]
        _sheet(book, book.add_worksheet(str(n)), name, rows, of.years)
    book.close()
    return buffer.getvalue()


def _sheet(book: Any, sheet: Any, name: str, rows: Sequence[Change], years: Sequence[int]) -> None:
    bold = book.add_format({"bold": True})
    up, down = book.add_format({"font_color": "#0A6B2D"}), book.add_format({"font_color": "#B3261E"})
    last = len(years) + 1
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, last, 14)
    sheet.write_string(0, 0, name, bold)
    sheet.write_row(1, 0, ["", *map(str, years), str(text("change")), "%", ""], bold)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    tables: dict[str, list[int]] = {}
    for at, each in enumerate(rows, start=2):
        tables.setdefault(each.ref.partition("/")[0], []).append(at)
        sheet.write_string(at, 0, each.label)
        for column, year in enumerate(each.years, start=1):
            if isinstance(year.value, int | Decimal):
                sheet.write_number(at, column, year.value)
            elif year.state != "blank":
                sheet.write_string(at, column, year.value or {"absent": "?"}.get(year.state, "—"))
        if each.change is not None:
            sheet.write_number(at, last, each.change, up if each.change > 0 else down if each.change < 0 else None)
        if each.percent is not None:
            sheet.write_number(at, last + 1, each.percent)
        sheet.write_string(at, last + 2, {"differently-counted": "≈", "none": "×"}.get(each.comparable, ""))
    for n, held in enumerate(tables.values()):
        _chart(book, sheet, held, years, n * _TALL + 1)


def _chart(book: Any, sheet: Any, held: Sequence[int], years: Sequence[int], top: int) -> None:
    """The years of one table's figures beside each other."""
    chart = book.add_chart({"type": "bar"})
    first, last = held[0], held[-1]
    for column in range(1, len(years) + 1):
        chart.add_series(
            {
                "name": [sheet.name, 1, column],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column],
            }
        )
    chart.set_y_axis({"reverse": True})
    sheet.insert_chart(top, len(years) + 5, chart)
