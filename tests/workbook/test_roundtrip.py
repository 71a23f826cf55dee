"""What is written is read back the same: by ourselves for any filing, by LibreOffice for a fixed set."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import breadth
from tests.filings import TEXTS, YEARS, filing, typed, values, write
from tests.office import resaved_all
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.form.parts import Ref, Value
from toolkit.intake.workbook import read
from toolkit.model import figures
from toolkit.model.filing import Entry, Filing, Unit

TYPED = st.sampled_from(["/", "—", "无", "三件", "约30", "3 | 3"])
COUNTS = st.integers(0, 10**9)
VALUES = {
    "count": st.one_of(COUNTS, st.none(), TYPED),
    "signed": st.one_of(st.integers(-(10**6), 10**6), st.none(), TYPED),
    "money": st.one_of(st.decimals(0, 10**8, places=4, allow_nan=False), st.none(), TYPED),
}
NAMES = (
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
SAID = st.text(st.sampled_from("一二三，。\n =+-@'\"<&>1a"), max_size=200).map(str.strip)


def _plain(value: Value) -> Value:
    """A decimal as it comes back out of a spreadsheet, which has no trailing zeros."""
    return Decimal(repr(float(value))).normalize() if isinstance(value, Decimal) else value


@st.composite
def filings(draw: st.DrawFn, edition: str) -> Filing:
    """Any filing of an edition: any entries, totals that are the sums of what is known, any texts and unit."""
    stated = named(edition)
    entries = {ref: Entry(draw(VALUES[stated.figures[ref].value])) for ref in stated.entries}
    known = {ref: entries.get(ref, Entry(0)) for ref in stated.figures}
    sums = figures.totals(stated, entries)
    made = {ref: Entry(sums[ref]) if ref in sums else entry for ref, entry in known.items()}
    unit = Unit(
        draw(NAMES),
        draw(st.none() | st.just("11532326015172345X")),
        draw(st.none() | st.sampled_from(["city", "township"])),
    )
    texts = {section.id: said for section in stated.texts if (said := draw(SAID))}
    return Filing(edition, YEARS[edition], unit, made, texts)


@pytest.mark.exhaustive
@pytest.mark.parametrize("edition", ["2019", "2021"])
@given(drawn=st.data())
@settings(max_examples=breadth.of(25, usual=8))
def test_a_filing_written_and_read_is_the_same_filing(edition: str, drawn: st.DataObject) -> None:
    made = drawn.draw(filings(edition))
    back = read(write(named(edition), made), "a.xlsx")
    unknown = {ref for ref in made.entries if figures.value(named(edition), made.entries, ref) is None}
    wanted = {
        ref: _plain(value)
        for ref, value in values(made).items()
        if ref not in unknown or named(edition).figures[ref].kind == "entry"
    }
    got = {ref: _plain(value) for ref, value in values(back.filing).items() if ref in wanted}
    assert got == wanted
    assert (back.filing.unit, back.filing.year, back.filing.texts, back.filing.edition) == (
        made.unit,
        made.year,
        made.texts,
        edition,
    )
    assert (back.found, back.expected) == (len(named(edition).figures),) * 2


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_same_filing_gives_the_same_bytes(edition: str) -> None:
    assert write(named(edition), filing(edition)) == write(named(edition), filing(edition))


def _fixed_set() -> dict[str, Filing]:
    """Filings that between them have every kind of value: whole, signed, money, blank, typed, totals typed over."""
    made: dict[str, Filing] = {}
    for edition in ("2019", "2021"):
        chance = random.Random(edition)
        changes: dict[Ref, Value] = {
            ref: chance.randrange(5000) for ref in named(edition).entries if ref.startswith(("requests/", "disputes/"))
        }
        made[f"kept-{edition}"] = filing(edition)
        made[f"random-{edition}"] = filing(edition, changes)
        made[f"typed-{edition}"] = typed(
            filing(edition, changes),
            {
                "requests/received/person": None,
                "requests/received/total": 7,
                "requests/carried_in/person": "/",
                "disputes/cases/review.other": "三件",
            },
        )
    return made


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The fixed set as workbooks of ours."""
    folder = tmp_path_factory.mktemp("written")
    paths = {}
    for name, made in _fixed_set().items():
        paths[name] = folder / f"{name}.xlsx"
        paths[name].write_bytes(write(named(made.edition), made))
    return paths


@pytest.mark.exhaustive
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_a_filing_resaved_by_libreoffice_is_the_same_filing(
    written: dict[str, Path], ending: str, tmp_path: Path
) -> None:
    back = dict(zip(written, resaved_all([*written.values()], ending, tmp_path), strict=True))
    for name, made in _fixed_set().items():
        reading = read(back[name].read_bytes(), name)
        unknown = {
            ref
            for ref, figure in named(made.edition).figures.items()
            if figure.kind == "total" and figures.total(made.entries, figure.parts) is None
        }
        assert {ref: value for ref, value in values(reading.filing).items() if ref not in unknown} == {
            ref: value for ref, value in values(made).items() if ref not in unknown
        }, name
        assert (reading.filing.unit, reading.filing.texts, reading.filing.year) == (made.unit, TEXTS, made.year)
        assert reading.findings == (), [str(each.message) for each in reading.findings]


def test_libreoffice_calculates_the_totals_we_calculate(written: dict[str, Path], tmp_path: Path) -> None:
    """From the formulas alone, since openpyxl saves them without values, every total is what we compute."""
    names = [name for name in written if not name.startswith("typed")]
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in names:
        openpyxl.load_workbook(written[name]).save(bare / f"{name}.xlsx")
    back = dict(zip(names, resaved_all([bare / f"{name}.xlsx" for name in names], "xlsx", tmp_path), strict=True))
    for name in names:
        made = _fixed_set()[name]
        stated = named(made.edition)
        book = openpyxl.load_workbook(back[name], data_only=True)
        places = layout(stated).places
        for ref, figure in stated.figures.items():
            if figure.kind == "total":
                assert book[places[ref].sheet][places[ref].cell].value == figures.total(made.entries, figure.parts), ref
