"""What becomes of what lies in a folder: every file in one row, no unit twice in the sum, nothing silent."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePath
from typing import get_args

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import breadth
from tests.county.test_merge import EDITION, RECEIVED, delivered, put, town, unit
from tests.filings import filing, reading, typed, write
from tests.office import resaved
from tests.sessions import run
from tests.workbook.test_mark import marked
from toolkit.county.check_files import check_files
from toolkit.county.fates import Sought, fates
from toolkit.county.inbox import Asked
from toolkit.county.merge import merge
from toolkit.county.merge_files import merge_files
from toolkit.form.edition import named
from toolkit.form.layout import layout
from toolkit.form.layout_prior import carried
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import speaking
from toolkit.intake import intake, of_bytes
from toolkit.model.filing import Filing, Unit
from toolkit.model.ledger import LedgerRow, Member, Merged, Status
from toolkit.publish import publish
from toolkit.rules import check

COUNTY = Unit("某县人民政府", None, "county")


def merged_in(folder: Path, *members: Member, unit: Unit = COUNTY, latest: bool = False) -> Merged:
    """What a folder adds up to."""
    asked = Asked(unit, members, latest=latest)
    return merge_files([str(folder)], asked, folder.parent / "sum.xlsx", list)


def states(merged: Merged) -> dict[str, Status]:
    """What became of every file, by its name."""
    return {row.source.rpartition("/")[2]: row.status for row in merged.ledger.rows}


def row(merged: Merged, name: str) -> LedgerRow:
    return next(each for each in merged.ledger.rows if each.source.endswith(name))


def zipped(files: dict[str, bytes], *, encoding: str = "", password: bool = False) -> bytes:
    """An archive; with an `encoding`, names as a Windows that does not say so writes them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            stated = zipfile.ZipInfo(name.encode(encoding).decode("cp437") if encoding else name)
            archive.writestr(stated, content)
    written = made.getvalue()
    if encoding:  # Python marks every name beyond ASCII as UTF-8, so the names are put in afterwards
        raw = [name.encode(encoding) for name in files]
        stand_ins = [bytes([ord("A") + n]) * len(name) for n, name in enumerate(raw)]
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for stand_in, content in zip(stand_ins, files.values(), strict=True):
                archive.writestr(zipfile.ZipInfo(stand_in.decode()), content)
        written = made.getvalue()
        for stand_in, true_name in zip(stand_ins, raw, strict=True):
            written = written.replace(stand_in, true_name)
    if password:
        at = written.index(b"PK\x01\x02") + 8
        written = written[:at] + bytes([written[at] | 1]) + written[at + 1 :]
    return written


# --- what a folder gives


@pytest.mark.parametrize("encoding", ["", "gb18030"])
def test_the_members_of_an_archive_are_inputs_each_its_own_row(encoding: str, tmp_path: Path, english: None) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    one, two = (write(EDITION, town(n, n)) for n in (1, 2))
    inner = zipped({"a.xlsx": one})
    (folder / "名册.zip").write_bytes(
        zipped({"甲镇.xlsx": one, "乙/乙镇.xlsx": two, "附件.zip": inner, "__MACOSX/x": b""}, encoding=encoding)
    )
    found = merged_in(folder)
    assert states(found) == {"名册.zip › 甲镇.xlsx": "merged", "乙镇.xlsx": "merged", "名册.zip › 附件.zip": "not-read"}
    assert found.ledger.litter == 1
    assert [each.unit for each in found.contributions] == [unit(1), unit(2)]


def test_what_is_not_read_is_named_and_litter_is_counted(tmp_path: Path, english: None) -> None:
    folder = tmp_path / "in"
    put(folder, town(1, 1))
    for name in ("~$甲.xlsx", ".~lock.甲.xlsx#", ".hidden", "Thumbs.db", "desktop.ini"):
        (folder / name).write_bytes(b"x")
    (folder / "材料.rar").write_bytes(b"Rar!")
    (folder / "说明.txt").write_text("请各单位按时报送。", encoding="utf-8")
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    found = merged_in(folder)
    assert states(found) == {
        f"{unit(1).name}.xlsx": "merged", "材料.rar": "not-read", "说明.txt": "not-read", "照片.jpg": "not-read",
    }  # fmt: skip
    assert found.ledger.litter == 5
    assert "unpack it into the folder" in str(row(found, "材料.rar").reason)
    done = run("xls check in", tmp_path, language="en")
    assert done.returncode == 3
    assert "5 lock files, hidden files and the like were passed over" in done.stderr
    assert "材料.rar" in done.stdout


def test_a_published_report_among_the_workbooks_counts(tmp_path: Path) -> None:
    put(tmp_path / "in", town(1, 1))
    texts = {"overview": "一" * 20, "problems": "二" * 20, "other_matters": "三" * 20}
    report = dataclasses.replace(town(2, 2), texts=texts, unit=Unit("城关镇人民政府"))
    (tmp_path / "in" / "报告.docx").write_bytes(publish(EDITION, report, ".docx"))
    found = merged_in(tmp_path / "in")
    assert states(found)["报告.docx"] == "merged"
    assert "城关镇人民政府" in {each.unit.name for each in found.contributions}


def test_damaged_and_encrypted_members_are_rows_of_their_own(tmp_path: Path, english: None) -> None:
    folder = tmp_path / "in"
    put(folder, town(1, 1))
    good = zipped({"乙镇.xlsx": write(EDITION, town(2, 2))})
    (folder / "a.zip").write_bytes(zipped({"丙镇.xlsx": write(EDITION, town(3, 3))}, password=True))
    at = good.index(b"PK\x01\x02")
    (folder / "b.zip").write_bytes(good[: at // 2] + b"\0" * 64 + good[at // 2 + 64 :])
    (folder / "c.zip").write_bytes(b"PK\x03\x04broken")
    found = merged_in(folder)
    assert Counter(states(found).values()) == {"merged": 1, "unreadable": 3}
    assert "encrypted" in str(row(found, "丙镇.xlsx").reason)
    assert "damaged in its archive" in str(row(found, "乙镇.xlsx").reason)


def test_a_name_in_another_encoding_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, town(1, 1))
    raw = os.fsencode(folder) + b"/" + "乙镇.xlsx".encode("gb18030")
    try:
        Path(os.fsdecode(raw)).write_bytes(write(EDITION, town(2, 2)))
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    found = merged_in(folder)
    assert states(found) == {f"{unit(1).name}.xlsx": "merged", "乙镇.xlsx": "merged"}
    done = run("xls merge in -o c.xlsx", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "乙镇.xlsx" in {each.value for each in openpyxl.load_workbook(tmp_path / "c.xlsx")["台账"]["D"]}


def test_what_the_command_writes_itself_is_no_input(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, town(1, 1))
    put(folder, typed(town(2, 2), {"requests/received/total": 9999}))
    words = "xls merge in -o in/sum.xlsx --letters in/函 --details in/明细.csv"
    first = run(words, tmp_path)
    again = run(f"{words} --force --format json", tmp_path)
    assert (first.returncode, again.returncode) == (1, 1)
    assert '"inputs": 2' in again.stdout


# --- sums among the inputs


def test_an_earlier_sum_in_the_inbox_is_not_added_again(tmp_path: Path, english: None) -> None:
    folder = tmp_path / "in"
    for n in (1, 2):
        put(folder, town(n, n))
    once = merged_in(folder)
    (folder / "全县（旧）.xlsx").write_bytes(write(EDITION, once.filing, None, once))  # type: ignore[arg-type]
    again = merged_in(folder)
    assert states(again)["全县（旧）.xlsx"] == "sum"
    assert again.filing.entries == once.filing.entries  # type: ignore[union-attr]
    assert "came themselves" in str(row(again, "（旧）.xlsx").reason)


def test_a_county_s_own_report_is_held_against_the_sum_not_added(tmp_path: Path, english: None) -> None:
    folder = tmp_path / "in"
    put(folder, town(1, 1))
    own = dataclasses.replace(COUNTY, name="某县人民政府（盖章）")
    put(folder, dataclasses.replace(town(2, 2), unit=own), "own.xlsx")
    found = merged_in(folder)
    assert states(found)["own.xlsx"] == "sum"
    assert "--against" in str(row(found, "own.xlsx").reason)


def test_a_city_adds_counties_that_are_sums_and_departments_that_are_not(tmp_path: Path) -> None:
    for n in (1, 2, 3):
        put(tmp_path / "a", town(n, n))
    county = merged_in(tmp_path / "a", unit=Unit("甲县人民政府", "C1", "county"))
    put(tmp_path / "city", town(9, 9), "市局.xlsx")
    (tmp_path / "city" / "甲县.xlsx").write_bytes(write(EDITION, county.filing, None, county))  # type: ignore[arg-type]
    found = merged_in(tmp_path / "city", unit=Unit("某市人民政府", None, "city"))
    assert set(states(found).values()) == {"merged"}


def test_two_sums_that_hold_the_same_unit_are_not_both_added(tmp_path: Path) -> None:
    put(tmp_path / "a", town(1, 1))
    one = merged_in(tmp_path / "a", unit=Unit("甲县", "C1", "county"))
    put(tmp_path / "a", town(2, 2))
    other = merged_in(tmp_path / "a", unit=Unit("乙县", "C2", "county"))
    (tmp_path / "b").mkdir()
    for name, each in (("甲.xlsx", one), ("乙.xlsx", other)):
        (tmp_path / "b" / name).write_bytes(write(EDITION, each.filing, None, each))  # type: ignore[arg-type]
    found = merged_in(tmp_path / "b", unit=Unit("某市", None, "city"))
    assert states(found) == {"甲.xlsx": "duplicate", "乙.xlsx": "duplicate"}


# --- versions


@pytest.mark.parametrize("kind", ["xlsx", "saved by LibreOffice", "ods"])
def test_a_marked_copy_that_comes_back_replaces_its_original(kind: str, tmp_path: Path, english: None) -> None:
    original = write(EDITION, typed(town(1), {"requests/received/total": 9999}))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "甲镇.xlsx").write_bytes(original)
    book = openpyxl.load_workbook(io.BytesIO(marked(original)))
    book["表三"]["J7"].value = filing("2021").entries["requests/received/total"].value
    book.save(tmp_path / "标注.xlsx")
    if kind == "xlsx":
        (folder / "标注.xlsx").write_bytes((tmp_path / "标注.xlsx").read_bytes())
    else:
        ending = "ods" if kind == "ods" else "xlsx"
        (folder / f"标注.{ending}").write_bytes(resaved(tmp_path / "标注.xlsx", ending, tmp_path / "x").read_bytes())
    found = merged_in(folder)
    assert Counter(states(found).values()) == {"merged": 1, "superseded": 1}
    assert states(found)["甲镇.xlsx"] == "superseded"
    assert "its marked copy, came back for it" in str(row(found, "甲镇.xlsx").reason)


def test_the_last_saved_of_two_versions_counts_where_that_is_asked_for(tmp_path: Path, english: None) -> None:
    folder = tmp_path / "in"
    early, late = put(folder, town(1, 1), "甲.xlsx"), put(folder, town(1, 2), "乙.xlsx")
    os.utime(early, (1_700_000_000, 1_700_000_000))
    os.utime(late, (1_700_009_000, 1_700_009_000))
    assert set(states(merged_in(folder)).values()) == {"duplicate"}
    found = merged_in(folder, latest=True)
    assert states(found) == {"甲.xlsx": "superseded", "乙.xlsx": "merged"}
    assert "saved 2023-11-14 22:13" in str(row(found, "甲.xlsx").reason)
    book = openpyxl.load_workbook(early)
    book.properties.modified = book.properties.modified.replace(year=2030)
    book.save(early)
    content = early.read_bytes()  # openpyxl writes its own time; put the later one in
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(early, "w") as new:
        for name in old.namelist():
            said = old.read(name)
            if name == "docProps/core.xml":
                before, _, after = said.partition(b'<dcterms:modified xsi:type="dcterms:W3CDTF">')
                said = before + _ + b"2030" + after[4:]
            new.writestr(name, said)
    os.utime(early, (1_700_000_000, 1_700_000_000))
    assert states(merged_in(folder, latest=True)) == {"甲.xlsx": "merged", "乙.xlsx": "superseded"}


def test_versions_saved_at_the_same_moment_are_not_guessed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for n, name in enumerate(("甲.xlsx", "乙.xlsx")):
        os.utime(put(folder, town(1, n), name), (1_700_000_000, 1_700_000_000))
    assert set(states(merged_in(folder, latest=True)).values()) == {"duplicate"}
    os.utime(folder / "甲.xlsx", ns=(1_700_000_000_400_000_000, 1_700_000_000_400_000_000))  # a folder was copied
    assert set(states(merged_in(folder, latest=True)).values()) == {"duplicate"}


# --- whose file


def test_a_workbook_made_for_another_unit_is_set_aside_the_other_one_s_counts(tmp_path: Path, english: None) -> None:
    members = tuple(Member(unit(n)) for n in (1, 2))
    folder = tmp_path / "in"
    put(folder, town(1, 1))
    book = openpyxl.load_workbook(io.BytesIO(write(EDITION, town(2, 2))))
    for cells in book["封面"].iter_rows():
        for cell in cells:
            if cell.value == unit(2).name:
                cell.value = unit(1).name
    book.save(folder / "填报.xlsx")
    for known in (members, ()):
        found = merged_in(folder, *known)
        assert [each.unit.name for each in found.contributions] == [unit(1).name]
        wrong = row(found, "填报.xlsx")
        assert wrong.status == "rejected"
        assert f"made for {unit(2).name}, its cover says {unit(1).name}" in str(wrong.reason)
    assert row(merged_in(folder, *members), "填报.xlsx").unit == unit(2)
    assert merged_in(folder, *members).ledger.missing == ()


def test_code_and_name_of_two_units_set_a_file_aside(tmp_path: Path, english: None) -> None:
    members = tuple(Member(unit(n)) for n in (1, 2))
    put(tmp_path / "in", dataclasses.replace(town(1, 1), unit=Unit(unit(2).name, unit(1).code, "township")), "x.xlsx")
    found = merged_in(tmp_path / "in", *members)
    assert "its code is that of 第1镇人民政府, its name that of 第2镇人民政府" in str(row(found, "x.xlsx").reason)


def test_units_without_a_name_are_told_by_the_check(tmp_path: Path, english: None) -> None:
    nameless = check(of_bytes(write(EDITION, dataclasses.replace(town(1), unit=Unit("", None, "township"))), "x.xlsx"))
    assert [str(each.message) for each in nameless.findings if each.rule == "form-cover"] == ["the cover names no unit"]


def test_a_code_kept_as_a_number_is_told_and_belongs_to_nobody(tmp_path: Path, english: None) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    at = layout(EDITION).fields["code"]
    for n, (name, code) in enumerate({"甲镇人民政府": 113213220142300000, "乙镇人民政府": 113213220142300000}.items()):
        made = dataclasses.replace(town(1, n), unit=Unit(name, None, "township"))
        book = openpyxl.load_workbook(io.BytesIO(write(EDITION, made)))
        book["封面"][at.cell].value = code
        book.save(folder / f"{n}.xlsx")
    found = merged_in(folder)
    assert set(states(found).values()) == {"merged"}
    assert {each.unit.code for each in found.contributions} == {None}
    told = check(intake(folder / "0.xlsx"))
    assert any("lost its last digits" in str(each.message) for each in told.findings)


# --- complete or not


def test_a_sum_without_a_unit_of_the_roster_is_in_error_until_it_is_said_why(tmp_path: Path, english: None) -> None:
    members = tuple(Member(unit(n)) for n in (1, 2, 3))
    for n in (1, 2):
        put(tmp_path / "in", town(n, n))
    found = merged_in(tmp_path / "in", *members)
    content = write(EDITION, found.filing, None, found)  # type: ignore[arg-type]
    errors = [each for each in check(of_bytes(content, "c.xlsx")).findings if each.level == "error"]
    assert [(each.rule, str(each.message)) for each in errors] == [
        ("county-complete", "1 units on the roster are not in the sum: 第3镇人民政府")
    ]
    output = tmp_path / "sum.xlsx"
    (tmp_path / "typed").mkdir()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["台账"]
    at = next(cell.row for cell in sheet["A"] if cell.value == "第3镇人民政府")
    assert not sheet.cell(at, 8).protection.locked
    sheet.cell(at, 8).value = "已撤并，数据并入第1镇"
    book.save(tmp_path / "typed" / "sum.xlsx")
    output.write_bytes(resaved(tmp_path / "typed" / "sum.xlsx", "xlsx", tmp_path / "saved").read_bytes())
    excused = check(intake(output))
    assert [each for each in excused.findings if each.level == "error"] == []
    again = merged_in(tmp_path / "in", *members)
    assert again.ledger.reasons == (("第3镇人民政府", "已撤并，数据并入第1镇"),)
    assert again.ledger.complete


def test_without_a_roster_what_came_and_is_not_in_the_sum_is_an_error_until_it_is_said_why(
    tmp_path: Path, english: None
) -> None:
    """Nobody says who is expected, but the ledger knows who delivered: a unit that was sent its filing back, one that
    delivered twice, one of another year, a file nobody could read; not a copy, nor a county's own sum.
    """
    folder = tmp_path / "in"
    for n in (1, 2, 4):
        put(folder, town(n, n))
    (folder / "copy.xlsx").write_bytes((folder / f"{unit(1).name}.xlsx").read_bytes())
    put(folder, filing("2021", {RECEIVED: 999}, unit=unit(3)))
    put(folder, town(4, 9), "again.xlsx")
    put(folder, dataclasses.replace(town(5), year=town(5).year - 1))
    (folder / "scan.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "扫描.xlsx").write_bytes(b"\xff\xd8\xff")
    found = merged_in(folder)
    content = write(EDITION, found.filing, None, found)  # type: ignore[arg-type]
    errors = [each for each in check(of_bytes(content, "c.xlsx")).findings if each.level == "error"]
    names = f"{unit(4).name}, scan.jpg, 扫描.xlsx, {unit(3).name}, {unit(5).name}"
    assert [(each.rule, str(each.message)) for each in errors] == [
        ("county-complete", f"5 units or files that came are not in the sum: {names}")
    ]
    (tmp_path / "typed").mkdir()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["台账"]
    told = (unit(3).name, unit(5).name, "scan.jpg", "扫描.xlsx")
    rows = [(row[0] or row[3]) for row in sheet.iter_rows(values_only=True)]
    for at in (rows.index(name) + 1 for name in told):
        assert not sheet.cell(at, 8).protection.locked
        sheet.cell(at, 8).value = "已电话核实，不报"
    book.save(tmp_path / "typed" / "sum.xlsx")
    saved = resaved(tmp_path / "typed" / "sum.xlsx", "xlsx", tmp_path / "saved")
    (tmp_path / "sum.xlsx").write_bytes(saved.read_bytes())
    [left] = [each for each in check(intake(tmp_path / "sum.xlsx")).findings if each.level == "error"]
    assert str(left.message) == f"1 units or files that came are not in the sum: {unit(4).name}"
    checked = openpyxl.load_workbook(saved, data_only=True)["自查"]
    assert [row[3] for row in checked.iter_rows(values_only=True) if "应报和已报送的单位" in str(row)] == ["1 处", 1]
    again = merged_in(folder)
    assert dict(again.ledger.reasons) == dict.fromkeys(told, "已电话核实，不报")
    assert again.ledger.complete is None


def test_what_stands_on_the_cover_and_in_the_texts_stays_over_a_new_merge(tmp_path: Path) -> None:
    put(tmp_path / "in", town(1, 1))
    first = merged_in(tmp_path / "in")
    book = openpyxl.load_workbook(io.BytesIO(write(EDITION, first.filing, None, first)))  # type: ignore[arg-type]
    cover = book["封面"]
    for cells in cover.iter_rows(max_col=2):
        for cell in cells:
            typed_in = {"填表人": "张三", "审核人": "李四", "填报日期": "2024-01-20", "统一社会信用代码": "X9"}
            if str(cell.value) in typed_in:
                cover[f"C{cell.row}"].value = typed_in[str(cell.value)]
    book.save(tmp_path / "sum.xlsx")
    again = merged_in(tmp_path / "in")
    assert again.filing is not None
    assert again.filing.cover == {"filler": "张三", "reviewer": "李四", "date": "2024-01-20"}
    assert again.filing.unit.code == "X9"
    anew = intake_of(write(EDITION, again.filing, None, again))
    assert anew.cover == again.filing.cover


def intake_of(content: bytes) -> Filing:
    return of_bytes(content, "x.xlsx").filing


# --- alike


def test_units_whose_figures_or_texts_are_the_same_are_both_asked(tmp_path: Path, english: None) -> None:
    said = "{name}坚持以公开为常态、不公开为例外，全年通过政府网站、公告栏等渠道主动公开信息，" * 4
    for n in (1, 2, 3):
        texts = {"overview": said.format(name=unit(n).name)} if n < 3 else {}
        put(tmp_path / "in", dataclasses.replace(town(n, 1 if n != 2 else 5), texts=texts))
    done = check_files([str(tmp_path / "in")], Asked(), None, list)
    found = {each.reading.filing.unit.name: [str(one.message) for one in each.findings if one.rule == "alike"]  # type: ignore[union-attr]
             for each in done.results}  # fmt: skip
    assert found == {
        unit(1).name: [f"every figure is the same as that of {unit(3).name}",
                       f"“一、总体情况” is word for word that of {unit(2).name}, but for the name"],
        unit(2).name: [f"“一、总体情况” is word for word that of {unit(1).name}, but for the name"],
        unit(3).name: [f"every figure is the same as that of {unit(1).name}"],
    }  # fmt: skip
    merged = merged_in(tmp_path / "in")
    assert all(any(each.rule == "alike" for each in one.findings) for one in merged.ledger.rows)


def test_a_check_says_what_a_merge_leaves_out_and_sends_nothing_back_that_another_file_stands_for(
    tmp_path: Path, english: None
) -> None:
    folder = tmp_path / "in"
    wrong = typed(town(1), {"requests/received/total": 9000})
    book = openpyxl.load_workbook(io.BytesIO(marked(put(folder, wrong, "1.xlsx").read_bytes())))
    total = layout(EDITION).places["requests/received/total"]
    book[total.sheet][total.cell] = town(1).entries["requests/received/total"].value
    book.save(folder / "1 (corrected).xlsx")
    put(folder, dataclasses.replace(town(2), year=town(2).year - 1), "2.xlsx")
    put(folder, town(3, 1), "3a.xlsx")
    put(folder, town(3, 2), "3b.xlsx")
    shutil.copy(put(folder, town(4, 3), "4.xlsx"), folder / "4 (copy).xlsx")
    done = check_files([str(folder)], Asked(), None, list)
    assert {PurePath(source).name: fate.status for source, fate in done.aside.items()} == {
        "1.xlsx": "superseded", "2.xlsx": "other-year", "3a.xlsx": "duplicate", "3b.xlsx": "duplicate",
        "4 (copy).xlsx": "duplicate",
    }  # fmt: skip
    assert sum(map(done.counts, done.results)) == len(done.results) - 1
    told = run("xls --lang en check in --mark back", tmp_path)
    assert "its marked copy, came back for it" in " ".join(told.stdout.split())
    assert "9000" not in told.stdout
    assert not (tmp_path / "back" / "1.xlsx").exists()
    steps = " ".join(told.stdout.partition("To do next:")[2].split())
    assert "1 files are of another year" in steps
    assert "decide which of 2 files counts" in steps
    assert "nothing is left to be corrected" not in told.stdout


def test_several_years_of_a_unit_are_checked_together_and_none_of_them_is_of_another_year(tmp_path: Path) -> None:
    for year in (2022, 2023, 2024):
        put(tmp_path / "in", dataclasses.replace(town(1), year=year), f"{year}.xlsx")
    assert check_files([str(tmp_path / "in")], Asked(), None, list).aside == {}


def test_two_files_saved_in_one_minute_are_told_apart_by_the_second() -> None:
    times = ("2025-01-20T10:00:07", "2025-01-20T10:00:09")
    given = [dataclasses.replace(delivered(town(1, n)), source=f"{n}.xlsx", digest=str(n), saved=saved)
             for n, saved in enumerate(times)]  # fmt: skip
    with speaking("en"):
        said = str(fates(given, Sought(town(1).year, "2021", latest=True))["0.xlsx"].reason)
    assert said == "saved 2025-01-20 10:00:07, 1.xlsx later: 2025-01-20 10:00:09"


def test_zeros_and_short_texts_are_everybody_s(tmp_path: Path) -> None:
    nothing = dict.fromkeys(EDITION.entries, 0)
    for n in (1, 2):
        empty = filing("2021", nothing, unit=unit(n))
        put(tmp_path / "in", dataclasses.replace(empty, texts={"other_matters": "无。"}))
    done = check_files([str(tmp_path / "in")], Asked(), None, list)
    assert not any(each.rule == "alike" for one in done.results for each in one.findings)  # type: ignore[union-attr]


def test_last_year_s_figures_are_known_again_when_only_what_is_carried_in_was_changed(english: None) -> None:
    last = dataclasses.replace(town(1), year=town(1).year - 1)
    carried_in = {ref: last.entries[was].value for ref, was in carried(EDITION).items()}
    copy = filing("2021", {**{ref: last.entries[ref].value for ref in EDITION.entries}, **carried_in}, unit=unit(1))
    said = [str(each.message) for each in check(reading(copy), last).findings if each.rule == "prior-copied-figures"]
    assert len(said) == 1
    assert said[0].startswith(f"every figure is that of {last.year}")
    other = filing("2021", {**carried_in, RECEIVED: 999}, unit=unit(1))
    assert not any(each.rule == "prior-copied-figures" for each in check(reading(other), last).findings)


# --- properties

_KINDS = ("plain", "copy", "version", "marked", "other-year", "old-form", "wrong", "sum", "own", "litter", "picture")


@pytest.mark.exhaustive
@given(st.lists(st.tuples(st.sampled_from(_KINDS), st.integers(0, 3)), max_size=14), st.booleans())
def test_every_filing_is_in_one_row_and_no_unit_in_the_sum_twice(given_: list[tuple[str, int]], roster: bool) -> None:
    members = tuple(Member(unit(n)) for n in range(4)) if roster else ()
    inputs = []
    for at, (kind, n) in enumerate(given_):
        made = dataclasses.replace(town(n, n), source=f"{at:02}")
        digest = f"d{n}" if kind in ("plain", "copy", "marked") else f"{kind}{at}"
        if kind == "other-year":
            made = dataclasses.replace(made, year=made.year - 1)
        elif kind == "old-form":
            made = dataclasses.replace(filing("2019"), year=made.year, unit=unit(n), source=made.source)
        elif kind == "wrong":
            made = typed(made, {"requests/received/total": 9999})
        elif kind in ("sum", "own"):
            made = dataclasses.replace(made, unit=Unit(f"县{at}" if kind == "sum" else COUNTY.name, None, "county"))
        one = delivered(made, digest)
        if kind == "marked":
            one = dataclasses.replace(one, digest=f"m{at}", replaces=digest)
        if kind == "sum":
            one = dataclasses.replace(one, made_of=(unit(n), unit((n + 1) % 4)))
        member = next((each for each in members if each.unit == made.unit), None)
        inputs.append(dataclasses.replace(one, member=member))
    found = merge(inputs, COUNTY, members)
    assert Counter(each.source for each in found.ledger.rows) == Counter(each.source for each in inputs)
    assert sum(found.ledger.count(each) for each in get_args(Status)) == len(inputs)
    counted = [each.unit for each in found.contributions]
    by_source = {each.source: each for each in inputs}
    counted += [one for each in found.contributions for one in by_source[each.source].made_of]
    assert len({(each.name, each.code) for each in counted}) == len(counted)
    if found.filing is not None:
        for at, ref in enumerate(EDITION.entries):
            assert found.filing.entries[ref].value == sum(each.figures[at] or 0 for each in found.contributions)


@pytest.mark.exhaustive
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6, unique=True))
def test_the_sum_without_a_file_plus_that_file_is_the_sum_with_it(units: list[int]) -> None:
    inputs = [delivered(town(n, n)) for n in units]
    whole, rest, last = merge(inputs, COUNTY), merge(inputs[:-1], COUNTY), merge(inputs[-1:], COUNTY)
    assert whole.filing is not None
    assert last.filing is not None
    before = rest.filing.entries[RECEIVED].value if rest.filing else 0
    assert whole.filing.entries[RECEIVED].value == before + last.filing.entries[RECEIVED].value  # type: ignore[operator]


# --- the same with real files

LYING = (
    "plain", "copy", "version", "marked", "other-year", "old-form", "wrong", "sum", "own", "nobody", "stranger", "word",
    "zip", "cut off", "picture", "archive", "litter",
)  # fmt: skip


@cache
def lying(kind: str, n: int) -> tuple[bytes, str, tuple[str, ...]]:
    """The bytes of a file of a kind and of unit `n`, the end of its name, and the members where it is an archive."""
    made = town(n, n)
    if kind == "zip":
        members = (f"{unit(n).name}.xlsx", "另一份/改.xlsx", "照片.png")
        inside = (lying("plain", n)[0], lying("version", (n + 1) % 4)[0], lying("picture", n)[0])
        return zipped(dict(zip(members, inside, strict=True))), ".zip", members
    if kind == "sum":
        units = merge([delivered(town(each % 4, each)) for each in (n, n + 1)], Unit(f"第{n}片区", None, "county"))
        assert units.filing is not None
        return write(EDITION, units.filing, None, units), ".xlsx", ()
    filings = {
        "version": town(n, n + 7),
        "wrong": typed(made, {"requests/received/total": 9999}),
        "other-year": dataclasses.replace(made, year=made.year - 1),
        "old-form": dataclasses.replace(filing("2019"), year=made.year, unit=unit(n)),
        "own": dataclasses.replace(made, unit=COUNTY),
        "nobody": dataclasses.replace(made, unit=Unit("")),
        "stranger": dataclasses.replace(made, unit=Unit(f"邻县第{n}局", f"L{n}", "county-department")),
    }
    others: dict[str, Callable[[], tuple[bytes, str]]] = {
        "picture": lambda: (b"\x89PNG\r\n\x1a\n", ".png"),
        "archive": lambda: (b"Rar!\x1a\x07", ".rar"),
        "word": lambda: (publish(EDITION, made, ".docx"), ".docx"),
        "cut off": lambda: (lying("plain", n)[0][:6000], ".xlsx"),
        "marked": lambda: (marked(lying("wrong", n)[0]), ".xlsx"),
    }
    if kind in others:
        return *others[kind](), ()
    stated = filings.get(kind, made)
    return write(named(stated.edition), stated), ".xlsx", ()


@pytest.mark.exhaustive
@settings(max_examples=breadth.of(40, usual=12), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(LYING), st.integers(0, 3)), min_size=1, max_size=8), st.booleans(), st.booleans()
)
def test_whatever_lies_in_the_folder_every_file_is_in_one_row_and_one_line(
    tmp_path_factory: pytest.TempPathFactory, put_: list[tuple[str, int]], roster: bool, latest: bool
) -> None:
    folder = tmp_path_factory.mktemp("lying") / "in"
    folder.mkdir()
    sources: Counter[str] = Counter()
    for at, (kind, n) in enumerate(put_):
        content, end, inside = lying(kind, n)
        name = f"~${at}{end}" if kind == "litter" else f"{at}-{kind}{end}"
        (folder / name).write_bytes(content)
        if kind != "litter":
            sources.update([f"{folder}/{name} › {each}" for each in inside] or [f"{folder}/{name}"])
    if not sources:
        (folder / "0.png").write_bytes(b"")
        sources.update([f"{folder}/0.png"])
    members = tuple(Member(unit(n)) for n in range(4)) if roster else ()
    merged = merged_in(folder, *members, latest=latest)
    assert Counter(each.source for each in merged.ledger.rows) == sources
    assert sum(merged.ledger.count(each) for each in get_args(Status)) == sources.total()
    assert merged.ledger.litter == sum(kind == "litter" for kind, _ in put_)
    done = check_files([str(folder)], Asked(COUNTY, members, latest=latest), None, list)
    assert Counter(each.source for each in done.inputs) == sources
    assert len(done.results) == sources.total()
    _each_unit_counts_once(merged)


def _each_unit_counts_once(merged: Merged) -> None:
    counted = [each.unit.name for each in merged.contributions]
    counted += [f"第{(int(name[1]) + more) % 4}镇人民政府" for name in counted if "片区" in name for more in (0, 1)]
    assert len(set(counted)) == len(counted)
    if merged.filing is None:
        assert not merged.contributions
        return
    back = of_bytes(write(EDITION, merged.filing, None, merged), "全县.xlsx")
    assert not [each for each in check(back).findings if each.rule == "county-units"]
    for at, ref in enumerate(EDITION.entries):
        assert back.filing.entries[ref].value == sum(each.figures[at] or 0 for each in merged.contributions)


def test_the_sum_is_not_written_onto_a_unit_s_filing(tmp_path: Path, english: None) -> None:
    path = put(tmp_path / "in", town(1, 1))
    with pytest.raises(WrongUse, match="there is a filing of 第1镇人民政府, no sum"):
        merge_files([str(tmp_path / "in")], Asked(COUNTY), path, list)


def test_the_unit_of_the_sum_on_its_own_roster_is_not_missing(tmp_path: Path, english: None) -> None:
    put(tmp_path / "in", town(1))
    merged = merged_in(tmp_path / "in", Member(COUNTY), Member(unit(1)))
    assert merged.ledger.complete
    (tmp_path / "r.csv").write_text(f"name,level\n{COUNTY.name},county\n{unit(1).name},township\n", encoding="utf-8")
    done = run(f"xls --lang en merge in --roster r.csv --unit {COUNTY.name} -o c.xlsx --deadline 2025-01-20", tmp_path)
    assert done.returncode == 0
    assert f"{COUNTY.name} stands on the roster" in done.stderr
    assert "--letters writes them" in done.stderr
    assert "--mark writes them" in run("xls --lang en check in --deadline 2025-01-20", tmp_path).stderr


def test_very_many_that_a_merge_leaves_out_are_the_first_and_a_number_and_all_with_v(tmp_path: Path) -> None:
    made = put(tmp_path / "in", town(1), "100.xlsx")
    for n in range(101, 140):
        shutil.copy(made, made.with_name(f"{n}.xlsx"))
    short, long = (run(f"xls --lang en check in{more}", tmp_path).stdout for more in ("", " -v"))
    assert short.count("delivered twice") == 12
    assert "and 27 more; -v shows them" in short
    assert long.count("delivered twice") == 39
    assert "decide which" not in short
