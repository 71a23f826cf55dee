"""A workbook is read as it stands: by address, by labels where it was rebuilt, and no figure from the wrong line."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from tests.filings import TOWN, filing, typed, values, write
from tests.office import Saved
from toolkit.form.edition import named
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import speaking
from toolkit.intake.workbook import read
from toolkit.model.filing import Reading, Unit
from toolkit.rules import check
from toolkit.workbook.write import blank

Change = Callable[[Any], None]
EDITION = named("2021")
MADE = filing("2021")
WRITTEN = write(EDITION, MADE)


def changed(change: Change, content: bytes = WRITTEN) -> bytes:
    """A workbook of ours after somebody changed it and saved it with another program."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rebuilt(change: Callable[[str, bytes], bytes], content: bytes = WRITTEN) -> bytes:
    """A workbook of ours with the parts of its package changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return out.getvalue()


def rules(reading: Reading) -> list[str]:
    """The rules of the findings of reading and checking."""
    return sorted({each.rule for each in check(reading, None).findings})


def same(reading: Reading) -> bool:
    """Whether every figure that was found is the one that was written."""
    wanted = values(MADE)
    return all(wanted[ref] == value for ref, value in values(reading.filing).items())


def test_a_workbook_of_ours_says_how_much_of_it_was_read() -> None:
    back = read(WRITTEN, "town.xlsx")
    assert (back.found, back.expected, back.findings) == (200, 200, ())
    assert back.filing.entries["requests/received/person"].origin == ("表三", "D7", None)


def test_a_workbook_saved_without_values_is_read_by_its_lines() -> None:
    back = read(changed(lambda book: None), "town.xlsx")
    assert same(back)
    assert rules(back) == ["totals-stale"]
    assert all(each.level == "note" for each in check(back).findings)


def test_three_rows_inserted_are_stepped_over() -> None:
    back = read(changed(lambda book: book["表三"].insert_rows(9, 3)), "town.xlsx")
    assert same(back)
    assert back.found == 200
    assert "form-moved" in rules(back)


@pytest.mark.parametrize(
    ("change", "steps", "count"),
    [
        (lambda sheet: sheet.insert_cols(4), "columns inserted before E: 1", 175),
        (lambda sheet: sheet.insert_rows(9, 3), "rows inserted before 12: 3", 175),
        (lambda sheet: (sheet.insert_cols(1), sheet.insert_rows(20)),
         "columns inserted before E: 1; rows inserted before 21: 1", 175),
        (lambda sheet: sheet.delete_cols(6), "columns missing before F: 1", 150),
        (lambda sheet: sheet.delete_rows(13), "rows missing before 13: 1", 168),
    ],
)  # fmt: skip
def test_what_stands_between_rows_and_columns_or_is_missing_is_said_once(change: Any, steps: str, count: int) -> None:
    back = read(changed(lambda book: change(book["表三"])), "town.xlsx")
    assert same(back)
    (said,) = [each for each in check(back).findings if each.rule == "form-moved"]
    with speaking("en"):
        assert f"({steps}); {count} of its 175 figures" in str(said.message)
    assert sum(each.level == "error" for each in check(back).findings) <= 2


def pushed_in(book: Any) -> None:
    """A column with figures in it is pushed into table three."""
    sheet = book["表三"]
    for area in [str(each) for each in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(area)
    sheet.insert_cols(4)
    for row in range(7, 32):
        sheet.cell(row, 4).value = 1


def test_figures_in_a_column_pushed_in_leave_the_table_unread_and_are_told_of_once() -> None:
    back = read(changed(pushed_in), "town.xlsx")
    assert not any(
        ref.startswith("requests/") and entry.value is not None for ref, entry in back.filing.entries.items()
    )
    found = check(back).findings
    assert [each.rule for each in found if each.level == "error"] == ["form-missing"]
    assert sum(each.rule == "form-moved" for each in found) <= 3


def test_a_sheet_renamed_is_found_by_its_labels() -> None:
    def rename(book: Any) -> None:
        book["表三"].title = "Sheet9"

    back = read(changed(rename), "town.xlsx")
    assert same(back)
    assert back.found == 200
    assert back.filing.entries["requests/received/person"].origin.sheet == "Sheet9"


def test_a_column_moved_is_read_under_its_own_head() -> None:
    def swap(book: Any) -> None:
        sheet = book["表三"]
        for area in [str(each) for each in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)
        for row in range(5, 32):
            one, other = sheet.cell(row, 5).value, sheet.cell(row, 7).value
            sheet.cell(row, 5).value, sheet.cell(row, 7).value = other, one

    back = read(changed(swap), "town.xlsx")
    assert same(back)
    assert back.filing.entries["requests/received/org.business"].value == 2


def test_a_sheet_deleted_is_said_in_one_sentence() -> None:
    def delete(book: Any) -> None:
        del book["表四"]

    back = read(changed(delete), "town.xlsx")
    assert same(back)
    assert (back.found, back.expected) == (185, 200)
    with speaking("en"):
        said = [str(each.message) for each in check(back).findings if each.rule == "form-missing"]
    assert said == ["表四: the table was not found; none of its 15 figures was read"]


def test_a_total_typed_over_is_found_and_a_right_one_is_not() -> None:
    def paste(book: Any) -> None:
        book["表三"]["J7"] = 12
        book["表三"]["J8"] = 9

    back = read(changed(paste), "town.xlsx")
    errors = [each for each in check(back).findings if each.level == "error"]
    assert [(each.rule, each.cells[0].cell, each.left, each.right) for each in errors] == [
        ("requests-total", "J8", 9, 3)
    ]


def test_a_total_not_recalculated_is_a_note_and_no_error() -> None:
    def stale(name: str, part: bytes) -> bytes:
        return re.sub(rb'(<c r="J7"[^>]*><f>[^<]*</f><v>)12(</v>)', rb"\g<1>5\2", part)

    back = read(rebuilt(stale), "town.xlsx")
    assert same(back)
    with speaking("en"):
        (note,) = check(back).findings
        assert (note.rule, note.level) == ("totals-stale", "note")
        assert "J7 shows 5, its lines add up to 12" in str(note.message)


def test_a_wrong_dimension_hides_nothing() -> None:
    content = rebuilt(lambda name, part: re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1"/>', part))
    back = read(content, "town.xlsx")
    assert same(back)
    assert back.found == 200


def _fail(book: Any) -> None:
    book["表三"]["D9"] = "=1/0"
    book["表三"]["D8"] = "=1+2"


HALF = write(EDITION, typed(MADE, dict.fromkeys([*EDITION.entries][:30])))
"""Its blanks are all looked up."""
KINDS = ("xlsx", "ods", "xls")
SAVED = Saved(
    {
        "failing": (lambda: changed(_fail), KINDS),
        "half": (lambda: HALF, KINDS),
        "whole": (lambda: WRITTEN, ("xls",)),
        "typed over": (lambda: write(EDITION, typed(MADE, {"requests/received/total": 99})), ("xls",)),
    }
)


@pytest.mark.parametrize("ending", KINDS)
def test_an_error_value_is_an_error_and_never_a_blank(ending: str) -> None:
    back = read(SAVED("failing", ending), "town.xlsx")
    assert back.filing.entries["requests/done.granted/person"].value == "#DIV/0!"
    assert back.filing.entries["requests/carried_in/person"].value == 3  # a formula in an entry cell is fine
    (found,) = [each for each in check(back).findings if each.rule == "entries-error"]  # not again for its totals
    assert [cell.cell for cell in found.cells] == ["D9"]
    assert "entries-blank" not in rules(back)


def test_a_formula_without_a_value_is_no_blank() -> None:
    def formula(book: Any) -> None:
        book["表三"]["D8"] = "=1+2"

    back = read(changed(formula), "town.xlsx")
    assert back.filing.entries["requests/carried_in/person"].value == "=1+2"
    assert "entries-text" in rules(back)


TYPED = {
    "３": (3, "entries-remark"),
    "12件": (12, "entries-remark"),
    "22（其中修订 16 件）": (22, "entries-remark"),
    "12": (12, "entries-remark"),
    "1,234": (1234, "entries-remark"),
    "/": ("/", "entries-none"),
    "—": ("—", "entries-none"),
    "无": ("无", "entries-none"),
    "\xa0": (None, "entries-blank"),
    "3 | 3": ("3 | 3", "entries-text"),
    "约30": ("约30", "entries-text"),
}


@pytest.mark.parametrize("said", TYPED)
def test_what_a_person_types_is_read_as_what_it_is(said: str) -> None:
    def enter(book: Any) -> None:
        book["表二"]["B10"] = said

    back = read(changed(enter), "town.xlsx")
    value, rule = TYPED[said]
    assert back.filing.entries["services/licences/decisions"].value == value
    named_it = [each for each in check(back).findings if each.rule == rule]
    assert [cell.cell for cell in named_it[0].cells] == ["B10"]


def test_money_in_yuan_is_read_in_myriads() -> None:
    def enter(book: Any) -> None:
        book["表二"]["B17"] = "251000元"

    back = read(changed(enter), "town.xlsx")
    assert back.filing.entries["fees/fees/amount"].value == Decimal("25.1")
    assert "entries-remark" in rules(back)


@pytest.mark.parametrize("lost", ["sheet", "properties", "names", "sheet and properties", "sheet and names"])
def test_the_identity_survives_what_programs_lose(lost: str) -> None:
    def lose(book: Any) -> None:
        if "sheet" in lost:
            del book["xls"]
        if "properties" in lost:
            for name in list(book.custom_doc_props.names):
                del book.custom_doc_props[name]
        if "names" in lost:
            for name in [each for each in book.defined_names if each.startswith("xls_")]:
                del book.defined_names[name]
        for cell in ("C4", "C5", "C6", "C7"):
            book["封面"][cell] = None

    back = read(changed(lose), "town.xlsx")
    assert same(back)
    assert (back.filing.unit, back.filing.year, back.filing.edition) == (TOWN, 2023, "2021")


def test_a_workbook_that_lost_all_three_is_known_by_its_labels_and_cover() -> None:
    def lose(book: Any) -> None:
        del book["xls"]
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
        for name in list(book.defined_names):
            del book.defined_names[name]

    back = read(changed(lose), "town.xlsx")
    assert same(back)
    assert (back.filing.unit, back.filing.year) == (TOWN, 2023)


def test_a_cover_that_contradicts_is_said() -> None:
    def contradict(book: Any) -> None:
        book["封面"]["C4"] = "别的镇人民政府"
        book["封面"]["C7"] = 2024

    back = read(changed(contradict), "town.xlsx")
    found = [each for each in check(back).findings if each.rule == "form-cover"]
    assert len(found) == 2
    assert (back.filing.unit.name, back.filing.year) == ("别的镇人民政府", 2024)


def test_last_years_form_is_an_error() -> None:
    def later(book: Any) -> None:
        book["封面"]["C7"] = 2022

    back = read(changed(later, write(named("2019"), filing("2019"))), "town.xlsx")
    assert (back.filing.edition, back.filing.year) == ("2019", 2022)
    assert "form-edition" in rules(back)


def test_a_workbook_that_claims_one_edition_and_holds_another_is_an_error() -> None:
    def claim(book: Any) -> None:
        book["xls"]["B1"] = "2021"
        book["xls"]["B2"] = "2021"
        book["封面"]["C7"] = 2021

    made = filing("2019")
    back = read(changed(claim, write(named("2019"), made)), "town.xlsx")
    assert back.filing.edition == "2019"
    assert {ref: entry.value for ref, entry in back.filing.entries.items()} == values(made)
    with speaking("en"):
        (found,) = [each for each in check(back).findings if each.rule == "form-edition"]
        assert str(found.message) == "the workbook was made as edition 2021 and holds the tables of edition 2019"


def test_a_line_of_the_provinces_own_is_not_counted_and_said() -> None:
    def add(book: Any) -> None:
        sheet = book["表二"]
        for area in [str(each) for each in sheet.merged_cells.ranges]:
            sheet.unmerge_cells(area)
        sheet.insert_rows(8)
        sheet["A8"], sheet["B8"], sheet["C8"], sheet["D8"] = "其他主动公开文件", 11, 12, 13

    back = read(changed(add), "town.xlsx")
    assert same(back)
    assert {"form-moved", "form-unplaced"} <= set(rules(back))


def test_a_sheet_whose_last_rows_and_columns_are_empty_is_read_as_blank() -> None:
    """A program that saves no empty cells makes the grid smaller than the form."""

    def clear(book: Any) -> None:
        for row in book["表四"]["A7:O7"]:
            for cell in row:
                cell.value = None
        for (cell,) in book["表三"]["J7:J31"]:
            cell.value = None

    back = read(changed(clear), "town.xlsx")
    assert back.found == 200
    assert back.filing.entries["disputes/cases/review.upheld"].value is None
    assert {"form-empty", "totals-blank"} <= set(rules(back))


def test_a_blank_workbook_is_read_as_blank() -> None:
    back = read(write(EDITION, blank(EDITION, 2023, Unit("甲镇"))), "blank.xlsx")
    assert back.found == 200
    assert all(back.filing.entries[ref].value is None for ref in EDITION.entries)
    assert [each.rule for each in check(back).findings if each.level == "error"] == ["form-empty"] * 3


def _truncated() -> bytes:
    return WRITTEN[: len(WRITTEN) // 2]


REFUSED = {
    "binary": (rebuilt(lambda name, part: part).replace(b"xl/workbook.xml", b"xl/workbook.bin"), "save it as .xlsx"),
    "empty": (b"", "the file is empty"),
    "text": ("只是一段文字".encode(), "not a workbook"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
    "pdf": (b"%PDF-1.7 ...", "a PDF"),
    "page": (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
    "truncated": (_truncated(), "damaged or cut off"),
    "archive": (rebuilt(lambda name, part: part).replace(b"xl/", b"xx/"), "an archive"),
    "half a directory": (WRITTEN[:-30], "damaged or cut off"),
    "broken sheet": (rebuilt(lambda name, part: part[:200] if "sheet3" in name else part), "damaged or cut off"),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged or cut off"),
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_workbook_is_refused_in_one_sentence_with_name_and_remedy(case: str) -> None:
    content, said = REFUSED[case]
    with speaking("en"), pytest.raises(Unreadable) as refused:
        read(content, "town.xlsx")
    with speaking("en"):
        assert str(refused.value).startswith("town.xlsx: ")
        assert said in str(refused.value)


def _without_our_sheets(book: Any) -> None:
    for name in book.sheetnames[1:]:
        del book[name]
    book.worksheets[0].title = "通讯录"
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value = None
    for name in list(book.defined_names):
        del book.defined_names[name]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]


def test_a_workbook_without_a_sheet_of_the_form_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(changed(_without_our_sheets), "town.xlsx")
    with speaking("en"):
        assert "no table of the form" in str(refused.value.sentence)


def test_a_workbook_that_says_no_year_is_refused_until_it_is_given() -> None:
    def anonymous(book: Any) -> None:
        for name in ("xls", "封面", "文字", "说明"):
            del book[name]
        for name in list(book.defined_names):
            del book.defined_names[name]
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
        for name in ("表二", "表三", "表四"):
            book[name]["A2"] = None
            for cell in book[name][2]:
                if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    cell.value = None

    content = changed(anonymous)
    with pytest.raises(Unreadable, match="--year"):
        read(content, "town.xlsx")
    back = read(content, "town.xlsx", year=2023, unit="甲镇")
    assert same(back)
    assert (back.filing.year, back.filing.unit.name) == (2023, "甲镇")


def test_an_unknown_edition_is_refused() -> None:
    def claim(book: Any) -> None:
        book["xls"]["B1"] = "2031"

    with pytest.raises(Unreadable, match="2031"):
        read(changed(claim), "town.xlsx")


def _far(name: str, part: bytes) -> bytes:
    """A cell typed into at the very end of a sheet, as a slip of Ctrl+End does."""
    if "sheet3" not in name:
        return part
    part = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', part)
    return part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def test_a_stray_cell_at_the_end_of_a_sheet_is_refused_and_does_not_end_the_process() -> None:
    with speaking("en"), pytest.raises(Unreadable, match="a stray cell far outside"):
        read(rebuilt(_far), "town.xlsx")


def test_a_sheet_that_only_claims_to_be_large_is_read() -> None:
    large = b'<dimension ref="A1:XFD1048576"/>'
    assert same(read(rebuilt(lambda name, part: re.sub(rb'<dimension ref="[^"]*"/>', large, part)), "town.xlsx"))


def half(kind: str) -> bytes:
    """A half-filled workbook, as we write it or as LibreOffice saves it."""
    return HALF if kind == "ours" else SAVED("half", kind)


@pytest.mark.parametrize("kind", ["ours", "xlsx", "ods", "xls"])
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(kind: str) -> None:
    chance = random.Random(kind)
    whole = half(kind)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        for content in (bytes(damaged), whole[: chance.randrange(len(whole))]):
            with contextlib.suppress(Unreadable):
                check(read(content, "town"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", ["ours", "xlsx", "ods"])
def test_a_workbook_with_a_damaged_part_is_read_or_refused_and_nothing_else(kind: str) -> None:
    with zipfile.ZipFile(io.BytesIO(half(kind))) as archive:
        parts = archive.namelist()
    for victim in parts:
        for change in (lambda part: part[: len(part) // 2], lambda part: b"", lambda part: part.replace(b"/", b"<", 9)):
            damaged = rebuilt(lambda name, part: change(part) if name == victim else part, half(kind))  # noqa: B023
            with contextlib.suppress(Unreadable):
                check(read(damaged, "town"))


def test_macros_are_never_run_but_the_workbook_is_read() -> None:
    content = rebuilt(
        lambda name, part: part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
    )
    assert same(read(content, "town.xlsm"))


def test_the_kind_is_told_by_content_not_by_name() -> None:
    assert same(read(SAVED("whole", "xls"), "town.et"))


def test_a_total_typed_over_in_xls_is_told_from_a_formula() -> None:
    back = read(SAVED("typed over", "xls"), "town.xls")
    assert [(each.rule, each.left) for each in check(back).findings if each.level == "error"] == [
        ("requests-total", 99)
    ]


def test_a_total_whose_lines_were_not_read_is_what_is_shown_or_not_read_and_never_their_sum() -> None:
    """Without its lines nobody knows what it is, nor whether its formula is right."""
    back = read(changed(lambda book: book["表三"].delete_cols(6)), "town.xlsx")  # formulas without values
    lost = {ref for ref in MADE.entries if ref.startswith("requests/") and "research" in ref}
    assert lost
    assert not lost & back.filing.entries.keys()
    figures = named("2021").figures
    across = [ref for ref, each in figures.items() if each.kind == "total" and lost & set(each.parts)]
    assert len(across) > 20
    assert not [ref for ref in across if ref in back.filing.entries]
    assert not any(cell.ref in across for each in check(back).findings for cell in each.cells)


def test_every_line_that_is_not_taken_is_named() -> None:
    found = check(read(changed(pushed_in), "town.xlsx")).findings
    said = "".join(str(each.message) for each in found)
    lines = [row.label for row in named("2021").table("requests").rows if row.kind == "entry"]
    assert [each for each in lines if each not in said] == []
    assert not [each for each in found if "=SUM()" in str(each.remedy)]
