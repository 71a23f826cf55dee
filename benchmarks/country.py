"""A country's filings: as many as asked for, merged here and by a cluster of two workers of which one is killed in the
middle: is the end the same, what does a filing cost, and what is held in memory?

Usage: python -m benchmarks.country [COUNT, 40000] [FEW, 1000] [FOLDER]. What a filing takes and memory are compared
with those of a merge of FEW. Filings are seeded and of several formats; one in twenty has an error. In a FOLDER what
was made and measured stays: a run that was cut off goes on from there, and says what it has.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from benchmarks import formats, made
from benchmarks.measured import Taken, taken

LARGE = "part_mb=2000,unpacked_mb=4000,elements=60000000,cells=80000000"
"""A sum of so many units is larger than what is read of a stranger's file."""
JOBS = os.cpu_count() or 1


def merged(folder: Path, inputs: str, name: str, *words: str) -> Taken:
    """What a merge takes: its workbook is NAME.xlsx, its ledger NAME.json. Nothing of one that was cut off is used."""
    for left in (folder / f"{name}.xlsx", *folder.glob(".xls-*")):
        left.unlink(missing_ok=True)
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "merge", str(folder / inputs)]
    said = ["-o", str(folder / f"{name}.xlsx"), "--include-invalid", "--format", "json", *words]
    return taken([*command, *said], folder / f"{name}.json", statuses=(0, 1))


def once(folder: Path, name: str, count: int, work: Callable[[], Taken]) -> Taken:
    """What a merge of so many took, measured now unless an earlier run in the folder has."""
    known = folder / f"{name}-{count}.taken"
    if known.exists() and (folder / f"{name}.xlsx").exists():
        found = Taken(*json.loads(known.read_text(encoding="utf-8")))
    else:
        found = work()
        known.write_text(json.dumps(found), encoding="utf-8")
    print(
        f"{name}: {count} filings, {1000 * found.computing / count:.2f} ms of computing each, "
        f"{found.clock:.0f} s by the clock, at most {found.memory:.0f} MB in one process",
        flush=True,
    )
    return found


def told(folder: Path, name: str) -> tuple[bytes, bytes]:
    """The workbook of a merge, and its ledger without the workbook's own name."""
    ledger = (folder / f"{name}.json").read_bytes().replace(f"{name}.xlsx".encode(), b"sum.xlsx")
    return (folder / f"{name}.xlsx").read_bytes(), ledger


def totals_agree(ledger: bytes, known: made.Made) -> bool:
    """Whether the sums of a merge are those that are known."""
    totals = json.loads(ledger)["totals"]
    return all(Decimal(str(totals[ref] or 0)) == Decimal(str(number)) for ref, number in known.totals.items())


def on_a_cluster(folder: Path, after: float) -> Taken:
    """The merge by two workers on this machine; one is killed after so many seconds."""
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
        with Client(cluster.scheduler_address) as client:  # type: ignore[no-untyped-call]
            workers = list(client.run(os.getpid).values())
        killing = threading.Timer(after, os.kill, (workers[0], signal.SIGKILL))
        killing.start()
        try:
            return merged(folder, "many", "cluster", "--scheduler", cluster.scheduler_address)
        finally:
            print(f"worker {workers[0]} was killed after {after:.0f} s" if not killing.is_alive() else "not killed")
            killing.cancel()


def measured(folder: Path, count: int, few: int) -> int:
    """Measure and print; 1 where the ends are not the same."""
    formats.folder(folder / "few", few, JOBS)
    begun = time.perf_counter()
    known = formats.folder(folder / "many", count, JOBS)
    size = sum(each.stat().st_size for each in (folder / "many").iterdir()) / 1e6
    print(f"{count} filings made in {time.perf_counter() - begun:.0f} s, {size:.0f} MB", flush=True)
    jobs = ("--jobs", str(JOBS))
    small = once(folder, "few", few, lambda: merged(folder, "few", "few", *jobs))
    large = once(folder, "here", count, lambda: merged(folder, "many", "here", *jobs))
    ratio = large.computing / count / (small.computing / few)
    right = totals_agree(told(folder, "here")[1], known)
    print(f"the workbook has {(folder / 'here.xlsx').stat().st_size / 1e6:.1f} MB; the totals known: {right}")
    print(f"a filing costs {ratio:.2f} x, memory is {large.memory / small.memory:.2f} x", flush=True)
    once(folder, "cluster", count, lambda: on_a_cluster(folder, large.clock / 3))
    same = told(folder, "cluster") == told(folder, "here")
    print(f"the same bytes and ledger: {same}")
    return 0 if same and right else 1


def main(count: int, few: int, folder: str = "") -> int:
    """Measure in a folder that stays, or in one that does not."""
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        return measured(Path(folder), count, few)
    scratch = tempfile.mkdtemp()
    try:
        return measured(Path(scratch), count, few)
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    given = [*sys.argv[1:], *("40000", "1000", "")[len(sys.argv) - 1 :]]
    raise SystemExit(main(int(given[0]), int(given[1]), given[2]))
