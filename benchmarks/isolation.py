"""What it costs that a file may end its process and nothing else: the same checks by processes that may be lost, and
by a pool of Python's own, which breaks with the first that is; and in one process.

Usage: python -m benchmarks.isolation [workbooks, 600] [rounds, 5]. Prints medians of computing and of the clock.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from benchmarks import made
from benchmarks.measured import Taken, in_turns, taken
from toolkit.county.check_files import told
from toolkit.county.inbox import Asked
from toolkit.county.inbox import Taken as Read
from toolkit.county.inputs import Input, inputs
from toolkit.ground import engines
from toolkit.model.ledger import Unread

JOBS, CHUNK = 2, 16
Checks = Callable[[Sequence[Input]], Iterator[Read | Unread]]


def here(given: Sequence[Input]) -> Iterator[Read | Unread]:
    """In this process."""
    return engines.each(told, Asked(), given, 1)


def apart(given: Sequence[Input]) -> Iterator[Read | Unread]:
    """In processes that may be lost."""
    return engines.each(told, Asked(), given, JOBS)


def pool(given: Sequence[Input]) -> Iterator[Read | Unread]:
    """In a pool as everybody writes it."""
    with ProcessPoolExecutor(JOBS, get_context("spawn")) as processes:
        yield from processes.map(partial(told, Asked()), given, chunksize=CHUNK)


WAYS: dict[str, Checks] = {each.__name__: each for each in (here, apart, pool)}


def main(arguments: Sequence[str]) -> None:
    """Measure, or with the name of a way and a folder go that way."""
    if arguments and arguments[0] in WAYS:
        found = [each for each in WAYS[arguments[0]](inputs([arguments[1]]).inputs) if isinstance(each, Read)]
        print(len(found), sum(len(each.checked.findings) for each in found))
        return
    count, rounds = (int(each) for each in (*arguments, *("600", "5")[len(arguments) :]))
    with tempfile.TemporaryDirectory() as scratch:
        folder, said = Path(scratch, "in"), Path(scratch, "said")
        made.folder(folder, count)
        ends = set[str]()

        def gone(name: str) -> Taken:
            came = taken([sys.executable, "-m", "benchmarks.isolation", name, str(folder)], said)
            ends.add(said.read_text())
            return came

        for name, each in in_turns({name: partial(gone, name) for name in WAYS}, rounds).items():
            print(
                f"{name:6} computing {each.computing:6.2f} s   clock {each.clock:6.2f} s   memory {each.memory:4.0f} MB"
            )
        assert len(ends) == 1, f"not the same: {ends}"


if __name__ == "__main__":
    main(sys.argv[1:])
