"""Damages good inputs of every kind by chance for some seconds, on all cores, and says what came of it: `make fuzz`.

Usage: python scripts/fuzz.py [SECONDS] [--inputs COUNT]       chance alone; ends after so many seconds or inputs
       python scripts/fuzz.py SECONDS --guided NAME            one kind, led by what of our code was reached (atheris)

An input that ends otherwise than in a sentence of ours is kept in tests/fuzz/corpus, where the tests try it for ever.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
BATCH = 4000


def work(_: None, seeds: range) -> list[tuple[int, str, str]]:
    """What comes of some seeds: each with the kind of its input and what is said."""
    from tests.fuzz.damage import damaged
    from tests.fuzz.outcome import outcome

    made = ((seed, damaged(seed)) for seed in seeds)
    return [(seed, each.name, outcome(each, seed)) for seed, each in made]


def lost(_: None, seeds: range, reason: object) -> list[tuple[int, str, str]]:
    """What is said where the process that read them was lost: which one it was is found by trying each alone."""
    if len(seeds) == 1:
        return [(seeds.start, "", f"WRONG: the process was lost: {reason}")]
    return [each for seed in seeds for each in tried([range(seed, seed + 1)])]


def tried(batches: list[range]) -> Iterator[tuple[int, str, str]]:
    """Some batches of seeds, on all cores."""
    from toolkit.ground import engines

    for found in engines.each(work, None, batches, os.cpu_count() or 1, lost=lost):
        yield from found


def by_chance(seconds: float, most: int) -> int:
    """Fuzz for some seconds or inputs; the number of those that went wrong."""
    from tests.fuzz.damage import damaged
    from toolkit.ground.limits import set_limits

    set_limits("memory_mb=800")
    start, counts, wrong = time.monotonic(), Counter[tuple[str, str]](), 0
    seed = secrets.randbelow(2**40)
    while time.monotonic() - start < seconds and counts.total() < most:
        batches = [range(at, at + 50) for at in range(seed, seed + BATCH, 50)]
        for each, name, said in tried(batches):
            counts[name, said.partition(":")[0]] += 1
            if said.startswith("WRONG"):
                wrong += 1
                made = damaged(each)
                (CORPUS / f"{each}.{made.name}").write_bytes(made.content)
                print(each, made.name, said, flush=True)
        seed += BATCH
        print(f"{counts.total()} inputs in {time.monotonic() - start:.0f} s, {wrong} wrong", flush=True)
    for name in sorted({name for name, _ in counts}):
        print(f"{name or 'lost':12}", {said: count for (of, said), count in sorted(counts.items()) if of == name})
    return wrong


def guided(seconds: float, name: str) -> int:
    """Fuzz one kind by what of our code an input reaches, from the good one on."""
    try:
        import atheris
    except ImportError:
        sys.exit("for --guided: pip install atheris (Linux, Python 3.11 to 3.13)")
    with atheris.instrument_imports(include=["toolkit"]):
        from tests.fuzz.damage import Damaged
        from tests.fuzz.originals import originals
        from tests.fuzz.outcome import outcome

    def one(content: bytes) -> None:
        said = outcome(Damaged(name, content))
        if said.startswith("WRONG"):
            kept = CORPUS / f"guided-{secrets.token_hex(4)}.{name}"
            kept.write_bytes(content)
            raise RuntimeError(f"{said}: {kept.name}")

    begun = ROOT / "dist" / "fuzz" / name
    begun.mkdir(parents=True, exist_ok=True)
    (begun / "good").write_bytes(originals()[name])
    atheris.Setup([sys.argv[0], str(begun), f"-max_total_time={seconds:.0f}", "-print_final_stats=1"], one)
    atheris.Fuzz()
    return 0


def main() -> int:
    """What the command line asks for."""
    sys.path.insert(0, str(ROOT))
    os.environ["PYTHONPATH"] = str(ROOT)
    asked = argparse.ArgumentParser()
    asked.add_argument("seconds", nargs="?", type=float, default=60)
    asked.add_argument("--inputs", type=int, default=10**12)
    asked.add_argument("--guided")
    said = asked.parse_args()
    return 1 if (guided(said.seconds, said.guided) if said.guided else by_chance(said.seconds, said.inputs)) else 0


if __name__ == "__main__":
    raise SystemExit(main())
