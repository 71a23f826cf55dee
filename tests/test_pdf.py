"""Published reports as PDFs, made here by LibreOffice: every figure in its place or refused, and said."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal
from pathlib import Path

import pytest

from tests.filings import filing, values
from tests.office import resaved_all
from toolkit.edition import named
from toolkit.intake import intake
from toolkit.model import Filing
from toolkit.publish import publish

SEEDS = range(3)
EDITIONS = ("2019", "2021")


def varied(edition: str, seed: int) -> Filing:
    """A filing with other figures in every cell, by its seed: what a figure is worth does not matter here."""
    chance = random.Random(seed)
    made, figures = filing(edition), named(edition).figures
    entries = {
        ref: entry._replace(
            value=Decimal(chance.randrange(10**7)) / 100
            if figures[ref].value == "money"
            else chance.randrange(10 ** chance.randrange(1, 4))
        )
        for ref, entry in made.entries.items()
    }
    texts = {
        each: f"{said}\n{'开展培训、加强指导，' * chance.randrange(1, 90)}完毕。" for each, said in made.texts.items()
    }
    return dataclasses.replace(made, entries=entries, texts=texts)


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every PDF of these tests, made by one LibreOffice."""
    folder = tmp_path_factory.mktemp("pdf")
    sources = []
    for edition in EDITIONS:
        for seed in SEEDS:
            path = folder / f"{edition}-{seed}.docx"
            path.write_bytes(publish(named(edition), varied(edition, seed), ".docx", date="2024年1月15日"))
            sources.append(path)
    resaved_all(sources, "pdf", folder)
    return folder


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_report_of_ours_comes_back_from_its_pdf(pdfs: Path, edition: str, seed: int) -> None:
    made = varied(edition, seed)
    back = intake(pdfs / f"{edition}-{seed}.pdf")
    assert values(back.filing) == values(made)
    assert (back.filing.edition, back.filing.year, back.filing.unit.name) == (edition, made.year, made.unit.name)
    assert back.findings == ()
    assert dict(back.filing.texts) == dict(made.texts)
