"""The sheet of our own checks is known by its first cell, and not read; where a glance does not tell, it is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.filings import filing
from toolkit.form.edition import named
from toolkit.ground import packing
from toolkit.intake.sources import Grid, bounds, glance
from toolkit.intake.sources.sheets import Workbook
from toolkit.intake.workbook import read
from toolkit.workbook.write import write

EDITION = named("2021")
WORDS = EDITION.wording.selfcheck
MADE = filing("2021")
OURS = write(EDITION, MADE)


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
    assert asked


def test_a_glance_says_what_reading_says_of_every_sheet() -> None:
    book, package = Workbook(OURS, "town.xlsx"), bounds.hold(OURS, "town.xlsx")
    for name in book.names:
        rows = book.rows(name)
        first = str(rows[0][0]) if rows and rows[0] else ""
        assert glance.begins(package, name, first) is (bool(first) and isinstance(rows[0][0], str)), name
        assert not glance.begins(package, name, first + "?")


@pytest.mark.parametrize(
    ("part", "was", "put"),
    [
        ("xl/workbook.xml", b'<sheet name="', b'<sheet  state="visible" name="'),
        ("xl/sharedStrings.xml", b"<si>", b"<si ><t>before</t></si><si>"),
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
        assert package.parts.keys() == set(archive.namelist()) - large
