"""A merge with letters and details killed at moments that chance gives, and begun again: is the end always the same?

Usage: python benchmarks/killing.py [moments, 200] [workbooks, 2000]. A merge is killed and begun again until one run
ends before its turn; its outputs, hidden files and all, are compared, byte for byte, with those of a merge that nobody
disturbed.
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
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDS = ("merge", "in", "-o", "out/sum.xlsx", "--letters", "out/letters", "--details", "out/all.csv")
FAR = 0.15
"""How often a moment is one of all that a whole merge takes; else it is one of the first eighth."""


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


def state(folder: Path) -> str:
    """How far a merge that was killed had come."""
    out = folder / "out"
    kept = [each for each in files(out) if each.startswith(".xls-merge-")]
    if not out.exists() or not (kept or any(out.iterdir())):
        return "before reading"
    return "reading" if kept and not (out / "letters").exists() and not (out / "all.csv").exists() else "writing"


def main(moments: int, count: int) -> int:
    """Kill so many times; the number of ends that were not the same."""
    from tests import many

    seed = random.randrange(10**9)
    chance, ends, wrong, at = random.Random(seed), 0, 0, Counter[str]()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        many.put(folder / "in", count)
        begun = time.monotonic()
        status = started(folder).wait()
        taken = time.monotonic() - begun
        (folder / "out").rename(folder / "whole")
        whole = files(folder / "whole")
        print(f"{count} workbooks in {taken:.1f} s (exit {status}), {len(whole)} files; chance {seed}", flush=True)
        while at.total() < moments:
            killed = 0
            while (ended := run(folder, chance.uniform(0, taken if chance.random() < FAR else taken / 8))) is None:
                killed += 1
                at[state(folder)] += 1
                if (folder / "out" / "sum.xlsx").exists() and files(folder / "out") == whole:
                    ended = status  # it had ended but for saying so
                    break
            ends += 1
            if ended != status or files(folder / "out") != whole:
                wrong += 1
                kept = shutil.move(folder / "out", tempfile.mkdtemp())
                print(f"NOT the same after {killed} kills (exit {ended}): see {kept}", flush=True)
            shutil.rmtree(folder / "out", ignore_errors=True)
            print(f"{at.total()} kills {dict(at)}, {ends} merges ended, {wrong} not the same", flush=True)
    return wrong


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    numbers = [int(each) for each in sys.argv[1:]]
    raise SystemExit(1 if main(*(numbers + [200, 2000][len(numbers) :])) else 0)
