"""The page's desk without a browser: it answers what the command writes, and reads nothing twice."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.page import xls_page
from scripts.page.xls_page import county, places
from tests import ROOT
from tests.filings import filing, prior, typed, values
from tests.sessions import run
from toolkit.county.inbox import Asked, Taken, take
from toolkit.county.inputs import Input
from toolkit.form.edition import named
from toolkit.model.ledger import Unread
from toolkit.workbook.write import write

SAMPLE = ROOT / "samples" / "county"


class _Page:
    """What the page does: lays files where the desk looks for them, and calls it."""

    def __init__(self, work: Path) -> None:
        self.work = work

    def lay(self, place: str, content: bytes | Path) -> None:
        target = self.work / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.read_bytes())

    def call(self, name: str, /, **asked: object) -> Any:
        return json.loads(xls_page.call(name, json.dumps(asked), lambda done, of, what: None))

    def file(self, name: str, /, **asked: object) -> bytes:
        answer = self.call(name, **asked)
        return Path(answer["file"]["path"]).read_bytes()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Page]:
    here = Path.cwd()
    monkeypatch.setattr(places, "WORK", tmp_path / "work")
    monkeypatch.setattr(county, "DESK", county.Desk())
    made = _Page(tmp_path / "work")
    made.call("begin", language="zh", year=2025)
    yield made
    os.chdir(here)


@pytest.fixture
def desk(page: _Page) -> _Page:
    page.lay("roster/roster.csv", SAMPLE / "roster.csv")
    shutil.copytree(SAMPLE / "inbox", page.work / "county" / "inbox")
    return page


def _wrong() -> bytes:
    return write(named("2021"), typed(filing("2021"), {"requests/received/total": 99}))


def test_one_workbook_is_drawn_with_its_findings_at_their_cells(page: _Page) -> None:
    page.lay("one/file/表.xlsx", _wrong())
    (shape,) = page.call("check")["results"]
    found = [each for each in shape["findings"] if each["level"] == "error"]
    boxes = [box for sheet in shape["sheets"] for row in sheet["rows"] for box in row if box.get("level") == "error"]
    assert "requests/received/total" in [box["ref"] for box in boxes]
    assert {cell["ref"] for each in found for cell in each["cells"]} >= {box["ref"] for box in boxes}
    assert shape["file"] == "表.xlsx"
    assert [each["level"] for each in shape["findings"]] == sorted(
        (each["level"] for each in shape["findings"]), key=["error", "verify", "note"].index
    )


def test_a_marked_copy_is_the_one_that_the_command_writes(page: _Page, tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(_wrong())
    run("xls check 表.xlsx --mark 退回", tmp_path)
    page.lay("one/file/表.xlsx", _wrong())
    assert page.file("mark") == (tmp_path / "退回" / "表.xlsx").read_bytes()


def test_a_blank_workbook_is_the_one_that_the_command_makes(page: _Page, tmp_path: Path) -> None:
    run("xls new 2024 -o a.xlsx --unit 甲镇 --level township", tmp_path)
    assert page.file("new", year="2024", unit="甲镇", level="township") == (tmp_path / "a.xlsx").read_bytes()


def test_a_blank_workbook_shows_last_year_s(page: _Page) -> None:
    last = prior("2021")
    page.lay("one/last/上年.xlsx", write(named("2021"), last))
    answer = page.call("new", year=str(last.year + 1))
    assert answer["with_last"] is True
    assert answer["file"]["name"].endswith(f"-{last.year + 1}.xlsx")


def test_the_county_workbook_has_the_bytes_of_the_command_s(desk: _Page, tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "inbox", tmp_path / "inbox")
    shutil.copy(SAMPLE / "roster.csv", tmp_path)
    run("xls merge inbox --roster roster.csv --unit 云岭县人民政府 -o county.xlsx --details long.csv", tmp_path)
    board = desk.call("look", unit="云岭县人民政府")
    assert (board["expected"], board["merged"], board["year"]) == (14, 9, 2024)
    assert desk.file("workbook") == (tmp_path / "county.xlsx").read_bytes()
    assert desk.file("table", kind=".csv") == (tmp_path / "long.csv").read_bytes()


def test_the_report_of_the_sum_is_the_one_that_the_command_writes_of_the_county_workbook(
    desk: _Page, tmp_path: Path
) -> None:
    desk.call("look", unit="云岭县人民政府")
    (tmp_path / "全县.xlsx").write_bytes(desk.file("workbook"))
    run("xls report 全县.xlsx -o 年报.html --draft", tmp_path)
    answer = desk.call("sum_report")
    assert answer["draft"] is True, "five units are not in the sum"
    assert answer["file"]["name"] == "云岭县人民政府-2024-年报.html"
    assert Path(answer["file"]["path"]).read_bytes() == (tmp_path / "年报.html").read_bytes()


@pytest.mark.parametrize("wrong", [False, True])
def test_a_unit_s_report_is_the_command_s_and_a_draft_where_errors_are_left(
    page: _Page, tmp_path: Path, wrong: bool
) -> None:
    made = _wrong() if wrong else write(named("2021"), filing("2021"))
    (tmp_path / "表.xlsx").write_bytes(made)
    run(f"xls report 表.xlsx -o 年报.html{' --draft' if wrong else ''}", tmp_path)
    page.lay("one/file/表.xlsx", made)
    answer = page.call("report")
    assert answer["draft"] is wrong
    assert Path(answer["file"]["path"]).read_bytes() == (tmp_path / "年报.html").read_bytes()


def test_there_is_no_report_of_what_cannot_be_read(page: _Page) -> None:
    page.lay("one/file/表.xlsx", b"no workbook")
    assert page.call("report")["refused"]


def test_a_late_file_is_the_only_one_that_is_read(desk: _Page, monkeypatch: pytest.MonkeyPatch) -> None:
    late = desk.work / "county" / "inbox" / "云岭县北苑街道办事处.xlsx"
    content = late.read_bytes()
    late.unlink()
    before = desk.call("look")
    assert "云岭县北苑街道办事处" in before["missing"]
    read: list[str] = []

    def watched(asked: Asked, given: Input) -> Taken | Unread:
        read.append(given.source)
        return take(asked, given)

    monkeypatch.setattr(county, "take", watched)
    desk.lay("county/inbox/云岭县北苑街道办事处.xlsx", content)
    after = desk.call("look")
    assert read == ["inbox/云岭县北苑街道办事处.xlsx"]
    assert after["missing"] == []
    lines = {each["unit"]: each for each in before["lines"]}
    changed = [each["unit"] for each in after["lines"] if lines.get(each["unit"]) != each]
    assert changed == ["云岭县北苑街道办事处"]


def test_marked_copies_letters_and_findings_of_one_file(desk: _Page) -> None:
    desk.call("look")
    desk.file("workbook")
    with zipfile.ZipFile(io.BytesIO(desk.file("copies", deadline="2025-01-10"))) as archive:
        assert "云岭县北苑街道办事处.xlsx" in archive.namelist()
    letters = desk.file("letters", **{"from": "云岭县人民政府办公室", "deadline": "2025-01-10"}).decode()
    assert letters.count("<article>") == 5
    assert "2025年1月10日前" in letters
    shape = desk.call("detail", source="inbox/云岭县北苑街道办事处.xlsx")
    assert any("2019" in each["message"] for each in shape["findings"])
    assert "图片" in desk.call("detail", source="inbox/云岭县农业农村局.xlsx")["error"]


def test_a_session_is_saved_and_opened(desk: _Page) -> None:
    board = desk.call("look", unit="云岭县人民政府")
    kept = desk.file("keep", typed={"unit": "云岭县人民政府"})
    desk.call("empty")
    assert desk.call("look")["inputs"] == 0
    desk.lay("out/session", kept)
    back = desk.call("resume", path=str(desk.work / "out" / "session"), name="session.xls.zip")
    assert back["typed"] == {"unit": "云岭县人民政府"}
    assert desk.call("look", **back["typed"]) == board


def test_what_is_no_session_is_refused_in_a_sentence(desk: _Page) -> None:
    desk.lay("out/session", b"PK nothing")
    said = desk.call("resume", path=str(desk.work / "out" / "session"), name="a.zip")["refused"]
    assert said == "a.zip：不是本页保存的进度文件；请选择本页“保存进度”生成的文件"


def test_the_running_total_says_how_it_moved_against_last_year(page: _Page) -> None:
    was, now = prior("2021"), filing("2021")
    page.lay("last/a.xlsx", write(named("2021"), was))
    page.lay("county/inbox/a.xlsx", write(named("2021"), now))
    answer = page.call("look")
    boxes = [box for sheet in answer["sum"]["sheets"] for row in sheet["rows"] for box in row]
    moved = {box["ref"]: box["change"] for box in boxes if "change" in box}
    due = {ref: values(now)[ref] - values(was)[ref] for ref in values(now)}  # type: ignore[operator]
    assert moved == {ref: f"{change:+}" for ref, change in due.items() if change}
    assert moved
    assert answer["sum"]["against"] is True
    assert b"<html" in Path(page.call("changes")["file"]["path"]).read_bytes()


def test_without_last_year_s_again_nothing_is_held_against_it(page: _Page) -> None:
    page.lay("county/inbox/a.xlsx", write(named("2021"), filing("2021")))
    bare = page.call("look")
    page.lay("last/a.xlsx", write(named("2021"), typed(prior("2021"), {"requests/carried_out/person": 9})))
    assert page.call("look")["lines"] != bare["lines"]
    page.call("empty", folder="last")
    assert page.call("look") == bare


def test_a_hostile_file_is_a_row_and_the_desk_lives(page: _Page) -> None:
    page.lay("county/inbox/a.xlsx", write(named("2021"), filing("2021")))
    page.lay("county/inbox/b.xlsx", b"PK\x03\x04" + b"\0" * 100)
    answer = page.call("look")
    assert sorted(row["status"] for line in answer["lines"] for row in line["rows"]) == ["merged", "unreadable"]
