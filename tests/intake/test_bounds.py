"""How far the cells of a sheet reach is counted at once where it is written as Excel writes it, else cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from tests.filings import filing, write
from toolkit.form.edition import named
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import speaking
from toolkit.intake.sources import bounds

OURS = write(named("2021"), filing("2021"))
HEAD = b'<worksheet xmlns="http://x" xmlns:r="http://r"><sheetData>'
NEAR = HEAD + b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'


def sheets() -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(OURS)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield package.read(name)


def test_no_sheet_of_ours_is_looked_through_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(xml: bytes) -> tuple[int, int]:
        raise AssertionError(xml[:200])

    monkeypatch.setattr(bounds, "_slowly", never)
    bounds.hold(OURS, "town.xlsx")
    assert bounds._of_sheet(NEAR) == (999, 702)


def test_counting_at_once_and_cell_by_cell_hold_the_same_sheets() -> None:
    for xml in sheets():
        rows, columns = bounds._slowly(xml)
        most = bounds._of_sheet(xml)
        assert 0 < rows <= most[0]
        assert 0 < columns <= most[1]


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="XFD1048576"><v>1</v></c>',
        b'<c s="1" r="XFD1048576"><v>1</v></c>',
        b'<c x:r="A1" r="XFD1048576"><v>1</v></c>',
        b'<c xmlns:r="A1" r="XFD1048576"><v>1</v></c>',
        b'<x:c r="XFD1048576"><v>1</v></x:c>',
        b"<c\tr='XFD1048576'><v>1</v></c>",
    ],
)
def test_a_cell_far_away_is_seen_however_it_is_written(cell: bytes) -> None:
    assert bounds._of_sheet(NEAR.replace(b"</row>", cell + b"</row>")) == (1048576, 16384)


def test_a_second_address_in_another_name_space_is_not_passed_over() -> None:
    xml = NEAR.replace(b'<c r="A1">', b'<c r="A1" x:r="XFD1048576">')
    assert bounds._of_sheet(xml) == bounds._slowly(xml) != (999, 702)


def test_a_sheet_with_a_cell_far_away_is_refused() -> None:
    with speaking("en"), pytest.raises(Unreadable, match="a stray cell far outside"):
        bounds._hold((1048576, 16384), "town.xlsx")
