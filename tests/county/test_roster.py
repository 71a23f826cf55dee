"""A roster is read out of what counties have, and refused in a sentence where it cannot be meant."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from tests import ROOT
from tests.filings import filing, prior, write
from tests.sessions import run
from toolkit.county.issue import issue
from toolkit.county.roster import roster, understood
from toolkit.form.edition import named
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import speaking
from toolkit.intake.workbook import read
from toolkit.model.filing import Filing, Unit

EDITION = named("2021")
ROWS = "代码,名称,层级\n1,城关镇人民政府,乡镇、街道\n2,发展和改革局,county-department\n,县政府办公室,\n"
UNITS = (Unit("城关镇人民政府", "1", "township"), Unit("发展和改革局", "2", "county-department"),
         Unit("县政府办公室", None, "county-department"))  # fmt: skip


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
    "code,level\n1,county\n": "no row heads a column with the names of the units",
    "单位名称,单位名称\n甲,乙\n": "row 1: two columns are headed 单位名称",
    "name,since\n甲,去年\n": "row 2: “去年” is no report year",
    'name,code\n"甲,1\n乙,2\n': 'line 2: a quote (") is opened and not closed',
    'name,code\n甲,"1"2\n': 'line 2: a quote (") is opened and not closed',
    'name,code\n"甲,1\n乙",2\n': 'line 2: a quote (") is opened and not closed',
    "code,name,level\n1,甲 镇,county\n,甲镇（盖章）,county\n": "two units are named 甲镇",
    "code,name,level\nT1,甲,county\nt1,乙,county\n": "two units have the code t1",
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


def test_lines_of_two_encodings_are_refused_since_names_would_come_out_as_others() -> None:
    lines = ["单位名称,代码", "城关镇人民政府,1", "石桥镇人民政府,2", "教育局,3"]
    one_in_gbk = b"\n".join(line.encode("gb18030" if n == 2 else "utf-8") for n, line in enumerate(lines))
    one_in_utf_8 = b"\n".join(line.encode("utf-8" if n == 1 else "gb18030") for n, line in enumerate(lines))
    for content, line in ((one_in_gbk, 3), (one_in_utf_8, 2)):
        with speaking("en"), pytest.raises(WrongUse) as refused:
            roster(content, "units.csv", EDITION)
        with speaking("en"):
            assert f"line {line}: in another encoding" in str(refused.value)


def test_a_million_rows_are_one_sentence() -> None:
    many = "name\n" + "".join(f"第{n}局\n" for n in range(60_000))
    with speaking("en"), pytest.raises(WrongUse, match="more than 50000 rows"):
        roster(many.encode(), "units.csv", EDITION)
    assert roster(b"name\n" + "甲镇\n".encode() + b",,,\n" * 200_000, "units.csv", EDITION)[0].name == "甲镇"


AS_PEOPLE_HAVE_IT = """云岭县政务公开单位名册,,,,,
,,,,,
序号,单位名称（全称）,统一社会信用代码,类别,联系人,联系电话
,一、乡镇（街道）（2个）,,,,
1,临溪镇人民政府（盖章）,11321322014318713X,,张三,0512-1
2,石桥镇人民政府,9.11234567890123E+17,行政机关,李四,
序号,单位名称（全称）,统一社会信用代码,类别,联系人,联系电话
,二、县直部门,,,,
3,教育局,,,,
4,供销公司,,,,
,合计,4,,,
注：本名册由县政府办公室编制,,,,,
"""


@pytest.mark.parametrize(
    ("encoding", "separator"), [("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";"), ("utf-8", "，")]
)
def test_a_roster_is_read_as_people_have_it(encoding: str, separator: str) -> None:
    found = understood(AS_PEOPLE_HAVE_IT.replace(",", separator).encode(encoding), "r.csv", EDITION)
    assert [each.unit for each in found.members] == [
        Unit("临溪镇人民政府", "11321322014318713X", "township"),
        Unit("石桥镇人民政府", None, "township"),
        Unit("教育局", None, "county-department"),
        Unit("供销公司", None, "county-department"),
    ]
    assert found.told == ("group",) * 4
    assert [each.contact for each in found.members] == ["张三 0512-1", "李四", "", ""]
    assert [row.number for row in found.left_out] == [11, 12]
    assert found.damaged == (("石桥镇人民政府", "9.11234567890123E+17"),)
    assert found.others == ("序号",)


@pytest.mark.parametrize("head", ["单位", "单位名称", "填报单位", "单位 名称", "部门"])
def test_code_and_level_may_be_missing_and_the_level_is_read_from_the_name(head: str) -> None:
    found = understood(f"序号,{head}\n1,甲镇人民政府\n2,财政局\n3,某公司\n".encode(), "r.csv", EDITION)
    assert [each.unit.level for each in found.members] == ["township", "county-department", None]
    assert found.told == ("name", "name", "")
    with speaking("en"):
        assert list(map(str, found.remarks("r.csv"))) == [
            "r.csv: the level of 2 units is taken from their names (甲镇人民政府, 财政局)",
            "r.csv: 1 units have no level and their names say none (某公司); rules for a level pass them over",
        ]


@pytest.mark.parametrize("code", ["代码", "单位代码", "信用代码", "统一社会信用代码（18位）", "Code"])
def test_the_column_of_codes_has_many_names(code: str) -> None:
    assert roster(f"{code},单位名称\nA7,甲镇\n".encode(), "r.csv", EDITION)[0].code == "A7"


LEVELS = {
    "乡镇": "township", "街道": "township", "乡镇街道": "township", "乡镇、街道": "township", "township": "township",
    "县直部门": "county-department", "县级部门": "county-department", "市直部门": "city-department",
    "县（市、区）": "county",
}  # fmt: skip


@pytest.mark.parametrize("said", LEVELS)
def test_a_level_is_called_what_people_call_it(said: str) -> None:
    content = f"单位名称,层级\n某公司,{said}\n".encode()
    assert understood(content, "r.csv", EDITION).members[0].unit.level == LEVELS[said]


def test_what_else_units_are_sorted_by_is_no_level() -> None:
    found = understood("单位名称,级别\n甲镇,正科级\n财政局,行政机关\n乙镇,乡镇\n".encode(), "r.csv", EDITION)
    assert [each.unit.level for each in found.members] == ["township", "county-department", "township"]
    assert found.told == ("name", "name", "stated")


def test_the_sheet_with_the_head_is_read_and_numbers_stored_as_such() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["填写说明"])
    sheet = book.create_sheet("名册")
    for line in (["名册"], ["单位", "代码", "起始年度"], ["甲镇", 911234567890123456, 2023], ["乙镇", 12, None]):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    found = understood(out.getvalue(), "r.xlsx", EDITION)
    assert found.sheet == "名册"
    assert [each.unit.code for each in found.members] == [None, "12"]
    assert found.members[0].since == 2023
    assert [name for name, _ in found.damaged] == ["甲镇"]


def test_the_empty_roster_is_filled_in_and_read_back(tmp_path: Path) -> None:
    for name in ("new.xlsx", "new.csv"):
        assert run(f"xls roster --new {name}", tmp_path).returncode == 0
        assert run(f"xls roster --new {name}", tmp_path).returncode == 3
    heads = (tmp_path / "new.csv").read_text(encoding="utf-8-sig").strip().split(",")
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == heads
    assert sheet.column_dimensions["A"].number_format == "@"
    [levels] = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    sheet.append(
        ["11321322014318713X", "甲镇", levels.formula1.strip('"').split(",")[3], "张", "1", "某县", 2020, 2030, None]
    )
    sheet.append(["", "乙镇", "", "", "", "某县", None, None, "甲镇"])
    book.save(tmp_path / "full.xlsx")
    done = run("xls roster full.xlsx --format json", tmp_path)
    said = json.loads(done.stdout)
    jsonschema.validate(said, json.loads((ROOT / "docs" / "schema" / "roster.json").read_text(encoding="utf-8")))
    assert said["units"][0] == {
        "name": "甲镇", "code": "11321322014318713X", "level": "township", "level_from": "stated", "contact": "张 1",
        "parent": "某县", "since": 2020, "until": 2030, "successor": None,
    }  # fmt: skip
    assert said["units"][1]["level_from"] == "name"
    assert run("xls roster --new x.docx", tmp_path).returncode == 2


def test_xls_roster_shows_what_was_understood(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(AS_PEOPLE_HAVE_IT, encoding="utf-8")
    done = run("xls roster r.csv", tmp_path, language="en", columns=120)
    assert done.returncode == 1
    assert "r.csv: 4 units (township or sub-district 2, county department 2)" in done.stdout
    assert "unit from “单位名称（全称）”, code from “统一社会信用代码”" in done.stdout
    assert "not used  序号" in done.stdout
    assert "临溪镇人民政府 " in done.stdout
    assert "the codes of 1 units were stored as numbers" in done.stderr
    assert "10 " not in done.stderr
    assert "11 “合计，4”" in done.stderr


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


def test_workbooks_made_in_processes_are_those_made_one_after_the_other() -> None:
    last = prior("2021")

    def before(made: Filing) -> Filing | None:
        return replace(last, unit=made.unit) if made.unit.name == UNITS[1].name else None

    alone = list(issue(last.year + 1, ROWS.encode(), "units.csv", before, 1))
    assert list(issue(last.year + 1, ROWS.encode(), "units.csv", before, 2)) == alone
    assert len({content for _, content in alone}) == len(UNITS)


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


def test_a_filing_is_no_roster(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(write(EDITION, filing("2021")))
    for command in ("xls roster a.xlsx", "xls new 2024 --roster a.xlsx", "xls check a.xlsx --roster a.xlsx"):
        done = run(command, tmp_path)
        assert (done.returncode, done.stderr) == (2, "a.xlsx：是一份填报，不是名册；名册每行一个单位\n"), command
