"""A roster is read out of what counties have, and refused in a sentence where it cannot be meant."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.filings import filing
from tests.sessions import run
from toolkit.county.issue import issue
from toolkit.county.roster import roster
from toolkit.form.edition import named
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import speaking
from toolkit.intake.workbook import read
from toolkit.model.filing import Unit
from toolkit.workbook.write import write

EDITION = named("2021")
ROWS = "代码,名称,层级\n1,城关镇人民政府,乡镇、街道\n2,发展和改革局,county-department\n,县政府办公室,\n"
UNITS = (Unit("城关镇人民政府", "1", "township"), Unit("发展和改革局", "2", "county-department"), Unit("县政府办公室"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_counties_have(encoding: str) -> None:
    assert roster(ROWS.encode(encoding), "units.csv", EDITION) == UNITS


def test_a_workbook_is_read_too() -> None:
    book = openpyxl.Workbook()
    for line in ROWS.strip().split("\n"):
        book.worksheets[0].append([int(cell) if cell.isdigit() else cell for cell in line.split(",")])
    out = io.BytesIO()
    book.save(out)
    assert roster(out.getvalue(), "units.xlsx", EDITION) == UNITS


REFUSED = {
    "": "the roster is empty",
    "code,name,level\n": "the roster is empty",
    "code,name,level\n,,\n": "the roster is empty",
    "name,level\n甲,county\n": "no column code",
    "code,name,level,parent\n1,甲,county,丙\n": "甲 names 丙, which is not on the roster",
    "code,name,level,parent\n1,甲,county,丙\n2,乙,county,\n": "甲 names 丙, which is not on the roster",
    "code,name,level\n1,,county\n": "row 2: the unit has no name",
    "code,name,level\n1,甲,village\n": "level “village” is not known",
    "code,name,level\n1,甲,county\n2,甲,county\n": "two units are named 甲",
    "code,name,level\n1,甲,county\n1,乙,county\n": "two units have the code 1",
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_roster_that_cannot_be_meant_is_refused(said: str) -> None:
    with speaking("en"), pytest.raises(WrongUse) as refused:
        roster(said.encode(), "units.csv", EDITION)
    with speaking("en"):
        assert REFUSED[said] in str(refused.value)
        assert str(refused.value).startswith("units.csv")


def test_the_county_that_all_units_are_under_need_not_be_on_its_own_roster() -> None:
    said = "code,name,level,parent\n1,甲镇,township,丙县\n2,甲镇财政所,township,1\n3,乙镇,township,丙县\n"
    assert len(roster(said.encode(), "units.csv", EDITION)) == 3


def test_bytes_of_no_encoding_are_refused() -> None:
    with speaking("en"), pytest.raises(WrongUse, match="neither UTF-8 nor GB18030"):
        roster(b"code,name,level\n\xff\xff\xff\n", "units.csv", EDITION)


def test_every_unit_gets_a_workbook_that_says_whose_it_is() -> None:
    made = dict(issue(2021, ROWS.encode(), "units.csv"))
    assert list(made) == ["城关镇人民政府-2021.xlsx", "发展和改革局-2021.xlsx", "县政府办公室-2021.xlsx"]
    assert tuple(read(content, name).filing.unit for name, content in made.items()) == UNITS


def test_units_whose_names_make_one_file_name_are_told_apart() -> None:
    rows = "code,name,level\n7,甲:局,\n8,甲*局,\n,甲?局,\n9,A局,\n10,a局,\n"
    names = [name for name, _ in issue(2021, rows.encode(), "units.csv")]
    assert len({name.casefold() for name in names}) == len(names) == 5
    assert names[:3] == ["甲_局-2021.xlsx", "甲_局-8-2021.xlsx", "甲_局-3-2021.xlsx"]


def test_a_unit_name_like_a_formula_is_written_as_text() -> None:
    ((_, content),) = issue(2021, b"code,name,level\n1,\"=cmd|' /C calc'!A0\",county\n", "units.csv")
    cell = openpyxl.load_workbook(io.BytesIO(content))["封面"]["C4"]
    assert (cell.data_type, cell.value) == ("s", "=cmd|' /C calc'!A0")


def test_check_with_a_roster_takes_level_and_code_from_it_and_names_the_missing(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("代码,名称,层级\nT1,甲镇,township\nT2,乙镇,township\nT3,丙镇,township\n"
                                    "T4,丁镇,township\n", encoding="utf-8")  # fmt: skip
    folder = tmp_path / "in"
    folder.mkdir()
    made = {"a.xlsx": Unit("甲镇"), "乙镇.xlsx": Unit(""), "c.xlsx": Unit("外镇")}
    for name, unit in made.items():
        (folder / name).write_bytes(write(named("2021"), filing("2021", unit=unit)))
    (folder / "丙镇.xlsx").write_bytes(b"nothing")
    done = run("xls check in --roster r.csv --format json", tmp_path, language="en")
    told = json.loads(done.stdout)
    assert done.returncode == 3
    assert [each["name"] for each in told["missing_units"]] == ["丁镇"]
    whose = {each["file"]: each["unit"] for each in told["files"]}
    assert whose["in/a.xlsx"] == {"name": "甲镇", "code": "T1", "level": "township"}
    assert whose["in/乙镇.xlsx"]["name"] == ""
    assert "only its file name speaks of 乙镇" in done.stderr
    assert "外镇 is not on the roster" in done.stderr
    (folder / "丙镇.xlsx").unlink()
    assert run("xls check in/a.xlsx --roster r.csv", tmp_path).returncode == 1
    assert "missing: 乙镇, 丙镇, 丁镇" in run("xls check in/a.xlsx --roster r.csv", tmp_path, language="en").stdout
    assert run("xls check in/a.xlsx", tmp_path).returncode == 0
