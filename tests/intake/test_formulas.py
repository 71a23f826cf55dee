"""A total's formula is judged by what it adds; what else stands in doubtful cells is named as it stands there."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.filings import filing, values, write
from tests.intake.test_workbook import changed, rebuilt, same
from tests.office import Saved
from toolkit.form.edition import named
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import speaking
from toolkit.intake.workbook import read
from toolkit.model import numbers
from toolkit.model.filing import Finding
from toolkit.rules import check

EDITION, MADE = named("2021"), filing("2021")
WRITTEN = write(EDITION, MADE)
THREE = "xl/worksheets/sheet3.xml"


def cell(place: str, xml: str, content: bytes = WRITTEN) -> bytes:
    """A workbook of ours with what stands in one cell of 表三 replaced, its look kept."""

    def change(name: str, part: bytes) -> bytes:
        if name != THREE:
            return part
        found = rf'<c r="{place}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'.encode()
        made, count = re.subn(
            found, lambda old: xml.replace("@", f'r="{place}"' + (old[1] or b"").decode()).encode(), part
        )
        assert count == 1
        return made

    return rebuilt(change, content)


def formula(said: str, value: object, place: str = "J7") -> bytes:
    """A workbook whose total of the first row, 12 by its lines, has another formula and stored value."""
    return cell(place, f"<c @><f>{said}</f><v>{value}</v></c>")


def found(content: bytes, source: str = "town.xlsx") -> list[Finding]:
    """The findings of reading and checking."""
    return list(check(read(content, source)).findings)


FINE = (
    "SUM(I7,H7,G7,F7,E7,D7)", "D7+E7+F7+G7+H7+I7", "I7+H7+SUM(D7:G7)", "SUM(SUM(D7:F7),SUM(G7:I7))",
    "+$D$7+SUM($E7:I$7)",
    "SUBTOTAL(9,D7:I7)", "IF(COUNT(D7:I7)=0,&quot;&quot;,SUM(D7:I7))", "SUM(表三!D7:I7)",
    "SUM('表三'!D7:E7)+SUM(F7:I7)",
    "ROUND(SUM(D7:I7),0)", "SUM(D7:I7)*1", "(D7+E7)+(F7+(G7+H7+I7))", "requests__received__person+SUM(E7:I7)",
    "SUM(D7:I7)+D9-D9", "SUM(d7:i7)",
)  # fmt: skip


@pytest.mark.parametrize("said", FINE)
def test_the_same_cells_in_another_spelling_are_only_not_recalculated(said: str) -> None:
    back = read(formula(said, 999), "town.xlsx")
    assert same(back)
    assert [(each.rule, each.level) for each in check(back).findings] == [("totals-stale", "note")]


WRONG = {
    "SUM(D7:H7)+5": ("leaves out I7 本年新收 其他", "adds the number 5"),
    "SUM(D7:H7)": ("leaves out I7 本年新收 其他",),
    "SUM(D7:I7)+5": ("adds the number 5",),
    "12": ("leaves out D7 本年新收 自然人", "adds the number 12"),
    "SUM(D7:I8)": ("counts what is no line of it: D8 上年结转 自然人",),
    "SUM(D7:I7)+D7": ("counts D7 本年新收 自然人 2 times",),
    "SUM(D7:I7)-D7": ("leaves out D7 本年新收 自然人",),
    "SUM(D7:I7)+表二!B7": ("counts cells of another sheet or workbook: 表二!B7",),
    "SUM([1]表三!D7:I7)": ("counts cells of another sheet or workbook: [1]表三!D7:I7",),
    "SUM(D7:I7)*2": ("D7 本年新收 自然人 2 times",),
    "J8": ("leaves out D7 本年新收 自然人", "counts what is no line of it: D8 上年结转 自然人"),
}


@pytest.mark.parametrize("said", WRONG)
def test_a_formula_that_adds_something_else_is_an_error_that_names_it(said: str) -> None:
    with speaking("en"):
        (error,) = found(formula(said, 999))
        assert (error.rule, error.level, error.cells[0].cell) == ("totals-formula", "error", "J7")
        assert f"={said}" in str(error.message)
        for part in WRONG[said]:
            assert part in str(error.message)
        assert "=SUM(D7:I7)" in str(error.remedy)


def test_many_formulas_that_a_column_pushed_in_left_behind_are_one_error() -> None:
    content = changed(
        lambda book: book["表三"].insert_cols(4)
    )  # formulas stay as they are, as some programs leave them
    back = read(content, "town.xlsx")
    assert same(back)
    (wrong,) = [each for each in check(back).findings if each.level == "error"]
    assert (wrong.rule, len(wrong.cells)) == ("totals-formula", 31)
    with speaking("en"):
        assert str(wrong.message).startswith("表三: the formulas of 31 totals do not add up their lines: K7 ")
        assert "=SUM(E7:J7) in K7" in str(wrong.remedy)


def test_a_remedy_names_blocks_of_cells_not_each_of_them() -> None:
    def pushed_in(book: Any) -> None:
        sheet = book["表三"]
        sheet.insert_rows(12)
        sheet["J31"] = "=SUM(D9:I9)"

    (wrong,) = [each for each in check(read(changed(pushed_in), "town.xlsx")).findings if each.level == "error"]
    last = [each for each in wrong.cells if each.cell == "J31"]
    assert last
    alone = formula("=SUM(D9:I9)", 10, "J30")
    (said,) = [str(each.remedy) for each in check(read(alone, "town.xlsx")).findings if each.level == "error"]
    assert "=SUM(D9:I29)" in said


def test_a_formula_nobody_can_follow_is_to_be_verified() -> None:
    with speaking("en"):
        (said,) = [each for each in found(formula("VLOOKUP(1,D7:I7,2)", 999)) if each.rule == "totals-formula"]
    assert said.level == "verify"


def test_a_wrong_formula_whose_value_agrees_is_named_where_its_sheet_is_looked_at() -> None:
    content = cell("J8", "<c @><f>SUM(D8:I8)</f><v>7</v></c>", formula("SUM(D7:H7)+0*I7+1-1", 12))
    rules = [(each.rule, each.level) for each in found(content)]
    assert sorted(rules) == [("totals-formula", "error"), ("totals-stale", "note")]


def test_a_shared_formula_is_judged_as_it_stands_in_its_cell() -> None:
    content = cell("J7", '<c @><f t="shared" ref="J7:J8" si="0">SUM(D7:H7)</f><v>12</v></c>')
    content = cell("J8", '<c @><f t="shared" si="0"/><v>99</v></c>', content)
    with speaking("en"):
        messages = [str(each.message) for each in found(content) if each.rule == "totals-formula"]
    assert len(messages) == 2
    assert "=SUM(D8:H8) leaves out I8" in messages[1]


def saying(said: str) -> bytes:
    def change(book: Any) -> None:
        book["表三"]["J7"] = said

    return changed(change)


SUMS = ("=SUM(D7:H7)+5", "=SUM(I7,D7:H7)")
SAVED = Saved({said: (partial(saying, said), ("ods",)) for said in SUMS})


@pytest.mark.parametrize("said", SUMS)
def test_an_open_document_s_formula_is_judged_too(said: str) -> None:
    rules = [each.rule for each in found(SAVED(said, "ods"), "town.ods")]
    assert rules == (["totals-formula"] if "+5" in said else [])


def test_clean_workbooks_import_no_openpyxl(tmp_path: Path) -> None:
    path = tmp_path / "town.xlsx"
    path.write_bytes(WRITTEN)
    script = (
        "import sys; from pathlib import Path; from toolkit.intake import intake; from toolkit.rules import check; "
        "found = [check(intake(Path(sys.argv[1]))).findings for _ in range(20)]; "
        "assert not any(found), found; assert 'openpyxl' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, timeout=100)


def test_a_shared_formula_without_a_value_is_named_as_it_stands() -> None:
    content = cell("D8", '<c @><f t="shared" ref="D8:E8" si="0">D9*2+1</f></c>')
    back = read(cell("E8", '<c @><f t="shared" si="0"/></c>', content), "town.xlsx")
    assert back.filing.entries["requests/carried_in/person"].value == "=D9*2+1"
    assert back.filing.entries["requests/carried_in/org.business"].value == "=E9*2+1"


def test_a_formula_without_value_is_seen_in_a_sheet_with_few_formulas_and_cells_without_addresses() -> None:
    def strip(name: str, part: bytes) -> bytes:
        if name != THREE:
            return part
        part = re.sub(rb"(<c r=\"J\d+\"[^>]*>)<f>[^<]*</f>", rb"\1", part)  # totals typed, right ones
        return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", part)

    content = rebuilt(strip, cell("D8", "<c @><f>1-1</f></c>"))
    assert read(content, "town.xlsx").filing.entries["requests/carried_in/person"].value == "=1-1"


@pytest.mark.parametrize("function", ["DISPIMG", "_xlfn.DISPIMG", "_xlfn.IMAGE"])
def test_a_picture_in_a_cell_is_called_one(function: str) -> None:
    content = cell("D8", f'<c @ t="str"><f>{function}("ID_1",1)</f><v>={function}("ID_1",1)</v></c>')
    with speaking("en"):
        said = [str(each.message) for each in found(content) if each.rule == "entries-text"]
    assert len(said) == 1
    assert "a picture stands in the cell" in said[0]


def test_a_number_in_a_date_format_is_told_with_the_number() -> None:
    def date(book: Any) -> None:
        book["表三"]["D8"] = 3
        book["表三"]["D8"].number_format = "yyyy-mm-dd"
        book["表三"]["D7"] = 45000
        book["表三"]["D7"].number_format = "yyyy/m/d"

    with speaking("en"):
        said = [str(each.message) for each in found(changed(date)) if each.rule == "entries-text"]
    assert len(said) == 2
    assert "“2023-03-15” is no number: the cell has a date format; the number in it is 45000" in said[0]
    assert said[1].endswith("the cell has a date format; the number in it is 3")


def test_numbers_stored_as_text_are_one_finding_a_table() -> None:
    def as_text(book: Any) -> None:
        for name in ("表二", "表三"):
            for row in book[name].iter_rows():
                for each in row:
                    if isinstance(each.value, int | float):
                        each.value = str(each.value)

    back = read(changed(as_text), "town.xlsx")
    assert same(back)
    remarks = [each for each in check(back).findings if each.rule == "entries-remark"]
    assert [each.table for each in remarks] == ["documents", "requests"]
    assert len(remarks[1].cells) > 100


STORED = {
    0.1 + 0.2: "0.3", 1587486.14 - 1584941.49: "2544.65", 2544.65000000001: "2544.65", 0.3 - 0.1 - 0.2: "0",
    0.123456789: "0.123456789", 12.0: "12", 1e300: "1E+300",
}  # fmt: skip


@pytest.mark.parametrize("double", STORED)
def test_a_stored_double_is_read_as_the_decimal_it_shows(double: float) -> None:
    assert numbers.stored(double) == Decimal(STORED[double])


@pytest.mark.parametrize("said", ["INF", "NaN", "1e400", "-1e400", "1e308", "1e22"])
@pytest.mark.parametrize("place", ["D8", "J8"])
def test_what_is_no_finite_number_is_a_finding_or_a_refusal(said: str, place: str) -> None:
    content = cell(place, f"<c @><v>{said}</v></c>")
    said = ""
    try:
        said = " ".join(each.rule for each in found(content))
    except Unreadable as error:
        said = str(error)
    assert said, "never silently"


def twin(change: Callable[[Any, Any], None]) -> bytes:
    """A workbook in which 表三 stands twice."""

    def copy(book: Any) -> None:
        for name in [each for each in book.sheetnames if each == "表三"]:
            again = book.copy_worksheet(book[name])
            again.title = "表三 (2)"
            change(book[name], again)

    return changed(copy, valued(WRITTEN))


def valued(content: bytes) -> bytes:
    """A workbook whose totals are typed, since openpyxl keeps no values beside formulas."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book["表三"].iter_rows():
        for each in row:
            if isinstance(each.value, str) and each.value.startswith("=SUM"):
                each.value = None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("hidden", ["", "first", "second"])
def test_a_table_on_two_sheets_is_an_error_that_names_both(hidden: str) -> None:
    def differ(first: Any, second: Any) -> None:
        for one, sheet in (("first", first), ("second", second)):
            sheet.sheet_state = "hidden" if hidden == one else "visible"
        first["D7"] = 0

    with speaking("en"):
        (said,) = [each for each in found(twin(differ)) if each.rule == "form-twice"]
        assert said.level == "error"
        assert "表三 and 表三 (2), with different figures" in str(said.message)
        assert ("hidden" in str(said.message)) is bool(hidden)


def test_a_table_on_two_sheets_with_the_same_figures_is_a_note() -> None:
    (said,) = [each for each in found(twin(lambda first, second: None)) if each.rule == "form-twice"]
    assert said.level == "note"


def test_the_figures_of_the_sample_are_what_the_formulas_are_tried_on() -> None:
    assert values(MADE)["requests/received/total"] == 12
