"""Files are found, named safely and written whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.ground import files
from toolkit.ground.errors import NotWritten, Unreadable, WrongUse
from toolkit.ground.language import speaking


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.xlsx", "b.ODS", "~$a.xlsx", ".hidden.xlsx", "notes.txt", "deep/c.xls", ".git/d.xlsx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def test_a_folder_gives_its_workbooks_without_lock_and_hidden_files(folder: Path) -> None:
    assert [path.name for path in files.expand([str(folder)])] == ["a.xlsx", "b.ODS", "c.xls"]


def test_a_glob_is_expanded_for_shells_that_do_not(folder: Path) -> None:
    assert [path.name for path in files.expand([str(folder / "*.xls*")])] == ["a.xlsx"]


def test_a_file_named_twice_is_taken_once(folder: Path) -> None:
    assert len(files.expand([str(folder / "a.xlsx"), str(folder)])) == 3


def test_a_folder_without_a_workbook_is_wrong_use(tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(WrongUse, match="no workbook in it"):
        files.expand([str(tmp_path)])


def test_a_missing_file_is_left_for_its_reader_to_refuse(tmp_path: Path) -> None:
    (path,) = files.expand([str(tmp_path / "absent.xlsx")])
    with speaking("en"), pytest.raises(Unreadable, match="no such file"):
        files.content(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(Unreadable, match="a folder, not a file"):
        files.content(tmp_path)


def test_an_unreadable_file_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    (tmp_path / "a.xlsx").touch()
    with speaking("en"), pytest.raises(Unreadable, match=r"a\.xlsx: cannot be read \(Permission denied\)"):
        files.content(tmp_path / "a.xlsx")


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.xlsx"
    files.save(target, b"one")
    with speaking("en"), pytest.raises(NotWritten, match="exists already"):
        files.save(target, b"two")
    assert target.read_bytes() == b"one"
    files.save(target, b"two", force=True)
    assert target.read_bytes() == b"two"
    assert [path.name for path in target.parent.iterdir()] == ["a.xlsx"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.xlsx"
    files.save(target, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    with speaking("en"), pytest.raises(NotWritten, match="the disk is full"):
        files.save(target, b"new", force=True)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("windows", [5, 32])
def test_a_file_that_windows_does_not_let_go_is_said_to_be_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows: int
) -> None:
    target = tmp_path / "年报（定稿）.xlsx"
    files.save(target, b"old")

    def held(*_: object) -> None:
        error = PermissionError(13, "Permission denied")
        error.winerror = windows  # type: ignore[attr-defined,unused-ignore]
        raise error

    monkeypatch.setattr(Path, "replace", held)
    with speaking("zh"), pytest.raises(NotWritten) as refused:
        files.save(target, b"new", force=True)
    with speaking("zh"):
        assert str(refused.value.sentence).endswith("年报（定稿）.xlsx：文件可能正在 Excel 或 WPS 中打开，请关闭后重试")
    assert target.read_bytes() == b"old"


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(NotWritten, match="give the name of a file"):
        files.save(tmp_path, b"x", force=True)


HOSTILE = [
    'a/b\\c:d*e?f"g<h>i|j',
    "..",
    ".",
    "CON",
    "con.txt",
    "lpt1",
    "尾点...",
    " 空 格 ",
    "=cmd|' /C calc'!A0",
    "县" * 200,
    "a\nb\x00c\u202e",
    "",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_unit_name_gives_a_safe_file_name(name: str) -> None:
    _is_safe(files.safe_name(name))


@given(st.text(max_size=120))
def test_any_unit_name_gives_a_safe_file_name(name: str) -> None:
    _is_safe(files.safe_name(name))


def _is_safe(safe: str) -> None:
    assert safe
    assert len(safe) <= 81
    assert not re.search(r'[/\\:*?"<>|\x00-\x1f]', safe)
    assert safe == safe.strip(" .")
    assert safe.split(".", maxsplit=1)[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}


def test_an_ordinary_name_is_kept() -> None:
    assert files.safe_name("城关镇人民政府（街道办）") == "城关镇人民政府（街道办）"
