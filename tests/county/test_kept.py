"""A merge that was cut off goes on where it was, ends with the same bytes and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import many
from tests.sessions import run
from toolkit.county import inbox, kept
from toolkit.county.inbox import Asked
from toolkit.county.kept import Kept
from toolkit.county.merge_files import merge_files
from toolkit.ground.language import speaking
from toolkit.intake import of_bytes
from toolkit.model import notation
from toolkit.model.filing import Unit
from toolkit.model.ledger import Merged

COUNT = kept.WORTH_KEEPING + 5
WORDS = "merge in -o out/sum.xlsx --letters out/letters --details out/all.csv"
LINUX = pytest.mark.skipif(sys.platform == "win32", reason="a signal that cannot be caught")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def _lines(folder: Path) -> int:
    return sum(each.read_bytes().count(b"\n") for each in folder.glob(".xls-merge-*"))


def _letters(folder: Path) -> int:
    return len(list((folder / "letters").glob("[!.]*")))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with many filings, and what a merge of them writes when nothing comes between."""
    folder = tmp_path_factory.mktemp("county")
    many.put(folder / "in", COUNT)
    assert run(f"xls {WORDS}", folder).returncode == 1, "some are in error"
    (folder / "out").rename(folder / "whole")
    return folder


def _killed(folder: Path, when: Callable[[Path], bool]) -> None:
    """Start the merge and kill it at a moment, as nothing can be killed that may still say something."""
    start = "from toolkit.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", start, *WORDS.split()], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "XLS_LANG": "zh"},
    ) as started:  # fmt: skip
        while not when(folder / "out"):
            assert started.poll() is None, "it ended before the moment came"
            time.sleep(0.002)
        started.send_signal(signal.SIGKILL)


@pytest.mark.exhaustive
@LINUX
@pytest.mark.timeout(400)
def test_killed_at_any_moment_and_started_again_it_ends_with_the_same_bytes(county: Path) -> None:
    moments: tuple[tuple[str, Callable[[Path], bool]], ...] = (
        ("before anything was read", lambda out: _lines(out) >= 1),
        ("in the midst of reading", lambda out: _lines(out) >= COUNT // 2),
        ("the workbook is written", lambda out: (out / "sum.xlsx").exists()),
        ("letters are written", lambda out: _letters(out) >= 4),
    )
    whole = _files(county / "whole")
    for said, when in moments:
        _killed(county, when)
        assert _files(county / "out") != whole, said
        again = run(f"xls {WORDS} -v", county)
        assert again.returncode == 1, said
        assert _files(county / "out") == whole, said
        assert "没有重新读取" in again.stderr or said == moments[0][0]
        for each in sorted((county / "out").rglob("*"), reverse=True):
            each.rmdir() if each.is_dir() else each.unlink()
        (county / "out").rmdir()


@pytest.mark.exhaustive
@LINUX
@pytest.mark.timeout(300)
def test_killed_twice_it_goes_on_from_both_and_other_files_are_not_replaced(county: Path) -> None:
    _killed(county, lambda out: _lines(out) >= COUNT // 4)
    _killed(county, lambda out: len(list(out.glob(".xls-merge-*"))) == 2 and _lines(out) >= COUNT // 2)
    assert len(list((county / "out").glob(".xls-merge-*"))) == 2
    (county / "out" / "sum.xlsx").write_bytes(b"somebody's own")
    refused = run(f"xls --lang en {WORDS}", county)
    assert refused.returncode == 3
    assert "exists already" in refused.stderr
    (county / "out" / "sum.xlsx").unlink()
    assert run(f"xls {WORDS}", county).returncode == 1
    assert _files(county / "out") == _files(county / "whole")
    for each in sorted((county / "out").rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()


class Counted:
    """Merges in this process, which say how many files they read; the first ends when it has read some."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.read, self._most = folder, 0, 10**6

        def counted(*given: object) -> object:
            self.read += 1
            if self.read > self._most:
                raise KeyboardInterrupt
            return of_bytes(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(inbox, "of_bytes", counted)
        monkeypatch.setattr(kept, "WORTH_KEEPING", 5)

    def merge(self, asked: Asked | None = None, most: int = 10**6) -> tuple[Merged, Kept]:
        self.read, self._most = 0, most
        keeping = Kept(self.folder / "sum.xlsx")
        made = merge_files(
            [str(self.folder / "in")], asked or Asked(jobs=1), self.folder / "sum.xlsx", lambda each: each, keeping
        )
        return made, keeping

    def cut_off(self, asked: Asked | None = None) -> Path:
        """A merge that is cut off after four files, and what it leaves."""
        with pytest.raises(KeyboardInterrupt):
            self.merge(asked, 4)
        (left,) = self.folder.glob(".xls-merge-*")
        return left


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    many.put(tmp_path / "in", 6)
    with speaking("en"):
        yield Counted(tmp_path, monkeypatch)


def _left(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if each.name.startswith(".")]


def test_what_was_read_is_not_read_again_and_gives_the_same(counted: Counted) -> None:
    whole, keeping = counted.merge()
    keeping.clear()
    counted.cut_off()
    made, keeping = counted.merge()
    assert counted.read == 2
    assert made == whole
    assert [str(each) for each in keeping.remarks()] == [
        "4 of 6 files had been read before an earlier merge was cut off; they were not read again"
    ]
    keeping.clear()
    assert _left(counted.folder) == []


def test_a_file_changed_meanwhile_is_read_anew_also_where_size_and_time_are_as_before(counted: Counted) -> None:
    counted.cut_off()
    changed, touched = counted.folder / "in" / "00001.xlsx", counted.folder / "in" / "00002.xlsx"
    about, content = changed.stat(), bytearray(changed.read_bytes())
    content[12] ^= 1  # the time of a member
    changed.write_bytes(content)
    os.utime(changed, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert changed.stat().st_size == about.st_size
    os.utime(touched, ns=(1, 1))
    counted.merge()
    assert counted.read == 4


@pytest.mark.parametrize(
    "asked",
    [Asked(jobs=1, year=2022), Asked(jobs=1, unit=Unit("县")), Asked(jobs=1, latest=True)],
    ids=["year", "unit", "latest"],
)
def test_what_was_read_with_other_options_is_not_used(asked: Asked, counted: Counted) -> None:
    counted.cut_off()
    _, keeping = counted.merge(asked)
    assert counted.read == 6
    assert "is not used" in str(next(keeping.remarks()))
    keeping.clear()
    assert _left(counted.folder) == []


def test_what_another_version_read_is_not_used(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    counted.cut_off()
    monkeypatch.setattr("importlib.metadata.version", lambda _: "99")
    counted.merge()
    assert counted.read == 6


@pytest.mark.parametrize("at", range(5))
def test_what_is_damaged_is_not_used(at: int, counted: Counted) -> None:
    whole, keeping = counted.merge()
    keeping.clear()
    left = counted.cut_off()
    lines = left.read_bytes().splitlines(keepends=True)
    lines[at] = lines[at].replace(b"1", b"2") if at % 2 else lines[at][:-20] + b"\n"
    left.write_bytes(b"".join(lines))
    made, _ = counted.merge()
    assert counted.read == 6 - max(0, at - 1)
    assert made == whole


def test_a_torn_last_line_costs_that_line_only(counted: Counted) -> None:
    left = counted.cut_off()
    left.write_bytes(left.read_bytes()[:-30])
    counted.merge()
    assert counted.read == 3


@LINUX
def test_what_others_could_have_written_is_not_used(counted: Counted) -> None:
    left = counted.cut_off()
    elsewhere = left.with_name("elsewhere")
    elsewhere.write_bytes(left.read_bytes())
    elsewhere.chmod(0o600)

    def writable() -> None:
        left.chmod(0o666)

    def linked() -> None:
        left.symlink_to(elsewhere)

    def pipe() -> None:
        os.mkfifo(left)

    for change in (writable, linked, pipe):
        change()
        counted.merge()
        assert counted.read == 6, change.__name__
        for each in counted.folder.glob(".xls-merge-*"):
            each.unlink()
    left.write_bytes(elsewhere.read_bytes())
    left.chmod(0o600)
    counted.merge()
    assert counted.read == 2, "what is all right is used"


def test_of_few_files_nothing_is_kept(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "WORTH_KEEPING", 7)
    with pytest.raises(KeyboardInterrupt):
        counted.merge(most=4)
    assert _left(counted.folder) == []


def test_where_nothing_can_be_kept_the_merge_goes_on(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, keeping = counted.merge()
    keeping.clear()

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("toolkit.county.kept.os.write", full)
    made, keeping = counted.merge()
    assert made == whole
    assert not keeping.keeps
    assert _left(counted.folder) == []


def test_what_a_merge_that_still_runs_keeps_is_left_to_it(counted: Counted) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        left = counted.cut_off()
        machine = left.name.rsplit("-", 2)[0]
        running = left.rename(left.with_name(f"{machine}-{other.pid}-00000000"))
        _, keeping = counted.merge()
        keeping.clear()
        assert running.exists()
        other.kill()


def test_what_is_kept_beside_the_inputs_is_none_of_them_and_not_counted(counted: Counted) -> None:
    counted.folder = counted.folder / "in"
    many.put(counted.folder / "in", 6)
    left = counted.cut_off()
    (left.with_name(".xls-01234567-1-abcdef01")).write_bytes(b"of a killed run")
    made, _ = counted.merge()
    assert made.ledger.litter == 0
    assert len(made.ledger.rows) == 6


def test_a_folder_made_for_it_is_gone_again_where_nothing_was_written(counted: Counted) -> None:
    keeping = Kept(counted.folder / "new" / "sum.xlsx")
    merge_files(
        [str(counted.folder / "in")], Asked(jobs=1), counted.folder / "new" / "sum.xlsx", lambda each: each, keeping
    )
    assert keeping.keeps
    keeping.clear()
    assert not (counted.folder / "new").exists()


@pytest.mark.parametrize(
    "said",
    ["", "[", '{"Unit":["a"],"Text":[]}', '{"exec":["a"]}', '{"Unit":"a"}', '{"Unit":[]}', '{"Decimal":["x"]}',
     "[" * 10**5, '{"Text":[1,2,3,4,5]}'],
)  # fmt: skip
def test_what_is_no_value_of_ours_is_refused(said: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it is for the caller, who says nothing of it
        notation.read(said)


@pytest.mark.parametrize("value", [object(), [1], {"a": 1}, b"x", float("nan"), ("a", {1})])
def test_what_is_not_listed_is_not_written_down(value: object) -> None:
    with pytest.raises(notation.Unwritable):
        notation.written(value)
