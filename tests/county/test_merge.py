"""Merging: every input ends in one row, the sum is that of the units, and nothing is guessed."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import shutil
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests import ROOT
from tests.conftest import Golden
from tests.filings import filing, reading, typed, values, without, write
from tests.office import resaved
from tests.render.test_screens import printed
from tests.sessions import interrupted, run
from toolkit.county.delivery import delivery
from toolkit.county.inbox import Asked
from toolkit.county.last_year import last_year
from toolkit.county.merge import adjusted, against, merge
from toolkit.county.merge_files import merge_files
from toolkit.county.roster import belonging, members
from toolkit.form.edition import named
from toolkit.form.layout import address, layout
from toolkit.form.layout_county import MOST_UNITS, column_of
from toolkit.ground.errors import WrongUse
from toolkit.ground.files import SAMPLES
from toolkit.ground.language import text
from toolkit.intake import intake, of_bytes
from toolkit.model.filing import Adjustment, Filing, Tally, Unit
from toolkit.model.ledger import Delivery, Member, Merged, Status, Unread
from toolkit.render.data import documents
from toolkit.render.screen.ledger import screen
from toolkit.rules import check
from toolkit.years.prior import Priors

EDITION = named("2021")
RECEIVED, GRANTED = "requests/received/person", "requests/done.granted/person"


def unit(n: int) -> Unit:
    """A unit of a county."""
    return Unit(f"第{n}镇人民政府", f"T{n}", "township")


@cache
def town(n: int, more: int = 0) -> Filing:
    """A filing that keeps every rule, with some applications more."""
    base = filing("2021")
    plus = {ref: base.entries[ref].value + more for ref in (RECEIVED, GRANTED)}  # type: ignore[operator]
    return filing("2021", plus, unit=unit(n), source=f"{n:03}.xlsx")


def delivered(made: Filing, digest: str = "") -> Delivery:
    """A filing as a merge takes it."""
    return delivery(reading(made), check(reading(made)).findings, digest or made.source)


def put(folder: Path, made: Filing, name: str = "") -> Path:
    """A filing as a workbook in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{made.unit.name}.xlsx")
    path.write_bytes(write(named(made.edition), made))
    return path


def merged_of(*made: Filing) -> Merged:
    return merge([delivered(each) for each in made], Unit("县"))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=5), st.randoms())
def test_the_order_of_the_inputs_does_not_matter_and_the_sum_is_that_of_the_units(more: list[int], dice) -> None:  # type: ignore[no-untyped-def]
    inputs = [delivered(town(n, plus)) for n, plus in enumerate(more)]
    mixed = list(inputs)
    dice.shuffle(mixed)
    found = merge(mixed, Unit("县"))
    assert found == merge(inputs, Unit("县"))
    assert found.filing is not None
    base = filing("2021").entries
    for ref in EDITION.figures:
        extra = sum(more) if ref in _moved() else 0
        assert found.filing.entries[ref].value == base[ref].value * len(more) + extra  # type: ignore[operator]


def _moved() -> set[str]:
    """The figures that one application more of a person granted changes."""
    return {ref for ref, figure in EDITION.figures.items() if {RECEIVED, GRANTED} & set(figure.parts)}


def test_merge_of_one_is_itself_in_every_figure() -> None:
    one = town(1, 7)
    found = merged_of(one).filing
    assert found is not None
    assert values(found) == values(one)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=6), st.integers(1, 5))
def test_merging_merged_workbooks_gives_what_merging_all_gives(more: list[int], cut: int) -> None:
    towns = [town(n, plus) for n, plus in enumerate(more)]
    cut = min(cut, len(towns) - 1)
    halves = [merged_of(*towns[:cut]).filing, merged_of(*towns[cut:]).filing]
    counties = [
        dataclasses.replace(half, unit=Unit(f"县{n}", f"C{n}", "county"), source=f"c{n}")
        for n, half in enumerate(halves)
        if half is not None
    ]
    city, everything = merged_of(*counties).filing, merged_of(*towns).filing
    assert city is not None
    assert everything is not None
    assert values(city) == values(everything)
    assert city.unit.level == "city"
    assert everything.unit.level == "county"


_WAYS = ("good", "wrong", "text", "other-year", "nameless", "twice", "same", "stranger", "broken")


@given(st.lists(st.sampled_from(_WAYS), max_size=12), st.booleans(), st.booleans())
def test_inputs_are_always_the_sum_of_statuses(ways: list[str], with_roster: bool, invalid: bool) -> None:
    known = tuple(Member(unit(n)) for n in range(3))
    inputs: list[Delivery | Unread] = []
    for n, way in enumerate(ways):
        made = dataclasses.replace(town(n), source=f"{n:03}")
        if way == "wrong":
            made = typed(made, {"requests/received/total": 9999})
        elif way == "text":
            made = typed(made, {RECEIVED: "三件"})
        elif way == "other-year":
            made = dataclasses.replace(made, year=made.year - 1)
        elif way == "nameless":
            made = dataclasses.replace(made, unit=Unit(""))
        elif way in ("twice", "same"):
            made = dataclasses.replace(made, unit=unit(0))
        if way == "broken":
            inputs.append(Unread(made.source, text("broken")))
            continue
        one = delivered(made, "same" if way == "same" else made.source)
        inputs.append(dataclasses.replace(one, member=belonging(known, made.unit, "").member) if with_roster else one)
    found = merge(inputs, Unit("县"), known if with_roster else (), include_invalid=invalid)
    assert [row.source for row in found.ledger.rows] == sorted(each.source for each in inputs)
    assert sum(found.ledger.count(status) for status in get_args(Status)) == len(inputs)
    assert len(found.contributions) == found.ledger.count("merged")


def test_text_in_a_number_cell_never_counts_as_0(english: None) -> None:
    said = typed(town(1), {RECEIVED: "三件"})
    found = merge([delivered(said)], Unit("县"), include_invalid=True)
    assert found.filing is None
    [row] = found.ledger.rows
    assert row.status == "rejected"
    assert "text where a number belongs" in str(row.reason)
    assert "三件" in str(row.reason)


def test_what_cannot_be_added_is_rejected_with_its_reason(english: None) -> None:
    heading = town(1)
    heading = dataclasses.replace(
        heading, entries={**heading.entries, "requests/done.other/person": heading.entries[RECEIVED]}
    )
    lacking = without(dataclasses.replace(town(2), source="b"), RECEIVED)
    nameless = dataclasses.replace(town(3), unit=Unit(""), source="c")
    found = merged_of(heading, lacking, nameless)
    assert [(row.status, str(row.reason).partition(";")[0]) for row in found.ledger.rows] == [
        ("rejected", "figures of a heading instead of its lines: requests/done.other/person"),
        ("rejected", "1 figures of the form are not in it"),
        ("rejected", "it names no unit"),
    ]


def test_blanks_count_as_nothing_and_stand_in_the_ledger(english: None) -> None:
    blank = typed(town(1), {"documents/regulations/issued": None, "documents/regulations/repealed": None})
    found = merged_of(blank)
    assert [(row.status, row.blanks, str(row.reason)) for row in found.ledger.rows] == [("merged", 2, "2 blanks")]
    assert found.filing is not None
    assert found.filing.entries["documents/regulations/issued"].value == 0


def test_blanks_that_the_cover_calls_zeros_are_added_without_a_word() -> None:
    zeros = [ref for ref in EDITION.entries if town(1).entries[ref].value == 0]
    assert len(zeros) > 50
    left_blank = typed(town(1), dict.fromkeys(zeros))
    for said, blanks in ((True, 0), (False, len(zeros))):
        delivered_so = write(EDITION, dataclasses.replace(left_blank, blanks_are_zero=said))
        taken = of_bytes(delivered_so, "a.xlsx")
        found = merge([delivery(taken, check(taken).findings, "a")], Unit("县"))
        assert [(row.status, row.blanks) for row in found.ledger.rows] == [("merged", blanks)]
        assert bool([each for row in found.ledger.rows for each in row.findings]) is bool(blanks)
        assert found.filing is not None
        assert {found.filing.entries[ref].value for ref in zeros} == {0}


def test_a_table_not_filled_at_all_is_a_rejection(english: None) -> None:
    empty = typed(town(1), {ref: None for ref in EDITION.figures if ref.startswith("disputes/")})
    [row] = merged_of(empty).ledger.rows
    assert row.status == "rejected"


def test_filings_with_errors_are_taken_when_asked_and_it_is_said(english: None) -> None:
    wrong = typed(town(1), {"requests/received/total": 9999})
    [row] = merged_of(wrong).ledger.rows
    assert row.status == "rejected"
    assert "9999" in str(row.reason)
    taken = merge([delivered(wrong)], Unit("县"), include_invalid=True)
    assert str(taken.ledger.rows[0].reason) == "taken with 1 errors"
    assert taken.contributions[0].invalid
    assert taken.filing is not None
    assert taken.filing.entries["requests/received/total"].value == town(1).entries["requests/received/total"].value


def test_of_two_filings_of_a_unit_neither_is_guessed_unless_they_are_the_same_bytes(english: None) -> None:
    one, other = town(1), dataclasses.replace(town(1, 3), source="z.xlsx")
    found = merged_of(one, other)
    assert [row.status for row in found.ledger.rows] == ["duplicate", "duplicate"]
    assert "z.xlsx" in str(found.ledger.rows[0].reason)
    same = merge([delivered(one, "x"), dataclasses.replace(delivered(one, "x"), source="z.xlsx")], Unit("县"))
    assert [row.status for row in same.ledger.rows] == ["merged", "duplicate"]
    assert str(same.ledger.rows[1].reason) == "byte for byte the same as 001.xlsx"


def test_a_unit_is_the_same_by_code_or_by_name(english: None) -> None:
    coded = dataclasses.replace(town(1), unit=Unit("甲镇", "X1"))
    named_ = dataclasses.replace(town(2), unit=Unit("甲镇"))
    both = merged_of(coded, named_)
    assert [row.status for row in both.ledger.rows] == ["duplicate", "duplicate"]


def test_a_filing_in_last_form_s_tables_is_returned_and_stops_nobody(english: None) -> None:
    old = dataclasses.replace(filing("2019"), year=town(1).year, unit=unit(2), source="old.xlsx")
    for inputs in ((town(1), old), (old, town(1), dataclasses.replace(old, unit=unit(3), source="older.xlsx"))):
        found = merged_of(*inputs)
        assert [each.unit for each in found.contributions] == [unit(1)]
        returned = [row for row in found.ledger.rows if row.status == "rejected"]
        assert len(returned) == len(inputs) - 1
        assert f"in the tables of edition 2019, which are not those of {town(1).year}" in str(returned[0].reason)


def test_who_is_missing_new_or_gone_follows_from_the_roster(english: None) -> None:
    year = town(1).year
    known = (
        Member(unit(1)),
        Member(unit(2)),
        Member(unit(3), until=year - 1, successor="T1"),
        Member(unit(4), since=year + 1),
    )
    late = dataclasses.replace(delivered(town(3)), member=known[2])
    found = merge([dataclasses.replace(delivered(town(1)), member=known[0]), late], Unit("县"), known)
    assert [member.unit.name for member in found.ledger.missing] == ["第2镇人民政府"]
    assert [row.status for row in found.ledger.rows] == ["merged", "not-on-roster"]


def test_nothing_readable_gives_a_ledger_and_no_filing() -> None:
    found = merge([Unread("a", text("broken"))], Unit("县"), (Member(unit(1)),))
    assert found.filing is None
    assert found.ledger.count("unreadable") == 1
    assert found.ledger.missing


def test_a_reported_filing_is_held_against_the_sum_cell_by_cell(english: None) -> None:
    found = merged_of(town(1), town(2))
    assert found.filing is not None
    assert against(found, found.filing) == ()
    told = typed(found.filing, {RECEIVED: 1, "disputes/cases/review.other": None})
    [difference] = [each for each in against(found, told) if each.ref == RECEIVED]
    assert (difference.reported, difference.merged) == (1, 2 * town(1).entries[RECEIVED].value)  # type: ignore[operator]
    assert [name.name for name, _ in difference.units] == ["第1镇人民政府", "第2镇人民政府"]
    with pytest.raises(WrongUse, match="of 2000"):
        against(found, dataclasses.replace(told, year=2000))
    with pytest.raises(WrongUse, match="nothing was merged"):
        against(merge([Unread("a", text("broken"))], Unit("")), told)


# --- the roster


ROSTER = "代码,名称,层级,上级,起始年度,截止年度,承接单位\nT1,第1镇人民政府,township,,,,\n"
ROSTER += "T2,第2镇人民政府,乡镇（街道）,T1,2021,2022,T1\n"


def test_a_roster_says_since_until_and_successor() -> None:
    content = ROSTER.replace("乡镇（街道）", "township").encode("gb18030")
    first, second = members(content, "r.csv", EDITION)
    assert (second.parent, second.since, second.until, second.successor) == ("T1", 2021, 2022, "T1")
    assert second.reports(2022)
    assert not second.reports(2023)
    assert not second.reports(2020)
    assert first.reports(1999)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("T3,丙,township,无此县,,,", "names 无此县, which is not on the roster"),
        ("T3,丙,township,,,,T9", "names T9, which is not on the roster"),
        ("T3,丙,township,,二〇二一,,", "“二〇二一” is no report year"),
    ],
)
def test_a_roster_that_contradicts_itself_is_refused(row: str, what: str, english: None) -> None:
    with pytest.raises(WrongUse, match=what):
        members((ROSTER.replace("乡镇（街道）", "township") + row + "\n").encode(), "r.csv", EDITION)


def test_a_filing_belongs_to_a_unit_by_code_then_name_then_file_name() -> None:
    known = (Member(Unit("城关镇", "A")), Member(Unit("城关镇财政所", "B")))
    assert belonging(known, Unit("别名", "A"), "城关镇财政所")[:2] == (known[0], "code")
    assert belonging(known, Unit("城关镇财政所", "B"), "城关镇") == (known[1], "code", known[0])
    assert belonging(known, Unit(" 城关镇"), "x") == (known[0], "name", None)
    assert belonging(known, Unit(""), "城关镇财政所（终稿）")[:2] == (known[1], "file-name")
    assert belonging(known, Unit("外人"), "终稿") == (None, "", None)
    assert belonging((), Unit("外人"), "终稿").member is None


# --- files, the county workbook and the command


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county workbook of three towns, merged by the command."""
    for n in (1, 2, 3):
        put(tmp_path / "in", town(n, n))
    done = run("xls merge in --unit 某县人民政府 -o county.xlsx", tmp_path, language="en")
    assert done.returncode == 0, done.stderr
    return tmp_path / "county.xlsx"


def test_a_merged_workbook_passes_the_check_and_any_reader_finds_its_figures(county: Path) -> None:
    found = intake(county)
    assert found.filing.unit == Unit("某县人民政府", None, "county")
    assert found.tally is not None
    assert [each.unit.code for each in found.tally.contributions] == ["T1", "T2", "T3"]
    assert all(each.sealed for each in found.tally.contributions)
    assert {each.rule for each in check(found).findings} == {"texts-present"}
    assert found.filing.entries[RECEIVED].value == 3 * town(0).entries[RECEIVED].value + 6  # type: ignore[operator]


def test_the_same_folder_gives_the_same_bytes_and_a_late_filing_changes_its_cells(county: Path) -> None:
    folder, first = county.parent, county.read_bytes()
    again = run("xls merge in --unit 某县人民政府 -o county.xlsx --force", folder, language="en")
    assert again.returncode == 0
    assert county.read_bytes() == first
    before = intake(county)
    put(folder / "in", town(4))
    run("xls merge in --unit 某县人民政府 -o county.xlsx --force", folder, language="en")
    after = intake(county)
    assert before.tally is not None
    assert after.tally is not None
    assert after.tally.contributions[:3] == before.tally.contributions


def _edited(county: Path, sheet: str, cell: str, value: object) -> Path:
    """The workbook with one cell edited, and recalculated by LibreOffice."""
    book = openpyxl.load_workbook(county)
    book[sheet][cell].value = value
    edited = county.with_name("edited.xlsx")
    book.save(edited)
    return resaved(edited, "xlsx", county.parent / "office")


def _units_cell(ref: str, row: int) -> str:
    return address(row, column_of(EDITION, ref))


def test_libreoffice_recalculates_the_county_to_the_same_figures(county: Path) -> None:
    again = intake(resaved(county, "xlsx", county.parent / "office"))
    assert values(again.filing) == values(intake(county).filing)
    assert {each.rule for each in check(again).findings} == {"texts-present"}


def test_an_edited_row_of_a_unit_changes_the_county_and_is_found(county: Path, english: None) -> None:
    edited = intake(_edited(county, "来源", _units_cell(RECEIVED, 5), 100))
    was = intake(county).filing.entries[RECEIVED].value
    assert edited.filing.entries[RECEIVED].value == was - (town(1, 1).entries[RECEIVED].value) + 100  # type: ignore[operator]
    found = [each for each in check(edited).findings if each.rule == "county-units"]
    assert [str(each.message) for each in found] == [
        "来源: the figures of 第1镇人民政府 are no longer those that were merged"
    ]


def test_a_figure_of_the_county_typed_over_is_found(county: Path, english: None) -> None:
    place = layout(EDITION).places["disputes/cases/review.other"]
    edited = intake(_edited(county, place.sheet, place.cell, 77))
    found = [each for each in check(edited).findings if each.rule == "county-units"]
    assert len(found) == 1
    assert (found[0].left, found[0].cells[0].ref) == (77, "disputes/cases/review.other")


def test_an_adjustment_is_added_and_one_without_reason_is_an_error(county: Path, english: None) -> None:
    name = str(openpyxl.load_workbook(county)["来源"][_units_cell("documents/normative/in_force", 3)].value)
    book = openpyxl.load_workbook(county)
    for cell, value in (("A4", name), ("B4", 5), ("C4", "县政府办公室自行制发")):
        book["调整"][cell].value = value
    book.save(county.with_name("edited.xlsx"))
    edited = intake(resaved(county.with_name("edited.xlsx"), "xlsx", county.parent / "office"))
    was = intake(county).filing.entries["documents/normative/in_force"].value
    assert edited.filing.entries["documents/normative/in_force"].value == was + 5  # type: ignore[operator]
    assert {each.rule for each in check(edited).findings} == {"texts-present"}
    silent = intake(_edited(county.with_name("edited.xlsx"), "调整", "C4", None))
    assert [str(each.message) for each in check(silent).findings if each.rule == "county-units"] == [
        "调整 (A4): an adjustment lacks its figure, its amount or its reason"
    ]


def _written(overview: str) -> Filing:
    """A county workbook of before, in which its overview was written."""
    return Filing("2021", 2021, Unit(""), {}, {"overview": overview})


def test_an_adjustment_edited_without_recalculation_disagrees(english: None) -> None:
    found = merged_of(town(1), town(2))
    moved = adjusted(found, Tally((), (Adjustment(RECEIVED, 3, "县本级"),)), _written("已写"))
    assert moved.filing is not None
    assert found.filing is not None
    assert moved.filing.entries[RECEIVED].value == found.filing.entries[RECEIVED].value + 3  # type: ignore[operator]
    assert moved.filing.texts == {"overview": "已写"}
    wrong = dataclasses.replace(moved, filing=found.filing)
    content = write(EDITION, found.filing, None, wrong)
    said = [each for each in check(of_bytes(content, "x.xlsx")).findings if each.rule == "county-units"]
    assert len(said) == 1
    assert said[0].difference == -3
    nothing = merge([Unread("a", text("broken"))], Unit(""))
    assert adjusted(nothing, Tally((), ()), _written("")) is nothing


def test_the_sheets_link_to_the_files_and_have_the_worst_first_and_what_units_explained(tmp_path: Path) -> None:
    from tests.filings import prior
    from tests.workbook.test_mark import answered, marked

    last = {n: _last(town(n), prior("2021")) for n in (1, 2, 3)}
    in_force = "documents/normative/in_force"
    put(tmp_path / "in", town(1, 1))
    odd = filing("2021", {in_force: 12}, unit=unit(2), source="2")
    reason = "本年清理文件，区政府决定废止的3件已在上年公布"
    (tmp_path / "in" / "b.xlsx").write_bytes(answered(marked(write(EDITION, odd)), reason))
    put(tmp_path / "in", typed(town(3, 3), {"requests/received/total": 9999}), "c.xlsx")
    for n, before in last.items():
        put(tmp_path / "last", before, f"{n}.xlsx")
    run("xls merge in --unit 县 -o c.xlsx --prior last", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    rows = [[cell.value for cell in row] for row in book["核对"].iter_rows(4)]
    named_so = [(row[0], row[1]) for row in rows if row[0] != "县"]
    assert named_so[0] == (unit(3).name, "错误")
    assert named_so[1] == (unit(2).name, "核实")
    assert [row[4] for row in rows if row[0] == unit(2).name and "现行有效" in str(row[2])] == [reason]
    links = {row[0].value: row[3].hyperlink for row in book["台账"].iter_rows(4)}
    assert {name: str(link.target).replace("\\", "/") for name, link in links.items() if link} == {
        unit(1).name: f"in/{unit(1).name}.xlsx", unit(2).name: "in/b.xlsx", unit(3).name: "in/c.xlsx",
    }  # fmt: skip


def test_of_a_file_that_another_stands_for_the_county_s_list_says_nothing() -> None:
    wrong = typed(town(2), {"requests/received/total": 9999})
    merged = merged_of(town(1), wrong)

    def told(status: Status) -> set[object]:
        rows = tuple(
            dataclasses.replace(row, status=status) if row.unit == wrong.unit else row for row in merged.ledger.rows
        )
        made = dataclasses.replace(merged, ledger=dataclasses.replace(merged.ledger, rows=rows))
        assert made.filing is not None
        book = openpyxl.load_workbook(io.BytesIO(write(EDITION, made.filing, None, made)))
        return {row[0].value for row in book["核对"].iter_rows(4)}

    assert wrong.unit.name in told("rejected")
    assert wrong.unit.name not in told("superseded") | told("sum")


def test_a_cause_is_one_row_of_the_county_s_list_with_its_findings_under_it_and_one_reason(tmp_path: Path) -> None:
    right = town(1, 3)
    put(tmp_path / "in", town(2))
    wrong = typed(right, {RECEIVED: int(str(right.entries[RECEIVED].value)) + 90})
    (tmp_path / "in" / "a.json").write_text(documents.dumps(documents.filing(wrong, EDITION)), encoding="utf-8")
    done = run("xls merge in --unit 县 -o c.xlsx --format json", tmp_path)
    (row,) = [row for row in json.loads(done.stdout)["rows"] if row["status"] == "rejected"]
    assert row["reason"].startswith("有错误：疑似")
    assert row["reason"].count("总计填的是") == 0
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    cause, *under = [row for row in book["核对"].iter_rows(4) if row[0].value == unit(1).name]
    assert (cause[1].value, str(cause[2].value)[:2], cause[3].value) == ("错误", "疑似", "以下各行由此引起，合计 1 处")
    below = [row for row in under if not row[1].value]
    assert len(below) > 1
    assert {row[2].font.color.rgb for row in below} == {"FF7F7F7F"}
    assert all(row[5].value == "a.json" for row in (cause, *below))


def test_adjustments_and_texts_stay_when_a_county_is_merged_again(county: Path) -> None:
    found = merge_files([str(county.parent / "in")], Asked(Unit("某县人民政府")), county.with_name("new.xlsx"), list)
    kept = adjusted(found, Tally((), (Adjustment(RECEIVED, Decimal(2), "县本级"),)), _written("总体情况已写好。"))
    assert kept.filing is not None
    county.write_bytes(write(EDITION, kept.filing, None, kept))
    done = run("xls merge in --unit 某县人民政府 -o county.xlsx --force", county.parent, language="en")
    assert done.returncode == 0
    again = intake(county)
    assert again.tally is not None
    assert [(each.ref, each.amount, each.reason) for each in again.tally.adjustments] == [(RECEIVED, 2, "县本级")]
    assert again.filing.texts == {"overview": "总体情况已写好。"}


def test_above_two_thousand_units_the_form_has_values(monkeypatch: pytest.MonkeyPatch, english: None) -> None:
    monkeypatch.setattr("toolkit.form.layout_county.MOST_UNITS", 1)
    found = merged_of(town(1), town(2))
    assert found.filing is not None
    from toolkit.intake import of_bytes

    again = of_bytes(write(EDITION, found.filing, None, found), "x.xlsx")
    assert values(again.filing) == values(found.filing)
    assert {each.rule for each in check(again).findings} == {"texts-present"}


def test_the_ledger_is_json_of_the_published_shape(county: Path) -> None:
    import jsonschema

    put(county.parent / "in", dataclasses.replace(town(7), year=2022), "old.xlsx")
    (county.parent / "in" / "bad.xlsx").write_bytes(b"\x89PNG")
    done = run("xls merge in -o new.xlsx --format json", county.parent, language="en")
    assert done.returncode == 3
    said = json.loads(done.stdout)
    jsonschema.validate(said, json.loads((ROOT / "docs/schema/ledger.json").read_text("utf-8")))
    assert said["inputs"] == sum(said[key.replace("-", "_")] for key in get_args(Status))
    assert said["totals"][RECEIVED] == 3 * town(0).entries[RECEIVED].value + 6  # type: ignore[operator]


def test_the_command_says_what_to_do_and_its_status(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, town(1))
    put(folder, typed(town(2), {"requests/received/total": 9999}))
    put(folder, dataclasses.replace(town(3), unit=Unit("")), "第3镇人民政府.xlsx")
    put(folder, town(1), "第9镇人民政府.xlsx").unlink()
    put(folder, town(5), "第1镇人民政府的.xlsx")
    roster = ["code,name,level", *(f"T{n},第{n}镇人民政府,township" for n in (1, 2, 3, 4, 5))]
    (tmp_path / "r.csv").write_text("\n".join(roster), encoding="utf-8")
    done = run("xls merge in --roster r.csv -o c.xlsx --details d.csv", tmp_path, language="en", columns=200)
    assert done.returncode == 1
    assert "only its file name speaks of 第3镇人民政府" in done.stdout
    assert "its cover says 第5镇人民政府, its file name 第1镇人民政府" in done.stdout
    assert re.search("missing +第3镇人民政府, 第4镇人民政府", done.stdout)
    assert (tmp_path / "d.csv").read_text("utf-8-sig").startswith("unit,code")
    taken = run("xls merge in --roster r.csv -o c.xlsx --yes --force", tmp_path, language="en", columns=200)
    assert "taken for 第3镇人民政府 by its file name" in taken.stdout
    told = run("xls merge in --roster r.csv -o e.xlsx --against c.xlsx", tmp_path, language="en", columns=200)
    assert told.returncode == 1
    assert "who reports there" in told.stdout
    same = run("xls merge in --roster r.csv -o f.xlsx --yes --against c.xlsx", tmp_path, language="en", columns=200)
    assert "the reported figures are the sums of the units" in same.stdout
    assert openpyxl.load_workbook(tmp_path / "f.xlsx")["逐格对账"]["A4"].value == "报送数与各单位之和全部相等"


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("xls merge empty -o c.xlsx", 2, "no workbook in it"),
        ("xls merge in -o c.ods", 2, "type -o c.xlsx"),
        ("xls merge in -o here.xlsx", 3, "exists already"),
        ("xls merge in/a.xlsx -o in/a.xlsx --force", 2, "there is a filing of"),
        ("xls merge in -o in/a.xlsx --force", 2, "there is a filing of"),
        ("xls merge bad -o c.xlsx", 3, "nothing could be merged; c.xlsx was not written"),
        ("xls merge in -o c.xlsx --details d.txt", 2, "type --details d.xlsx"),
        ("xls merge in -o c.xlsx --roster noname.csv", 2, "no row heads a column with the names"),
    ],
)
def test_wrong_use_is_one_sentence(tmp_path: Path, command: str, status: int, said: str) -> None:
    put(tmp_path / "in", town(1), "a.xlsx")
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.xlsx").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "here.xlsx").write_bytes(b"x")
    (tmp_path / "noname.csv").write_text("code,level\n1,township\n", encoding="utf-8")
    done = run(command, tmp_path, language="en", columns=200)
    assert done.returncode == status
    assert said in done.stderr
    assert not (tmp_path / "c.xlsx").exists()
    assert "Traceback" not in done.stderr


def test_names_that_look_like_formulas_or_paths_are_text(tmp_path: Path) -> None:
    for n, name in enumerate(('=cmd|"/c calc"!A1', "../a", "CON", "甲/乙:丙*?", "长" * 200, "尾..")):
        put(tmp_path / "in", dataclasses.replace(town(n), unit=Unit(name, f"X{n}", "township")), f"{n}.xlsx")
    done = run("xls merge in -o c.xlsx", tmp_path, language="en")
    assert done.returncode == 0, done.stderr + done.stdout
    page = openpyxl.load_workbook(tmp_path / "c.xlsx")["来源"]
    assert page["A6"].data_type == "s"
    assert {page.cell(row, 1).value for row in range(6, 12)} >= {'=cmd|"/c calc"!A1', "../a", "CON"}


def _last(made: Filing, before: Filing) -> Filing:
    return dataclasses.replace(before, unit=made.unit, source="prior")


def test_the_chain_is_held_for_units_and_for_the_county(tmp_path: Path) -> None:
    from tests.filings import prior

    for n in (1, 2):
        put(tmp_path / "in", town(n))
    last = [_last(town(n), prior("2021")) for n in (1, 2)]
    asked = Asked(Unit("县"), priors=Priors(last))
    found = merge_files([str(tmp_path / "in")], asked, tmp_path / "c.xlsx", list)
    assert found.before is not None
    carried = last[0].entries["requests/carried_out/person"].value
    assert isinstance(carried, int)
    assert found.before.entries["requests/carried_out/person"].value == 2 * carried
    assert not [each for each in found.findings if each.level == "error"]
    broken = [last[0], _last(town(2), prior("2021", {"requests/carried_out/person": 99}))]
    asked = Asked(Unit("县"), include_invalid=True, priors=Priors(broken))
    found = merge_files([str(tmp_path / "in")], asked, tmp_path / "c.xlsx", list)
    assert "requests-carried-in" in {each.rule for row in found.ledger.rows for each in row.findings}
    assert "requests-carried-in" in {each.rule for each in found.findings}
    assert merge_files([str(tmp_path / "in")], Asked(priors=Priors(last[:1])), tmp_path / "c.xlsx", list).before is None


def test_a_county_s_workbook_of_last_year_is_the_prior_of_its_units_too(tmp_path: Path) -> None:
    from tests.filings import prior

    last = [_last(town(n), prior("2021")) for n in (1, 2)]
    for n, before in enumerate(last, start=1):
        put(tmp_path / "in", town(n))
        put(tmp_path / "last", before, f"{n}.xlsx")
    assert run("xls merge last --unit 县 -o last.xlsx", tmp_path).returncode == 0
    known = last_year(tmp_path / "last.xlsx", Asked(), single=False)
    assert not known.incomplete
    asked = Asked(Unit("县"), priors=known.priors)
    found = merge_files([str(tmp_path / "in")], asked, tmp_path / "c.xlsx", list)
    assert [values(each) for each in found.last if each] == [values(each) for each in last]
    assert {each.rule for each in found.findings} == {"texts-present", "prior-proportion"}
    (tmp_path / "in" / f"{town(2).unit.name}.xlsx").write_bytes(b"broken")
    found = merge_files([str(tmp_path / "in")], asked, tmp_path / "c.xlsx", list)
    assert {each.level for each in found.findings} == {"verify"}  # not held against both towns' last year
    assert not found.unchained


def _county(*lasts: Filing, **changes: int) -> Filing:
    """What a county itself reported last year: the sum of its units, and figures of its own."""
    made = merged_of(*(dataclasses.replace(each, source=f"{n}") for n, each in enumerate(lasts))).filing
    assert made is not None
    more = {ref.replace("__", "/"): made.entries[ref.replace("__", "/")].value + n for ref, n in changes.items()}  # type: ignore[operator]
    return typed(dataclasses.replace(made, unit=Unit("县")), more)


def test_the_county_s_own_chain_and_that_of_its_units_are_told_apart(tmp_path: Path, english: None) -> None:
    from tests.filings import prior

    for n in (1, 2):
        put(tmp_path / "in", town(n))
    last = [_last(town(n), prior("2021")) for n in (1, 2)]
    carried = "requests/carried_out/person"

    def said(county: Filing, *units: Filing) -> list[str]:
        asked = Asked(Unit("县"), priors=Priors([county, *units]), include_invalid=True)
        found = merge_files([str(tmp_path / "in")], asked, tmp_path / "c.xlsx", list)
        return [str(each.message) for each in found.findings if each.rule == "requests-carried-in"]

    assert said(_county(*last), *last) == []
    [own] = said(_county(*last, requests__carried_out__person=3), *last)
    assert not own.startswith("against last year's filings")
    other = _last(town(2), prior("2021", {carried: 99}))
    [summed] = said(_county(*last), last[0], other)
    assert summed.startswith("against last year's filings of the units added up: ")


def test_with_a_unit_missing_the_county_s_own_last_year_waits_and_it_is_said(tmp_path: Path) -> None:
    from tests.filings import prior

    put(tmp_path / "in", town(1))
    put(tmp_path, _county(*(_last(town(n), prior("2021")) for n in (1, 2))), "county.xlsx")
    (tmp_path / "r.csv").write_text(
        f"code,name,level\nT1,{town(1).unit.name},township\nT2,{town(2).unit.name},township\n"
    )
    command = "xls merge in --unit 县 --roster r.csv -o c.xlsx --prior county.xlsx --force"
    done = run(command, tmp_path, language="en")
    assert "the county's own figures of last year are compared when every unit is merged" in done.stdout
    assert "the sum itself" not in done.stdout
    put(tmp_path / "in", town(2, 1))
    broken = run(command, tmp_path, language="en")
    assert "compared when every unit" not in broken.stdout
    put(tmp_path, _county(_last(town(1), prior("2021"))), "county.xlsx")
    broken = run(command, tmp_path, language="en")
    assert "the sum itself: errors " in broken.stdout


def test_the_chart_by_unit_shows_last_year_beside_this_one(tmp_path: Path) -> None:
    from tests.filings import prior

    for n in (1, 2):
        put(tmp_path / "in", town(n, n))
    put(tmp_path / "last", _last(town(1), prior("2021")), "1.xlsx")
    assert run("xls merge in --unit 县 -o c.xlsx --prior last", tmp_path).returncode in (0, 1)
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx")["图表"]
    year, base = town(1).year, town(0).entries["requests/received/total"].value
    before = prior("2021").entries["requests/received/total"].value
    assert [cell.value for cell in sheet[3][1:3]] == [str(year), str(year - 1)]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(4, 5)] == [
        [town(2).unit.name, base + 2, None],  # type: ignore[operator]
        [town(1).unit.name, base + 1, before],  # type: ignore[operator]
    ]


def test_a_unit_merged_into_another_raises_no_false_alarm(tmp_path: Path) -> None:
    from tests.filings import prior

    year = town(1).year
    known = (
        Member(unit(1)),
        Member(unit(2), until=year - 1, successor="T1"),
        Member(unit(3), since=year),
    )
    first, second = (prior("2021", unit=unit(n), source=f"p{n}") for n in (1, 2))
    carried = {
        f"requests/carried_in/{column.id}": first.entries[f"requests/carried_out/{column.id}"].value * 2  # type: ignore[operator]
        for column in EDITION.table("requests").columns
        if column.kind == "entry"
    }
    base = filing("2021")
    more = {
        ref.replace("carried_in", "done.granted"): base.entries[ref.replace("carried_in", "done.granted")].value  # type: ignore[operator]
        + value
        - base.entries[ref].value
        for ref, value in carried.items()
    }
    put(tmp_path / "in", filing("2021", {**carried, **more}, unit=unit(1)))
    new = dict.fromkeys(carried, 0) | {
        ref.replace("carried_in", "received"): base.entries[ref.replace("carried_in", "received")].value  # type: ignore[operator]
        + base.entries[ref].value
        for ref in carried
    }
    put(tmp_path / "in", filing("2021", new, unit=unit(3)))
    asked = Asked(Unit("县"), known, priors=Priors([first, second]))
    found = merge_files([str(tmp_path / "in")], asked, tmp_path / "c.xlsx", list)
    assert [row.status for row in found.ledger.rows] == ["merged", "merged"]
    assert found.ledger.missing == ()
    assert "requests-carried-in" not in {each.rule for each in found.findings}
    assert found.before is not None


def test_ctrl_c_leaves_the_old_output_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from toolkit.cli.application import run as command

    put(tmp_path / "in", town(1))
    (tmp_path / "c.xlsx").write_bytes(b"old")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("toolkit.workbook.write.write_to", stopped)
    with pytest.raises(SystemExit) as ended:
        command(["--lang", "en", "merge", str(tmp_path / "in"), "-o", str(tmp_path / "c.xlsx"), "--force"])
    assert ended.value.code == 3
    assert (tmp_path / "c.xlsx").read_bytes() == b"old"
    assert "is as it was" in capsys.readouterr().err


def test_ctrl_c_among_the_letters_says_that_the_workbook_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from toolkit.cli.application import run as command

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    put(tmp_path / "in", town(1))
    monkeypatch.setattr("toolkit.county.post.letters", stopped)
    words = ["merge", str(tmp_path / "in"), "-o", str(tmp_path / "c.xlsx"), "--letters", str(tmp_path / "letters")]
    with pytest.raises(SystemExit) as ended:
        command(["--lang", "en", *words])
    assert ended.value.code == 3
    assert capsys.readouterr().err.endswith("c.xlsx is written, what goes with it is not all there\n")
    assert intake(tmp_path / "c.xlsx").tally is not None


def test_ctrl_c_while_files_are_read_leaves_the_old_output_and_says_so(tmp_path: Path) -> None:
    put(tmp_path / "in", town(1))
    (tmp_path / "c.xlsx").write_bytes(b"old")
    words = ["merge", "in", "waiting.xlsx", "-o", "c.xlsx", "--force"]
    assert interrupted(words, tmp_path, tmp_path / "waiting.xlsx") == (3, "stopped; c.xlsx is as it was\n")
    assert (tmp_path / "c.xlsx").read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"in", "c.xlsx"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_screen_after_a_merge(language: str, width: int, tmp_path: Path, golden: Golden) -> None:
    shutil.copytree(SAMPLES / "county", tmp_path / "county")
    command = "xls merge inbox --roster roster.csv --unit 云岭县 -o county.xlsx --against inbox/云岭县教育局.ods"
    done = run(command, tmp_path / "county", language=language, columns=width)
    assert done.returncode == 3
    shown = "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())
    golden(f"merge-{language}-{width}", shown)
    assert max(map(cell_len, shown.splitlines())) <= width
    assert len(shown.splitlines()) <= 50


def test_a_row_for_which_there_is_no_room_ends_in_dots_on_its_last_line() -> None:
    long = text("{file}: not read, {why}", file="in/a.xlsx", why="而且" * 200)
    merged = merge([delivered(town(0)), Unread("in/a.xlsx", long)], Unit("县"))
    lines = printed(screen(merged, "c.xlsx", 80), 80).splitlines()
    at = next(n for n, line in enumerate(lines) if "in/a.xlsx" in line)
    assert [line.rstrip().endswith("…") for line in lines[at : at + 4]] == [False, False, True, False]
    assert lines[at + 2].strip("… 而且") == ""
    assert max(map(cell_len, lines)) <= 80


def test_the_set_of_a_new_year_has_what_last_years_filings_carry(tmp_path: Path) -> None:
    last = tmp_path / "last"
    put(last, town(0))
    put(last, town(1))
    (tmp_path / "r.csv").write_text("代码,名称,层级\nT0,第0镇人民政府,township\nT1,第1镇人民政府,township\n"
                                    "T2,新设镇,township\n", encoding="gb18030")  # fmt: skip
    done = run(f"xls new {town(0).year + 1} --roster r.csv --prior last -o set", tmp_path)
    assert done.returncode == 0
    assert "新设镇" in done.stderr
    made = {path.name.partition("-")[0]: intake(path).filing for path in (tmp_path / "set").iterdir()}
    assert sorted(made) == ["新设镇", "第0镇人民政府", "第1镇人民政府"]
    left = town(0).entries["requests/carried_out/person"].value
    assert left
    assert made["第0镇人民政府"].entries["requests/carried_in/person"].value == left
    assert made["新设镇"].entries["requests/carried_in/person"].value is None


def test_duplicates_are_named_in_both_rows_and_of_the_same_bytes_one_is_merged(english: None) -> None:
    one, other = town(1), dataclasses.replace(town(1, 3), source="b.xlsx")
    rows = merge([delivered(one), delivered(other)], Unit("县")).ledger.rows
    assert {row.source: str(row.reason) for row in rows} == {
        "001.xlsx": "the same unit also delivered b.xlsx; which one counts is for you to say: leave one",
        "b.xlsx": "the same unit also delivered 001.xlsx; which one counts is for you to say: leave one",
    }
    twin = dataclasses.replace(one, source="b.xlsx")
    rows = merge([delivered(one, "x"), delivered(twin, "x")], Unit("县")).ledger.rows
    assert {row.source: (row.status, str(row.reason)) for row in rows} == {
        "001.xlsx": ("merged", "merged"),
        "b.xlsx": ("duplicate", "byte for byte the same as 001.xlsx"),
    }


@pytest.mark.exhaustive
def test_two_thousand_and_one_units_are_written_row_by_row_and_read_back(tmp_path: Path) -> None:
    county = merged_of(*(town(n, n % 7) for n in range(MOST_UNITS + 1)))
    assert county.filing is not None
    path = tmp_path / "c.xlsx"
    path.write_bytes(write(EDITION, county.filing, None, county))
    back = intake(path)
    assert values(back.filing) == values(county.filing)
    assert back.tally is not None
    assert len(back.tally.contributions) == MOST_UNITS + 1
    assert all(each.sealed for each in back.tally.contributions)
    assert [each.rule for each in check(back).findings if each.level == "error"] == []
