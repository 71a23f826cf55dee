"""The sheet of our own checks is known by its first cell, and not read; where a glance does not tell, it is read."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest

from tests.filings import filing
from toolkit.form.edition import named
from toolkit.ground import packing
from toolkit.ground.errors import NotWritten, Unreadable
from toolkit.ground.language import speaking
from toolkit.intake import of_bytes
from toolkit.intake.sources import Grid, bounds, glance
from toolkit.intake.sources.sheets import Workbook
from toolkit.intake.workbook import read
from toolkit.workbook.inplace.package import changed as editing
from toolkit.workbook.write import write

EDITION = named("2021")
WORDS = EDITION.wording.selfcheck
MADE = filing("2021")
OURS = write(EDITION, MADE)
RELATIONS = "xl/_rels/workbook.xml.rels"


def changed(name: str, was: bytes, put: bytes) -> bytes:
    """The workbook with other bytes in one part."""
    parts = []
    for part in packing.taken_apart(OURS):
        said = packing.unpacked(part)
        if part.entry.filename == name:
            assert was in said
            said = said.replace(was, put, 1)
        parts.append(packing.saying(part, said))
    return packing.packed(parts)


def test_the_sheet_that_nobody_reads_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    grid = Workbook.grid

    def watched(book: Workbook, name: str) -> Grid:
        asked.append(name)
        return grid(book, name)

    monkeypatch.setattr(Workbook, "grid", watched)
    assert not read(OURS, "town.xlsx").findings
    assert WORDS.sheet not in asked
    assert EDITION.wording.guide_sheet not in asked
    assert asked


def test_a_glance_says_what_reading_says_of_every_sheet() -> None:
    book, package = Workbook(OURS, "town.xlsx"), bounds.hold(OURS, "town.xlsx")
    parts = glance.sheets(package, book.names)
    for name in book.names:
        rows = book.rows(name)
        first = str(rows[0][0]) if rows and rows[0] else ""
        seen = True if first and isinstance(rows[0][0], str) else None
        assert glance.begins(package, parts[name], first) is seen, name
        assert glance.begins(package, parts[name], first + "?") is (None if seen is None else False), name


@pytest.mark.parametrize(
    ("part", "was", "put"),
    [
        ("xl/workbook.xml", b'<sheet name="', b'<sheet  state="visible" name="'),
        ("xl/sharedStrings.xml", b"<si>", b"<si ><t>before</t></si><si>"),
        ("xl/sharedStrings.xml", WORDS.title.encode(), b"_x%04X_" % ord(WORDS.title[0]) + WORDS.title[1:].encode()),
        ("xl/sharedStrings.xml", WORDS.title.encode(), b"<![CDATA[" + WORDS.title.encode() + b"]]>"),
        ("xl/worksheets/sheet6.xml", b'<c r="A1"', b'<c  r="A1"'),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet6.xml", b"/xl/worksheets/sheet6.xml"),
    ],
)
def test_what_is_written_otherwise_is_read(part: str, was: bytes, put: bytes) -> None:
    said = changed(part, was, put)
    book = Workbook(said, "town.xlsx")
    rows = book.rows(WORDS.sheet)
    fresh = Workbook(said, "town.xlsx")
    assert fresh.begins(WORDS.sheet, WORDS.title) is (str(rows[0][0]).strip() == WORDS.title)


def test_a_sheet_of_that_name_that_begins_otherwise_is_somebody_elses() -> None:
    book = Workbook(changed("xl/sharedStrings.xml", WORDS.title.encode(), "我的表".encode()), "town.xlsx")
    assert not book.begins(WORDS.sheet, WORDS.title)


def test_what_is_unpacked_once_is_what_was_packed_and_what_is_large_is_not_kept() -> None:
    package = bounds.hold(OURS, "town.xlsx")
    with zipfile.ZipFile(io.BytesIO(OURS)) as archive:
        for name in archive.namelist():
            assert package.part(name) == archive.read(name)
            assert package.begun(name, 100) == archive.read(name)[:100]
        large = {each.filename for each in archive.infolist() if each.file_size > bounds._SMALL}
        assert large
        sheets = {name for name in archive.namelist() if name.startswith("xl/worksheets/")}
        assert package.later == sheets
        assert package.parts.keys() == set(archive.namelist()) - large - sheets


def opened(content: bytes) -> set[str]:
    """The sheets of a workbook that were not looked at when it was opened."""
    book = Workbook(content, "town.xlsx")
    assert book._package is not None
    return book._package.later


def test_a_sheet_is_held_to_the_limits_before_it_is_read_and_one_that_nobody_reads_is_not() -> None:
    end, stray = b"</sheetData>", b'<row r="9999"><c r="XFD9999"><v>1</v></c></row></sheetData>'
    far = changed("xl/worksheets/sheet2.xml", end, stray)
    book = Workbook(far, "town.xlsx")
    assert book.rows("封面")
    with speaking("en"), pytest.raises(Unreadable) as refused:
        book.grid(book.names[1])
    with speaking("en"):
        assert "stray cell far outside" in str(refused.value.sentence)
    own = changed("xl/worksheets/sheet6.xml", end, stray)
    assert of_bytes(own, "town.xlsx").filing == of_bytes(OURS, "town.xlsx").filing
    with pytest.raises(NotWritten) as refused_to_edit, editing(own, "town.xlsx"):
        pass
    assert refused_to_edit.value.sentence == refused.value.sentence


@pytest.mark.parametrize(
    ("part", "was", "put"),
    [
        ("xl/workbook.xml", b"<sheets>", b"<sheets><!-- -->"),
        ("xl/workbook.xml", b"<sheet name=", b"<sheet\tname="),
        ("xl/workbook.xml", b' r:id="rId1"', b" r:id='rId1'"),
        ("xl/workbook.xml", b' r:id="rId1"', b' a:id="rId2" r:id="rId1"'),
        ("xl/workbook.xml", b"<sheets>", b'<sheets><x:sheet xmlns:x="u" name="x" r:id="rId1"/>'),
        (RELATIONS, b"<Relationship ", b'<Relationship Id="rId1" Target="worksheets/sheet2.xml"/><Relationship '),
        (RELATIONS, b"<Relationship ", b"<Relationship\n"),
        (RELATIONS, b' Id="rId1"', b" Id='rId1'"),
        (RELATIONS, b"?>", b"?><?x <Relationship ?>"),
    ],
)
def test_where_another_reader_might_find_other_sheets_all_are_held_at_once(part: str, was: bytes, put: bytes) -> None:
    assert "xl/worksheets/sheet6.xml" in opened(OURS)
    said = changed(part, was, put)
    with contextlib.suppress(Unreadable):  # python-calamine may not take it; all was held before it was asked again
        assert opened(said) == set()


@pytest.mark.parametrize(
    "target", [b"worksheets/SHEET6.xml", b"worksheets/../worksheets/sheet6.xml", b"other/sheet6.xml"]
)
def test_a_sheet_to_which_nothing_leads_plainly_is_held_at_once(target: bytes) -> None:
    said = changed(RELATIONS, b"worksheets/sheet6.xml", target)
    with contextlib.suppress(Unreadable):
        assert "xl/worksheets/sheet6.xml" not in opened(said)
