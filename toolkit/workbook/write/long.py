"""The long table as a workbook, with heads and words a clerk knows; texts stay texts, numbers numbers."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

_CREATED = datetime.datetime(2019, 5, 15, tzinfo=datetime.UTC).replace(tzinfo=None)
MOST = 1_000_000
"""Rows of one sheet; Excel takes 1,048,576."""
_WIDEST = 60


def workbook(name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], most: int = MOST) -> bytes:
    """A table as a workbook; what has no room on one sheet goes on on the next."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _CREATED})
    bold = book.add_format({"bold": True, "bg_color": "#D9E2F3"})
    sheet, at, count = _sheet(book, name, heads, bold), 0, 1
    widths = [len(head) * 2 for head in heads]
    for row in rows:
        if at == most:
            _finish(sheet, at, widths)
            count += 1
            sheet, at = _sheet(book, f"{name} {count}", heads, bold), 0
        at += 1
        for column, value in enumerate(row):
            _write(sheet, at, column, value)
            if at < 200 and isinstance(value, str):
                widths[column] = max(widths[column], min(_WIDEST, sum(1 + (ord(sign) > 0xFF) for sign in value)))
    _finish(sheet, at, widths)
    book.close()
    return buffer.getvalue()


def _write(sheet: Any, at: int, column: int, value: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | Decimal):
        sheet.write_number(at, column, value)
    elif sheet.write_string(at, column, str(value)[:32767]):
        raise AssertionError(f"row {at}, column {column}: refused by XlsxWriter")


def _sheet(book: Any, name: str, heads: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    return sheet


def _finish(sheet: Any, at: int, widths: Sequence[int]) -> None:
    sheet.autofilter(0, 0, at, len(widths) - 1)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
