"""A workbook made with last year's filing carries its figures in, shows them beside, and hands none of them in."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.filings import filing, prior, values
from tests.office import resaved_all
from toolkit.cli.new import new
from toolkit.form.edition import named
from toolkit.form.layout import address, layout
from toolkit.form.layout_prior import beside, carried
from toolkit.ground.errors import Unreadable, WrongUse
from toolkit.intake.workbook import read
from toolkit.workbook.write import blank, write

IN = "requests/carried_in/person"


def _book(edition: str) -> bytes:
    before = prior(edition, {"requests/carried_out/person": 7})
    return write(named(edition), blank(named(edition), before.year + 1, before.unit), before)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_only_what_is_carried_is_handed_in_and_the_same_input_gives_the_same_bytes(edition: str) -> None:
    made = _book(edition)
    assert made == _book(edition)
    entries = read(made, "a.xlsx").filing.entries
    columns = {was.rpartition("/")[2]: ref for ref, was in carried(named(edition)).items()}
    assert len(columns) == 6
    filled = {ref for ref in named(edition).entries if entries[ref].value is not None}
    assert filled == set(carried(named(edition)))
    assert entries[IN].value == 7


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_grey_figures_are_outside_the_print_and_no_part_of_the_filing_when_rows_move(
    edition: str, tmp_path: Path
) -> None:
    made, stated = filing(edition), named(edition)
    sources = [tmp_path / "plain.xlsx", tmp_path / "moved.xlsx"]
    sources[0].write_bytes(write(stated, made, prior(edition)))
    book = openpyxl.load_workbook(sources[0], data_only=True)
    for sheet in layout(stated).sheets:
        block = beside(layout(stated), sheet)
        assert str(book[sheet.name].print_area).endswith(address(sheet.height - 1, sheet.width - 1, fixed=True))
        assert block.head.column > sheet.width
        for ref, box in block.figures.items():
            assert book[sheet.name].cell(box.row + 1, box.column + 1).value == prior(edition).entries[ref].value
            assert book[sheet.name].cell(box.row + 1, box.column + 1).protection.locked
        for merged in list(book[sheet.name].merged_cells.ranges):
            merged.shift(row_shift=1)
        book[sheet.name].insert_rows(1)
    book.save(sources[1])
    (tmp_path / "out").mkdir()
    for path in (*sources, *resaved_all(sources, "xlsx", tmp_path / "out")):
        reading = read(path.read_bytes(), path.name)
        assert values(reading.filing) == values(made), path
        assert {each.rule for each in reading.findings} <= {"form-moved"}, path


def test_what_follows_from_last_year_is_a_live_formula_with_its_value_stored() -> None:
    stated = named("2021")
    before = prior("2021", {"documents/normative/in_force": 597})
    made = filing("2021", {"documents/normative/issued": 50, "documents/normative/repealed": 227})
    (sheet,) = [each for each in layout(stated).sheets if each.name == "表二"]
    box = beside(layout(stated), sheet).expected["documents/normative/in_force"]
    content = write(stated, made, before)
    shown = [
        openpyxl.load_workbook(io.BytesIO(content), data_only=stored)["表二"].cell(box.row + 1, box.column + 1).value
        for stored in (True, False)
    ]
    assert shown[0] == 420
    assert str(shown[1]).count("SUM(") == 3


def test_across_the_change_of_form_only_what_means_the_same_is_shown() -> None:
    before, stated = prior("2019", year=2020), named("2021")
    content = write(stated, blank(stated, 2021), before)
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    (sheet,) = [each for each in layout(stated).sheets if each.name == "表二"]
    block = beside(layout(stated), sheet)
    box = block.figures["documents/normative/in_force"]
    assert book["表二"].cell(box.row + 1, box.column + 1).value is None
    assert read(content, "a.xlsx").filing.entries[IN].value == before.entries["requests/carried_out/person"].value


def test_the_unit_is_taken_from_the_filing_of_last_year_and_a_folder_is_matched_by_unit(tmp_path: Path) -> None:
    before = prior("2021")
    folder = tmp_path / "last"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(write(named("2021"), before))
    one, all_of_them = tmp_path / "one.xlsx", tmp_path / "new"
    new(before.year + 1, one, prior=folder / "a.xlsx")
    assert read(one.read_bytes(), "one.xlsx").filing.unit == before.unit
    roster = tmp_path / "units.csv"
    roster.write_text(f"code,name,level\n{before.unit.code or ''},{before.unit.name},\n9,乙局,\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("toolkit.cli.screen.remark", lambda each: said.append(str(each)))
        new(before.year + 1, all_of_them, roster=roster, prior=folder)
    assert [each for each in said if "乙局：" in each] == said[
        1:
    ]  # who has none; before it, that names tell the levels
    assert len(said) == 2
    made = {path.name: read(path.read_bytes(), "a").filing for path in all_of_them.iterdir()}
    by_name = {each.unit.name: each for each in made.values()}
    assert by_name[before.unit.name].entries[IN].value == before.entries["requests/carried_out/person"].value
    assert by_name["乙局"].entries[IN].value is None


def test_a_filing_of_another_year_or_unit_or_none_at_all_is_refused_in_a_sentence(
    tmp_path: Path, english: None
) -> None:
    before, path = prior("2021"), tmp_path / "a.xlsx"
    path.write_bytes(write(named("2021"), before))
    with pytest.raises(WrongUse, match="not of the year before"):
        new(before.year + 2, tmp_path / "b.xlsx", prior=path)
    with pytest.raises(WrongUse, match="give the same unit's"):
        new(before.year + 1, tmp_path / "b.xlsx", unit="乙局", prior=path)
    with pytest.raises(WrongUse, match="say whose workbook"):
        new(before.year + 1, tmp_path / "b.xlsx", prior=tmp_path)
    with pytest.raises(WrongUse, match="no filing of"):
        new(before.year + 1, tmp_path / "b.xlsx", unit="乙局", prior=tmp_path)
    path.write_bytes(b"nothing")
    with pytest.raises(Unreadable):
        new(before.year + 1, tmp_path / "b.xlsx", prior=path)
