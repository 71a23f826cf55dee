"""Only units that are in every year are added up; the others are named with the reason; a county is no unit's like."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from tests.cli.test_cli import SCHEMA, put
from tests.filings import filing, typed, write
from tests.sessions import run
from toolkit.county.compare import compare
from toolkit.county.inbox import Asked
from toolkit.form.edition import named
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import speaking
from toolkit.model.filing import Filing, Unit
from toolkit.model.ledger import Member
from toolkit.model.units import slip

RECEIVED = "requests/received/person"


def town(name: str, received: int, year: int = 2024, code: str | None = None) -> Filing:
    return filing("2021", {RECEIVED: received}, unit=Unit(name, code, "township"), year=year)


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Two years of a county with every reason why a unit may be in one of them only."""
    for name in ("甲镇", "乙镇", "撤并镇", "未报镇", "坏镇", "重镇", "错年镇"):
        put(tmp_path, f"2023/{name}.xlsx", town(name, 100, 2023))
    for name in ("甲镇", "乙镇", "新设镇", "重镇"):
        put(tmp_path, f"2024/{name}.xlsx", town(name, 110))
    put(tmp_path, "2024/重镇（改）.xlsx", town("重镇", 111))
    put(tmp_path, "2024/错年镇.xlsx", town("错年镇", 9, 2022))
    (tmp_path / "2024" / "坏镇.xlsx").write_bytes(b"no workbook")
    plain = ["甲镇", "乙镇", "未报镇", "坏镇", "重镇", "错年镇", "从未报镇"]
    rows = ["单位名称,起始年度,截止年度", *(f"{name},," for name in plain), "撤并镇,,2023", "新设镇,2024,"]
    (tmp_path / "r.csv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_a_total_is_over_the_units_of_both_years_and_the_others_are_what_they_are(county: Path) -> None:
    done = run("xls diff 2023 2024 --roster r.csv --format json", county)
    assert done.returncode == 3
    said = json.loads(done.stdout)
    jsonschema.validate(said, json.loads((SCHEMA / "changes.json").read_text(encoding="utf-8")))
    [total] = [each for each in said["totals"] if each["ref"] == RECEIVED]
    assert (total["values"], said["compared"]) == ([200, 220], 2)
    assert [(share["unit"]["name"], share["change"]) for share in total["by"]] == [("乙镇", 10), ("甲镇", 10)]
    assert {(each["unit"]["name"], each["year"]): each["why"] for each in said["absent"]} == {
        ("撤并镇", 2024): "gone",
        ("未报镇", 2024): "not-received",
        ("坏镇", 2024): "unreadable",
        ("重镇", 2024): "twice",
        ("错年镇", 2024): "other-year",
        ("新设镇", 2023): "new",
        ("从未报镇", 2023): "not-received",
        ("从未报镇", 2024): "not-received",
    }


def test_the_note_stands_in_every_output(county: Path) -> None:
    for ending in ("xlsx", "html", "csv"):
        run(f"xls diff 2023 2024 --roster r.csv -o c.{ending}", county, language="en")
    screen = run("xls diff 2023 2024 --roster r.csv", county, language="en").stdout
    page = (county / "c.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(county / "c.xlsx")
    sheet = "\n".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    for said in (screen, page, sheet):
        assert "the 2 units that are in both years" in said
        assert "no more reporting in 2024: 撤并镇" in said
        assert "nothing received for 2024: 未报镇, 从未报镇" in said
        assert "not readable for 2024: 坏镇" in said
        assert "new, not yet reporting in 2023: 新设镇" in said
    rows = list(csv.DictReader(io.StringIO((county / "c.csv").read_text(encoding="utf-8-sig"))))
    assert {row["unit"]: row["in_total"] for row in rows}["撤并镇"] == "2024 gone"
    assert {row["unit"]: row["in_total"] for row in rows}["甲镇"] == "yes"


def test_the_workbook_has_the_totals_and_units_on_request_and_prints_the_figures_only(county: Path) -> None:
    run("xls diff 2023 2024 -o c.xlsx", county)
    run("xls diff 2023 2024 -o all.xlsx --all", county)
    brief, whole = (openpyxl.load_workbook(county / name) for name in ("c.xlsx", "all.xlsx"))
    assert len(brief.sheetnames) == 1
    assert len(whole.sheetnames) == 9
    assert brief.worksheets[0].print_area.split("$")[-2] == "F"  # label, two years, change, per cent, mark


def test_a_text_in_place_of_a_number_takes_its_unit_out_of_that_sum_and_is_named(tmp_path: Path) -> None:
    for year in (2023, 2024):
        put(tmp_path, f"{year}/甲镇.xlsx", town("甲镇", 40, year))
        put(tmp_path, f"{year}/乙镇.xlsx", typed(town("乙镇", 50, year), {RECEIVED: "三件" if year == 2024 else 50}))
    said = json.loads(run("xls diff 2023 2024 --format json --all", tmp_path).stdout)
    [total] = [each for each in said["totals"] if each["ref"] == RECEIVED]
    assert total["values"] == [40, 40]
    assert [unit["name"] for unit in total["left_out"]] == ["乙镇"]
    assert "某年不是数字，未计入：乙镇" in run("xls diff 2023 2024 --all", tmp_path).stdout


def merged(folder: Path, year: int, names: str) -> None:
    for name in names:
        put(folder, f"in{year}/{name}镇.xlsx", town(f"{name}镇", 50 + year % 10, year))
    run(f"xls merge in{year} --unit 某县人民政府 --include-invalid -o {year}.xlsx", folder)
    assert (folder / f"{year}.xlsx").exists()


def test_county_workbooks_are_compared_by_the_units_that_are_in_both(tmp_path: Path) -> None:
    merged(tmp_path, 2023, "甲乙丙丁")
    merged(tmp_path, 2024, "甲乙")
    for command in ("2023.xlsx 2024.xlsx", "2023.xlsx in2024", "in2023 2024.xlsx"):
        said = json.loads(run(f"xls diff {command} --format json", tmp_path).stdout)
        [total] = [each for each in said["totals"] if each["ref"] == RECEIVED]
        assert total["values"] == [106, 108], command
        assert [each["unit"]["name"] for each in said["absent"]] in (["丙镇", "丁镇"], ["丁镇", "丙镇"])
    whole = json.loads(run("xls diff 2023.xlsx 2024.xlsx --format json", tmp_path).stdout)["units"][0]
    assert whole["unit"]["name"] == "某县人民政府"
    [own] = [each for each in whole["changes"] if each["ref"] == RECEIVED]
    assert own["values"] == [212, 108]


def test_why_a_unit_is_not_in_a_county_workbook_is_what_its_ledger_says(tmp_path: Path) -> None:
    merged(tmp_path, 2023, "甲乙丙丁")
    merged(tmp_path, 2024, "甲乙")
    put(tmp_path, "in2024/丙镇.xlsx", town("丙镇", 54, 2023))  # last year's once more
    (tmp_path / "units.csv").write_text("name\n甲镇\n乙镇\n丙镇\n丁镇\n", encoding="utf-8")
    county = "--roster units.csv --unit 某县人民政府 --include-invalid"
    run(f"xls merge in2024 {county} -o 2024.xlsx --force", tmp_path)
    said = json.loads(run("xls diff 2023.xlsx 2024.xlsx --format json", tmp_path).stdout)
    why = {each["unit"]["name"]: each["why"] for each in said["absent"]}
    assert why == {"丙镇": "returned", "丁镇": "not-received"}
    assert "2024 年度已退回、未汇总：丙镇" in run("xls diff 2023.xlsx 2024.xlsx", tmp_path).stdout


def test_a_county_workbook_among_its_own_units_is_left_out(tmp_path: Path) -> None:
    merged(tmp_path, 2023, "甲乙")
    merged(tmp_path, 2024, "甲乙")
    (tmp_path / "in2024" / "全县.xlsx").write_bytes((tmp_path / "2024.xlsx").read_bytes())
    done = run("xls diff in2023 in2024 --format json", tmp_path, language="en")
    [total] = [each for each in json.loads(done.stdout)["totals"] if each["ref"] == RECEIVED]
    assert total["values"] == [106, 108]
    assert "全县.xlsx: the sum of units that are in the folder themselves; left out" in done.stderr


def test_a_county_against_one_unit_is_refused(tmp_path: Path) -> None:
    merged(tmp_path, 2023, "甲乙")
    put(tmp_path, "甲镇.xlsx", town("甲镇", 5))
    put(tmp_path, "县.xlsx", filing("2021", unit=Unit("某县人民政府", None, "county"), year=2024))
    run("xls merge in2023 --include-invalid -o 无名.xlsx", tmp_path)
    put(tmp_path, "丙/丙镇.xlsx", town("丙镇", 5))
    for command, said in (
        ("2023.xlsx 甲镇.xlsx", "某县人民政府 reports for its units, 甲镇 for itself"),
        ("县.xlsx in2023/甲镇.xlsx", "某县人民政府 reports for its units, 甲镇 for itself"),
        ("无名.xlsx 甲镇.xlsx", "无名.xlsx reports for its units, 甲镇 for itself"),
        ("in2023 丙", "no unit is in in2023, 丙"),
        ("in2023 县.xlsx", "no unit is in"),
    ):
        done = run(f"xls diff {command}", tmp_path, language="en")
        assert (done.returncode, said in done.stderr) == (2, True), (command, done.stderr)
    assert run("xls diff 2023.xlsx 县.xlsx", tmp_path).returncode == 0


def test_a_seal_or_a_slip_is_no_new_name(tmp_path: Path) -> None:
    put(tmp_path, "2023/a.xlsx", town("城关镇人民政府", 1, 2023, "T1"))
    put(tmp_path, "2023/b.xlsx", town("石桥镇人民政府", 1, 2023, "T2"))
    put(tmp_path, "2023/c.xlsx", town("白塔乡", 1, 2023, "T3"))
    put(tmp_path, "2024/a.xlsx", town("城关镇人民政府（盖章）", 1, 2024, "T1"))
    put(tmp_path, "2024/b.xlsx", town("石侨镇人民政府", 1, 2024, "T2"))
    put(tmp_path, "2024/c.xlsx", town("白塔镇", 1, 2024, "T3"))
    found, _, _ = compare([str(tmp_path / "2023"), str(tmp_path / "2024")])
    assert [(each.before, each.after) for each in found.renamed] == [("白塔乡", "白塔镇")]
    assert [(each.before, each.after) for each in found.spelled] == [("石桥镇人民政府", "石侨镇人民政府")]
    assert found.compared == 3


@pytest.mark.parametrize(
    ("one", "other"), [("发展和改革局", "发展改革局"), ("城关镇政府", "城官镇政府"), ("镇城关政府", "城镇关政府")]
)
def test_one_sign_is_a_slip(one: str, other: str) -> None:
    assert slip(one, other)
    assert slip(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("城关乡", "城关镇"), ("白塔乡人民政府", "白塔乡人民政府"), ("甲镇", "乙镇"), ("卫生和计划生育局", "卫生健康局")],
)
def test_what_is_no_slip(one: str, other: str) -> None:
    assert not slip(one, other)


def test_an_archive_is_a_folder_and_years_that_tie_are_decided_as_everywhere(tmp_path: Path) -> None:
    put(tmp_path, "2023/甲镇.xlsx", town("甲镇", 1, 2023))
    with zipfile.ZipFile(tmp_path / "2024.zip", "w") as archive:
        archive.writestr("甲镇.xlsx", write(named("2021"), town("甲镇", 5)))
        archive.writestr("乙镇.xlsx", write(named("2021"), town("乙镇", 5, 2022)))
    found, remarks, unread = compare(
        [str(tmp_path / "2023"), str(tmp_path / "2024.zip")], Asked(members=(Member(Unit("甲镇")),))
    )
    assert found.years == (2023, 2024)
    assert not unread
    with speaking("en"):
        assert any("乙镇.xlsx: of 2022, the others of 2024; left out" in str(said) for said in remarks)


def test_two_things_must_be_there(tmp_path: Path) -> None:
    put(tmp_path, "2023/甲镇.xlsx", town("甲镇", 1, 2023))
    nameless: Any = filing("2021", unit=Unit(""), year=2024)
    put(tmp_path, "2024/a.xlsx", nameless)
    put(tmp_path, "2024/b.xlsx", nameless)
    with pytest.raises(WrongUse):
        compare([str(tmp_path / "2023"), str(tmp_path / "2024")])
