"""A country's filings: as many as asked for, merged here and by a cluster of two workers of which one is killed in the
middle: is the end the same, what does a filing cost, and what is held in memory?

Usage: python -m benchmarks.country [COUNT, 40000] [FEW, 1000]. Computing a filing and memory are compared with those of
a merge of FEW. Filings are seeded, one in fifty of them JSON; one in twenty has an error.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from decimal import Decimal
from pathlib import Path

from benchmarks import made
from benchmarks.measured import Taken, taken

LARGE = "part_mb=2000,unpacked_mb=4000,elements=60000000,cells=80000000"
"""A sum of so many units is larger than what is read of a stranger's file."""
JOBS = str(os.cpu_count() or 1)


def merged(folder: Path, inputs: str, name: str, *words: str) -> Taken:
    """What a merge takes: its workbook is NAME.xlsx, its ledger NAME.json."""
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "merge", str(folder / inputs)]
    said = ["-o", str(folder / f"{name}.xlsx"), "--include-invalid", "--format", "json", *words]
    return taken([*command, *said], folder / f"{name}.json", statuses=(0, 1))


def told(folder: Path, name: str) -> tuple[bytes, bytes]:
    """The workbook of a merge, and its ledger without the workbook's own name."""
    ledger = (folder / f"{name}.json").read_bytes().replace(f"{name}.xlsx".encode(), b"sum.xlsx")
    return (folder / f"{name}.xlsx").read_bytes(), ledger


def totals_agree(content: bytes, known: made.Made) -> bool:
    """Whether the county workbook holds the sums that are known."""
    from toolkit.ground.limits import limited
    from toolkit.intake import of_bytes

    with limited(LARGE):
        entries = of_bytes(content, "sum.xlsx").filing.entries
    return all(Decimal(str(entries[ref].value or 0)) == Decimal(str(number)) for ref, number in known.totals.items())


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


def main(count: int, few: int) -> int:
    """Measure and print; 1 where the ends are not the same."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        made.folder(folder / "few", few)
        begun = time.perf_counter()
        known = made.folder(folder / "many", count)
        size = sum(each.stat().st_size for each in (folder / "many").iterdir()) / 1e6
        print(f"{count} filings made in {time.perf_counter() - begun:.0f} s, {size:.0f} MB", flush=True)
        small = merged(folder, "few", "few", "--jobs", JOBS)
        large = merged(folder, "many", "here", "--jobs", JOBS)
        for number, each in ((few, small), (count, large)):
            print(
                f"{number} filings, {JOBS} jobs: {1000 * each.computing / number:.2f} ms of computing each, "
                f"{each.clock:.0f} s by the clock, at most {each.memory:.0f} MB in one process",
                flush=True,
            )
        cluster = on_a_cluster(folder, large.clock / 3)
        print(f"the workbook has {(folder / 'here.xlsx').stat().st_size / 1e6:.1f} MB", flush=True)
        same = told(folder, "cluster") == told(folder, "here")
        right = totals_agree(told(folder, "here")[0], known)
        ratio = large.computing / count / (small.computing / few)
        print(f"cluster: {cluster.clock:.0f} s by the clock, at most {cluster.memory:.0f} MB in the command")
        print(f"the same bytes and ledger: {same}; the totals known: {right}; a filing costs {ratio:.2f} x")
    return 0 if same and right else 1


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    raise SystemExit(main(*(numbers + [40_000, 1000][len(numbers) :])))
