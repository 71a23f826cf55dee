"""Reading 1,000 workbooks against unzipping them, in one run: medians of rounds that take turns.

Usage: python benchmarks/reading.py [folder of workbooks]. Without a folder 1,000 filled workbooks of ours are made.
"""

from __future__ import annotations

import io
import random
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from toolkit.form.edition import named
from toolkit.intake.workbook import read
from toolkit.model.figures import filled
from toolkit.model.filing import Entry, Filing, Unit
from toolkit.workbook.write import write

COUNT, ROUNDS = 1000, 5


def made(number: int) -> bytes:
    """A filled workbook of edition 2021, each with figures of its own, two thirds of them 0 as in real filings."""
    chance = random.Random(number)
    edition = named("2021")
    entries = {ref: Entry(chance.choice((0, 0, chance.randrange(500)))) for ref in edition.entries}
    known = filled(edition, entries)
    texts = {section.id: "一年来，本单位主动公开政府信息。" * 30 for section in edition.texts}
    return write(
        edition, Filing("2021", 2023, Unit(f"单位{number}"), {ref: known[ref] for ref in edition.figures}, texts)
    )


def unzipped(content: bytes) -> None:
    """Every member of a workbook, unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            archive.read(name)


def taken(contents: list[bytes], each: Callable[[bytes], object]) -> float:
    """Seconds for going through all of them."""
    start = time.perf_counter()
    for content in contents:
        each(content)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    contents = [path.read_bytes() for path in sorted(Path(sys.argv[1]).glob("*.xlsx"))] if len(sys.argv) > 1 else []
    contents = contents or [made(number) for number in range(COUNT)]
    ratios, read_times = [], []
    for _ in range(ROUNDS):
        floor = taken(contents, unzipped)
        reading = taken(contents, lambda content: read(content, "a.xlsx"))
        ratios.append(reading / floor)
        read_times.append(reading)
    per_file = statistics.median(read_times) / len(contents) * 1e6
    print(f"{len(contents)} workbooks: reading is {statistics.median(ratios):.2f} x unzipping ({per_file:.0f} µs each)")
    print("rounds: " + " ".join(f"{ratio:.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
