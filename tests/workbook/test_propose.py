"""A proposal is a copy with the repairs that are the only likely ones: the original stays, nothing is guessed."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from tests.filings import filing, write
from tests.sessions import run
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.intake import of_bytes
from toolkit.rules import check

EDITION = named("2021")
GRANTED = "requests/done.granted/person"


def _typed(cells: dict[str, object]) -> bytes:
    """A workbook whose totals somebody typed over, as a rebuilt one has them."""
    made = filing("2021")
    book = openpyxl.load_workbook(io.BytesIO(write(EDITION, made)))
    places = layout(EDITION).places
    for ref, figure in EDITION.figures.items():
        if figure.kind == "total":
            book[places[ref].sheet][places[ref].cell].value = made.entries[ref].value
    for ref, value in cells.items():
        book[places[ref].sheet][places[ref].cell].value = value
    done = io.BytesIO()
    book.save(done)
    return done.getvalue()


def test_the_one_wrong_cell_is_entered_in_a_copy_and_the_copy_keeps_the_rules(tmp_path: Path) -> None:
    right = filing("2021").entries[GRANTED].value
    assert isinstance(right, int)
    (tmp_path / "a.xlsx").write_bytes(_typed({GRANTED: right + 90}))
    before = (tmp_path / "a.xlsx").read_bytes()
    done = run("xls check a.xlsx --fix b.xlsx", tmp_path, language="en")
    assert done.returncode == 1
    assert f": {right + 90} → {right}" in done.stderr
    assert (tmp_path / "a.xlsx").read_bytes() == before
    made = (tmp_path / "b.xlsx").read_bytes()
    assert of_bytes(made, "b.xlsx").filing.entries[GRANTED].value == right
    assert not [each for each in check(of_bytes(made, "b.xlsx")).findings if each.level == "error"]
    assert openpyxl.load_workbook(io.BytesIO(made)).sheetnames[0] == "问题清单"


def test_nothing_is_entered_where_nothing_is_wrong_or_more_than_one_repair_would_do(tmp_path: Path) -> None:
    good = filing("2021")
    (tmp_path / "a.xlsx").write_bytes(write(EDITION, good))
    done = run("xls check a.xlsx --fix b.xlsx", tmp_path, language="en")
    assert "no repair is the only likely one" in done.stderr
    made = of_bytes((tmp_path / "b.xlsx").read_bytes(), "b.xlsx").filing
    assert {ref: each.value for ref, each in made.entries.items()} == {
        ref: each.value for ref, each in good.entries.items()
    }


def test_a_proposal_is_of_one_workbook_and_never_lies_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(_typed({}))
    (tmp_path / "b.xlsx").write_bytes(_typed({}))
    assert run("xls check a.xlsx b.xlsx --fix c.xlsx", tmp_path).returncode == 2
    assert run("xls check a.xlsx --fix a.xlsx --force", tmp_path).returncode == 2
    assert not (tmp_path / "c.xlsx").exists()
