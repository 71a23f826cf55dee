"""The charts of a county workbook: applications by unit, results, review and litigation, against last year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from heapq import nsmallest

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.form.layout import Box
from toolkit.form.parts import Edition, Line, Number, Ref
from toolkit.form.words import Chart
from toolkit.model.filing import Contribution, Filing
from toolkit.model.ledger import Merged
from toolkit.workbook.write.styles import READ, Styles
from toolkit.workbook.write.tables import place

_ROW_HEIGHT, _MOST_BARS = 20, 60  # pixels, units
_WIDTH, _LEAST_HEIGHT = 540, 240  # pixels
_FONT, _LIGHT = {"size": 10}, {"color": "#D9D9D9", "width": 0.75}


def charts(book: Workbook, page: Worksheet, styles: Styles, edition: Edition, merged: Merged) -> None:
    """Fill the sheet of charts: each beside the small table it draws."""
    words = edition.wording.county
    page.set_portrait()  # three charts on a page
    top = 2
    for chart in words.chart:
        rows = _by_unit(edition, merged, chart) if chart.units else _whole(edition, merged, chart)
        years = [str(merged.ledger.year)]
        if any(merged.last) if chart.units else merged.before is not None:
            years.append(str(merged.ledger.year - 1))
        for column, head in enumerate([chart.title, *years]):
            page.write_string(top, column, head, styles("head"))
        for row, (name, numbers) in enumerate(rows, start=top + 1):
            page.write_string(row, 0, name, styles("result"))
            for column, number in enumerate(numbers[: len(years)], start=1):
                place(
                    page,
                    Box(row, column, 1, 1, "figure"),
                    styles("cell", "money" + READ if isinstance(number, Decimal) else "count" + READ),
                    number,
                )
        drawn = book.add_chart({"type": "bar"})
        for column in range(1, len(years) + 1):
            drawn.add_series(
                {
                    "name": [words.charts, top, column],
                    "categories": [words.charts, top + 1, 0, top + len(rows), 0],
                    "values": [words.charts, top + 1, column, top + len(rows), column],
                    "data_labels": {"value": True, "font": _FONT},
                    "gap": 60,
                }
            )
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
        drawn.set_y_axis({"reverse": True, "num_font": _FONT, "line": _LIGHT})
        drawn.set_x_axis({"min": 0, "num_font": _FONT, "major_gridlines": {"visible": True, "line": _LIGHT}})
        drawn.set_legend({"none": True} if len(years) == 1 else {"position": "bottom"})
        height = max(_LEAST_HEIGHT, 80 + (6 + 16 * len(years)) * len(rows))
        drawn.set_size({"width": _WIDTH, "height": height})
        page.insert_chart(top, 4, drawn)
        top += max(len(rows) + 3, height // _ROW_HEIGHT + 2)


def _by_unit(edition: Edition, merged: Merged, chart: Chart) -> list[tuple[str, list[Number | None]]]:
    """The units by a figure, the largest first, and what they reported last year; None for a unit not known then."""
    at = [edition.entry_at[part] for ref in chart.figures for part in edition.figures[ref].parts]
    last = merged.last or (None,) * len(merged.contributions)

    def count(each: Contribution) -> Number:
        return sum((each.figures[n] or 0 for n in at), 0)

    found = (
        (each.unit.name, count(each), None if before is None else _sum(edition, before, chart))
        for each, before in zip(merged.contributions, last, strict=True)
    )
    return [(name, [now, before]) for name, now, before in nsmallest(_MOST_BARS, found, key=lambda each: -each[1])]


def _sum(edition: Edition, filing: Filing, chart: Chart) -> Number:
    return sum((_number(filing, part) for ref in chart.figures for part in _parts(edition, ref)), 0)


def _number(filing: Filing, ref: Ref) -> Number:
    value = filing.entries[ref].value if ref in filing.entries else None
    return value if isinstance(value, int | Decimal) else 0


def _whole(edition: Edition, merged: Merged, chart: Chart) -> list[tuple[str, list[Number | None]]]:
    """Figures of the county, a heading's being the sum of its lines, this year's and last year's."""
    filings = [each for each in (merged.filing, merged.before) if each is not None]
    rows: list[tuple[str, list[Number | None]]] = []
    for ref in chart.figures:
        parts = _parts(edition, ref)
        rows.append((_called(edition, ref), [sum((_number(each, part) for part in parts), 0) for each in filings]))
    return rows


def _parts(edition: Edition, ref: Ref) -> tuple[Ref, ...]:
    if ref in edition.figures:
        return edition.figures[ref].parts
    table, row, column = ref.split("/")
    return tuple(
        part for each, figure in edition.figures.items()
        if figure.table == table and figure.row.id.startswith(row + ".") and figure.column.id == column
        for part in edition.figures[each].parts
    )  # fmt: skip


def _called(edition: Edition, ref: Ref) -> str:
    table, row, _ = ref.split("/")
    lines = {line.id: line for line in edition.table(table).rows}
    if ref in edition.figures and row.partition(".")[0] not in _headings(lines):
        return edition.figures[ref].label
    return lines[row].name


def _headings(lines: Mapping[str, Line]) -> frozenset[str]:
    return frozenset(each for each, line in lines.items() if line.kind == "heading")
