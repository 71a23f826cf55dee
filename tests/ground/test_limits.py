"""The limits: one table, in the code and in SECURITY.md, and how a user sets them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests import ROOT
from tests.county.test_merge import put, town
from tests.sessions import run
from toolkit.county import roster_rows
from toolkit.county.inputs import inputs
from toolkit.ground.errors import Unreadable, WrongUse
from toolkit.ground.language import speaking
from toolkit.ground.limits import Limits, limited, limits, table
from toolkit.intake import of_bytes


def test_the_table_in_the_document_is_that_of_the_code() -> None:
    assert table() in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_one_is_set_and_the_others_stay() -> None:
    with limited(" pages=7 , seconds=3"):
        assert (limits().pages, limits().seconds, limits().cells) == (7, 3, Limits().cells)
    assert limits() == Limits()


@pytest.mark.parametrize(
    "said", ["pages", "pages=", "pages=0", "pages=-1", "pages=1.5", "pages=x", "page=1", "=1", "pages=９"]
)
def test_what_is_no_limit_is_refused(said: str) -> None:
    with speaking("en"), pytest.raises(WrongUse, match="is not understood; give name=number"), limited(said):
        pass


def test_a_user_sets_them_by_option_and_by_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, town(1), "a.xlsx")
    assert run("xls check a.xlsx", tmp_path).returncode == 0
    strict = run("xls --limits parts=3 check a.xlsx", tmp_path)
    assert strict.returncode == 3
    assert run("xls check a.xlsx --limits cells=0", tmp_path).returncode == 2
    monkeypatch.setenv("XLS_LIMITS", "parts=3")
    assert run("xls check a.xlsx", tmp_path).stdout == strict.stdout


@pytest.mark.parametrize(
    ("named", "limit", "said"),
    [
        ("a.html", "document_mb=1", "a page of more than 1 MB"),
        ("a.pdf", "document_mb=1", "a PDF of more than 1 MB"),
        ("a.txt", "plain_mb=1", "a text of more than 1 MB"),
        ("a.docx", "document_mb=1", "it unpacks to more than 1 MB"),
    ],
)
def test_the_size_of_a_document_can_be_limited_and_the_sentence_says_the_number(
    named: str, limit: str, said: str
) -> None:
    much = b" " * (1 << 20)
    starts = {".html": b"<html>", ".pdf": b"%PDF-1.4\n", ".txt": "年度报告".encode(), ".docx": b""}
    content = starts[Path(named).suffix] + much + b" "
    if named.endswith(".docx"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", content)
        content = packed.getvalue()
    with limited(limit), speaking("en"), pytest.raises(Unreadable, match=said):
        of_bytes(content, named)


def test_rows_of_a_roster_and_filings_in_an_archive_can_be_limited(tmp_path: Path) -> None:
    with limited("rows=2"), speaking("en"), pytest.raises(WrongUse, match="more than 2 rows"):
        list(roster_rows.sheets("单位\n甲局\n乙局\n".encode(), "roster.csv"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, "x")
    assert [each.member for each in inputs([str(tmp_path / "a.zip")]).inputs] == ["a.txt", "b.txt"]
    with limited("members=1"):
        assert [each.member for each in inputs([str(tmp_path / "a.zip")]).inputs] == [""]
