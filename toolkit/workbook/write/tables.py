"""A sheet of printed tables: heads, labels, entry cells with input rules, totals as formulas, one name per figure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, Worksheet

from toolkit.form.layout import NOTE_ROW, TITLE_ROW, UNIT_ROW, Box, Layout, Place, Sheet, address, name
from toolkit.form.parts import Edition, Number, Ref, Value
from toolkit.ground.language import text
from toolkit.model.filing import Filing
from toolkit.workbook.widths import BOX, high, wide
from toolkit.workbook.write import formulas
from toolkit.workbook.write.styles import Styles

PROTECTION = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
MOST = 999_999_999
_OUTER, _INNER, _LAST = 5.0, 10.5, 27.0
_FIGURES_WIDE, _FIGURES_NARROW, _FIGURES_WIDTH = 18.0, 7.3, 54.0
_FEW_ROWS, _TALL, _LOW, _LINE = 25, 28.0, 24.0, 14.0
"""A sheet of few rows has tall ones; heights in points."""


def table_sheet(
    book: Workbook,
    styles: Styles,
    made: Layout,
    sheet: Sheet,
    filing: Filing,
    carried: Mapping[Ref, str],
    sums: Mapping[Ref, str],
) -> Worksheet:
    """Add one sheet of tables with a filing's figures. `carried` has what is said of those from last year, `sums` the
    formulas of entries that are added up elsewhere in the workbook.
    """
    page = book.add_worksheet(sheet.name)
    widths = _widths(sheet)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for row, height in _heights(sheet, widths).items():
        page.set_row(row, height)
    for box in sheet.boxes:
        if box.role == "figure":
            _figure(page, styles, made, box, filing, "carried" if box.ref in carried else "entry", sums)
        else:
            _words(page, styles, made, box, filing, added=bool(sums))
    _validations(page, made.edition, sheet, carried)
    for box in sheet.boxes:
        if box.ref:
            book.define_name(name(box.ref), f"='{sheet.name}'!{address(box.row, box.column, fixed=True)}")
    _page_setup(page, sheet)
    return page


def _page_setup(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes(*sheet.frozen)
    page.protect("", PROTECTION)
    page.set_paper(9)
    if sheet.width > sheet.height:
        page.set_landscape()
    page.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    page.center_horizontally()
    page.fit_to_pages(1, 1)
    page.print_area(0, 0, sheet.height - 1, sheet.width - 1)
    page.set_footer("&C&A")
    page.hide_gridlines(2)


def _widths(sheet: Sheet) -> list[float]:
    """Column widths in characters: the stub's, then the figures' share of what a page has left."""
    count = sheet.width - sheet.stub
    each = min(_FIGURES_WIDE, max(_FIGURES_NARROW, _FIGURES_WIDTH / count))
    stub = [*[_OUTER] * (sheet.stub - 2), *[_INNER] * (sheet.stub > 1), *[_LAST] * (sheet.stub > 0)]
    return [*stub, *[each] * count]


def _heights(sheet: Sheet, widths: list[float]) -> dict[int, float]:
    """Row heights in points, so that every label shows whole; a label over several rows is not counted."""
    lines: dict[int, int] = defaultdict(lambda: 1)
    for box in sheet.boxes:
        if box.rows == 1 and box.role in ("head", "label"):
            room = sum(widths[box.column : box.column + box.columns]) - 1
            lines[box.row] = max(lines[box.row], math.ceil(wide(box.text) / room))
        elif box.role == "head" and box.rows > 1:
            room = sum(widths[box.column : box.column + box.columns]) - 1
            for row in range(box.row, box.row + box.rows):
                lines[row] = max(lines[row], math.ceil(wide(box.text) / room / box.rows))
    least = _TALL if sheet.height < _FEW_ROWS else _LOW
    heights = {row: least + _LINE * (lines[row] - 1) for row in range(NOTE_ROW + 1, sheet.height)}
    return {TITLE_ROW: 30.0, UNIT_ROW: 20.0, NOTE_ROW: 18.0, **heights}


def place(page: Worksheet, box: Box, look: Format, value: Value, formula: str = "") -> None:
    """Write a box, merged where it is more than one cell; a formula with its stored value, a str always as text."""
    if box.rows > 1 or box.columns > 1:
        page.merge_range(box.row, box.column, box.row + box.rows - 1, box.column + box.columns - 1, "", look)
    if formula:
        wrote = page.write_formula(box.row, box.column, formula, look, value if value is not None else 0)
        assert wrote == 0, f"XlsxWriter refused {value!r} ({wrote})"
    else:
        put(page, (box.row, box.column), look, value)


def put(page: Worksheet, at: tuple[int, int], look: Format, value: Value) -> None:
    """Write a cell that is no formula; a str always as text."""
    if value is None:
        wrote = page.write_blank(*at, None, look)
    elif isinstance(value, str):
        wrote = page.write_string(*at, value, look)
    else:
        wrote = page.write_number(*at, float(value) if isinstance(value, Decimal) else value, look)
    assert wrote == 0, f"XlsxWriter refused {value!r} ({wrote})"


def put_row(page: Worksheet, at: tuple[int, int], looks: Sequence[Format], numbers: Sequence[Number | None]) -> None:
    """Write numbers side by side, each with its look, as `put` writes each of them; XlsxWriter is asked of the first
    and the last whether there is room, and is given those between them in one step.
    """
    (row, column), last = at, len(numbers) - 1
    plain = all(each is None or math.isfinite(each) for each in numbers)
    for n in (0, last) if plain else range(last + 1):
        put(page, (row, column + n), looks[n], numbers[n])
    cells = page.table[row]
    for n in range(1, last):
        number, look = numbers[n], looks[n]
        if number is None:
            cells[column + n] = CellBlankTuple(look)
        else:
            cells[column + n] = CellNumberTuple(float(number) if isinstance(number, Decimal) else number, look)


def _words(page: Worksheet, styles: Styles, made: Layout, box: Box, filing: Filing, *, added: bool) -> None:
    words, fields = made.edition.wording, made.fields
    if box.role == "unit":
        place(page, box, styles("unit"), words.sheet_unit + filing.unit.name, _shown(words.sheet_unit, fields["unit"]))
    elif box.role == "year":
        place(page, box, styles("year"), words.sheet_year + str(filing.year), _shown(words.sheet_year, fields["year"]))
    elif box.role == "note" and added:
        place(page, box, styles("note"), words.county.tables_note or box.text)
    elif box.role == "label" and box.rows > 1:
        place(page, box, styles("heading"), box.text)
    else:
        place(page, box, styles(box.role), box.text)


def _shown(words: str, field: Place) -> str:
    return f"=\"{words}\"&'{field.sheet}'!{address(field.row, field.column, fixed=True)}"


def _figure(
    page: Worksheet, styles: Styles, made: Layout, box: Box, filing: Filing, entered: str, sums: Mapping[Ref, str]
) -> None:
    figure = made.edition.figures[box.ref]
    entry = filing.entries.get(box.ref)
    look = styles("total" if figure.kind == "total" else entered, figure.value)
    if figure.kind == "total" and formulas.calculated(filing, figure):
        place(
            page,
            box,
            look,
            formulas.stored(filing, figure.parts),
            "=" + formulas.summed(formulas.areas(made.places, figure.parts)),
        )
        return
    if box.ref in sums:
        place(page, box, styles("summed", figure.value), entry.value if entry else None, sums[box.ref])
        return
    place(page, box, look, entry.value if entry else None)
    if figure.kind == "total" and formulas.printed(filing, figure):
        said = text("as the report printed it; not all of its lines were read, enter them and this total is checked")
        size = {"width": BOX, "height": high(str(said))}
        wrote = page.write_comment(box.row, box.column, str(said), {"author": "xls", **size})
        assert wrote == 0, f"XlsxWriter refused the comment on {box.ref} ({wrote})"


def _validations(page: Worksheet, edition: Edition, sheet: Sheet, carried: Mapping[Ref, str]) -> None:
    """One input rule per kind of value and prompt, over all the entry cells it is for."""
    cells: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for box in sheet.boxes:
        if box.ref and (figure := edition.figures[box.ref]).kind == "entry":
            cells[figure.value, carried.get(box.ref) or figure.row.prompt or figure.column.prompt].append(box)
    for (kind, prompt), boxes in cells.items():
        typing = edition.typing[kind]  # type: ignore[index]
        options: dict[str, object] = {
            "validate": "decimal" if kind == "money" else "integer",
            "criteria": "between",
            "minimum": -MOST if kind == "signed" else 0,
            "maximum": MOST,
            "error_title": typing.title,
            "error_message": typing.message,
            "other_cells": [[box.row, box.column, box.row, box.column] for box in boxes[1:]],
        }
        if prompt:
            options |= {"input_title": typing.title, "input_message": prompt}
        first = boxes[0]
        wrote = page.data_validation(first.row, first.column, first.row, first.column, options)
        assert wrote == 0, f"XlsxWriter refused the input rule for {kind} ({wrote})"
