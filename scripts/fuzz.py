"""Damages good filings by chance for some seconds, on all cores, and says what came of it: `make fuzz`.

A seed that ends otherwise than in a sentence of ours is printed; it belongs into `FOUND` of tests/fuzz/test_fuzz.py.
"""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
BATCH = 400


def work(_: None, seed: int) -> str:
    """What comes of a seed."""
    from tests.fuzz.damage import outcome

    return outcome(seed)


def lost(_: None, seed: int, reason: object) -> str:
    """What is said where the process that read it was lost."""
    return f"WRONG: {seed}: {reason}"


def main(seconds: float) -> int:
    """Fuzz for some seconds; the number of seeds that went wrong."""
    sys.path.insert(0, str(ROOT))
    os.environ["PYTHONPATH"] = str(ROOT)
    from toolkit.ground import engines
    from toolkit.ground.limits import set_limits

    set_limits("seconds=10,memory_mb=500")
    start, counts, wrong = time.monotonic(), Counter[str](), 0
    seed = secrets.randbelow(2**40)
    while time.monotonic() - start < seconds:
        seeds = range(seed, seed + BATCH * (os.cpu_count() or 1))
        for each, said in zip(seeds, engines.each(work, None, seeds, os.cpu_count() or 1, lost=lost), strict=True):
            counts[said.partition(":")[0]] += 1
            if said.startswith("WRONG"):
                wrong += 1
                print(each, said, flush=True)
        seed = seeds.stop
    print(f"{counts.total()} inputs in {time.monotonic() - start:.0f} s:", dict(counts))
    return wrong


if __name__ == "__main__":
    raise SystemExit(1 if main(float(sys.argv[1]) if len(sys.argv) > 1 else 60) else 0)
