"""Upgrading: every figure is moved to where it means the same, or named with the reason why it was not."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests import ROOT
from tests.filings import filing, reading, typed, values, write
from tests.office import resaved
from tests.sessions import run
from toolkit.form.counterparts import pairs
from toolkit.form.edition import named
from toolkit.intake import intake
from toolkit.model.filing import Entry, Explanation, Filing
from toolkit.years.upgrade import Upgraded, upgrade

SCHEMA = json.loads((ROOT / "docs/schema/upgrade.json").read_text(encoding="utf-8"))


def full(edition: str, year: int | None = None) -> Filing:
    """A filing with another figure in every entry, so that one moved to a wrong place is seen."""
    stated = named(edition)
    entries = {
        ref: Entry(Decimal(n) / 4 if stated.figures[ref].value == "money" else n)
        for n, ref in enumerate(stated.entries, start=1)
    }
    made = filing(edition) if year is None else filing(edition, year=year)
    return dataclasses.replace(made, entries=entries)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_workbook_of_its_own_edition_is_moved_whole(edition: str) -> None:
    made = full(edition)
    found = upgrade(reading(made))
    assert {ref: entry.value for ref, entry in made.entries.items()} == {each.ref: each.value for each in found.moved}
    assert (found.left, found.totals, found.nothing, found.blanks) == ((), (), 0, 0)
    assert found.filing.texts == made.texts
    assert (found.filing.unit, found.filing.year, found.filing.edition) == (made.unit, made.year, edition)


@pytest.mark.parametrize(("old", "new", "year"), [("2019", "2021", 2022), ("2021", "2019", 2020)])
def test_every_figure_of_another_edition_is_moved_or_named(old: str, new: str, year: int) -> None:
    made = full(old)
    found = upgrade(reading(made), year)
    assert found.filing.edition == new
    assert {each.was for each in found.moved} | {each.ref for each in found.left} == set(named(old).entries)
    assert len(found.moved) + len(found.left) == len(named(old).entries)
    assert found.moved
    assert found.left
    for each in found.moved:
        assert made.entries[each.was].value == each.value == found.filing.entries[each.ref].value


def test_only_what_means_the_same_crosses_the_change_of_form() -> None:
    found = upgrade(reading(full("2019")), 2022)
    known = pairs(named("2019"), named("2021"))
    assert all(known[each.was] == (each.ref, "same") for each in found.moved)
    sums = {each.ref for each in found.left if known.get(each.ref, ("", "none"))[1] == "same"}
    assert sums  # 其他处理 was one line and is a heading with lines of its own
    assert sums == {ref for ref in named("2019").entries if ref.startswith("requests/done.other/")}


def test_blanks_and_zeros_without_a_place_are_counted_and_not_listed() -> None:
    made = full("2019")
    gone = [each.ref for each in upgrade(reading(made), 2022).left]
    emptied = {**made.entries, gone[0]: Entry(None), gone[1]: Entry(0)}
    found = upgrade(reading(dataclasses.replace(made, entries=emptied)), 2022)
    assert found.nothing == 2
    assert {each.ref for each in found.left} == set(gone[2:])


def test_what_is_no_number_is_left_out_and_said() -> None:
    person, other = "requests/received/person", "requests/received/org.other"
    made = typed(filing("2021"), {person: "三件", other: "/", "requests/received/total": 9999})
    found = upgrade(dataclasses.replace(reading(made), explanations=(Explanation("k", "已核"),)))
    assert {each.ref: each.value for each in found.left} == {person: "三件", other: "/", "": "已核"}
    assert person not in {each.ref for each in found.moved}
    assert found.filing.entries.get(person) is None
    assert found.totals == ()  # of a total whose line is no number nobody can say what it should be


def test_a_total_typed_wrong_is_named_and_added_up_anew() -> None:
    made = typed(filing("2021"), {"requests/received/total": 9999})
    found = upgrade(reading(made))
    right = values(filing("2021"))["requests/received/total"]
    assert [(each.ref, each.value, each.sum) for each in found.totals] == [("requests/received/total", 9999, right)]
    assert found.filing.entries["requests/received/total"].value == right


def test_a_headings_own_figure_is_named() -> None:
    made = full("2021")
    made = dataclasses.replace(made, entries={**made.entries, "requests/done.other/person": Entry(3)})
    assert [each.ref for each in upgrade(reading(made)).left] == ["requests/done.other/person"]


def test_a_level_or_text_the_form_does_not_know_does_not_cross() -> None:
    made = full("2021")
    made = dataclasses.replace(made, unit=dataclasses.replace(made.unit, level="x"), texts={"odd": "无"})
    found = upgrade(reading(made))
    assert found.filing.unit.level is None
    assert found.filing.texts == {}
    assert [each.label for each in found.left] == ["odd"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.xlsx").write_bytes(write(named("2021"), filing("2021")))
    return tmp_path


def back(path: Path) -> Upgraded:
    return upgrade(intake(path))


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_workbook_saved_by_libreoffice_becomes_a_clean_one(folder: Path, kind: str) -> None:
    resaved(folder / "old.xlsx", kind, folder)
    done = run(f"xls upgrade old.{kind} -o new.xlsx --format json", folder)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    jsonschema.validate(said, SCHEMA)
    assert len(said["moved"]) == len(named("2021").entries)
    assert (folder / "new.xlsx").read_bytes() == (folder / "old.xlsx").read_bytes()


def test_a_rebuilt_workbook_becomes_a_clean_one(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "old.xlsx")
    for sheet in [each for each in book.worksheets if each.sheet_state != "visible" or each.title in ("自查", "说明")]:
        book.remove(sheet)
    book["表三"].insert_rows(1, 3)
    book["表三"].protection.sheet = False
    book.save(folder / "damaged.xlsx")
    done = run("xls upgrade damaged.xlsx -o new.xlsx", folder)
    assert (
        values(intake(folder / "new.xlsx").filing)["requests/received/person"]
        == values(filing("2021"))["requests/received/person"]
    ), done.stderr


def test_last_years_form_filled_in_for_this_year_is_put_right(folder: Path) -> None:
    made = full("2019")
    (folder / "wrong.xlsx").write_bytes(write(named("2019"), made))
    done = run("xls upgrade wrong.xlsx -o new.xlsx --year 2022", folder, language="en")
    assert done.returncode == 1
    new = intake(folder / "new.xlsx").filing
    assert (new.year, new.edition) == (2022, "2021")
    assert "the form of 2021 has no such figure" in done.stdout
    assert "counted otherwise in the form of 2021" in done.stdout
    said = json.loads(run("xls upgrade wrong.xlsx -o new.xlsx --year 2022 --force --format json", folder).stdout)
    jsonschema.validate(said, SCHEMA)
    assert said["editions"] == ["2019", "2021"]


@pytest.mark.parametrize(
    ("words", "status"),
    [("old.xlsx -o old.xlsx", 2), ("old.xlsx -o new.xls", 2), ("none.xlsx -o new.xlsx", 3),
     ("old.xlsx -o there.xlsx", 3), ("old.xlsx -o new.xlsx --year 1999", 2)],
)  # fmt: skip
def test_what_cannot_be_asked_is_one_sentence_and_nothing_is_written(folder: Path, words: str, status: int) -> None:
    (folder / "there.xlsx").write_bytes(b"mine")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    done = run(f"xls upgrade {words}", folder)
    assert done.returncode == status
    assert len(done.stderr.strip().splitlines()) == 1
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
