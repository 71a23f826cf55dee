"""How many sentences that contradict their tables are found, how many that agree are not; and what reading texts costs.

Usage: python -m benchmarks.texts. The sentences are those of tests/texts; the time is that of the rules that read
sentences, on all of them as one text.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from tests.sentences import Line, drawn, found, lines
from toolkit.form.edition import named
from toolkit.rules import texts_figures
from toolkit.rules.case import case
from toolkit.rules.register import LOOKS
from toolkit.rules.texts_passages import passages

SETS = {
    "seen in reports": "known*",
    "looked at while the phrases were written": "tuned*",
    "held back (at first look 75 of 80 found, 0 of 79 false; mended since)": "held*",
    "later (at first look 211 of 234 found, 11 of 253 false; mended since)": "later*",
    "written last (at first look 30 of 32 found, 1 of 28 false; mended since)": "fresh*",
}
OF_TEXTS = ("text-figures", "text-breakdown", "year-stated", "period-stated", "notice-current")
ROUNDS = 7


def told(said: Iterable[Line]) -> tuple[int, int, int, int, list[str]]:
    """(contradictions, found of them, agreements, findings on them, what went wrong) of some sentences."""
    counts: Counter[tuple[bool, bool]] = Counter()
    wrong: list[str] = []
    for line in said:
        hit = bool(found(line))
        counts[line.wrong, hit] += 1
        if hit != line.wrong:
            wrong.append(str(line))
    return sum(counts[True, hit] for hit in (True, False)), counts[True, True], sum(
        counts[False, hit] for hit in (True, False)
    ), counts[False, True], wrong  # fmt: skip


def costs() -> tuple[float, int]:
    """Microseconds that the rules on sentences take for a thousand characters, and how many characters were read."""
    said = tuple(lines("tuned*"))
    text = "".join(dict.fromkeys(line.said for line in said))
    made = drawn(replace(said[0], said=text))
    one = case(named(made.edition), made, None, None)
    rules = [rule for rule in one.edition.rules if rule.check in OF_TEXTS]
    times = []
    for _ in range(ROUNDS):
        passages.cache_clear()
        texts_figures._section.cache_clear()
        begun = time.perf_counter()
        for rule in rules:
            list(LOOKS[rule.check](one, rule))
        times.append(time.perf_counter() - begun)
    return statistics.median(times) / len(text) * 1e9, len(text)


def main() -> None:
    """Print precision and recall of each set of sentences, and the cost."""
    for name, pattern in SETS.items():
        contradict, hit, agree, false, wrong = told(lines(pattern))
        print(f"{name}: found {hit} of {contradict} contradictions ({hit / contradict:.1%}); "
              f"{false} findings on {agree} that agree ({false / agree:.1%})")  # fmt: skip
        for line in wrong:
            print(f"  {line}")
    took, signs = costs()
    print(f"rules on sentences: {took:.0f} µs for 1,000 characters (median of {ROUNDS}, {signs} characters)")


if __name__ == "__main__":
    main()
