"""Inputs by URL are read as files are, and named by their URL; what cannot be reached is one sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import fsspec
import pytest

from benchmarks import made
from tests.sessions import run
from toolkit.county import inputs, remote
from toolkit.county.inbox import Asked, each_of, only_read
from toolkit.ground.errors import Unreadable, WrongUse
from toolkit.ground.language import speaking
from toolkit.ground.limits import limited
from toolkit.model.filing import Reading
from toolkit.model.ledger import Unread

FOLDER = "memory://returns/2023"


@pytest.fixture
def store() -> None:
    system = fsspec.filesystem("memory")
    for number in (1, 2):
        system.pipe(f"/returns/2023/{number}.xlsx", made.workbook(number))
    system.pipe("/returns/2023/more/3.xlsx", made.workbook(3))
    system.pipe("/returns/2023/~$1.xlsx", b"lock")
    system.pipe("/returns/2023/notes.bin", b"\0\1\2")


def test_a_folder_of_a_store_gives_every_file_in_it(store: None) -> None:
    given, came = each_of(only_read, [FOLDER], Asked(jobs=1), lambda each: each)
    read = list(came)
    assert given.litter == 1
    assert [each.source for each in given.inputs] == [f"{FOLDER}/{name}" for name in
                                                      ("1.xlsx", "2.xlsx", "more/3.xlsx", "notes.bin")]  # fmt: skip
    units = [each.filing.unit for each in read if isinstance(each, Reading)]
    assert units == [made.unit(number) for number in (1, 2, 3)]
    assert isinstance(read[-1], Unread)
    assert read[-1].status == "not-read"


def test_a_file_by_url_gives_the_sum_that_it_gives_by_path(tmp_path: Path) -> None:
    made.folder(tmp_path / "in", 3, 1)
    for output, path in (("a.json", "in"), ("b.json", f"file://{tmp_path}/in")):
        done = run(f"xls merge {path} -o {output[0]}.xlsx --jobs 1 --format json", tmp_path)
        assert done.returncode == 0, done.stderr
        (tmp_path / output).write_text(done.stdout.replace(f"file://{tmp_path}/", ""), encoding="utf-8")
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == (tmp_path / "b.json").read_text(encoding="utf-8")


def test_what_is_not_there_or_too_large_is_one_sentence(store: None) -> None:
    with speaking("en"):
        (one,) = inputs.inputs(["memory://returns/none.xlsx"]).inputs
        with pytest.raises(Unreadable, match=r"memory://returns/none.xlsx: cannot be read"):
            inputs.content(one)
        fsspec.filesystem("memory").pipe("/returns/large.xlsx", b"PK" * 2**20)
        with limited("file_mb=1"), pytest.raises(Unreadable, match="larger than 1 MB"):
            remote.content("memory://returns/large.xlsx")


def test_an_address_of_no_known_kind_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    with speaking("en"):
        with pytest.raises(WrongUse, match="not known here"):
            inputs.inputs(["nosuch://returns/2023"])
        fsspec.filesystem("memory").mkdirs("/empty", exist_ok=True)
        with pytest.raises(WrongUse, match="no workbook in it"):
            inputs.inputs(["memory://empty"])
        monkeypatch.setitem(sys.modules, "fsspec.core", None)
        with pytest.raises(WrongUse, match=r"xls-annual-report\[remote\]"):
            inputs.inputs([FOLDER])


def test_a_windows_path_is_no_url() -> None:
    assert not inputs.is_url("C:\\returns\\a.xlsx")
    assert not inputs.is_url("returns/2023")
    assert inputs.is_url("s3://bucket/a.xlsx")


def test_of_several_versions_the_store_says_which_was_saved_last(store: None) -> None:
    (one,) = inputs.inputs([f"{FOLDER}/1.xlsx"]).inputs
    assert inputs.saved(one) > "2020"
    assert inputs.absolute(one) == one
