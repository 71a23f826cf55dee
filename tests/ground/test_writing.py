"""Writing leaves the old file or the new one: killed, over a link, a full disk, an input, an odd name."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from tests import ROOT
from tests.county.test_merge import put, town
from tests.sessions import run
from toolkit.ground import files, writing
from toolkit.ground.errors import NotWritten, Unreadable, WrongUse
from toolkit.ground.language import speaking
from toolkit.ground.reasons import reason

LINUX = pytest.mark.skipif(sys.platform == "win32", reason="its links, pipes and signals are others")


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@LINUX
def test_behind_a_link_the_file_itself_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    real, link = tmp_path / "shared" / "real.xlsx", tmp_path / "link.xlsx"
    real.write_bytes(b"old")
    link.symlink_to(real)
    files.save(link, b"new", force=True)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@LINUX
def test_a_pipe_is_neither_read_nor_written(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    with speaking("en"), pytest.raises(Unreadable, match="no file but a pipe or a device"):
        files.content(pipe)
    with speaking("en"), pytest.raises(NotWritten, match="no file but a pipe or a device"):
        files.save(pipe, b"x", force=True)


def test_a_device_is_not_read() -> None:
    with speaking("en"), pytest.raises(Unreadable):
        files.content(Path("/dev/zero"))


def test_a_file_that_came_meanwhile_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.xlsx"
    plainly = writing._write

    def slowly(beside: Path, write: Callable[[IO[bytes]], object]) -> None:
        plainly(beside, write)
        target.write_bytes(b"another's")

    monkeypatch.setattr(writing, "_write", slowly)
    with speaking("en"), pytest.raises(NotWritten, match="exists already"):
        files.save(target, b"ours")
    assert target.read_bytes() == b"another's"
    assert _names(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("name", ["镇" * 200 + ".xlsx", "a\0b.xlsx"])
def test_a_name_that_no_file_can_have_is_one_sentence(name: str, tmp_path: Path) -> None:
    with speaking("en"), pytest.raises(NotWritten, match="give a shorter, plain one"):
        files.save(tmp_path / name, b"x")
    assert _names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "choose another folder"), (errno.EBUSY, "open in Excel or WPS"),
     (errno.EIO, "choose another folder")],
)  # fmt: skip
@pytest.mark.parametrize("step", ["_write", "_place"])
def test_an_error_at_any_step_leaves_the_old_file_and_nothing_else(
    step: str, number: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.xlsx"
    files.save(target, b"old")

    def failing(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(writing, step, failing)
    with speaking("en"), pytest.raises(NotWritten, match=said):
        files.save(target, b"new", force=True)
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["a.xlsx"]


def test_every_file_reaches_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    sync, place = os.fsync, writing._place

    def synced(handle: int) -> None:
        order.append("sync")
        sync(handle)

    def placed(beside: Path, target: Path, force: bool) -> None:
        order.append("name")
        place(beside, target, force)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(writing, "_place", placed)
    files.save(tmp_path / "a.xlsx", b"x")
    assert order[:2] == ["sync", "name"]


@LINUX
def test_a_run_that_was_killed_leaves_the_old_file_and_the_next_one_clears_up(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    files.save(target, b"old")
    script = (
        "import sys, pathlib, time\nfrom toolkit.ground import writing\n"
        "def waits(*_): print('here', flush=True); time.sleep(60)\n"
        "writing._place = waits\nwriting.save(pathlib.Path(sys.argv[1]), b'new', force=True)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(target)], stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.kill()
    assert target.read_bytes() == b"old"
    assert len(_names(tmp_path)) == 2, "what the killed run left"
    writing._cleared.clear()
    files.save(tmp_path / "b.xlsx", b"x")
    assert _names(tmp_path) == ["a.xlsx", "b.xlsx"]


@LINUX
def test_a_run_that_still_writes_is_not_disturbed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        left = tmp_path / f".xls-{writing.here()}-{other.pid}-00000000"
        left.write_bytes(b"unfinished")
        writing._cleared.clear()
        files.save(tmp_path / "a.xlsx", b"x")
        assert left.exists()
        other.kill()


def test_an_output_that_is_an_input_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    source = put(tmp_path, town(1), "a.xlsx")
    whole = source.read_bytes()
    (tmp_path / "other.xlsx").hardlink_to(source)
    for output in ("a.xlsx", "./a.xlsx", "other.xlsx"):
        said = run(f"xls --lang en import a.xlsx -o {output} --force", tmp_path)
        assert said.returncode == 2
        assert "one of the inputs" in said.stderr
    assert source.read_bytes() == whole
    with pytest.raises(WrongUse):
        files.refuse_inputs(source, [source])


@pytest.mark.parametrize("sign", ["镇", "😀", "a", "é"])
def test_a_safe_name_fits_in_255_bytes_with_any_ending(sign: str) -> None:
    assert len(f"{files.safe_name(sign * 300)}.标注.xlsx".encode()) <= 255


@pytest.mark.parametrize("number", [errno.EACCES, errno.EEXIST, errno.ENOTDIR, errno.EROFS, errno.EIO, errno.ESTALE])
def test_what_the_system_says_is_said_in_the_user_s_language(number: int) -> None:
    error = OSError(number, os.strerror(number))
    with speaking("zh"):
        assert not re.search("[A-Za-z]", str(reason(error)))
    with speaking("en"):
        assert str(reason(error)) in (os.strerror(number), f"system error {number}")


def test_a_folder_that_a_file_is_in_the_way_of_is_said_without_a_foreign_word(tmp_path: Path) -> None:
    (tmp_path / "年报").touch()
    with speaking("zh"), pytest.raises(NotWritten) as refused:
        files.save(tmp_path / "年报" / "甲", b"")
    with speaking("zh"):
        said = str(refused.value.sentence).removeprefix(str(tmp_path))
    assert said == "/年报/甲：写不了（已有同名的文件）；请换一个文件夹"
