"""Packages as some programs write them: found, read, marked and filled in like any other."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tests.filings import agree, filing, reading
from tests.office import resaved
from toolkit.form.edition import named
from toolkit.ground.errors import Unreadable
from toolkit.intake.workbook import read
from toolkit.rules import check
from toolkit.workbook.fill_blanks import blanks, zeroed
from toolkit.workbook.mark import mark
from toolkit.workbook.mark_files import mark_files
from toolkit.workbook.write import write

MADE = filing("2021", {"requests/carried_in/person": None, "documents/normative/issued": 3})
WRITTEN = write(named("2021"), MADE)

Parts = dict[str, bytes]


def parts(content: bytes) -> Parts:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {each.filename: archive.read(each) for each in archive.infolist()}


def packed(given: Parts) -> bytes:
    """A package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, said in given.items():
            archive.writestr(name, said)
    return out.getvalue()


def backslashes(given: Parts) -> Parts:
    return {name.replace("/", "\\"): said for name, said in given.items()}


def another_book(given: Parts) -> Parts:
    names = {"xl/workbook.xml": "xl/workbook2.xml", "xl/_rels/workbook.xml.rels": "xl/_rels/workbook2.xml.rels"}
    return {
        names.get(name, name): said.replace(b"xl/workbook.xml", b"xl/workbook2.xml")
        if name in ("[Content_Types].xml", "_rels/.rels")
        else said
        for name, said in given.items()
    }


def module_sheet(given: Parts) -> Parts:
    added = b'<sheets><sheet name="modMain" sheetId="99" state="veryHidden" r:id=""/>'
    return {**given, "xl/workbook.xml": given["xl/workbook.xml"].replace(b"<sheets>", added)}


def no_styles(given: Parts) -> Parts:
    kept = {name: said for name, said in given.items() if name != "xl/styles.xml"}
    for name, tag in (("xl/_rels/workbook.xml.rels", b"Relationship"), ("[Content_Types].xml", b"Override")):
        kept[name] = re.sub(rb"<" + tag + rb'[^>]*"[^"]*styles\.xml"[^>]*/>', b"", kept[name])
    return kept


def picture_in_the_header(given: Parts) -> Parts:
    sheet = given["xl/worksheets/sheet3.xml"]
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" '
        b'Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    )
    vml = b'<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    return {
        **given,
        "xl/worksheets/sheet3.xml": sheet.replace(b"</worksheet>", b'<legacyDrawingHF r:id="rId1"/></worksheet>'),
        "xl/worksheets/_rels/sheet3.xml.rels": rels,
        "xl/drawings/vmlDrawing1.vml": b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="CH"/></xml>',
        "[Content_Types].xml": given["[Content_Types].xml"].replace(b"<Override", vml + b"<Override", 1),
    }


def other_case(given: Parts) -> Parts:
    return {name.replace("worksheets/sheet3", "worksheets/Sheet3"): said for name, said in given.items()}


KINDS = (backslashes, another_book, module_sheet, no_styles, picture_in_the_header, other_case)


@pytest.mark.parametrize("kind", KINDS)
def test_a_package_of_any_make_is_read_marked_and_filled_in(kind: Callable[[Parts], Parts]) -> None:
    content = packed(kind(parts(WRITTEN)))
    back = read(content, "a.xlsx")
    agree(back, MADE)
    checked = check(back)
    marked = mark(content, "a.xlsx", checked)
    again = check(read(marked, "a.xlsx"))
    assert [each.message for each in again.findings] == [each.message for each in checked.findings]
    agree(read(mark(marked, "a.xlsx", again), "a.xlsx"), MADE)
    for name, said in parts(marked).items():
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(said)
    found = blanks(content, "a.xlsx")
    assert list(found.cells) == ["requests/carried_in/person"]
    filled = read(zeroed(content, "a.xlsx", found), "a.xlsx").filing
    assert filled.entries["requests/carried_in/person"].value == 0


def test_comments_have_a_drawing_of_their_own_beside_the_header_s() -> None:
    before = picture_in_the_header(parts(WRITTEN))
    after = parts(mark(packed(before), "a.xlsx", check(read(packed(before), "a.xlsx"))))
    assert after["xl/drawings/vmlDrawing1.vml"] == before["xl/drawings/vmlDrawing1.vml"]
    sheet = after["xl/worksheets/sheet3.xml"].decode()
    (own,) = re.findall(r'<legacyDrawing r:id="(\w+)"', sheet)
    (header,) = re.findall(r'<legacyDrawingHF r:id="(\w+)"', sheet)
    assert own != header
    assert b"Row>7<" in after["xl/drawings/vmlDrawing2.vml"]


def test_cells_without_looks_stay_plain_where_a_part_of_looks_is_made() -> None:
    content = packed(no_styles(parts(WRITTEN)))
    styles = etree.fromstring(parts(mark(content, "a.xlsx", check(read(content, "a.xlsx"))))["xl/styles1.xml"])
    cells = re.findall(rb'<c r="\w+" s="(\d+)"', parts(content)["xl/worksheets/sheet3.xml"])
    formats = styles.find("{*}cellXfs")
    assert formats is not None
    assert {formats[int(each)].get("fillId") for each in cells} == {"0"}


def test_formulas_without_values_in_cells_without_addresses_are_left_alone() -> None:
    given = parts(WRITTEN)
    name = "xl/worksheets/sheet3.xml"
    part = re.sub(rb'<c r="D8"( s="\d+")?/>', rb'<c r="D8"\1><f>1-1</f></c>', given[name])
    content = packed({**given, name: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", part)})
    found = blanks(content, "a.xlsx")
    assert "requests/carried_in/person" not in found.cells
    assert [each.rule for each in check(read(content, "a.xlsx")).findings if each.level == "error"] == ["entries-text"]


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_another_kind_named_xlsx_is_rebuilt_to_be_marked(ending: str, tmp_path: Path) -> None:
    source = tmp_path / "source.xlsx"
    source.write_bytes(WRITTEN)
    path = tmp_path / "town.xlsx"
    path.write_bytes(resaved(source, ending, tmp_path / "out").read_bytes())
    marked = mark_files(
        [(check(read(path.read_bytes(), str(path))), path.read_bytes)], tmp_path / "marked", force=False
    )
    assert not marked.refused
    assert [each.name for each in marked.written] == ["town.xlsx"]
    agree(read(marked.written[0].read_bytes(), "town.xlsx"), MADE)


def test_an_encrypted_workbook_may_open_without_being_asked() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Unreadable, match=r"if it asks|要密码就输入"):
        read(content, "a.xlsx")
    assert reading(MADE).found == 200
