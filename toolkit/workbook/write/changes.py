"""Changes → a workbook: a sheet for each unit and the sum, old and new side by side, coloured, a chart per table."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell

from toolkit.form.edition import latest
from toolkit.form.parts import Number
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

_TITLE_ROW = 20
"""Points of the row over a table's figures, which has a rule above."""

_UPRIGHT = 3
"""Years that a page has room for upright."""

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
    table_name = book.add_format({"bold": True, "font_color": "#1F4E79", "top": 1, "valign": "vcenter"})
    looks = _looks(book)
    last, trend, quoted = len(heads) + 1, len(heads) > 2, quote_sheetname(sheet.name)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, last + 3, 13)
    sheet.write_string(0, 0, name, bold)
    sheet.write_row(1, 0, ["", *heads, str(text("change")), "%", *([str(text("trend"))] if trend else [])], right)
    sheet.freeze_panes(2, 1)
    if len(heads) > _UPRIGHT:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C&A  &P/&N")
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    tables: dict[str, list[tuple[int, Change]]] = {}
    at = 1
    for each in rows:
        table = each.ref.partition("/")[0]
        at += 1
        if table not in tables:
            sheet.set_row(at, _TITLE_ROW)
            sheet.write_row(at, 0, [_title(each), *[""] * (last + 1)], table_name)
            at += 1
        tables.setdefault(table, []).append((at, each))
        _row(sheet, at, each, looks)
        sheet.write_string(at, last + 2 + trend, _MARKS[each.comparable])
        if trend:
            sheet.add_sparkline(at, last + 2, {"range": f"{quoted}!{xl_range(at, 1, at, len(heads))}", "markers": True})
    for n, said in enumerate(notes, start=at + 2):
        sheet.write_string(n, 0, said)
    below = 1
    for held in tables.values():
        below = _chart(book, sheet, held, heads, (below, last + 5))
    sheet.print_area(0, 0, at + 2 + len(notes), last + 2 + trend)  # charts are for the screen: beside them all is small


class _Looks(NamedTuple):
    """The formats of a sheet: figures and what they rose or fell by, each without and with decimals; rates, words."""

    figures: tuple[Any, Any]
    up: tuple[Any, Any]
    down: tuple[Any, Any]
    rate: Any
    aside: Any

    def change(self, value: Number) -> Any:
        """The format of a change."""
        return (self.down if value < 0 else self.up)[isinstance(value, Decimal)]


def _looks(book: Any) -> _Looks:
    kinds = ("#,##0", "#,##0.00##")

    def toned(colour: str) -> tuple[Any, Any]:
        whole, parts = (book.add_format({"font_color": colour, "num_format": f"+{kind};-{kind};0"}) for kind in kinds)
        return whole, parts

    whole, parts = (book.add_format({"num_format": kind}) for kind in kinds)
    rate, aside = book.add_format({"num_format": "+0.0;-0.0;0"}), book.add_format({"align": "right"})
    return _Looks((whole, parts), toned("#0A6B2D"), toned("#B3261E"), rate, aside)


def _row(sheet: Any, at: int, each: Change, looks: _Looks) -> None:
    sheet.write_string(at, 0, each.label)
    for column, year in enumerate(each.years, start=1):
        if isinstance(year.value, int | Decimal):
            sheet.write_number(at, column, year.value, looks.figures[isinstance(year.value, Decimal)])
        elif year.state != "blank":
            sheet.write_string(at, column, year.value or {"absent": "?"}.get(year.state, "—"), looks.aside)
    last = len(each.years) + 1
    if each.change is not None:
        sheet.write_number(at, last, each.change, looks.change(each.change) if each.change else None)
    if each.percent is not None:
        sheet.write_number(at, last + 1, each.percent, looks.rate)
    elif each.unrated:
        sheet.write_string(at, last + 1, str(text("small base")), looks.aside)


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
    font, light = {"size": 10}, {"color": "#D9D9D9", "width": 0.75}
    axis: dict[str, Any] = {"num_font": font, "major_gridlines": {"visible": True, "line": light}}
    chart.set_y_axis({"reverse": True, "num_font": font, "line": light})
    if all(_at_least_0(year.value) for _, each in moved for year in each.years):
        axis["min"] = 0  # bars from another start would show differences as more than they are
    chart.set_x_axis(axis)
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
