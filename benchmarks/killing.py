"""A merge with letters and details killed at moments that chance gives, and begun again: is the end always the same?

Usage: python benchmarks/killing.py [moments, 200] [workbooks, 2000]. Each merge is killed once or more, then let end;
its outputs are compared, byte for byte, with those of a merge that nobody disturbed. What chance began with is printed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDS = ("merge", "in", "-o", "out/sum.xlsx", "--letters", "out/letters", "--details", "out/all.csv")
AGAIN = 0.2
"""How often one that was begun again is killed again."""
FOR_EVER = 3600.0


def started(folder: Path) -> subprocess.Popen[bytes]:
    """The merge, begun."""
    start = "from toolkit.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", start, *WORDS], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def files(folder: Path) -> Mapping[str, bytes]:
    """What stands in a folder, hidden files and all."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def run(folder: Path, most: float) -> int | None:
    """The exit status of the merge; None where it still ran after so many seconds, and was killed."""
    with started(folder) as process:
        try:
            return process.wait(most)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return None


def main(moments: int, count: int) -> int:
    """Kill so many times; the number of ends that were not the same."""
    from tests import many

    seed = random.randrange(10**9)
    chance, kills, ends, wrong = random.Random(seed), 0, 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        many.put(folder / "in", count)
        begun = time.monotonic()
        status = started(folder).wait()
        taken = time.monotonic() - begun
        (folder / "out").rename(folder / "whole")
        whole, spent = files(folder / "whole"), 0.0
        print(f"{count} workbooks in {taken:.1f} s (exit {status}), {len(whole)} files; chance {seed}", flush=True)
        while kills < moments:
            ended = run(folder, chance.uniform(0, taken))
            while ended is None:
                kills += 1
                if files(folder / "out") == whole:  # it had ended but for saying so
                    ended = status
                    break
                begun = time.monotonic()
                ended = run(folder, chance.uniform(0, taken) if chance.random() < AGAIN else FOR_EVER)
            spent += time.monotonic() - begun
            ends += 1
            if ended != status or files(folder / "out") != whole:
                wrong += 1
                kept = shutil.move(folder / "out", tempfile.mkdtemp())
                print(f"NOT the same after {kills} kills (exit {ended}): see {kept}", flush=True)
            shutil.rmtree(folder / "out", ignore_errors=True)
            print(f"{kills} kills, {ends} merges ended, {wrong} not the same", flush=True)
    print(
        f"{kills} kills, {ends} merges ended, {wrong} not the same; to end took {spent / ends:.1f} s of {taken:.1f} s"
    )
    return wrong


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    numbers = [int(each) for each in sys.argv[1:]]
    raise SystemExit(1 if main(*(numbers + [200, 2000][len(numbers) :])) else 0)
