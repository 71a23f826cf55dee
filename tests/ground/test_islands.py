"""Each thing is an island: whatever happens to one of them, the others have their results, and none is done twice."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.ground import engines
from toolkit.ground.engines import Fault
from toolkit.ground.errors import Unreadable
from toolkit.ground.language import Text, speaking, text
from toolkit.ground.limits import limited

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its processes have no limits but the clock")

GOOD = tuple(f"good {n}" for n in range(20))


class Unheard(BaseException):
    """An error of a library's own kind, like a panic of python-calamine."""


def work(log: str, thing: str) -> str:
    """Something that may end in every way there is; what was begun is written down."""
    with Path(log).open("a", encoding="utf-8") as stream:
        stream.write(f"{thing}\n")
    match thing:
        case "fault":
            raise ZeroDivisionError("division by zero")
        case "panic":
            raise Unheard("index out of bounds")
        case "depth":
            return work(log, "depth") if sys.getrecursionlimit() > 150 else ""
        case "no memory":
            raise MemoryError
        case "memory":
            return str(len(bytearray(4 * 2**30)))
        case "abort":
            os.abort()
        case "exit":
            os._exit(3)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "time":
            while True:
                pass
        case "unsendable":
            return Local()
        case "refused":
            raise Unreadable(text("{file}: not read", file=thing))
    return thing.upper()


class Local(str):
    """A result that cannot be sent."""

    __slots__ = ()

    def __reduce__(self) -> str:
        raise TypeError("cannot be sent")


def said(log: str, thing: str, reason: Text) -> str:
    """What is made of a thing that was lost."""
    assert log
    return f"{thing}: {reason}"


WAYS = {
    "fault": "ZeroDivisionError: division by zero",
    "panic": "Unheard: index out of bounds",
    "depth": "RecursionError",
    "no memory": "MB of memory",
}
ENDS = {
    "memory": "MB of memory",
    "abort": "MB of memory",
    "exit": r"ended the process it was read in \(3\)",
    "killed": "MB of memory",
    "time": "longer than 1 seconds",
    "unsendable": "TypeError: cannot be sent",
}


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    with limited("seconds=1,memory_mb=700"):
        yield


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("way", WAYS)
def test_an_error_costs_the_thing_alone_on_one_core_as_on_two(way: str, jobs: int, tmp_path: Path) -> None:
    _island(way, WAYS[way], jobs, tmp_path / "log", apart=False)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("way", ENDS)
def test_the_end_of_a_process_costs_the_thing_alone(way: str, jobs: int, tmp_path: Path) -> None:
    _island(way, ENDS[way], jobs, tmp_path / "log", apart=True)


def _island(way: str, reason: str, jobs: int, log: Path, *, apart: bool) -> None:
    things = (*GOOD[:7], way, *GOOD[7:])
    with speaking("en"):
        found = list(
            engines.each(work, str(log), things, jobs, lost=said, apart=(lambda each: each == way) if apart else None)
        )
    assert [each for each in found if each.startswith("GOOD")] == [each.upper() for each in GOOD]
    lost = found[7]
    assert lost.startswith(f"{way}: ")

    assert re.search(reason, lost), lost
    begun = log.read_text(encoding="utf-8").split("\n")
    assert sorted(each for each in begun if each.startswith("good")) == sorted(GOOD), "done once, each of them"


@pytest.mark.exhaustive
def test_many_ends_cost_those_things_alone(tmp_path: Path) -> None:
    things = tuple(each for n, good in enumerate(GOOD) for each in ((good, "killed") if n % 3 == 0 else (good, "exit")))
    found = list(engines.each(work, str(tmp_path / "log"), things, 2, lost=said))
    assert found[::2] == [each.upper() for each in GOOD]
    assert all(each.startswith(("killed: ", "exit: ")) for each in found[1::2])


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_meant_for_the_user_is_raised(jobs: int, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="refused"):
        list(engines.each(work, str(tmp_path / "log"), ("good", "refused", "good"), jobs, lost=said))


@pytest.mark.parametrize("jobs", [1, 2])
def test_without_a_word_for_what_is_lost_it_is_raised(jobs: int, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="ZeroDivisionError"):
        list(engines.each(work, str(tmp_path / "log"), ("good", "fault"), jobs))


def test_a_process_killed_once_is_no_thing_lost(tmp_path: Path) -> None:
    """The system, short of memory, ends any process; the thing it was at is tried once more."""
    found = list(engines.each(once, str(tmp_path), ("a", "b", "c"), 2, lost=said))
    assert found == ["a", "b", "c"]


def once(folder: str, thing: str) -> str:
    """Something that is killed the first time."""
    begun = Path(folder) / thing
    if thing == "b" and not begun.exists():
        begun.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return thing


def test_processes_end_when_their_owner_is_killed(tmp_path: Path) -> None:
    import subprocess

    script = tmp_path / "owner.py"
    script.write_text(
        "from tests.ground.test_islands import slow\nfrom toolkit.ground import engines\n"
        f"if __name__ == '__main__':\n    list(engines.each(slow, {str(tmp_path)!r}, range(1000), 2))\n",
        encoding="utf-8",
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(root)}) as owner:
        while len(list(tmp_path.glob("*.pid"))) < 2 and owner.poll() is None:
            time.sleep(0.05)
        owner.kill()
    workers = [int(each.stem) for each in tmp_path.glob("*.pid")]
    assert len(workers) == 2
    while any(_runs(each) for each in workers):  # for as long as a test may take
        time.sleep(0.1)


def slow(folder: str, thing: int) -> int:
    """Something that leaves a mark of its process."""
    (Path(folder) / f"{os.getpid()}.pid").touch()
    time.sleep(0.05)
    return thing


def _runs(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
