"""A report that was read in part and written to a workbook keeps what was printed and makes no false error."""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl import load_workbook

from tests.filings import filing, typed, values, without, write
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.intake import of_bytes
from toolkit.rules import check
from toolkit.workbook.widths import BOX, high

EDITION = named("2021")
LOST = tuple(ref for ref in EDITION.figures if ref.startswith("requests/done.granted/"))
COLUMN_TOTAL = "requests/done.total/person"


def _written() -> bytes:
    return write(EDITION, without(filing("2021"), *LOST))


def test_a_total_whose_lines_were_not_all_read_stands_as_printed_and_is_marked() -> None:
    place = layout(EDITION).places[COLUMN_TOTAL]
    cell = load_workbook(io.BytesIO(_written()))[place.sheet][place.cell]
    assert cell.value == values(filing("2021"))[COLUMN_TOTAL]
    assert "原样" in cell.comment.text
    with zipfile.ZipFile(io.BytesIO(_written())) as package:
        boxes = [package.read(name).decode() for name in package.namelist() if "vmlDrawing" in name]
    sizes = {
        tuple(map(float, each)) for box in boxes for each in re.findall(r"width:([\d.]+)pt;height:([\d.]+)pt", box)
    }
    assert sizes == {(BOX * 0.75, high(cell.comment.text) * 0.75)}


def test_a_sum_with_cells_that_were_not_read_is_not_assessed() -> None:
    back = of_bytes(_written(), "a.xlsx")
    checked = check(back)
    assert not set(LOST) & set(values(back.filing)) - {ref for ref in LOST if ref.endswith("/total")}
    assert {each.rule for each in checked.findings if each.level == "error"} == {"form-missing"}
    assert "requests-done-total" in {each.rule for each in checked.unassessed}


def test_once_they_are_entered_the_total_is_compared() -> None:
    book = load_workbook(io.BytesIO(_written()))
    made = filing("2021")
    for ref in LOST:
        place = layout(EDITION).places[ref]
        if not ref.endswith("/total"):
            book[place.sheet][place.cell] = values(made)[ref]
    buffer = io.BytesIO()
    book.save(buffer)
    assert not [each for each in check(of_bytes(buffer.getvalue(), "a.xlsx")).findings if each.level == "error"]
    place = layout(EDITION).places[LOST[0]]
    book[place.sheet][place.cell] = 98765
    book.save(buffer := io.BytesIO())
    rules = {each.rule for each in check(of_bytes(buffer.getvalue(), "a.xlsx")).findings if each.level == "error"}
    assert "requests-done-total" in rules


def test_a_filing_read_whole_keeps_its_formulas() -> None:
    place = layout(EDITION).places[COLUMN_TOTAL]
    book = load_workbook(io.BytesIO(write(EDITION, typed(filing("2021"), {}))))
    cell = book[place.sheet][place.cell]
    assert str(cell.value).startswith("=")
    assert cell.comment is None
