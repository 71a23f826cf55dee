"""How often the diagnosis names the cell that is wrong, over filings spoiled in known ways.

Usage: python -m benchmarks.diagnosis [filings a setting, 1000] [seed]. Prints a table for docs/diagnosis.md: per
mistake and in all, the true repair first, among three, among those named, a wrong one named alone, and the
milliseconds of a processor that a diagnosis takes. Filings of which nothing is told are counted apart: no rule sees
the mistake (a row moved where totals are formulas), or more than three cells are wrong. Of two mistakes, those that
would be seen one by one stand once more.
"""

from __future__ import annotations

import dataclasses
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from benchmarks.spoiling import EDITION, KINDS, True_, Values, filings
from toolkit.form.parts import Number, Ref
from toolkit.model.filing import Entry, Filing, Reading, Unit
from toolkit.rules import check
from toolkit.rules.case import Case, case
from toolkit.rules.suspects import SURE, causes, named_alone

EACH_SEEN = "each seen by itself"


@dataclasses.dataclass(slots=True)
class Tally:
    """What came of the filings with one kind of mistake."""

    tried: int = 0
    unseen: int = 0
    first: int = 0
    three: int = 0
    named: int = 0
    wrong: int = 0
    times: list[float] = dataclasses.field(default_factory=list)


def case_of(now: Values, last: Values | None) -> Case:
    """Figures as a check looks at them."""
    return case(EDITION, _filing(now, 2023), _filing(last, 2022) if last else None, EDITION if last else None)


def _filing(values: Values, year: int) -> Filing:
    return Filing("2021", year, Unit("某区", None, "county"), {ref: Entry(each) for ref, each in values.items()}, {})


class Told(NamedTuple):
    """What one cause may be: sets of cells with values, the likeliest first; `alone` that the first is named alone."""

    repairs: Sequence[frozenset[tuple[Ref, Number]]]
    alone: bool


def looked_at(now: Values, last: Values | None) -> tuple[list[Told], float]:
    """The causes found in a filing, and the seconds of a processor it took to find those of equations.

    A sign and an amount in 元 that break no equation are causes of their own: those that a check tells count, too.
    """
    made = case_of(now, last)
    start = time.process_time()
    found = causes(made, {})
    took = time.process_time() - start
    told = [Told([frozenset(changes.items()) for changes, *_ in each.repairs], named_alone(each)) for each in found]
    checked = check(Reading(made.filing, (), len(now), len(now)), made.prior)
    apart = {each.suspect for each in checked.findings if each.suspect is not None and not each.suspect.rules}
    return told + [
        Told([frozenset((each.ref, each.likely) for each in repair) for repair in suspect.repairs], suspect.certain)
        for suspect in apart
    ], took


def diagnosed(tally: Tally, found: list[Told], took: float, true: Sequence[True_]) -> None:
    """One spoiled filing looked at: whether every true repair is first, among three, named, or a wrong one alone."""
    tally.times.append(took)
    if not found:
        tally.unseen += 1
        return
    tally.tried += 1
    due = {(ref, number) for each in true for ref, number in each.items()}
    for most, name in ((1, "first"), (3, "three"), (5, "named")):
        told = {pair for cause in found for each in cause.repairs[:most] if each <= due for pair in each}
        setattr(tally, name, getattr(tally, name) + (told >= due))
    tally.wrong += any(cause.alone and not cause.repairs[0] <= due for cause in found)


def setting(count: int, seed: int, typed: bool, prior: bool, twice: bool) -> dict[str, Tally]:
    """What came of every kind of mistake."""
    tallies = {kind: Tally() for kind in (*KINDS, EACH_SEEN)}
    for each in filings(count, seed, typed=typed, twice=twice):
        last = each.last if prior else None
        found, took = looked_at(each.now, last)
        diagnosed(tallies[each.kind], found, took, each.mistakes)
        if twice and all(looked_at(each.only(mistake), last)[0] for mistake in each.mistakes):
            diagnosed(tallies[EACH_SEEN], found, took, each.mistakes)
    return tallies


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"{count} filings a setting, seed {seed}, sure from {SURE}")
    print("| setting | mistake | filings | unseen | first | of three | named | wrong alone | ms, median (95 %) |")
    print("|---|---|---|---|---|---|---|---|---|")
    for typed in (True, False):
        for prior in (True, False):
            for twice in (False, True):
                words = ("typed" if typed else "formulas", "with last year" if prior else "alone",
                         "two mistakes" if twice else "one mistake")  # fmt: skip
                _print(", ".join(words), setting(count, seed, typed, prior, twice))


def _print(name: str, tallies: dict[str, Tally]) -> None:
    every = Tally()
    for each in (tally for kind, tally in tallies.items() if kind != EACH_SEEN):
        for field in ("tried", "unseen", "first", "three", "named", "wrong"):
            setattr(every, field, getattr(every, field) + getattr(each, field))
        every.times += each.times
    share: Callable[[int, Tally], str] = lambda part, of: f"{100 * part / of.tried:.1f}" if of.tried else "–"  # noqa: E731
    apart = tallies.pop(EACH_SEEN)
    for kind, each in (*tallies.items(), ("all", every), (f"all, {EACH_SEEN}", apart)):
        if each.times:
            rates = " | ".join(share(part, each) for part in (each.first, each.three, each.named, each.wrong))
            slow = sorted(each.times)[int(len(each.times) * 0.95)]
            print(f"| {name} | {kind} | {each.tried} | {each.unseen} | {rates} | "
                  f"{statistics.median(each.times) * 1000:.1f} ({slow * 1000:.1f}) |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
