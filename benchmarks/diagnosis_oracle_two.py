"""How well anybody could tell two mistakes, knowing that there are two and how the benchmark draws figures and errs.

Usage: python -m benchmarks.diagnosis_oracle_two [filings a setting, 100] [seed]. Every two ways to err that together
come to the filing are weighed by how likely they are there. Only filings of which the toolkit sees each mistake by
itself count. Named: among the first five where the mistakes break the same equations, otherwise among the first 25,
since the toolkit names five of each cause.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import nlargest
from math import log

from benchmarks.diagnosis import case_of, looked_at
from benchmarks.diagnosis_likelihood import likelihood
from benchmarks.diagnosis_oracle import Changes, Oracle, apart
from benchmarks.spoiling import EDITION, FEES, FIGURES, Spoiled, True_, Values, filings, found_to_spoil
from toolkit.rules.suspects_evidence import unslipped
from toolkit.rules.suspects_system import System, absent, system, totals

Effect = tuple[tuple[int, int], ...]
"""By equation how much an act moves it."""
_MOST = 6000
"""How many pairs of ways to err are weighed exactly: the likeliest by how people err."""
_FREE = 200
"""Up to what number a figure may have been where nothing tells it."""


class Two:
    """A filing with two mistakes, and the ways to err that may have come to it."""

    def __init__(self, oracle: Oracle, now: Values, last: Values | None) -> None:
        case = case_of(now, last)
        self.oracle, self.now, self.last = oracle, now, last
        self.made: System = system(case, absent(case) if oracle.typed else totals(case))
        self.shown = {ref: value or 0 for ref, value in now.items()}
        self.where: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for n, each in enumerate(self.made.equations):
            for ref, factor in each.terms.items():
                self.where[ref].append((n, factor))

    def effect(self, changes: Changes) -> Effect:
        """By how much what was right moves every equation."""
        moved: dict[int, int] = defaultdict(int)
        for ref, due in changes.items():
            for n, factor in self.where[ref]:
                moved[n] += factor * (due - self.shown[ref])
        return tuple(sorted((n, by) for n, by in moved.items() if by))

    def ranked(self) -> list[Changes]:
        """Both repairs together, the likeliest first."""
        target = {n: -int(off) for n, each in enumerate(self.made.equations) if (off := each.off(self.made.values))}
        acts = [(each, chance, self.effect(each)) for each, chance in self._acts()]
        acts = [each for each in acts if each[2] or any(self.shown[ref] < 0 for ref in each[0])]
        by: dict[Effect, list[int]] = defaultdict(list)
        for n, (*_, effect) in enumerate(acts):
            by[effect].append(n)
        found: dict[frozenset[tuple[str, int]], float] = defaultdict(float)
        for n, (changes, chance, effect) in enumerate(acts):
            rest = dict(target)
            for at, moved in effect:
                rest[at] = rest.get(at, 0) - moved
            left = tuple(sorted((at, moved) for at, moved in rest.items() if moved))
            others = [(acts[m][0], acts[m][1]) for m in by.get(left, ()) if m > n]
            for other, more in (*others, *self._free(left)):
                if changes.keys().isdisjoint(other):
                    found[frozenset({**changes, **other}.items())] += chance * more
        return self._weighed(found)

    def _weighed(self, found: Mapping[frozenset[tuple[str, int]], float]) -> list[Changes]:
        weights: dict[frozenset[tuple[str, int]], float] = {}
        for each in nlargest(_MOST, found, key=lambda each: found[each]):
            right = {**self.shown, **dict(each)}
            if all(right[ref] >= 0 for ref in EDITION.entries):
                weights[each] = log(found[each]) + likelihood(right, self.last)
        return [dict(each) for each in sorted(weights, key=lambda each: -weights[each])]

    def _free(self, left: Effect) -> Iterator[tuple[Changes, float]]:
        """The figures that nothing tells, blank or copied, as what is left over says, beyond those always tried."""
        for ref in self._untold if left else ():
            at, factor = self.where[ref][0]
            moved = dict(left).get(at, 0)
            due = self.shown[ref] + moved // factor
            if moved and due > _FREE and self.effect({ref: due}) == left:
                chance = self.oracle.single(self.now, self.shown, ref, due)
                if chance:
                    yield {ref: due}, chance

    @cached_property
    def _untold(self) -> list[str]:
        cells = [ref for ref in EDITION.entries if ref in self.where]
        return [ref for ref in cells if self.oracle.single(self.now, self.shown, ref, 99991) > 0]

    def _acts(self) -> Iterator[tuple[Changes, float]]:
        untold = set(self._untold)
        for ref in (ref for ref, figure in FIGURES.items() if ref.startswith(("requests/", "disputes/"))):
            if FIGURES[ref].kind == "heading" or (FIGURES[ref].kind == "total" and not self.oracle.typed):
                continue
            was = self.shown[ref]
            dues = {-was} if was < 0 else set(range(_FREE + 1)) if ref in untold else set()
            dues |= unslipped(was) if was > 0 else set()
            table, _, column = ref.split("/")
            dues |= {was - self.shown.get(f"{table}/done.partial/{column}", 0)}
            for due in dues - {was}:
                chance = self.oracle.single(self.now, self.shown, ref, due) if due >= 0 else 0.0
                if chance:
                    yield {ref: due}, chance
        yield from ((each, chance) for each, chance in self.oracle.pairs(self.now, self.shown) if each)
        yield from self._moves()

    def _moves(self) -> Iterator[tuple[Changes, float]]:
        for ref in (each for each in EDITION.entries if self.now[each] is not None and self.shown[each] >= 0):
            for there, kinds in self.oracle.beside(ref):
                for count in range(1, self.shown[there] + 1) if self.shown[ref] == 0 else (1,):
                    changes = {ref: self.shown[ref] + count, there: self.shown[there] - count}
                    chance = sum(
                        part / self.oracle.rates[kind] for kind, part in kinds
                        if (count == 1 if kind == "cancelling" else self.shown[ref] == 0)
                    )  # fmt: skip
                    if chance and changes[there] >= 0:
                        yield changes, chance


def placed(oracle: Oracle, each: Spoiled, last: Values | None) -> tuple[int, int]:
    """Where both repairs stand, and how many of the first places name them."""
    due: True_ = {ref: number for mistake in each.mistakes for ref, number in mistake.items()}
    if FEES in due:
        now = {**each.now, FEES: due[FEES]}
        rest = {ref: number for ref, number in due.items() if ref != FEES}
        return _place(oracle.ranked(now, last) or apart(now), rest), 5
    two = Two(oracle, each.now, last)
    touched = [{n for n, _ in two.effect(mistake)} for mistake in each.mistakes]
    together = not touched[0].isdisjoint(touched[1])
    if oracle.typed:
        together = len({ref.split("/")[0] for ref in due}) == 1
    return _place(two.ranked(), due), 5 if together else 25


def _place(found: list[Changes], due: Changes) -> int:
    return found.index(due) if due in found else len(found) + 100


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(f"{count} filings a setting, seed {seed}, of which each mistake is seen by itself")
    print("| setting | filings | both first | named |")
    print("|---|---|---|---|")
    for typed in (True, False):
        oracle = Oracle(typed, found_to_spoil(400, 0, typed=typed))
        for prior in (True, False):
            places: list[tuple[int, int]] = []
            for each in filings(count, seed, typed=typed, twice=True):
                last = each.last if prior else None
                if all(looked_at(each.only(mistake), last)[0] for mistake in each.mistakes):
                    places.append(placed(oracle, each, last))
            words = f"{'typed' if typed else 'formulas'}, {'with last year' if prior else 'alone'}, two mistakes"
            first, named = sum(at == 0 for at, _ in places), sum(at < most for at, most in places)
            print(f"| {words} | {len(places)} | {100 * first / len(places):.1f} | {100 * named / len(places):.1f} |",
                  flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
