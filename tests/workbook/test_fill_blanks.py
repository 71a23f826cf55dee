"""Empty entry cells are found, and become 0 with nothing else changed: not in the sheet, not in the package."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from tests import office
from tests.filings import filing, typed, values, write
from tests.sessions import run
from tests.workbook.test_mark import answered
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.ground.errors import NotWritten, Unreadable
from toolkit.intake.workbook import read
from toolkit.model.filing import Filing, Unit
from toolkit.workbook.fill_blanks import blanks, zeroed
from toolkit.workbook.inplace.cells import written
from toolkit.workbook.write import blank

BEGUN = {
    "requests/done.partial/person": None,
    "requests/carried_out/org.other": None,
    "disputes/cases/suit.direct.other": None,
}
SHEET = "xl/worksheets/sheet3.xml"


def _begun(edition: str = "2021") -> tuple[Filing, bytes]:
    made = typed(filing(edition), BEGUN)
    return made, write(named(edition), made)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def _with(content: bytes, changes: dict[str, bytes]) -> bytes:
    """A package with some of its parts replaced, or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (_parts(content) | changes).items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _cells(sheet: bytes) -> dict[str, tuple[dict[str, str], list[tuple[str, str | None]]]]:
    root: Any = etree.fromstring(sheet)
    return {
        cell.get("r"): (dict(cell.attrib), [(etree.QName(each).localname, each.text) for each in cell])
        for cell in root.iter("{*}c")
    }


def _without_zeros(sheet: bytes) -> bytes:
    """The part of a sheet in its canonical form, without the zeros that somebody entered."""
    root: Any = etree.fromstring(sheet)
    for zero in root.xpath("//*[local-name()='c' and not(*[local-name()='f'])]/*[.='0']"):
        zero.getparent().remove(zero)
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_empty_entry_cells_and_no_totals_are_found(edition: str) -> None:
    made = typed(filing(edition), {**BEGUN, "requests/received/total": None})
    found = blanks(write(named(edition), made), "a.xlsx")
    assert set(found.cells) == set(BEGUN)
    assert (found.whole, found.left, found.absent, found.doubts) == (frozenset(), {}, 0, ())


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_filled_in_they_are_zeros_and_every_other_figure_is_as_it_was(edition: str) -> None:
    made, content = _begun(edition)
    after = read(zeroed(content, "a.xlsx", blanks(content, "a.xlsx")), "a.xlsx")
    assert values(after.filing) == {**values(made), **dict.fromkeys(BEGUN, 0)}
    assert after.filing.texts == made.texts


def test_no_other_part_and_no_other_cell_of_the_package_differs() -> None:
    made, content = _begun()
    before, after = _parts(content), _parts(zeroed(content, "a.xlsx", blanks(content, "a.xlsx")))
    assert list(after) == list(before)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"}
    places = layout(named(made.edition)).places
    for name in changed:
        was, now = _cells(before[name]), _cells(after[name])
        assert list(was) == list(now)
        assert {cell for cell in was if was[cell] != now[cell]} <= {places[ref].cell for ref in BEGUN}
        for cell in was:
            if was[cell] != now[cell]:
                assert now[cell] == (was[cell][0], [("v", "0")])  # the style is kept
        assert _without_zeros(before[name]) == _without_zeros(after[name])


def test_a_table_that_is_not_filled_in_at_all_is_named_and_filled() -> None:
    stated = named("2021")
    content = write(stated, blank(stated, 2023, Unit("甲镇")))
    found = blanks(content, "a.xlsx")
    assert tuple(found.cells) == stated.entries
    assert found.whole == {"表二", "表三", "表四"}
    after = read(zeroed(content, "a.xlsx", found), "a.xlsx").filing
    assert set(map(str, values(after).values())) == {"0"}
    assert blanks(zeroed(content, "a.xlsx", found), "a.xlsx").cells == {}


def test_libreoffice_reads_the_zeros_and_its_sums_are_the_stored_ones(tmp_path: Path) -> None:
    made, content = _begun()
    (tmp_path / "filled.xlsx").write_bytes(zeroed(content, "a.xlsx", blanks(content, "a.xlsx")))
    (tmp_path / "out").mkdir()
    again = office.resaved(tmp_path / "filled.xlsx", "xlsx", tmp_path / "out")
    known = read(again.read_bytes(), "a.xlsx")
    assert known.findings == ()
    assert values(known.filing) == {**values(made), **dict.fromkeys(BEGUN, 0)}


def test_a_file_that_libreoffice_saved_is_filled_too(tmp_path: Path) -> None:
    made, content = _begun()
    (tmp_path / "a.xlsx").write_bytes(content)
    (tmp_path / "out").mkdir()
    saved = office.resaved(tmp_path / "a.xlsx", "xlsx", tmp_path / "out").read_bytes()
    found = blanks(saved, "a.xlsx")
    assert set(found.cells) == set(BEGUN)
    filled = zeroed(saved, "a.xlsx", found)
    assert values(read(filled, "a.xlsx").filing) == {**values(made), **dict.fromkeys(BEGUN, 0)}
    was, now = _parts(saved), _parts(filled)
    assert {name for name in was if was[name] != now[name]} == {"xl/worksheets/sheet3.xml", "xl/worksheets/sheet4.xml"}


def test_a_cell_and_a_row_that_have_no_element_are_put_in_where_they_belong() -> None:
    made, content = _begun()
    places = layout(named("2021")).places
    root: Any = etree.fromstring(_parts(content)[SHEET])
    for cell in list(root.iter("{*}c")):
        if cell.get("r") in (
            places["requests/done.partial/person"].cell,
            places["requests/carried_out/org.other"].cell,
        ):
            cell.getparent().remove(cell)
    thin = _with(content, {SHEET: etree.tostring(root)})
    after = zeroed(thin, "a.xlsx", blanks(thin, "a.xlsx"))
    assert values(read(after, "a.xlsx").filing) == {**values(made), **dict.fromkeys(BEGUN, 0)}
    assert list(_cells(_parts(after)[SHEET])) == list(_cells(_parts(content)[SHEET]))


def test_a_new_cell_takes_the_style_of_its_row_or_column_and_the_sheet_reaches_to_it() -> None:
    xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="B2:C4"/>'
        b'<cols><col min="4" max="5" width="9" style="7"/></cols><sheetData><row r="2" spans="2:3"><c r="B2"/>'
        b'<c r="C2"/></row><row r="4" s="3" customFormat="1"><c r="C4" t="s" s="2"><v>0</v></c></row></sheetData>'
        b"</worksheet>"
    )
    _, content = _begun()
    zeros = dict.fromkeys([(1, 4), (2, 0), (3, 3), (3, 2)], 0)
    after = _parts(written(_with(content, {SHEET: xml}), "a.xlsx", {"表三": zeros}))
    cells = _cells(after[SHEET])
    assert list(cells) == ["B2", "C2", "E2", "A3", "C4", "D4"]
    assert cells["E2"] == ({"r": "E2", "s": "7"}, [("v", "0")])
    assert cells["A3"] == ({"r": "A3"}, [("v", "0")])
    assert cells["C4"] == ({"r": "C4", "s": "2"}, [("v", "0")])
    assert cells["D4"] == ({"r": "D4", "s": "3"}, [("v", "0")])
    assert b'<dimension ref="A2:E4"/>' in after[SHEET]
    assert b'spans="2:5"' in after[SHEET]


def test_rows_and_cells_without_addresses_follow_the_ones_before() -> None:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    xml = b"<worksheet " + space + b"><sheetData><row><c/><c/></row><row><c/><c/></row></sheetData></worksheet>"
    _, content = _begun()
    after = _parts(written(_with(content, {SHEET: xml}), "a.xlsx", {"表三": {(1, 1): 0}}))[SHEET]
    assert after.endswith(b"<row><c/><c/></row><row><c/><c><v>0</v></c></row></sheetData></worksheet>")


def test_in_a_layout_that_was_moved_the_zeros_stand_where_the_figures_do() -> None:
    made, content = _begun()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["表四"]
    for merged in list(sheet.merged_cells.ranges):
        merged.shift(0, 2)
    sheet.insert_rows(1, 2)
    buffer = io.BytesIO()
    book.save(buffer)
    moved = buffer.getvalue()
    found = blanks(moved, "a.xlsx")
    assert set(found.cells) == set(BEGUN)
    assert found.doubts
    place = layout(named("2021")).places["disputes/cases/suit.direct.other"]
    assert found.cells["disputes/cases/suit.direct.other"].origin.cell == place._replace(row=place.row + 2).cell
    after = read(zeroed(moved, "a.xlsx", found), "a.xlsx").filing
    assert values(after) == {**values(made), **dict.fromkeys(BEGUN, 0)}


def test_a_formula_that_gives_nothing_and_a_cell_under_a_merged_one_are_left() -> None:
    _, content = _begun()
    book = openpyxl.load_workbook(io.BytesIO(content))
    places = layout(named("2021")).places
    book["表三"][places["requests/done.partial/person"].cell] = '=""'
    place = places["disputes/cases/suit.direct.other"]
    book["表四"].merge_cells(None, place.row, place.column + 1, place.row + 1, place.column + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    found = blanks(buffer.getvalue(), "a.xlsx")
    assert "requests/done.partial/person" not in found.cells
    assert "disputes/cases/suit.direct.other" not in found.cells
    assert "disputes/cases/suit.direct.other" in found.left
    assert "requests/carried_out/org.other" in found.cells


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_another_kind_of_workbook_gives_a_new_xlsx_beside_it(ending: str, tmp_path: Path) -> None:
    made, content = _begun()
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / "甲 镇（报）.xlsx").write_bytes(content)
    other = office.resaved(tmp_path / "begun" / "甲 镇（报）.xlsx", ending, tmp_path)
    before, new = other.read_bytes(), other.with_suffix(".xlsx")
    command = f"xls fill-blanks '{other.name}' --zero --yes"
    done = run(command, tmp_path, language="en")
    assert done.returncode == 0, done.stderr
    assert f"{other.name}: 3 entry cells are empty" in done.stdout
    assert f"{other.name}: no .xlsx, so its figures and texts were put into a new workbook" in done.stderr
    assert f"{new.name}: 0 was written into 3 cells" in done.stderr
    assert other.read_bytes() == before
    filled = read(new.read_bytes(), "a.xlsx").filing
    assert values(filled) == {**values(made), **dict.fromkeys(BEGUN, 0)}
    assert (filled.texts, filled.unit) == (made.texts, made.unit)
    once = new.read_bytes()
    again = run(command, tmp_path, language="en")
    assert (again.returncode, new.read_bytes() == once) == (3, True), "somebody else's .xlsx is not replaced"
    assert run(command + " --force", tmp_path, language="en").returncode == 0


def test_a_marked_copy_of_another_kind_keeps_its_answers(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(_begun()[1])
    assert run("xls check a.xlsx --mark marked", tmp_path).returncode == 0
    marked = tmp_path / "marked" / "a.xlsx"
    marked.write_bytes(answered(marked.read_bytes(), "本年没有发生，经办人核过台账", "entries-blank"))
    other = office.resaved(marked, "ods", tmp_path)
    done = run(f"xls fill-blanks {other.name} --zero --yes", tmp_path, language="en")
    assert done.returncode == 3
    assert "save it as .xlsx in Excel, WPS or LibreOffice first" in done.stderr


def test_a_signed_workbook_and_what_is_none_are_refused(english: None) -> None:
    _, content = _begun()
    with pytest.raises(NotWritten, match="signature"):
        blanks(_with(content, {"_xmlsignatures/sig1.xml": b"<Signature/>"}), "a.xlsx")
    with pytest.raises(Unreadable):
        blanks(b"{}", "a.json")


def test_the_command_shows_the_cells_and_writes_them_with_yes(tmp_path: Path) -> None:
    made, content = _begun()
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    file.chmod(0o640)
    done = run("xls fill-blanks a.xlsx --zero --yes", tmp_path, language="en")
    assert done.returncode == 0, done.stderr
    places = layout(named("2021")).places
    assert "a.xlsx: 3 entry cells are empty" in done.stdout
    for ref in BEGUN:
        assert f"{named('2021').figures[ref].column.name} {places[ref].cell}" in done.stdout.replace("\n", "")
    assert "0 was written into 3 cells" in done.stderr
    assert values(read(file.read_bytes(), "a.xlsx").filing) == {**values(made), **dict.fromkeys(BEGUN, 0)}
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
    once = file.read_bytes()
    again = run("xls fill-blanks a.xlsx --zero --yes", tmp_path, language="en")
    assert (again.returncode, again.stdout) == (0, "a.xlsx: no entry cell is empty\n")
    assert file.read_bytes() == once


def test_nobody_to_ask_and_no_zero_are_wrong_use_and_change_nothing(tmp_path: Path) -> None:
    content = _begun()[1]
    (tmp_path / "a.xlsx").write_bytes(content)
    for command, said in (("--zero", "there is nobody to ask"), ("--yes", "say what the blanks are")):
        done = run(f"xls fill-blanks a.xlsx {command}", tmp_path, language="en")
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    assert (tmp_path / "a.xlsx").read_bytes() == content


def _answered(answer: bytes, folder: Path) -> str:
    """What the command says on a terminal on which somebody types an answer."""
    ours, theirs = pty.openpty()
    start = "from toolkit.cli import main; main()"
    done = subprocess.Popen(
        [sys.executable, "-c", start, "fill-blanks", "a.xlsx", "--zero"],
        cwd=folder, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "XLS_LANG": "zh", "PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        os.write(ours, answer)
        said = done.communicate()[0].decode()
    finally:
        done.kill()
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 0, said
    return said


@pytest.mark.parametrize("answer", ["y\n", "YES\n", "是\n"])
def test_a_yes_at_the_prompt_writes(answer: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(_begun()[1])
    said = _answered(answer.encode(), tmp_path)
    assert re.search("3 格.*0", said)
    assert blanks((tmp_path / "a.xlsx").read_bytes(), "a.xlsx").cells == {}


@pytest.mark.parametrize("answer", [b"\n", b"n\n", b"\x04", b"yy\n"])
def test_anything_else_at_the_prompt_changes_nothing(answer: bytes, tmp_path: Path) -> None:
    content = _begun()[1]
    (tmp_path / "a.xlsx").write_bytes(content)
    said = _answered(answer, tmp_path)
    assert "Traceback" not in said
    assert (tmp_path / "a.xlsx").read_bytes() == content


def test_macros_and_the_protection_of_a_sheet_stay(tmp_path: Path) -> None:
    content = _with(_begun()[1], {"xl/vbaProject.bin": bytes(range(256)), "xl/comments1.xml": b"<comments/>"})
    (tmp_path / "a.xlsm").write_bytes(content)
    assert run("xls fill-blanks a.xlsm --zero --yes", tmp_path).returncode == 0
    was, now = _parts(content), _parts((tmp_path / "a.xlsm").read_bytes())
    assert {name for name in was if was[name] != now[name]} == {SHEET, "xl/worksheets/sheet4.xml"}
    assert b"<sheetProtection " in now[SHEET]


def test_a_file_that_changes_while_the_question_stands_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(_begun()[1])
    saved_meanwhile = write(named("2021"), filing("2021"))
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-c", "from toolkit.cli import main; main()", "fill-blanks", "a.xlsx", "--zero"],
        cwd=tmp_path, stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, "XLS_LANG": "en"},
    )  # fmt: skip
    assert done.stderr is not None
    try:
        asked = b""
        while not asked.endswith(b"[y/N] ") and (sign := done.stderr.read(1)):
            asked += sign
        file.write_bytes(saved_meanwhile)
        os.write(ours, b"y\n")
        said = done.communicate()[1].decode()
    finally:
        done.kill()
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 3
    assert "changed meanwhile" in said
    assert file.read_bytes() == saved_meanwhile
