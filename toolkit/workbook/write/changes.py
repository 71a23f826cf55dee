"""Changes → a workbook: a sheet for each unit and the sum, old and new side by side, coloured, a chart per table."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell

from toolkit.form.edition import latest
from toolkit.ground.language import text
from toolkit.ground.patterns import pattern
from toolkit.model.changes import Change, Changes
from toolkit.workbook.write.book import book as opened

_CREATED = datetime.datetime(2019, 5, 15, tzinfo=datetime.UTC).replace(tzinfo=None)
_ROW = 20
"""Pixels of a row, and of a chart's height by figure."""

_BARS = 10
"""Figures of a chart: those that changed most; more are a thicket."""

_NAME = 31
"""Signs the name of a sheet may have."""

_WIDE = 10
"""Columns a chart covers."""

_FORBIDDEN = pattern(r"[\[\]:*?/\\\x00-\x1f]")
_MARKS = {"same": "", "differently-counted": "≈", "none": "×"}


def workbook(of: Changes, *, heads: Sequence[str], notes: Sequence[str], everything: bool, together: str = "") -> bytes:
    """The workbook of `xls diff -o changes.xlsx`: a county's totals, which are named so, and with `everything` a sheet
    for each unit; `heads` stand over the years, `notes` under the figures.
    """
    buffer = io.BytesIO()
    book = opened(buffer)
    book.set_properties({"created": _CREATED})
    parts = [(together, of.totals)] if of.totals else []
    if everything or not of.totals:
        parts += [(each.unit.name, each.figures) for each in of.units]
    for sheet, (name, figures) in zip(sheet_names(name for name, _ in parts), parts, strict=True):
        rows = [each for each in figures if everything or each.changed]
        _sheet(book, book.add_worksheet(sheet), name, rows, heads, notes)
    book.close()
    return buffer.getvalue()


def sheet_names(names: Iterable[str]) -> Iterator[str]:
    """For each name one that a sheet may have: at most 31 signs, none that Excel refuses, no two alike."""
    taken: set[str] = set()
    for number, name in enumerate(names, start=1):
        made = _FORBIDDEN.sub("_", name).strip("' ")[:_NAME].strip("' ") or str(number)
        if made.casefold() in taken | {"history"}:
            end = f"-{number}"
            made = made[: _NAME - len(end)] + end
        taken.add(made.casefold())
        yield made


def _sheet(
    book: Any, sheet: Any, name: str, rows: Sequence[Change], heads: Sequence[str], notes: Sequence[str]
) -> None:
    bold, right = book.add_format({"bold": True}), book.add_format({"bold": True, "align": "right", "bottom": 1})
    table_name = book.add_format({"bold": True, "font_color": "#1F4E79", "top": 1})
    up, down = (book.add_format({"font_color": colour, "num_format": "+#,##0.####;-#,##0.####;0"})
                for colour in ("#0A6B2D", "#B3261E"))  # fmt: skip
    rate, aside = book.add_format({"num_format": "+0.0;-0.0;0"}), book.add_format({"align": "right"})
    last, trend, quoted = len(heads) + 1, len(heads) > 2, quote_sheetname(sheet.name)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, last + 3, 13)
    sheet.write_string(0, 0, name, bold)
    sheet.write_row(1, 0, ["", *heads, str(text("change")), "%", *([str(text("trend"))] if trend else [])], right)
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    tables: dict[str, list[tuple[int, Change]]] = {}
    at = 1
    for each in rows:
        table = each.ref.partition("/")[0]
        at += 1
        if table not in tables:
            sheet.write_row(at, 0, [_title(each), *[""] * (last + 1)], table_name)
            at += 1
        tables.setdefault(table, []).append((at, each))
        _row(sheet, at, each, (up, down), (rate, aside))
        sheet.write_string(at, last + 2 + trend, _MARKS[each.comparable])
        if trend:
            sheet.add_sparkline(at, last + 2, {"range": f"{quoted}!{xl_range(at, 1, at, len(heads))}", "markers": True})
    for n, said in enumerate(notes, start=at + 2):
        sheet.write_string(n, 0, said)
    below = 1
    for held in tables.values():
        below = _chart(book, sheet, held, heads, (below, last + 5))
    sheet.print_area(0, 0, at + 2 + len(notes), last + 2 + trend)  # charts are for the screen: beside them all is small


def _row(sheet: Any, at: int, each: Change, tones: tuple[Any, Any], looks: tuple[Any, Any]) -> None:
    sheet.write_string(at, 0, each.label)
    for column, year in enumerate(each.years, start=1):
        if isinstance(year.value, int | Decimal):
            sheet.write_number(at, column, year.value)
        elif year.state != "blank":
            sheet.write_string(at, column, year.value or {"absent": "?"}.get(year.state, "—"), looks[1])
    last = len(each.years) + 1
    if each.change is not None:
        sheet.write_number(at, last, each.change, tones[each.change < 0] if each.change else None)
    if each.percent is not None:
        sheet.write_number(at, last + 1, each.percent, looks[0])
    elif each.unrated:
        sheet.write_string(at, last + 1, str(text("small base")), looks[1])


def _chart(
    book: Any, sheet: Any, held: Sequence[tuple[int, Change]], heads: Sequence[str], place: tuple[int, int]
) -> int:
    """The years of one table's figures that changed most beside each other; the row under it.

    A chart wants its figures in one block: they stand again beside the charts, outside what is printed.
    """
    moved = sorted((each for each in held if each[1].change), key=lambda each: -abs(Decimal(each[1].change or 0)))
    if not moved:
        return place[0]
    chart, row, column = book.add_chart({"type": "bar"}), place[0], place[1] + _WIDE + 2
    pale = book.add_format({"font_color": "#808080"})
    sheet.write_row(row, column, [_title(held[0][1]), *heads], pale)
    for at, (source, each) in enumerate(sorted(moved[:_BARS], key=lambda each: each[0]), start=row + 1):
        sheet.write_string(at, column, each.label, pale)
        for n, year in enumerate(each.years, start=1):
            if isinstance(year.value, int | Decimal):
                sheet.write_formula(at, column + n, f"={xl_rowcol_to_cell(source, n)}", pale, year.value)
    last = row + len(moved[:_BARS])
    for n in range(1, len(heads) + 1):
        chart.add_series(
            {
                "name": [sheet.name, row, column + n],
                "categories": [sheet.name, row + 1, column, last, column],
                "values": [sheet.name, row + 1, column + n, last, column + n],
            }
        )
    chart.set_title({"name": [sheet.name, row, column], "name_font": {"size": 11}})
    chart.set_y_axis({"reverse": True})
    if all(_at_least_0(year.value) for _, each in moved for year in each.years):
        chart.set_x_axis({"min": 0})  # bars from another start would show differences as more than they are
    chart.set_legend({"position": "bottom"})
    height = _ROW * max((last - row) * (len(heads) + 1) // 2 + 6, last - row + 3)
    chart.set_size({"width": 640, "height": height})
    sheet.insert_chart(*place, chart)
    return row + height // _ROW + 2


def _at_least_0(value: object) -> bool:
    return not isinstance(value, int | Decimal) or value >= 0


def _title(each: Change) -> str:
    """The title of the table a figure is of."""
    section, stated = latest(each.ref.partition("/")[0])
    return f"{section.title}  {stated.head}".rstrip()
