"""Merging 10,000 workbooks: memory against its limit, and one process against as many as there are cores, in one run.

Usage: python benchmarks/merging.py [number of workbooks]. Each way runs in a process of its own, by the command.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from toolkit.form.edition import named
from toolkit.model.figures import filled
from toolkit.model.filing import Entry, Filing, Unit
from toolkit.workbook.write import write

LIMIT_MB = 400
_PEAK = """
import resource, sys
from toolkit.cli import main
try:
    main()
finally:
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own, children = (peak // 1024 for peak in peaks)
    sys.stderr.write(f"PEAK {own} {children}\\n")
"""


def made(number: int) -> bytes:
    """A filled workbook of edition 2021 that keeps every rule, but one in twenty, which has a wrong total."""
    chance, edition = random.Random(number), named("2021")
    values = dict.fromkeys(edition.entries, 0)
    for column in ("person", "org.business", "org.legal"):
        values[f"requests/received/{column}"] = values[f"requests/done.granted/{column}"] = chance.randrange(60)
    values["services/licences/decisions"] = chance.randrange(900)
    entries = filled(edition, {ref: Entry(value) for ref, value in values.items()})
    if number % 20 == 0:
        entries["requests/received/total"] = Entry(9999)
    texts = {section.id: "一年来，本单位主动公开政府信息。" * 30 for section in edition.texts}
    unit = Unit(f"单位{number}", f"U{number}", "township")
    return write(edition, Filing("2021", 2023, unit, {ref: entries[ref] for ref in edition.figures}, texts))


def merged(folder: Path, jobs: int) -> tuple[float, int, int]:
    """Seconds, and the most megabytes that the command and the largest of its processes held."""
    start = time.perf_counter()
    words = ["merge", str(folder / "in"), "-o", str(folder / f"{jobs}.xlsx"), "--jobs", str(jobs), "--include-invalid"]
    done = subprocess.run([sys.executable, "-c", _PEAK, *words], capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    if not (folder / f"{jobs}.xlsx").exists():
        raise RuntimeError(done.stderr)
    own, children = (int(word) for word in done.stderr.split("PEAK ")[1].split())
    return taken, own, children


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "in").mkdir()
        for number in range(count):
            (folder / "in" / f"{number:06}.xlsx").write_bytes(made(number))
        cores = os.cpu_count() or 1
        alone, own, _ = merged(folder, 1)
        together, parent, child = merged(folder, cores)
    print(f"{count} workbooks, one process: {alone:.0f} s, {own} MB (limit {LIMIT_MB})")
    print(
        f"{cores} processes: {together:.0f} s, {alone / together:.2f} x as fast; {parent} MB and {child} MB a process"
    )
    if own > LIMIT_MB:
        sys.exit(f"more than {LIMIT_MB} MB")


if __name__ == "__main__":
    main()
