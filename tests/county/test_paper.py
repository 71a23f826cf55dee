"""A county's sheets on paper, as LibreOffice prints them: A4, heads on every page, no page without figures."""

from __future__ import annotations

import dataclasses
import io
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from tests.county.test_merge import delivered, merged_of, town, unit
from tests.office import resaved
from toolkit.county.letters import Sender
from toolkit.county.merge import merge
from toolkit.county.post import state_of
from toolkit.form.edition import named
from toolkit.ground.language import speaking
from toolkit.model.filing import Unit
from toolkit.model.ledger import Member
from toolkit.workbook.write import write

FORM = named("2021")
A4 = {595, 842}
COUNTY = FORM.wording.county


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """The pages of a county of 45 units: the sheet each is of, and its words."""
    folder = tmp_path_factory.mktemp("paper")
    with speaking("zh"):
        merged = merged_of(*(town(n, 1000 * n) for n in range(45)))
    assert merged.filing is not None
    (folder / "c.xlsx").write_bytes(write(FORM, merged.filing, None, merged))
    pages = []
    with pdfplumber.open(resaved(folder / "c.xlsx", "pdf", folder / "out")) as made:
        for page in made.pages:
            assert {round(page.width), round(page.height)} == A4
            words = page.extract_text()
            pages.append((words.splitlines()[-1].split()[0], words))
    return pages


def test_a_file_s_name_fits_its_cell_on_the_ledger() -> None:
    merged = merge([delivered(dataclasses.replace(town(0), source="in/" + "长" * 40 + ".xlsx"))], Unit("县"))
    assert merged.filing is not None
    book = openpyxl.load_workbook(io.BytesIO(write(FORM, merged.filing, None, merged)))
    (cell,) = [cell for row in book[COUNTY.ledger] for cell in row if str(cell.value).endswith(".xlsx")]
    assert cell.hyperlink is not None
    assert cell.alignment.shrink_to_fit


@pytest.mark.exhaustive
def test_a_county_of_45_units_is_few_pages_and_none_is_empty(printed: list[tuple[str, str]]) -> None:
    of = Counter(sheet for sheet, _ in printed)
    assert of[COUNTY.sources] <= 8
    assert of[COUNTY.ledger] <= 2
    assert (of[COUNTY.key], of[COUNTY.adjustments], of[COUNTY.charts]) == (1, 1, 1)
    for sheet, words in printed:
        assert len(words) > 60 or sheet == FORM.wording.texts_sheet  # boxes to write into


def test_every_page_of_the_sources_names_its_units_and_figures(printed: list[tuple[str, str]]) -> None:
    for sheet, words in printed:
        if sheet == COUNTY.sources:
            assert all(unit(n).name in words for n in range(45))
            assert COUNTY.sources_heads[0] in words
            assert COUNTY.total in words


def test_every_page_of_a_list_has_its_heads(printed: list[tuple[str, str]]) -> None:
    heads = {COUNTY.ledger: COUNTY.ledger_heads[:3], COUNTY.findings: COUNTY.findings_heads[:3]}
    for sheet, words in printed:
        assert all(head in words for head in heads.get(sheet, ())), sheet


def test_figures_that_are_read_have_their_thousands_parted(printed: list[tuple[str, str]]) -> None:
    (key,) = [words for sheet, words in printed if sheet == COUNTY.key]
    assert re.search(r"\d{2},\d{3}\b", key)


def test_the_sheets_of_a_county_say_what_their_colours_mean() -> None:
    merged = merged_of(town(1), town(2))
    assert merged.filing is not None
    book = openpyxl.load_workbook(io.BytesIO(write(FORM, merged.filing, None, merged)))
    for table in FORM.tables:
        words = {cell.value for row in book[table.sheet].iter_rows(max_row=4) for cell in row}
        assert COUNTY.tables_note in words
        assert FORM.wording.sheet_note not in words
    said = "".join(str(cell.value) for cell in book[FORM.wording.guide_sheet]["A"])
    assert all(colour in said for colour in ("浅绿色", "浅黄色", "红色", "灰色"))
    own = openpyxl.load_workbook(io.BytesIO(write(FORM, town(1))))
    assert FORM.wording.sheet_note in {cell.value for row in own["表二"].iter_rows(max_row=4) for cell in row}


@pytest.mark.exhaustive
@pytest.mark.parametrize("units", [5, 14, 15, 16, 17, 18, 19, 20, 24])
def test_the_signature_of_a_state_never_stands_alone(units: int, tmp_path: Path) -> None:
    members = [Member(unit(n)) for n in range(units)]
    sent = [dataclasses.replace(delivered(town(n)), member=members[n]) for n in range(units - 2)]
    merged = merge(sent, Unit("云岭县人民政府"), members)
    (tmp_path / "s.docx").write_bytes(state_of(FORM, merged.ledger, Sender("云岭县人民政府办公室")))
    with pdfplumber.open(resaved(tmp_path / "s.docx", "pdf", tmp_path / "out")) as made:
        last = made.pages[-1].extract_text()
        assert len(made.pages) == 1 or units > 14
    assert last.index("镇人民政府") < last.index("云岭县人民政府办公室")
