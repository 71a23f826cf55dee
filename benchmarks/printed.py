"""Published reports drawn by chance, as pages and as texts, each with one to five things that are odd in real ones: is
a figure read wrong, how many of those printed are lost, and is what is lost named?

Usage: python -m benchmarks.printed [COUNT, 10000] [first seed, 0]. A seed whose report is read wrong is printed.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
BATCH = 10


class Read(NamedTuple):
    """What came of one report: figures printed and lost, the lines lost if not all are said, the figures read wrong."""

    kind: str
    seed: int
    printed: int
    lost: int
    unnamed: tuple[str, ...]
    wrong: tuple[str, ...]


def read(kind: str, seed: int) -> Read:
    """A report of a seed, read back and compared with what it prints."""
    from tests import quirks, text_quirks
    from tests.filings import values, varied
    from toolkit.form.edition import named
    from toolkit.ground.errors import XlsError
    from toolkit.intake import of_bytes
    from toolkit.model import numbers

    edition = named(("2019", "2021")[seed % 2])
    made = varied(edition.id, seed)
    typed, printed = (quirks if kind == "page" else text_quirks).varied(made, seed)
    kinds = {ref: figure.value for ref, figure in edition.figures.items()}
    meant = {ref: numbers.read(said, kinds.get(ref, "count"))[0] for ref, said in printed.items()}
    filled = {ref for ref in kinds if meant.get(ref) is not None}
    try:
        back = of_bytes(typed.encode(), "a.html" if kind == "page" else "a.txt")
    except XlsError:
        return Read(kind, seed, len(filled), len(filled), (), ())
    got = values(back.filing)
    wrong = tuple(ref for ref, value in got.items() if value is not None and value != meant.get(ref))
    lost = sorted(ref for ref in filled if got.get(ref) is None)
    lines = tuple(dict.fromkeys("/".join(ref.split("/")[:2]) for ref in lost))
    unnamed = lines if len(lines) > len(back.findings) else ()  # a line that is not known is named by its printed label
    return Read(kind, seed, len(filled), len(lost), unnamed, wrong)


def several(_: None, seeds: range) -> list[Read]:
    """Some seeds, each as a page and as a text."""
    return [read(kind, seed) for seed in seeds for kind in ("page", "text")]


def lost(_: None, seeds: range, reason: object) -> list[Read]:
    """What is said where the process was lost."""
    return [Read("page", seeds.start, 0, 0, (), (f"the process was lost: {reason}",))]


def main(count: int, first: int) -> int:
    """Draw so many; the number of those that were read wrong or lost a figure without a word."""
    from toolkit.ground import engines

    batches = [range(at, min(at + BATCH, first + count // 2)) for at in range(first, first + count // 2, BATCH)]
    bad, reports, printed, gone = 0, Counter[str](), Counter[str](), Counter[str]()
    for found in engines.each(several, None, batches, os.cpu_count() or 1, lost=lost):
        for each in found:
            reports[each.kind] += 1
            printed[each.kind] += each.printed
            gone[each.kind] += each.lost
            if each.wrong or each.unnamed:
                bad += 1
                print(each.kind, each.seed, "wrong", each.wrong[:3], "without a word", each.unnamed[:3], flush=True)
    for kind, number in reports.items():
        share = 100 * gone[kind] / max(printed[kind], 1)
        print(f"{number} {kind}s, {printed[kind]} figures printed, {gone[kind]} lost ({share:.2f} %)")
    print(f"{bad} reports with a wrong figure or one lost without a word")
    return bad


if __name__ == "__main__":
    os.environ["PYTHONPATH"] = str(ROOT)
    sys.path.insert(0, str(ROOT))
    numbers_given = [int(each) for each in sys.argv[1:]]
    raise SystemExit(1 if main(*(numbers_given + [10_000, 0][len(numbers_given) :])) else 0)
