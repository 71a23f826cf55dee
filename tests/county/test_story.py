"""The story of a county with 45 units, from the roster to the report: twelve kinds of mistakes, late filings,
corrections, a unit merged into another, and at every step a sum of which it is known what stands in it.
"""

from __future__ import annotations

import dataclasses
import io
import json
import math
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len

from scripts.county_sample import filing as drawn
from tests.filings import typed, write
from tests.office import resaved
from tests.sessions import run
from toolkit.form.edition import edition, named
from toolkit.intake import intake
from toolkit.model.filing import Filing, Unit
from toolkit.publish import publish

YEAR = 2024
FORM = edition(YEAR)
COUNTY = "青川县人民政府"
TOWNS = [
    Unit(f"青川县{sign}坪镇人民政府", f"QC{n:03}", "township")
    for n, sign in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯辰")
]
OFFICES = [Unit(f"青川县{sign}务局", f"QC{n:03}", "county-department")
           for n, sign in enumerate("财教卫公民司水农林商文体统审医税交住人应退信市城宗档扶金粮旅", 100)]  # fmt: skip
UNITS = (*TOWNS, *OFFICES)
GONE = UNITS[44]
"""Merged into the unit before it this year."""


def own(n: int) -> Filing:
    """A unit's filing without a mistake."""
    return drawn(UNITS[n], 1000 + n, YEAR)


def made(n: int) -> bytes:
    return write(FORM, own(n))


def _changed(content: bytes, cells: dict[tuple[str, str], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, cell), value in cells.items():
        book[sheet][cell].value = value
    done = io.BytesIO()
    book.save(done)
    return done.getvalue()


def _renamed(content: bytes, was: str, now: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cells in book["封面"].iter_rows():
        for cell in cells:
            if cell.value == was:
                cell.value = now
    done = io.BytesIO()
    book.save(done)
    return done.getvalue()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inbox of the first evening: 32 right ones, twelve kinds of mistakes, and four units that sent nothing."""
    folder = tmp_path_factory.mktemp("county")
    inbox = folder / "收件"
    inbox.mkdir()
    rows = ["青川县各单位联系表", "序号,单位名称,信用代码,层级,联系人,联系电话"]
    rows += [f"{n},{unit.name},{unit.code},{'乡镇' if unit in TOWNS else '县直部门'},联系人{n},0839-{7200000 + n}"
             for n, unit in enumerate(UNITS) if unit != GONE]  # fmt: skip
    (folder / "名册.csv").write_bytes("\r\n".join(rows).encode("gb18030"))
    for n in range(29):
        (inbox / f"{UNITS[n].name}.xlsx").write_bytes(made(n))
    with zipfile.ZipFile(inbox / "教育口.zip", "w") as archive:
        for n in (29, 30):
            archive.writestr(f"{UNITS[n].name}.xlsx", made(n))
    (inbox / f"{UNITS[31].name}.docx").write_bytes(publish(FORM, own(31), ".docx"))
    wrong = inbox / f"{UNITS[32].name}.xlsx"
    wrong.write_bytes(_changed(made(32), {("表三", "J7"): 999}))  # 1 a total typed
    total = own(33).entries["requests/received/person"].value
    wrong = inbox / f"{UNITS[33].name}.xlsx"
    wrong.write_bytes(_changed(made(33), {("表三", "D7"): f"{total}件左右"}))  # 2 text in a number
    old = dataclasses.replace(drawn(UNITS[34], 5, 2020), year=YEAR)
    (inbox / f"{UNITS[34].name}.xlsx").write_bytes(write(named("2019"), old))  # 3 last form's tables
    last = drawn(UNITS[35], 6, YEAR - 1)
    (inbox / f"{UNITS[35].name}.xlsx").write_bytes(write(FORM, last))  # 4 last year's file
    (inbox / f"{UNITS[36].name}.xlsx").write_bytes(made(36)[:9000])  # 5 cut off in the mail
    (inbox / f"{UNITS[37].name}（扫描件）.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF")  # 6 a photo
    for name, add in (("", 0), ("（改）", 3)):  # 7 two versions
        twice = own(38)
        entries = twice.entries["documents/normative/issued"]
        in_force = twice.entries["documents/normative/in_force"]._replace(value=99 + add)
        issued = entries._replace(value=int(str(entries.value)) + add)
        more = {**twice.entries, "documents/normative/issued": issued, "documents/normative/in_force": in_force}
        changed = dataclasses.replace(twice, entries=more)
        (inbox / f"{UNITS[38].name}{name}.xlsx").write_bytes(write(FORM, changed))
    (inbox / "报表.xlsx").write_bytes(_renamed(made(39), UNITS[39].name, UNITS[0].name))  # 8 another unit's cover
    (inbox / "无名.xlsx").write_bytes(write(FORM, dataclasses.replace(own(40), unit=Unit(""))))  # 9 nobody's
    (inbox / "外县.xlsx").write_bytes(write(FORM, dataclasses.replace(own(40), unit=Unit("邻县财政局", "NX1"))))  # 10
    shutil.copy(inbox / f"{UNITS[0].name}.xlsx", inbox / f"{UNITS[0].name} - 副本.xlsx")  # 11 the same once more
    (inbox / "~$报表.xlsx").write_bytes(b"x")  # 12 what Excel leaves behind
    return folder


def _as_excel_adds(content: bytes) -> bytes:
    """Every fraction one double further, as a sum of fractions comes out."""
    made, changed = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(content)) as was, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as now:
        for name in was.namelist():
            part, times = re.subn(
                rb"<v>(\d+\.\d+)</v>",
                lambda found: b"<v>%r</v>" % math.nextafter(float(found[1]), math.inf),
                was.read(name),
            )
            now.writestr(name, part)
            changed += times
    assert changed
    return made.getvalue()


def merged(folder: Path, more: str = "", status: int = 1) -> dict[str, object]:
    """What a merge says."""
    words = f"xls merge 收件 --roster 名册.csv --unit {COUNTY} -o 全县.xlsx --force --format json {more}"
    done = run(words, folder)
    assert done.returncode == status, done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


def fates(said: dict[str, object]) -> dict[str, str]:
    rows = said["rows"]
    assert isinstance(rows, list)
    return {row["file"].rpartition("/")[2]: row["status"] for row in rows}


def sum_of(*units: int) -> int:
    return sum(int(str(own(n).entries["requests/received/total"].value)) for n in units)


@pytest.mark.exhaustive
def test_the_county_s_february(county: Path) -> None:
    _the_first_evening(county)
    _what_was_sent_back_comes_in_again(county / "收件")
    second = merged(county)
    assert fates(second)[f"{UNITS[32].name}.xlsx"] == "superseded"
    assert (second["merged"], second["missing"], second["complete"]) == (43, 1, False)
    _the_county_says_why_the_last_one_will_not_come(county)
    third = merged(county, status=0)
    assert fates(third)["全县（1月18日）.xlsx"] == "sum"
    assert (third["merged"], third["complete"], third["reasons"]) == (43, True, {UNITS[43].name: "已并入上一单位"})
    assert third["totals"] == second["totals"]
    _nothing_changes_in_libreoffice(county)


def _shown(county: Path, width: int) -> list[str]:
    """What a merge says on a terminal of a width."""
    words = f"xls merge 收件 --roster 名册.csv --unit {COUNTY} -o 全县.xlsx --force"
    return run(words, county, columns=width).stdout.splitlines()


def _is_one_screen(shown: list[str], width: int) -> None:
    """What is in, what is not, what to do next, in this order, on one screen."""
    assert len(shown) <= 45
    assert max(map(cell_len, shown)) <= width
    heads = ("2024 年度：应报 44 家", "本年度未收到或未采用的单位", "下一步：")
    at = [next(n for n, line in enumerate(shown) if line.startswith(head)) for head in heads]
    assert at == sorted(at)
    assert at[0] == 0


@pytest.mark.exhaustive
def test_with_everything_wrong_it_is_still_one_screen(county: Path, tmp_path: Path) -> None:
    shutil.copy(county / "名册.csv", tmp_path)
    (tmp_path / "收件").mkdir()
    for n in range(44):
        spoiled = typed(own(n), {"requests/received/total": 999, "requests/received/person": 3})
        (tmp_path / "收件" / f"{UNITS[n].name}.xlsx").write_bytes(write(FORM, spoiled))
    shown = _shown(tmp_path, 80)
    _is_one_screen(shown, 80)
    assert "--format json 全部列出" in "".join(shown)
    assert not (tmp_path / "全县.xlsx").exists()


def _the_first_evening(county: Path) -> None:
    for width in (80, 120):
        shown = _shown(county, width)
        _is_one_screen(shown, width)
        assert any("2 个文件重复，请确定" in line for line in shown)  # of the copy there is nothing to decide
    first = merged(county, "--letters 函 --from 青川县人民政府办公室 --deadline 2025-01-20", status=3)
    assert (first["inputs"], first["merged"], first["expected"], first["complete"]) == (44, 32, 44, False)
    assert first["totals"]["requests/received/total"] == sum_of(*range(32))  # type: ignore[index]
    assert {name: fate for name, fate in fates(first).items() if fate != "merged"} == {
        **{f"{UNITS[n].name}.xlsx": "rejected" for n in (32, 33, 34)},
        f"{UNITS[35].name}.xlsx": "other-year", f"{UNITS[36].name}.xlsx": "unreadable",
        f"{UNITS[37].name}（扫描件）.jpg": "not-read", f"{UNITS[38].name}.xlsx": "duplicate",
        f"{UNITS[38].name}（改）.xlsx": "duplicate", "报表.xlsx": "rejected", "无名.xlsx": "not-on-roster",
        "外县.xlsx": "not-on-roster", f"{UNITS[0].name} - 副本.xlsx": "duplicate",
    }  # fmt: skip
    absent = first["missing_units"]
    assert isinstance(absent, list)
    assert [unit["name"] for unit in absent] == [UNITS[n].name for n in (40, 41, 42, 43)]
    letters = {path.name for path in (county / "函").iterdir()}
    for n in (32, 33, 34, 35, 36, 38, 39, 40, 41, 42, 43):
        assert any(name.startswith(UNITS[n].name) for name in letters), UNITS[n].name
    assert not any(name.startswith(UNITS[n].name) for n in range(1, 32) for name in letters)
    refused = run("xls report 全县.xlsx -o 报告.docx", county)
    assert refused.returncode == 1
    assert "没有汇总进来" in refused.stderr


def _what_was_sent_back_comes_in_again(inbox: Path) -> None:
    county = inbox.parent
    returned = run(f"xls check 收件/{UNITS[32].name}.xlsx --mark 退回", county)
    assert returned.returncode == 1
    right = own(32).entries["requests/received/total"].value
    copy = _changed((county / "退回" / f"{UNITS[32].name}.xlsx").read_bytes(), {("表三", "J7"): right})
    (inbox / f"{UNITS[32].name}（标注件改好）.xlsx").write_bytes(copy)
    for n in (33, 34, 35, 36, 39):
        (inbox / f"{UNITS[n].name}.xlsx").write_bytes(made(n))
    (inbox / f"{UNITS[37].name}.xlsx").write_bytes(made(37))
    for name in (f"{UNITS[38].name}（改）.xlsx", f"{UNITS[0].name} - 副本.xlsx", "报表.xlsx", "无名.xlsx", "外县.xlsx",
                 f"{UNITS[37].name}（扫描件）.jpg"):  # fmt: skip
        (inbox / name).unlink()
    for n in (40, 41, 42):
        (inbox / f"{UNITS[n].name}.xlsx").write_bytes(made(n))


def _the_county_says_why_the_last_one_will_not_come(county: Path) -> None:
    """And an earlier sum lies in the inbox by mistake."""
    shutil.copy(county / "全县.xlsx", county / "收件" / "全县（1月18日）.xlsx")
    book = openpyxl.load_workbook(county / "全县.xlsx")
    ledger = book["台账"]
    row = next(cell.row for cell in ledger["A"] if cell.value == UNITS[43].name)
    ledger.cell(row, 8).value = "已并入上一单位"
    (county / "typed").mkdir()
    book.save(county / "typed" / "全县.xlsx")
    shutil.copy(resaved(county / "typed" / "全县.xlsx", "xlsx", county / "saved"), county / "全县.xlsx")


def _nothing_changes_in_libreoffice(county: Path) -> None:
    stated = intake(county / "全县.xlsx").filing.entries
    again = intake(resaved(county / "全县.xlsx", "xlsx", county / "again")).filing.entries
    assert {ref: each.value for ref, each in again.items()} == {ref: each.value for ref, each in stated.items()}
    checked = run("xls check 全县.xlsx", county)
    assert "错误 0 处" in checked.stdout
    (county / "excel.xlsx").write_bytes(_as_excel_adds((county / "全县.xlsx").read_bytes()))
    excel = intake(county / "excel.xlsx").filing.entries
    assert {ref: each.value for ref, each in excel.items()} == {ref: each.value for ref, each in stated.items()}
    assert run("xls check excel.xlsx", county).stdout.replace("excel.xlsx", "全县.xlsx") == checked.stdout
    assert run("xls report 全县.xlsx -o 报告.docx", county).returncode == 0
