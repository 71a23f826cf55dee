"""Two runs onto one output: the second is refused while the first goes on, and nothing of that stays behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests import ROOT
from tests.sessions import run
from toolkit.ground import claims
from toolkit.ground.errors import NotWritten
from toolkit.ground.language import speaking

LINUX = pytest.mark.skipif(sys.platform == "win32", reason="its links and signals are others")
_HOLDS = """
import pathlib, sys
from toolkit.ground import claims
with claims.run():
    claims.claim(pathlib.Path(sys.argv[1]))
    print("held", flush=True)
    sys.stdin.read()
"""


def _holding(output: Path) -> subprocess.Popen[str]:
    """A process that has claimed an output and waits."""
    started = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(output)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "held\n"
    return started


def _names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize(
    "command",
    [
        "new 2021 -o {output} --force",
        "merge {sample} -o {output} --force",
        "export {sample} -o {output} --force",
        "report {sample} -o {output} --force",
    ],
)
def test_a_second_run_is_refused_until_the_first_has_ended(command: str, tmp_path: Path) -> None:
    sample = ROOT / "samples" / "county" / "inbox" / "云岭县财政局（修改）.xlsx"
    output = tmp_path / ("年报.html" if command.startswith("report") else "汇总.xlsx")
    output.write_bytes(b"before")
    asked = "xls " + command.format(sample=sample, output=output.name)
    first = _holding(output)
    refused = run(asked, tmp_path, language="en")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr == (
        f"{output.name}: another run of xls is writing it; wait until it has ended and run this again\n"
    )
    assert output.read_bytes() == b"before"
    first.communicate("")
    assert run(asked, tmp_path).returncode in (0, 1)
    assert output.read_bytes() != b"before"
    assert _names(tmp_path) == [output.name]


@LINUX
def test_what_a_killed_run_held_is_free_and_taken_away_by_whoever_writes_there_next(tmp_path: Path) -> None:
    first = _holding(tmp_path / "a.xlsx")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert len(_names(tmp_path)) == 1
    with claims.run():
        claims.claim(tmp_path / "b.xlsx")
        assert len(_names(tmp_path)) == 1
        with claims.run():
            claims.claim(tmp_path / "a.xlsx")
    assert _names(tmp_path) == []


def test_what_is_held_elsewhere_in_the_folder_is_not_swept_away(tmp_path: Path) -> None:
    first = _holding(tmp_path / "a.xlsx")
    with claims.run():
        claims.claim(tmp_path / "b.xlsx")
    with claims.run(), speaking("en"), pytest.raises(NotWritten, match="another run of xls is writing it"):
        claims.claim(tmp_path / "a.xlsx")
    first.communicate("")
    assert _names(tmp_path) == []


@LINUX
def test_a_link_is_the_file_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "real" / "a.xlsx")
    with claims.run():
        claims.claim(tmp_path / "link.xlsx")
        with claims.run(), pytest.raises(NotWritten):
            claims.claim(tmp_path / "real" / "a.xlsx")
    assert _names(tmp_path) == ["link.xlsx", "real"]


def test_one_run_may_claim_an_output_again_and_outside_of_a_run_nothing_is_held(tmp_path: Path) -> None:
    claims.claim(tmp_path / "a.xlsx")
    assert _names(tmp_path) == []
    with claims.run():
        claims.claim(tmp_path / "a.xlsx")
        claims.claim(tmp_path / "a.xlsx")
    assert _names(tmp_path) == []


def test_where_nothing_can_be_held_the_run_goes_on(tmp_path: Path) -> None:
    with claims.run():
        claims.claim(tmp_path / "nowhere" / "a.xlsx")
        claims.claim(tmp_path / "\0.xlsx")
    assert _names(tmp_path) == []


@LINUX
def test_many_that_claim_at_once_hold_one_after_the_other(tmp_path: Path) -> None:
    inside, most, times = 0, 0, 0
    lock = threading.Lock()

    def claiming() -> None:
        nonlocal inside, most, times
        for _ in range(300):
            with claims.run():
                try:
                    claims.claim(tmp_path / "a.xlsx")
                except NotWritten:
                    continue
                with lock:
                    inside += 1
                    most = max(most, inside)
                    times += 1
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=claiming) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert most == 1
    assert times >= 1
    assert _names(tmp_path) == []
