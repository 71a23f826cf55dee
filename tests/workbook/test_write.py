"""The workbook is what a clerk would take for the official form, and safe to hand out."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from tests.conftest import Golden
from tests.filings import TOWN, filing, typed
from toolkit.form.edition import editions, named
from toolkit.form.layout import layout, name
from toolkit.model.filing import Unit
from toolkit.workbook.write import blank, write
from toolkit.workbook.write.book import Page
from toolkit.workbook.write.book import book as written_book
from toolkit.workbook.write.tables import put, put_row

EDITIONS = ("2019", "2021")


def book(edition: str, **how: Any) -> Any:
    """The blank workbook of an edition as openpyxl sees it."""
    return openpyxl.load_workbook(
        io.BytesIO(write(named(edition), blank(named(edition), named(edition).first, TOWN))), **how
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_sheets_are_those_of_the_form(edition: str) -> None:
    made = book(edition)
    assert made.sheetnames == ["封面", "表二", "表三", "表四", "文字", "自查", "说明", "xls"]
    assert made["xls"].sheet_state == "veryHidden"


@pytest.mark.parametrize("edition", EDITIONS)
def test_entry_cells_and_only_they_can_be_typed_into(edition: str) -> None:
    made, stated = book(edition), named(edition)
    entries = {
        (place.sheet, place.cell) for ref, place in layout(stated).places.items() if stated.figures[ref].kind == "entry"
    }
    open_cells = set()
    for sheet in made.worksheets[1:4]:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert not sheet.protection.formatColumns
        assert not sheet.protection.formatRows
        merged = {cell for area in sheet.merged_cells.ranges for cell in list(area.cells)[1:]}
        open_cells |= {
            (sheet.title, cell.coordinate)
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked and (cell.row, cell.column) not in merged
        }
    assert open_cells == entries


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_entry_cell_has_one_input_rule_of_its_kind(edition: str) -> None:
    made, stated = book(edition), named(edition)
    for ref, place in layout(stated).places.items():
        sheet: Worksheet = made[place.sheet]
        here = [rule for rule in sheet.data_validations.dataValidation if place.cell in rule.sqref]
        figure = stated.figures[ref]
        if figure.kind == "total":
            assert here == []
            continue
        (rule,) = here
        assert rule.type == ("decimal" if figure.value == "money" else "whole")
        assert float(rule.formula1) == (-999999999 if figure.value == "signed" else 0)
        assert rule.error == stated.typing[figure.value].message
        assert rule.prompt == (figure.row.prompt or figure.column.prompt or None)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_figure_has_a_defined_name(edition: str) -> None:
    made, stated = book(edition), named(edition)
    for ref, place in layout(stated).places.items():
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", place.cell).groups()  # type: ignore[union-attr]
        assert made.defined_names[name(ref)].attr_text.replace("'", "") == f"{place.sheet}!${column}${row}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_labels_are_printed_as_the_edition_has_them(edition: str) -> None:
    made, stated = book(edition), named(edition)
    for table in stated.tables:
        printed = {cell.value for row in made[table.sheet].iter_rows() for cell in row}
        assert {line.label for line in (*table.rows, *table.columns)} - {""} <= printed
        assert {table.head, table.stub, table.over} - {""} <= printed


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_formula_is_the_one_in_the_golden_file(edition: str, golden: Golden) -> None:
    lines = [
        f"{sheet.title} {cell.coordinate} {getattr(cell.value, 'text', cell.value)}"
        for sheet in book(edition).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    golden(f"formulas-{edition}", "\n".join(lines) + "\n")
    totals = sum(figure.kind == "total" for figure in named(edition).figures.values())
    of_the_form = [line for line in lines if not line.startswith(("自查", "封面"))]
    assert len(of_the_form) == totals + 2 * 3  # unit and year over each of the three tables


@pytest.mark.parametrize("edition", EDITIONS)
def test_totals_carry_their_value(edition: str) -> None:
    made = filing(edition)
    values = openpyxl.load_workbook(io.BytesIO(write(named(edition), made)), data_only=True)
    for ref, place in layout(named(edition)).places.items():
        value = values[place.sheet][place.cell].value
        assert value == made.entries[ref].value or Decimal(str(value)) == made.entries[ref].value, ref
    assert values["表三"]["A2"].value == "填报单位：城关镇人民政府"


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_table_prints_whole_on_one_a4_page(edition: str) -> None:
    for sheet in book(edition).worksheets[1:4]:
        page = sheet.page_setup
        assert (page.paperSize, page.fitToWidth or 1, page.fitToHeight or 1) == (9, 1, 1)  # 1 is what is meant by none
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert sheet.freeze_panes


def test_a_blank_workbook_is_small() -> None:
    assert len(write(named("2021"), blank(named("2021"), 2021))) < 60_000


def test_nothing_of_the_day_or_the_machine_is_in_the_package() -> None:
    content = write(named("2021"), blank(named("2021"), 2021, Unit("甲")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {each.date_time[:3] for each in archive.infolist()} == {(1980, 1, 1)}
        assert b"2019-05-15T00:00:00Z" in archive.read("docProps/core.xml")


def test_text_that_looks_like_a_formula_is_text() -> None:
    made = typed(filing("2021", texts={"overview": "=1+1"}), {"requests/received/person": "=1+1"})
    sheets = openpyxl.load_workbook(io.BytesIO(write(named("2021"), made)))
    assert sheets["文字"]["A4"].data_type == "s"
    assert sheets["表三"]["D7"].data_type == "s"


def test_a_heading_s_own_figure_is_not_written_anywhere() -> None:
    from toolkit.model.filing import Entry
    from toolkit.workbook.write import unplaced

    made = filing("2021")
    entries = {**made.entries, "requests/done.other/person": Entry(777)}
    with_heading = type(made)(made.edition, made.year, made.unit, entries, made.texts)
    assert unplaced(named("2021"), with_heading) == ("requests/done.other/person",)
    assert write(named("2021"), with_heading) == write(named("2021"), made)


def test_no_formula_has_a_function_that_excel_2010_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """What XlsxWriter would put before such a function is not looked for: see `toolkit.workbook.write.book`."""
    seen: set[str] = set()
    ours = Page._prepare_formula  # type: ignore[attr-defined]

    def told(page: Any, formula: str, expand: bool = False) -> str:
        plain: str = xlsxwriter.worksheet.Worksheet._prepare_formula(page, formula, True)
        assert plain == ours(page, formula, expand)
        seen.add(plain)
        return plain

    monkeypatch.setattr(Page, "_prepare_formula", told)
    for edition in editions():
        write(edition, filing(edition.id))
    assert len(seen) > 500


def rows_of_numbers(write_row: Any, constant_memory: bool) -> bytes:
    """A workbook of numbers, blanks and texts, the rows of numbers written as they are told to be."""
    stream = io.BytesIO()
    made = written_book(stream)
    made.set_properties({"created": datetime.datetime(2019, 5, 15)})
    made.constant_memory = constant_memory
    page, looks = made.add_worksheet(), [made.add_format({"num_format": f"0.{'0' * n}"}) for n in range(6)]
    for row in (3, 4, 21, 40):
        page.write_string(row, row % 3, "甲")
        write_row(page, (row, 4), looks[: 6 - row % 4], [row, None, Decimal("0.10"), 10**17, None, 7][: 6 - row % 4])
    made.close()
    return stream.getvalue()


@pytest.mark.parametrize("constant_memory", [False, True])
def test_a_row_written_in_one_step_is_that_of_its_cells(constant_memory: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def by_cells(page: Any, at: tuple[int, int], looks: Any, numbers: Any) -> None:
        for n, (look, number) in enumerate(zip(looks, numbers, strict=True)):
            put(page, (at[0], at[1] + n), look, number)

    ours = rows_of_numbers(put_row, constant_memory)
    monkeypatch.delattr(Page, "_calculate_spans")
    monkeypatch.delattr(Page, "_write_cell")
    assert ours == rows_of_numbers(by_cells, constant_memory)


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_what_is_no_number_is_refused_in_a_row_as_in_a_cell(number: str) -> None:
    with pytest.raises(TypeError, match="NAN/INF"):
        put_row(written_book(io.BytesIO()).add_worksheet(), (0, 0), [None] * 3, [1, Decimal(number), 1])
