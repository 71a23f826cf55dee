"""A workbook of ours is well-formed whatever a unit is called and whatever stands in its texts."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests import breadth
from tests.filings import filing, values
from tests.office import resaved_all
from toolkit.form.edition import named
from toolkit.intake import of_bytes
from toolkit.model.filing import Filing, Unit
from toolkit.workbook.write import write
from toolkit.workbook.write.book import LONGEST

ANY = st.text(st.characters(codec=None), max_size=40)
ODD = (
    "\ud800镇", "镇\udfff", "a\uffffb", "a\ufffeb", "a\x00\x01\x1b[31mb", "_x001B_", "=1+1", "'=1", "\u202e府政",
    "镇" * 40_000, "😀" * 20_000, "a\r\nb\tc", "]]>", "&amp;<b>", '"' * 300, "{=1}", "http://192.0.2.1/",
)  # fmt: skip


@pytest.mark.exhaustive
@settings(max_examples=breadth.of(15, usual=4), deadline=None)
@given(ANY, ANY)
def test_any_name_and_text_gives_a_workbook_that_opens(name: str, said: str) -> None:
    _opens(name, said)


@pytest.mark.exhaustive
@pytest.mark.parametrize("said", ODD, ids=[ascii(each[:12]) for each in ODD])
def test_odd_names_and_texts_give_a_workbook_that_opens(said: str) -> None:
    _opens(said, said)


@pytest.mark.exhaustive
def test_libreoffice_opens_them_too_and_saves_the_figures_as_they_were(tmp_path: Path) -> None:
    written = [tmp_path / f"{at}.xlsx" for at in range(len(ODD))]
    for path, said in zip(written, ODD, strict=True):
        path.write_bytes(write(named("2021"), _called(said, said)))
    for said, saved in zip(ODD, resaved_all(written, "xlsx", tmp_path / "out"), strict=True):
        assert values(of_bytes(saved.read_bytes(), saved.name).filing) == values(filing("2021")), ascii(said[:20])


def _called(name: str, said: str) -> Filing:
    base = filing("2021")
    unit = Unit(name, base.unit.code, base.unit.level)
    return dataclasses.replace(base, unit=unit, texts=dict.fromkeys(base.texts, said))


def _opens(name: str, said: str) -> None:
    made = _called(name, said)
    content = write(named(made.edition), made)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            etree.fromstring(archive.read(part))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert len(str(cell.value or "").encode("utf-16-le")) <= 2 * LONGEST
    assert values(of_bytes(content, "a.xlsx").filing) == values(made), "the figures are as they were"
