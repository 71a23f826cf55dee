"""The limits: one table, in the code and in SECURITY.md, and how a user sets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import ROOT
from tests.county.test_merge import put, town
from tests.sessions import run
from toolkit.ground.errors import WrongUse
from toolkit.ground.language import speaking
from toolkit.ground.limits import Limits, limited, limits, table


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
