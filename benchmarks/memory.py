"""The memory of a merge by the number of filings: what the process takes that merges, while others read.

Usage: python -m benchmarks.memory [COUNT …, 1000 2000 10000 40000]. Nothing is read: some hundred made filings come as
other processes would send them, each time as another unit's with other figures and texts, through the whole command.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks import made
from toolkit.county import inbox, inputs
from toolkit.county.inbox import Asked
from toolkit.county.inputs import Input
from toolkit.county.merge_files import deliver
from toolkit.model.ledger import Delivery

_MADE = 100


def delivered(seeds: Sequence[bytes], things: Sequence[Input]) -> Iterator[Delivery]:
    """What comes of things, as if it had been read."""
    for n, thing in enumerate(things):
        one: Delivery = pickle.loads(seeds[n % len(seeds)])
        figures, texts = one.likeness
        likeness = (figures and _digest(f"{n}"), tuple((section, _digest(f"{n} {section}")) for section, _ in texts))
        yield replace(one, source=thing.source, digest=sha256(f"{n}".encode()).hexdigest(), unit=made.unit(n),
                      likeness=likeness)  # fmt: skip


def _digest(said: str) -> str:
    return sha256(said.encode()).hexdigest()[:16]


def merge(folder: Path) -> None:
    """Merge the things in a folder, whatever they are."""
    from toolkit.cli import main

    seeds: list[bytes] = pickle.loads((folder / "seeds").read_bytes())

    def come(work: object, asked: Asked, things: Sequence[Input]) -> Iterator[Any]:
        return delivered(seeds, things)

    vars(inbox)["_made"] = come
    sys.argv = [
        "xls",
        "merge",
        str(folder / "in"),
        "-o",
        str(folder / "sum.xlsx"),
        "--include-invalid",
        "--format",
        "json",
    ]
    main()


def peak(folder: Path, count: int) -> float:
    """The most megabytes that merging so many takes."""
    (folder / "in").mkdir()
    for number in range(count):
        (folder / "in" / f"{number:06}.xlsx").touch()
    command = [
        sys.executable,
        "-c",
        f"from pathlib import Path; from benchmarks.memory import merge; merge(Path({str(folder)!r}))",
    ]
    with (folder / "ledger.json").open("wb") as stream:
        running = subprocess.Popen(command, stdout=stream)
        _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode in {0, 1}, running.returncode
    return usage.ru_maxrss / 1024


def main(counts: Sequence[int]) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        few = Path(scratch, "few")
        made.folder(few, _MADE)
        given = inputs.inputs([str(few)]).inputs
        seeds = pickle.dumps([pickle.dumps(deliver(Asked(), each)) for each in given])
        for count in counts:
            folder = Path(scratch, str(count))
            folder.mkdir()
            (folder / "seeds").write_bytes(seeds)
            print(f"{count} filings: at most {peak(folder, count):.0f} MB", flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1000, 2000, 10_000, 40_000])
