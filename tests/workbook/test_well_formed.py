"""A workbook of ours is well-formed whatever a unit is called and whatever stands in its texts."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.filings import filing, values
from toolkit.form.edition import named
from toolkit.intake import of_bytes
from toolkit.model.filing import Unit
from toolkit.workbook.write import write
from toolkit.workbook.write.book import LONGEST

ANY = st.text(st.characters(codec=None), max_size=40)
ODD = (
    "\ud800镇", "镇\udfff", "a\uffffb", "a\ufffeb", "a\x00\x01\x1b[31mb", "_x001B_", "=1+1", "'=1", "\u202e府政",
    "镇" * 40_000, "😀" * 20_000, "a\r\nb\tc", "]]>", "&amp;<b>", '"' * 300, "{=1}", "http://192.0.2.1/",
)  # fmt: skip


@pytest.mark.exhaustive
@settings(max_examples=15, deadline=None)
@given(ANY, ANY)
def test_any_name_and_text_gives_a_workbook_that_opens(name: str, said: str) -> None:
    _opens(name, said)


@pytest.mark.exhaustive
@pytest.mark.parametrize("said", ODD, ids=[ascii(each[:12]) for each in ODD])
def test_odd_names_and_texts_give_a_workbook_that_opens(said: str) -> None:
    _opens(said, said)


def _opens(name: str, said: str) -> None:
    base = filing("2021")
    made = dataclasses.replace(
        base, unit=Unit(name, base.unit.code, base.unit.level), texts=dict.fromkeys(base.texts, said)
    )
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
